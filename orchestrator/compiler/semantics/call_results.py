"""What calls give, closer than their signatures say: bounds of texts, numbers and arrays, and the types of items."""

from collections.abc import Callable
from dataclasses import replace

from orchestrator.compiler.semantics.assignability import is_assignable
from orchestrator.compiler.types.values import (
    ANY,
    NULL,
    STRING,
    AnyType,
    ArrayType,
    BooleanLiteralType,
    BooleanType,
    IntegerLiteralType,
    IntegerType,
    ObjectType,
    StringLiteralType,
    StringType,
    TupleType,
    Type,
    make_union,
    members_of,
    resolve,
    without_null,
)

Range = tuple[int | None, int | None]
Types = list[Type]


def length_of(type_: Type) -> Range:
    """The least and greatest length that a value may have."""
    found = resolve(type_)
    match found:
        case StringLiteralType(value):
            return len(value), len(value)
        case StringType(least, most) | ArrayType(_, least, most):
            return least, most
        case TupleType(items):
            return len(items), len(items)
        case ObjectType(properties, additional):
            required = sum(entry.required for entry in properties.values())
            return required, len(properties) if additional is None and found.sealed else None
        case _:
            return None, None


def value_range(type_: Type) -> Range:
    """The least and greatest number that a value may be."""
    found = resolve(type_)
    match found:
        case IntegerLiteralType(value):
            return value, value
        case IntegerType(least, most):
            return least, most
        case _:
            return None, None


def bounded_integer(least: int | None, most: int | None) -> Type:
    """An int; one that can only be one number is that number."""
    return IntegerLiteralType(least) if least is not None and least == most else IntegerType(least, most)


def item_of(type_: Type) -> Type:
    """The type of an array's items."""
    found = resolve(type_)
    match found:
        case ArrayType(item):
            return item
        case TupleType(items) if items:
            return make_union(items)
        case _:
            return ANY


def _resized(type_: Type, least: int | None, most: int | None) -> Type | None:
    """A text or an array of another length, else as it was."""
    found = resolve(without_null(type_))
    match found:
        case StringType():
            return replace(found, min_length=least or None, max_length=most, secure=False, pattern=None)
        case StringLiteralType():
            return StringType(least or None, most)
        case ArrayType() | TupleType():
            return ArrayType(item_of(found), least or None, most)
        case _:
            return None


def _same_text(types: Types) -> Type | None:
    found = resolve(without_null(types[0]))
    return replace(found, secure=False, pattern=None) if isinstance(found, StringType) else None


def _trimmed(types: Types) -> Type | None:
    found = _same_text(types)
    return replace(found, min_length=None) if isinstance(found, StringType) else None


def _padded(types: Types) -> Type | None:
    least, most = length_of(types[0])
    width = value_range(types[1])
    low = max(least or 0, width[0] or 0)
    high = max(most, width[1]) if most is not None and width[1] is not None else None
    return _resized(types[0], low, high)


def _taken(types: Types) -> Type | None:
    least, most = length_of(types[0])
    few, many = value_range(types[1])
    found = resolve(types[0])
    if isinstance(found, TupleType) and few is not None and few == many:
        return TupleType(found.items[: max(few, 0)])
    high = None if most is None and many is None else max(0, min(value for value in (most, many) if value is not None))
    return _resized(types[0], max(0, min(least or 0, few or 0)), high)


def _skipped(types: Types) -> Type | None:
    least, most = length_of(types[0])
    few, many = value_range(types[1])
    found = resolve(types[0])
    if isinstance(found, TupleType) and few is not None and few == many:
        return TupleType(found.items[max(few, 0) :])
    low = max(0, (least or 0) - many) if many is not None else None
    high = max(0, most - max(few or 0, 0)) if most is not None else None
    return _resized(types[0], low, high)


def _cut(types: Types) -> Type | None:
    if len(types) > 2:
        return _resized(types[0], *value_range(types[2]))
    return _skipped(types)


def _end(types: Types, index: int) -> Type | None:
    found = resolve(without_null(types[0]))
    match found:
        case TupleType(items):
            return items[index] if items else NULL
        case ArrayType(item) if (found.min_length or 0) > 0 or isinstance(resolve(item), AnyType):
            return item
        case ArrayType(item):
            return make_union((item, NULL))
        case StringType() | StringLiteralType():
            return _resized(found, min(length_of(found)[0] or 0, 1), 1)
        case _:
            return None


def _length(types: Types) -> Type:
    least, most = length_of(types[0])
    return bounded_integer(least or 0, most)


def _numbers(types: Types) -> list[Range] | None:
    found = resolve(types[0])
    if len(types) == 1 and isinstance(found, TupleType):
        return [value_range(item) for item in found.items]
    return None if len(types) == 1 and isinstance(found, ArrayType) else [value_range(type_) for type_ in types]


