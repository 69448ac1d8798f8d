"""The parser's entry: a source text to its tree."""

from orchestrator.compiler.parsing.declarations import DeclarationParser
from orchestrator.compiler.parsing.lexer import tokenize
from orchestrator.compiler.syntax.declarations import Program
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.model.recursion import deep_recursion

_RECURSION = 4000  # frames: room for expressions as deep as the parser lets them be


def parse_program(problems: Problems) -> Program:
    """Parse the text that `problems` belongs to; what is wrong with it is entered there, and the rest is read all the same."""
    tokens, pragmas = tokenize(problems)
    parser = DeclarationParser(tokens, problems, problems.places)
    parser.parameters_file = problems.source.path.suffix == ".bicepparam"
    with deep_recursion(_RECURSION):
        statements = parser.parse_statements()
    return Program(0, len(problems.source.text), statements, tuple(pragmas))
