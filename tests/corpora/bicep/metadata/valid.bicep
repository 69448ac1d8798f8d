metadata name = 'A template'
metadata list = ['a', 1, true]
metadata thing = { a: { b: null } }
metadata text = '''
several
lines'''
