"""The compiler and the ARM engine beside the official ones, on valid files, each answer made anew: whole processes, one warm process each, and growth.

The public corpora are read where BICEP_CORPORA names a folder with checkouts of Azure/bicep (`bicep`) and Azure/bicep-registry-modules; without it a file
of ours of the same size stands in for the largest baseline, and what needs the modules is skipped.
"""

import gc
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.ratio import ROOT, Ratio, in_turns
from orchestrator.arm import snapshot
from orchestrator.compiler import compile_file, compile_params
from orchestrator.model.errors import ArmError
from tests.arm.harness import CONTEXT, OfficialEngine
from tests.compiler.harness import Official, find_official

TOPOLOGIES = sorted((ROOT / "bicep" / "topologies").glob("*.bicep"))
_CORPORA = Path(os.environ.get("BICEP_CORPORA", "/nowhere"))
_LARGEST = _CORPORA / "bicep" / "src" / "Bicep.Core.Samples" / "Files" / "baselines" / "LargeTemplate_Stress_LF" / "main.bicep"
_MODULES = _CORPORA / "bicep-registry-modules" / "avm"
_MOST_RESOURCES = 800  # in one file, by the linter's rule max-resources: nearly as many lines as the largest baseline has
_REGISTRY = re.compile(r"'(?:br|ts)[:/]")
_LOCAL = re.compile(r"'(\.{0,2}[\w./-]+\.bicep)'")
_BASE = 25
"""Resources of 1x; 8x are 200, a quarter of what a template may hold."""


def comparisons() -> list[Ratio]:
    """What the language may take."""
    official = find_official()
    absent = None if official is not None else "the official Bicep CLI"
    modules = absent or (None if _MODULES.is_dir() else "a checkout of bicep-registry-modules (BICEP_CORPORA)")
    return [
        *(Ratio(f"build --env {path.stem} / bicep build", _builds(path, official), 0.5, missing=absent) for path in TOPOLOGIES),
        Ratio("bicep build of 17,000 lines, ours / official", _largest(official), 2.0, missing=absent),
        Ratio("all modules of AVM, ours / one warm official", _warm(official), 1.5, missing=modules),
        Ratio("AVM's main.json expanded / Azure's engine", _expanded(official), 1.0, missing=modules),
        Ratio("compile 8x / 8 times 1x", _growth(_resources, compile_file), 1.5),
        Ratio("compile errors of 8x / 8 times 1x", _growth(_mistakes, compile_file), 1.5),
        Ratio("expand 8x / 8 times 1x", _growth(_template, _expand_file), 1.5),
    ]


def _builds(path: Path, official: Path | None) -> Callable[[int], tuple[float, float, str]]:
    ours = [sys.executable, str(ROOT / "inv"), "build", "--env", path.stem] if os.name == "nt" else [str(ROOT / "inv"), "build", "--env", path.stem]
    return lambda runs: (*in_turns(ours, [str(official), "build", str(path), "--stdout"], runs), "")


def _largest(official: Path | None) -> Callable[[int], tuple[float, float, str]]:
    def measure(runs: int) -> tuple[float, float, str]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "main.bicep"
            if _LARGEST.is_file():
                shutil.copy(_LARGEST, path)
            else:
                path.write_text(_resources(_MOST_RESOURCES), encoding="utf-8")
            words = ["build", str(path), "--stdout"]
            note = "Azure/bicep's largest baseline" if _LARGEST.is_file() else "a file of ours"
            return *in_turns([sys.executable, "-m", "orchestrator.workflows.bicep_cli", *words], [str(official), *words], min(runs, 3)), note

    return measure


def _warm(official: Path | None) -> Callable[[int], tuple[float, float, str]]:
    def measure(_: int) -> tuple[float, float, str]:
        assert official is not None
        files = [path for suffix in ("*.bicep", "*.bicepparam") for path in sorted(_MODULES.rglob(suffix)) if not _needs_registry(path, set())]
        ours = theirs = 0.0
        valid = 0
        with Official(official) as process:
            process.version()
            for path in files:
                began = time.perf_counter()
                document, _said = process.compile(path)
                took = time.perf_counter() - began
                if document is None:
                    continue
                valid, theirs = valid + 1, theirs + took
                began = time.perf_counter()
                json.dumps(
                    compile_params(path, allow_outside=True).parameters if path.suffix == ".bicepparam" else compile_file(path, allow_outside=True).template
                )
                ours += time.perf_counter() - began
        return ours, theirs, f"{valid} valid files"

    return measure


def _needs_registry(path: Path, seen: set[Path]) -> bool:
    if path in seen or not path.is_file():
        return False
    seen.add(path)
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    return bool(_REGISTRY.search(text)) or any(_needs_registry((path.parent / name).resolve(), seen) for name in _LOCAL.findall(text))


