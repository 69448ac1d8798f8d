@secure()
param secret string
param other string = 'o'

@secure()
output token string = secret
output plain string = other
