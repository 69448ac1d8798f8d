"""An environment: `parameters/<name>.bicepparam` (what is deployed) and `parameters/<name>.yaml` (where, and the egress it must have)."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from orchestrator.environments.document_check import check_document, read_document
from orchestrator.environments.nearest_name import find_nearest_name
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.flows import Endpoint, Expectation, Outcome
from orchestrator.model.json_value import Json, JsonObject

FOLDER = "parameters"
SCHEMA_FILE = "environment.schema.json"

DENIED_AS: Mapping[str, Outcome] = {
    "http-470": Outcome.DENIED_HTTP_470,
    "tls-refused": Outcome.TLS_REFUSED,
    "silent-drop": Outcome.SILENT_DROP,
    "refused": Outcome.REFUSED,
}
"""How `as:` spells the ways of being blocked."""

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Environment:
    """Where an environment goes and the egress it must have.

    must_reach, must_be_blocked: as the yaml lists them. address_echo: hosts that answer with the caller's address; empty means the usual ones.
    images: what nodes must be able to pull. probe_image: what the probes run in; None means the usual one.
    connections_per_node: what `snat` states that a node holds at once to one destination; None where it states nothing.
    """

    name: str
    params_path: Path
    yaml_path: Path
    subscription: str | None
    resource_group: str
    location: str
    tags: Mapping[str, str]
    must_reach: tuple[Endpoint, ...]
    must_be_blocked: tuple[Expectation, ...]
    address_echo: tuple[Endpoint, ...]
    connections_per_node: int | None = None
    images: tuple[str, ...] = ()
    probe_image: str | None = None


def list_environments(project: Path) -> tuple[str, ...]:
    """The names of all environments of a project, sorted: every `parameters/<name>.yaml`."""
    return tuple(sorted(path.stem for path in (project / FOLDER).glob("*.yaml")))


def load_environment(project: Path, name: str) -> Environment:
    """Read an environment; UserError with every problem of its files at once."""
    known = list_environments(project)
    if name not in known:
        raise UserError([_unknown_environment(project, name, known)])
    yaml_path, params_path = (project / FOLDER / f"{name}{suffix}" for suffix in (".yaml", ".bicepparam"))
    problems = []
    if not params_path.is_file():
        problems.append(Problem("MissingFile", f"the environment '{name}' has no {params_path.name}", str(params_path), f"write it beside {yaml_path.name}"))
    schema = _read_schema(project)
    document = read_document(yaml_path)
    diagnostics = check_document(document, schema, yaml_path)
    if problems or diagnostics:
        raise UserError(problems, diagnostics)
    return _make_environment(name, params_path, yaml_path, document.value)


def parse_endpoint(value: Json) -> Endpoint:
    """An endpoint as the yaml has it, valid by the schema: `https://host[:port]`, {url: ...} or {host, protocol, port}."""
    if isinstance(value, dict) and "url" not in value:
        protocol = str(value["protocol"])
        return Endpoint(protocol, str(value["host"]).lower(), int(value.get("port", _DEFAULT_PORTS.get(protocol, 0))))
    parts = urlsplit(str(value["url"] if isinstance(value, dict) else value))
    return Endpoint(parts.scheme, parts.hostname or "", parts.port if parts.port is not None else _DEFAULT_PORTS[parts.scheme])


def _make_environment(name: str, params_path: Path, yaml_path: Path, value: JsonObject) -> Environment:
    egress = value["egress"]
    return Environment(
        name,
        params_path,
        yaml_path,
        value.get("subscription"),
        value["resourceGroup"],
        value["location"],
        dict(value.get("tags") or {}),
        tuple(parse_endpoint(entry) for entry in egress["mustReach"]),
        tuple(Expectation(parse_endpoint(entry), _denied_as(entry)) for entry in egress["mustBeBlocked"]),
        tuple(parse_endpoint(entry) for entry in egress.get("addressEcho") or ()),
        (value.get("snat") or {}).get("connectionsPerNode"),
        tuple(egress.get("images") or ()),
        egress.get("probeImage"),
    )


def _denied_as(entry: Json) -> Outcome | None:
    return DENIED_AS[entry["as"]] if isinstance(entry, dict) and "as" in entry else None


def _unknown_environment(project: Path, name: str, known: Iterable[str]) -> Problem:
    names = list(known)
    folder = project / FOLDER
    if not names:
        return Problem("UnknownEnvironment", f"there is no environment '{name}', and none at all", str(folder), f"an environment is {FOLDER}/<name>.yaml")
    if re.fullmatch(r"[\w.-]+", name) and (folder / f"{name}.bicepparam").is_file():
        message, remedy = f"'{name}' is no environment: {name}.bicepparam has no {name}.yaml beside it", "write one; "
    else:
        nearest = find_nearest_name(name, names)
        message, remedy = f"there is no environment '{name}'", f"did you mean '{nearest}'? " if nearest else ""
    return Problem("UnknownEnvironment", message, str(folder), f"{remedy}environments: {', '.join(names)}")


def _read_schema(project: Path) -> JsonObject:
    path = project / FOLDER / SCHEMA_FILE
    try:
        schema: JsonObject = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError([Problem("MissingFile", f"the schema of environments is missing: {path.name}", str(path), "restore it from the repository")]) from None
    except ValueError as error:
        raise UserError([Problem("InvalidSchema", f"the schema of environments is no JSON: {error}", str(path), "restore it from the repository")]) from None
    return schema
