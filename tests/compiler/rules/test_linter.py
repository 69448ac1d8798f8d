"""The linter as a whole: levels, switches, settings, pragmas, limits."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orchestrator.compiler import Compilation, compile_file, compile_params


def compiled(folder: Path, text: str, core: dict[str, Any] | None = None, **given: Any) -> Compilation:
    if core is not None:
        (folder / "bicepconfig.json").write_text(json.dumps({"analyzers": {"core": core}}))
    (folder / "main.bicep").write_text(text)
    return compile_file(folder / "main.bicep", **given)


def said(result: Compilation) -> list[tuple[str, str, int]]:
    return [(str(entry.level), entry.code, entry.line) for entry in result.diagnostics]


UNUSED = "param unused string\n"


@pytest.mark.parametrize(
    ("core", "expected"),
    [
        (None, [("warning", "no-unused-params", 1)]),
        ({"enabled": False}, []),
        ({"rules": {"no-unused-params": {"level": "off"}}}, []),
        ({"rules": {"no-unused-params": {"level": "Info"}}}, [("info", "no-unused-params", 1)]),
        ({"rules": {"no-unused-params": {"level": "error"}}}, [("error", "no-unused-params", 1)]),
        ({"rules": {"no-unused-params": {"level": "loud"}}}, [("warning", "no-unused-params", 1)]),
        ({"rules": {"No-Unused-Params": {"level": "off"}}}, [("warning", "no-unused-params", 1)]),
        ({"rules": {"no-unused-params": None}}, [("warning", "no-unused-params", 1)]),
    ],
)
def test_levels(tmp_path: Path, core: dict[str, Any] | None, expected: list[tuple[str, str, int]]) -> None:
    result = compiled(tmp_path, UNUSED, core)
    assert said(result) == expected
    assert (result.template is None) == any(level == "error" for level, _, _ in expected)


def test_a_rule_at_error_in_a_module_fails_the_file_that_uses_it(tmp_path: Path) -> None:
    (tmp_path / "inner.bicep").write_text(UNUSED)
    text = "module inner 'inner.bicep' = {\n  params: { unused: 'x' }\n}\n"
    result = compiled(tmp_path, text, {"rules": {"no-unused-params": {"level": "error"}}})
    assert result.template is None
    assert ("error", "BCP104", 1) in said(result)


def test_a_rule_at_error_fails_a_parameters_file(tmp_path: Path) -> None:
    compiled(tmp_path, "param p string\noutput o string = p\n", {"rules": {"no-unused-vars": {"level": "error"}}})
    (tmp_path / "main.bicepparam").write_text("using 'main.bicep'\nparam p = 'x'\nvar unused = 1\n")
    result = compile_params(tmp_path / "main.bicepparam", environ={})
    assert result.parameters is None
    assert [(entry.code, entry.line) for entry in result.diagnostics] == [("no-unused-vars", 3)]


def test_pragmas_silence_a_rule_at_error_too(tmp_path: Path) -> None:
    text = (
        "#disable-next-line no-unused-params other\nparam a string\n"
        "#disable-diagnostics no-unused-params\nparam b string\n"
        "#restore-diagnostics no-unused-params\nparam c string\n"
    )
    assert said(compiled(tmp_path, text, {"rules": {"no-unused-params": {"level": "error"}}})) == [("error", "no-unused-params", 6)]


def test_verbose_says_which_configuration_is_read(tmp_path: Path) -> None:
    assert said(compiled(tmp_path, "", {"verbose": True})) == [("info", "Bicep Linter Configuration", 1)]
    assert said(compiled(tmp_path, UNUSED, {"verbose": True, "enabled": False})) == [("info", "Linter Disabled", 1)]


def test_hosts_are_settings(tmp_path: Path) -> None:
    text = "output a array = ['https://one.example.com', 'https://two.example.com', 'vault.azure.net']\n"
    rule = {"level": "warning", "disallowedhosts": ["example.com"], "excludedhosts": ["two.example.com"]}
    result = compiled(tmp_path, text, {"rules": {"no-hardcoded-env-urls": rule}})
    assert [(entry.code, entry.column) for entry in result.diagnostics] == [("no-hardcoded-env-urls", 32)]


@pytest.mark.parametrize(("minimum", "expected"), [("11.0", []), ("11.0.1", [2]), ("new", [1])])
def test_the_oldest_powershell_is_a_setting(tmp_path: Path, minimum: str, expected: list[int]) -> None:
    text = (
        "\n@description('x')\nresource a 'Microsoft.Resources/deploymentScripts@2023-08-01' = {\n  name: 'a'\n  location: 'x'\n  kind: 'AzurePowerShell'\n"
        "  properties: { azPowerShellVersion: '11.0', retentionInterval: 'P1D' }\n}\n"
    )
    result = compiled(tmp_path, text, {"rules": {"use-recent-az-powershell-version": {"minimumVersion": minimum}}})
    assert [entry.line for entry in result.diagnostics if entry.code == "use-recent-az-powershell-version"] == expected


def test_the_day_is_an_argument(tmp_path: Path) -> None:
    text = "resource a 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'a' }\noutput o string = a.id\n"
    core = {"rules": {"use-recent-api-versions": {"level": "warning"}}}
    assert said(compiled(tmp_path, text, core, today=lambda: date(2025, 6, 1))) == []
    later = compiled(tmp_path, text, core, today=lambda: date(2027, 6, 1))
    assert said(later) == [("warning", "use-recent-api-versions", 1)]
    assert (later.diagnostics[0].remedy or "").startswith("Take 2026-")


@pytest.mark.parametrize(
    ("code", "line", "most"),
    [
        ("max-outputs", "output o{} string = 'x'\n", 64),
        ("max-params", "param p{} string\n", 256),
        ("max-variables", "var v{} = 1\n", 512),
        ("max-resources", "resource r{} 'Microsoft.Network/routeTables@2024-07-01' existing = {{ name: 'r' }}\n", 800),
    ],
)
def test_limits(tmp_path: Path, code: str, line: str, most: int) -> None:
    for count, expected in ((most, []), (most + 1, [(1, 1 + len(line.split(maxsplit=1)[0]) + 1)])):
        result = compiled(tmp_path, "".join(line.format(number) for number in range(count)))
        assert [(entry.line, entry.column) for entry in result.diagnostics if entry.code == code] == expected


def test_a_name_that_doubles_with_each_variable_is_followed_once(tmp_path: Path) -> None:
    steps = [f"var v{number} = '${{v{number - 1}}}${{v{number - 1}}}'\n" for number in range(1, 40)]
    text = "param v0 string = newGuid()\n" + "".join(steps) + "resource r 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: v39, location: 'x' }\n"
    assert [entry.code for entry in compiled(tmp_path, text).diagnostics] == ["use-stable-resource-identifiers"]


@pytest.mark.parametrize(("inside", "expected"), [("@secure() \n s: string", 100), ("s: string", 0)])
def test_a_type_that_doubles_with_each_level_is_looked_at_once(tmp_path: Path, inside: str, expected: int) -> None:
    types = "".join(f"type t{number} = {{ a: t{number + 1}, b: t{number + 1} }}\n" for number in range(30))
    text = f"{types}type t30 = {{\n {inside}\n}}\nparam p t0\noutput o object = p\n"
    codes = [entry.code for entry in compiled(tmp_path, text).diagnostics]
    assert codes.count("outputs-should-not-contain-secrets") == expected


def test_asserts_are_limited_too(tmp_path: Path) -> None:
    (tmp_path / "bicepconfig.json").write_text(json.dumps({"experimentalFeaturesEnabled": {"assertions": True}}))
    for count, expected in ((32, []), (33, [1])):
        result = compiled(tmp_path, "".join(f"assert a{number} = true\n" for number in range(count)))
        assert [entry.line for entry in result.diagnostics if entry.code == "max-asserts"] == expected
