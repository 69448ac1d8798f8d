"""The parser's entry: a source text to its tree."""

from orchestrator.compiler.parsing.declarations import DeclarationParser
from orchestrator.compiler.parsing.lexer import tokenize
from orchestrator.compiler.syntax.declarations import Program
from orchestrator.compiler.syntax.problems import Problems


def parse_program(problems: Problems) -> Program:
    """Parse the text that `problems` belongs to; what is wrong with it is entered there, and the rest is read all the same."""
    tokens, pragmas = tokenize(problems)
    statements = DeclarationParser(tokens, problems).parse_statements()
    return Program(0, len(problems.source.text), statements, tuple(pragmas))
