targetScope = 'subscription'
param location string = deployment().location
output o array = [location, deployment().location]
