"""Kubernetes Jobs that are run for what they print: the words that both ways of running them share."""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.model.json_value import JsonObject

IMAGE_PULL = frozenset({"ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName"})
HOPELESS = IMAGE_PULL | {"CreateContainerConfigError", "CreateContainerError", "RunContainerError"}
"""Reasons for which a container waits that do not pass by waiting a little longer."""

RUN_LABEL = "egress-probes/run"
"""On every job and pod of one run, so that they are found together."""


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """What became of a job. `problem`: why its pod did not run, or not to its end; `image_pull`: because its image could not be pulled."""

    output: str
    problem: str | None = None
    image_pull: bool = False


@dataclass(frozen=True, slots=True)
class PodState:
    """A pod as far as it matters here."""

    name: str
    phase: str
    reason: str = ""
    message: str = ""

    @property
    def is_over(self) -> bool:
        """Whether waiting for it is of no more use."""
        return self.phase in ("Succeeded", "Failed") or self.reason in HOPELESS


def job_name(manifest: JsonObject) -> str:
    """The name of a job."""
    return str(manifest["metadata"]["name"])


def namespace_of(manifests: Sequence[JsonObject]) -> str:
    """The namespace of the jobs of one run."""
    return str(manifests[0]["metadata"]["namespace"])


def run_selector(manifests: Sequence[JsonObject]) -> str:
    """The label selector of one run's objects."""
    return f"{RUN_LABEL}={manifests[0]['metadata']['labels'][RUN_LABEL]}"


def conclude(pod: PodState | None, output: str, *, absent: str = "") -> JobOutcome:
    """The outcome of a job whose pod was last seen so; `absent`: why there is no pod."""
    if pod is None:
        return JobOutcome(output, absent or "no pod was made for the job")
    if pod.phase == "Succeeded":
        return JobOutcome(output)
    if pod.reason in IMAGE_PULL:
        return JobOutcome(output, f"{pod.reason}: {pod.message or 'its image could not be pulled'}", image_pull=True)
    if pod.phase == "Failed":
        return JobOutcome(output, f"its pod failed{_why(pod)}")
    if pod.phase == "Running":
        return JobOutcome(output, "its pod did not end in time")
    return JobOutcome(output, f"its pod did not start{_why(pod)}")


def _why(pod: PodState) -> str:
    said = ": ".join(text for text in (pod.reason, pod.message) if text)
    return f" ({said})" if said else ""
