"""What resources refer to outside the groups that are read whole: a hub's network, firewall, policies, addresses. Followed by reference, within bounds.

Where nothing refers outside nothing is asked. What may not be read, or does not exist, is kept with its reason: it is unknown, and never an abort.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from orchestrator.egress.network.references import find_references, needs_surroundings
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import parse_resource_id
from orchestrator.model.resources import Snapshot, is_expression, make_snapshot

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection

ROUNDS = 8
"""network, firewall, policy, its parent, the parent's rules, IP groups; and a little more."""

MOST = 300
"""Resources outside; a hub has some dozens."""

NOT_IN_PLAN = "is not in this plan: it exists already, or is missing"


def group_scope(subscription_id: str, resource_group: str) -> str:
    """The scope of a group, as places are compared."""
    return f"/subscriptions/{subscription_id}/resourcegroups/{resource_group}".lower()


def find_outside(bodies: Sequence[JsonObject], whole: Iterable[str]) -> tuple[str, ...]:
    """Ids that bodies refer to and that are neither among them nor in a scope that is known whole."""
    if not needs_surroundings(bodies):
        return ()
    found = find_references(bodies)
    return tuple(_missing((*found.ids, *found.peers), _ids(bodies), frozenset(whole)))


def name_unread(bodies: Sequence[JsonObject], whole: Iterable[str]) -> Snapshot:
    """Without asking anybody: what bodies refer to outside, each with why it is not known."""
    return Snapshot((), dict.fromkeys(find_outside(bodies, whole), NOT_IN_PLAN))


def read_surroundings(connection: "Connection", bodies: Sequence[JsonObject], whole: Iterable[str]) -> Snapshot:
    """Read what bodies refer to, and what that refers to. `whole`: scopes in which what is not among the bodies does not exist."""
    from orchestrator.clients.resources import read_each

    if not needs_surroundings(bodies):
        return Snapshot(())
    complete, known, peered = frozenset(whole), _ids(bodies), frozenset[str]()
    found: list[JsonObject] = []
    unread: dict[str, str] = {}
    newest: Sequence[JsonObject] = bodies
    for round_number in range(ROUNDS + 1):
        references = find_references(newest, peered)
        wanted = list(_missing((*references.ids, *references.peers), known, complete))
        room = max(MOST - len(found) - len(unread), 0) if round_number < ROUNDS else 0
        unread |= dict.fromkeys(wanted[room:], f"was not read: more than {MOST} resources, or {ROUNDS} steps, lie outside")
        if not wanted[:room]:
            break
        peered |= frozenset(resource_id.lower() for resource_id in references.peers)
        newest, refused = read_each(connection, wanted[:room])
        found += newest
        known |= _ids(newest) | {resource_id.lower() for resource_id in wanted}
        unread |= refused
    return make_snapshot(found, unread)


def _ids(bodies: Iterable[JsonObject]) -> set[str]:
    return {str(body["id"]).lower() for body in bodies}


def _missing(ids: Iterable[str], known: set[str], whole: frozenset[str]) -> Iterator[str]:
    return (resource_id for resource_id in dict.fromkeys(ids) if resource_id.lower() not in known and parse_resource_id(resource_id).scope.lower() not in whole)


def scopes_of(bodies: Iterable[JsonObject]) -> frozenset[str]:
    """The scopes of resources, as places are compared."""
    return frozenset(parse_resource_id(str(body["id"])).scope.lower() for body in bodies if not is_expression(str(body["id"])))
