"""How a task calls its workflow, and the words that several tasks' --help share. Nothing heavy is imported before a task runs."""

import gc
import signal
import sys
from importlib import import_module
from itertools import pairwise
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
    _refuse_empty_values(sys.argv)
    try:
        called = getattr(import_module(f"orchestrator.workflows.{workflow}"), function)
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:  # so ./inv sets it while modules are loaded: the end is at once, without a traceback
            signal.signal(signal.SIGINT, signal.default_int_handler)
        status = called(*arguments, **options)
    except KeyboardInterrupt:
        raise Exit("error: interrupted\n    fix: Run the command again.", code=130) from None
    gc.freeze()  # and at the end nobody need look through them once more: 0.15 s
    if status:
        raise Exit(code=int(status))


def _refuse_empty_values(words: list[str]) -> None:
    """`--env "$UNSET"` would be all environments, and `--file=` not the file: a check that passes must have looked at what was meant."""
    words = words[: words.index("--")] if "--" in words else words
    separate = [before for before, word in pairwise(words) if not word and before.startswith("-")]
    joined = [word.removesuffix("=") for word in words if word.startswith("--") and word.endswith("=") and word.count("=") == 1]
    for option in (*separate, *joined):
        raise Exit(f"error EmptyValue: {option} has an empty value\n    fix: Name a value, or leave {option} out.", code=1)


def outputs(**destinations: str) -> Any:
    """Where reports go."""
    return import_module("orchestrator.reporting.outputs").Outputs(**destinations)


def behind_dashes() -> list[str]:
    """The words that stand behind `--`, as the shell gave them."""
    return sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
