"""What becomes of a flow, said in the same words by both engines: the prediction from resources, and the lab's packets."""

import asyncio
import re
from ipaddress import IPv4Address

from orchestrator.egress.addresses.knowledge import lab_knowledge
from orchestrator.egress.dispositions import Kind
from orchestrator.egress.network.build import build_network
from orchestrator.egress.trace.flow import Origin
from orchestrator.egress.trace.trace import trace_endpoint
from orchestrator.model.flows import Endpoint
from orchestrator.model.resources import make_snapshot
from tests.worked.worlds import cluster_id, exact_names

SECONDS = 5
PATIENT = 20
"""Seconds for what is asked once more, alone: on a busy machine an answer may take longer than SECONDS, and is not silence."""
AT_ONCE = 40
PORTS = {"http": 80, "https": 443}
_SEEN = re.compile(r"(?:came from )?(\d+\.\d+\.\d+\.\d+)")
_BY_EXIT = {6: "DNS_FAILURE", 7: "REFUSED", 28: "SILENT_DROP", 35: "TLS_REFUSED", 56: "TLS_REFUSED"}


def read_flow(text):
    """`pod https://example.com`, `node udp://20.50.1.1:1194`."""
    origin, url = text.split()
    protocol, _, rest = url.partition("://")
    host, _, port = rest.partition(":")
    return origin, Endpoint(protocol, host, int(port or PORTS[protocol]))


def hosts_of(case):
    """The names that a case's flows go to."""
    hosts = {read_flow(each["flow"])[1].host for each in case["flows"]}
    return {host for host in hosts if not host.replace(".", "").isdigit()}


def predict(number, case, bodies):
    """What becomes of each flow of a case: {flow: (allowed, addresses, grade)}, or (denied, how, grade)."""
    return predict_flows(bodies, cluster_id(number), [each["flow"] for each in case["flows"]], exact_names(hosts_of(case)))


def predict_flows(bodies, cluster, flows, names):
    """The same for flows of any cluster; `names`: the addresses that names have."""
    network, knowledge = build_network(make_snapshot(bodies)), lab_knowledge(names)
    found = {}
    for flow in flows:
        origin, endpoint = read_flow(flow)
        [trace] = trace_endpoint(network, knowledge, cluster, endpoint, Origin(origin))
        found[flow] = _say(trace.disposition)
    return found


def _say(disposition):
    if disposition.kind is Kind.UNKNOWN:
        return ("unknown", disposition.reasons, str(disposition.grade))
    if not disposition.allowed:
        return ("denied", disposition.outcome.name if disposition.outcome else None, str(disposition.grade))
    leaving = disposition.leaving
    if leaving is None:
        return ("allowed", "inside", str(disposition.grade))
    return ("allowed", tuple(sorted(leaving.addresses, key=IPv4Address)) or "microsoft", str(disposition.grade))


def expected(each):
    """What a flow's row says, in the words of `predict`. The page decides the outcome; `assumed` is ours: what the prediction has to take for granted."""
    grade = ("on assumptions",) if each.get("grade") == "assumed" else ()
    if "denied" in each:
        return ("denied", each["denied"], *grade)
    return ("allowed", "microsoft" if each["allowed"] == "microsoft" else tuple(each["allowed"]), *grade)


async def observe(plane, number, each, seconds=SECONDS):
    """What a real request shows: (allowed, the address that was seen) or (denied, how)."""
    origin, endpoint = read_flow(each["flow"])
    result = await plane.run(cluster_id(number), _command(endpoint, seconds), network=origin, timeout=seconds + 3)
    return _judge(endpoint, result.exit_code, result.output)


async def observe_all(plane, asked):
    """All (number, flow), many at once; what does not show what its row expects is asked once more, alone and patiently."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def in_turn(number, each):
        async with turns:
            return await observe(plane, number, each)

    found = await asyncio.gather(*(in_turn(number, each) for number, each in asked))
    return [seen if is_shown(each, seen) else await observe(plane, number, each, PATIENT) for (number, each), seen in zip(asked, found, strict=True)]


def _command(endpoint, seconds):
    at = f"{endpoint.host}:{endpoint.port}"
    if endpoint.protocol == "tcp" and endpoint.port in (80, 443):
        return f"bash -c 'exec 3<>/dev/tcp/{endpoint.host}/{endpoint.port} && echo connected && timeout 1 head -c1 <&3'"
    scheme = {"tcp": "http", "udp": "tftp"}.get(endpoint.protocol, endpoint.protocol)
    path = "x" if scheme == "tftp" else ""
    return f"curl -sS --max-time {seconds} -w '\\nstatus=%{{http_code}}' {scheme}://{at}/{path}"


def _judge(endpoint, exit_code, output):
    if output.startswith("connected"):
        return ("denied", "INCONCLUSIVE") if output.strip() == "connected" else ("allowed", None)
    if exit_code == 28 and "Resolving timed out" in output:
        return ("denied", "DNS_FAILURE")
    if exit_code:
        return ("denied", _BY_EXIT.get(exit_code, f"curl {exit_code}: {output}"))
    if "status=470" in output:
        return ("denied", "DENIED_HTTP_470")
    seen = _SEEN.findall(output.partition("\nstatus=")[0].replace(f"{endpoint.host} in the lab", ""))
    return ("allowed", seen[-1] if seen else None)


def is_shown(row, observation):
    """Does an observation show what a row expects? An allowed flow is seen with one of its addresses; Microsoft's own is nobody's here."""
    kind, what, *_ = expected(row)
    if kind == "denied":
        return observation == (kind, what)
    addresses = what if isinstance(what, tuple) else ()
    seen = observation[1]
    return observation[0] == "allowed" and (seen in addresses if addresses else seen is not None and not seen.startswith("20.100."))
