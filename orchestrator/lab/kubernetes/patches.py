"""Patches: merge patch (RFC 7396), and Kubernetes' strategic merge as far as lists of objects with a merge key go."""

from orchestrator.lab.kubernetes.failures import KubernetesFailure, bad_request
from orchestrator.lab.state.world import copy_json
from orchestrator.model.json_value import Json, JsonObject

MERGE, STRATEGIC = "application/merge-patch+json", "application/strategic-merge-patch+json"
_MERGE_KEYS = {"containers": "name", "volumes": "name", "env": "name", "volumeMounts": "mountPath", "ports": "containerPort", "conditions": "type"}
"""The patchMergeKey of each list, from Kubernetes' API reference."""


def apply_patch(content_type: str, current: JsonObject, patch: Json) -> JsonObject:
    """The patched object; 415 for a patch of another type."""
    if not isinstance(patch, dict):
        raise bad_request("the patch is no object")
    if content_type not in (MERGE, STRATEGIC):
        raise KubernetesFailure(415, "UnsupportedMediaType", f"the lab takes patches of type {MERGE} and {STRATEGIC}, not {content_type}")
    merged: JsonObject = _merge(copy_json(current), patch, strategic=content_type == STRATEGIC)
    return merged


def _merge(value: Json, patch: Json, *, strategic: bool, key: str = "") -> Json:
    if strategic and isinstance(patch, list) and isinstance(value, list) and key in _MERGE_KEYS:
        return _merge_list(value, patch, _MERGE_KEYS[key])
    if not isinstance(patch, dict):
        return patch
    if strategic and patch.get("$patch") == "replace":
        return {name: item for name, item in patch.items() if name != "$patch"}
    merged = dict(value) if isinstance(value, dict) else {}
    for name, item in patch.items():
        if name.startswith(("$setElementOrder/", "$retainKeys")):
            continue
        if item is None:
            merged.pop(name, None)
        else:
            merged[name] = _merge(merged.get(name), item, strategic=strategic, key=name)
    return merged


def _merge_list(value: list[Json], patch: list[Json], merge_key: str) -> list[Json]:
    merged = list(value)
    for item in patch:
        if not isinstance(item, dict) or merge_key not in item:
            raise bad_request(f"an element of the patch has no {merge_key}, by which it would be merged")
        place = next((index for index, old in enumerate(merged) if old.get(merge_key) == item[merge_key]), None)
        if item.get("$patch") == "delete":
            merged = [old for old in merged if old.get(merge_key) != item[merge_key]]
        elif place is None:
            merged.append(item)
        else:
            merged[place] = _merge(merged[place], item, strategic=True)
    return merged
