"""One firewall as the resources describe it: rules in order, DNS, translation, public addresses."""

from dataclasses import dataclass

from orchestrator.egress.addresses.ranges import PRIVATE, AddressRanges
from orchestrator.egress.firewall.rule_index import RuleIndex
from orchestrator.egress.firewall.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Firewall:
    """A firewall.

    private_address: may be predicted; dns_proxy: None where it is not known; untranslated: what keeps its address, None where that is not known;
    deny_mode: what may deny although the rules allow; direct: made without forced tunnelling; unknown: why nothing can be said of it.
    """

    id: str
    name: str
    tier: str
    location: str
    policy_ids: tuple[str, ...]
    rules: RuleSet
    index: RuleIndex
    dns_proxy: bool | None
    dns_servers: tuple[str, ...]
    public_ids: tuple[str, ...]
    subnet_id: str | None
    private_address: str | None
    predicted: bool
    untranslated: AddressRanges | None = PRIVATE
    deny_mode: str | None = None
    direct: bool = True
    unknown: str | None = None
