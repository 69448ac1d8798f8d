"""Rules that would allow what a firewall's log shows as denied."""

from dataclasses import dataclass

from orchestrator.model.json_value import JsonObject


@dataclass(frozen=True, slots=True)
class DeniedFlow:
    """What was denied. `protocol`: http, https, tcp, udp or icmp; `host`: a name, or an address for a network rule; `lines`: where the log says so."""

    protocol: str
    host: str
    port: int
    sources: tuple[str, ...]
    lines: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.protocol}://{self.host}" if self.protocol == "icmp" else f"{self.protocol}://{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class AllowListEntry:
    """An entry of the parameter `allowList`: every name by every protocol."""

    name: str
    priority: int
    protocols: tuple[str, ...]
    fqdns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuggestedCollection:
    """A rule collection for what the allow list cannot say. `rules`: as `bicep/modules/firewallpolicy.bicep` takes them; `group`: where it belongs."""

    group: str
    name: str
    priority: int
    rules: tuple[JsonObject, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A denied flow that gets no rule, and why. `lines`: where the log says so."""

    what: str
    why: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The fewest rules that allow the denied flows and nothing else, and as Bicep.

    records: how many the log has; allowed: of them, what was allowed already; flows: what the rules are for.
    parameter: the allow list's text, for the parameter file `file`; topology: the collections' text, for the topology; empty where there are none.
    """

    log: str
    file: str
    records: int
    allowed: int
    flows: tuple[DeniedFlow, ...]
    entries: tuple[AllowListEntry, ...]
    collections: tuple[SuggestedCollection, ...]
    left_out: tuple[LeftOut, ...]
    parameter: str = ""
    topology: str = ""
