"""Where files come from: module paths, and each file read and parsed once."""
