"""The functions and decorators of Bicep, as tables: one entry each. Knows no syntax."""
