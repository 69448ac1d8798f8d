"""The tasks of ./inv. Each is one call into a workflow; nothing heavy is imported before a task runs (orchestrator/README.md has the map).

Exit statuses: 0 done; 1 bad input or failure; 2 what-if --exit-code: changes; 3 a check failed; 4 inconclusive, or it could not run here; 130 interrupted.
"""

from invoke.collection import Collection
from invoke.context import Context
from invoke.tasks import task

from orchestrator.tasks import bicep, developer, lab
from orchestrator.tasks.calling import ENV, ENVS, FILES, KNOWN, OUTPUTS, TARGET, TIMEOUT, YES, outputs, run

DEPLOY = {"yes": YES, "verify": "--no-verify leaves the verification out", "force": "deploy although the preflight would stop it", "timeout": TIMEOUT}
LIVE = {"live": "send the same flow through the cluster, too", "plan": "look at the plan, whatever is deployed", "timeout": TIMEOUT}

REPORT = {
    "plan": "look at the plan alone, whatever is deployed; needs no login and no lab",
    "verify": "--no-verify sends no probes",
    "timeout": TIMEOUT,
    "html": "write the page here; - is stdout (out/<env>/report.html)",
}


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


@task(help={"env": ENVS, "target": TARGET, **FILES, **KNOWN, **OUTPUTS})
def preflight(
    _: Context, env: str = "", target: str = "", file: str = "", parameters: str = "", stack: str = "", existing: str = "",
    resolve: str = "", service_tags: str = "", json: str = "", junit: str = "", summary: str = "",
) -> None:  # fmt: skip
    """Say what Azure would refuse, whether nodes boot, what rules, addresses and ports lack; needs no login and no lab: ./inv preflight --env udr
    Of anyone's Bicep or ARM: ./inv preflight --file main.bicep --parameters main.bicepparam, or --stack stack.yaml for several (docs/egress.md)"""
    files, what = outputs(json=json, junit=junit, summary=summary), {"file": file, "parameters": parameters, "stack": stack, "existing": existing}
    run("preflight", env, target, **what, resolve=resolve, service_tags=service_tags, outputs=files)


TO = "https://HOST, tcp://HOST:PORT, udp://HOST:PORT"


@task(help={"env": ENV, "to": TO, "from_": "pod or node", "target": TARGET, **FILES, **LIVE, **KNOWN, **OUTPUTS})
def explain(
    _: Context, env: str = "", to: str = "", from_: str = "pod", target: str = "", file: str = "", parameters: str = "", stack: str = "",
    existing: str = "", live: bool = False, plan: bool = False, timeout: str = "", resolve: str = "", service_tags: str = "",
    json: str = "", junit: str = "", summary: str = "",
) -> None:  # fmt: skip
    """Show the path of a flow hop by hop, what decides, and for a denied one the smallest change that would allow it.
    Example: ./inv explain --env udr --to https://registry-1.docker.io --live"""
    files, what = outputs(json=json, junit=junit, summary=summary), {"file": file, "parameters": parameters, "stack": stack, "existing": existing}
    run("explain", env, to, from_, target, **what, live=live, plan=plan, timeout=timeout, resolve=resolve, service_tags=service_tags, outputs=files)


@task(help={"env": ENVS, "target": TARGET, "timeout": TIMEOUT, **KNOWN, **OUTPUTS})
def verify(
    _: Context, env: str = "", target: str = "", timeout: str = "", resolve: str = "", service_tags: str = "",
    json: str = "", junit: str = "", summary: str = "",
) -> None:  # fmt: skip
    """Prove the egress of what is deployed: probes inside the cluster; expected, predicted and observed side by side.
    Example: ./inv verify --env udr --junit out/verify.xml  (0: as expected; 3: not, or not as predicted; 4: nothing is proven, or it could not run)"""
    run("verify", env, target, timeout=timeout, resolve=resolve, service_tags=service_tags, outputs=outputs(json=json, junit=junit, summary=summary))


@task(help={"env": ENVS, "target": TARGET, **REPORT, **FILES, **KNOWN, **OUTPUTS})
def report(
    _: Context, env: str = "", target: str = "", file: str = "", parameters: str = "", stack: str = "", existing: str = "",
    plan: bool = False, verify: bool = True, timeout: str = "", resolve: str = "", service_tags: str = "",
    html: str = "", json: str = "", junit: str = "", summary: str = "",
) -> None:  # fmt: skip
    """Report the egress: verdict, map, paths, findings, endpoints predicted and, where a cluster is deployed, observed. Writes out/<env>/report.html.
    Example: ./inv report --env udr  (0: as expected; 3: not, or not as predicted; 4: not known, or it could not be asked)"""
    files = outputs(html=html, json=json, junit=junit, summary=summary)
    what = {"file": file, "parameters": parameters, "stack": stack, "existing": existing}
    run("report", env, target, **what, plan=plan, verify=verify, timeout=timeout, resolve=resolve, service_tags=service_tags, outputs=files)


@task(help={"env": ENV, "target": TARGET, "yes": YES, **OUTPUTS})
def destroy(_: Context, env: str = "", target: str = "", yes: bool = False, json: str = "", junit: str = "", summary: str = "") -> None:
    """Delete the environment's resource group and all in it. Running it twice is fine: ./inv destroy --env udr"""
    run("destroy", env, target, yes=yes, outputs=outputs(json=json, junit=junit, summary=summary))


@task(help={"env": ENV, "log": "an exported firewall log: JSON lines, a JSON list or CSV", "json": OUTPUTS["json"]})
def suggest(_: Context, env: str = "", log: str = "", json: str = "") -> None:
    """Suggest the fewest rules that allow what a firewall's log shows as denied, as Bicep to paste: ./inv suggest --env udr --log out/firewall.log"""
    run("suggest", env, log, outputs=outputs(json=json))


@task
def envs(_: Context) -> None:
    """List the environments: topology, resource group, target, and whether they are deployed."""
    run("envs")


namespace = Collection(preflight, explain, whatif, deploy, verify, report, destroy, suggest, envs, *bicep.tasks, *developer.tasks)
namespace.add_collection(lab.namespace)
namespace.add_collection(bicep.namespace)
