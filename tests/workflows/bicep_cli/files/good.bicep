param name string
param count int = 3

output greeting string = 'é ${name} <&> "\u{1F600}"'
output numbers array = range(0, count)
