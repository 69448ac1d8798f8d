"""The kinds that the API server has: one row each, from which routes, discovery and OpenAPI documents follow."""

from dataclasses import dataclass

ALL_VERBS = ("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch")
READ_VERBS = ("get", "list", "watch")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `group` is empty for the core API; `subresources`: those that the lab serves."""

    name: str
    plural: str
    group: str = ""
    version: str = "v1"
    namespaced: bool = True
    short_names: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ALL_VERBS
    subresources: tuple[str, ...] = ()

    @property
    def singular(self) -> str:
        """The name in the singular."""
        return self.name.lower()

    @property
    def api_version(self) -> str:
        """`v1`, `batch/v1`."""
        return f"{self.group}/{self.version}" if self.group else self.version


NAMESPACE = Kind("Namespace", "namespaces", namespaced=False, short_names=("ns",))
NODE = Kind("Node", "nodes", namespaced=False, short_names=("no",), verbs=READ_VERBS)
POD = Kind("Pod", "pods", short_names=("po",), categories=("all",), subresources=("log", "exec", "status"))
EVENT = Kind("Event", "events", short_names=("ev",), verbs=("delete", "get", "list", "watch"))
JOB = Kind("Job", "jobs", group="batch", categories=("all",), subresources=("status",))

KINDS = (NAMESPACE, NODE, POD, EVENT, JOB)


def find_kind(group: str, version: str, plural: str) -> Kind | None:
    """The kind of a path."""
    return next((kind for kind in KINDS if (kind.group, kind.version, kind.plural) == (group, version, plural)), None)


def groups() -> tuple[tuple[str, str], ...]:
    """All (group, version) pairs, the core first."""
    return tuple(dict.fromkeys((kind.group, kind.version) for kind in KINDS))
