"""The tasks of ./inv. Each is one call into a workflow; nothing heavy is imported before a task runs (orchestrator/README.md has the map).

Exit statuses: 0 done; 1 bad input or failure; 2 what-if --exit-code: changes; 3 a check failed; 4 inconclusive, or it could not run here; 130 interrupted.
"""

import gc
import sys
from importlib import import_module
from typing import Any

from invoke.collection import Collection
from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

ENV = "environment: the name of a parameters/<name>.yaml, such as udr"
ENVS = f"{ENV}; several as lb,udr; all where none is named"
TARGET = "azure, or local: the lab on this machine; on CI it must be named"
TIMEOUT = "seconds that each probe may take (10; 4 in the lab)"
YES = "do not ask before writing to Azure"
KNOWN = {"resolve": "addresses of names: name=address;name=address,address", "service_tags": "Microsoft's ServiceTags_Public_*.json (Azure only)"}
OUTPUTS = {"json": "write a machine-readable report here; - is stdout", "junit": "write a JUnit report here", "summary": "write a Markdown summary here"}
DEPLOY = {"yes": YES, "verify": "--no-verify leaves the verification out", "force": "deploy although the preflight would stop it", "timeout": TIMEOUT}
LIVE = {"live": "send the same flow through the cluster, too", "plan": "look at the plan, whatever is deployed", "timeout": TIMEOUT}


def run(workflow: str, *arguments: object, function: str = "run", **options: object) -> None:
    """Call a workflow; its status becomes the process's."""
    gc.set_threshold(100_000)  # imports make many objects that stay: looking through them again and again is a tenth of a command's time
    status = getattr(import_module(f"orchestrator.workflows.{workflow}"), function)(*arguments, **options)
    gc.freeze()  # and at the end nobody need look through them once more: 0.15 s
    if status:
        raise Exit(code=int(status))


def outputs(**destinations: str) -> Any:
    """Where reports go."""
    return import_module("orchestrator.reporting.outputs").Outputs(**destinations)


def behind_dashes() -> list[str]:
    """The words that stand behind `--`, as the shell gave them."""
    return sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []


@task(help={"env": ENVS, "compiler": "ours (the default) or official: the Bicep CLI from BICEP, PATH or az", "compare": "show where the two compilers differ"})
def build(_: Context, env: str = "", compiler: str = "ours", compare: bool = False) -> None:
    """Compile Bicep to ARM JSON: out/<env>/template.json and parameters.json. Needs no login and no lab: ./inv build --env udr"""
    run("build", env, compiler, compare=compare)


@task(help={"env": ENVS, "target": TARGET, "exit_code": "end with status 2 where something would change", **KNOWN, **OUTPUTS})
def whatif(
    _: Context, env: str = "", target: str = "", exit_code: bool = False, resolve: str = "", service_tags: str = "",
    json: str = "", junit: str = "", summary: str = "",
) -> None:  # fmt: skip
    """Show what a deployment would change, resources and flows, for one environment or all. Writes nothing.
    Example: ./inv whatif --env udr --exit-code"""
    files = outputs(json=json, junit=junit, summary=summary)
    run("whatif", env, target, exit_code=exit_code, resolve=resolve, service_tags=service_tags, outputs=files)


@task(help={"env": ENV, "target": TARGET, **DEPLOY, **KNOWN, **OUTPUTS})
def deploy(
    _: Context, env: str = "", target: str = "", yes: bool = False, verify: bool = True, force: bool = False, timeout: str = "",
    resolve: str = "", service_tags: str = "", json: str = "", junit: str = "", summary: str = "",
) -> None:  # fmt: skip
    """Compile, check, preview, deploy with live progress, and verify the egress. Nothing is written before the checks.
    Example: ./inv deploy --env udr
    Status 3: the preflight stops it, or the egress is not as expected; 4: not known, or it could not be verified here (it is deployed, and says so)."""
    files = outputs(json=json, junit=junit, summary=summary)
    run("deploy", env, target, yes=yes, verify=verify, force=force, timeout=timeout, resolve=resolve, service_tags=service_tags, outputs=files)


@task(help={"env": ENVS, "target": TARGET, **KNOWN, **OUTPUTS})
def preflight(
    _: Context, env: str = "", target: str = "", resolve: str = "", service_tags: str = "", json: str = "", junit: str = "", summary: str = ""
) -> None:
    """Say what Azure would refuse, whether nodes boot, what rules, addresses and ports lack; needs no login and no lab: ./inv preflight --env udr"""
    run("preflight", env, target, resolve=resolve, service_tags=service_tags, outputs=outputs(json=json, junit=junit, summary=summary))


@task(help={"env": ENV, "to": "https://HOST, tcp://HOST:PORT, udp://HOST:PORT", "from_": "pod or node", "target": TARGET, **LIVE, **KNOWN, **OUTPUTS})
def explain(
    _: Context, env: str = "", to: str = "", from_: str = "pod", target: str = "", live: bool = False, plan: bool = False, timeout: str = "",
    resolve: str = "", service_tags: str = "", json: str = "", junit: str = "", summary: str = "",
) -> None:  # fmt: skip
    """Show the path of a flow hop by hop, what decides, and for a denied one the smallest change that would allow it.
    Example: ./inv explain --env udr --to https://registry-1.docker.io --live"""
    files = outputs(json=json, junit=junit, summary=summary)
    run("explain", env, to, from_, target, live=live, plan=plan, timeout=timeout, resolve=resolve, service_tags=service_tags, outputs=files)


