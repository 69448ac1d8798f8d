param name = 'a'
