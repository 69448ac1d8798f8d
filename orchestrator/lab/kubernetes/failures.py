"""What the API server refuses, as Kubernetes words it: a Status object with a reason and an HTTP status (API conventions, "Response Status Kind")."""

from orchestrator.model.json_value import JsonObject


class KubernetesFailure(Exception):
    """A refusal. `reason`: Kubernetes' machine-readable word."""

    def __init__(self, status: int, reason: str, message: str, details: JsonObject | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.message = message
        self.details = details or {}

    def to_json(self) -> JsonObject:
        """The Status object."""
        return make_status("Failure", self.message, reason=self.reason, code=self.status, details=self.details)


def make_status(status: str, message: str = "", **more: object) -> JsonObject:
    """A Status object; what is empty is left out."""
    body: JsonObject = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": status, "message": message, **more}
    return {key: value for key, value in body.items() if value or key == "metadata"}


def not_found(plural: str, name: str, group: str = "") -> KubernetesFailure:
    """404: no such object."""
    shown = f"{plural}.{group}" if group else plural
    return KubernetesFailure(404, "NotFound", f'{shown} "{name}" not found', {"name": name, "group": group, "kind": plural})


def no_such_path() -> KubernetesFailure:
    """404: no such resource."""
    return KubernetesFailure(404, "NotFound", "the server could not find the requested resource")


def already_exists(plural: str, name: str, group: str = "") -> KubernetesFailure:
    """409: the name is taken."""
    shown = f"{plural}.{group}" if group else plural
    return KubernetesFailure(409, "AlreadyExists", f'{shown} "{name}" already exists', {"name": name, "group": group, "kind": plural})


def conflict(plural: str, name: str) -> KubernetesFailure:
    """409: somebody else changed it."""
    message = f'Operation cannot be fulfilled on {plural} "{name}": the object has been modified; please apply your changes to the latest version and try again'
    return KubernetesFailure(409, "Conflict", message, {"name": name, "kind": plural})


def bad_request(message: str) -> KubernetesFailure:
    """400: it cannot be understood."""
    return KubernetesFailure(400, "BadRequest", message)


def invalid(kind: str, name: str, problems: list[str]) -> KubernetesFailure:
    """422: understood, and refused; problems as `path: text`."""
    causes = [{"reason": "FieldValueInvalid", "message": problem.partition(": ")[2], "field": problem.partition(": ")[0]} for problem in problems]
    said = problems[0] if len(problems) == 1 else f"[{', '.join(problems)}]"
    return KubernetesFailure(422, "Invalid", f'{kind} "{name}" is invalid: {said}', {"name": name, "kind": kind, "causes": causes})


def not_allowed(method: str) -> KubernetesFailure:
    """405: not in the lab."""
    return KubernetesFailure(405, "MethodNotAllowed", f"the lab's API server does not support {method} here")


def unauthorized() -> KubernetesFailure:
    """401: no token, or another cluster's."""
    return KubernetesFailure(401, "Unauthorized", "Unauthorized")


def gone(version: str) -> KubernetesFailure:
    """410: a watch from too long ago."""
    return KubernetesFailure(410, "Expired", f"too old resource version: {version}")
