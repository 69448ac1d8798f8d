"""Functions on arrays, and those that take an array, a text or an object alike."""

from orchestrator.arm.functions.objects import merge
from orchestrator.arm.functions.signature import Function, Style
from orchestrator.arm.functions.strings import get_integer, get_text
from orchestrator.arm.functions.values import Stay, Unknown, Value, contains_unknown, find_key, invalid, invalid_argument, is_integer, same


def create_array(*items: Value) -> list[Value]:
    """`[...]`."""
    return list(items)


def first(value: Value) -> Value:
    """The first item, or character; null, or an empty text, where there is none."""
    if isinstance(value, str):
        return value[:1]
    return _get_array("first", value)[0] if value else None


def last(value: Value) -> Value:
    """The last item, or character; null, or an empty text, where there is none."""
    if isinstance(value, str):
        return value[-1:]
    return _get_array("last", value)[-1] if value else None


def take(value: Value, count: Value) -> Value:
    """The first items, or characters."""
    return _get_sequence("take", value)[: max(0, get_integer("take", count))]


def skip(value: Value, count: Value) -> Value:
    """What follows the first items, or characters."""
    return _get_sequence("skip", value)[max(0, get_integer("skip", count)) :]


def length(value: Value) -> int:
    """Items of an array, UTF-16 units of a text, members of an object."""
    if isinstance(value, str):
        return len(value.encode("utf-16-le", "surrogatepass")) // 2
    if isinstance(value, list | dict):
        return len(value)
    raise invalid_argument("length", "the argument must be an array, an object or a string")


def empty(value: Value) -> bool:
    """True for null and whatever has a length of zero."""
    if value is None or isinstance(value, str | list | dict):
        return not value
    raise invalid_argument("empty", "the argument must be null, an array, an object or a string")


def contains(container: Value, item: Value) -> bool:
    """An item of an array (texts with regard to case), a key of an object (without), a part of a text (with)."""
    match container:
        case list():
            return any(same(item, known) for known in container)
        case dict():
            return find_key(container, item) is not None if isinstance(item, str) else _refuse_item()
        case str():
            return item in container if isinstance(item, str) else _refuse_item()
        case _:
            raise invalid_argument("contains", "the first argument must be an array, an object or a string")


def _refuse_item() -> bool:
    raise invalid(
        "The template function 'contains' expects parameters of matching types: a dictionary and a key (string), an array "
        "and a value (object), or a string and a substring."
    )


def index_of(container: Value, item: Value) -> int:
    """Where a text begins in another (without regard to case), or an item stands in an array; -1 where it does not."""
    if isinstance(container, str):
        return container.lower().find(get_text("indexOf", item).lower())
    return next((number for number, known in enumerate(_get_array("indexOf", container)) if same(known, item)), -1)


def last_index_of(container: Value, item: Value) -> int:
    """As `indexOf`, from the end."""
    if isinstance(container, str):
        wanted = get_text("lastIndexOf", item).lower()
        return container.lower().rfind(wanted) if wanted else max(0, len(container) - 1)
    items = _get_array("lastIndexOf", container)
    return next((number for number in range(len(items) - 1, -1, -1) if same(items[number], item)), -1)


def intersection(*values: Value) -> Value:
    """What all arrays, or all objects, have in common."""
    if all(isinstance(value, list) for value in values):
        common: list[Value] = []
        for item in values[0]:
            if all(contains(other, item) for other in values[1:]) and not contains(common, item):
                common.append(item)
        return common
    if all(isinstance(value, dict) for value in values):
        return {key: item for key, item in values[0].items() if all(key in other and same(other[key], item) for other in values[1:])}
    raise invalid_argument("intersection", "all arguments must be arrays, or all must be objects")


def union(*values: Value) -> Value:
    """Items of all arrays, each once; or objects merged, also in their depth."""
    if all(isinstance(value, dict) for value in values):
        merged: Value = {}
        for value in values:
            merged = merge(merged, value)
        return merged
    if not all(isinstance(value, list) for value in values):
        raise invalid_argument("union", "all arguments must be arrays, or all must be objects")
    if contains_unknown(list(values)):
        raise Stay
    items: list[Value] = []
    for value in values:
        items += [item for number, item in enumerate(value) if not contains(items, item) and not contains(value[:number], item)]
    return items


def distinct(items: Value) -> list[Value]:
    """Each item once."""
    return [item for number, item in enumerate(_get_array("distinct", items)) if not contains(items[:number], item)]


def flatten(arrays: Value) -> list[Value]:
    """An array of arrays as one array; deeper ones stay."""
    if any(isinstance(item, Unknown) for item in _get_array("flatten", arrays)):
        raise Stay
    return [item for array in arrays for item in _get_array("flatten", array)]


def index_from_end(items: Value, index: Value) -> Value:
    """The item that is so many places from the end; 1 is the last."""
    array, number = _get_array("indexFromEnd", items), get_integer("indexFromEnd", index)
    if not 1 <= number <= len(array):
        raise invalid(f"The language expression property array index '{number}' is out of bounds.")
    return array[-number]


def try_index_from_end(items: Value, index: Value) -> Value:
    """As `indexFromEnd`; null where there is no such item."""
    if not isinstance(items, list) or not is_integer(index):
        return None
    return items[-index] if 1 <= index <= len(items) else None


def _get_array(function: str, value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise invalid_argument(function, "the argument must be an array")
    return value


def _get_sequence(function: str, value: Value) -> str | list[Value]:
    return value if isinstance(value, str) else _get_array(function, value)


FUNCTIONS = {
    "createArray": Function(create_array, 0, None, Style.LOOSE),
    "first": Function(first, 1, 1, Style.PARTIAL),
    "last": Function(last, 1, 1, Style.PARTIAL),
    "take": Function(take, 2, 2, Style.PARTIAL),
    "skip": Function(skip, 2, 2, Style.PARTIAL),
    "length": Function(length, 1, 1, Style.PARTIAL),
    "empty": Function(empty, 1, 1, Style.PARTIAL),
    "contains": Function(contains, 2, 2, Style.PARTIAL),
    "indexOf": Function(index_of, 2, 2),
    "lastIndexOf": Function(last_index_of, 2, 2),
    "intersection": Function(intersection, 2, None),
    "union": Function(union, 2, None, Style.PARTIAL),
    "distinct": Function(distinct, 1, 1),
    "flatten": Function(flatten, 1, 1, Style.PARTIAL),
    "indexFromEnd": Function(index_from_end, 2, 2, Style.PARTIAL),
    "tryIndexFromEnd": Function(try_index_from_end, 2, 2, Style.PARTIAL),
}
