"""How a task calls its workflow, and the words that several tasks' --help share. Nothing heavy is imported before a task runs."""

import gc
import sys
from importlib import import_module
from typing import Any

from invoke.exceptions import Exit

ENV = "environment: the name of a parameters/<name>.yaml, such as udr"
ENVS = f"{ENV}; several as lb,udr; all where none is named"
TARGET = "azure, or local: the lab on this machine; on CI it must be named"
TIMEOUT = "seconds that each probe may take (10; 4 in the lab)"
YES = "do not ask before writing to Azure"
KNOWN = {"resolve": "addresses of names: name=address;name=address,address", "service_tags": "Microsoft's ServiceTags_Public_*.json (Azure only)"}
FILES = {
    "file": "look at anyone's file instead: .bicep, .bicepparam, ARM .json",
    "parameters": "the file's parameters: .bicepparam, ARM .json",
    "stack": "look at several files as one set: a stack.yaml, which docs/egress.md explains",
    "existing": "exported resources that are there already (JSON); for --file and --stack",
}
OUTPUTS = {"json": "write a machine-readable report here; - is stdout", "junit": "write a JUnit report here", "summary": "write a Markdown summary here"}


def run(workflow: str, *arguments: object, function: str = "run", **options: object) -> None:
    """Call a workflow; its status becomes the process's."""
    gc.set_threshold(100_000)  # imports make many objects that stay: looking through them again and again is a tenth of a command's time
    status = getattr(import_module(f"orchestrator.workflows.{workflow}"), function)(*arguments, **options)
    gc.freeze()  # and at the end nobody need look through them once more: 0.15 s
    if status:
        raise Exit(code=int(status))


def outputs(**destinations: str) -> Any:
    """Where reports go."""
    return import_module("orchestrator.reporting.outputs").Outputs(**destinations)


def behind_dashes() -> list[str]:
    """The words that stand behind `--`, as the shell gave them."""
    return sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
