"""Evaluation: an expression, or JSON with expressions in it, to a value; parameters and variables by name."""
