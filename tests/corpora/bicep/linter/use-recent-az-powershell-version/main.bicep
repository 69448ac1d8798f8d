param version string
resource old 'Microsoft.Resources/deploymentScripts@2023-08-01' = {
  name: 'a'
  location: 'x'
  kind: 'AzurePowerShell'
  properties: { azPowerShellVersion: '11.0', retentionInterval: 'P1D' }
}
@description('decorated')
resource patch 'Microsoft.Resources/deploymentScripts@2023-08-01' = {
  name: 'b'
  location: 'x'
  kind: 'AzurePowerShell'
  properties: { azPowerShellVersion: '14.9.9', retentionInterval: 'P1D' }
}
resource new 'Microsoft.Resources/deploymentScripts@2023-08-01' = {
  name: 'c'
  location: 'x'
  kind: 'AzurePowerShell'
  properties: { azPowerShellVersion: '15.0', retentionInterval: 'P1D' }
}
resource cli 'Microsoft.Resources/deploymentScripts@2023-08-01' = {
  name: 'd'
  location: 'x'
  kind: 'AzureCLI'
  properties: { azCliVersion: '2.0.0', retentionInterval: 'P1D' }
}
resource free 'Microsoft.Resources/deploymentScripts@2023-08-01' = {
  name: 'e'
  location: 'x'
  kind: 'AzurePowerShell'
  properties: { azPowerShellVersion: version, retentionInterval: 'P1D' }
}
resource odd 'Microsoft.Resources/deploymentScripts@2023-08-01' = {
  name: 'f'
  location: 'x'
  kind: 'AzurePowerShell'
  properties: { azPowerShellVersion: '9', retentionInterval: 'P1D' }
}
