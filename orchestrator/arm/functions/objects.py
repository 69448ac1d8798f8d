"""Functions on objects. Keys are found without regard to case."""

from orchestrator.arm.expressions import Access, Call
from orchestrator.arm.functions.signature import Function, Style
from orchestrator.arm.functions.values import ExpressionKey, Stay, Unknown, Value, find_key, invalid, invalid_argument, is_integer, kind_of, to_expression
from orchestrator.model.json_value import JsonObject


def create_object(*entries: Value) -> JsonObject:
    """Keys and values in turn."""
    if len(entries) % 2:
        raise invalid_argument("createObject", "the number of arguments must be even: keys and values")
    made: JsonObject = {}
    for key, value in zip(entries[::2], entries[1::2], strict=True):
        if isinstance(key, Unknown):
            made[ExpressionKey(key.expression)] = value
            continue
        if not isinstance(key, str):
            raise invalid_argument("createObject", "the keys must be of type 'String'")
        if key in made:
            raise invalid(
                f"The template language function 'createObject' expects all property names to be unique. The following property names were duplicated: {key}."
            )
        made[key] = value
    return made


def merge(left: Value, right: Value) -> Value:
    """Two objects as one, nested objects too; the right one wins, with its spelling of a key, unless it is null."""
    if right is None:
        return left
    if isinstance(right, Unknown):
        both = Call("union", (to_expression(left), right.expression)) if isinstance(left, dict | Unknown) else right.expression
        return Unknown(Call("if", (Call("equals", (right.expression, Call("null"))), to_expression(left), both)))
    if isinstance(left, Unknown) and isinstance(right, dict):
        both = Call("union", (left.expression, to_expression(right)))
        return Unknown(Call("if", (Call("equals", (left.expression, Call("null"))), to_expression(right), both)))
    if not (isinstance(left, dict) and isinstance(right, dict)):
        return right
    merged = dict(left)
    for key, value in right.items():
        known = find_key(merged, key)
        if known is None or known == key:
            merged[key] = merge(merged[key], value) if known is not None else value
        else:
            merged = {key if old == known else old: merge(item, value) if old == known else item for old, item in merged.items()}
    return merged


def shallow_merge(objects: Value) -> JsonObject:
    """Objects as one; the last to name a key gives its value, the first its spelling."""
    if not isinstance(objects, list):
        raise invalid_argument("shallowMerge", "the argument must be an array of objects")
    merged: JsonObject = {}
    for entries in objects:
        if isinstance(entries, Unknown):
            raise Stay
        if not isinstance(entries, dict):
            raise invalid_argument("shallowMerge", "the argument must be an array of objects")
        for key, value in entries.items():
            merged[find_key(merged, key) or key] = value
    return merged


def items(value: Value) -> list[Value]:
    """[{key, value}], in the order of the keys."""
    if not isinstance(value, dict):
        raise invalid_argument("items", "the argument must be an object")
    return [{"key": Unknown(key.expression) if isinstance(key, ExpressionKey) else key, "value": value[key]} for key in sorted_keys(value)]


def object_keys(value: Value) -> list[Value]:
    """The keys, in order."""
    if isinstance(value, dict) and any(isinstance(key, ExpressionKey) for key in value):
        raise Stay
    return [item["key"] for item in items(value)]


def sorted_keys(value: JsonObject) -> list[str]:
    """Ordinal order of the upper-cased keys."""
    return sorted(value, key=str.upper)


def access(base: Value, key: Value) -> Value:
    """`base.key` or `base[key]` of a known value; ArmError where there is no such member."""
    if isinstance(base, dict):
        if not isinstance(key, str):
            raise invalid(f"The language expression property '{key}' can't be evaluated, property name must be a string.")
        known = find_key(base, key)
        if known is None:
            raise invalid(f"The language expression property '{key}' doesn't exist, available properties are '{', '.join(base)}'.")
        return base[known]
    if isinstance(base, list):
        number = _index(base, key)
        if number is None:
            raise invalid(f"Unable to evaluate named property or non-integer index '{key}' on an array value.")
        if not 0 <= number < len(base):
            raise invalid(f"The language expression property array index '{key}' is out of bounds.")
        return base[number]
    raise invalid(f"The language expression property '{key}' can't be evaluated.")


def _index(base: list[Value], key: Value) -> int | None:
    """The index that a key says; {value, fromEnd} counts from the end."""
    if is_integer(key):
        return int(key)
    if isinstance(key, dict) and is_integer(key.get("value")):
        return len(base) - int(key["value"]) if key.get("fromEnd") else int(key["value"])
    return None


def access_partly(base: Value, key: Value) -> Value:
    """As `access`, where base or key may be unknown."""
    if isinstance(base, Unknown) or isinstance(key, Unknown):
        return Unknown(Access(to_expression(base), to_expression(key)))
    return access(base, key)


def try_get(base: Value, key: Value, *further: Value) -> Value:
    """A member, or null where the first key finds none; the further keys must find theirs."""
    if not (isinstance(key, str) or is_integer(key)):
        raise invalid(
            "The template language function 'tryGet' expects its second parameter to be of type 'String, Integer'. The provided "
            f"value is of type '{kind_of(key)}'."
        )
    if isinstance(base, dict):
        known = find_key(base, key) if isinstance(key, str) else None
        if known is None:
            return None
        value = base[known]
    elif isinstance(base, list) and is_integer(key) and 0 <= key < len(base):
        value = base[key]
    else:
        return None
    for name in further:
        value = access_partly(value, name)
    return value


FUNCTIONS = {
    "createObject": Function(create_object, 0, None, Style.LOOSE),
    "shallowMerge": Function(shallow_merge, 1, 1, Style.PARTIAL),
    "items": Function(items, 1, 1, Style.PARTIAL),
    "tryGet": Function(try_get, 2, None, Style.PARTIAL),
    "objectKeys": Function(object_keys, 1, 1, Style.PARTIAL),
}
