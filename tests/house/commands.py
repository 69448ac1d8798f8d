"""The commands of ./inv and the options that each takes, from the tasks themselves."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def known_options() -> dict[str, set[str]]:
    """Task -> the options that it takes."""
    specification = spec_from_file_location("tasks_of_the_project", ROOT / "tasks.py")
    assert specification is not None
    assert specification.loader is not None
    tasks: Any = module_from_spec(specification)
    specification.loader.exec_module(tasks)
    named = {name: tasks.namespace[name] for name in tasks.namespace.task_names}
    options = {name: {f"--{argument.name.strip('_').replace('_', '-')}" for argument in task.get_arguments()} for name, task in named.items()}
    return options | {alias: options[name] for name, task in named.items() for alias in tasks.namespace.task_names[name]}
