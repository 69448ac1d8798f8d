var scope = 'subscription'
targetScope = scope
targetScope
