"""Modules of registries: their place in the official cache, and a clear word where they are not there."""

import json
from pathlib import Path

import pytest

from orchestrator.compiler import compile_file
from orchestrator.compiler.artifacts.references import BadReference
from orchestrator.compiler.artifacts.registry_cache import encode_tag, read_registry_reference

TEMPLATE = {
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    "contentVersion": "1.0.0.0",
    "parameters": {"name": {"type": "string"}},
    "resources": [],
    "outputs": {"id": {"type": "string", "value": "[parameters('name')]"}},
}
USE = "module m '{}' = {{\n  name: 'm'\n  params: {{ name: 'x' }}\n}}\noutput id string = m.outputs.id\n"


@pytest.mark.parametrize(("tag", "folder"), [("0.1.0", "0.1.0$"), ("V1", "V1$1"), ("aB-C", "aB-C$a")])
def test_a_tag_is_a_folder(tag: str, folder: str) -> None:
    assert encode_tag(tag) == folder


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("br/public:avm/res/network/natgw:1.0.0", "br/mcr.microsoft.com/bicep$avm$res$network$natgw/1.0.0$"),
        ("br:Local.io:5000/a/b:v1", "br/local.io$5000/a$b/v1$"),
        (f"br:x.io/a@sha256:{'0' * 64}", f"br/x.io/a/sha256#{'0' * 64}"),
    ],
)
def test_a_reference_has_a_place(text: str, place: str) -> None:
    found = read_registry_reference(text, {})
    assert not isinstance(found, BadReference)
    assert found.cached_in(Path("cache")) == Path("cache") / place / "main.json"


@pytest.mark.parametrize(("text", "code"), [("br/mine:a:1", "BCP213"), ("br:nothing", "BCP193")])
def test_a_bad_reference_says_why(text: str, code: str) -> None:
    found = read_registry_reference(text, {})
    assert isinstance(found, BadReference)
    assert found.code == code


def test_a_restored_module_is_compiled_in(tmp_path: Path) -> None:
    (tmp_path / "bicepconfig.json").write_text('{"cacheRootDirectory": "cache", "moduleAliases": {"br": {"mine": {"registry": "x.io", "modulePath": "p"}}}}')
    folder = tmp_path / "cache" / "br" / "x.io" / "p$m" / "1$"
    folder.mkdir(parents=True)
    (folder / "main.json").write_text(json.dumps(TEMPLATE))
    (tmp_path / "main.bicep").write_text(USE.format("br/mine:m:1"))
    compiled = compile_file(tmp_path / "main.bicep")
    assert compiled.template is not None
    assert compiled.template["resources"][0]["properties"]["template"] == TEMPLATE


def test_a_module_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "bicepconfig.json").write_text('{"cacheRootDirectory": "cache"}')
    (tmp_path / "main.bicep").write_text(USE.format("br/public:a:1"))
    compiled = compile_file(tmp_path / "main.bicep")
    assert compiled.template is None
    assert [entry.code for entry in compiled.diagnostics if entry.level == "error"] == ["BCP192", "BCP062"]
    assert "mcr.microsoft.com/bicep/a:1" in compiled.diagnostics[0].message
