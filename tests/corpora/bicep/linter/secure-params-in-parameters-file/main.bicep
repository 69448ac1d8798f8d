@secure()
param secret string
param plain string
param parts {
  @secure()
  key: string
}
param through string
output o int = length([secret, plain, parts, through])
