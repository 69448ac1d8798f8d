"""Where a document goes: a file, made with its folders, or `-` for stdout."""

import sys
from pathlib import Path

from orchestrator.model.errors import OperationFailed

STDOUT = "-"


def write_document(destination: str, text: str) -> None:
    """Write the whole text; OperationFailed where the file cannot be written."""
    if destination == STDOUT:
        print(text, end="", flush=True)
        return
    path = Path(destination)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "replace"))  # half of a surrogate pair, which no file can hold, becomes a question mark
    except OSError as error:
        sys.stdout.flush()
        raise OperationFailed(f"cannot write {destination}: {error.strerror or error}", "Name a file in a folder that can be written.") from error
