"""The commands and options, as the official CLI has them (`bicep COMMAND --help`, release 0.49.2), and `--generator`, which is ours."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What stands behind an option's name."""

    FLAG = "flag"
    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Option:
    """An option. choices: the words it takes, in any case; none for any text."""

    name: str
    help: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A command. argument: its file's name in the help; required: the file, or --pattern, is checked by the command itself."""

    name: str
    help: str
    argument: str
    options: tuple[Option, ...]
    required: bool = False


STDOUT = Option("--stdout", "Write the result to stdout.", Kind.FLAG)
NO_RESTORE = Option("--no-restore", "Accepted; nothing is ever fetched.", Kind.FLAG)
OUTDIR = Option("--outdir", "Write the result into this folder.")
OUTFILE = Option("--outfile", "Write the result to this file.")
PATTERN = Option("--pattern", "Take all files that match this glob pattern.")
DIAGNOSTICS = Option("--diagnostics-format", "How diagnostics are written.", choices=("Default", "Sarif"))
CONFIG = Option("--config", "Read this configuration, and no bicepconfig.json.")
GENERATOR = Option("--generator", "Ours: stamp _generator as NAME/VERSION, such as bicep/0.49.2.45890.")

COMMANDS = (
    Command("build", "Compile a .bicep file.", "Input file", (STDOUT, NO_RESTORE, OUTDIR, OUTFILE, PATTERN, DIAGNOSTICS, CONFIG, GENERATOR)),
    Command(
        "build-params", "Compile a .bicepparam file.", "Input file",
        (
            STDOUT, NO_RESTORE, OUTDIR, OUTFILE, PATTERN, Option("--bicep-file", "Refuse where `using` names another file than this."),
            DIAGNOSTICS, CONFIG, GENERATOR,
        ),
    ),
    Command("lint", "Tell what the compiler and the linter find in a file.", "Input file", (PATTERN, NO_RESTORE, DIAGNOSTICS, CONFIG)),
    Command(
        "format", "Format a .bicep or .bicepparam file.", "Input file",
        (
            STDOUT, OUTDIR, OUTFILE, PATTERN, Option("--newline-kind", "How lines end.", choices=("CR", "CRLF", "LF")),
            Option("--indent-kind", "What indents.", choices=("Space", "Tab")), Option("--indent-size", "How many spaces indent.", Kind.NUMBER),
            Option("--insert-final-newline", "Whether the last line ends.", Kind.FLAG), CONFIG,
        ),
    ),
    Command(
        "snapshot", "Write what a deployment of a .bicepparam file would create, or compare with what was written.", "Parameters file",
        (
            Option("--mode", "Write the snapshot, or compare with it.", choices=("Overwrite", "Validate")),
            Option("--tenant-id", "The tenant."), Option("--subscription-id", "The subscription."),
            Option("--management-group-id", "The management group."), Option("--location", "The location of the deployment or its group."),
            Option("--resource-group", "The resource group."), Option("--deployment-name", "The deployment's name."), CONFIG,
        ),
        required=True,
    ),
)  # fmt: skip

OFFICIAL_ONLY = (
    "test", "generate-params", "decompile", "decompile-params", "publish", "publish-extension", "restore", "jsonrpc", "local-deploy", "deploy", "what-if",
    "teardown", "console", "docs",
)  # fmt: skip
"""Commands of the official CLI that are not in this one."""
