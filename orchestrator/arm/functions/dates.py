"""Dates: .NET's formats, ISO 8601 durations, epochs. A year is 365 days and a month 30, as Azure adds them."""

import re
from datetime import UTC, datetime, timedelta, timezone

from orchestrator.arm.expressions import Call, String
from orchestrator.arm.functions.signature import Context, Function, Style
from orchestrator.arm.functions.strings import get_integer, get_text
from orchestrator.arm.functions.values import Unknown, Value, invalid
from orchestrator.arm.runtime import UNRESOLVED

_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?\Z"
)
_INTEGER = re.compile(r"[+-]?\d+\Z")
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,7}))?)?)?\s*(Z|[+-]\d\d:?\d\d)?\Z", re.IGNORECASE)
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{1,2}):(\d\d)(?::(\d\d))?(?: ([AP]M))?)?\s*(Z|[+-]\d\d:\d\d)?\Z", re.IGNORECASE)
_TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|\\.|d{1,4}|M{1,4}|y{1,5}|HH?|hh?|mm?|ss?|tt?|f{1,7}|F{1,7}|z{1,3}|K|g{1,2}|%|.", re.DOTALL)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_STANDARD = {
    "d": "MM/dd/yyyy",
    "D": "dddd, dd MMMM yyyy",
    "f": "dddd, dd MMMM yyyy HH:mm",
    "F": "dddd, dd MMMM yyyy HH:mm:ss",
    "g": "MM/dd/yyyy HH:mm",
    "G": "MM/dd/yyyy HH:mm:ss",
    "m": "MMMM dd",
    "M": "MMMM dd",
    "o": "yyyy-MM-ddTHH:mm:ss.fffffffzzz",
    "O": "yyyy-MM-ddTHH:mm:ss.fffffffzzz",
    "r": "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    "R": "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    "s": "yyyy-MM-ddTHH:mm:ss",
    "t": "HH:mm",
    "T": "HH:mm:ss",
    "u": "yyyy-MM-dd HH:mm:ss'Z'",
    "y": "yyyy MMMM",
    "Y": "yyyy MMMM",
}
_UNIVERSAL = frozenset("rRu")
_OUTPUT = "yyyy-MM-ddTHH:mm:ssZ"
UTC_NOW_FORMAT = "yyyyMMddTHHmmssZ"
"""What `utcNow()` prints without a format."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def format_date(moment: datetime, pattern: str) -> str:
    """A moment in a standard or custom .NET format, in the invariant culture; ArmError for an unknown one."""
    if len(pattern) == 1:
        if pattern not in _STANDARD:
            raise invalid(f"The date and time format '{pattern}' is not valid.")
        moment = moment.astimezone(UTC) if pattern in _UNIVERSAL else moment
        pattern = _STANDARD[pattern]
    return "".join(_format_token(moment, token) for token in _TOKEN.findall(pattern))


def _format_token(moment: datetime, token: str) -> str:
    match token[0]:
        case "'" | '"':
            return token[1:-1] if len(token) > 1 else token
        case "\\":
            return token[1:]
        case "%":
            return ""
        case "f" | "F":
            digits = f"{moment.microsecond:06d}0"[: len(token)]
            return digits.rstrip("0") if token[0] == "F" else digits
        case _:
            return _format_part(moment, token)


def _format_part(moment: datetime, token: str) -> str:
    hour = moment.hour % 12 or 12
    offset = moment.strftime("%z")
    zone = f"{offset[:3]}:{offset[3:5]}"
    parts = {
        "d": str(moment.day),
        "dd": f"{moment.day:02d}",
        "ddd": _DAYS[moment.weekday()][:3],
        "dddd": _DAYS[moment.weekday()],
        "M": str(moment.month),
        "MM": f"{moment.month:02d}",
        "MMM": _MONTHS[moment.month - 1][:3],
        "MMMM": _MONTHS[moment.month - 1],
        "y": str(moment.year % 100),
        "yy": f"{moment.year % 100:02d}",
        "yyy": f"{moment.year:03d}",
        "yyyy": f"{moment.year:04d}",
        "yyyyy": f"{moment.year:05d}",
        "H": str(moment.hour),
        "HH": f"{moment.hour:02d}",
        "h": str(hour),
        "hh": f"{hour:02d}",
        "m": str(moment.minute),
        "mm": f"{moment.minute:02d}",
        "s": str(moment.second),
        "ss": f"{moment.second:02d}",
        "t": "AM"[:1] if moment.hour < 12 else "P",
        "tt": "AM" if moment.hour < 12 else "PM",
        "z": f"{offset[0]}{int(offset[1:3])}",
        "zz": offset[:3],
        "zzz": zone,
        "K": zone,
        "g": "A.D.",
        "gg": "A.D.",
    }
    return parts.get(token, token)


def parse_date(function: str, text: str) -> datetime:
    """A moment out of a text, with its offset, UTC where it says none; ArmError where it is none."""
    try:
        found = _ISO.match(text.strip())
        if found:
            year, month, day, hour, minute, second, fraction, offset = found.groups()
            micro = int((fraction or "0").ljust(7, "0")[:6])
            return datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), micro, tzinfo=_offset(offset))
        found = _AMERICAN.match(text.strip())
        if found:
            month, day, year, hour, minute, second, half, offset = found.groups()
            hours = int(hour or 0) % 12 + (12 if half.upper() == "PM" else 0) if half else int(hour or 0)
            return datetime(int(year), int(month), int(day), hours, int(minute or 0), int(second or 0), tzinfo=_offset(offset))
    except ValueError:
        pass
    raise invalid(f"The template function '{function}' has an invalid parameter. The value '{text}' is not a valid date and time.")


def _offset(text: str | None) -> timezone:
    if text is None or text.upper() == "Z":
        return UTC
    amount = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-amount if text[0] == "-" else amount)


def parse_duration(text: str) -> timedelta:
    """An ISO 8601 duration; ArmError where it is none."""
    found = _DURATION.match(text)
    parts = {} if found is None else {name: value for name, value in found.groupdict().items() if value and name != "sign"}
    if found is None or not parts:
        raise invalid(f"The template function 'dateTimeAdd' has an invalid parameter. The second parameter '{text}' is not a valid ISO8601 Duration string.")
    number = {name: float(parts.get(name, 0)) for name in ("years", "months", "days", "hours", "minutes", "seconds")}
    amount = timedelta(
        days=number["years"] * 365 + number["months"] * 30 + number["days"], hours=number["hours"], minutes=number["minutes"], seconds=number["seconds"]
    )
    return -amount if found.group("sign") else amount


def date_time_add(base: Value, duration: Value, pattern: Value = _OUTPUT) -> str:
    """A moment moved by a duration."""
    moment = parse_date("dateTimeAdd", get_text("dateTimeAdd", base))
    try:
        moved = moment + parse_duration(get_text("dateTimeAdd", duration))
    except OverflowError:
        raise invalid("The template function 'dateTimeAdd' has an invalid parameter. The result is out of range.") from None
    return format_date(moved, get_text("dateTimeAdd", pattern))


def date_time_to_epoch(text: Value) -> int:
    """Seconds since 1970."""
    return int((parse_date("dateTimeToEpoch", get_text("dateTimeToEpoch", text)) - _EPOCH).total_seconds())


def date_time_from_epoch(seconds: Value) -> str:
    """ISO 8601 out of seconds since 1970."""
    number = int(seconds) if isinstance(seconds, str) and _INTEGER.match(seconds) else get_integer("dateTimeFromEpoch", seconds)
    try:
        return format_date(_EPOCH + timedelta(seconds=number), _OUTPUT)
    except OverflowError:
        raise invalid("The template function 'dateTimeFromEpoch' has an invalid parameter. The result is out of range.") from None


def utc_now(context: Context, pattern: Value = UTC_NOW_FORMAT) -> Value:
    """The time of the deployment; in defaults of parameters only."""
    require_default(context, "utcNow")
    now = context.runtime.utc_now(get_text("utcNow", pattern))
    if now is UNRESOLVED:
        return Unknown(Call("utcNow", () if pattern == UTC_NOW_FORMAT else (String(pattern),)))
    return now


def require_default(context: Context, name: str) -> None:
    """ArmError outside the default value of a parameter."""
    if context.place != "default":
        raise invalid(
            f"The template function '{name}' is not expected at this location. The function can only be used with parameter default value expressions. "
            "Please see https://aka.ms/arm-functions for usage details."
        )


FUNCTIONS = {
    "dateTimeAdd": Function(date_time_add, 2, 3),
    "dateTimeToEpoch": Function(date_time_to_epoch, 1, 1),
    "dateTimeFromEpoch": Function(date_time_from_epoch, 1, 1),
    "utcNow": Function(utc_now, 0, 1, Style.CONTEXT),
}
