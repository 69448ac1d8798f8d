param name string
output greeting string = nothingLikeIt
output number int = name
param unused int
