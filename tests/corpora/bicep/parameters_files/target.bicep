import { size } from '../shared/exports.bicep'
param name string
param kind size = 'small'
param list string[] = []
@secure()
param secret string = ''
param nested { a: int, b: string? } = { a: 1 }
output o array = [name, kind, list, empty(secret), nested]
