"""Two engines that know nothing of each other, asked the same question: the prediction from resources, and the lab's packets.

    predictions = predict(resources, flows)                    # orchestrator.egress alone
    with open_packets(directory) as packets:                   # orchestrator.lab.dataplane alone; CouldNotRun where the host has no namespaces
        seen = packets.observe(resources, flows)
    problems = [find_disagreement(p, s) for p, s in zip(predictions, seen, strict=True)]     # None: they agree

What a client saw is read here, not by the project's own probes, so nothing of the predictor has a say in it.
"""

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from orchestrator.catalog.lab_internet import candidate_addresses, name_exists
from orchestrator.egress.addresses.knowledge import lab_knowledge
from orchestrator.egress.dispositions import Kind
from orchestrator.egress.firewall.evaluate import Stage
from orchestrator.egress.network.build import build_network
from orchestrator.egress.trace.flow import Origin
from orchestrator.egress.trace.hops import Step
from orchestrator.egress.trace.reply_path import find_asymmetry
from orchestrator.egress.trace.trace import Trace, trace_endpoint
from orchestrator.lab.dataplane.client import DataPlane
from orchestrator.model.flows import Endpoint, Outcome
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import make_snapshot

SECONDS = 3.0
PATIENT_SECONDS = 10.0
INSIDE_PORT = 8081
"""Of machines inside a network: there is a listener on each node that answers."""

_WAVE = 24
_LINE = "@@seen@@"
_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
_FIREWALL = "Microsoft.Network/azureFirewalls"

RulePath = tuple[str, str, str]
"""Rule collection group (empty for classic rules), rule collection, rule."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A question: from the pods or the nodes of a cluster to an endpoint. UDP and TCP endpoints need a port that the lab's internet answers on.

    to: the cluster whose node has the address, where the endpoint is a machine inside; it answers on INSIDE_PORT.
    """

    cluster: str
    protocol: Literal["http", "https", "tcp", "udp"]
    host: str
    port: int
    origin: Literal["pod", "node"] = "pod"
    to: str | None = None

    def __str__(self) -> str:
        return f"{self.origin} of {self.cluster.rsplit('/', 1)[-1]} -> {self.protocol}://{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the predictor says. `outcome`: as a client sees it, None where it is not known; `addresses`: one of them is seen outside; `rule`: who decides.

    reply: what `explain` says of answers that come back another way.
    """

    kind: Kind
    outcome: Outcome | None
    addresses: frozenset[str] = frozenset()
    rule: RulePath | None = None
    stage: str | None = None
    text: str = ""
    reply: str | None = None

    @property
    def allowed(self) -> bool | None:
        return None if self.kind is Kind.UNKNOWN else self.outcome is Outcome.ALLOWED

    @property
    def answered(self) -> bool:
        """False where answers take another way than requests, so that a firewall drops them."""
        return self.reply is None

    @property
    def by_network_rule(self) -> bool:
        return self.rule is not None and self.stage == Stage.NETWORK

    @property
    def by_application_rule(self) -> bool:
        return self.rule is not None and self.stage == Stage.APPLICATION


@dataclass(frozen=True, slots=True)
class Seen:
    """What a client saw. `address`: the one that the other end saw; `rules`: who decided, by the firewalls' logs; `text`: curl's own words."""

    outcome: Outcome
    address: str | None = None
    rules: frozenset[RulePath] = frozenset()
    text: str = ""


def predict(resources: Sequence[JsonObject], flows: Sequence[Flow]) -> list[Prediction]:
    """The predictions of flows; a flow has one answer, so clusters have one pool."""
    network = build_network(make_snapshot(resources))
    knowledge = lab_knowledge(_addresses_of({flow.host for flow in flows}.union(_names_in_rules(resources))))
    found = []
    for flow in flows:
        (trace,) = trace_endpoint(network, knowledge, flow.cluster, Endpoint(flow.protocol, flow.host, flow.port), Origin(flow.origin))
        found.append(_read_trace(trace, find_asymmetry(network, knowledge, trace)))
    return found


def _read_trace(trace: Trace, reply: str | None) -> Prediction:
    disposition = trace.disposition
    outcome = Outcome.ALLOWED if disposition.allowed else disposition.outcome
    leaving = disposition.leaving
    addresses = leaving.addresses if leaving is not None and leaving.unknown is None else frozenset()
    places = [hop.place for hop in trace.hops if hop.step is Step.FIREWALL and hop.place is not None]
    rule = (places[-1].group or "", places[-1].collection, places[-1].rule) if places else None
    stage = next((stage for hop in trace.hops for stage in Stage if hop.step is Step.FIREWALL and hop.text.partition(": ")[2].startswith(stage)), None)
    return Prediction(disposition.kind, outcome, addresses, rule, stage, str(disposition), reply)


def _addresses_of(names: Iterable[str]) -> dict[str, list[str]]:
    """The address that the lab's DNS gives a name, from the catalog that both engines read."""
    return {name: [next(candidate_addresses(name))] for name in names if not _ADDRESS.fullmatch(name) and name_exists(name)}