def _expanded(official: Path | None) -> Callable[[int], tuple[float, float, str]]:
    def measure(_: int) -> tuple[float, float, str]:
        assert official is not None
        ours = theirs = 0.0
        both = 0
        with tempfile.TemporaryDirectory() as folder:
            engine = OfficialEngine(official, Path(folder))
            try:
                for path in sorted(_MODULES.rglob("main.json")):
                    template = json.loads(path.read_text(encoding="utf-8-sig"))
                    parameters = {name: _made_up(entry) for name, entry in template.get("parameters", {}).items() if _is_needed(entry)}
                    scope = _scope_of(template)
                    began = time.perf_counter()
                    answer = engine.snapshot(template, parameters, {key: value for key, (_, value) in scope.items()})
                    took = time.perf_counter() - began
                    began = time.perf_counter()
                    try:
                        snapshot(template, parameters, **{ours_name: value for ours_name, value in scope.values()})
                    except ArmError:
                        continue
                    if answer is not None:
                        ours, theirs, both = ours + time.perf_counter() - began, theirs + took, both + 1
            finally:
                engine.stop()
        return ours, theirs, f"{both} templates"

    return measure


def _is_needed(definition: dict[str, Any]) -> bool:
    return "defaultValue" not in definition and not definition.get("nullable") and "$ref" not in definition


def _made_up(definition: dict[str, Any]) -> Any:
    kind = str(definition.get("type", "object")).lower()
    if definition.get("allowedValues"):
        return definition["allowedValues"][0] if kind != "array" else definition["allowedValues"][:1]
    text = "v" * max(5, definition.get("minLength", 0))
    return {"int": definition.get("minValue", 1), "bool": True, "array": [], "string": text, "securestring": text}.get(kind, {})


def _scope_of(template: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    """The official name of each part of a scope: ours, and the value."""
    schema = str(template.get("$schema", "")).lower()
    above = "managementgroupdeployment" in schema or "tenantdeployment" in schema
    values = {
        **CONTEXT,
        "resourceGroup": None if above or "subscriptiondeployment" in schema else CONTEXT["resourceGroup"],
        "subscriptionId": None if above else CONTEXT["subscriptionId"],
        "managementGroupId": "mg" if "managementgroupdeployment" in schema else None,
    }
    return {key: (re.sub(r"([A-Z])", lambda match: f"_{match[1].lower()}", key), value) for key, value in values.items()}


def _growth(make: Callable[[int], str], run: Callable[[Path], object]) -> Callable[[int], tuple[float, float, str]]:
    """8x beside eight times 1x, by the processor's time, each the least of several runs."""

    def measure(runs: int) -> tuple[float, float, str]:
        times = {}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "main.bicep"
            for factor in (1, 2, 4, 8):
                path.write_text(make(_BASE * factor), encoding="utf-8")
                run(path)
                times[factor] = min(_processor_seconds(run, path) for _ in range(max(runs, 3)))
        note = ", ".join(f"{factor}x {seconds * 1000:.1f} ms" for factor, seconds in times.items())
        return times[8], 8 * times[1], note

    return measure


def _processor_seconds(run: Callable[[Path], object], path: Path) -> float:
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        run(path)
        return time.process_time() - began
    finally:
        gc.enable()


def _resources(count: int) -> str:
    """So many resources of 21 lines each, every one named by the next."""
    head = "param location string = resourceGroup().location\nparam prefix string\n"
    return head + "".join(_RESOURCE.replace("{0}", str(number)).replace("{1}", str(max(number - 1, 0))) for number in range(count))


_RESOURCE = """
resource network{0} 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: '${prefix}-network-{0}'
  location: location
  tags: {
    number: '{0}'
    before: '${prefix}-network-{1}'
  }
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      for (item, index) in range(0, 3): {
        name: 'subnet-${index}-{1}'
        properties: {
          addressPrefix: cidrSubnet('10.0.0.0/16', 24, index)
          natGateway: empty(prefix) ? null : { id: resourceId('Microsoft.Network/natGateways', '${prefix}-{0}') }
        }
      }
    ]
  }
}
"""


def _mistakes(count: int) -> str:
    """The same with an unknown name, a wrong type and an unknown property in each."""
    text = _resources(count).replace("location: location", "location: 1").replace("addressSpace:", "adressSpace:")
    return text + "".join(f"var value{number} = vlaue{number}\n" for number in range(count))


def _template(count: int) -> str:
    """The template of those resources."""
    body = {
        "type": "Microsoft.Network/virtualNetworks",
        "apiVersion": "2024-07-01",
        "location": "[parameters('location')]",
        "properties": {"copy": [{"name": "subnets", "count": 3, "input": {"name": "[format('{0}-{1}', variables('prefix'), copyIndex('subnets'))]"}}]},
    }
    return json.dumps(
        {
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "languageVersion": "2.0",
            "contentVersion": "1.0.0.0",
            "parameters": {"location": {"type": "string", "defaultValue": "[resourceGroup().location]"}},
            "variables": {"prefix": "[uniqueString(resourceGroup().id)]"},
            "resources": {f"n{number}": {**body, "name": f"[concat(variables('prefix'), '{number}')]"} for number in range(count)},
            "outputs": {},
        }
    )


def _expand_file(path: Path) -> object:
    scope = {ours_name: value for ours_name, value in _scope_of({}).values()}
    return snapshot(json.loads(path.read_text(encoding="utf-8")), {}, **scope)
