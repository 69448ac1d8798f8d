"""Bad input: one clear message with its place, exit status 1, no traceback, and nothing changed: the lab is not even started."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from cli import Project

Edit = Callable[[Project], None]


def edit(name: str, pattern: str, replacement: str) -> Edit:
    return lambda project: project.edit(name, pattern, replacement)


def nothing(project: Project) -> None:
    """The input is bad as it is."""


def add_environment(bicepparam: str, bicep: str = "param size int\noutput o int = size\n") -> Edit:
    """An environment `mine` of its own."""

    def add(project: Project) -> None:
        (project.path / "bicep" / "topologies" / "mine.bicep").write_text(bicep)
        (project.path / "parameters" / "mine.bicepparam").write_text(f"using '../bicep/topologies/mine.bicep'\n{bicepparam}")
        (project.path / "parameters" / "mine.yaml").write_text((project.path / "parameters" / "lb.yaml").read_text())

    return add


@dataclass(frozen=True)
class Case:
    """`message`: a regular expression of what stands on stderr."""

    message: str
    arguments: tuple[str, ...] = ("deploy", "--env", "udr")
    prepare: Edit = nothing


MINE = ("deploy", "--env", "mine")
UDR_BICEP, UDR_PARAMETERS, UDR_YAML = "bicep/topologies/udr.bicep", "parameters/udr.bicepparam", "parameters/udr.yaml"

CASES = {
    "unknown environment": Case(
        r"error UnknownEnvironment: there is no environment 'udrr'\n.*did you mean 'udr'\?",
        ("deploy", "--env", "udrr"),
    ),
    "no environment": Case(
        r"error NoEnvironment: `deploy` needs one environment\n.*lb, managed-natgw, udr, user-natgw",
        ("deploy",),
    ),
    "several environments": Case(
        r"error NoEnvironment: `destroy` needs one environment at a time",
        ("destroy", "--env", "lb,udr"),
    ),
    "missing parameter": Case(
        r"parameters/mine\.bicepparam(:1:7)?: error (BCP258|MissingParameter): [^\n]*size",
        MINE,
        add_environment(""),
    ),
    "wrongly typed parameter": Case(
        r"parameters/mine\.bicepparam(:2:14: error BCP033: |: size: error WrongParameterType: the parameter 'size': )",
        MINE,
        add_environment("param size = 'three'\n"),
    ),
    "parameter out of its range": Case(
        r"parameters/udr\.bicepparam:\d+:\d+: error BCP\d+: |error \w+: the parameter 'allowList'",
        prepare=edit(UDR_PARAMETERS, r"^(    priority:) 200$", r"\1 7"),
    ),
    "unknown yaml key": Case(
        r"parameters/udr\.yaml:5:1: error UnknownKey: unknown key 'tag'\n    tag:\n    \^~~\n    fix: did you mean 'tags'\?",
        prepare=edit(UDR_YAML, r"^tags:", "tag:"),
    ),
    "wrong yaml type": Case(
        r"parameters/udr\.yaml:4:11: error WrongType: [^\n]*\n    location: 7\n              \^",
        prepare=edit(UDR_YAML, r"^location: westeurope", "location: 7"),
    ),
    "Bicep syntax error": Case(
        r"bicep/topologies/udr\.bicep:\d+:14: error BCP\d+: [^\n]*\n    var region = = toLower[^\n]*\n                 \^",
        prepare=edit(UDR_BICEP, r"^var region = toLower\(", "var region = = toLower("),
    ),
    "undefined symbol": Case(
        r"bicep/topologies/udr\.bicep:\d+:34: error BCP\d+: [^\n]*firewallSubnetPrefiks[^\n]*\n    var firewallPrivateIp = [^\n]*\n {37}\^~+\n",
        prepare=edit(UDR_BICEP, r"^(var firewallPrivateIp = cidrHost\(firewallSubnetPrefi)x", r"\1ks"),
    ),
    "node subnet without a default route": Case(
        r"error RouteTableMissingDefaultRoute: ",
        ("whatif", "--env", "udr"),
        prepare=edit(UDR_BICEP, r"^(        addressPrefix:) '0\.0\.0\.0/0'$", r"\1 '10.0.0.0/8'"),
    ),
    "unknown target": Case(r"error UnknownTarget: 'aws' is no target", ("deploy", "--env", "udr", "--target", "aws")),
    "azure without a subscription": Case(r"error NoSubscription: ", ("deploy", "--env", "udr", "--target", "azure", "--yes")),
    "no number": Case(r"error InvalidNumber: --timeout soon", ("deploy", "--env", "udr", "--timeout", "soon")),
    "number without end": Case(r"error InvalidNumber: --timeout 1e9: not a number from 1 to 120", ("verify", "--env", "udr", "--timeout", "1e9")),
    "environments without a name": Case(r"error NoEnvironment: --env , names no environment", ("preflight", "--env", ",")),
    "empty environment": Case(r"error EmptyValue: --env has an empty value", ("preflight", "--env", "")),
    "empty file": Case(r"error EmptyValue: --file has an empty value", ("report", "--file=")),
    "two documents on stdout": Case(
        r"error OneDestination: --json and --junit both go to stdout", ("preflight", "--env", "udr", "--json", "-", "--junit", "-")
    ),
    "two documents in one file": Case(
        r"error OneDestination: --json and --summary both go to out/\.\./r", ("verify", "--env", "udr", "--json", "out/../r", "--summary", "r")
    ),
    "unknown compiler": Case(r"error UnknownCompiler: 'terraform' is no compiler", ("build", "--env", "udr", "--compiler", "terraform")),
    "unknown shell": Case(r"error UnknownShell: 'fish'", ("lab.env", "--shell", "fish")),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_bad_input(case: Case, own_lab: Project) -> None:
    case.prepare(own_lab)
    ended = own_lab.inv(*case.arguments)
    assert ended.status == 1, ended.err
    assert re.search(case.message, ended.err, re.DOTALL), ended.err
    assert "Traceback" not in ended.err + ended.out
    assert len(re.findall(r"\berror [A-Z]", ended.err)) == 1, ended.err
    assert not own_lab.lab.exists()
    assert not (own_lab.path / "out").exists()


@pytest.mark.parametrize("variable", ["TF_BUILD", "CI"])
def test_on_ci_the_target_must_be_named(variable: str, own_lab: Project) -> None:
    ended = own_lab.inv("deploy", "--env", "udr", **{variable: "True"})
    assert ended.status == 1
    assert f"this runs on CI ({variable} is set), so the target must be named" in ended.err
    assert not own_lab.lab.exists()


def test_one_bad_environment_does_not_hide_the_others(project: Project) -> None:
    project.edit("parameters/lb.yaml", r"^location:", "lokation:")
    ended = project.inv("build")
    assert ended.status == 1
    assert "parameters/lb.yaml:3:1: error" in ended.err
    assert [line.split(":")[0].strip() for line in ended.out.splitlines()] == ["managed-natgw", "udr", "user-natgw"]
