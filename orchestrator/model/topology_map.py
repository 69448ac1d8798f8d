"""A network drawn as a map: places, what is in what, and the paths of flows through them. How it looks is not said here."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """What a place is, in the order in which flows pass them."""

    NETWORK = "virtual network"
    SUBNET = "subnet"
    FIREWALL = "firewall"
    NAT_GATEWAY = "NAT gateway"
    LOAD_BALANCER = "load balancer"
    DEFAULT_ACCESS = "default outbound access"
    NODE_ADDRESS = "node's own address"
    BLOCK = "outbound type block"
    PUBLIC_ADDRESS = "public address"
    SERVICE = "Azure service"
    INTERNET = "internet"


class Standing(StrEnum):
    """What becomes of the flows of a path."""

    ARRIVES = "arrives"
    DENIED = "does not arrive"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place. `inside`: the key of the network that it is in; `facts`: what a reader wants to know of it; `resource_id`: empty where no resource is meant."""

    key: str
    kind: PlaceKind
    name: str
    facts: tuple[str, ...] = ()
    inside: str | None = None
    resource_id: str = ""


@dataclass(frozen=True, slots=True)
class MapFlow:
    """A flow of a path: `source` as a reader calls it, `endpoint` as text."""

    source: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class MapPath:
    """A way that flows take. `places`: keys in order; the last is where they end; `says`: how they end; `why`: the same in a few words."""

    number: int
    places: tuple[str, ...]
    standing: Standing
    says: str
    why: str
    flows: tuple[MapFlow, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Whose flows they are."""
        return tuple(dict.fromkeys(flow.source for flow in self.flows))

    @property
    def endpoints(self) -> tuple[str, ...]:
        """Where they go, each once."""
        return tuple(dict.fromkeys(flow.endpoint for flow in self.flows))


@dataclass(frozen=True, slots=True)
class MapPeering:
    """Two networks that are peered, by their keys; `mutual` None: the other one is not among the resources."""

    here: str
    there: str
    mutual: bool | None = True


@dataclass(frozen=True, slots=True)
class TopologyMap:
    """The whole map."""

    places: tuple[MapPlace, ...] = ()
    paths: tuple[MapPath, ...] = ()
    peerings: tuple[MapPeering, ...] = ()

    def place(self, key: str) -> MapPlace:
        """A place by its key; KeyError where there is none."""
        for one in self.places:
            if one.key == key:
                return one
        raise KeyError(key)
