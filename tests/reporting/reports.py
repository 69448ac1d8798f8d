"""Reports to render: one of each kind of verdict, a hub and its spoke, and one whose every name is hostile."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum

from orchestrator.model.explanations import ExplainedFlow, ExplainedHop, ExplainedWay, NearestRule
from orchestrator.model.findings import Finding, Severity
from orchestrator.model.flows import Check, CheckStatus, Endpoint, Outcome, Verification
from orchestrator.model.preflight import Assumed, PortBudget, PredictedEndpoint, PreflightReport
from orchestrator.model.report import Demand, EgressReport, ReportedCluster, ReportedFlow
from orchestrator.model.targets import Target, TargetKind
from orchestrator.model.topology_map import MapFlow, MapPath, MapPeering, MapPlace, PlaceKind, Standing, TopologyMap

RG = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network"
POD, NODE = "pod of aks/pool", "node of aks/pool"
REACHED, BLOCKED, OPEN = Endpoint("https", "mcr.microsoft.com", 443), Endpoint("https", "example.com", 443), Endpoint("tcp", "7.7.7.7", 25)
ASSUMED = Assumed(
    "documented-tag", "the FQDN tag AzureKubernetesService covers mcr.microsoft.com: it is documented, not published", "learn.microsoft.com/azure/aks"
)
HOPS = (
    ExplainedHop("source", f"{RG}/virtualNetworks/spoke/subnets/nodes", f"{POD} in the subnet nodes"),
    ExplainedHop("firewall", f"{RG}/firewallPolicies/policy/ruleCollectionGroups/g", "fw allows it: application rule", "g/c/r (allow)"),
)


def flow(endpoint: Endpoint, allowed: bool | None, source: str = POD) -> ExplainedFlow:
    ends = {True: "leaves to the internet", False: "denied by the firewall: no rule matched, seen as TLS refused", None: "unknown (nobody says)"}[allowed]
    return ExplainedFlow(
        source,
        endpoint,
        allowed,
        ends,
        {True: "on assumptions", False: "certain", None: "unknown"}[allowed],
        None if allowed else Outcome.TLS_REFUSED,
        "20.1.2.3" if allowed else None,
        (ExplainedWay(HOPS, ends), ExplainedWay(HOPS, "delivered", ("a fact is open",))) if allowed is None else (ExplainedWay(HOPS, ends),),
        (ASSUMED,) if allowed else (),
        ("nobody says",) if allowed is None else (),
        (),
        NearestRule("g/c/r", ("the port",), "Add 443 to the rule.") if allowed is False else None,
    )


PLACES = (
    MapPlace("spoke", PlaceKind.NETWORK, "spoke", ("10.1.0.0/16", "DNS servers 10.0.0.4"), None, f"{RG}/virtualNetworks/spoke"),
    MapPlace("hub", PlaceKind.NETWORK, "hub", ("10.0.0.0/16",), None, f"{RG}/virtualNetworks/hub"),
    MapPlace("nodes", PlaceKind.SUBNET, "nodes", ("10.1.1.0/24", "aks/pool: 3 nodes", "route table rt", "0.0.0.0/0 to 10.0.0.4"), "spoke", f"{RG}/nodes"),
    MapPlace("fw", PlaceKind.FIREWALL, "fw", ("Standard tier", "10.0.0.4", "in AzureFirewallSubnet 10.0.0.0/24"), "hub", f"{RG}/azureFirewalls/fw"),
    MapPlace("nat", PlaceKind.NAT_GATEWAY, "nat", (), None, f"{RG}/natGateways/nat"),
    MapPlace("ip", PlaceKind.PUBLIC_ADDRESS, "2 public addresses", ("20.1.2.3 a", "20.1.2.4 b")),
    MapPlace("ip2", PlaceKind.PUBLIC_ADDRESS, "nat-ip", ("not known before creation",), None, f"{RG}/publicIPAddresses/nat-ip"),
    MapPlace("internet", PlaceKind.INTERNET, "internet"),
)
PATHS = (
    MapPath(
        1, ("nodes", "fw", "ip", "internet"), Standing.ARRIVES, "leaves to the internet", "leaves", (MapFlow(POD, str(REACHED)), MapFlow(NODE, str(REACHED)))
    ),
    MapPath(2, ("nodes", "fw"), Standing.DENIED, "denied by the firewall: no rule matched", "denied: no rule matches", (MapFlow(POD, str(BLOCKED)),)),
    MapPath(3, ("nodes", "nat"), Standing.UNKNOWN, "unknown", "not known", (MapFlow(POD, str(OPEN)),)),
    MapPath(4, ("nodes", "nat", "ip2", "internet"), Standing.ARRIVES, "leaves to the internet", "leaves", (MapFlow(NODE, "udp://1.2.3.4:123"),)),
    MapPath(5, ("nodes",), Standing.DENIED, "denied by a network security group", "security group denies", (MapFlow(POD, "tcp://6.6.6.6:25"),)),
)
CHECKS = (
    Check("egress-address", "pods of aks", "20.1.2.3 (publicIPAddresses/a)", "20.1.2.3 (publicIPAddresses/a)", CheckStatus.PASSED, "1 of 2 addresses seen"),
    Check("must-reach", str(REACHED), "reached", "reached (HTTP 200)", CheckStatus.PASSED),
    Check("must-be-blocked", str(BLOCKED), "TLS refused", "TLS refused (curl: (35))", CheckStatus.PASSED),
)
DISAGREEING = (
    *CHECKS[:2],
    Check("must-be-blocked", str(BLOCKED), "TLS refused", "reached (HTTP 200)", CheckStatus.FAILED),
    Check("prediction", str(BLOCKED), "as predicted", "reached (HTTP 200)", CheckStatus.DISAGREES, "predicted TLS refused, observed reached"),
)


def preflight(*findings: Finding) -> PreflightReport:
    return PreflightReport(
        "env",
        findings,
        (PredictedEndpoint("aks", "base", "boot", REACHED, "images", POD, "met", "leaves to the internet"),),
        (PortBudget("aks", "firewall: 1 x 4,992 = 4,992 ports for 4 nodes at most, 1,248 a node; demand not stated", 1248, None, None),),
        (("aks", "20.1.2.3"),),
        (ASSUMED,),
    )


WARNING = Finding("SourceAny", Severity.WARNING, "1 allow rule has the source *: c/r", f"{RG}/firewallPolicies/p", "Name the node subnets.", "a page")
ERROR = Finding("BootEndpointDenied", Severity.ERROR, "nodes would not boot: exit code 51", f"{RG}/firewallPolicies/p", "Allow it.", "a page")
UNKNOWN = Finding("BootEndpointUnknown", Severity.UNKNOWN, "whether nodes boot is not known", f"{RG}/firewallPolicies/p", "Say --resolve.", "a page")


def report(*findings: Finding, kind: TargetKind = TargetKind.LOCAL, unknown: bool = False) -> EgressReport:
    """Predicted; nothing observed."""
    flows = [
        ReportedFlow(Demand.MUST_REACH, "", flow(REACHED, True), CheckStatus.PASSED, path=1),
        ReportedFlow(Demand.MUST_BE_BLOCKED, "TLS refused", flow(BLOCKED, False), CheckStatus.PASSED, path=2),
        ReportedFlow(Demand.REQUIRED, "boot: images", flow(REACHED, True, NODE), CheckStatus.PASSED, path=1),
    ]
    if unknown:
        flows.append(ReportedFlow(Demand.MUST_REACH, "", flow(OPEN, None), CheckStatus.INCONCLUSIVE, path=3))
    cluster = ReportedCluster(
        "aks", "westeurope", "1.34.2", "userDefinedRouting", ("pool: 3 x Standard_D2s_v5",), ("through the firewall fw",), "20.1.2.3, 20.1.2.4"
    )
    topology = TopologyMap(PLACES, PATHS, (MapPeering("spoke", "hub"),))
    target = Target(kind, "11111111-2222-3333-4444-555555555555")
    made = EgressReport("env", target, "what is deployed", "2026-11-23 05:00 UTC", (cluster,), preflight(*findings), tuple(flows), topology)
    return replace(made, not_observed="no probe was sent (--no-verify)")


def observed(given: EgressReport, checks: tuple[Check, ...] = CHECKS, could_not_run: str | None = None) -> EgressReport:
    """The same, with what was seen."""
    by_subject = {(check.kind, check.subject): check for check in checks}
    kinds = {Demand.MUST_REACH: "must-reach", Demand.MUST_BE_BLOCKED: "must-be-blocked", Demand.REQUIRED: "must-reach"}
    flows = [
        replace(
            one,
            observed=by_subject.get((kinds[one.demand], str(one.prediction.endpoint))),
            contradiction=by_subject.get(("prediction", str(one.prediction.endpoint))),
        )
        for one in given.flows
    ]
    return replace(given, flows=tuple(flows), verification=Verification("env", checks, could_not_run), not_observed=could_not_run)


HOSTILE = "</style><script>alert(1)</script>\"'><img src=http://evil.example/x onerror=alert(1)>&amp;\x00\x1b[31m\ud800| `code` ![x](http://evil.example) "


def hostile() -> EgressReport:
    """Every text of a report, made hostile: names of resources, rules and subnets are other people's."""
    return _poison(observed(report(WARNING, ERROR, UNKNOWN, unknown=True), DISAGREEING))


