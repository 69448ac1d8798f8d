"""What is done with an input. Whatever is raised is a failure, but for what answers bad input: UserError, ExpressionError and ArmError."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from orchestrator.arm import UNRESOLVED, DeploymentScope, snapshot, start
from orchestrator.arm.expressions import ExpressionError, parse_expression, parse_template_string, print_expression
from orchestrator.arm.template.bounds import bounded_depth
from orchestrator.compiler import compile_file, compile_params
from orchestrator.compiler.printing import FormatOptions, format_text
from orchestrator.compiler.rules import RULES
from orchestrator.model.diagnostics import Diagnostic, Level
from orchestrator.model.errors import ArmError, UserError
from tests.arm.harness import CONTEXT, PARAMETERS, SUBSCRIPTION, given_template, take_snapshot
from tests.fuzz.inputs import Input
from tests.fuzz.seeds import PROJECT

_SCOPE = DeploymentScope(CONTEXT["tenantId"], SUBSCRIPTION, "rg", None, "westeurope", "main")
_NO_SOURCES = shutil.ignore_patterns("*.py", "__pycache__", "*.pyc", "fuzz")


class Broken(AssertionError):
    """A law that must hold for every input does not."""


class Target:
    """Runs inputs in a copy of the project's Bicep files, every rule of the linter switched on; a context manager."""

    def __init__(self) -> None:
        shared = Path("/dev/shm")
        self._folder = tempfile.TemporaryDirectory(prefix="fuzz-", dir=shared if os.access(shared, os.W_OK) else None)
        self.root = Path(self._folder.name).resolve()

    def __enter__(self) -> "Target":
        for name in ("bicep", "parameters", "tests"):
            shutil.copytree(PROJECT / name, self.root / name, ignore=_NO_SOURCES)
        (self.root / "bicepconfig.json").write_text("{}", encoding="utf-8")
        for path in self.root.rglob("bicepconfig.json"):
            _switch_rules_on(path)
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def run(self, given: Input) -> None:
        """Returns where all is well."""
        match given.kind:
            case "expression":
                run_expression(given.text)
            case "template":
                run_template(*given.template)
            case _:
                self.run_bicep(given)

    def run_bicep(self, given: Input) -> None:
        """Parse, bind, check, lint, lower, emit; then the formatter."""
        (self.root / given.place).mkdir(parents=True, exist_ok=True)
        path = self.root / given.place / f"fuzzed.{given.kind}"
        path.write_bytes(given.data)
        with answered(UserError):
            check_compilation(path, given)
        check_format(given)


@contextmanager
def answered(*answers: type[Exception]) -> Iterator[None]:
    """These exceptions are what bad input gets."""
    try:
        yield
    except answers as error:
        if not str(error):
            raise Broken("an error without a word") from error


def _switch_rules_on(path: Path) -> None:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return  # one of the tests' own broken ones
    rules = {rule.code: {"level": "warning"} for rule in RULES}
    analyzers = said.setdefault("analyzers", {}).setdefault("core", {})
    analyzers["rules"] = {**rules, **(analyzers.get("rules") or {})}
    path.write_text(json.dumps(said), encoding="utf-8")


def check_compilation(path: Path, given: Input) -> None:
    """A document exactly where nothing is wrong; diagnostics stand in their files; what is printed as an expression is one."""
    today = date(2026, 11, 23)
    if given.kind == "bicepparam":
        params = compile_params(path, environ={}, today=lambda: today)
        document, diagnostics = params.parameters, params.diagnostics
    else:
        file = compile_file(path, today=lambda: today)
        document, diagnostics = file.template, file.diagnostics
    if (document is None) != any(entry.level is Level.ERROR for entry in diagnostics):
        raise Broken("a document and an error, or neither")
    for entry in diagnostics:
        check_diagnostic(entry, path, given.text)
    json.dumps(document)
    for text in strings_of(document):
        if text.startswith("[") and text.endswith("]") and given.kind == "bicep" and not _is_passed_on(text):
            parse_template_string(text)


def _is_passed_on(text: str) -> bool:
    """Text of a loaded template may be anything."""
    return text.startswith("[[")


def check_diagnostic(entry: Diagnostic, path: Path, text: str) -> None:
    """It has a code, words, and a place that exists."""
    if not entry.code or not entry.message:
        raise Broken(f"a diagnostic without code or words: {entry}")
    if entry.line < 1 or entry.column < 1 or (entry.path == path and entry.line > text.count("\n") + text.count("\r") + 1):
        raise Broken(f"a diagnostic that stands nowhere: {entry}")


def check_format(given: Input) -> None:
    """The formatter answers whatever the text is."""
    format_text(given.text, FormatOptions(), parameters_file=given.kind == "bicepparam")


def run_expression(text: str) -> None:
    """Parse, print, parse; then evaluate in a template."""
    with answered(ExpressionError, ArmError), bounded_depth():
        expression = parse_expression(text)
        if parse_expression(print_expression(expression)) != expression:
            raise Broken("printed and parsed it is another")
    with answered(ArmError):
        take_snapshot(given_template(text), PARAMETERS)


def run_template(template: Any, parameters: Any) -> None:
    """What it would create; then as a deployment, each node evaluated."""
    if not isinstance(template, dict) or not isinstance(parameters, dict):
        return
    with answered(ArmError):
        json.dumps(
            snapshot(
                template,
                parameters,
                tenant_id=CONTEXT["tenantId"],
                management_group_id=None,
                subscription_id=SUBSCRIPTION,
                resource_group="rg",
                location="westeurope",
                deployment_name="main",
            )
        )
    with answered(ArmError):
        deployment = start(template, parameters, _SCOPE, _Cloud())
        for node in deployment.nodes:
            with answered(ArmError):
                json.dumps(deployment.evaluate(node, _Cloud()))
        json.dumps(deployment.outputs(_Cloud()))


class _Cloud:
    """A cloud that knows a little."""

    def reference(self, resource_id: str, api_version: str | None, full: bool) -> Any:
        return {"outputs": {}, "provisioningState": "Succeeded"}

    def list_action(self, action: str, resource_id: str, api_version: str, body: Any) -> Any:
        return {"keys": [{"value": "x"}]}

    def utc_now(self, format: str) -> Any:  # noqa: A002 - the protocol's name
        return "2026-11-23T00:00:00Z"

    def new_guid(self) -> Any:
        return "00000000-0000-0000-0000-000000000001"

    def deployer(self) -> Any:
        return UNRESOLVED

    def resource_group(self, subscription_id: str, name: str) -> Any:
        return UNRESOLVED


def strings_of(value: Any) -> Iterator[str]:
    """Every string of a document."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings_of(inner)
