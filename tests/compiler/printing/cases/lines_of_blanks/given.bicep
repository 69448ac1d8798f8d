
  
param b string
   
	
param c string

@description('x')

@minLength(1)
   
param d string
