"""Numbers that a person typed."""

from orchestrator.model.errors import Problem, UserError


def parse_number(text: str | float, option: str, *, least: float) -> float:
    """A number of at least `least`; UserError that names the option."""
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not least <= number < float("inf"):
        raise UserError(
            [Problem("InvalidNumber", f"{option} {text}: not a number of at least {least:g}", remedy=f"Say for instance {option} {max(least, 10):g}.")]
        )
    return number
