#!/usr/bin/env python3
"""Makes the table of orchestrator/resource_types out of Microsoft's own Bicep types: the layout of `generated/` in Azure/bicep-types-az.

    tools/resource_types.py SOURCE --output orchestrator/resource_types/table            writes names.pack, types.pack, manifest.json
    tools/resource_types.py SOURCE --output orchestrator/resource_types/table --check    writes nothing; status 1 where the table says something else
    ... --keep orchestrator/resource_types/table/manifest.json                           only the types that this manifest lists: for a whole checkout

SOURCE holds index.json (`Type@version` to `file#/number`) and the files it names. The types are those of the index; the names are those of
`all-types.txt.gz` where SOURCE has it, else of the index. Descriptions are left out.

How a chunk is made: all that its resources and functions reach is collected from the files (a namespace and version may be spread over several), equal
types are found by refining a partition (two types are equal until something tells them apart; types are cyclic, so comparing them by content would
not end), and each class is one record, numbered as the resources reach them. An attribute or kind of type that this file does not know stops it.
"""

import argparse
import gzip
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # a script: its folder, not the project's, is on the path

from orchestrator.resource_types.pack import Pack, pack

FORMAT = 1
Members: TypeAlias = dict[str, bytes]
Raw: TypeAlias = dict[str, Any]


class Node(NamedTuple):
    """A type in the source: the file and its number there."""

    file: str
    number: int


class SourceError(Exception):
    """The source says something that the table cannot hold."""


# What a type may say, by its $type; all else is an error, so that nothing is lost unseen.
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "StringType": frozenset({"minLength", "maxLength", "pattern", "sensitive"}),
    "StringLiteralType": frozenset({"value", "sensitive"}),
    "IntegerType": frozenset({"minValue", "maxValue"}),
    "BooleanType": frozenset(),
    "AnyType": frozenset(),
    "NullType": frozenset(),
    "ObjectType": frozenset({"name", "properties", "additionalProperties", "sensitive"}),
    "DiscriminatedObjectType": frozenset({"name", "discriminator", "baseProperties", "elements"}),
    "UnionType": frozenset({"elements"}),
    "ArrayType": frozenset({"itemType", "minLength", "maxLength"}),
    "ResourceType": frozenset({"name", "body", "readableScopes", "writableScopes"}),
    "ResourceFunctionType": frozenset({"name", "resourceType", "apiVersion", "output", "input"}),
}


class Source:
    """The folder: its index, its names, and its files, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index: Raw = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        if self.index.get("namespaceFunctions"):
            raise SourceError("index.json has namespace functions, for which the table has no place")
        self._files: dict[str, list[Raw]] = {}

    def names(self) -> list[str]:
        """All `Type@version` that exist."""
        listed = self.folder / "all-types.txt.gz"
        if listed.is_file():
            return gzip.decompress(listed.read_bytes()).decode().split()
        return list(self.index["resources"])

    def type_at(self, node: Node) -> Raw:
        """One type, checked for attributes that we would lose."""
        if node.file not in self._files:
            self._files[node.file] = json.loads((self.folder / node.file).read_text(encoding="utf-8"))
        raw = self._files[node.file][node.number]
        kind = raw["$type"]
        unknown = set(raw) - ATTRIBUTES[kind] - {"$type"} if kind in ATTRIBUTES else {"$type"}
        if unknown:
            raise SourceError(f"{node.file}#/{node.number}: {kind} with {', '.join(sorted(unknown))}, which the table cannot hold")
        return raw

    def node(self, reference: Raw, file: str = "") -> Node:
        """The node that a `$ref` names: `#/7`, or `folder/types.json#/7`."""
        path, _, number = reference["$ref"].partition("#/")
        return Node(path or file, int(number))

    def roots(self, keep: "Keep | None") -> dict[str, "Roots"]:
        """Where the types of each namespace and version begin: `microsoft.network@2026-03-01`."""
        resources = {name.lower(): self.node(reference) for name, reference in self.index["resources"].items()}
        functions = {
            f"{type_}@{version}".lower(): [self.node(reference) for reference in references]
            for type_, versions in self.index.get("resourceFunctions", {}).items()
            for version, references in versions.items()
        }
        kept = keep or Keep(frozenset(resources), frozenset(functions))
        missing = sorted((kept.resources - resources.keys()) | (kept.functions - functions.keys()))
        if missing:
            raise SourceError(f"{self.folder / 'index.json'} lacks {', '.join(missing)}")
        chunks: dict[str, Roots] = defaultdict(lambda: Roots({}, {}))
        for name in kept.resources:
            chunk, path = split_name(name)
            chunks[chunk].resources[path] = resources[name]
        for name in kept.functions:
            chunk, path = split_name(name)
            chunks[chunk].functions[path] = functions[name]
        return dict(chunks)


class Keep(NamedTuple):
    """The types to take, and those whose functions to take, as `type@version` in lower case."""

    resources: frozenset[str]
    functions: frozenset[str]


class Roots(NamedTuple):
    """The resource types and functions of one chunk, by their paths in lower case."""

    resources: dict[str, Node]
    functions: dict[str, list[Node]]


def split_name(name: str) -> tuple[str, str]:
    """`Microsoft.Network/virtualNetworks@V` into the chunk's name and the path."""
    type_, _, version = name.lower().partition("@")
    namespace, _, path = type_.partition("/")
    return f"{namespace}@{version}", path


