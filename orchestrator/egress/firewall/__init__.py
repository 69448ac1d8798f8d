"""Azure Firewall, predicted from the documents: rules as they stand in resources, their order, and what they say of a flow. Knows no packets."""
