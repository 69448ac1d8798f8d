output o string = 'hidden'
