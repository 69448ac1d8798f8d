param user string = 'someone'
var known = 'root'

resource literal 'Microsoft.Compute/virtualMachines@2025-04-01' = {
  name: 'a'
  location: 'x'
  properties: {
    osProfile: {
      adminUsername: 'root'
    }
  }
}

resource through 'Microsoft.Compute/virtualMachines@2025-04-01' = {
  name: 'b'
  location: 'x'
  properties: {
    osProfile: { AdminUserName: known }
    other: { adminUsername: { adminUsername: 'inner' } }
  }
}

resource fine 'Microsoft.Compute/virtualMachines@2025-04-01' = {
  name: 'c'
  location: 'x'
  properties: { osProfile: { adminUsername: user } }
}

output outside object = { adminUsername: 'root', u: user }
