"""The ARM template language: pure and deterministic; clock, values and `reference()` are passed in."""
