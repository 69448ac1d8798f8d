"""AKS's outbound types and the moves between them, as documented: literal rows, each with its source and the date of that source, by API version.

Types differ between versions of the API: a StandardV2 managed NAT gateway was a type of its own in the previews of early 2026, and is a SKU of the managed NAT
gateway since 2026-06-01. Sources disagree in places: such a move has a row for each, and nobody here decides between them.
"""

from dataclasses import dataclass
from typing import Literal

Network = Literal["managed", "own"]

OUTBOUND_TYPES_PAGE = "https://learn.microsoft.com/azure/aks/egress-outboundtype"
PAGE_DATE = "2026-08-05"
CHANGELOG = "https://github.com/Azure/AKS/blob/master/CHANGELOG.md"
CLI_EXTENSION = "https://github.com/Azure/azure-cli-extensions/pull/10300"
BICEP_TYPES = "https://github.com/Azure/bicep-types-az"

ALL_VERSIONS = ("0000-00-00", "9999-99-99")
V2_AS_TYPE = ("2026-01-02", "2026-05-99")
V2_AS_SKU = ("2026-06-01", "9999-99-99")


@dataclass(frozen=True, slots=True)
class OutboundType:
    """A value of networkProfile.outboundType. `networks`: where it is possible; `versions`: first and last API version that has it (dates compare as texts)."""

    name: str
    status: str
    networks: frozenset[Network]
    versions: tuple[str, str]
    source: str
    date: str
    needs_isolation: bool = False


@dataclass(frozen=True, slots=True)
class DocumentedMove:
    """What one source says of a move in a kind of network. `versions`: of the API, first and last."""

    network: Network
    before: str
    after: str
    possible: bool
    says: str
    source: str
    date: str
    versions: tuple[str, str] = ALL_VERSIONS


_BOTH: frozenset[Network] = frozenset({"managed", "own"})
_MANAGED: frozenset[Network] = frozenset({"managed"})
_OWN: frozenset[Network] = frozenset({"own"})

OUTBOUND_TYPES: tuple[OutboundType, ...] = (
    OutboundType("loadBalancer", "GA", _BOTH, ALL_VERSIONS, OUTBOUND_TYPES_PAGE, PAGE_DATE),
    OutboundType("managedNATGateway", "GA", _MANAGED, ALL_VERSIONS, OUTBOUND_TYPES_PAGE, PAGE_DATE),
    OutboundType("managedNATGatewayV2", "preview", _MANAGED, V2_AS_TYPE, BICEP_TYPES, "2026-08"),
    OutboundType("userAssignedNATGateway", "GA", _OWN, ALL_VERSIONS, OUTBOUND_TYPES_PAGE, PAGE_DATE),
    OutboundType("userDefinedRouting", "GA", _OWN, ALL_VERSIONS, OUTBOUND_TYPES_PAGE, PAGE_DATE),
    OutboundType("none", "GA", _BOTH, ("2025-01-01", "9999-99-99"), BICEP_TYPES, "2026-08", needs_isolation=True),
    OutboundType("block", "preview", _MANAGED, ("9999-99-99", "9999-99-99"), OUTBOUND_TYPES_PAGE, PAGE_DATE, needs_isolation=True),
)
"""`block` is in the page and in no published version of the API; `managedNATGatewayV2` is what a template writes only in those previews."""

V2_SPELLINGS: tuple[tuple[tuple[str, str], str, str, str], ...] = (
    (V2_AS_TYPE, "outboundType managedNATGatewayV2", BICEP_TYPES, "2026-08"),
    (V2_AS_SKU, "outboundType managedNATGateway with natGatewayProfile.sku StandardV2", CHANGELOG, "2026-07-17"),
    (V2_AS_SKU, "the SKU alone: outboundType managedNATGatewayV2 is answered with 400", CLI_EXTENSION, "2026-09-03"),
    (ALL_VERSIONS, "outboundType managedNATGatewayV2", OUTBOUND_TYPES_PAGE, PAGE_DATE),
)
"""(versions, spelling, source, date) of a StandardV2 managed NAT gateway: the page disagrees with the changelog and the CLI's developers."""

