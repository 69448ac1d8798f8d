"""What becomes of an object before it is stored: fields checked, defaults filled in, what must not change held."""

import re
from collections.abc import Callable

from orchestrator.lab.kubernetes.failures import bad_request, invalid
from orchestrator.lab.kubernetes.fields import find_refused, find_unknown
from orchestrator.lab.kubernetes.kinds import JOB, NAMESPACE, POD, Kind
from orchestrator.lab.state.world import copy_json
from orchestrator.model.json_value import Json, JsonObject

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
_SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")
_MUTABLE = {
    POD: ("activeDeadlineSeconds", "tolerations"),
    JOB: ("parallelism", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"),
}


def admit(kind: Kind, namespace: str, asked: Json) -> JsonObject:
    """An object as it is stored, from what was asked for."""
    body = _read(kind, asked)
    metadata = body["metadata"]
    if kind.namespaced and metadata.setdefault("namespace", namespace) != namespace:
        raise bad_request("the namespace of the provided object does not match the namespace sent on the request")
    _check(kind, body)
    _DEFAULTS[kind](body)
    return body


def admit_change(kind: Kind, asked: Json, current: JsonObject) -> JsonObject:
    """Another state of an object: metadata that the server owns stays, and a spec that cannot be changed is not."""
    body = _read(kind, asked)
    kept = {name: current["metadata"][name] for name in ("name", "namespace", "uid", "creationTimestamp") if name in current["metadata"]}
    body["metadata"] |= kept
    _check(kind, body)
    _DEFAULTS[kind](body)
    body["status"] = current["status"]
    before, after = (_fixed_part(kind, state) for state in (current, body))
    if before != after:
        raise invalid(kind.name, kept["name"], ["spec: Forbidden: updates may not change fields other than " + ", ".join(_MUTABLE.get(kind, ()))])
    return body


def _read(kind: Kind, asked: Json) -> JsonObject:
    if not isinstance(asked, dict) or not isinstance(asked.get("metadata"), dict):
        raise bad_request(f"the object provided is unrecognized (must be of type {kind.name}): an object with metadata is required")
    if asked.get("kind", kind.name) != kind.name or asked.get("apiVersion", kind.api_version) != kind.api_version:
        raise bad_request(f"{asked.get('apiVersion')} {asked.get('kind')} cannot be handled as a {kind.name}")
    unknown = find_unknown(kind, asked)
    if unknown:
        said = ", ".join(f'unknown field "{path}"' for path in unknown)
        raise bad_request(f'{kind.name} in version "{kind.version}" cannot be handled as a {kind.name}: strict decoding error: {said}')
    body: JsonObject = copy_json(asked)
    body.pop("status", None)
    return {"apiVersion": kind.api_version, "kind": kind.name, **body}


def _check(kind: Kind, body: JsonObject) -> None:
    metadata = body["metadata"]
    name = metadata.get("name") or metadata.get("generateName", "").rstrip("-.")
    problems = []
    if not name:
        problems.append("metadata.name: Required value: name or generateName is required")
    elif not (_LABEL if kind is NAMESPACE else _SUBDOMAIN).fullmatch(name):
        problems.append(f"metadata.name: Invalid value: \"{name}\": a lowercase RFC 1123 name must consist of lower case alphanumeric characters, '-' or '.'")
    problems += find_refused(kind, body)
    spec = body.get("spec") or {}
    if kind is POD:
        problems += _pod_problems(spec, "spec")
    if kind is JOB:
        template = (spec.get("template") or {}).get("spec") or {}
        problems += _pod_problems(template, "spec.template.spec")
        if template.get("restartPolicy") not in ("Never", "OnFailure"):
            policy = template.get("restartPolicy", "Always")
            problems.append(f'spec.template.spec.restartPolicy: Unsupported value: "{policy}": supported values: "OnFailure", "Never"')
    if problems:
        raise invalid(kind.name, name, problems)


def _pod_problems(spec: JsonObject, path: str) -> list[str]:
    containers = spec.get("containers") or []
    problems = [] if containers else [f"{path}.containers: Required value"]
    for index, container in enumerate(containers):
        problems += [f"{path}.containers[{index}].{name}: Required value" for name in ("name", "image") if not container.get(name)]
        for mount in container.get("volumeMounts") or ():
            if all(volume.get("name") != mount.get("name") for volume in spec.get("volumes") or ()):
                problems.append(f'{path}.containers[{index}].volumeMounts.name: Not found: "{mount.get("name")}"')
    if spec.get("restartPolicy", "Always") not in ("Always", "OnFailure", "Never"):
        problems.append(f'{path}.restartPolicy: Unsupported value: "{spec["restartPolicy"]}": supported values: "Always", "OnFailure", "Never"')
    return problems


def _fixed_part(kind: Kind, body: JsonObject) -> JsonObject:
    return {key: value for key, value in (body.get("spec") or {}).items() if key not in _MUTABLE.get(kind, ())}


def _fill_namespace(body: JsonObject) -> None:
    body.setdefault("spec", {}).setdefault("finalizers", ["kubernetes"])
    body["metadata"].setdefault("labels", {})["kubernetes.io/metadata.name"] = body["metadata"]["name"]
    body["status"] = {"phase": "Active"}


def _fill_pod(body: JsonObject) -> None:
    _fill_pod_spec(body["spec"], restart="Always")
    body["status"] = {"phase": "Pending", "qosClass": "BestEffort"}


def _fill_pod_spec(spec: JsonObject, *, restart: str) -> None:
    spec.setdefault("restartPolicy", restart)
    for name, value in {"terminationGracePeriodSeconds": 30, "dnsPolicy": "ClusterFirst", "schedulerName": "default-scheduler"}.items():
        spec.setdefault(name, value)
    spec.setdefault("securityContext", {})
    if spec.get("hostNetwork") is False:
        del spec["hostNetwork"]
    spec.setdefault("serviceAccountName", "default")
    for container in spec["containers"]:
        image = str(container["image"])
        latest = ":" not in image.rsplit("/", 1)[-1] or image.endswith(":latest")
        container.setdefault("imagePullPolicy", "Always" if latest and "@" not in image else "IfNotPresent")
        container.setdefault("resources", {})
        container.setdefault("terminationMessagePath", "/dev/termination-log")
        container.setdefault("terminationMessagePolicy", "File")


def _fill_job(body: JsonObject) -> None:
    spec, name = body["spec"], body["metadata"].get("name", "")
    for field, value in {"parallelism": 1, "completions": 1, "backoffLimit": 6, "completionMode": "NonIndexed"}.items():
        spec.setdefault(field, value)
    labels = spec["template"].setdefault("metadata", {}).setdefault("labels", {})
    labels |= {"batch.kubernetes.io/job-name": name, "job-name": name}
    spec["selector"] = {"matchLabels": {"batch.kubernetes.io/job-name": name}}
    _fill_pod_spec(spec["template"]["spec"], restart="Never")
    body["status"] = {}


_DEFAULTS: dict[Kind, Callable[[JsonObject], None]] = {NAMESPACE: _fill_namespace, POD: _fill_pod, JOB: _fill_job}
