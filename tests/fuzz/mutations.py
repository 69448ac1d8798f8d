"""Mutations of text, of bytes and of JSON: small damage of the kinds that find what a parser or an evaluator forgot."""

import json
import re
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

TOKEN = re.compile(r"'[^'\n]*'|\$*'''|\w+|[^\S\n]+|\n|//[^\n]*|[=!<>]=|=~|!~|=>|\?\?|\.\.\.|&&|\|\||\$\{|.", re.DOTALL)
_BICEP_WORDS = (
    "param var resource module output type func import extension with as from using extends none targetScope metadata assert test existing if for "
    "in null true false any string int bool object array resourceInput resourceOutput this sys az '${ } { [ ] ( ) ''' $''' $$''' ' \" @ @secure() "
    "@allowed @export() ? ?? .? [? [^ :: ! - ... => = : , | * \\n \\u{ # // /* */ #disable-next-line #disable-diagnostics #restore-diagnostics 0 -1 "
    "9223372036854775807 9223372036854775808 99999999999999999999999999 resourceGroup() subscription deployment() environment() loadTextContent "
    "loadJsonContent map filter reduce range length format copyIndex "
)
BICEP_WORDS = tuple(_BICEP_WORDS.split())
_EXPRESSION_WORDS = (
    "( ) [ ] . , ' '' [[ -1 0 10000 10001 9223372036854775807 -9223372036854775808 99999999999999999999 1.5 true() false() null() createObject( "
    "createArray( lambda( lambdaVariables( map( filter( reduce( sort( range( concat( format( json( string( int( bool( if( and( equals( union( "
    "intersection( tryGet( reference( resourceId( parameters( variables( copyIndex( substring( padLeft( replace( split( join( items( dateTimeAdd( "
    "uniqueString( base64( cidrSubnet( __bicep.f( outputs() "
)
EXPRESSION_WORDS = tuple(_EXPRESSION_WORDS.split())
ODD = ["\0", "\r", "\r\n", "\t", "\x0b", "\u2028", "\ufeff", "\U0001f642", "İ", "ß", "\u0301", "\x7f", "\ud7ff", "\u00a0", "\\", "{0}", "{", "%", "`"]
_OPERATORS = "+ - * / % == != =~ !~ < <= > >= && || ?? . ? .? ::"
OPERATORS = frozenset(_OPERATORS.split())
LONG = ("9" * 40, "a" * 300, "-" * 60, "((" * 30, "[[" * 30, "'" * 31, "!" * 64, "." * 33)
ODD_JSON: tuple[Any, ...] = (None, True, 0, -1, 1.5, 2**63, 10**30, "", "[", "[]", "[null()]", "[copyIndex()]", "[[x]", [], {}, [[]], {"": None}, "x" * 300)


def mutate_text(random: Random, text: str, others: Callable[[], str], words: Sequence[str]) -> str:
    """A text with one to six mutations of its tokens or characters; `others` gives a text to take pieces from."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4, 6))):
        text = _of_tokens(random, text, others, words) if random.random() < 0.75 else _of_characters(random, text)
    return text


def _of_tokens(random: Random, text: str, others: Callable[[], str], words: Sequence[str]) -> str:
    tokens = TOKEN.findall(text) or [""]
    at = random.randrange(len(tokens))
    stop = at + random.choice((1, 1, 1, 2, 3, 8))
    match random.randrange(9):
        case 0:
            del tokens[at:stop]
        case 1:
            tokens.insert(at, random.choice(words))
        case 2:
            tokens[at] = random.choice(words)
        case 3:
            tokens[at] = random.choice(tokens)
        case 4:
            tokens[at:at] = tokens[at:stop] * random.choice((1, 1, 2, 20))
        case 5:
            other = random.randrange(len(tokens))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        case 6:
            piece = TOKEN.findall(others()) or [""]
            start = random.randrange(len(piece))
            tokens[at:stop] = piece[start : start + random.choice((1, 2, 5, 15))]
        case 7:
            lines = others().split("\n")
            start = random.randrange(len(lines))
            tokens[at:at] = ["\n", *"\n".join(lines[start : start + random.randint(1, 4)]), "\n"]
        case _:
            tokens[at] = random.choice(LONG)
    return "".join(tokens)


def mutate_gently(random: Random, text: str, others: Callable[[], str]) -> str:
    """A text with one to four tokens in place of others of their class, from the same text or another: what often still compiles."""
    tokens = TOKEN.findall(text)
    for _ in range(random.randint(1, 4)):
        source = tokens if random.random() < 0.7 else TOKEN.findall(others())
        at = random.randrange(len(tokens)) if tokens else None
        if at is None:
            break
        wanted = _class_of(tokens[at])
        same = [token for token in source if _class_of(token) == wanted]
        if same and wanted not in ("blank", "mark"):
            tokens[at] = random.choice(same)
    return "".join(tokens)


def _class_of(token: str) -> str:
    if token[0] == "'":
        return "string"
    if token.isdigit():
        return "number"
    if token.isspace() or token.startswith("//"):
        return "blank"
    if token[0].isalpha() or token[0] == "_":
        return "word"
    return "operator" if token in OPERATORS else "mark"


def _of_characters(random: Random, text: str) -> str:
    at = random.randrange(len(text) + 1)
    match random.randrange(5):
        case 0:
            return text[:at] + text[at + random.choice((1, 1, 2, 7)) :]
        case 1:
            return text[:at] + random.choice(ODD) + text[at:]
        case 2:
            return text[:at] + chr(random.randrange(32, 127)) + text[at + 1 :]
        case 3:
            return text[:at]
        case _:
            return text[at:] + text[:at]


def mutate_bytes(random: Random, data: bytes) -> bytes:
    """Bytes with one to four flipped, cut, doubled or overwritten; seldom UTF-8 afterwards."""
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(data) + 1)
        match random.randrange(4):
            case 0:
                data = data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :] if at < len(data) else data
            case 1:
                data = data[:at] + data[at + random.randint(1, 16) :]
            case 2:
                data = data[:at] + data[at : at + random.randint(1, 64)] + data[at:]
            case _:
                data = data[:at] + random.randbytes(random.randint(1, 4)) + data[at:]
    return data


def mutate_json(random: Random, document: Any, others: Callable[[], str]) -> Any:
    """A JSON document with one to five places changed: values, keys, expressions in strings."""
    document = json.loads(json.dumps(document))
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        places = list(_places(document))
        if not places:
            return document
        _change(random, *random.choice(places), others, random.choice(places))
    return document


def _places(value: Any) -> Any:
    """(container, key) of everything in a document."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield value, key
        yield from _places(inner)


def _change(random: Random, container: Any, key: Any, others: Callable[[], str], elsewhere: tuple[Any, Any]) -> None:
    if not _has(container, key):
        return  # an earlier change took it away
    value = container[key]
    choice = random.randrange(8)
    if isinstance(value, str) and choice < 5:
        container[key] = mutate_text(random, value, others, EXPRESSION_WORDS)
    elif choice == 5:
        container[key] = json.loads(json.dumps(random.choice(ODD_JSON)))
    elif choice == 6:
        del container[key]
    elif isinstance(container, dict) and choice == 7:
        container[mutate_text(random, key, others, EXPRESSION_WORDS)] = container.pop(key)
    else:
        other, name = elsewhere
        container[key] = json.loads(json.dumps(other[name])) if _has(other, name) else None


def _has(container: Any, key: Any) -> bool:
    return key in container if isinstance(container, dict) else key < len(container)
