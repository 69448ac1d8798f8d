type a='x'|'y'
type b = | 'x'
| 'y' // second

| 'z'
type c = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' | 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' | 'ccccccccccccccccccccccccccccccc' | 'd'
type d={a:string,b:int?}
type e = {
@description('one')

@minLength(1)
a : string
// two
'b-c':a[]
*   :  string  |  int
}
type f=[string,int]
type g = [
@description('x')
string
int]
type h=-1|true|null
type i=( 'a' | 'b' )[ ]?
type j=resourceInput<  'Microsoft.Network/virtualNetworks@2024-05-01'  >.properties
type k=sys.resourceOutput<'Microsoft.Network/virtualNetworks@2024-05-01'>
type l = e.*
type m = f[0]
type n = i[*] !
param p   a   =   'x'
param q {a:int,b:string}[]={}
output   r   string[]=[]
output s resource 'a@b' = t
param q2
  | 'x'

  | 'y' = 'x'
func u(a
| 'x')
  | 'y' => 'y'
