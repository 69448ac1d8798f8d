metadata
metadata a
metadata b = 1
metadata b = 2
metadata c = toLower('X')
metadata d = e
var e = 1
