output o string = 'deep'
