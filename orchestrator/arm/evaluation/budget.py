"""What one evaluation may cost: a template of a few lines can ask for more work, text or depth than there is."""

from orchestrator.arm.expressions import Access, Call, Expression
from orchestrator.arm.functions.values import ExpressionKey, Unknown, Value, invalid

STEPS = 400_000
"""Values looked at, and calls, which are four steps; the largest public modules take a third of them."""
DEPTH = 128
"""Arrays and objects in each other; Azure stops at 64, counted from the top of its answer."""
_TEXT_PER_STEP = 128
_ITEMS_PER_STEP = 4
"""Characters, and items, that are as much work to make as a value is to look at."""


class Budget:
    """The steps that are left for the evaluation of one template with all that is nested in it."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = STEPS

    def renew(self) -> None:
        """All steps again: another resource's turn."""
        self.left = STEPS

    def spend(self, steps: int) -> None:
        """ArmError where more is spent than there is."""
        self.left -= steps
        if self.left < 0:
            raise invalid(f"The template takes more than {STEPS} steps to evaluate, which this engine does not do: its loops or its values are too large.")

    def spend_result(self, value: Value) -> None:
        """A long text or array is work, too."""
        if isinstance(value, str):
            self.spend(len(value) // _TEXT_PER_STEP)
        elif isinstance(value, list):
            self.spend(len(value) // _ITEMS_PER_STEP)

    def has_unknown(self, value: Value) -> bool:
        """True where anything in a value is known only as an expression; looking costs a step for each value in it. ArmError where it is too deep."""
        level, depth, found = [value], 0, False
        while level:
            depth += 1
            if depth > DEPTH:
                raise invalid(f"A value of the template is more than {DEPTH} arrays or objects deep.")
            self.spend(len(level))
            below: list[Value] = []
            for item in level:
                if isinstance(item, str):
                    self.left -= len(item) // _TEXT_PER_STEP
                elif isinstance(item, list):
                    below += item
                elif isinstance(item, dict):
                    found = found or any(isinstance(key, ExpressionKey) for key in item)
                    below += item.values()
                elif isinstance(item, Unknown):
                    found = True
                    self._spend_expression(item.expression)
            level = below
        return found

    def _spend_expression(self, expression: Expression) -> None:
        """An expression costs as much as the text that it is printed as has calls."""
        waiting = [expression]
        while waiting:
            match waiting.pop():
                case Call(_, arguments):
                    self.spend(1)
                    waiting += arguments
                case Access(base, key):
                    self.spend(1)
                    waiting += (base, key)
                case _:
                    pass
