"""Jobs through run-command: one shell script in the command's pod, which has kubectl and may do everything in the cluster.

Theory of operation: the manifests travel compressed, since a shell's argument has 128 kB at most and they repeat each other. `kubectl get --watch` tells of the
pods as they change, each change a line (with bars in it: kubectl turns tabs into blanks); the loop ends when all have ended or cannot begin, or the time is up.
What has ended is removed by the cluster itself (ttlSecondsAfterFinished), the rest here; what an earlier run that was killed left behind, too. Four kubectl
processes where all goes well. Logs travel compressed back, since run-command gives 512 kB at most, and are read as far as they go.
kubectl gets no --request-timeout: with any such flag it forgets that it is in a cluster, and asks localhost:8080.
"""

import base64
import binascii
import gzip
import json
import re
import shlex
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from orchestrator.clients.connection import Connection
from orchestrator.clients.jobs import (
    CUT,
    HOPELESS,
    UNTIL,
    JobOutcome,
    PodState,
    Report,
    advise,
    conclude,
    job_name,
    name_selector,
    namespace_of,
    run_selector,
    say_leftovers,
    stamp,
)
from orchestrator.clients.run_command import begin_command, run_command
from orchestrator.model.errors import OperationFailed, OrchestratorError
from orchestrator.model.json_value import JsonObject

_POD, _LOGS, _PROBLEM, _ABSENT = "@@job-pod@@", "@@job-logs@@", "@@job-problem@@", "@@job-absent@@"
_LOGS_END, _REMOVED = "@@job-logs-end@@", "@@job-removed@@"
_NOT_BASE64 = re.compile("[^A-Za-z0-9+/=]")
_PREFIX = re.compile(r"\[pod/([^/\]]+)/[^\]]*\] ?(.*)", re.DOTALL)
_RUNNING = "the probes run in the cluster"
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
kubectl get jobs -n "$N" -l "$A_NAME" -o jsonpath="$A_UNTIL" 2>/dev/null | while read -r name until; do
  case $until in ''|*[!0-9]*) continue;; esac
  [ "$until" -ge "$(date +%s)" ] || { kubectl delete job -n "$N" "$name" --wait=false >/dev/null 2>&1 && echo "$R"; }
done &
cleaner=$!
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
wait $cleaner
echo "$G"
kubectl logs -n "$N" -l "$L" --tail=-1 --prefix --ignore-errors --max-log-requests=100 2>&1 | gzip -c | base64 | tr -d '\n'
printf '\n%s\n' "$E"
if [ "$left" -gt 0 ]; then
  printf '\n%s ' "$A"; tail -c 300 "$d/error" | tr '\n' ' '
  kubectl get events -n "$N" --field-selector reason=FailedCreate -o jsonpath='{range .items[*]}{.message}{"; "}{end}' 2>&1 | tail -c 2000
fi
[ "$left$hopeless" = 0 ] || kubectl delete jobs -n "$N" -l "$L" --wait=false >/dev/null 2>&1
exit 0
"""


def run_jobs_by_command(
    connection: Connection, cluster_id: str, namespace: JsonObject, manifests: Sequence[JsonObject], *, timeout: float, report: Report = lambda _: None
) -> list[JobOutcome]:
    """Run the jobs, wait at most `timeout` seconds for them, and give what each has printed, in their order.

    namespace: the manifest of the one that they are in. ArmError where run-command is refused; OperationFailed where it runs, but cannot run jobs. Where it is
    interrupted the cluster is asked to remove the jobs.
    """
    script = build_script(namespace, stamp(manifests, time.time()), timeout=timeout)
    try:
        result = run_command(
            connection,
            cluster_id,
            script,
            timeout=timeout + _SLACK,
            tick=lambda seconds: report(f"{_RUNNING}: {seconds:.0f} s, at most {timeout + _SLACK:.0f} s"),
        )
    except KeyboardInterrupt:
        with suppress(OrchestratorError):  # they end by themselves (activeDeadlineSeconds, ttlSecondsAfterFinished)
            begin_command(connection, cluster_id, f"kubectl delete jobs -n {namespace_of(manifests)} -l {run_selector(manifests)} --wait=false")
            report("interrupted: asked the cluster to remove the probes' jobs")
        raise
    say_leftovers(result.output.count(_REMOVED), report)
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
        "E": _LOGS_END,
        "R": _REMOVED,
        "A_NAME": name_selector(manifests),
        "A_UNTIL": '{range .items[*]}{.metadata.name}{" "}{.metadata.annotations.' + UNTIL + '}{"\\n"}{end}',
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
        raise OperationFailed(f"run-command cannot run jobs: {advise(problem)}")
    told, _, rest = output.partition(_LOGS)
    packed, ended, rest = rest.partition(_LOGS_END)
    absent = rest.partition(_ABSENT)[2].strip()
    pods = _read_pods(told)
    texts = _read_logs(_unpack(packed))
    outcomes = []
    for manifest in manifests:
        pod = pods.get(job_name(manifest))
        text = texts.get(pod.name, "") if pod is not None else ""
        outcome = conclude(pod, text, absent=absent or ("" if ended else CUT))
        outcomes.append(outcome if ended or outcome.problem is not None else replace(outcome, problem=CUT))
    return outcomes


def _unpack(text: str) -> str:
    """Compressed logs, as far as they came."""
    letters = _NOT_BASE64.split("".join(text.split()), maxsplit=1)[0]
    try:
        data = base64.b64decode(letters[: len(letters) // 4 * 4], validate=True)
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data).decode("utf-8", "replace")
    except (binascii.Error, zlib.error) as error:
        raise OperationFailed(f"run-command cannot run jobs: what it printed is not what the script prints ({error})") from error


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
