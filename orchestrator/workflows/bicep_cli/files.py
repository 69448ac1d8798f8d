"""Which files a command reads, and where its results go."""

import os
from collections.abc import Sequence
from pathlib import Path

from orchestrator.model.errors import Problem, UserError
from orchestrator.workflows.bicep_cli.command_line import Arguments
from orchestrator.workflows.bicep_cli.file_patterns import find_files, find_pattern_base

BICEP = (".bicep",)
PARAMETERS = (".bicepparam",)
EITHER = (".bicep", ".bicepparam")
_WORDS = {BICEP: "a Bicep file", PARAMETERS: "a Bicep parameters file", EITHER: "a Bicep or Bicep parameters file"}


def refuse(message: str) -> UserError:
    """The error for arguments that make no sense together, or a file that cannot be read."""
    return UserError([Problem("BicepCli", message)])


def check_outputs(arguments: Arguments, *, never_with_pattern: Sequence[str]) -> None:
    """Refuse two destinations, and what cannot stand beside --pattern."""
    if arguments.file is None and arguments.text("--pattern") is None:
        raise refuse("Name an input file, or files by --pattern.")
    given = [option for option in ("--outdir", "--outfile", "--stdout") if arguments.text(option) is not None or arguments.flag(option)]
    if len(given) > 1:
        raise refuse(f"{given[0]} and {given[1]} cannot be used together.")
    if arguments.text("--pattern") is not None:
        for option in never_with_pattern:
            if arguments.text(option) is not None or arguments.flag(option):
                raise refuse(f"{option} cannot be used with --pattern.")


def find_inputs(arguments: Arguments) -> list[Path]:
    """The named file, else those that --pattern matches; absolute."""
    here = Path.cwd()
    if arguments.file is not None:
        return [_absolute(arguments.file)]
    return find_files(arguments.text("--pattern") or "", here)


def check_input(path: Path, suffixes: tuple[str, ...]) -> None:
    """Refuse a file of another kind, and one that cannot be read."""
    if path.suffix.lower() not in suffixes:
        raise refuse(f'"{path}" is not {_WORDS[suffixes]}: its name must end in {" or ".join(suffixes)}.')
    try:
        path.open("rb").close()
    except OSError as error:
        raise refuse(f"{path} cannot be read: {error.strerror}.") from error


def find_output(path: Path, arguments: Arguments, suffix: str, base: Path | None = None) -> Path:
    """Where the result for an input goes: --outfile, else --outdir or the input's own folder, with another suffix. base: what --outdir stands for."""
    outfile, outdir = arguments.text("--outfile"), arguments.text("--outdir")
    if outfile is not None:
        if outfile.endswith(("/", os.sep)):
            raise refuse(f"--outfile names a folder: {outfile}")
        return _absolute(outfile)
    folder = path.parent if outdir is None else _absolute(outdir) / path.parent.relative_to(base or path.parent)
    return folder / (path.stem + suffix)


def find_base(arguments: Arguments) -> Path | None:
    """What --outdir stands for: with --pattern the folder before its first wildcard, so that folders below are repeated; else the input's own."""
    pattern = arguments.text("--pattern")
    return None if arguments.file is not None or pattern is None else find_pattern_base(pattern, Path.cwd())


def find_configuration_file(arguments: Arguments) -> Path | None:
    """What --config names; it must be there."""
    named = arguments.text("--config")
    if named is None:
        return None
    path = _absolute(named)
    if not path.is_file():
        raise refuse(f'There is no configuration file "{named}".')
    return path


def _absolute(named: str) -> Path:
    return Path(os.path.abspath(named))
