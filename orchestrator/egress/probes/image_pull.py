"""Whether nodes can pull an image: a row for each host that takes part, since each is allowed or denied on its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestrator.egress.probes.answers import PullStep
from orchestrator.egress.probes.probe import ImagePull
from orchestrator.egress.verdicts import judge
from orchestrator.model.flows import Check, CheckStatus, Endpoint, Observation, Outcome

IMAGE_PULL = "image-pull"
_GRAVITY = (CheckStatus.PASSED, CheckStatus.INCONCLUSIVE, CheckStatus.FAILED)
_EXPECTED = {"v2": "registry, manifest and blob answer", "manifest": "registry, manifest and blob answer", "token": "gives a token", "blob": "gives the blob"}
_ROLES = {"v2": "registry", "manifest": "registry", "token": "tokens", "blob": "blobs"}
_CHALLENGE = 401


@dataclass(frozen=True, slots=True)
class PulledHost:
    """What one host gave to a pull. `observation`: of its gravest step."""

    check: Check
    observation: Observation


def check_pull(pull: ImagePull, steps: Sequence[PullStep]) -> Iterator[PulledHost]:
    """The rows of one image. A host that was not asked, because the one before it gave nothing, has none."""
    image = f"{pull.name}{'@' if ':' in pull.reference else ':'}{pull.reference}"
    if not steps:
        said = "the pull printed nothing, or its output was cut"
        nothing = Observation(_endpoint(pull.host), Outcome.INCONCLUSIVE, said)
        yield PulledHost(Check(IMAGE_PULL, f"{pull.host} (registry of {image})", _EXPECTED["v2"], said, _GRAVITY[1]), nothing)
    for host in dict.fromkeys(step.host for step in steps):
        own = [(step, judge(_endpoint(host), step.answer)) for step in steps if step.host == host]
        statuses = [_status(step, seen) for step, seen in own]
        gravest = max(statuses, key=_GRAVITY.index)
        said = ", ".join(f"{step.step}: {seen.detail}" for step, seen in own)
        first = own[0][0].step
        check = Check(IMAGE_PULL, f"{host} ({_ROLES[first]} of {image})", _EXPECTED[first], said, gravest)
        yield PulledHost(check, own[statuses.index(gravest)][1])


def _endpoint(host: str) -> Endpoint:
    name, _, port = host.partition(":")
    return Endpoint("https", name, int(port) if port.isdigit() else 443)


def _status(step: PullStep, observation: Observation) -> CheckStatus:
    """Failed where the network denies it, and where the registry has no such image; a registry that is busy or broken proves nothing."""
    if observation.outcome is not Outcome.ALLOWED:
        return CheckStatus.INCONCLUSIVE if observation.outcome is Outcome.INCONCLUSIVE else CheckStatus.FAILED
    code = observation.http_status or 0
    if code < 400 or (step.step == "v2" and code == _CHALLENGE):
        return CheckStatus.PASSED
    return CheckStatus.FAILED if code in (401, 403, 404) else CheckStatus.INCONCLUSIVE