def encode_names(names: Iterable[str]) -> Members:
    """A member a namespace, as orchestrator/resource_types/names.py reads it."""
    namespaces: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for name in names:
        spelling, _, version = name.partition("@")
        namespace, _, path = spelling.lower().partition("/")
        namespaces[namespace][path][spelling].append(version.lower())
    return {namespace: "".join(_name_line(path, paths[path]) for path in sorted(paths)).encode() for namespace, paths in namespaces.items()}


def _name_line(path: str, spellings: Mapping[str, list[str]]) -> str:
    return "\t".join([path, *(" ".join([spelling, *sorted(spellings[spelling])]) for spelling in sorted(spellings))]) + "\n"


# A record's shape, with `ref` for what stands in the place of a type it refers to.
Ref: TypeAlias = Callable[[Raw], Any]


def _properties(properties: Mapping[str, Raw], ref: Ref) -> dict[str, Any]:
    encoded: dict[str, Any] = {}
    for name, value in properties.items():
        unknown = set(value) - {"type", "flags", "description"}
        if unknown:
            raise SourceError(f"property {name} with {', '.join(sorted(unknown))}, which the table cannot hold")
        encoded[name] = [ref(value["type"]), value["flags"]] if value["flags"] else ref(value["type"])
    return encoded


def encode_type(raw: Raw, ref: Ref) -> list[Any]:
    """The record of a type, as orchestrator/resource_types/chunks.py reads it."""
    get = raw.get
    record: list[Any]
    match raw["$type"]:
        case "StringType":
            record = ["string", get("minLength"), get("maxLength"), get("pattern"), get("sensitive")]
        case "IntegerType":
            record = ["integer", get("minValue"), get("maxValue")]
        case "BooleanType" | "AnyType" | "NullType" as kind:
            record = [kind.removesuffix("Type").lower()]
        case "ObjectType":
            additional = raw.get("additionalProperties")
            record = ["object", raw["name"], _properties(raw["properties"], ref), additional and ref(additional), get("sensitive")]
        case "DiscriminatedObjectType":
            elements = {value: ref(element) for value, element in raw["elements"].items()}
            record = ["discriminated", raw["name"], raw["discriminator"], _properties(raw["baseProperties"], ref), elements]
        case "UnionType":
            record = ["union", [ref(element) for element in raw["elements"]]]
        case "ArrayType":
            record = ["array", ref(raw["itemType"]), get("minLength"), get("maxLength")]
        case _:
            return _encode_declaration(raw, ref)
    while record[-1] is None or record[-1] is False:
        record.pop()
    return record


