"""A vote of the echo hosts: one of them that lies, or that a proxy on the way speaks for, does not decide.

Each host that named a public address has a vote. Over https nothing on the way can alter the answer, so where hosts answered over https, only they vote. A host
that names an address which is not expected is outvoted where more hosts name expected ones only; otherwise what it says stands, and the check fails.
"""

from collections.abc import Sequence
from dataclasses import replace
from ipaddress import AddressValueError, IPv4Address

from orchestrator.model.flows import Observation, Outcome

QUORUM = 2

_Voter = tuple[str, str]
"""Protocol and host."""


def hold_vote(observations: Sequence[Observation], expected: frozenset[str]) -> tuple[Observation, ...]:
    """The observations, those of hosts that were outvoted made inconclusive, with the reason."""
    said: dict[_Voter, set[str]] = {}
    for observation in observations:
        address = find_public_address(observation)
        if address is not None:
            said.setdefault(_voter(observation), set()).add(address)
    voters = {voter: addresses for voter, addresses in said.items() if voter[0] == "https"} or said
    deviant = {voter for voter, addresses in voters.items() if not addresses <= expected}
    outvoted = deviant if len(deviant) * 2 < len(voters) else set()
    believed = expected.union(*(addresses for voter, addresses in voters.items() if voter not in outvoted))
    outvoted = outvoted | {voter for voter, addresses in said.items() if voter not in voters and not addresses <= believed}
    return tuple(_set_aside(observation) if _voter(observation) in outvoted else observation for observation in observations)


def count_hosts(observations: Sequence[Observation]) -> int:
    """How many hosts named a public address."""
    return len({observation.endpoint.host for observation in observations if find_public_address(observation) is not None})


def is_doubtful(observations: Sequence[Observation]) -> bool:
    """Whether public addresses were named over http alone, where something on the way may speak for the host."""
    return not any(observation.endpoint.protocol == "https" and find_public_address(observation) is not None for observation in observations)


def find_public_address(observation: Observation) -> str | None:
    """The public address that an answer names."""
    if observation.outcome is not Outcome.ALLOWED or observation.http_status != 200:
        return None
    try:
        address = IPv4Address((observation.body or "").strip())
    except AddressValueError:
        return None
    return str(address) if address.is_global else None


def _voter(observation: Observation) -> _Voter:
    return observation.endpoint.protocol, observation.endpoint.host


def _set_aside(observation: Observation) -> Observation:
    address = find_public_address(observation)
    if address is None:
        return observation
    return replace(observation, outcome=Outcome.INCONCLUSIVE, http_status=None, detail=f"said {address}, which the other hosts contradict")
