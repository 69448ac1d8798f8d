"""Azure Resource Manager over HTTPS on loopback."""
