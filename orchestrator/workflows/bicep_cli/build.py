"""`build`, `build-params` and `lint`: compile each file, tell its diagnostics, write what it gave."""

from collections.abc import Callable, Mapping
from pathlib import Path

from orchestrator.reporting.bicep_diagnostics import render_bicep_diagnostics, render_bicep_sarif
from orchestrator.reporting.documents import write_document
from orchestrator.reporting.raw_output import write_stderr, write_stdout
from orchestrator.reporting.template_text import render_build_params, render_template
from orchestrator.workflows.bicep_cli.command_line import Arguments
from orchestrator.workflows.bicep_cli.compiling import Compiled, Compiler
from orchestrator.workflows.bicep_cli.files import (
    BICEP,
    EITHER,
    PARAMETERS,
    check_input,
    check_outputs,
    find_base,
    find_configuration_file,
    find_inputs,
    find_output,
    refuse,
)
from orchestrator.workflows.bicep_cli.stamp import choose_stamp


def run_build(arguments: Arguments, environ: Mapping[str, str]) -> int:
    """Templates of `.bicep` files."""
    check_outputs(arguments, never_with_pattern=("--outfile", "--stdout"))
    compiler = _compiler(arguments, environ)
    return _run_each(arguments, BICEP, lambda path, base: _build(path, base, arguments, compiler))


def run_build_params(arguments: Arguments, environ: Mapping[str, str]) -> int:
    """Parameters documents of `.bicepparam` files; on stdout with the template that they are for."""
    check_outputs(arguments, never_with_pattern=("--outfile", "--stdout", "--bicep-file"))
    bicep_file = _bicep_file(arguments)
    compiler = _compiler(arguments, environ)
    return _run_each(arguments, PARAMETERS, lambda path, base: _build_params(path, base, arguments, compiler=compiler, bicep_file=bicep_file))


def run_lint(arguments: Arguments, environ: Mapping[str, str]) -> int:
    """Only the diagnostics; as SARIF they go to stdout."""
    check_outputs(arguments, never_with_pattern=())
    compiler = Compiler(find_configuration_file(arguments), environ=environ)

    def lint(path: Path, _: Path | None) -> int:
        compiled = compiler.compile(path)
        tell_diagnostics(compiled, arguments, write_sarif=write_stdout)
        return int(compiled.failed)

    return _run_each(arguments, EITHER, lint)


def tell_diagnostics(compiled: Compiled, arguments: Arguments, write_sarif: Callable[[str], None] = write_stderr) -> None:
    """As lines on stderr, or as one SARIF document."""
    if arguments.text("--diagnostics-format") == "Sarif":
        write_sarif(render_bicep_sarif(compiled.diagnostics))
    else:
        write_stderr(render_bicep_diagnostics(compiled.diagnostics))


def _compiler(arguments: Arguments, environ: Mapping[str, str]) -> Compiler:
    return Compiler(find_configuration_file(arguments), choose_stamp(arguments.text("--generator"), environ), environ)


def _run_each(arguments: Arguments, suffixes: tuple[str, ...], work: Callable[[Path, Path | None], int]) -> int:
    """A file of another kind ends the work; one with errors does not. work: takes a file, and what --outdir stands for."""
    status, base = 0, find_base(arguments)
    for path in find_inputs(arguments):
        check_input(path, suffixes)
        status |= work(path, base)
    return status


def _build(path: Path, base: Path | None, arguments: Arguments, compiler: Compiler) -> int:
    compiled = compiler.compile(path)
    tell_diagnostics(compiled, arguments)
    if compiled.failed:
        return 1
    text = render_template(compiled.template)
    if arguments.flag("--stdout"):
        write_stdout(text)
    else:
        write_document(str(find_output(path, arguments, ".json", base)), text)
    return 0


def _build_params(path: Path, base: Path | None, arguments: Arguments, *, compiler: Compiler, bicep_file: Path | None) -> int:
    if bicep_file is not None:
        check_using(path, bicep_file)
    compiled = compiler.compile(path)
    tell_diagnostics(compiled, arguments)
    if compiled.failed:
        return 1
    if arguments.flag("--stdout"):
        write_stdout(render_build_params(compiled.parameters, compiled.template))
    else:
        write_document(str(find_output(path, arguments, ".json", base)), render_template(compiled.parameters))
    return 0


def _bicep_file(arguments: Arguments) -> Path | None:
    named = arguments.text("--bicep-file")
    if named is None:
        return None
    path = Path(named)
    if path.suffix.lower() != ".bicep":
        raise refuse(f'"{named}" is not a Bicep file: its name must end in .bicep.')
    return path.absolute()


def check_using(path: Path, bicep_file: Path) -> None:
    """Refuse a parameters file whose `using` names another file."""
    from orchestrator.workflows.bicep_cli.using import find_using

    using = find_using(path)
    if using is not None and using != bicep_file.resolve():
        raise refuse(f"--bicep-file names {bicep_file}, but `using` in {path} names {using}.")
