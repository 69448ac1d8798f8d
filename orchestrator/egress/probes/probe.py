"""What is asked of one endpoint from inside the cluster."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.catalog.address_echo import echo_path
from orchestrator.model.flows import Endpoint, Expectation

USUAL_ECHO: tuple[Endpoint, ...] = (
    Endpoint("https", "ifconfig.me", 443),
    Endpoint("https", "api.ipify.org", 443),
    Endpoint("https", "icanhazip.com", 443),
    Endpoint("https", "checkip.amazonaws.com", 443),
)
"""Asked for the caller's address where an environment names no hosts: several, since each of them fails now and then
(openshift/verification-tests#1408), and over https, where nothing on the way can alter the answer (MicrosoftDocs/azure-docs#101237)."""

_PART_OF_IMAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]*")


@dataclass(frozen=True, slots=True)
class Probe:
    """One connection to be tried. `number`: its name in the script's output. `path`: of an http or https request."""

    number: int
    endpoint: Endpoint
    path: str = "/"


@dataclass(frozen=True, slots=True)
class ImagePull:
    """An image to be pulled as far as its first blob. `host`: the registry that is asked; `name` and `reference` (a tag or digest): the image on it."""

    number: int
    host: str
    name: str
    reference: str

    def __post_init__(self) -> None:
        """ValueError for what no image has in its name, and a shell might take for more than a name."""
        if not all(_PART_OF_IMAGE.fullmatch(part) for part in (self.host, self.name, self.reference)):
            raise ValueError(f"{self.host}/{self.name}:{self.reference} is no name of an image")


def plan_pulls(images: Sequence[str], first_number: int) -> tuple[ImagePull, ...]:
    """One pull for each image, written as in a pod; Docker Hub's short names are understood."""
    return tuple(_parse_image(first_number + index, image) for index, image in enumerate(dict.fromkeys(images)))


def _parse_image(number: int, image: str) -> ImagePull:
    rest, _, digest = image.partition("@")
    head, slash, tail = rest.partition("/")
    if not slash or not ("." in head or ":" in head):
        head, tail = "docker.io", rest if slash else f"library/{rest}"
    name, _, tag = tail.partition(":")
    return ImagePull(number, "registry-1.docker.io" if head == "docker.io" else head, name, digest or tag or "latest")


def plan_reach_probes(must_reach: Sequence[Endpoint], must_be_blocked: Sequence[Expectation]) -> tuple[Probe, ...]:
    """One probe for each endpoint, however often it is named. What is to be blocked comes first: it may take all of its time, and so begins at once."""
    endpoints = dict.fromkeys([*(expectation.endpoint for expectation in must_be_blocked), *must_reach])
    return tuple(Probe(number, endpoint) for number, endpoint in enumerate(endpoints))


def plan_echo_probes(hosts: Sequence[Endpoint], requests: int, first_number: int) -> tuple[Probe, ...]:
    """`requests` probes in turn over the hosts; each is a connection of its own, so that several outbound addresses can show."""
    chosen = hosts or USUAL_ECHO
    return tuple(Probe(first_number + index, endpoint, echo_path(endpoint.host)) for index in range(requests) for endpoint in (chosen[index % len(chosen)],))
