"""A template as a whole: its resources, loops, conditions, nested deployments, dependencies and outputs."""
