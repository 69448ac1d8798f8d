param p string
var v = reference('x').y

func usesParameter() string => p
func usesRuntime() string => v
func itself(n int) int => itself(n)
func noTypes(a, b) string => a
func noResult(a string) => a
func noArrow(a string) string a
func wrong(a string) int => a
func twice(a string, a string) string => a
func twice() string => 'a'
output arity string = wrong('a', 'b')
output kind int = wrong(1)
output bare string = wrong
