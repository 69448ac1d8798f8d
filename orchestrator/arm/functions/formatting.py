"""`format`: .NET's composite formatting (learn.microsoft.com/dotnet/standard/base-types/composite-formatting)."""

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from orchestrator.arm.functions.json_text import print_json
from orchestrator.arm.functions.signature import Function
from orchestrator.arm.functions.values import Value, check_length, invalid, print_float

_ITEM = re.compile(r"\{\{|\}\}|\{(\d+)\s*(?:,\s*(-?\d+)\s*)?(?::((?:[^{}]|\{\{|\}\})*))?\}|[{}]")
_STANDARD = re.compile(r"([A-Za-z])(\d{0,2})\Z")


def format_text(pattern: Value, *arguments: Value) -> str:
    """`{index[,alignment][:format]}` replaced by the arguments."""
    if not isinstance(pattern, str):
        raise invalid("The template language function 'format' expects its first parameter to be of type 'String'.")

    made = 0

    def replace(match: re.Match[str]) -> str:
        nonlocal made
        text = print_item(match)
        made += len(text)
        check_length(made)
        return text

    def print_item(match: re.Match[str]) -> str:
        whole = match.group()
        if whole in ("{{", "}}"):
            return whole[0]
        if match.group(1) is None:
            raise invalid("Unable to format the string: input string was not in a correct format.")
        if int(match.group(1)) >= len(arguments):
            raise invalid("Unable to format the string: index (zero based) must be greater than or equal to zero and less than the size of the argument list.")
        text = _print_argument(arguments[int(match.group(1))], (match.group(3) or "").replace("{{", "{").replace("}}", "}"))
        width = int(match.group(2) or 0)
        check_length(abs(width))
        return text.ljust(-width) if width < 0 else text.rjust(width)

    text = _ITEM.sub(replace, pattern)
    check_length(len(text))
    return text


def _print_argument(value: Value, specification: str) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value)
        case int():
            return format_number(Decimal(value), specification, is_integer=True)
        case float():
            return format_number(Decimal(repr(value)), specification, is_integer=False)
        case str():
            return value
        case _:
            return print_json(value).replace('"', "'")


def format_number(number: Decimal, specification: str, *, is_integer: bool) -> str:
    """A number in a standard (`D4`, `N2`, `X`) or custom (`#,##0.00`) .NET format."""
    if not specification:
        return str(int(number)) if is_integer else print_float(float(number))
    match = _STANDARD.match(specification)
    if match is None:
        return _format_custom(number, specification)
    letter, digits = match.group(1), match.group(2)
    precision = int(digits) if digits else None
    upper = letter.upper()
    if upper in "DXB" and not is_integer:
        raise invalid(f"Unable to format the string: format specifier '{specification}' was invalid.")
    if upper not in _FORMATS:
        raise invalid(f"Unable to format the string: format specifier '{specification}' was invalid.")
    text = _FORMATS[upper](number, precision)
    return text.lower() if letter.islower() and upper == "X" else text.replace("E", "e") if letter == "e" else text


def _sign(number: Decimal) -> str:
    return "-" if number < 0 else ""


def _decimal(number: Decimal, precision: int | None) -> str:
    return _sign(number) + str(abs(int(number))).zfill(precision or 0)


def _hexadecimal(number: Decimal, precision: int | None) -> str:
    value = int(number)
    return format(value if value >= 0 else value + (1 << 64), "X").zfill(precision or 0)


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def _number(number: Decimal, precision: int | None) -> str:
    return f"{_rounded(number, 2 if precision is None else precision):,f}"


def _fixed(number: Decimal, precision: int | None) -> str:
    return f"{_rounded(number, 2 if precision is None else precision):f}"


def _percent(number: Decimal, precision: int | None) -> str:
    return f"{_number(number * 100, precision)} %"


def _currency(number: Decimal, precision: int | None) -> str:
    text = f"\u00a4{_number(abs(number), precision)}"
    return f"({text})" if number < 0 else text


def _exponential(number: Decimal, precision: int | None) -> str:
    mantissa, _, exponent = f"{number:.{6 if precision is None else precision}E}".partition("E")
    return f"{mantissa}E{exponent[0]}{exponent[1:].zfill(3)}"


def _general(number: Decimal, precision: int | None) -> str:
    if number == int(number) and not precision:
        return str(int(number))
    return print_float(float(f"{number:.{precision or 15}g}"))


def _binary(number: Decimal, precision: int | None) -> str:
    value = int(number)
    return format(value if value >= 0 else value + (1 << 64), "b").zfill(precision or 0)


_FORMATS = {
    "R": _general,
    "B": _binary,
    "D": _decimal,
    "X": _hexadecimal,
    "N": _number,
    "F": _fixed,
    "P": _percent,
    "C": _currency,
    "E": _exponential,
    "G": _general,
}


def _format_custom(number: Decimal, specification: str) -> str:
    """Digits by `0` and `#`, groups by `,`, `%`; texts around them stay."""
    match = re.search(r"[0#][0#,]*(?:\.([0#]*))?", specification)
    if match is None:
        return specification
    whole, _, fraction = match.group().partition(".")
    scaled = (number * 100 if "%" in specification else number).quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    digits, _, decimals = f"{abs(scaled):f}".partition(".")
    digits = digits.lstrip("0").rjust(whole.replace(",", "").count("0"), "0")
    if "," in whole:
        digits = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", digits)
    while decimals and fraction[len(decimals) - 1] == "#" and decimals.endswith("0"):
        decimals = decimals[:-1]
    text = digits + (f".{decimals}" if decimals else "")
    return _sign(scaled) + specification[: match.start()] + text + specification[match.end() :]


FUNCTIONS = {"format": Function(format_text, 1, None)}