@task(help={"env": ENVS, "target": TARGET, "timeout": TIMEOUT, **OUTPUTS})
def verify(_: Context, env: str = "", target: str = "", timeout: str = "", json: str = "", junit: str = "", summary: str = "") -> None:
    """Prove the egress of what is deployed: probes inside the cluster, expected beside observed.
    Example: ./inv verify --env udr --junit out/verify.xml  (status 0: as expected; 3: not; 4: it could not run here)"""
    run("verify", env, target, timeout=timeout, outputs=outputs(json=json, junit=junit, summary=summary))


@task(help={"env": ENV, "target": TARGET, "yes": YES, **OUTPUTS})
def destroy(_: Context, env: str = "", target: str = "", yes: bool = False, json: str = "", junit: str = "", summary: str = "") -> None:
    """Delete the environment's resource group and all in it. Running it twice is fine: ./inv destroy --env udr"""
    run("destroy", env, target, yes=yes, outputs=outputs(json=json, junit=junit, summary=summary))


@task(help={"env": ENV, "log": "an exported firewall log: JSON lines, a JSON list or CSV", "json": OUTPUTS["json"]})
def suggest(_: Context, env: str = "", log: str = "", json: str = "") -> None:
    """Suggest the fewest rules that allow what a firewall's log shows as denied, as Bicep to paste: ./inv suggest --env udr --log out/firewall.log"""
    run("suggest", env, log, outputs=outputs(json=json))


@task(help={"env": ENVS, "sarif": "write a SARIF report to this file; - is stdout"})
def lint(_: Context, env: str = "", sarif: str = "") -> None:
    """Show what compiler and linter find in the project's Bicep files, an environment's, or those that are named: ./inv lint -- bicep/topologies"""
    run("lint", env, behind_dashes(), sarif)


@task(name="format", help={"check": "write nothing; status 1 where a file would change"})
def format_bicep(_: Context, check: bool = False) -> None:
    """Format the project's Bicep files, or those that are named: ./inv format -- bicep/modules/aks.bicep"""
    run("format", behind_dashes(), check=check)


@task(default=True)
def cli(_: Context) -> None:
    """Run our Bicep CLI, with the official one's commands and options: ./inv bicep -- build main.bicep --stdout (docs/bicep.md)"""
    run("bicep_cli", behind_dashes())


@task(help={"directory": "where; a folder on PATH", "generator": "stamp templates as NAME/VERSION, such as bicep/0.49.2.45890"})
def install(_: Context, directory: str = "", generator: str = "") -> None:
    """Write a `bicep` that is our CLI into a folder, for az, editors and pipelines: ./inv bicep.install --directory ~/.local/bin"""
    run("bicep_install", directory, generator)


@task
def envs(_: Context) -> None:
    """List the environments: topology, resource group, target, and whether they are deployed."""
    run("envs")


@task(help={"pace": "seconds that each resource operation takes, so that progress can be watched"})
def up(_: Context, pace: str = "") -> None:
    """Start the lab: Azure on this machine. Other tasks start it by themselves: ./inv lab.up --pace 2"""
    run("lab", pace, function="up")


@task
def down(_: Context) -> None:
    """Stop the lab. What it holds stays."""
    run("lab", function="down")


@task(help={"json": "print JSON"})
def status(_: Context, json: bool = False) -> None:
    """Show whether the lab runs, where, for how long, and whether packets work here."""
    run("lab", function="status", as_json=json)


@task(name="env", help={"shell": "sh (the default), powershell or json"})
def lab_env(_: Context, shell: str = "sh") -> None:
    """Print the variables that point other programs at the lab: eval "$(./inv lab.env)" in a shell"""
    run("lab", shell, function="env")


@task(help={"lines": "how many"})
def log(_: Context, lines: str = "50") -> None:
    """Print the end of the lab's log."""
    run("lab", lines, function="log")


@task(name="firewall-log", help={"env": ENV, "json": "write the records to this file; - (the default) is stdout"})
def firewall_log(_: Context, env: str = "", json: str = "") -> None:
    """Export what the lab's firewalls logged, a JSON object a line: ./inv lab.firewall-log --env udr --json out/firewall.log"""
    run("firewall_log", env, json)


@task(name="test", help={"match": "only tests whose name matches (pytest -k)", "junit": OUTPUTS["junit"], "serial": "one process, for a debugger"})
def run_tests(_: Context, match: str = "", junit: str = "", serial: bool = False) -> None:
    """Run the tests: ./inv test --match whatif"""
    run("test", match, junit, serial=serial)


@task
def check(_: Context) -> None:
    """Lint, format, types and floors: what must pass before a change lands."""
    run("check")


@task(help={"only": "only pairs whose name contains this"})
def bench(_: Context, only: str = "") -> None:
    """Measure what must stay fast, each beside what it is compared with."""
    run("bench", only)


namespace = Collection(build, preflight, explain, whatif, deploy, verify, destroy, suggest, lint, format_bicep, envs, run_tests, check, bench)
namespace.add_collection(Collection("lab", up, down, status, lab_env, log, firewall_log))
namespace.add_collection(Collection("bicep", cli, install))
