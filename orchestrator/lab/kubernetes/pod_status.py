"""How a pod's status follows from the states of its containers (Kubernetes' "Pod Lifecycle"). Pure."""

from orchestrator.lab.kubernetes.objects import now
from orchestrator.model.json_value import Json, JsonObject


def waiting(reason: str, message: str = "") -> JsonObject:
    """A container that does not run yet."""
    return {"waiting": {"reason": reason, **({"message": message} if message else {})}}


def running() -> JsonObject:
    """A container that has just begun to run."""
    return {"running": {"startedAt": now()}}


def terminated(exit_code: int, state: JsonObject) -> JsonObject:
    """A container that has ended; `state`: the one it was in."""
    started = (state.get("running") or {}).get("startedAt")
    return {"terminated": {"exitCode": exit_code, "reason": "Completed" if exit_code == 0 else "Error", "startedAt": started, "finishedAt": now()}}


def set_container(pod: JsonObject, name: str, state: JsonObject, *, restarted: bool = False) -> None:
    """Put one container of a pod into a state, and the pod's status into what follows from it."""
    statuses = pod["status"].setdefault("containerStatuses", [_first_status(container) for container in pod["spec"]["containers"]])
    status = next(item for item in statuses if item["name"] == name)
    if "terminated" in status["state"]:
        status["lastState"] = status["state"]
    runs = "running" in state
    status |= {"state": state, "ready": runs, "started": runs, "restartCount": status["restartCount"] + restarted}
    pod["status"]["phase"] = _phase(pod, statuses)
    ready = all(item["ready"] for item in statuses)
    set_condition(pod, "Ready", ready, "" if ready else "ContainersNotReady")
    set_condition(pod, "ContainersReady", ready, "" if ready else "ContainersNotReady")


def set_condition(body: JsonObject, name: str, value: bool, reason: str = "", message: str = "") -> None:
    """Set a condition of any object's status."""
    conditions = body["status"].setdefault("conditions", [])
    wanted: Json = "True" if value else "False"
    before = next((condition for condition in conditions if condition["type"] == name), None)
    if before is not None and (before["status"], before.get("reason", "")) == (wanted, reason):
        return
    condition = {"type": name, "status": wanted, "lastProbeTime": None, "lastTransitionTime": now()}
    condition |= {key: value for key, value in (("reason", reason), ("message", message)) if value}
    body["status"]["conditions"] = [item for item in conditions if item["type"] != name] + [condition]


def _first_status(container: JsonObject) -> JsonObject:
    shared = {"ready": False, "started": False, "restartCount": 0, "lastState": {}, "imageID": ""}
    return {"name": container["name"], "image": container["image"], "state": waiting("ContainerCreating"), **shared}


def _phase(pod: JsonObject, statuses: list[JsonObject]) -> str:
    states = [status["state"] for status in statuses]
    codes = [state["terminated"]["exitCode"] for state in states if "terminated" in state]
    policy = pod["spec"]["restartPolicy"]
    for_good = policy == "Never" or (policy == "OnFailure" and not any(codes))
    if len(codes) == len(states) and for_good:
        return "Failed" if any(codes) else "Succeeded"
    begun = codes or any("running" in state for state in states) or any(status["restartCount"] for status in statuses)
    return "Running" if begun else "Pending"
