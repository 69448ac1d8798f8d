"""A question to the person at the terminal."""

import sys


def ask_yes_no(question: str) -> bool | None:
    """True for `y` or `yes`; None where stdin is no terminal. The question goes to stderr: stdout may be a document."""
    if not sys.stdin.isatty():
        return None
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
