"""`uniqueString` and `guid`: the two hashes by which templates make names."""

from struct import iter_unpack

from orchestrator.arm.functions.signature import Function
from orchestrator.arm.functions.values import Value, invalid, kind_of

_GUID_NAMESPACE = "11fb06fb-712d-4ddd-98c7-e71bbd588830"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_MASK = 0xFFFFFFFF


def hash_64(data: bytes) -> int:
    """The 64-bit relative of Murmur3 that Azure uses for `uniqueString` and template hashes: two lanes of 32 bits, seed 0."""
    one = two = 0
    whole = len(data) // 8 * 8
    for first, second in iter_unpack("<II", data[:whole]):  # the mixing is written out: templates are hashed whole
        first = first * 0x239B961B & _MASK  # noqa: PLW2901
        first = (first << 15 | first >> 17) * 0xAB0E9789 & _MASK  # noqa: PLW2901
        one ^= first
        one = ((one << 19 | one >> 13) + two) * 5 + 0x561CCD1B & _MASK
        second = second * 0xAB0E9789 & _MASK  # noqa: PLW2901
        second = (second << 17 | second >> 15) * 0x239B961B & _MASK  # noqa: PLW2901
        two ^= second
        two = ((two << 13 | two >> 19) + one) * 5 + 0x0BCAA747 & _MASK
    tail = data[whole:]
    if tail:
        one ^= _mix_one(int.from_bytes(tail[:4], "little"))
    if len(tail) > 4:
        two ^= _mix_two(int.from_bytes(tail[4:], "little"))
    one ^= len(data)
    two ^= len(data)
    one = (one + two) & _MASK
    two = (two + one) & _MASK
    one, two = _finish(one), _finish(two)
    one = (one + two) & _MASK
    two = (two + one) & _MASK
    return two << 32 | one


def unique_string(*texts: Value) -> str:
    """13 characters, each of the top five bits in turn."""
    value = hash_64(_joined("uniqueString", texts))
    letters = []
    for _ in range(13):
        letters.append(_ALPHABET[value >> 59])
        value = (value << 5) & 0xFFFFFFFFFFFFFFFF
    return "".join(letters)


def guid(*texts: Value) -> str:
    """A name-based UUID (version 5)."""
    import uuid  # 2 ms that few templates need

    return str(uuid.uuid5(uuid.UUID(_GUID_NAMESPACE), _joined("guid", texts).decode("utf-8")))


def _joined(function: str, texts: tuple[Value, ...]) -> bytes:
    for text in texts:
        if not isinstance(text, str):
            raise invalid(
                f"The template language function '{function}' expects its parameters to be of type 'String'. A provided value is of type '{kind_of(text)}'."
            )
    return "-".join(texts).encode("utf-8")


def _rotate(value: int, bits: int) -> int:
    return (value << bits | value >> (32 - bits)) & _MASK


def _mix_one(value: int) -> int:
    return _rotate(value * 0x239B961B & _MASK, 15) * 0xAB0E9789 & _MASK


def _mix_two(value: int) -> int:
    return _rotate(value * 0xAB0E9789 & _MASK, 17) * 0x239B961B & _MASK


def _finish(value: int) -> int:
    value = (value ^ value >> 16) * 0x85EBCA6B & _MASK
    value = (value ^ value >> 13) * 0xC2B2AE35 & _MASK
    return value ^ value >> 16


FUNCTIONS = {
    "uniqueString": Function(unique_string, 1, None),
    "guid": Function(guid, 1, None),
}
