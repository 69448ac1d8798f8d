"""The formatter's entry: a file, or a text, to the text as it should stand."""

from pathlib import Path

from orchestrator.compiler.configuration.bicepconfig import find_configuration
from orchestrator.compiler.parsing.lexer import tokenize
from orchestrator.compiler.printing.documents import HARD, Document, Text, collapse_lines, separate, trim_lines
from orchestrator.compiler.printing.layout_declarations import DeclarationLayouts
from orchestrator.compiler.printing.line_writer import LineWriter
from orchestrator.compiler.printing.options import FormatOptions, read_options
from orchestrator.compiler.printing.parts import PartsReader
from orchestrator.compiler.printing.statements import NewLine, OffsetProblems, Raw, Section, StatementReader
from orchestrator.compiler.printing.trivia import Trivia
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.syntax.source_text import SourceText
from orchestrator.model.recursion import deep_recursion
from orchestrator.model.source import decode_text

_RECURSION = 4000  # frames; Python's 1,000 are used up by some 90 objects in each other


def format_file(path: Path, options: FormatOptions | None = None) -> str:
    """The text as it should stand in the file; without `options` those of the bicepconfig.json that holds there. Raises UserError for a bad one."""
    if options is None:
        options = read_options(find_configuration(path.resolve().parent, {}))
    return format_text(read_text(path), options, parameters_file=path.suffix == ".bicepparam")


def is_formatted(path: Path, options: FormatOptions | None = None) -> bool:
    """True where formatting would change no byte of the file."""
    return path.read_bytes() == format_file(path, options).encode()


def read_text(path: Path) -> str:
    """The file's text with its own line ends."""
    return decode_text(path.read_bytes())


def format_text(text: str, options: FormatOptions, *, parameters_file: bool = False) -> str:
    """The text as it should stand; broken declarations in it stay as they are."""
    problems = OffsetProblems(Problems(SourceText(Path(), text)))
    tokens, _ = tokenize(problems)
    layouts = DeclarationLayouts(PartsReader(tokens), Trivia(text, tokens, options.newline))
    with deep_recursion(_RECURSION):
        sections = StatementReader(tokens, problems, parameters_file=parameters_file).read()
        documents = [document for section in sections for document in _layout_section(layouts, section)]
    documents += layouts.layout(len(tokens) - 1)
    lines = separate(collapse_lines(trim_lines(documents)), HARD)
    return LineWriter(options).write(lines) + (options.newline if options.insert_final_newline else "")


def _layout_section(layouts: DeclarationLayouts, section: Section) -> list[Document]:
    if isinstance(section, NewLine):
        return layouts.layout(section.at)
    if isinstance(section, Raw):
        return [Text(layouts.trivia.raw(section.first, section.stop))]
    try:
        return layouts.layout(section.node)
    except RecursionError:  # nested too deeply to be laid out: it stays as it is
        return [Text(layouts.trivia.raw(section.first, section.stop))]
