"""The generator on small sources, and on the one that the committed table was made from, where it is found."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from orchestrator.resource_types import Object
from orchestrator.resource_types.chunks import Chunk
from orchestrator.resource_types.lookup import TABLE
from orchestrator.resource_types.pack import Pack


def ref(number: int) -> dict[str, str]:
    return {"$ref": f"#/{number}"}


def body(name: str, **properties: int) -> dict[str, Any]:
    return {
        "$type": "ObjectType",
        "name": name,
        "properties": {key: {"type": ref(number), "flags": 0, "description": "left out"} for key, number in properties.items()},
    }


def resource(name: str, number: int) -> dict[str, Any]:
    return {"$type": "ResourceType", "name": name, "body": ref(number), "readableScopes": 8, "writableScopes": 0}


# Two rings that say the same (0-1 and 2-3): only comparing them without end, or by refinement, finds it.
RINGS = [
    body("Ring", next=1, text=4),
    {"$type": "ArrayType", "itemType": ref(0)},
    body("Ring", next=3, text=4),
    {"$type": "ArrayType", "itemType": ref(2)},
    {"$type": "StringType", "minLength": 0},
    {"$type": "StringLiteralType", "value": "7"},
    {"$type": "UnionType", "elements": [ref(5), ref(4)]},
    body("Toy", ring=0, same=2, kind=6),
    resource("Contoso.Toys/ringS@2024-01-01", 7),
    {"$type": "ResourceFunctionType", "name": "listRings", "resourceType": "Contoso.Toys/rings", "apiVersion": "2024-01-01", "output": ref(1)},
]


def write_source(folder: Path, types: list[dict[str, Any]], resources: dict[str, str], functions: dict[str, Any] | None = None) -> Path:
    (folder / "toys").mkdir(parents=True)
    (folder / "toys" / "types.json").write_text(json.dumps(types), encoding="utf-8")
    index = {"resources": {name: {"$ref": reference} for name, reference in resources.items()}, "resourceFunctions": functions or {}}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    return folder


@pytest.fixture
def toys(tmp_path: Path) -> Path:
    functions = {"contoso.toys/rings": {"2024-01-01": [{"$ref": "toys/types.json#/9"}]}}
    return write_source(tmp_path / "source", RINGS, {"Contoso.Toys/ringS@2024-01-01": "toys/types.json#/8"}, functions)


def test_equal_types_are_one_record(generator: ModuleType, toys: Path, tmp_path: Path) -> None:
    assert generator.main([str(toys), "--output", str(tmp_path / "table")]) == 0
    content = Pack(tmp_path / "table" / "types.pack").find("contoso.toys@2024-01-01")
    assert content is not None
    assert [json.loads(line) for line in content.splitlines()] == [
        {"resources": {"rings": 1}, "functions": {"rings": [7]}},
        ["resource", "Contoso.Toys/ringS", "2024-01-01", 2, 8, 0],
        ["object", "Toy", {"ring": 3, "same": 3, "kind": 6}],
        ["object", "Ring", {"next": 4, "text": 5}],
        ["array", 3],
        ["string", 0],
        ["union", ["7", 5]],
        ["function", "listRings", "Contoso.Toys/rings", "2024-01-01", 4],
    ]
    found = Chunk("contoso.toys@2024-01-01", content).find_resource("rings")
    assert found is not None
    toy = found.body.resolve()
    assert isinstance(toy, Object)
    assert toy.properties["ring"].type.resolve() is toy.properties["same"].type.resolve()
    assert [function.name for function in found.functions] == ["listRings"]


def test_check_says_what_differs(generator: ModuleType, toys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "table"
    arguments = [str(toys), "--output", str(table)]
    assert generator.main([*arguments, "--check"]) == 1
    assert generator.main(arguments) == 0
    capsys.readouterr()
    assert generator.main([*arguments, "--check"]) == 0
    assert capsys.readouterr().err == ""
    changed = [*RINGS[:4], {"$type": "StringType"}, *RINGS[5:]]
    (toys / "toys" / "types.json").write_text(json.dumps(changed), encoding="utf-8")
    assert generator.main([*arguments, "--check"]) == 1
    assert capsys.readouterr().err.splitlines() == [f"{table / 'types.pack'}: contoso.toys@2024-01-01 differs", f"{table / 'manifest.json'} differs"]


def test_keep_takes_what_a_manifest_lists(generator: ModuleType, toys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, manifest = tmp_path / "table", tmp_path / "wanted.json"
    manifest.write_text(json.dumps({"resources": ["Contoso.Toys/RINGS@2024-01-01"], "functionsOf": []}), encoding="utf-8")
    assert generator.main([str(toys), "--output", str(table), "--keep", str(manifest)]) == 0
    assert json.loads((table / "manifest.json").read_text(encoding="utf-8"))["functionsOf"] == []
    manifest.write_text(json.dumps({"resources": ["Contoso.Toys/trains@2024-01-01"], "functionsOf": []}), encoding="utf-8")
    assert generator.main([str(toys), "--output", str(table), "--keep", str(manifest)]) == 1
    assert capsys.readouterr().err == f"{toys / 'index.json'} lacks contoso.toys/trains@2024-01-01\n"


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"$type": "BooleanType", "default": True}, "BooleanType with default"),
        ({"$type": "FloatType"}, "FloatType with $type"),
        ({"$type": "ObjectType", "name": "O", "properties": {"a": {"type": ref(0), "flags": 0, "since": "1"}}}, "property a with since"),
    ],
)
def test_what_the_table_cannot_hold_stops_it(
    generator: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: dict[str, Any], said: str
) -> None:
    types = [{"$type": "AnyType"}, broken, body("B", x=1), resource("Contoso.Toys/trains@2024-01-01", 2)]
    source = write_source(tmp_path / "source", types, {"Contoso.Toys/trains@2024-01-01": "toys/types.json#/3"})
    assert generator.main([str(source), "--output", str(tmp_path / "table")]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "table").exists()


def test_the_committed_table_is_what_the_generator_makes(generator: ModuleType, source_folder: Path) -> None:
    assert generator.main([str(source_folder), "--output", str(TABLE), "--check"]) == 0


def test_a_manifest_selects_its_own_table(generator: ModuleType, source_folder: Path) -> None:
    assert generator.main([str(source_folder), "--output", str(TABLE), "--keep", str(TABLE / "manifest.json"), "--check"]) == 0
