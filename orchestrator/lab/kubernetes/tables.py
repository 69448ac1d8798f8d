"""Tables as kubectl prints them: the server says columns and cells (API conventions, "Table")."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orchestrator.lab.kubernetes.kinds import EVENT, JOB, NAMESPACE, NODE, POD, Kind
from orchestrator.model.json_value import Json, JsonObject


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `wide`: shown with `-o wide` only."""

    name: str
    cell: Callable[[JsonObject], Json]
    wide: bool = False


def make_table(kind: Kind, bodies: Sequence[JsonObject], version: str, include: str) -> JsonObject:
    """The Table of some objects; `include`: the query's includeObject (None, Metadata or Object)."""
    columns = _COLUMNS[kind]
    definitions = [
        {"name": column.name, "type": "string", "format": "name" if column.name == "Name" else "", "description": "", "priority": int(column.wide)}
        for column in columns
    ]
    rows = [{"cells": [column.cell(body) for column in columns], "object": _included(body, include)} for body in bodies]
    return {"kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": {"resourceVersion": version}, "columnDefinitions": definitions, "rows": rows}


def _included(body: JsonObject, include: str) -> JsonObject | None:
    if include == "None":
        return None
    if include == "Object":
        return body
    return {"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": body["metadata"]}


def show_age(since: str | None, until: str | None = None) -> str:
    """`32s`, `5m12s`, `3h20m`, `2d4h`; `<unknown>` where it has not begun."""
    if not since:
        return "<unknown>"
    end = datetime.datetime.fromisoformat(until) if until else datetime.datetime.now(datetime.UTC)
    seconds = max(0, int((end - datetime.datetime.fromisoformat(since)).total_seconds()))
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if seconds < 120:
        return f"{seconds}s"
    if minutes < 10:
        return f"{minutes}m{seconds % 60}s" if seconds % 60 else f"{minutes}m"
    if hours < 3:
        return f"{minutes}m"
    if hours < 8:
        return f"{hours}h{minutes % 60}m" if minutes % 60 else f"{hours}h"
    if hours < 48:
        return f"{hours}h"
    return f"{days}d{hours % 24}h" if days < 8 and hours % 24 else f"{days}d"


def show_pod_status(pod: JsonObject) -> str:
    """The STATUS of a pod: why a container waits or ended, else the phase."""
    if pod["metadata"].get("deletionTimestamp"):
        return "Terminating"
    shown: str = pod["status"].get("reason") or pod["status"]["phase"]
    for status in pod["status"].get("containerStatuses") or ():
        waiting, terminated = status["state"].get("waiting"), status["state"].get("terminated")
        shown = (waiting or terminated or {}).get("reason") or shown
    return shown


def _name(body: JsonObject) -> Json:
    return body["metadata"]["name"]


def _age(body: JsonObject) -> Json:
    return show_age(body["metadata"].get("creationTimestamp"))


def _ready(pod: JsonObject) -> Json:
    statuses = pod["status"].get("containerStatuses") or ()
    return f"{sum(status['ready'] for status in statuses)}/{len(pod['spec']['containers'])}"


def _restarts(pod: JsonObject) -> Json:
    return str(sum(status["restartCount"] for status in pod["status"].get("containerStatuses") or ()))


def _condition(body: JsonObject, name: str) -> bool:
    return any(condition["type"] == name and condition["status"] == "True" for condition in body["status"].get("conditions") or ())


def _node_status(node: JsonObject) -> Json:
    return "Ready" if _condition(node, "Ready") else "NotReady"


def _node_address(node: JsonObject) -> Json:
    return next((address["address"] for address in node["status"]["addresses"] if address["type"] == "InternalIP"), "<none>")


def _job_status(job: JsonObject) -> Json:
    return next((name for name in ("Complete", "Failed") if _condition(job, name)), "Running")


def _job_duration(job: JsonObject) -> Json:
    status = job["status"]
    return show_age(status.get("startTime"), status.get("completionTime")) if status.get("startTime") else ""


def _event_object(event: JsonObject) -> Json:
    involved = event["involvedObject"]
    return f"{involved['kind'].lower()}/{involved['name']}"


_COLUMNS: dict[Kind, tuple[Column, ...]] = {
    NAMESPACE: (Column("Name", _name), Column("Status", lambda body: body["status"]["phase"]), Column("Age", _age)),
    NODE: (
        Column("Name", _name),
        Column("Status", _node_status),
        Column("Roles", lambda _: "<none>"),
        Column("Age", _age),
        Column("Version", lambda node: node["status"]["nodeInfo"]["kubeletVersion"]),
        Column("Internal-IP", _node_address, wide=True),
        Column("External-IP", lambda _: "<none>", wide=True),
        Column("OS-Image", lambda node: node["status"]["nodeInfo"]["osImage"], wide=True),
        Column("Kernel-Version", lambda node: node["status"]["nodeInfo"]["kernelVersion"], wide=True),
        Column("Container-Runtime", lambda node: node["status"]["nodeInfo"]["containerRuntimeVersion"], wide=True),
    ),
    POD: (
        Column("Name", _name),
        Column("Ready", _ready),
        Column("Status", show_pod_status),
        Column("Restarts", _restarts),
        Column("Age", _age),
        Column("IP", lambda pod: pod["status"].get("podIP") or "<none>", wide=True),
        Column("Node", lambda pod: pod["spec"].get("nodeName") or "<none>", wide=True),
        Column("Nominated Node", lambda _: "<none>", wide=True),
        Column("Readiness Gates", lambda _: "<none>", wide=True),
    ),
    EVENT: (
        Column("Last Seen", lambda event: show_age(event["lastTimestamp"])),
        Column("Type", lambda event: event["type"]),
        Column("Reason", lambda event: event["reason"]),
        Column("Object", _event_object),
        Column("Message", lambda event: event["message"]),
    ),
    JOB: (
        Column("Name", _name),
        Column("Status", _job_status),
        Column("Completions", lambda job: f"{job['status'].get('succeeded', 0)}/{job['spec']['completions']}"),
        Column("Duration", _job_duration),
        Column("Age", _age),
    ),
}
