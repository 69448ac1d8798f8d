"""What a report says, in words that terminal, Markdown and page share: the verdict first, what it rests on, facts, paths."""

from collections import Counter
from collections.abc import Iterator

from orchestrator.model.flows import CheckStatus
from orchestrator.model.report import Agreement, EgressReport, ReportedCluster, ReportedFlow
from orchestrator.model.targets import TargetKind
from orchestrator.model.topology_map import MapPath, TopologyMap
from orchestrator.reporting.preflight_text import summarise_preflight

NOTHING_IN_AZURE = "Nothing is deployed to Azure: addresses, names and answers are the lab's own, on one machine."
NOTHING_ANYWHERE = "Nothing is deployed, asked or sent anywhere: all of this is computed from files."
_NOT_KNOWN = "not known before creation: "
AGREEMENTS = {
    Agreement.AGREES: "prediction and observation agree",
    Agreement.DISAGREES: "prediction and observation DISAGREE",
    Agreement.PROVES_NOTHING: "the observation proves nothing",
}


def say_verdict(report: EgressReport) -> str:
    """One sentence; what was only predicted is said to be."""
    name = f"The egress of {report.environment}"
    match report.status:
        case CheckStatus.PASSED if not report.clusters:
            return f"There is no cluster in {report.basis} of {report.environment}: only rules and addresses were looked at"
        case CheckStatus.PASSED if report.verification is not None:
            return f"{name} is as expected: predicted, and observed"
        case CheckStatus.PASSED:
            return f"{name} is predicted to be as expected"
        case CheckStatus.FAILED if report.observed is CheckStatus.FAILED:
            return f"{name} is NOT as expected"
        case CheckStatus.DISAGREES:
            return f"{name} is NOT as predicted: packets do otherwise than the resources say"
        case CheckStatus.FAILED:
            return f"{name} is predicted NOT to be as expected"
        case CheckStatus.COULD_NOT_RUN:
            return f"{name} is predicted to be as expected, and could not be verified"
        case _:
            return f"Whether the egress of {report.environment} is as expected is not known"


def say_predicted(report: EgressReport) -> Iterator[str]:
    """What the predictions come to."""
    yield f"{summarise_preflight(report.preflight)}."
    total = report.expectations.total()
    if total:
        counts = report.expectations
        others = [f"{counts[status]} {word}" for status, word in ((CheckStatus.FAILED, "not kept"), (CheckStatus.INCONCLUSIVE, "not known")) if counts[status]]
        kept = f"{counts[CheckStatus.PASSED]} of {total} demands of the environment are kept"
        yield f"{', '.join([kept, *others])}."
    yield f"Computed from {report.basis}; nothing was sent for it."


def say_observed(report: EgressReport) -> Iterator[str]:
    """What the probes saw, or why there were none."""
    if report.verification is None:
        yield f"Nothing was observed: {report.not_observed or 'no probe was sent'}."
        return
    counts = Counter(check.status for check in report.verification.checks)
    if counts:
        yield f"{', '.join(f'{counts[status]} {status.value}' for status in CheckStatus if counts[status])}, of {counts.total()} checks."
    if report.not_observed:
        yield f"Could not run: {report.not_observed}"
    compared = [flow.agreement for flow in report.flows if flow.agreement is not None]
    if compared:
        apart = len(report.disagreements)
        yield (
            f"{len(compared) - apart} of {len(compared)} predictions agree with what was seen."
            if not apart
            else f"{apart} of {len(compared)} PREDICTIONS DISAGREE."
        )
    if counts:
        yield f"By probes inside the cluster, {where(report)}."


def where(report: EgressReport) -> str:
    """Where packets were sent."""
    return "in the lab on this machine, not in Azure" if report.target.kind is TargetKind.LOCAL else f"in Azure, subscription {report.target.subscription_id}"


def say_target(report: EgressReport) -> str:
    """Never one for the other."""
    match report.target.kind:
        case TargetKind.LOCAL:
            return "LAB on this machine: nothing is deployed to Azure"
        case TargetKind.FILES:
            return "files: nothing is deployed, asked or sent"
        case _:
            return f"Azure, subscription {report.target.subscription_id}"


def list_facts(report: EgressReport, *, clusters: bool = True) -> list[tuple[str, str]]:
    """(what, its value); `clusters`: with those of each cluster."""
    facts = [
        ("Environment", report.environment),
        ("Target", say_target(report)),
        ("Predicted from", report.basis),
        ("Observed", _say_whether(report)),
        ("Made", report.made),
    ]
    return [*facts, *(fact for cluster in report.clusters if clusters for fact in list_cluster_facts(cluster))]


