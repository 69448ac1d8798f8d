"""A what-if answer, normalised."""
