"""Which flows a change of the network gains, loses, or gives another address: differential reachability between two sets of resources."""
