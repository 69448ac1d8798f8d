"""What the API server says of itself: its version, its resources (aggregated and classic discovery) and OpenAPI v3 documents, as small as kubectl allows."""

from orchestrator.lab.kubernetes.kinds import KINDS, Kind, groups
from orchestrator.model.json_value import JsonObject

AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"


def read_version(version: str) -> JsonObject:
    """GET /version of a cluster of that Kubernetes version."""
    major, minor = version.split(".")[:2]
    return {"major": major, "minor": minor, "gitVersion": f"v{version}", "platform": "linux/amd64", "goVersion": "", "compiler": "", "gitTreeState": "lab"}


def find_document(path: str, *, aggregated: bool, prefix: str) -> JsonObject | None:
    """The document at a path of discovery; None where there is none. prefix: what stands before every path of this server."""
    if path in ("/api", "/apis"):
        return _aggregated(core=path == "/api") if aggregated else _classic_groups(core=path == "/api")
    if path == "/openapi/v3":
        return {"paths": {_where(*pair): {"serverRelativeURL": f"{prefix}/openapi/v3/{_where(*pair)}"} for pair in groups()}}
    for group, version in groups():
        if path == f"/{_where(group, version)}":
            return _classic_resources(group, version)
        if path == f"/openapi/v3/{_where(group, version)}":
            return _openapi(group, version)
        if group and path == f"/apis/{group}":
            return {"kind": "APIGroup", "apiVersion": "v1", **_classic_group(group, version)}
    return None


def _where(group: str, version: str) -> str:
    return f"apis/{group}/{version}" if group else f"api/{version}"


def _of(group: str, version: str) -> list[Kind]:
    return [kind for kind in KINDS if (kind.group, kind.version) == (group, version)]


def _aggregated(*, core: bool) -> JsonObject:
    items = []
    for group, version in groups():
        if (group == "") == core:
            resources = [_aggregated_resource(kind) for kind in _of(group, version)]
            items.append({"metadata": {"name": group}, "versions": [{"version": version, "resources": resources, "freshness": "Current"}]})
    return {"kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": {}, "items": items}


def _aggregated_resource(kind: Kind) -> JsonObject:
    response = {"group": kind.group, "version": kind.version, "kind": kind.name}
    return {
        "resource": kind.plural,
        "responseKind": response,
        "scope": "Namespaced" if kind.namespaced else "Cluster",
        "singularResource": kind.singular,
        "verbs": list(kind.verbs),
        "shortNames": list(kind.short_names),
        "categories": list(kind.categories),
        "subresources": [{"subresource": name, "responseKind": response, "verbs": ["get"]} for name in kind.subresources],
    }


def _classic_groups(*, core: bool) -> JsonObject:
    if core:
        return {"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []}
    return {"kind": "APIGroupList", "apiVersion": "v1", "groups": [_classic_group(group, version) for group, version in groups() if group]}


def _classic_group(group: str, version: str) -> JsonObject:
    entry = {"groupVersion": f"{group}/{version}", "version": version}
    return {"name": group, "versions": [entry], "preferredVersion": entry}


def _classic_resources(group: str, version: str) -> JsonObject:
    resources: list[JsonObject] = []
    for kind in _of(group, version):
        shared = {"singularName": kind.singular, "namespaced": kind.namespaced, "kind": kind.name}
        names = {"shortNames": list(kind.short_names), "categories": list(kind.categories)}
        resources.append({"name": kind.plural, **shared, "verbs": list(kind.verbs), **names})
        resources += [{"name": f"{kind.plural}/{name}", **shared, "singularName": "", "verbs": ["get"]} for name in kind.subresources]
    return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": f"{group}/{version}" if group else version, "resources": resources}


def _openapi(group: str, version: str) -> JsonObject:
    """Paths whose writes take `fieldValidation`: kubectl then leaves the validation to us."""
    paths = {}
    for kind in _of(group, version):
        collection = f"/{_where(group, version)}/{'namespaces/{namespace}/' if kind.namespaced else ''}{kind.plural}"
        mark = {"x-kubernetes-group-version-kind": {"group": group, "version": version, "kind": kind.name}}
        parameters = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in ("fieldValidation", "dryRun")]
        paths[collection] = {"post": {**mark, "parameters": parameters, "responses": {}}}
        paths[f"{collection}/{{name}}"] = {"patch": {**mark, "parameters": parameters, "responses": {}}}
    return {"openapi": "3.0.0", "info": {"title": "the lab", "version": version}, "paths": paths, "components": {"schemas": {}}}
