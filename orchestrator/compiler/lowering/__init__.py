"""Bicep expressions as template expressions: names, ids, references, dependencies. Knows no JSON."""
