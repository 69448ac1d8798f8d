"""What the tree means: names bound to symbols, types, and everything that can be wrong with them (the BCP checks)."""
