"""Bicep to ARM JSON, by the official compiler's phase names."""