def _encode_declaration(raw: Raw, ref: Ref) -> list[Any]:
    if raw["$type"] == "ResourceType":
        name, _, version = raw["name"].partition("@")
        return ["resource", name, version, ref(raw["body"]), raw["readableScopes"], raw["writableScopes"]]
    record = ["function", raw["name"], raw["resourceType"], raw["apiVersion"], ref(raw["output"])]
    return [*record, ref(raw["input"])] if "input" in raw else record


class Graph:
    """All that the roots of one chunk reach, and which of it is equal."""

    def __init__(self, source: Source, roots: Roots) -> None:
        self.source = source
        self.roots = roots
        self.shapes: dict[Node, str] = {}
        self.children: dict[Node, list[Node]] = {}
        starts = [*(roots.resources[path] for path in sorted(roots.resources)), *(node for path in sorted(roots.functions) for node in roots.functions[path])]
        self._collect(starts)
        self.classes = self._refine()
        self.numbers = self._number(starts)

    def literal(self, node: Node) -> str | None:
        """The text of a string literal, which is written in place."""
        raw = self.source.type_at(node)
        if raw["$type"] != "StringLiteralType":
            return None
        if raw.get("sensitive"):
            raise SourceError(f"{node.file}#/{node.number}: a sensitive string literal, which the table cannot hold")
        return str(raw["value"])

    def _collect(self, starts: Iterable[Node]) -> None:
        waiting = list(starts)
        while waiting:
            node = waiting.pop()
            if node in self.shapes:
                continue
            children: list[Node] = []
            record = encode_type(self.source.type_at(node), partial(self._place, node, children))
            self.shapes[node] = json.dumps(record)
            self.children[node] = children
            waiting.extend(children)

    def _place(self, node: Node, children: list[Node], reference: Raw) -> int | str:
        """The text of a literal; 0 for all else, which becomes a child."""
        child = self.source.node(reference, node.file)
        literal = self.literal(child)
        if literal is None:
            children.append(child)
            return 0
        return literal

    def _refine(self) -> dict[Node, int]:
        """Equal nodes get one number: begin with the shapes, tell apart by the children's numbers, until nothing changes."""
        classes, count = _intern(self.shapes), 0
        while len(set(classes.values())) > count:
            count = len(set(classes.values()))
            classes = _intern({node: (classes[node], *(classes[child] for child in self.children[node])) for node in classes})
        return classes

    def _number(self, starts: Iterable[Node]) -> dict[int, int]:
        """The line of each class, in the order of reaching, a depth-first walk."""
        numbers: dict[int, int] = {}
        waiting = list(reversed(list(starts)))
        while waiting:
            node = waiting.pop()
            if self.classes[node] not in numbers:
                numbers[self.classes[node]] = len(numbers) + 1
                waiting.extend(reversed(self.children[node]))
        return numbers

    def line(self, node: Node) -> int:
        """The number of a node's record."""
        return self.numbers[self.classes[node]]

    def encode(self) -> bytes:
        """The chunk's content."""
        head = {
            "resources": {path: self.line(self.roots.resources[path]) for path in sorted(self.roots.resources)},
            "functions": {path: [self.line(node) for node in self.roots.functions[path]] for path in sorted(self.roots.functions)},
        }
        records: list[Any] = [head] + [None] * len(self.numbers)
        for node in self.classes:
            if records[self.line(node)] is None:
                records[self.line(node)] = encode_type(self.source.type_at(node), partial(self._ref, node))
        return "\n".join(json.dumps(record, separators=(",", ":")) for record in records).encode()

    def _ref(self, node: Node, reference: Raw) -> int | str:
        child = self.source.node(reference, node.file)
        literal = self.literal(child)
        return self.line(child) if literal is None else literal


