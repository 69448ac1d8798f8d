using 'subscription.bicep'
param name = 'group'
