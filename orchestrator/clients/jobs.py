"""Kubernetes Jobs that are run for what they print: the words that both ways of running them share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orchestrator.model.json_value import JsonObject

IMAGE_PULL = frozenset({"ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName"})
HOPELESS = IMAGE_PULL | {"CreateContainerConfigError", "CreateContainerError", "RunContainerError"}
"""Reasons for which a container waits that do not pass by waiting a little longer."""

RUN_LABEL = "egress-probes/run"
"""On every job and pod of one run, so that they are found together."""

NAME_LABEL = "app.kubernetes.io/name"
"""On the jobs of every run."""

UNTIL = "egress-probes/until"
"""An annotation on every job: when, in seconds since 1970, its run no longer waits for it. Later it is a leftover that anybody may remove."""

Report = Callable[[str], None]
"""Takes a line on what goes on, for a person who waits."""

CUT = "its output was cut off: run-command gives 512 kB at most"

_REMEDIES = (
    (
        "is forbidden: User",
        "Give the caller Azure Kubernetes Service RBAC Writer on the namespace egress-probes, which must be there, or allow run-command.",
    ),
    ("violates PodSecurity", "Pod Security refuses it: the namespace egress-probes needs the label pod-security.kubernetes.io/enforce=privileged."),
    ("denied the request", "A policy refuses the probes' pods: exempt the namespace egress-probes (the host network shows what nodes reach)."),
    ("exceeded quota", "A quota of the namespace egress-probes leaves no room for the probes' pods."),
    ("nodes are available", "Is a node of that pool ready (kubectl get nodes), and has it room for 100m CPU and 64 MiB?"),
    ("not found", "Make the namespace egress-probes, or allow the caller to."),
)
"""What helps, by what Kubernetes says; the first that fits."""


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


def stamp(manifests: Sequence[JsonObject], now: float) -> list[JsonObject]:
    """The manifests, each with the time until which somebody waits for it."""
    return [_stamp(manifest, now) for manifest in manifests]


def _stamp(manifest: JsonObject, now: float) -> JsonObject:
    spec, metadata = manifest["spec"], manifest["metadata"]
    until = round(now + spec["activeDeadlineSeconds"] + spec["ttlSecondsAfterFinished"])
    return {**manifest, "metadata": {**metadata, "annotations": {**(metadata.get("annotations") or {}), UNTIL: str(until)}}}


def is_leftover(job: JsonObject, now: float) -> bool:
    """Whether nobody waits any more for a job that is there."""
    until = str((job["metadata"].get("annotations") or {}).get(UNTIL, ""))
    return until.isdigit() and int(until) < now


def name_selector(manifests: Sequence[JsonObject]) -> str:
    """The label selector of the jobs of every run."""
    return f"{NAME_LABEL}={manifests[0]['metadata']['labels'][NAME_LABEL]}"


def say_leftovers(count: int, report: Report) -> None:
    """Tell that jobs of an earlier run were removed."""
    if count:
        report(f"removed {count} {'job' if count == 1 else 'jobs'} that an earlier run left behind")


def job_name(manifest: JsonObject) -> str:
    """The name of a job."""
    return str(manifest["metadata"]["name"])


def namespace_of(manifests: Sequence[JsonObject]) -> str:
    """The namespace of the jobs of one run."""
    return str(manifests[0]["metadata"]["namespace"])


def run_selector(manifests: Sequence[JsonObject]) -> str:
    """The label selector of one run's objects."""
    return f"{RUN_LABEL}={manifests[0]['metadata']['labels'][RUN_LABEL]}"


def advise(text: str) -> str:
    """The text, with what would help where that is known."""
    remedy = next((remedy for words, remedy in _REMEDIES if words in text), "")
    return f"{text.rstrip('. ')}. {remedy}" if remedy else text


def conclude(pod: PodState | None, output: str, *, absent: str = "") -> JobOutcome:
    """The outcome of a job whose pod was last seen so; `absent`: why there is no pod."""
    if pod is None:
        return JobOutcome(output, advise(absent) if absent else "no pod was made for the job in time. Is the cluster's job controller running?")
    if pod.phase == "Succeeded":
        return JobOutcome(output)
    if pod.reason in IMAGE_PULL:
        return JobOutcome(output, f"{pod.reason}: {pod.message or 'its image could not be pulled'}", image_pull=True)
    if pod.phase == "Failed":
        return JobOutcome(output, f"its pod failed{_why(pod)}")
    if pod.phase == "Running":
        return JobOutcome(output, "its pod did not end in time")
    return JobOutcome(output, advise(f"its pod did not start{_why(pod)}"))


def _why(pod: PodState) -> str:
    said = ": ".join(text for text in (pod.reason, pod.message) if text)
    return f" ({said})" if said else ""