def _poison(value):
    if isinstance(value, Enum) or value is None or isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return value + HOSTILE
    if isinstance(value, tuple):
        return tuple(_poison(one) for one in value)
    assert is_dataclass(value)
    return type(value)(**{one.name: _poison(getattr(value, one.name)) for one in fields(value) if one.init})


def many() -> EgressReport:
    """Twelve clusters behind one firewall: the map comes in parts, the facts as a table."""
    given = report(WARNING)
    networks = [MapPlace(f"spoke{n}", PlaceKind.NETWORK, f"vnet-spoke-{n}", (f"10.{n}.0.0/16",)) for n in range(12)]
    subnets = [MapPlace(f"nodes{n}", PlaceKind.SUBNET, f"snet-nodes-{n}", (f"10.{n}.1.0/24",), f"spoke{n}") for n in range(12)]
    paths = []
    for n in range(12):
        flows = (MapFlow(f"pod of aks-{n}/pool", str(REACHED)),)
        paths.append(MapPath(2 * n + 1, (f"nodes{n}", "fw", "ip", "internet"), Standing.ARRIVES, "leaves to the internet", "leaves", flows))
        paths.append(MapPath(2 * n + 2, (f"nodes{n}", "fw"), Standing.DENIED, "denied by the firewall: no rule matched", "denied: no rule matches", flows))
    topology = TopologyMap((*PLACES, *networks, *subnets), tuple(paths), tuple(MapPeering(f"spoke{n}", "hub") for n in range(12)))
    clusters = tuple(replace(given.clusters[0], name=f"aks-{n}") for n in range(12))
    flows = tuple(replace(one, path=number) for number, one in enumerate(given.flows, start=1))
    return replace(given, topology=topology, clusters=clusters, flows=flows)


REPORTS = {
    "predicted": report(WARNING),
    "observed": observed(report(WARNING)),
    "on-azure": observed(report(WARNING, kind=TargetKind.AZURE)),
    "failed": report(WARNING, ERROR),
    "disagrees": observed(report(WARNING), DISAGREEING),
    "not-known": report(UNKNOWN, unknown=True),
    "many": many(),
    "could-not-run": observed(report(), (), "no user namespaces here. Run it on Linux."),
    "empty": replace(report(), flows=(), topology=TopologyMap(), clusters=(), preflight=PreflightReport("env", (), (), (), (), ())),
}
