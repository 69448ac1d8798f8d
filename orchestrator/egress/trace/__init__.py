"""A flow traced through the network: names, security groups, route, firewall, outbound method; hop by hop, every way that is possible."""
