"""One file of anyone's with its parameters: Bicep or ARM JSON, as a template and values that its declarations take.

A registry's module that is not restored is no error here: nothing is known of what it makes. What a linter would say of the file is not our business.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from orchestrator.environments.parameter_check import check_parameters
from orchestrator.environments.stack_file import StackEntry
from orchestrator.model.diagnostics import Diagnostic, Level, has_errors
from orchestrator.model.errors import ArmError, Problem, UserError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.workflows.compilation import CONSEQUENCES, without_consequences

_TEMPLATE_SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
_TEXT = re.compile(r"'[^']*'")
_NAMED = re.compile(r"'(br:[^']+)'")
_OF_IMPORTS = CONSEQUENCES | {"BCP059", "BCP063", "BCP287"}
"""What else is said of a name that could not be imported: no function, no value, no type."""
_PARAMETERS_SCHEMA = re.compile(r"deploymentParameters\.json", re.IGNORECASE)
_SCOPE_SCHEMA = re.compile(r"/(subscription|managementGroup|tenant)DeploymentTemplate\.json", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ForeignTemplate:
    """A template and its parameters: name as declared -> value; what only a deployment's tool fills in is an Unknown of the engine."""

    template: JsonObject
    parameters: Mapping[str, Any]

    @property
    def scope(self) -> str:
        """What it is deployed to: resourceGroup, subscription, managementGroup or tenant."""
        found = _SCOPE_SCHEMA.search(str(self.template.get("$schema", "")))
        return "resourceGroup" if found is None else {"s": "subscription", "m": "managementGroup", "t": "tenant"}[found[1][0].lower()]


class _NotRestored(Exception):
    """The file, or the names that it stands on, are a registry's, and not here."""

    def __init__(self, link: str) -> None:
        super().__init__(link)
        self.link = link


def read_foreign(entry: StackEntry, known: dict[Path, JsonObject]) -> ForeignTemplate:
    """Read a file of a stack; `known`: templates that were compiled already, by path. UserError with everything that is wrong with it."""
    try:
        return _read(entry, known)
    except _NotRestored as missing:
        return ForeignTemplate(_behind_link(missing.link), {})


def _read(entry: StackEntry, known: dict[Path, JsonObject]) -> ForeignTemplate:
    template, entries = _read_main(entry.file, known)
    if entry.parameters is not None:
        template, entries = _join(entry, template, entries)
    if template is None:
        remedy = "Name the template, and this file as its parameters."
        raise UserError([Problem("NoTemplate", f"{entry.file.name} names no template: it holds parameters only", str(entry.file), remedy)])
    _require_shape(template, entry.file)
    if entry.file.suffix == ".bicep" or entry.parameters is None:
        known.setdefault(entry.file, template)
    entries = {**entries, **{name: {"value": value} for name, value in (entry.values or {}).items()}}
    return ForeignTemplate(template, _check(template, _spell(template, entries), entry))


def _require_shape(template: JsonObject, path: Path) -> None:
    from orchestrator.arm.template.shape import check_shape

    problems = [Problem(error.code, f"{path.name}: {error.message}", str(path), "Correct the template.") for error in check_shape(template)]
    if problems:
        raise UserError(problems)


def _read_main(path: Path, known: Mapping[Path, JsonObject]) -> tuple[JsonObject | None, JsonObject]:
    """(the template, entries of parameters) of the file that is named first."""
    if path in known and path.suffix != ".bicepparam":
        return known[path], {}
    if not path.is_file():
        raise UserError([Problem("MissingFile", f"there is no file {path}", str(path), "Correct the path.")])
    if path.suffix == ".bicep":
        from orchestrator.compiler import compile_file

        compilation = compile_file(path, allow_outside=True, allow_unrestored=True)
        _refuse(compilation.diagnostics)
        return compilation.template, {}
    if path.suffix == ".bicepparam":
        return _read_bicepparam(path)
    if path.suffix != ".json":
        remedy = "Name a .bicep or .bicepparam file, an ARM template (.json) or ARM parameters (.json)."
        raise UserError([Problem("UnknownFile", f"{path.name} is no kind of file that is read here", str(path), remedy)])
    document = _read_object(path)
    if _is_parameters(document):
        return None, _parameter_entries(document, path)
    if not isinstance(document.get("resources"), list | dict):
        raise UserError(
            [Problem("NoTemplate", f"{path.name} is no ARM template: it has no resources", str(path), "Name a template with a $schema and resources.")]
        )
    return document, {}


def _read_bicepparam(path: Path) -> tuple[JsonObject | None, JsonObject]:
    from orchestrator.compiler import compile_params

    compilation = compile_params(path, allow_outside=True, allow_unrestored=True)
    _refuse(compilation.diagnostics)
    if compilation.link is not None:
        raise _NotRestored(compilation.link)
    return compilation.template, dict((compilation.parameters or {}).get("parameters") or {})


def _behind_link(link: str) -> JsonObject:
    """A template of which nothing is known but where it is."""
    nested = {"type": "Microsoft.Resources/deployments", "apiVersion": "2025-04-01", "name": "module", "properties": {"templateLink": {"id": link}}}
    return {"$schema": _TEMPLATE_SCHEMA, "contentVersion": "1.0.0.0", "resources": [nested]}


