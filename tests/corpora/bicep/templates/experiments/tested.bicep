param text string

output same string = '${text}!'
