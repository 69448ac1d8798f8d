"""What is asked at each place of a cluster, and what was answered there: from a plan to jobs, and from their output to observations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from orchestrator.egress.probes.answers import Answers, read_answers
from orchestrator.egress.probes.image_pull import PulledHost, check_pull
from orchestrator.egress.probes.jobs import Job, Place, job_seconds, make_job
from orchestrator.egress.probes.probe import ImagePull, Probe
from orchestrator.egress.probes.script import build_script, longest_seconds
from orchestrator.egress.verdicts import judge
from orchestrator.model.flows import Check, Endpoint, Observation, Outcome


@dataclass(frozen=True, slots=True)
class Visit:
    """The probes of one place. `reach`: endpoints; `echo`: hosts that say the caller's address; `pulls`: images; `proxied`: by the cluster's HTTP proxy."""

    place: Place
    reach: tuple[Probe, ...]
    echo: tuple[Probe, ...] = ()
    pulls: tuple[ImagePull, ...] = ()
    proxied: bool = False

    def make_job(self, *, run_id: str, seconds: float, image: str) -> Job:
        """Its job; `seconds`: the longest that one probe may take."""
        probes = (*self.reach, *self.echo)
        script = build_script(probes, self.pulls, seconds=seconds, proxied=self.proxied)
        return make_job(self.place, script, run_id=run_id, seconds=longest_seconds(probes, self.pulls, seconds=seconds), image=image)

    def longest_seconds(self, seconds: float) -> float:
        """How long to wait for its job."""
        return job_seconds(longest_seconds((*self.reach, *self.echo), self.pulls, seconds=seconds))

    def read(self, output: str, problem: str | None = None) -> "Findings":
        """What was found. problem: what the runner says of the job; without any answer it is why there is none."""
        answers = read_answers(output, (*self.reach, *self.echo))
        if answers.problem is not None and problem is not None:
            answers = Answers({}, {}, problem)
        return Findings(self, answers)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was answered at one place."""

    visit: Visit
    answers: Answers

    @property
    def problem(self) -> str | None:
        """Why nothing was probed there."""
        return self.answers.problem

    def reached(self) -> dict[Endpoint, Observation]:
        """What was seen of each endpoint."""
        return {probe.endpoint: self._observe(probe) for probe in self.visit.reach}

    def echoed(self) -> tuple[Observation, ...]:
        """What each request to an echo host gave."""
        return tuple(self._observe(probe) for probe in self.visit.echo)

    def pulled(self) -> Iterator[PulledHost]:
        """What each host of each image gave."""
        for pull in self.visit.pulls:
            yield from check_pull(pull, self.answers.pulls.get(pull.number, ()))

    def _observe(self, probe: Probe) -> Observation:
        return judge(probe.endpoint, self.answers.by_number.get(probe.number), self.answers.missing.get(probe.number, ""))


@dataclass(frozen=True, slots=True)
class Row:
    """A check as one place has it, and what its probe saw there."""

    place: Place
    check: Check
    outcome: Outcome


def merge_rows(rows: Sequence[Row]) -> Iterator[Check]:
    """One row where all places agree on a subject; one for each group of places that agree where they do not."""
    by_subject: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        by_subject.setdefault((row.check.kind, row.check.subject), []).append(row)
    for (_, subject), told in by_subject.items():
        alike: dict[tuple[str, str, str], list[Row]] = {}
        for row in told:
            alike.setdefault((row.check.status, row.check.predicted, row.outcome), []).append(row)
        for agreeing in alike.values():
            where = ", ".join(str(row.place) for row in agreeing)
            check = agreeing[0].check
            yield check if len(alike) == 1 else replace(check, subject=f"{subject} from {where}")