_TABLES: dict[Network, dict[str, dict[str, bool]]] = {
    "managed": {
        "loadBalancer": {"managedNATGatewayV2": True, "managedNATGateway": True, "none": True, "block": True},
        "managedNATGatewayV2": {"loadBalancer": False, "managedNATGateway": False, "none": False, "block": False},
        "managedNATGateway": {"loadBalancer": False, "managedNATGatewayV2": True, "none": True, "block": True},
        "none": {"loadBalancer": True, "managedNATGatewayV2": True, "managedNATGateway": True, "block": True},
        "block": {"loadBalancer": True, "managedNATGatewayV2": True, "managedNATGateway": True, "none": True},
    },
    "own": {
        "loadBalancer": {"userAssignedNATGateway": True, "userDefinedRouting": True, "none": True, "block": False},
        "userAssignedNATGateway": {"loadBalancer": True, "userDefinedRouting": True, "none": True, "block": False},
        "userDefinedRouting": {"loadBalancer": True, "userAssignedNATGateway": True, "none": True, "block": False},
        "none": {"loadBalancer": True, "userAssignedNATGateway": True, "userDefinedRouting": True, "block": False},
    },
}

_SECTION = "a section of the same page tells how, with the CLI"
_V2_TO_ISOLATED = "the changelog allows moves from a StandardV2 gateway to block and none, and no others"

DISSENTING_MOVES: tuple[DocumentedMove, ...] = (
    DocumentedMove("managed", "managedNATGateway", "loadBalancer", True, _SECTION, OUTBOUND_TYPES_PAGE, PAGE_DATE),
    DocumentedMove("managed", "managedNATGateway", "userDefinedRouting", True, _SECTION, OUTBOUND_TYPES_PAGE, PAGE_DATE),
    DocumentedMove("managed", "managedNATGatewayV2", "none", True, _V2_TO_ISOLATED, CHANGELOG, "2026-05-29", ("2026-01-02", "9999-99-99")),
    DocumentedMove("managed", "managedNATGatewayV2", "block", True, _V2_TO_ISOLATED, CHANGELOG, "2026-05-29", ("2026-01-02", "9999-99-99")),
)
"""What other places say than the page's tables."""


def find_outbound_type(name: str) -> OutboundType | None:
    """A type by its name, as Azure spells it."""
    return next((row for row in OUTBOUND_TYPES if row.name == name), None)


def covers(versions: tuple[str, str], api_version: str) -> bool:
    """True where an API version (`2026-08-01`, `2026-05-02-preview`) lies between two, both included."""
    return versions[0] <= api_version[:10] <= versions[1]


def meant_outbound_type(outbound_type: str, nat_gateway_sku: str | None) -> str:
    """The type that is meant: a managed NAT gateway of SKU StandardV2 is `managedNATGatewayV2`, in whatever version that is written."""
    if outbound_type == "managedNATGateway" and (nat_gateway_sku or "").lower() == "standardv2":
        return "managedNATGatewayV2"
    return outbound_type


def documented_moves(network: Network, before: str, after: str, api_version: str) -> tuple[DocumentedMove, ...]:
    """What each source says of a move from one type to another in one kind of network; empty where none has the case."""
    found = []
    possible = _TABLES[network].get(before, {}).get(after)
    target = find_outbound_type(after)
    if possible is not None:
        found.append(DocumentedMove(network, before, after, possible, "the page's table", OUTBOUND_TYPES_PAGE, PAGE_DATE))
    elif target is not None and network not in target.networks:
        says = f"the page has {after} only for a network {'of your own' if target.networks == _OWN else 'that AKS makes'}"
        found.append(DocumentedMove(network, before, after, False, says, OUTBOUND_TYPES_PAGE, PAGE_DATE))
    dissent = (row for row in DISSENTING_MOVES if (row.network, row.before, row.after) == (network, before, after) and covers(row.versions, api_version))
    return (*found, *dissent)
