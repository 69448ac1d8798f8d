"""What the common junit-10 schema demands of a file, as rules of our own: elements, attributes, what is in what, and how times are written."""

import re
from xml.etree import ElementTree

_COUNTS = ("tests", "failures", "errors")
ATTRIBUTES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "testsuites": (frozenset(), frozenset({"name", "time", *_COUNTS})),
    "testsuite": (
        frozenset({"name", *_COUNTS}),
        frozenset({"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url", "version"}),
    ),
    "testcase": (frozenset({"name"}), frozenset({"time", "classname", "group"})),
    "properties": (frozenset(), frozenset()),
    "property": (frozenset({"name", "value"}), frozenset()),
    **dict.fromkeys(("failure", "error", "skipped"), (frozenset(), frozenset({"type", "message"}))),
    **dict.fromkeys(("system-out", "system-err"), (frozenset(), frozenset())),
}
"""Element -> (attributes that it must have, attributes that it may have)."""

_OUTPUTS = frozenset({"system-out", "system-err"})
CHILDREN: dict[str, frozenset[str]] = {
    "testsuites": frozenset({"testsuite"}),
    "testsuite": frozenset({"testsuite", "properties", "testcase", *_OUTPUTS}),
    "testcase": frozenset({"skipped", "error", "failure", *_OUTPUTS}),
    "properties": frozenset({"property"}),
}
"""Element -> what may be in it, in any order. (The schema also knows reruns and flaky tests, which we never write.)"""

_MIXED = frozenset({"failure", "error", "skipped", *_OUTPUTS})
_TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?")


def check_junit(text: str) -> list[str]:
    """Everything that the schema would refuse."""
    root = ElementTree.fromstring(text)
    problems = [] if root.tag in ("testsuites", "testsuite") else [f"{root.tag} is no root"]
    return [*problems, *(problem for element in root.iter() for problem in _check_element(element))]


def _check_element(element: ElementTree.Element) -> list[str]:
    if element.tag not in ATTRIBUTES:
        return [f"{element.tag} is no element of the schema"]
    needed, more = ATTRIBUTES[element.tag]
    present = frozenset(element.attrib)
    problems = [f"{element.tag} lacks {name}" for name in needed - present]
    problems += [f"{element.tag} must not have {name}" for name in present - needed - more]
    problems += [f"{child.tag} must not be in {element.tag}" for child in element if child.tag not in CHILDREN.get(element.tag, frozenset())]
    if element.tag in ("testsuites", "testsuite") and not _TIME.fullmatch(element.get("time", "")):
        problems.append(f"{element.tag} has the time {element.get('time')}")
    texts = [element.text, *(child.tail for child in element)]
    if element.tag not in _MIXED and any(text and text.strip() for text in texts):
        problems.append(f"{element.tag} holds text")
    return problems
