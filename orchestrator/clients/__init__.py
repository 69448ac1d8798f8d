"""What is outside us: the Azure SDK (only here) and the official Bicep CLI."""
