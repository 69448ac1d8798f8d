param   name string
output o object = {
a: name
   b:[1, 2]
}



