"""An Azure Firewall: its rules, decisions, transparent proxy and DNS proxy."""
