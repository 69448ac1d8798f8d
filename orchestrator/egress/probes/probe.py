"""What is asked of one endpoint from inside the cluster."""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.catalog.address_echo import echo_path
from orchestrator.model.flows import Endpoint, Expectation

USUAL_ECHO: tuple[Endpoint, ...] = (
    Endpoint("http", "ifconfig.me", 80),
    Endpoint("https", "api.ipify.org", 443),
    Endpoint("http", "icanhazip.com", 80),
    Endpoint("https", "checkip.amazonaws.com", 443),
)
"""Asked for the caller's address where an environment names no hosts: several, since each of them fails now and then (openshift/verification-tests#1408)."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One connection to be tried. `number`: its name in the script's output. `path`: of an http or https request."""

    number: int
    endpoint: Endpoint
    path: str = "/"


def plan_reach_probes(must_reach: Sequence[Endpoint], must_be_blocked: Sequence[Expectation]) -> tuple[Probe, ...]:
    """One probe for each endpoint, however often it is named."""
    endpoints = dict.fromkeys([*must_reach, *(expectation.endpoint for expectation in must_be_blocked)])
    return tuple(Probe(number, endpoint) for number, endpoint in enumerate(endpoints))


def plan_echo_probes(hosts: Sequence[Endpoint], requests: int, first_number: int) -> tuple[Probe, ...]:
    """`requests` probes in turn over the hosts; each is a connection of its own, so that several outbound addresses can show."""
    chosen = hosts or USUAL_ECHO
    return tuple(Probe(first_number + index, endpoint, echo_path(endpoint.host)) for index in range(requests) for endpoint in (chosen[index % len(chosen)],))
