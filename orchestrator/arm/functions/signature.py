"""What the registries of functions hold, and what a function may ask its surroundings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol

from orchestrator.arm.expressions import Call, Expression
from orchestrator.arm.functions.values import Value
from orchestrator.arm.runtime import DeploymentScope, Runtime


class Style(Enum):
    """How a function takes its arguments."""

    WHOLE = auto()  # values that are known through and through
    PARTIAL = auto()  # values known at their surface: an array may hold what is unknown
    LOOSE = auto()  # values as they are, unknown ones too
    CONTEXT = auto()  # the context, then values known through and through
    OPEN = auto()  # the context, then values as they are, unknown ones too
    SYNTAX = auto()  # the context and the call itself, unevaluated


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language: what it does, and how many arguments it takes (`maximum` None: any number)."""

    implementation: Callable[..., Value]
    minimum: int
    maximum: int | None
    style: Style = Style.WHOLE


class Context(Protocol):
    """What functions know of the template around them."""

    @property
    def scope(self) -> DeploymentScope:
        """Where the deployment stands."""
        ...

    @property
    def runtime(self) -> Runtime:
        """What only the outside knows."""
        ...

    @property
    def place(self) -> str:
        """What may be called here: `default` (of a parameter), `function`, `variable`, `name` (must be known before a deployment), `body` or `output`."""
        ...

    @property
    def strict(self) -> bool:
        """True in a deployment: everything must resolve."""
        ...

    def evaluate(self, expression: Expression) -> Value:
        """The value of an expression here."""
        ...

    def evaluate_branch(self, expression: Expression) -> Value:
        """The value of an expression that is this call's own value: what is read of a planned resource stays readable."""
        ...

    def unevaluated(self, expression: Expression) -> Expression:
        """An expression that is left as it is written; the indices of loops are put in."""
        ...

    def with_lambda(self, variables: Mapping[str, Value]) -> "Context":
        """The same surroundings inside a lambda."""
        ...

    def lambda_variable(self, name: str) -> Value:
        """A lambda's variable."""
        ...

    def parameter(self, name: str) -> Value:
        """A parameter's value."""
        ...

    def variable(self, name: str) -> Value:
        """A variable's value."""
        ...

    def copy_index(self, name: str | None) -> int:
        """The index of the loop of that name, or of the one around."""
        ...

    def deployment(self) -> Value:
        """What `deployment()` says."""
        ...

    def reference(self, call: Call, arguments: list[Any]) -> Value:
        """`reference()`; the arguments are evaluated."""
        ...

    def references(self, call: Call, arguments: list[Any]) -> Value:
        """`references()` of a loop."""
        ...

    def list_action(self, call: Call, arguments: list[Any]) -> Value:
        """`list*()`; the arguments are evaluated."""
        ...

    def planned_group(self, subscription_id: str, name: str) -> Value:
        """The body of a resource group that this template makes; None where it does not."""
        ...
