"""The model of an ARM template that a Bicep file refers to: only what others may see of it."""

from pathlib import Path

from orchestrator.compiler.artifacts.data_files import BadDataError, parse_json_file
from orchestrator.compiler.artifacts.workspace import SourceFile, Workspace, read_text
from orchestrator.compiler.configuration import Configuration
from orchestrator.compiler.parsing.template_program import is_template, read_template
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.declarations import Program
from orchestrator.compiler.syntax.expressions import Identifier
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.syntax.source_text import SourceText


def open_template(path: Path, workspace: Workspace) -> SemanticModel | None:
    """The model of a template, its declarations not yet entered; one with a problem where the file is no template; None where there is no file."""
    text = read_text(path)
    if text is None:
        return None
    source = SourceText(path, text)
    try:
        document = parse_json_file(text)
    except BadDataError:
        document = None
    if not is_template(document):
        model = SemanticModel(SourceFile(path, source, Program(0, 0, ()), ()), Configuration(), Problems(source), workspace=workspace)
        model.problems.error(Identifier(0, 0, ""), "BCP188", f"'{path.name}' is no ARM template.", "Name a template with a $schema and resources.")
        return model
    file = SourceFile(path, source, read_template(document), ())
    model = SemanticModel(file, Configuration(), Problems(source), workspace=workspace)
    model.document = document
    return model
