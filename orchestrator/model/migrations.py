"""A cluster that exists gets another way out: is that possible, what does it cost, what comes first."""

from dataclasses import dataclass
from enum import StrEnum


class MigrationVerdict(StrEnum):
    """What the documents say of a move. DISPUTED: two of them disagree. NEW_CLUSTER: no update can do it. UNDOCUMENTED: no document has the case."""

    SUPPORTED = "supported"
    REFUSED = "refused"
    DISPUTED = "sources disagree"
    NEW_CLUSTER = "needs a new cluster"
    UNDOCUMENTED = "not documented"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says, in our words."""

    says: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class WayOut:
    """`outbound_type` as it is meant (a managed NAT gateway of SKU StandardV2 is `managedNATGatewayV2`); `network`: managed, or own."""

    outbound_type: str
    network: str

    def __str__(self) -> str:
        return f"{self.outbound_type} ({self.network} network)"


@dataclass(frozen=True, slots=True)
class OutAddress:
    """An address that the internet sees. `address` None: not known before creation; `resource_id` will have it (the cluster, where AKS makes it)."""

    address: str | None
    resource_id: str

    def __str__(self) -> str:
        return self.address or f"not known before creation: {self.resource_id}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """All that may be seen. `unknown`: why that is not all, None where it is."""

    known: tuple[OutAddress, ...] = ()
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class Migration:
    """One cluster's move.

    claims: what the verdict rests on; reasons: what stands in the way, or is doubted; costs: downtime and addresses, in sentences;
    partners_add, partners_remove: what allow lists elsewhere need before, and may drop after; authorized_ranges: what the API server's own list needs;
    steps: in order.
    """

    cluster_id: str
    before: WayOut
    after: WayOut
    verdict: MigrationVerdict
    claims: tuple[Claim, ...]
    reasons: tuple[str, ...]
    costs: tuple[str, ...]
    addresses_before: Addresses
    addresses_after: Addresses
    authorized_ranges: tuple[str, ...]
    steps: tuple[str, ...]

    @property
    def partners_add(self) -> tuple[OutAddress, ...]:
        """What partners have to allow before the move."""
        kept = {_identity(one) for one in self.addresses_before.known}
        return tuple(one for one in self.addresses_after.known if _identity(one) not in kept)

    @property
    def partners_remove(self) -> tuple[OutAddress, ...]:
        """What partners may drop once it is done."""
        kept = {_identity(one) for one in self.addresses_after.known}
        return tuple(one for one in self.addresses_before.known if _identity(one) not in kept)


def _identity(one: OutAddress) -> str:
    return one.address or one.resource_id.lower()
