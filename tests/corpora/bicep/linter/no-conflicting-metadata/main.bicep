@description('one')
@metadata({
  description: 'another'
  'description': 'a third'
  owner: 'us'
})
param a string

@metadata({ description: 'only one' })
param b string

@sys.description('one')
@sys.metadata({ description: 'two' })
output o string = '${a}${b}'

type t = {
  @description('one')
  @metadata({ description: 'two' })
  p: string
}

param c t
output q string = c.p