def _least(types: Types) -> Type | None:
    ranges = _numbers(types)
    if not ranges:
        return None
    known = [most for _, most in ranges if most is not None]
    lows = [least for least, _ in ranges]
    low = min(least for least in lows if least is not None) if None not in lows else None
    return bounded_integer(low, min(known) if known else None)


def _greatest(types: Types) -> Type | None:
    ranges = _numbers(types)
    if not ranges:
        return None
    known = [least for least, _ in ranges if least is not None]
    highs = [most for _, most in ranges]
    high = max(most for most in highs if most is not None) if None not in highs else None
    return bounded_integer(max(known) if known else None, high)


def _range(types: Types) -> Type:
    (low, high), (few, many) = value_range(types[0]), value_range(types[1])
    last = high + many - 1 if high is not None and many is not None else None
    return ArrayType(IntegerType(low, last), few or None, many)


def _joined(types: Types) -> Type | None:
    """concat() of arrays."""
    found = [resolve(type_) for type_ in types]
    if not all(isinstance(type_, ArrayType | TupleType) for type_ in found):
        return None
    if all(isinstance(type_, TupleType) for type_ in found):
        return TupleType(tuple(item for type_ in found if isinstance(type_, TupleType) for item in type_.items))
    lengths = [length_of(type_) for type_ in found]
    highs = [most for _, most in lengths]
    high = sum(most for most in highs if most is not None) if None not in highs else None
    return ArrayType(make_union(tuple(item_of(type_) for type_ in found)), sum(least or 0 for least, _ in lengths) or None, high)


def _flattened(types: Types) -> Type | None:
    found = resolve(types[0])
    inner = found.items if isinstance(found, TupleType) else (found.item,) if isinstance(found, ArrayType) else ()
    if not inner or not all(isinstance(resolve(item), ArrayType | TupleType) for item in inner):
        return None
    return ArrayType(make_union(tuple(item_of(item) for item in inner)))


def _filtered(types: Types) -> Type | None:
    found = resolve(types[0])
    if not isinstance(found, ArrayType | TupleType):
        return None
    return ArrayType(item_of(found), None, length_of(found)[1])


def _sorted(types: Types) -> Type | None:
    found = resolve(types[0])
    return ArrayType(item_of(found), *length_of(found)) if isinstance(found, ArrayType | TupleType) else None


def _keys(types: Types) -> Type:
    found = resolve(types[0])
    names = tuple(StringLiteralType(name) for name in found.properties) if isinstance(found, ObjectType) and found.additional is None and found.sealed else ()
    return ArrayType(make_union(names)) if names else ArrayType(STRING)


def _concatenated(types: Types) -> Type | None:
    return STRING if all(is_assignable(type_, STRING) for type_ in types) else _joined(types)


RESULTS_BY_NAME: dict[str, Callable[[Types], Type | None]] = {
    "any": lambda _: ANY,
    "toLower": _same_text,
    "toUpper": _same_text,
    "trim": _trimmed,
    "padLeft": _padded,
    "uniqueString": lambda _: StringType(13, 13),
    "guid": lambda _: StringType(36, 36),
    "take": _taken,
    "skip": _skipped,
    "substring": _cut,
    "first": lambda types: _end(types, 0),
    "last": lambda types: _end(types, -1),
    "length": _length,
    "min": _least,
    "max": _greatest,
    "range": _range,
    "split": lambda _: ArrayType(STRING, 1),
    "concat": _concatenated,
    "flatten": _flattened,
    "filter": _filtered,
    "sort": _sorted,
    "objectKeys": _keys,
}
"""By the function's name: what its arguments' types say of its value; None for what the signature says."""


def range_of_text(type_: Type) -> Range:
    """How long a value is as a part of a text."""
    least: list[int] = []
    most: list[int | None] = []
    for member in members_of(type_):
        low, high = _printed(member)
        least.append(low)
        most.append(high)
    return min(least, default=0), None if None in most else max((high for high in most if high is not None), default=None)


def _printed(type_: Type) -> tuple[int, int | None]:
    match type_:
        case StringType() | StringLiteralType():
            low, high = length_of(type_)
            return low or 0, high
        case IntegerType(None, _) | IntegerType(_, None):
            return 1, _LONGEST_INTEGER
        case IntegerType(int() as least, int() as most):
            texts = len(str(least)), len(str(most))
            return 1 if least <= 0 <= most else min(texts), max(texts)
        case IntegerLiteralType(value) | BooleanLiteralType(value):
            return len(str(value)), len(str(value))
        case BooleanType():
            return len("True"), len("False")
        case ArrayType() | TupleType() | ObjectType():
            return len("[]"), None
        case _:
            return 0, None


_LONGEST_INTEGER = len(str(-(2**63)))
