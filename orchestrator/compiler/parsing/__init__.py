"""Text to tree: the lexer and a parser with recovery. Knows nothing of meaning."""
