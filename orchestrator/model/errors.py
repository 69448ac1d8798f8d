"""Exceptions for the caller, in one tree.

OrchestratorError
+- UserError            bad input: one clear message each, nothing was changed
+- ArmError             what Azure Resource Manager (or our engine, or the lab) refuses
+- CouldNotRun          a check was not possible here; neither passed nor failed
+- OperationFailed      something outside failed that is neither input nor ARM's word: a login, a daemon, a network
"""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.model.diagnostics import Diagnostic
from orchestrator.model.json_value import Json, JsonObject


class OrchestratorError(Exception):
    """The root: what the command line turns into a message and an exit status."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input: what, where (`file:line:column` or a path of keys), and what to do."""

    code: str
    message: str
    where: str | None = None
    remedy: str | None = None


class UserError(OrchestratorError):
    """Bad input. Carries every problem found, as diagnostics (with positions in a file) or plain problems."""

    def __init__(self, problems: Sequence[Problem] = (), diagnostics: Sequence[Diagnostic] = ()) -> None:
        self.problems = tuple(problems)
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join([p.message for p in self.problems] + [d.message for d in self.diagnostics]))


class ArmError(OrchestratorError):
    """An error in ARM's envelope: the same class when the lab serialises it and when a client reads it.

    status: the HTTP status that it travels with. details: the inner errors. additional_info: ARM's `additionalInfo` entries.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        target: str | None = None,
        details: Sequence["ArmError"] = (),
        status: int = 400,
        additional_info: Sequence[JsonObject] = (),
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.target = target
        self.details = tuple(details)
        self.status = status
        self.additional_info = tuple(additional_info)

    def to_json(self) -> JsonObject:
        """The value of `error` in ARM's envelope (RPC-V1, error response)."""
        body: dict[str, Json] = {"code": self.code, "message": self.message}
        if self.target is not None:
            body["target"] = self.target
        if self.details:
            body["details"] = [detail.to_json() for detail in self.details]
        if self.additional_info:
            body["additionalInfo"] = list(self.additional_info)
        return body

    @classmethod
    def from_json(cls, body: JsonObject, status: int = 400) -> "ArmError":
        """Read the value of `error` in ARM's envelope; missing members become empty texts."""
        return cls(
            str(body.get("code") or "Unknown"),
            str(body.get("message") or ""),
            target=body.get("target"),
            details=[cls.from_json(detail, status) for detail in body.get("details") or ()],
            status=status,
            additional_info=list(body.get("additionalInfo") or ()),
        )

    def leaves(self) -> list["ArmError"]:
        """The innermost errors: what really went wrong below DeploymentFailed and its kin."""
        return [leaf for detail in self.details for leaf in detail.leaves()] or [self]


class CouldNotRun(OrchestratorError):
    """A check could not run here. `reason`: why; `remedy`: the switch, package or machine that would help."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy


class OperationFailed(OrchestratorError):
    """Something outside failed. `remedy`: what the reader can do about it."""

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