def _names_in_rules(resources: Sequence[JsonObject]) -> Iterator[str]:
    for body in resources:
        collections = [*(body["properties"].get("ruleCollections") or ()), *(body["properties"].get("networkRuleCollections") or ())]
        for collection in collections:
            for rule in collection.get("rules") or (collection.get("properties") or {}).get("rules") or ():
                yield from (str(name).lower() for name in rule.get("destinationFqdns") or ())


@contextmanager
def open_packets(directory: Path) -> Iterator["Packets"]:
    """A data plane of its own. CouldNotRun where this host has no user namespaces, or no curl."""
    packets = Packets(directory)
    try:
        yield packets
    finally:
        packets.close()


class Packets:
    """The lab's data plane with an event loop of its own."""

    def __init__(self, directory: Path) -> None:
        self._runner = asyncio.Runner()
        self.plane = self._runner.run(DataPlane.start(directory))

    def observe(self, resources: Sequence[JsonObject], flows: Sequence[Flow], *, seconds: float = SECONDS) -> list[Seen]:
        """Become what the resources describe, and send the flows, all at once."""
        return self._runner.run(self._observe(resources, flows, seconds))

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the last resources the packets do not model."""
        return self.plane.notes

    def close(self) -> None:
        self._runner.run(self.plane.close())
        self._runner.close()

    async def _observe(self, resources: Sequence[JsonObject], flows: Sequence[Flow], seconds: float) -> list[Seen]:
        await self.plane.apply(resources)
        firewalls = [str(body["id"]) for body in resources if body["type"].lower() == _FIREWALL.lower()]
        before = {firewall: len(await self.plane.firewall_records(firewall)) for firewall in firewalls}
        places: dict[tuple[str, str], list[int]] = {}
        for number, flow in enumerate(flows):
            places.setdefault((flow.cluster, flow.origin), []).append(number)
        waves = [(place, numbers[at : at + _WAVE]) for place, numbers in places.items() for at in range(0, len(numbers), _WAVE)]
        seen: dict[int, Seen] = {}
        async with self._listening({flow.to for flow in flows if flow.to is not None}):
            for answers in await asyncio.gather(*(self._send(place, numbers, flows, seconds) for place, numbers in waves)):
                seen |= answers
        rows = [row for firewall in firewalls for row in (await self.plane.firewall_records(firewall))[before[firewall] :]]
        return [_with_rules(flow, seen[number], rows) for number, flow in enumerate(flows)]

    @asynccontextmanager
    async def _listening(self, clusters: Iterable[str]) -> AsyncIterator[None]:
        """Something that answers on INSIDE_PORT of every cluster's node."""
        tasks = []
        for cluster in clusters:
            said = asyncio.get_running_loop().create_future()
            running = self.plane.run(cluster, f"perl -e '{_LISTENER}'", network="node", timeout=120, report=partial(_hear, said))
            tasks.append(asyncio.create_task(running))
            assert await asyncio.wait_for(said, 20) == "ready\n"
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _send(self, place: tuple[str, str], numbers: Sequence[int], flows: Sequence[Flow], seconds: float) -> dict[int, Seen]:
        script = make_script({number: flows[number] for number in numbers}, seconds)
        network: Literal["pod", "node"] = "node" if place[1] == "node" else "pod"
        result = await self.plane.run(place[0], script, network=network, timeout=seconds * 3 + 30)
        lines = [line.split(_LINE, 1)[1].split("|") for line in result.output.splitlines() if _LINE in line]
        found = {int(line[0]): read_line(flows[int(line[0])], line) for line in lines}
        return {number: found.get(number, Seen(Outcome.INCONCLUSIVE, text=f"no answer: {result.output[-300:]}")) for number in numbers}


