"""Where a document goes: a file, made with its folders, or `-` for stdout."""

import os
import sys
from pathlib import Path

from orchestrator.model.errors import OperationFailed

STDOUT = "-"
_REMEDY = "Name a file in a folder that can be written."


def check_destination(destination: str) -> None:
    """OperationFailed where a document could not be written later: a command of half an hour asks at its beginning. Makes nothing."""
    path = Path(destination)
    if destination == STDOUT or path.is_file():
        place, what = path, ""
    elif path.is_dir():
        place, what = path, "it is a folder"
    else:
        place = next((folder for folder in path.parents if folder.exists()), path)
        what = "" if place.is_dir() else f"{place} is no folder"
    if destination != STDOUT and not what and not os.access(place, os.W_OK):
        what = f"no permission to write {place}"
    if what:
        raise OperationFailed(f"cannot write {destination}: {what}", _REMEDY)


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
        raise OperationFailed(f"cannot write {destination}: {error.strerror or error}", _REMEDY) from error
