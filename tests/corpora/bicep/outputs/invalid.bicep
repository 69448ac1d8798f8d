output
output noType
output noValue string
output wrong int = 'a'
output twice string = 'a'
output twice string = 'b'
output unknown strin = 'a'
output uses string = twice
output missing { id: string } = {}
output nullish string = null
