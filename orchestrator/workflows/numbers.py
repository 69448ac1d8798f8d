"""Numbers that a person typed."""

from orchestrator.model.errors import Problem, UserError


def parse_number(text: str | float, option: str, *, least: float, most: float) -> float:
    """A number from `least` to `most`; UserError that names the option."""
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        message = f"{option} {text}: not a number from {least:g} to {most:.0f}"
        raise UserError([Problem("InvalidNumber", message, remedy=f"Say for instance {option} {max(least, 10):g}.")])
    return number