def list_cluster_facts(cluster: ReportedCluster) -> list[tuple[str, str]]:
    """The same five of every cluster."""
    version = f", Kubernetes {cluster.version}" if cluster.version else ""
    return [
        ("Cluster", f"{cluster.name}, {cluster.location}{version}"),
        ("Node pools", "; ".join(cluster.pools) or "none"),
        ("Outbound type", cluster.outbound_type),
        ("Way out", "; ".join(cluster.ways) or "none"),
        ("Public addresses", shorten_ids(_join_unknown(cluster.addresses))),
    ]


def _say_whether(report: EgressReport) -> str:
    if report.verification is None:
        return f"no: {report.not_observed or 'not asked for'}"
    return "yes, by probes" if report.verification.checks else "no: it could not run"


def _join_unknown(addresses: str) -> str:
    """`not known before creation: a, not known before creation: b` as one sentence."""
    head, *more = addresses.split(_NOT_KNOWN)
    return addresses if not more else f"{head}{_NOT_KNOWN}{''.join(more)}"


def shorten_ids(text: str) -> str:
    """A text with each resource id as `type/name`: the rest is the same in all of them."""
    return " ".join(_short(word) for word in text.split(" "))


def _short(word: str) -> str:
    if not word.lower().startswith("/subscriptions/"):
        return word
    end = word[-1] if word[-1] in ",;." else ""
    return "/".join(word.rstrip(",;.").split("/")[-2:]) + end


def say_way(topology: TopologyMap, path: MapPath) -> str:
    """`aks-subnet -> hub-firewall -> 20.1.2.3 -> internet`, with a cross where it ends before."""
    names = [topology.place(key).name for key in path.places]
    return " → ".join(names)


def say_path(topology: TopologyMap, path: MapPath) -> str:
    """A path as a sentence, for those who do not see the map."""
    count = len(path.endpoints)
    flows = f"{count} endpoint{'' if count == 1 else 's'} from {say_sources(path)}"
    return f"Path {path.number}, {path.standing}: {flows}, {say_way(topology, path)}: {path.says}."


def say_kept(report: EgressReport, path: MapPath) -> str:
    """Whether that is how it should be: a denial may be what is wanted."""
    rows = [flow for flow in report.flows if flow.path == path.number]
    kept = sum(row.predicted is CheckStatus.PASSED for row in rows)
    if kept == len(rows):
        return "That is as demanded." if rows else ""
    unknown = sum(row.predicted is CheckStatus.INCONCLUSIVE for row in rows)
    phases = dict.fromkeys(row.phase for row in rows if row.phase and row.predicted is CheckStatus.FAILED)
    missed = f"not as demanded ({', '.join(phases)})" if phases else "not as demanded"
    words = [f"{number} of {len(rows)} {word}" for number, word in ((len(rows) - kept - unknown, missed), (unknown, "not known")) if number]
    return f"{', '.join(words)}."


def say_sources(path: MapPath) -> str:
    """`pods and nodes of aks-udr/nodepool1`."""
    by_place: dict[str, list[str]] = {}
    for source in path.sources:
        origin, _, place = source.partition(" of ")
        by_place.setdefault(place, []).append(f"{origin}s")
    by_origins: dict[str, list[str]] = {}
    for place, origins in by_place.items():
        by_origins.setdefault(" and ".join(sorted(origins, reverse=True)), []).append(place)
    return "; ".join(f"{origins} of {', '.join(places)}" for origins, places in by_origins.items())


def describe_map(topology: TopologyMap) -> str:
    """The whole map as a text: what is in what, then each path."""
    places = [f"{place.kind.value} {place.name}" + (f" ({'; '.join(place.facts)})" if place.facts else "") for place in topology.places]
    return " ".join([f"Places: {'. '.join(places)}.", *(say_path(topology, path) for path in topology.paths)])


def sort_rows(rows: tuple[ReportedFlow, ...]) -> list[ReportedFlow]:
    """What is not as it should be first, else as listed."""
    return sorted(rows, key=lambda row: (row.agreement is not Agreement.DISAGREES, row.predicted is CheckStatus.PASSED and _observed_well(row)))


def _observed_well(row: ReportedFlow) -> bool:
    return row.observed is None or row.observed.status is CheckStatus.PASSED
