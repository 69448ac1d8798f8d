"""The functions that read files while compiling. A call is evaluated once per file that it stands in; problems are entered there."""

import base64
from collections.abc import Callable
from typing import Any

from orchestrator.compiler.artifacts.data_files import BadDataError, parse_json_file, parse_yaml_file
from orchestrator.compiler.artifacts.json_path import BadPathError, select_tokens
from orchestrator.compiler.artifacts.loaded_files import DATA_LIMIT, ENCODINGS, TEXT_LIMIT, FileReader
from orchestrator.compiler.artifacts.references import BadReference
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.expressions import FunctionCall, InstanceCall
from orchestrator.compiler.types.values import ANY as UNKNOWN
from orchestrator.compiler.types.values import (
    ERROR,
    NULL,
    ArrayType,
    BooleanLiteralType,
    IntegerLiteralType,
    ObjectType,
    Property,
    StringLiteralType,
    Type,
    make_union,
    resolve,
)
from orchestrator.model.diagnostics import Level
from orchestrator.model.json_value import Json

ALWAYS_A_VARIABLE = frozenset(("loadJsonContent", "loadYamlContent", "loadDirectoryFileInfo"))
"""Their values become variables of their own, those of the others only where they stand inside something else."""
Call = FunctionCall | InstanceCall


class _LoadProblemError(Exception):
    def __init__(self, place: Any, problem: BadReference) -> None:
        super().__init__(problem.message)
        self.place = place
        self.problem = problem


def load(model: SemanticModel, node: Call, types: list[Type]) -> Type:
    """Evaluate a call, remember its value, and say its type; ERROR where a problem was entered."""
    if node not in model.loaded:
        try:
            model.loaded[node] = LOADERS[node.name.name](model, node, _Arguments(node, types))
        except _LoadProblemError as error:
            model.problems.error(error.place, error.problem.code, error.problem.message, error.problem.remedy)
            return ERROR
    return type_of_value(model.loaded[node])


class _Arguments:
    """The texts that a call is given; each must be known while compiling."""

    def __init__(self, node: Call, types: list[Type]) -> None:
        self.node = node
        self.types = types

    def text(self, index: int, default: str = "") -> str:
        """The text at that place."""
        if index >= len(self.types):
            return default
        found = resolve(self.types[index])
        if not isinstance(found, StringLiteralType):
            raise _LoadProblemError(self.node.arguments[index], BadReference("BCP032", "This must be known while compiling.", "Write a plain text."))
        return found.value

    def encoding(self, index: int) -> str:
        """The name of an encoding."""
        name = self.text(index, "utf-8")
        if name.lower() not in ENCODINGS:
            problem = BadReference("BCP070", f"'{name}' is no encoding that is known.", f"Known are: {', '.join(ENCODINGS)}.")
            raise _LoadProblemError(self.node.arguments[index], problem)
        return name


def _read(model: SemanticModel, node: Call, arguments: _Arguments, encoding: int, limit: int) -> str:
    text = FileReader(model.workspace, model.path).read_text(arguments.text(0), arguments.encoding(encoding), limit)
    if isinstance(text, BadReference):
        raise _LoadProblemError(node.arguments[0], text)
    if text.marked is not None and encoding < len(node.arguments) and text.marked != ENCODINGS[arguments.encoding(encoding).lower()]:
        place = node.arguments[encoding]
        said = f"The file says itself that it is {text.marked}, and was read as such."
        model.problems.add(Level.INFO, place.start, place.end, ("BCP185", said, "Name that encoding, or none."))
    return text.text


def _load_text(model: SemanticModel, node: Call, arguments: _Arguments) -> Json:
    return _read(model, node, arguments, 1, TEXT_LIMIT)


def _load_base64(model: SemanticModel, node: Call, arguments: _Arguments) -> Json:
    content = FileReader(model.workspace, model.path).read_bytes(arguments.text(0), TEXT_LIMIT // 4 * 3)
    if isinstance(content, BadReference):
        raise _LoadProblemError(node.arguments[0], content)
    return base64.b64encode(content).decode()


def _load_data(parse: Callable[[str], Json], problem: BadReference) -> Callable[[SemanticModel, Call, _Arguments], Json]:
    def loader(model: SemanticModel, node: Call, arguments: _Arguments) -> Json:
        path = arguments.text(1)
        text = _read(model, node, arguments, 2, DATA_LIMIT)
        try:
            value = parse(text)
        except BadDataError as error:
            raise _LoadProblemError(node.arguments[0], problem) from error
        return value if len(arguments.types) < 2 else _select(node, value, path)

    return loader


def _select(node: Call, value: Json, path: str) -> Json:
    try:
        found = select_tokens(value, path)
    except BadPathError:
        found = []
    if not found:
        raise _LoadProblemError(node.arguments[1], BadReference("BCP235", f"The path '{path}' finds nothing in the file.", "Correct the path."))
    return found[0] if len(found) == 1 else found


def _load_directory(model: SemanticModel, node: Call, arguments: _Arguments) -> Json:
    found = FileReader(model.workspace, model.path).list_files(arguments.text(0), arguments.text(1))
    if isinstance(found, BadReference):
        raise _LoadProblemError(node.arguments[0], found)
    return [dict(entry) for entry in found]


LOADERS: dict[str, Callable[[SemanticModel, Call, _Arguments], Json]] = {
    "loadTextContent": _load_text,
    "loadFileAsBase64": _load_base64,
    "loadJsonContent": _load_data(parse_json_file, BadReference("BCP186", "The file holds no valid JSON.", "Correct the file.")),
    "loadYamlContent": _load_data(parse_yaml_file, BadReference("BCP340", "The file holds no valid YAML.", "Correct the file.")),
    "loadDirectoryFileInfo": _load_directory,
}


def type_of_json(model: SemanticModel, place: Any, text: str) -> Type:
    """The type of what json() gives for a text that is known."""
    try:
        return type_of_value(parse_json_file(text))
    except BadDataError as error:
        model.problems.error(place, "BCP186", f"The text is no valid JSON: {error}", "Correct it: a deployment would fail.")
        return ERROR


def type_of_value(value: Json) -> Type:
    """The type of a value that is known."""
    match value:
        case None:
            return NULL
        case bool():
            return BooleanLiteralType(value)
        case int():
            return IntegerLiteralType(value)
        case str():
            return StringLiteralType(value)
        case list():
            return ArrayType(make_union(tuple(type_of_value(item) for item in value)) if value else UNKNOWN)
        case dict():
            return ObjectType({key: Property(type_of_value(item)) for key, item in value.items()}, sealed=True)
        case _:
            return UNKNOWN
