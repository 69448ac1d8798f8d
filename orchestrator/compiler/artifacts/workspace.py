"""The files of one compilation: each is read and parsed once."""

from dataclasses import dataclass, field
from pathlib import Path

from orchestrator.compiler.parsing.parser import parse_program
from orchestrator.compiler.syntax.declarations import Program
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.syntax.source_text import SourceText
from orchestrator.model.diagnostics import Diagnostic
from orchestrator.model.source import decode_text


@dataclass(frozen=True, slots=True, eq=False)
class SourceFile:
    """A parsed file. `problems`: what the lexer and the parser found."""

    path: Path
    source: SourceText
    program: Program
    problems: tuple[Diagnostic, ...]


@dataclass(slots=True, eq=False)
class Workspace:
    """Reads files. `allow_outside`: load functions may leave `root`. `module_cache`: where the official CLI keeps the modules of registries.

    `self_referring`: files that name themselves, as far as is known.
    `allow_unrestored`: a registry's module that is not there is no error, and nothing is known of it.
    """

    root: Path
    allow_outside: bool = False
    _files: dict[Path, SourceFile | None] = field(default_factory=dict)
    self_referring: set[Path] = field(default_factory=set)
    module_cache: Path = field(default_factory=lambda: Path.home() / ".bicep")
    allow_unrestored: bool = False

    def overlay(self, path: Path, text: str) -> None:
        """Take a file to hold this text, whatever the disk says."""
        self._files[path] = parse_source(path, text)

    def load(self, path: Path) -> SourceFile | None:
        """The file, parsed; None where there is none that can be read."""
        if path not in self._files:
            self._files[path] = _read(path)
        return self._files[path]


def project_root(path: Path) -> Path:
    """The nearest folder above a file that holds `.git`, else the outermost with a bicepconfig.json, else the file's own."""
    repository = next((folder for folder in path.parents if (folder / ".git").exists()), None)
    configured = [folder for folder in path.parents if (folder / "bicepconfig.json").is_file()] if repository is None else []
    return repository or (configured[-1] if configured else path.parent)


def read_text(path: Path) -> str | None:
    """A text file's content; None where it cannot be read."""
    try:
        return decode_text(path.read_bytes())
    except OSError:
        return None


def _read(path: Path) -> SourceFile | None:
    text = read_text(path)
    return None if text is None else parse_source(path, text)


def parse_source(path: Path, text: str) -> SourceFile:
    """A file of that text."""
    problems = Problems(SourceText(path, text))
    program = parse_program(problems)
    return SourceFile(path, problems.source, program, tuple(problems.found))