def _hear(said: "asyncio.Future[str]", text: str) -> None:
    """The first that a listener says."""
    if not said.done():
        said.set_result(text)


def make_script(flows: Mapping[int, Flow], seconds: float) -> str:
    """One sh script that sends all flows at once, and prints a line for each: number, exit status, HTTP status, connected or not, body, error."""
    calls = []
    for number, flow in flows.items():
        match flow.protocol:
            case "http" | "https":
                calls.append(f"web {number} {flow.protocol}://{flow.host}:{flow.port}/ </dev/null &")
            case "tcp":
                calls.append(f"printf '\\r\\n' | web {number} telnet://{flow.host}:{flow.port} &")
            case "udp":
                calls.append(f"udp {number} {flow.host} {flow.port} &")
    return "\n".join([_SCRIPT.replace("SECONDS_", f"{seconds:g}").replace("LINE_", _LINE), *calls, "wait"])


_LISTENER = f"""
use IO::Socket::INET;
my $server = IO::Socket::INET->new(LocalAddr => "0.0.0.0", LocalPort => {INSIDE_PORT}, Listen => 64, ReuseAddr => 1) or die "no listener: $@";
$| = 1;
print "ready\\n";
$SIG{{CHLD}} = "IGNORE";
while (1) {{
    my $client = $server->accept or next;
    next if fork;
    while (my $line = <$client>) {{ last if $line =~ /^\\r?\\n/ }}
    my $seen = $client->peerhost;
    print $client "HTTP/1.1 200 OK\\r\\nContent-Length: " . length($seen) . "\\r\\nConnection: close\\r\\n\\r\\n$seen";
    exit;
}}
"""
"""In Perl: a pod has the host's /usr and no more, where an interpreter of ours need not lie; perl-base is essential on Debian."""

_SCRIPT = r"""
d=$(mktemp -d)
say() { printf 'LINE_%s|%s|%s|%s|%s\n' "$1" "$2" "$3" "$(head -c 300 $d/$1.out 2>/dev/null | base64 -w0)" "$(head -c 300 $d/$1.err | base64 -w0)"; }
web() {
  facts=$(curl -q -sS -4 -k --noproxy '*' --max-time SECONDS_ -o $d/$1.out -w '%{http_code} %{time_connect} %{remote_ip}' "$2" 2>$d/$1.err)
  say $1 $? "$facts"
}
udp() {
  timeout SECONDS_ bash -c 'exec 3<>"/dev/udp/$0/$1" && printf "\n" >&3 && dd bs=2048 count=1 <&3' $2 $3 >$d/$1.out 2>$d/$1.err
  say $1 $? ""
}
"""


