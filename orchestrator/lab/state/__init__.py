"""What the lab holds: in memory, written through to SQLite."""
