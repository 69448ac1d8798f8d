using 'target.bicep'
extends 'base.bicepparam'
param list = [...base.list, 'more']
