param location string = resourceGroup().location
param other string = toLower(az.resourceGroup().location)
var here = resourceGroup().location
var there = az.resourceGroup().location
var id = resourceGroup().id

output o array = [location, other, here, there, id]
