"""YAML as JSON values with the place of every key and value; bounded, and without what JSON has no word for.

Theory of operation: the events are read first, which costs no memory, and bound the depth (PyYAML's composer recurses). Then the document is composed into
nodes, which know their marks, and the nodes are walked into plain values. Aliases share a node, so the walk counts what it makes: a "billion laughs" file
ends at MAX_VALUES. Timestamps stay the text that was written; a tag that JSON has no type for is a problem, as is a key that stands twice.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from orchestrator.model.diagnostics import Diagnostic, Level
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.source import Position, Span

MAX_CHARACTERS = 200_000
MAX_DEPTH = 30
MAX_VALUES = 5_000

KeyPath = tuple[str | int, ...]

_TEXTS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"})
_SCALARS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"})


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """A document's value, the spans of its values (`spans`) and of the keys that name them (`keys`), and what is wrong with it."""

    value: Json
    spans: dict[KeyPath, Span]
    keys: dict[KeyPath, Span]
    diagnostics: tuple[Diagnostic, ...]


def read_yaml(text: str, path: Path) -> YamlDocument:
    """Read one YAML document; problems are diagnostics, and `value` is None where there is no document that can be used."""
    reader = _Reader(path, text.splitlines())
    try:
        _check_bounds(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        value = reader.walk(node, ()) if node is not None else None
    except yaml.MarkedYAMLError as error:
        value = None
        reader.add("YamlSyntax", _syntax_message(error), error.problem_mark or error.context_mark)
    except yaml.reader.ReaderError as error:
        value = None
        reader.add("YamlSyntax", f"character {error.character!r} cannot stand in YAML", None)
    except _TooLargeError as error:
        value = None
        reader.add("YamlTooLarge", str(error), error.mark)
    return YamlDocument(value, reader.spans, reader.keys, tuple(reader.diagnostics))


class _TooLargeError(Exception):
    """The document is larger than any file of this kind has a reason to be."""

    def __init__(self, message: str, mark: Any = None) -> None:
        super().__init__(message)
        self.mark = mark


def _check_bounds(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise _TooLargeError(f"the file has {len(text)} characters; at most {MAX_CHARACTERS} are read")
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise _TooLargeError(f"values are nested deeper than {MAX_DEPTH} levels", event.start_mark)


def _syntax_message(error: yaml.MarkedYAMLError) -> str:
    context = f" ({error.context})" if error.context else ""
    return f"not YAML: {error.problem or 'it cannot be read'}{context}"


@dataclass(slots=True)
class _Reader:
    """Walks composed nodes into values; holds what it saw."""

    path: Path
    lines: list[str]
    spans: dict[KeyPath, Span] = field(default_factory=dict)
    keys: dict[KeyPath, Span] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    values: int = 0

    def walk(self, node: yaml.Node, key_path: KeyPath) -> Json:
        """The plain value of a node; notes where it stands."""
        self.values += 1
        if self.values > MAX_VALUES:
            raise _TooLargeError(f"the document has more than {MAX_VALUES} values, aliases counted where they are used", node.start_mark)
        if len(key_path) > MAX_DEPTH:
            raise _TooLargeError(f"values are nested deeper than {MAX_DEPTH} levels", node.start_mark)
        self.spans[key_path] = self.span(node.start_mark, node.end_mark)
        if isinstance(node, yaml.MappingNode):
            return self.walk_mapping(node, key_path)
        if isinstance(node, yaml.SequenceNode):
            return [self.walk(item, (*key_path, index)) for index, item in enumerate(node.value)]
        return self.scalar(node)

    def walk_mapping(self, node: yaml.MappingNode, key_path: KeyPath) -> JsonObject:
        """A mapping's value; the first of two equal keys counts, and the second is a problem."""
        result: JsonObject = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.add("InvalidKey", "a key must be plain text", key_node.start_mark, key_node.end_mark)
                continue
            key = str(key_node.value)
            if key in result:
                first = self.keys[(*key_path, key)].start.line
                self.add("DuplicateKey", f"the key '{key}' stands twice in one mapping; first in line {first}", key_node.start_mark, key_node.end_mark)
                continue
            self.keys[(*key_path, key)] = self.span(key_node.start_mark, key_node.end_mark)
            result[key] = self.walk(value_node, (*key_path, key))
        return result

    def scalar(self, node: yaml.Node) -> Json:
        """A scalar's value."""
        if node.tag in _TEXTS:
            return str(node.value)
        if node.tag in _SCALARS:
            try:
                return yaml.constructor.SafeConstructor().construct_object(node)
            except (ValueError, IndexError, KeyError):  # PyYAML's own for `!!int` and `!!bool x`
                self.add("InvalidValue", f"{node.value!r} cannot be read as {node.tag.rpartition(':')[2]}", node.start_mark, node.end_mark)
                return None
        self.add("UnsupportedTag", f"the tag {node.tag} has no meaning here", node.start_mark, node.end_mark)
        return None

    def span(self, start: yaml.Mark, end: yaml.Mark) -> Span:
        """Two marks as a span of this file; marks count from zero."""
        return Span(self.path, Position(start.line + 1, start.column + 1), Position(end.line + 1, end.column + 1))

    def add(self, code: str, message: str, start: yaml.Mark | None, end: yaml.Mark | None = None) -> None:
        """Note a problem; without a mark it stands at the file's beginning."""
        begin = Position(start.line + 1, start.column + 1) if start is not None else Position(1, 1)
        finish = Position(end.line + 1, end.column + 1) if end is not None else Position(begin.line, begin.column + 1)
        line = self.lines[begin.line - 1] if begin.line <= len(self.lines) else None
        self.diagnostics.append(Diagnostic(Level.ERROR, code, message, Span(self.path, begin, finish), source_line=line))
