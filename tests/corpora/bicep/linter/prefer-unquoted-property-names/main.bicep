var o = {
  plain: 1
  'quoted': 2
  'needs-quotes': 3
  'true': 4
  '${'x'}y': 5
  'nested': { 'a1': 6, '1a': 7 }
}
output p array = [o['plain'], o['needs-quotes'], o['nested']['a1'], o [?'plain'], o.nested]
