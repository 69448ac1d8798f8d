#disable-next-line
param a string
var longText = '''
abc
