"""The types of Bicep values: what they are, how they print, what fits where. Knows no syntax."""
