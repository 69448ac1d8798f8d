"""The steps of a traced flow."""

from dataclasses import dataclass
from enum import StrEnum

from orchestrator.egress.firewall.rules import RulePlace


class Step(StrEnum):
    """What a hop is about."""

    SOURCE = "source"
    NAME = "name"
    SECURITY_GROUP = "security group"
    ROUTE = "route"
    FIREWALL = "firewall"
    OUTBOUND = "way out"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Hop:
    """One step. `resource_id`: the resource that decides it; `place`: the firewall's rule; `text`: what a reader is told; `firewall_id`: who is passed."""

    step: Step
    resource_id: str
    text: str
    place: RulePlace | None = None
    firewall_id: str | None = None
