"""Which fields objects may have: kubectl leaves unknown ones to the server (fieldValidation=Strict), so a misspelt field is ours to find.

`ANY` is a value that is not looked into. What Kubernetes knows and the lab cannot do is in REFUSED, with the reason: it never passes in silence.
"""

from orchestrator.lab.kubernetes.kinds import JOB, NAMESPACE, POD, Kind
from orchestrator.model.json_value import Json, JsonObject

ANY: Json = object()


def _anything(names: str) -> JsonObject:
    return dict.fromkeys(names.split(), ANY)


_METADATA = _anything(
    "name generateName namespace labels annotations uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds "
    "ownerReferences finalizers managedFields selfLink"
)
_CONTAINER: JsonObject = {
    **_anything(
        "name image command args workingDir resources resizePolicy restartPolicy volumeDevices livenessProbe readinessProbe startupProbe lifecycle "
        "terminationMessagePath terminationMessagePolicy imagePullPolicy stdin stdinOnce tty envFrom"
    ),
    "ports": [_anything("name containerPort hostPort hostIP protocol")],
    "env": [_anything("name value valueFrom")],
    "volumeMounts": [_anything("name mountPath subPath subPathExpr readOnly recursiveReadOnly mountPropagation")],
    "securityContext": _anything(
        "allowPrivilegeEscalation appArmorProfile capabilities privileged procMount readOnlyRootFilesystem runAsGroup runAsNonRoot runAsUser seLinuxOptions "
        "seccompProfile windowsOptions"
    ),
}
_POD_SPEC: JsonObject = {
    **_anything(
        "ephemeralContainers initContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName "
        "serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC shareProcessNamespace imagePullSecrets hostname subdomain affinity "
        "schedulerName tolerations hostAliases priorityClassName priority dnsConfig readinessGates runtimeClassName enableServiceLinks preemptionPolicy "
        "overhead topologySpreadConstraints setHostnameAsFQDN os hostUsers schedulingGates resourceClaims resources"
    ),
    "containers": [_CONTAINER],
    "volumes": [_anything("name emptyDir configMap secret hostPath persistentVolumeClaim projected downwardAPI csi nfs azureFile azureDisk")],
    "securityContext": _anything(
        "appArmorProfile fsGroup fsGroupChangePolicy runAsGroup runAsNonRoot runAsUser seLinuxOptions seLinuxChangePolicy seccompProfile supplementalGroups "
        "supplementalGroupsPolicy sysctls windowsOptions"
    ),
}
_JOB_SPEC: JsonObject = {
    **_anything(
        "parallelism completions activeDeadlineSeconds podFailurePolicy successPolicy backoffLimit backoffLimitPerIndex maxFailedIndexes selector "
        "manualSelector ttlSecondsAfterFinished completionMode suspend podReplacementPolicy managedBy"
    ),
    "template": {"metadata": _METADATA, "spec": _POD_SPEC},
}
_TOP: JsonObject = {"apiVersion": ANY, "kind": ANY, "metadata": _METADATA, "status": ANY}
_SHAPES: dict[Kind, JsonObject] = {
    NAMESPACE: {**_TOP, "spec": _anything("finalizers")},
    POD: {**_TOP, "spec": _POD_SPEC},
    JOB: {**_TOP, "spec": _JOB_SPEC},
}

_NO_PROBES = "the lab runs no probes of containers"
_REFUSED_CONTAINER = {
    "workingDir": "the lab's containers start in /tmp",
    "volumeDevices": "the lab has no volumes but emptyDir at /tmp",
    "envFrom": "the lab has no ConfigMaps and Secrets",
    "livenessProbe": _NO_PROBES,
    "readinessProbe": _NO_PROBES,
    "startupProbe": _NO_PROBES,
    "lifecycle": "the lab runs no hooks",
}
_REFUSED_POD = {
    "initContainers": "the lab runs no init containers",
    "ephemeralContainers": "the lab runs no ephemeral containers",
    "hostPID": "the lab's nodes share no processes",
    "hostAliases": "the lab's pods have one /etc/hosts",
    "dnsConfig": "the lab's pods resolve as their virtual network does",
    "runtimeClassName": "the lab has one runtime",
    "schedulingGates": "the lab's scheduler has no gates",
}
_REFUSED_JOB = {
    "podFailurePolicy": "the lab's jobs have backoffLimit only",
    "successPolicy": "the lab's jobs have completions only",
    "backoffLimitPerIndex": "the lab's jobs are not indexed",
    "suspend": "the lab's jobs are not suspended",
    "manualSelector": "the lab chooses the selector of a job",
}
_FIELD_REFERENCES = ("metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.podIP", "status.hostIP")


def find_unknown(kind: Kind, body: JsonObject) -> list[str]:
    """Paths of fields that Kubernetes does not have."""
    return list(_unknown(body, _SHAPES.get(kind, ANY), ""))


def _unknown(value: Json, shape: Json, path: str) -> list[str]:
    if isinstance(shape, list) and isinstance(value, list):
        return [found for index, item in enumerate(value) for found in _unknown(item, shape[0], f"{path}[{index}]")]
    if not isinstance(shape, dict) or not isinstance(value, dict):
        return []
    found = []
    for key, item in value.items():
        where = f"{path}.{key}".lstrip(".")
        found += [where] if key not in shape else _unknown(item, shape[key], where)
    return found


def find_refused(kind: Kind, body: JsonObject) -> list[str]:
    """`path: why` of what the lab cannot do."""
    if kind is POD:
        return _refused_pod(body.get("spec") or {}, "spec")
    if kind is JOB:
        spec = body.get("spec") or {}
        refused = [f"spec.{name}: Forbidden: {why}" for name, why in _REFUSED_JOB.items() if spec.get(name)]
        refused += ["spec.completionMode: Forbidden: the lab's jobs are not indexed"] if spec.get("completionMode") == "Indexed" else []
        return refused + _refused_pod((spec.get("template") or {}).get("spec") or {}, "spec.template.spec")
    return []


def _refused_pod(spec: JsonObject, path: str) -> list[str]:
    refused = [f"{path}.{name}: Forbidden: {why}" for name, why in _REFUSED_POD.items() if spec.get(name)]
    for index, volume in enumerate(spec.get("volumes") or ()):
        if "emptyDir" not in volume:
            refused.append(f"{path}.volumes[{index}]: Forbidden: the lab has no volumes but emptyDir")
    for index, container in enumerate(spec.get("containers") or ()):
        refused += _refused_container(container, f"{path}.containers[{index}]")
    return refused


def _refused_container(container: JsonObject, path: str) -> list[str]:
    refused = [f"{path}.{name}: Forbidden: {why}" for name, why in _REFUSED_CONTAINER.items() if container.get(name)]
    for index, mount in enumerate(container.get("volumeMounts") or ()):
        if mount.get("mountPath") != "/tmp":  # noqa: S108 - of the pod
            refused.append(f"{path}.volumeMounts[{index}].mountPath: Forbidden: the lab mounts at /tmp only")
    for index, variable in enumerate(container.get("env") or ()):
        source = variable.get("valueFrom")
        if source is not None and (source.get("fieldRef") or {}).get("fieldPath") not in _FIELD_REFERENCES:
            refused.append(f"{path}.env[{index}].valueFrom: Forbidden: the lab knows fieldRef to {', '.join(_FIELD_REFERENCES)}")
    return refused
