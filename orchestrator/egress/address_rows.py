"""The rows of the addresses that were seen: one for the pods and one for the nodes, or one for each group of pools that leave alike."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator.egress.address_check import check_addresses, read_echoes
from orchestrator.egress.expected_addresses import ExpectedEgress
from orchestrator.egress.probes.echoes import QUORUM, count_hosts, hold_vote, is_doubtful
from orchestrator.egress.probes.jobs import Place
from orchestrator.model.flows import Check, CheckStatus, Observation

_ALONE = "one host said so, and no other confirms it"
_DOUBTFUL = "over http, where something on the way may have altered it: name a second host"

Said = tuple[Place, ExpectedEgress, tuple[Observation, ...]]
"""What is expected of a place, and what echo hosts said there."""


def judge_addresses(cluster_name: str, said: Sequence[Said]) -> Iterator[Check]:
    """A pool is held against its own way out, never against another's; places that leave alike have one row."""
    for network in ("pod", "node"):
        alike: dict[tuple[frozenset[str], str | None], list[Said]] = {}
        for one in said:
            if one[0].network == network:
                alike.setdefault((one[1].addresses, one[1].unknown), []).append(one)
        for group in alike.values():
            pools = f"{', '.join(str(place.pool) for place, _, _ in group)} of " if len(alike) > 1 else ""
            observations = [observation for _, _, seen in group for observation in seen]
            yield _judge(f"{network}s of {pools}{cluster_name}", group[0][1], observations)


def _judge(subject: str, expected: ExpectedEgress, observations: Sequence[Observation]) -> Check:
    """The hosts' vote. A lone host may confirm what is expected; where it says otherwise over http, nothing is proven."""
    voted = hold_vote(observations, expected.addresses)
    row = check_addresses(subject, expected, read_echoes(voted))
    if count_hosts(voted) >= QUORUM or row.status is CheckStatus.INCONCLUSIVE:
        return row
    if row.status is CheckStatus.FAILED and is_doubtful(voted):
        return replace(row, status=CheckStatus.INCONCLUSIVE, note=f"{row.note}; {_ALONE}; {_DOUBTFUL}")
    return replace(row, note=f"{row.note}; {_ALONE}")
