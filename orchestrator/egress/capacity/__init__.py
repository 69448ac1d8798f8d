"""How many connections a way out can hold at once."""
