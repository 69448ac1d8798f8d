"""What lowering needs to know about the place where an expression stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from orchestrator.arm.expressions import Access, Call, Expression, Integer, String
from orchestrator.compiler.lowering.imports import ImportNames
from orchestrator.compiler.semantics.deploy_time import Inlining
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.syntax.expressions import For

DEPLOYMENTS = "Microsoft.Resources/deployments"
DEPLOYMENTS_VERSION = "2025-04-01"
INT32_MAX = 2**31 - 1
MOST_INLINED = 50_000


class UnsupportedError(Exception):
    """What this compiler does not translate yet; becomes a diagnostic at `node`."""

    def __init__(self, node: Any, message: str, code: str = "AEO001") -> None:
        super().__init__(message)
        self.node = node
        self.message = message
        self.code = code


@dataclass(slots=True, eq=False)
class TemplateContext:
    """What is the same in a whole template. `environ`: what readEnvironmentVariable reads, in a parameters file. `file_values`: variables of load calls."""

    model: SemanticModel
    symbolic: bool
    names: ImportNames
    inlining: Inlining
    lower_node: "Callable[[Any, Context], Expression]"
    environ: Mapping[str, str] = field(default_factory=dict)
    file_values: Mapping[Any, str] = field(default_factory=dict)
    inlined: int = 0

    def count_inlined(self, node: Any) -> None:
        """UnsupportedError where variables that are put in at each use make a template that nobody could deploy."""
        self.inlined += 1
        if self.inlined > MOST_INLINED:
            message = f"Variables that stand on runtime values are put in at each use: more than {MOST_INLINED} times in this template."
            raise UnsupportedError(node, message, "AEO005")


@dataclass(frozen=True, slots=True)
class Context:
    """A place: the file whose names count, and what the index of each loop around is."""

    template: TemplateContext
    model: SemanticModel
    indices: Mapping[For, Expression] = field(default_factory=dict)

    def with_index(self, loop: For, index: Expression) -> "Context":
        """The same place, with the index of a loop known."""
        return replace(self, indices={**self.indices, loop: index})

    def without_indices(self) -> "Context":
        """The same template, with every loop at its own copyIndex()."""
        return replace(self, indices={})

    def in_model(self, model: SemanticModel) -> "Context":
        """The same template, with the names of another file."""
        return self if model is self.model else replace(self, model=model)

    def lower(self, node: Any) -> Expression:
        """The template expression for a Bicep expression at this place."""
        return self.template.lower_node(node, self)

    def index_of(self, loop: For) -> Expression:
        """The index of a loop."""
        return self.indices.get(loop) or Call("copyIndex")


def integer(value: int) -> Expression:
    """A number; beyond 32 bits it stands in json('...'), since the engine reads no longer one in an expression."""
    return Integer(value) if -INT32_MAX - 1 <= value <= INT32_MAX else Call("json", (String(str(value)),))


def access(base: Expression, key: Expression) -> Expression:
    """`base.key`; a literal has no members, so it is wrapped in a call."""
    if isinstance(base, String):
        base = Call("string", (base,))
    elif isinstance(base, Integer):
        base = Call("int", (base,))
    return Access(base, key)


def format_call(template: str, *arguments: Expression) -> Expression:
    """`format('...', ...)`."""
    return Call("format", (String(template), *arguments))
