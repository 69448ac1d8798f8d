"""A request and an answer, as the handlers of the control plane see them."""

from dataclasses import dataclass, field

from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject

POLL_MILLISECONDS = "50"
"""`retry-after-ms`: an SDK that gets no Retry-After waits 30 s, and the integer one counts whole seconds."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request. `base`: scheme and host as the client spelled them, so that links lead back the same way."""

    method: str
    path: str
    parts: dict[str, str]
    query: dict[str, str]
    body: Json
    base: str
    correlation_id: str
    if_match: str | None = None
    if_none_match: str | None = None

    @property
    def api_version(self) -> str:
        """The api-version that was asked with."""
        return self.query.get("api-version", "")

    def object_body(self) -> JsonObject:
        """The body, which must be an object."""
        if not isinstance(self.body, dict):
            raise ArmError("InvalidRequestContent", "The request content was invalid: a JSON object is required.")
        return self.body

    def link(self, path: str) -> str:
        """An absolute address that asks with the same api-version."""
        return f"{self.base}{path}?api-version={self.api_version}"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; no body where `body` is None."""

    status: int = 200
    body: Json = None
    headers: dict[str, str] = field(default_factory=dict)


def accepted(location: str, *, status: int = 202, asynchronous: str | None = None, body: Json = None) -> Answer:
    """The beginning of a long-running operation: where to ask, and how soon."""
    headers = {"Location": location, "retry-after-ms": POLL_MILLISECONDS}
    if asynchronous is not None:
        headers["Azure-AsyncOperation"] = asynchronous
    return Answer(status, body, headers)
