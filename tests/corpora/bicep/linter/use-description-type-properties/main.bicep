type a = {
  p: string
  @description('good')
  q: {
    r: int
    *: string
  }
  @description('')
  's-t': string
  @description('good')
  *: string
}
param b {
  unseen: a
}
output o object = b