def read_line(flow: Flow, line: Sequence[str]) -> Seen:
    """What one printed line says."""
    code, facts = int(line[1]), line[2].split()
    body, error = (base64.b64decode(part).decode("utf-8", "replace").strip() for part in line[3:5])
    text = f"exit {code}, {line[2]}; {body or error}"[:240]
    if flow.protocol == "udp":
        return _read_udp(code, body, error, text)
    status = facts[0] if facts else "000"
    connected = len(facts) > 2 or (len(facts) > 1 and float(facts[1]) > 0)
    if code == 0 and status == "470":
        return Seen(Outcome.DENIED_HTTP_470, text=text)
    if code == 0 and (body or status != "000"):
        return Seen(Outcome.ALLOWED, _find_address(body), text=text)
    if code == 6 or "Resolving timed out" in error or "Could not resolve" in error:
        return Seen(Outcome.DNS_FAILURE, text=text)
    if code == 28 and not connected:
        return Seen(Outcome.SILENT_DROP, text=text)
    if code == 7 and not connected:
        return Seen(Outcome.REFUSED, text=text)
    if flow.protocol == "https" and code in (35, 56):
        return Seen(Outcome.TLS_REFUSED, text=text)
    return Seen(Outcome.INCONCLUSIVE, text=text)


def _read_udp(code: int, body: str, error: str, text: str) -> Seen:
    if body and code == 0:
        return Seen(Outcome.ALLOWED, _find_address(body), text=text)
    if code == 124:
        return Seen(Outcome.SILENT_DROP, text=text)
    if "refused" in error.lower():
        return Seen(Outcome.REFUSED, text=text)
    named = "not known" in error or "failure in name resolution" in error or "invalid argument" in error.lower()
    return Seen(Outcome.DNS_FAILURE if named else Outcome.INCONCLUSIVE, text=text)


def _find_address(body: str) -> str | None:
    """The address that the other end says it saw: all of an echo's answer, or what every host of the lab's internet says."""
    said = body.rpartition("you came from ")[2] if "you came from" in body else body
    return said.strip() if _ADDRESS.fullmatch(said.strip()) else None


def _with_rules(flow: Flow, seen: Seen, rows: Sequence[JsonObject]) -> Seen:
    """The rules that firewalls logged for an endpoint."""
    address = flow.host if _ADDRESS.fullmatch(flow.host) else next(candidate_addresses(flow.host)) if name_exists(flow.host) else ""
    found = set()
    for row in rows:
        if row["DestinationPort"] == flow.port and _is_of(flow, row, address) and row["Rule"]:
            group = "" if row["RuleCollectionGroup"] == "classic rules" else row["RuleCollectionGroup"]
            found.add((group, row["RuleCollection"], row["Rule"]))
    return Seen(seen.outcome, seen.address, frozenset(found), seen.text)


def _is_of(flow: Flow, row: JsonObject, address: str) -> bool:
    if row["Type"] == "AZFWApplicationRule":
        return row["Protocol"].lower() == flow.protocol and row["Fqdn"] == flow.host
    return row["Protocol"] == ("UDP" if flow.protocol == "udp" else "TCP") and row["DestinationIp"] == address


def find_disagreement(prediction: Prediction, seen: Seen) -> str | None:
    """In what a prediction and what was seen differ; None where they agree. What is not known agrees with nothing."""
    if prediction.kind is Kind.UNKNOWN or prediction.outcome is None:
        return f"not predicted: {prediction.text}"
    if prediction.kind is Kind.DELIVERED_VNET:
        answered = seen.outcome is Outcome.ALLOWED
        expected = "to be answered" if prediction.answered else f"not to be answered ({prediction.reply})"
        return None if answered is prediction.answered else f"predicted to arrive and {expected}, seen: {seen.outcome} ({seen.text})"
    if seen.outcome is not prediction.outcome:
        return f"predicted {prediction.text}, seen: {seen.outcome} ({seen.text})"
    if prediction.kind is Kind.EXITS_INTERNET and seen.address not in prediction.addresses:
        return f"predicted one of {sorted(prediction.addresses)}, seen: {seen.address} ({seen.text})"
    if prediction.rule is not None and prediction.rule not in seen.rules:
        return f"predicted the rule {prediction.rule}, logged: {sorted(seen.rules)}"
    return None
