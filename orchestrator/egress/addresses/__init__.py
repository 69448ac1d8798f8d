"""Sets of IPv4 addresses, what rules say about them, and what is known of names and service tags."""
