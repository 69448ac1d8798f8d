targetScope = 'subscription'
param location string = deployment().location
output where string = location
output subscriptionId string = subscription().subscriptionId
