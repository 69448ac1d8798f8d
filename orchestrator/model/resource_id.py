"""ARM resource ids: parsing, parts, and comparison without regard to case.

    /subscriptions/{s}/resourceGroups/{g}/providers/{namespace}/{type}/{name}[/{type}/{name}...][/providers/...]

An extension resource's id is its target's id followed by another `/providers/...`; its own type and names are the last such part.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResourceId:
    """An id taken apart. `types` holds the namespace's type segments, `names` as many names; both empty for a scope id."""

    scope: str
    namespace: str
    types: tuple[str, ...]
    names: tuple[str, ...]

    def __str__(self) -> str:
        if not self.types:
            return self.scope or "/"
        pairs = "/".join(f"{kind}/{name}" for kind, name in zip(self.types, self.names, strict=True))
        return f"{self.scope.rstrip('/')}/providers/{self.namespace}/{pairs}"

    @property
    def type(self) -> str:
        """`Namespace/type/childType`; for a scope id `Microsoft.Resources/...`, `` for the tenant."""
        if self.types:
            return "/".join((self.namespace, *self.types))
        if self.resource_group is not None:
            return "Microsoft.Resources/resourceGroups"
        return "Microsoft.Resources/subscriptions" if self.subscription is not None else ""

    @property
    def name(self) -> str:
        """The last name; the group's or subscription's for a scope id."""
        return self.names[-1] if self.names else self.scope.rsplit("/", 1)[-1]

    @property
    def full_name(self) -> str:
        """All names joined by `/`, as a template's `name` has them."""
        return "/".join(self.names)

    @property
    def subscription(self) -> str | None:
        """The subscription's id, where the scope has one."""
        return _after(self.scope, "subscriptions")

    @property
    def resource_group(self) -> str | None:
        """The resource group's name, where the scope has one."""
        return _after(self.scope, "resourcegroups")

    @property
    def parent(self) -> "ResourceId | None":
        """The parent resource of a child; None for a top-level resource."""
        if len(self.types) < 2:
            return None
        return ResourceId(self.scope, self.namespace, self.types[:-1], self.names[:-1])

    @property
    def key(self) -> str:
        """What two spellings of one id have in common."""
        return str(self).lower()

    def child(self, kind: str, name: str) -> "ResourceId":
        """The id of a child resource."""
        return ResourceId(self.scope, self.namespace, (*self.types, kind), (*self.names, name))


def parse_resource_id(text: str) -> ResourceId:
    """Take an id apart; ValueError where it is none."""
    if not text.startswith("/"):
        raise ValueError(f"not a resource id: {text!r}")
    head, separator, tail = _rpartition_providers(text.rstrip("/"))
    if not separator:
        return ResourceId(head, "", (), ())
    namespace, *segments = tail.split("/")
    if not namespace or not segments or len(segments) % 2 or not all(segments):
        raise ValueError(f"not a resource id: {text!r}")
    return ResourceId(head, namespace, tuple(segments[::2]), tuple(segments[1::2]))


def same_id(left: str | None, right: str | None) -> bool:
    """True where both name one resource; ids compare without regard to case."""
    return left is not None and right is not None and left.rstrip("/").lower() == right.rstrip("/").lower()


def _after(scope: str, word: str) -> str | None:
    segments = scope.split("/")
    for index, segment in enumerate(segments[:-1]):
        if segment.lower() == word:
            return segments[index + 1]
    return None


def _rpartition_providers(text: str) -> tuple[str, str, str]:
    index = text.lower().rfind("/providers/")
    if index < 0:
        return text, "", ""
    return text[:index], text[index : index + 11], text[index + 11 :]
