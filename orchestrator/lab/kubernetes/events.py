"""Events: what happened to an object, as `kubectl describe` and `kubectl get events` show it. The same again is counted."""

import time

from orchestrator.lab.kubernetes.kinds import EVENT
from orchestrator.lab.kubernetes.objects import Objects, now
from orchestrator.model.json_value import JsonObject


def record_event(objects: Objects, about: JsonObject, reason: str, message: str, *, source: str, warning: bool = False) -> None:
    """Write an event about an object; source: kubelet, default-scheduler or a controller."""
    metadata = about["metadata"]
    namespace = metadata.get("namespace", "default")
    for event in objects.list_of(EVENT, namespace):
        if (event["involvedObject"]["uid"], event["reason"], event["message"]) == (metadata["uid"], reason, message):
            with objects.changing(EVENT, event) as again:
                again |= {"count": again["count"] + 1, "lastTimestamp": now()}
            return
    involved = {"kind": about["kind"], "namespace": namespace, "name": metadata["name"], "uid": metadata["uid"], "apiVersion": about["apiVersion"]}
    objects.create(
        EVENT,
        {
            "metadata": {"name": f"{metadata['name']}.{time.time_ns():016x}", "namespace": namespace},
            "involvedObject": involved,
            "reason": reason,
            "message": message,
            "type": "Warning" if warning else "Normal",
            "source": {"component": source},
            "reportingComponent": source,
            "firstTimestamp": now(),
            "lastTimestamp": now(),
            "count": 1,
        },
    )
