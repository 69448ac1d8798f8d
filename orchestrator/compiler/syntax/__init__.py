"""What a Bicep file says: its text, its tree and the problems found in it. Knows nothing of meaning."""
