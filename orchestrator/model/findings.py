"""What a check of a plan says."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """ERROR stops a deployment; WARNING is printed; UNKNOWN cannot be decided offline and is never read as fine."""

    ERROR = "error"
    WARNING = "warning"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `code` is Azure's where it is known; `target` the resource's id; `source` the document that the rule is from."""

    code: str
    severity: Severity
    message: str
    target: str
    remedy: str
    source: str
