"""Everything that can be said of a snapshot before it is deployed: required endpoints, rules, addresses, ports."""
