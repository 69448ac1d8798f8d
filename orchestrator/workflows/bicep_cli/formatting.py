"""`format`: files as the official formatter prints them, by bicepconfig.json and the options."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.model.errors import UserError
from orchestrator.reporting.documents import write_document
from orchestrator.reporting.raw_output import write_stdout
from orchestrator.workflows.bicep_cli.command_line import Arguments
from orchestrator.workflows.bicep_cli.compiling import read_configuration
from orchestrator.workflows.bicep_cli.files import EITHER, check_input, check_outputs, find_configuration_file, find_inputs, find_output

if TYPE_CHECKING:
    from orchestrator.compiler.configuration import Configuration
    from orchestrator.compiler.printing import FormatOptions


def run_format(arguments: Arguments, environ: Mapping[str, str]) -> int:
    """Format each file, in its place where nothing else is said."""
    del environ
    check_outputs(arguments, never_with_pattern=("--outdir", "--outfile", "--stdout"))
    configuration_file = find_configuration_file(arguments)
    for path in find_inputs(arguments):
        check_input(path, EITHER)
        _format(path, arguments, configuration_file)
    return 0


def _format(path: Path, arguments: Arguments, configuration_file: Path | None) -> None:
    from orchestrator.compiler.printing import format_file

    text = format_file(path, _options(path, arguments, configuration_file))
    if arguments.flag("--stdout"):
        write_stdout(text)
        return
    output = find_output(path, arguments, path.suffix)
    if output != path or path.read_bytes() != text.encode():
        write_document(str(output), text)


def _options(path: Path, arguments: Arguments, configuration_file: Path | None) -> "FormatOptions":
    """Those of the configuration, with what the arguments say in their place."""
    from orchestrator.compiler.printing import IndentKind, NewlineKind, read_options

    said: dict[str, Any] = {}
    if newline_kind := arguments.text("--newline-kind"):
        said["newline_kind"] = NewlineKind(newline_kind)
    if indent_kind := arguments.text("--indent-kind"):
        said["indent_kind"] = IndentKind(indent_kind)
    if "--indent-size" in arguments.numbers:
        said["indent_size"] = arguments.numbers["--indent-size"]
    if "--insert-final-newline" in arguments.flags:
        said["insert_final_newline"] = arguments.flags["--insert-final-newline"]
    return replace(read_options(_configuration(path, configuration_file)), **said)


def _configuration(path: Path, configuration_file: Path | None) -> "Configuration":
    """A configuration that is no JSON counts as none, as it does for the official formatter: `build` and `lint` tell of it."""
    from orchestrator.compiler.configuration import Configuration, find_configuration

    try:
        return find_configuration(path.parent, {}) if configuration_file is None else read_configuration(configuration_file)
    except UserError:
        return Configuration()
