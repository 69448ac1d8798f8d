param adminPassword string
param sqlPwd object
param secretName string
param clientSecret int
param choiceSecret 'a' | 'b'
param secretsArray array
@secure()
param good string
param made string = 'x${good}'
@secure()
param fine string = good
param accountKey string?
output o array = [adminPassword, sqlPwd, secretName, clientSecret, choiceSecret, secretsArray, length(good), made, length(fine), accountKey]
