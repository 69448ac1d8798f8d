"""A law of output that is cut off, wherever: what is left of it says the same as the whole, or nothing; it never says something else."""

import base64
import gzip
import json
import random

import pytest

from orchestrator.clients.kubectl_jobs import read_output
from orchestrator.egress.probes.jobs import Place
from orchestrator.egress.probes.probe import plan_reach_probes
from orchestrator.egress.probes.script import BEGIN, END, LINE
from orchestrator.egress.probes.visit import Findings, Visit
from orchestrator.model.errors import OperationFailed
from orchestrator.model.flows import Endpoint, Outcome

ENDPOINTS = [Endpoint("https", f"h{number}.example", 443) for number in range(30)]
VISITS = [Visit(Place("np", network), plan_reach_probes(ENDPOINTS, [])) for network in ("pod", "node")]
JOBS = [visit.make_job(run_id="r", seconds=2, image="mcr.microsoft.com/x:1") for visit in VISITS]
RESET = "curl: (35) Recv failure: Connection reset by peer"


def print_probes(words: random.Random) -> list[str]:
    """What the script of a job prints: half of the endpoints answer, half are cut in TLS; in the order in which they end."""
    lines = []
    for number in range(len(ENDPOINTS)):
        facts = {"http": "200" if number % 2 else "000", "connect": words.random(), "appconnect": words.random() if number % 2 else 0, "total": words.random()}
        error = "" if number % 2 else base64.b64encode(RESET.encode()).decode()
        lines.append(LINE + json.dumps({"n": number, "exit": 0 if number % 2 else 35, "facts": facts, "body": "", "error": error}))
    words.shuffle(lines)
    return [BEGIN, *lines, END]


def print_all() -> str:
    """What run-command gives of both jobs."""
    words = random.Random(4)
    names = [f"{job.name}-abc" for job in JOBS]
    states = "".join(f"@@job-pod@@|{job.name}|{name}|Succeeded||\n" for job, name in zip(JOBS, names, strict=True))
    logs = "".join(f"[pod/{name}/probe] {line}\n" for name in names for line in print_probes(words))
    return f"{states}@@job-logs@@\n{base64.b64encode(gzip.compress(logs.encode())).decode()}\n@@job-logs-end@@\n"


def read(output: str) -> list[Findings]:
    outcomes = read_output(output, [job.manifest for job in JOBS])
    return [visit.read(outcome.output, outcome.problem) for visit, outcome in zip(VISITS, outcomes, strict=True)]


WHOLE = print_all()


def test_the_whole_output() -> None:
    for findings in read(WHOLE):
        assert findings.problem is None
        assert {endpoint: seen.outcome for endpoint, seen in findings.reached().items()} == {
            endpoint: Outcome.ALLOWED if number % 2 else Outcome.TLS_REFUSED for number, endpoint in enumerate(ENDPOINTS)
        }


@pytest.mark.parametrize("start", range(16))
def test_what_is_left_says_the_same_or_nothing(start: int) -> None:
    whole = [findings.reached() for findings in read(WHOLE)]
    for length in range(start, len(WHOLE), 16 * 3):
        if "@@job-pod@@" not in WHOLE[:length]:
            with pytest.raises(OperationFailed, match="did not start"):
                read(WHOLE[:length])
            continue
        cut = read(WHOLE[:length])
        for findings, known in zip(cut, whole, strict=True):
            if findings.problem is None:
                assert all(seen == known[endpoint] or seen.outcome is Outcome.INCONCLUSIVE for endpoint, seen in findings.reached().items())
