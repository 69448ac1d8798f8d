"""Functions on texts."""

import re
from collections.abc import Sequence

from orchestrator.arm.functions.json_text import print_json
from orchestrator.arm.functions.signature import Function, Style
from orchestrator.arm.functions.values import Value, check_length, invalid, invalid_argument, is_integer

_WHITE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"


def get_text(function: str, value: Value) -> str:
    """The argument as a text; ArmError where it is none."""
    if not isinstance(value, str):
        raise invalid_argument(function, "the argument must be of type 'String'")
    return value


def get_integer(function: str, value: Value) -> int:
    """The argument as a whole number; ArmError where it is none."""
    if not is_integer(value):
        raise invalid_argument(function, "the argument must be of type 'Integer'")
    return int(value)


def text_of(value: Value) -> str:
    """A scalar, or JSON, as `concat` joins it and `string` prints it: `True`, `1`, `[1,"a"]`."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return str(value)
        case _:
            return print_json(value)


def lower_invariant(text: str) -> str:
    """.NET's invariant lower case: character by character, where the mapping is one to one."""
    return "".join(_one_to_one(character, character.lower()) for character in text)


def upper_invariant(text: str) -> str:
    """.NET's invariant upper case: character by character, where the mapping is one to one."""
    return "".join(_one_to_one(character, character.upper()) for character in text)


def _one_to_one(before: str, after: str) -> str:
    return before if len(after) != 1 or before == "\u0131" else after


def to_lower(text: Value) -> str:
    """`toLower`."""
    return lower_invariant(get_text("toLower", text))


def to_upper(text: Value) -> str:
    """`toUpper`."""
    return upper_invariant(get_text("toUpper", text))


def trim(text: Value) -> str:
    """White space at both ends removed."""
    return get_text("trim", text).strip(_WHITE)


def concat(*arguments: Value) -> Value:
    """Arrays to one array, or everything else to one text."""
    if arguments and all(isinstance(argument, list) for argument in arguments):
        return [item for argument in arguments for item in argument]
    if any(argument is None or isinstance(argument, dict | list) for argument in arguments):
        raise invalid("The provided parameters for language function 'concat' are invalid. Either all or none of the parameters must be an array.")
    return _joined("", arguments)


def _joined(delimiter: str, items: Sequence[Value]) -> str:
    texts = [text_of(item) for item in items]
    check_length(sum(map(len, texts)) + len(delimiter) * (len(texts) - 1))
    return delimiter.join(texts)


def pad_left(text: Value, width: Value, character: Value = " ") -> str:
    """Padded to a width of at most 16."""
    if not (isinstance(text, str) or is_integer(text)):
        raise invalid_argument("padLeft", "the first argument must be a string or an integer")
    length = get_integer("padLeft", width)
    if len(get_text("padLeft", character)) != 1:
        raise invalid_argument("padLeft", "the third argument must be one character")
    if not 0 <= length <= 16:
        raise invalid_argument("padLeft", "the total length must be between 0 and 16")
    return str(text).rjust(length, character)


def replace(text: Value, old: Value, new: Value) -> str:
    """Every occurrence replaced."""
    source, what, by = (get_text("replace", value) for value in (text, old, new))
    if not what:
        raise invalid_argument("replace", "the text to replace must not be empty")
    check_length(len(source) + source.count(what) * (len(by) - len(what)))
    return source.replace(what, by)


def split(text: Value, delimiters: Value) -> list[Value]:
    """At a delimiter, or at any of several."""
    marks = [delimiters] if isinstance(delimiters, str) else delimiters
    if not isinstance(marks, list) or not all(isinstance(mark, str) for mark in marks):
        raise invalid_argument("split", "the delimiter must be a string or an array of strings")
    source = get_text("split", text)
    marks = [mark for mark in marks if mark]
    return list(re.split("|".join(map(re.escape, marks)), source)) if marks else [source]


def substring(text: Value, start: Value, length: Value = None) -> str:
    """A part of a text, which must lie inside it."""
    source, begin = get_text("substring", text), get_integer("substring", start)
    count = len(source) - begin if length is None else get_integer("substring", length)
    if begin < 0 or count < 0 or begin + count > len(source):
        raise invalid(
            "The template language function 'substring' is not valid: the index and length parameters must refer to a location within the string. "
            f"The index parameter: '{begin}', the length parameter: '{count}', the length of the string parameter: '{len(source)}'."
        )
    return source[begin : begin + count]


def starts_with(text: Value, start: Value) -> bool:
    """Without regard to case."""
    return get_text("startsWith", text).lower().startswith(get_text("startsWith", start).lower())


def ends_with(text: Value, end: Value) -> bool:
    """Without regard to case."""
    return get_text("endsWith", text).lower().endswith(get_text("endsWith", end).lower())


def join(items: Value, delimiter: Value) -> str:
    """The items of an array as one text."""
    if not isinstance(items, list):
        raise invalid_argument("join", "the first argument must be an array")
    if not all(isinstance(item, str | int) for item in items):
        raise invalid(
            "The template language function 'join' expects its first parameter to be an array only containing elements of type(s) 'String, Integer, Boolean'."
        )
    return _joined(get_text("join", delimiter), items)


def like(text: Value, pattern: Value) -> bool:
    """A text against a pattern with `*`, without regard to case."""
    expression = "".join(".*" if character == "*" else re.escape(character) for character in get_text("like", pattern))
    return re.fullmatch(expression, get_text("like", text), re.IGNORECASE | re.DOTALL) is not None


FUNCTIONS = {
    "like": Function(like, 2, 2),
    "concat": Function(concat, 0, None, Style.PARTIAL),
    "toLower": Function(to_lower, 1, 1),
    "toUpper": Function(to_upper, 1, 1),
    "trim": Function(trim, 1, 1),
    "padLeft": Function(pad_left, 2, 3),
    "replace": Function(replace, 3, 3),
    "split": Function(split, 2, 2),
    "substring": Function(substring, 2, 3),
    "startsWith": Function(starts_with, 2, 2),
    "endsWith": Function(ends_with, 2, 2),
    "join": Function(join, 2, 2),
}