def _intern(keys: Mapping[Node, Any]) -> dict[Node, int]:
    known: dict[Any, int] = {}
    return {node: known.setdefault(key, len(known)) for node, key in keys.items()}


def content_hash(members: Mapping[str, bytes]) -> str:
    """SHA-256 over the names and contents of all members, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted(members):
        digest.update(f"{name} {len(members[name])}\n".encode())
        digest.update(members[name])
    return digest.hexdigest()


def make_manifest(names: list[str], name_members: Members, type_members: Members) -> bytes:
    """What the table holds, in clear."""
    listed = [(kind, name) for chunk in type_members.values() for kind, name in _listed(chunk)]
    resources = sorted((name for kind, name in listed if kind == "resource"), key=str.lower)
    functions = sorted({name.lower() for kind, name in listed if kind == "function"})
    manifest = {
        "format": FORMAT,
        "names": {"count": len(names), "sha256": content_hash(name_members)},
        "types": {"count": len(resources), "sha256": content_hash(type_members)},
        "resources": resources,
        "functionsOf": functions,
    }
    return (json.dumps(manifest, indent=1) + "\n").encode()


def _listed(chunk: bytes) -> Iterator[tuple[str, str]]:
    """The resource types of a chunk, and the types whose functions it holds, as `Type@version`."""
    for line in chunk.split(b"\n")[1:]:
        match json.loads(line):
            case ["resource", name, version, *_]:
                yield "resource", f"{name}@{version}"
            case ["function", _, type_, version, *_]:
                yield "function", f"{type_}@{version}"


def read_keep(manifest: Path) -> Keep:
    """What a manifest lists."""
    listed = json.loads(manifest.read_text(encoding="utf-8"))
    return Keep(*(frozenset(name.lower() for name in listed[key]) for key in ("resources", "functionsOf")))


def make_table(source: Source, keep: Keep | None) -> tuple[Members, Members, bytes]:
    """The members of names.pack and of types.pack, and the manifest."""
    names = source.names()
    roots = source.roots(keep)
    name_members = encode_names(names)
    type_members = {name: Graph(source, roots[name]).encode() for name in sorted(roots)}
    return name_members, type_members, make_manifest(names, name_members, type_members)


def find_differences(output: Path, file: str, members: Members) -> list[str]:
    """What a committed pack says otherwise, by the names of its members."""
    path = output / file
    if not path.is_file():
        return [f"{path} does not exist"]
    committed = Pack(path)
    names = sorted({*committed.names(), *members})
    return [f"{path}: {name} differs" for name in names if committed.find(name) != members.get(name)]


def check_table(output: Path, names: Members, types: Members, manifest: bytes) -> int:
    """The exit status of --check: 1 where the committed table says something else, with what differs on stderr."""
    path = output / "manifest.json"
    differences = find_differences(output, "names.pack", names) + find_differences(output, "types.pack", types)
    if not path.is_file() or path.read_bytes() != manifest:
        differences.append(f"{path} differs")
    sys.stderr.writelines(f"{difference}\n" for difference in differences)
    return 1 if differences else 0


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Makes the table of resource types out of Microsoft's Bicep types.")
    parser.add_argument("source", type=Path, help="the folder with index.json: `generated` in a checkout of Azure/bicep-types-az")
    parser.add_argument("--output", type=Path, required=True, help="the table's folder")
    parser.add_argument("--keep", type=Path, help="a manifest.json: take only the types that it lists")
    parser.add_argument("--check", action="store_true", help="write nothing; status 1 where the table differs")
    options = parser.parse_args(arguments)
    try:
        names, types, manifest = make_table(Source(options.source), read_keep(options.keep) if options.keep else None)
    except SourceError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if options.check:
        return check_table(options.output, names, types, manifest)
    options.output.mkdir(parents=True, exist_ok=True)
    for file, content in (("names.pack", pack(names)), ("types.pack", pack(types)), ("manifest.json", manifest)):
        (options.output / file).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
