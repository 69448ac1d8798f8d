"""Which public addresses the pods were seen with, held against those that the resources promise."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address

from orchestrator.egress.expected_addresses import ExpectedEgress, shown_address
from orchestrator.model.flows import Check, CheckStatus, Observation, Outcome

KIND = "egress-address"


@dataclass(frozen=True, slots=True)
class SeenAddresses:
    """What echo hosts said. `public`: address -> the hosts that said it; `others`: why an answer does not count, by host."""

    public: dict[str, tuple[str, ...]]
    others: dict[str, str]
    requests: int
    answered: int


def read_echoes(observations: Iterable[Observation]) -> SeenAddresses:
    """Read the answers. A host that is denied or fails gives no answer, which is no failure; a private address is not what the internet saw."""
    public: dict[str, tuple[str, ...]] = {}
    others: dict[str, str] = {}
    requests = answered = 0
    for observation in observations:
        requests += 1
        host = observation.endpoint.host
        address = _address_in(observation)
        if address is None:
            others.setdefault(host, observation.detail if observation.http_status != 200 else "no address in the answer")
        elif not address.is_global:
            others.setdefault(host, f"{address} is no public address; something on the way wrote it into X-Forwarded-For")
        else:
            answered += 1
            public[str(address)] = tuple(dict.fromkeys((*public.get(str(address), ()), host)))
    return SeenAddresses(public, others, requests, answered)


def check_addresses(subject: str, expected: ExpectedEgress, seen: SeenAddresses) -> Check:
    """The row: what was seen must be among what is expected; how much of it was seen is told, and is no failure."""
    promised = ", ".join(shown_address(expected, address) for address in sorted(expected.addresses, key=IPv4Address))
    observed = ", ".join(shown_address(expected, address) for address in sorted(seen.public, key=IPv4Address)) or "no public address"
    unexpected = [address for address in seen.public if address not in expected.addresses]
    status = CheckStatus.PASSED
    if not seen.public or (expected.unknown is not None and (unexpected or not expected.addresses)):
        status = CheckStatus.INCONCLUSIVE
    elif unexpected:
        status = CheckStatus.FAILED
    wanted = promised if expected.unknown is None else f"{promised}{', and ' if promised else ''}unknown: {expected.unknown}"
    return Check(KIND, subject, wanted or "none", observed, status, _note(expected, seen, unexpected))


def _note(expected: ExpectedEgress, seen: SeenAddresses, unexpected: list[str]) -> str:
    notes = []
    if expected.addresses:
        found = sum(address in seen.public for address in expected.addresses)
        size = len(expected.addresses)
        notes.append(f"{found} of {size} {'address' if size == 1 else 'addresses'} seen in {seen.answered} requests")
    notes += [f"{address} was said by {', '.join(seen.public[address])}" for address in unexpected]
    silent = seen.requests - seen.answered
    if silent:
        notes.append(f"{silent} of {seen.requests} requests without an address: " + "; ".join(f"{host}: {why}" for host, why in seen.others.items()))
    return "; ".join(notes)


def _address_in(observation: Observation) -> IPv4Address | None:
    if observation.outcome is not Outcome.ALLOWED or observation.http_status != 200:
        return None
    try:
        return IPv4Address((observation.body or "").strip())
    except AddressValueError:
        return None