def _join(entry: StackEntry, template: JsonObject | None, entries: JsonObject) -> tuple[JsonObject | None, JsonObject]:
    """A template with its parameters file, whichever of the two is named first."""
    path = entry.parameters
    if path is None:
        return template, entries
    if not path.is_file():
        raise UserError([Problem("MissingFile", f"there is no file {path}", str(path), "Correct the path.")])
    if path.suffix == ".bicepparam":
        other, more = _read_bicepparam(path)
        if template is not None and other is not None and not _is_using(path, entry.file, template, other):
            raise UserError([Problem("ParametersOfAnother", f"{path.name} is for another file than {entry.file.name}", str(path), "Correct its `using`.")])
        return template or other, {**entries, **more}
    document = _read_object(path)
    if _is_parameters(document):
        return template, {**entries, **_parameter_entries(document, path)}
    if template is None and isinstance(document.get("resources"), list | dict):
        return document, entries
    remedy = 'It holds {"parameters": {"name": {"value": ...}}}.'
    raise UserError([Problem("NoParameters", f"{path.name} holds no parameters", str(path), remedy)])


def _is_using(path: Path, file: Path, template: JsonObject, other: JsonObject) -> bool:
    """True where the parameters are for the file: by its name, or by what it is compiled to."""
    from orchestrator.workflows.bicep_cli.using import find_using

    using = find_using(path)
    return (using is not None and using == file.resolve()) or template.get("parameters") == other.get("parameters")


def _refuse(diagnostics: tuple[Diagnostic, ...]) -> None:
    """UserError with the errors; a file whose only fault is an import from a module that is not restored is unknown instead."""
    if not has_errors(diagnostics):
        return
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.level is Level.ERROR]
    missing = [found[1] for one in errors if one.code == "BCP192" and (found := _NAMED.match(one.message)) is not None]
    if missing and all(one.code == "BCP192" or one.code in _OF_IMPORTS for one in errors):
        raise _NotRestored(missing[0])
    raise UserError((), [_without_values(diagnostic) for diagnostic in without_consequences(diagnostics)])


def _without_values(diagnostic: Diagnostic) -> Diagnostic:
    """Of a parameters file neither lines nor texts are shown: any of them may be a secret."""
    path = diagnostic.span.path
    if path.suffix != ".bicepparam":
        return diagnostic
    source = path.read_text(encoding="utf-8-sig")
    message = _TEXT.sub(lambda found: "'...'" if found[0] in source else found[0], diagnostic.message)
    return replace(diagnostic, message=message, source_line=None)


def _read_object(path: Path) -> JsonObject:
    document = read_json(path)
    if not isinstance(document, dict):
        raise UserError([Problem("InvalidJson", f"{path.name} holds no object", str(path), "Name an ARM template, or ARM parameters.")])
    return document


def read_json(path: Path) -> Json:
    """An ARM file: JSON with comments and texts of several lines; UserError where it is none."""
    from orchestrator.arm.functions.json_text import parse_json

    try:
        return parse_json(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UserError([Problem("InvalidEncoding", f"{path.name} is not UTF-8: byte {error.start}", str(path), "Save it as UTF-8.")]) from None
    except (ArmError, RecursionError) as error:
        text = error.message.partition("valid JSON string: ")[2].partition(". Please")[0] if isinstance(error, ArmError) else "it is nested too deeply"
        raise UserError([Problem("InvalidJson", f"{path.name} is no JSON: {text}", str(path), "Correct it.")]) from None


def _is_parameters(document: JsonObject) -> bool:
    if "resources" in document:
        return False
    entries = document.get("parameters")
    said = _PARAMETERS_SCHEMA.search(str(document.get("$schema", ""))) is not None
    return said or (isinstance(entries, dict) and all(isinstance(one, dict) and ("value" in one or "reference" in one) for one in entries.values()))


def _parameter_entries(document: JsonObject, path: Path) -> JsonObject:
    entries = document.get("parameters") or {}
    wrong = [name for name, one in entries.items() if not isinstance(one, dict)] if isinstance(entries, dict) else ["parameters"]
    if wrong:
        remedy = 'An entry is {"value": ...} or {"reference": {"keyVault": ...}}.'
        raise UserError([Problem("InvalidParameters", f"{path.name}: the entry '{name}' is no object", str(path), remedy) for name in wrong])
    return dict(entries)


def _spell(template: JsonObject, entries: JsonObject) -> JsonObject:
    """ARM tells parameters without regard to case; the template's spelling counts."""
    declared = {str(name).lower(): str(name) for name in template.get("parameters") or {}}
    return {declared.get(str(name).lower(), str(name)): one for name, one in entries.items()}


def _check(template: JsonObject, entries: JsonObject, entry: StackEntry) -> dict[str, Any]:
    """The values, held against the template."""
    place = Path(entry.where) if entry.values else entry.parameters or entry.file
    try:
        problems = check_parameters(template, {"parameters": entries}, place)
    except ValueError as error:
        raise UserError([Problem("InvalidTemplate", f"{entry.file.name}: {error}", str(entry.file), "Use one of ARM's parameter types.")]) from error
    if problems:
        raise UserError(problems)
    return {name: _value_of(one) for name, one in entries.items()}


def _value_of(entry: JsonObject) -> Json:
    """A plain value; a key vault's secret, or what a tool fills in, as the expression that says so."""
    if "value" in entry:
        return entry["value"]
    from orchestrator.arm import unknown_value

    reference = entry.get("reference")
    vault = reference.get("keyVault") if isinstance(reference, dict) else None
    if not isinstance(reference, dict) or not isinstance(vault, dict):
        return unknown_value("externalInput")
    return unknown_value("getKeyVaultSecret", str(vault.get("id", "")), str(reference.get("secretName", "")))
