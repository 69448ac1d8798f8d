@secure()
output secret string = 'x'
