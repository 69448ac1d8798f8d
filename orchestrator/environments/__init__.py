"""parameters/<env>: where an environment goes and what its egress must be.

load_environment(project: Path, name: str) -> Environment                     every problem of its files in one UserError
list_environments(project: Path) -> tuple[str, ...]
parameter_schema(template: JsonObject) -> JsonObject                          JSON Schema of a template's parameters document
check_parameters(template: JsonObject, parameters: JsonObject, path: Path) -> tuple[Problem, ...]
"""

from orchestrator.environments.environment import Environment, list_environments, load_environment
from orchestrator.environments.parameter_check import check_parameters
from orchestrator.environments.parameter_schema import parameter_schema

__all__ = ["Environment", "check_parameters", "list_environments", "load_environment", "parameter_schema"]
