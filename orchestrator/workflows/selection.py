"""Which environments a command is about."""

from pathlib import Path

from orchestrator.environments.environment import list_environments
from orchestrator.model.errors import Problem, UserError


def select_environments(project: Path, named: str) -> tuple[str, ...]:
    """The named ones (`udr`, or `lb,udr`), each once, else all of the project."""
    known = list_environments(project)
    if named:
        names = dict.fromkeys(name.strip() for name in named.split(",") if name.strip())
        if not names:
            raise UserError([Problem("NoEnvironment", f"--env {named} names no environment", remedy=f"Environments: {', '.join(known) or 'none'}.")])
        return tuple(names)
    if not known:
        raise UserError([Problem("NoEnvironments", "there are no environments", str(project / "parameters"), "an environment is parameters/<name>.yaml")])
    return known


def select_one(project: Path, named: str, command: str) -> str:
    """The one environment of a command that writes; it must be named."""
    if not named or "," in named:
        message = f"`{command}` needs one environment" + (" at a time" if named else "")
        raise UserError([Problem("NoEnvironment", message, remedy=f"Say --env NAME; environments: {', '.join(list_environments(project)) or 'none'}")])
    return named.strip()
