"""Jobs through run-command: one shell script in the command's pod, which has kubectl and may do everything in the cluster.

Theory of operation: the manifests travel compressed, since a shell's argument has 128 kB at most and they repeat each other. `kubectl get --watch` tells of the
pods as they change, each change a line (with bars in it: kubectl turns tabs into blanks); the loop ends when all have ended or cannot begin, or the time is up.
What has ended is removed by the cluster itself (ttlSecondsAfterFinished), the rest here. Three kubectl processes where all goes well.
kubectl gets no --request-timeout: with any such flag it forgets that it is in a cluster, and asks localhost:8080.
"""

import base64
import gzip
import json
import re
import shlex
from collections.abc import Sequence

from orchestrator.clients.connection import Connection
from orchestrator.clients.jobs import HOPELESS, JobOutcome, PodState, conclude, job_name, namespace_of, run_selector
from orchestrator.clients.run_command import run_command
from orchestrator.model.errors import OperationFailed
from orchestrator.model.json_value import JsonObject

_POD, _LOGS, _PROBLEM, _ABSENT = "@@job-pod@@", "@@job-logs@@", "@@job-problem@@", "@@job-absent@@"
_PREFIX = re.compile(r"\[pod/([^/\]]+)/[^\]]*\] ?(.*)", re.DOTALL)
_SLACK = 90.0
"""Seconds beyond the jobs' own: AKS gives the command's pod up to a minute to start."""

_LINE = (
    r'{"'
    + _POD
    + r'|"}{.metadata.labels.job-name}{"|"}{.metadata.name}{"|"}{.status.phase}{"|"}{.status.containerStatuses[0].state.waiting.reason}'
    + r'{.status.reason}{"|"}{.status.containerStatuses[0].state.waiting.message}{.status.message}'
    + r'{.status.conditions[?(@.status=="False")].message}{"\n"}'
)

_SCRIPT = r"""
problem() { printf '%s %s\n' "$P" "$1"; exit 0; }
command -v kubectl >/dev/null 2>&1 || problem 'there is no kubectl where run-command runs'
d=$(mktemp -d) || problem 'there is no writable temporary directory where run-command runs'
trap 'rm -rf "$d"' EXIT
printf %s "$J" | base64 -d | gzip -d >"$d/jobs"
timeout 40 kubectl apply --validate=false -f "$d/jobs" >"$d/said" 2>&1 || problem "kubectl apply: $(tail -c 600 "$d/said" | tr '\n' ' ')"
mkfifo "$d/pods"
timeout "$T" kubectl get pods -n "$N" -l "$L" --watch -o jsonpath="$F" >"$d/pods" 2>"$d/error" &
watch=$!
over= hopeless=
while IFS= read -r line; do
  printf '%s\n' "$line"
  job=${line#*'|'}; job=${job%%'|'*}
  case $line in
    *'|Succeeded|'*|*'|Failed|'*) ;;
    HOPELESS) hopeless=1;;
    *) continue;;
  esac
  case $over in *" $job "*) ;; *) over="$over $job "; left=$((left - 1));; esac
  [ "$left" -gt 0 ] || break
done <"$d/pods"
kill $watch 2>/dev/null
echo "$G"
kubectl logs -n "$N" -l "$L" --tail=-1 --prefix --ignore-errors --max-log-requests=100 2>&1
if [ "$left" -gt 0 ]; then
  printf '\n%s ' "$A"; tail -c 300 "$d/error" | tr '\n' ' '
  kubectl get events -n "$N" --field-selector reason=FailedCreate -o jsonpath='{range .items[*]}{.message}{"; "}{end}' 2>&1 | tail -c 2000
fi
[ "$left$hopeless" = 0 ] || kubectl delete jobs -n "$N" -l "$L" --wait=false >/dev/null 2>&1
exit 0
"""


def run_jobs_by_command(connection: Connection, cluster_id: str, namespace: JsonObject, manifests: Sequence[JsonObject], *, timeout: float) -> list[JobOutcome]:
    """Run the jobs, wait at most `timeout` seconds for them, and give what each has printed, in their order.

    namespace: the manifest of the one that they are in. ArmError where run-command is refused; OperationFailed where it runs, but cannot run jobs.
    """
    script = build_script(namespace, manifests, timeout=timeout)
    result = run_command(connection, cluster_id, script, timeout=timeout + _SLACK)
    return read_output(result.output, manifests)


def build_script(namespace: JsonObject, manifests: Sequence[JsonObject], *, timeout: float) -> str:
    """The script. It prints a line for each change of a pod, then all logs, and ends with 0 whatever became of the jobs."""
    everything = {"apiVersion": "v1", "kind": "List", "items": [namespace, *manifests]}
    packed = base64.b64encode(gzip.compress(json.dumps(everything, separators=(",", ":")).encode(), mtime=0)).decode()
    values = {
        "J": packed,
        "N": namespace_of(manifests),
        "L": run_selector(manifests),
        "F": _LINE,
        "T": f"{timeout:.0f}",
        "P": _PROBLEM,
        "G": _LOGS,
        "A": _ABSENT,
    }
    variables = " ".join(f"{name}={shlex.quote(value)}" for name, value in values.items())
    hopeless = "|".join(f"*'|{reason}|'*" for reason in sorted(HOPELESS))
    return f"{variables} left={len(manifests)}\n{_SCRIPT.replace('HOPELESS', hopeless, 1).strip()}\n"


def read_output(output: str, manifests: Sequence[JsonObject]) -> list[JobOutcome]:
    """Read what the script printed. OperationFailed where it says that it could not begin, or said nothing."""
    problem = next((line.split(_PROBLEM, 1)[1].strip() for line in output.splitlines() if _PROBLEM in line), None)
    if problem is None and _LOGS not in output and _POD not in output:
        problem = f"the script did not start: {' '.join(output.split())[:300]!r}"
    if problem is not None:
        raise OperationFailed(f"run-command cannot run jobs: {problem}")
    told, _, rest = output.partition(_LOGS)
    logs, _, absent = rest.partition(_ABSENT)
    pods = _read_pods(told)
    texts = _read_logs(logs)
    outcomes = []
    for manifest in manifests:
        pod = pods.get(job_name(manifest))
        outcomes.append(conclude(pod, texts.get(pod.name, "") if pod is not None else "", absent=absent.strip()))
    return outcomes


def _read_pods(text: str) -> dict[str, PodState]:
    """The last state of each job's pod."""
    pods = {}
    for line in text.splitlines():
        cells = line.split("|")
        if cells[0] == _POD and len(cells) >= 6:
            pods[cells[1]] = PodState(cells[2], cells[3], cells[4], "|".join(cells[5:]))
    return pods


def _read_logs(text: str) -> dict[str, str]:
    """The output of each pod, from lines that name it."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        match = _PREFIX.fullmatch(line)
        if match is not None:
            found.setdefault(match[1], []).append(match[2])
    return {name: "\n".join(lines) + "\n" for name, lines in found.items()}
