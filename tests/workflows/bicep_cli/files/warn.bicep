param name string
param unused int
/* 😀 */ param alsoUnused int

output greeting string = name
