"""The order of texts in ICU's root collation, by which Azure compares and sorts them: punctuation, symbols, digits, letters; accents, then case, break ties."""

import unicodedata

_MARKS = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_WEIGHTS = {mark: number for number, mark in enumerate(_MARKS)}


def collation_key(text: str) -> tuple[list[tuple[int, str]], list[str], list[bool]]:
    """A key whose order is the root collation's: letters without case or accent, then accents, then lower before upper case."""
    primary: list[tuple[int, str]] = []
    accents: list[str] = []
    cases: list[bool] = []
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character):
            if accents:
                accents[-1] += character
            continue
        primary.append(_primary(character))
        accents.append("")
        cases.append(character.isupper())
    return primary, accents, cases


def compare_texts(left: str, right: str) -> int:
    """-1, 0 or 1."""
    first, second = collation_key(left), collation_key(right)
    return (first > second) - (first < second)


def _primary(character: str) -> tuple[int, str]:
    if character.isspace():
        return 0, character
    if character in _WEIGHTS:
        return 1, chr(_WEIGHTS[character])
    if character.isdigit():
        return 3, character
    if character.isalpha():
        return 4, character.lower()
    return 2, character
