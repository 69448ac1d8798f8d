"""What Azure documents, as dated data with its source; the lab and the egress checks read it, and share no code."""
