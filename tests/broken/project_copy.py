"""A copy of what a user edits, with a variant's edits in it."""

import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def copy_project(folder: Path) -> Path:
    """A copy of bicep/ and parameters/."""
    for name in ("bicep", "parameters"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def edit_project(folder: Path, variant: dict[str, Any]) -> None:
    """Make a variant's edits: each text stands in its file exactly once."""
    for file, before, after in variant["edits"]:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{variant['name']}: {before!r} stands {text.count(before)} times in {file}"
        (folder / file).write_text(text.replace(before, after), encoding="utf-8")
    if "append" in variant:
        file, text = variant["append"]
        with (folder / file).open("a", encoding="utf-8") as target:
            target.write(text)
