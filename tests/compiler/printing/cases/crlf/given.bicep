var a = [
  1


  2
]
var b = '''
  x
'''
/* a
b */ var c=1
var bad = (
  1
