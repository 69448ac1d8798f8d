@secure()
param secret string
param plain string

resource vm 'Microsoft.Compute/virtualMachines@2025-04-01' existing = { name: 'vm' }

resource linux 'Microsoft.Compute/virtualMachines/extensions@2025-04-01' = {
  parent: vm
  name: 'linux'
  location: 'x'
  properties: {
    publisher: 'Microsoft.Azure.Extensions'
    type: 'CustomScript'
    settings: { commandToExecute: 'run ${secret} ${secret}' }
  }
}

resource windows 'Microsoft.Compute/virtualMachines/extensions@2025-04-01' = {
  parent: vm
  name: 'windows'
  location: 'x'
  properties: {
    publisher: 'microsoft.compute'
    type: 'customscriptextension'
    settings: { commandToExecute: 'run ${plain}' }
    protectedSettings: { commandToExecute: 'run ${secret}' }
  }
}

resource other 'Microsoft.Compute/virtualMachines/extensions@2025-04-01' = {
  parent: vm
  name: 'other'
  location: 'x'
  properties: {
    publisher: 'Somebody'
    type: 'CustomScript'
    settings: { commandToExecute: secret }
  }
}
