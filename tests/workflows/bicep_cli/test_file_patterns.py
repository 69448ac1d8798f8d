"""Glob patterns match as the official CLI's do."""

from pathlib import Path

import pytest

from orchestrator.workflows.bicep_cli.file_patterns import find_files, find_pattern_base

FILES = ("top.bicep", "b/one.bicep", "b/Two.BICEP", "b/c/three.bicep", "b/.hidden/four.bicep", "b/c/text.txt", "b/x[1].bicep")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "found", "base"),
    [
        ("*.bicep", ["top.bicep"], "."),
        ("b/*.bicep", ["b/Two.BICEP", "b/one.bicep", "b/x[1].bicep"], "b"),
        ("b/ONE.bicep", ["b/one.bicep"], "b"),
        ("B/one.bicep", [], "B"),
        ("b/**", ["b/.hidden/four.bicep", "b/Two.BICEP", "b/c/text.txt", "b/c/three.bicep", "b/one.bicep", "b/x[1].bicep"], "b"),
        ("**/*.txt", ["b/c/text.txt"], "."),
        ("**/c/*.*", ["b/c/text.txt", "b/c/three.bicep"], "."),
        ("./b/../b/*/three.bicep", ["b/c/three.bicep"], "b"),
        ("b/x[1].bicep", ["b/x[1].bicep"], "b"),
        ("b/?ne.bicep", [], "b"),
        ("b", [], "."),
        ("nowhere/*.bicep", [], "nowhere"),
        ("", [], "."),
    ],
)
def test_a_pattern(pattern: str, found: list[str], base: str, folder: Path) -> None:
    assert [path.relative_to(folder).as_posix() for path in find_files(pattern, folder)] == found
    assert find_pattern_base(pattern, folder) == folder / base


def test_an_absolute_pattern_starts_at_the_root(folder: Path) -> None:
    assert find_files(f"{folder}/b/c/*.txt", Path("/nowhere")) == [folder / "b" / "c" / "text.txt"]
