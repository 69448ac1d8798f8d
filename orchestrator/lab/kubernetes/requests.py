"""What a request asks of the API server: which kind, where, which object, in which form. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.lab.kubernetes.failures import no_such_path
from orchestrator.lab.kubernetes.kinds import NAMESPACE, Kind, find_kind


@dataclass(frozen=True, slots=True)
class Question:
    """A request for objects. `name` is empty for a whole collection."""

    kind: Kind
    namespace: str
    name: str
    subresource: str
    query: Mapping[str, str]
    table: bool

    @property
    def dry_run(self) -> bool:
        """Whether nothing may be stored."""
        return self.query.get("dryRun") == "All"

    def is_set(self, name: str) -> bool:
        """A boolean of the query."""
        return self.query.get(name) in ("true", "1")


def parse_question(path: str, query: Mapping[str, str], accept: str) -> Question:
    """Read `/api/v1/namespaces/default/pods/nginx/log` and its kin; a 404 for any other path."""
    segments = path.strip("/").split("/")
    if segments[0] == "api" and len(segments) > 2:
        group, version, rest = "", segments[1], segments[2:]
    elif segments[0] == "apis" and len(segments) > 3:
        group, version, rest = segments[1], segments[2], segments[3:]
    else:
        raise no_such_path()
    namespace = ""
    if rest[0] == NAMESPACE.plural and len(rest) > 2:
        namespace, rest = rest[1], rest[2:]
    kind = find_kind(group, version, rest[0])
    name, subresource = [*rest[1:3], "", ""][:2]
    known = kind is not None and len(rest) <= 3 and (not subresource or subresource in kind.subresources)
    if kind is None or not known or (kind.namespaced and name and not namespace) or (namespace and not kind.namespaced):
        raise no_such_path()
    return Question(kind, namespace, name, subresource, query, "as=Table" in accept)
