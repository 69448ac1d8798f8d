"""What the load functions read: a file's text or bytes, or the files of a folder, inside the project's root unless that is lifted."""

import codecs
import os
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from orchestrator.compiler.artifacts.references import BadReference, resolve_reference
from orchestrator.compiler.artifacts.workspace import Workspace

TEXT_LIMIT = 131_072
DATA_LIMIT = 1_048_576
ENCODINGS = {"us-ascii": "ascii", "iso-8859-1": "latin-1", "utf-8": "utf-8", "utf-16be": "utf-16-be", "utf-16": "utf-16-le"}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le"))


@dataclass(frozen=True, slots=True)
class LoadedText:
    """What was read; `marked`: the encoding that the file itself names by its first bytes, None where it names none."""

    text: str
    marked: str | None


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads for one file of the project; problems come back as values."""

    workspace: Workspace
    referrer: Path

    def find(self, reference: str) -> Path | BadReference:
        """The path that a load function may read."""
        found = resolve_reference(reference, self.referrer)
        if isinstance(found, BadReference) or self.workspace.allow_outside:
            return found
        root = Path(os.path.realpath(self.workspace.root))
        if not Path(os.path.realpath(found)).is_relative_to(root):
            return BadReference("AEO002", f"The file '{found}' lies outside the project '{root}'.", "Copy it into the project, or allow files outside.")
        return found

    def read_bytes(self, reference: str, limit: int) -> bytes | BadReference:
        """A file's content."""
        found = self.find(reference)
        if isinstance(found, BadReference):
            return found
        if found.is_dir():
            return BadReference("BCP275", f"'{found}' is a folder.", "Name a file.")
        try:
            with found.open("rb") as file:
                content = file.read(limit + 1)
        except OSError:
            return BadReference("BCP091", f"There is no readable file '{found}'.", "Correct the path; it is relative to this file.")
        return content if len(content) <= limit else BadReference("BCP184", f"The file '{found}' is larger than {limit} bytes.", "Load a smaller file.")

    def read_text(self, reference: str, encoding: str, limit: int) -> LoadedText | BadReference:
        """A file's text; a byte order mark has the last word on the encoding."""
        content = self.read_bytes(reference, limit * 4)
        if isinstance(content, BadReference):
            return content
        codec, found = ENCODINGS[encoding.lower()], None
        for mark, marked in _MARKS:
            if content.startswith(mark):
                codec, content, found = marked, content[len(mark) :], marked
                break
        text = content.decode(codec, errors="replace")
        if codec == "ascii":
            text = text.replace("\ufffd", "?")
        if len(text) > limit:
            return BadReference("BCP184", f"The file '{reference}' is longer than {limit} characters.", "Load a smaller file.")
        return LoadedText(text, found)

    def list_files(self, reference: str, pattern: str) -> list[dict[str, str]] | BadReference:
        """The files of a folder by their paths, relative to the referring file."""
        found = self.find(reference)
        if isinstance(found, BadReference):
            return found
        if found.is_file():
            return BadReference("BCP430", f"'{found}' is a file.", "Name a folder.")
        if not found.is_dir():
            return BadReference("BCP091", f"There is no folder '{found}'.", "Correct the path; it is relative to this file.")
        names = [entry.name for entry in found.iterdir() if entry.is_file() and (not pattern or fnmatchcase(entry.name, pattern))]
        paths = [Path(os.path.relpath(found / name, self.referrer.parent)).as_posix() for name in names]
        return [
            {"relativePath": path, "baseName": path.rpartition("/")[2], "extension": os.path.splitext("x" + path.rpartition("/")[2])[1]}
            for path in sorted(paths, key=str.upper)
        ]
