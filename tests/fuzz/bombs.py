"""Nesting bombs: texts of one form inside itself, or behind itself, as often as asked. Each must get an answer within the limits, whatever the number."""

import json
from collections.abc import Callable
from typing import Any

from tests.arm.harness import SCHEMA, given_template
from tests.fuzz.inputs import Input

_RESOURCE = "resource {0} 'Microsoft.Network/virtualNetworks@2024-07-01' = "


def _nested(before: str, opening: str, inside: str, closing: str, after: str = "") -> Callable[[int], str]:
    return lambda times: before + opening * times + inside + closing * times + after


def _chained(before: str, link: str, after: str = "") -> Callable[[int], str]:
    return lambda times: before + link * times + after


def _listed(first: str, line: str, last: str = "") -> Callable[[int], str]:
    """One declaration for each number, which names the one before."""
    return lambda times: first + "".join(line.format(number, number - 1) for number in range(1, times + 1)) + last.format(times)


BICEP: dict[str, Callable[[int], str]] = {
    "parentheses": _nested("output o int = ", "(", "1", ")"),
    "objects": _nested("output o object = ", "{a:", "1", "}"),
    "objects on lines": _nested("output o object = ", "{\n a: ", "1", "\n}\n"),
    "arrays": _nested("output o array = ", "[", "1", "]"),
    "arrays on lines": _nested("output o array = ", "[\n", "1", "\n]"),
    "interpolations": _nested("param p string\noutput o string = ", "'a${", "p", "}'"),
    "interpolations one after the other": _chained("param p string\noutput o string = '", "${p}", "'"),
    "multi-line interpolations": _nested("param p string\noutput o string = ", "$'''${", "p", "}'''"),
    "ternaries": _nested("param p bool\noutput o int = ", "p ? 1 : ", "2", ""),
    "ternaries in the middle": _nested("param p bool\noutput o int = ", "p ? ", "2", " : 1"),
    "not": _nested("param p bool\noutput o bool = ", "!", "p", ""),
    "minus": _nested("param p int\noutput o int = ", "-", "p", ""),
    "plus": _chained("param p int\noutput o int = p", " + p"),
    "and": _chained("param p bool\noutput o bool = p", " && p"),
    "coalesce": _chained("param p string?\noutput o string? = p", " ?? p"),
    "equal": _chained("param p bool\noutput o bool = p", " == p"),
    "properties": _chained("param p object\noutput o object = p", ".a"),
    "safe properties": _chained("param p object\noutput o object? = p", ".?a"),
    "indices": _chained("param p array\noutput o array = p", "[0]"),
    "indices from the end": _chained("param p array\noutput o array = p", "[^1]"),
    "indices in each other": _nested("param p array\noutput o array = ", "p[", "0", "]"),
    "assertions": _chained("param p string?\noutput o string = p", "!"),
    "calls": _nested("param p string\noutput o string = ", "toLower(", "p", ")"),
    "calls of two": _nested("param p string\noutput o string = ", "concat(p, ", "p", ")"),
    "spread objects": _nested("param p object\noutput o object = ", "{...", "p", "}"),
    "spread arrays": _nested("param p array\noutput o array = ", "[...", "p", "]"),
    "lambdas": _nested("param p array\noutput o array = ", "map(p, x => ", "p", ")"),
    "bare lambdas": _nested("var v = ", "x => ", "1", ""),
    "loops": _nested("output o array = ", "[for i in range(0, 2): ", "1", "]"),
    "loops in loops' arrays": _nested("output o array = ", "[for i in ", "[]", ": i]"),
    "conditions": _nested(_RESOURCE.format("r"), "if (true) ", "{ name: 'a' }", ""),
    "nested resources": _nested(_RESOURCE.format("r") + "{ name: 'r', location: 'x'\n", " resource s 'subnets' = { name: 's'\n", "", "}\n", "}\n"),
    "object types": _nested("type t = ", "{ a: ", "string", " }"),
    "tuples": _nested("type t = ", "[\n", "string", "\n]"),
    "array types": _chained("type t = string", "[]"),
    "nullable types": _chained("type t = string", "?"),
    "parenthesised types": _nested("type t = ", "(", "string", ")"),
    "unions": _chained("type t = 'a'", " | 'a'"),
    "unions in unions": _nested("type t = ", "('a' | ", "'b'", ")"),
    "type properties": _chained("type t = { a: string }\ntype u = t", ".a"),
    "generic types": _nested("type t = ", "resourceInput<", "'a'", ">"),
    "decorators": _chained("", "@description('a')\n", "param p string"),
    "decorators in arguments": _nested("@allowed(", "[", "'a'", "]", ")\nparam p string"),
    "variables": _listed("var v0 = 'a'\n", "var v{0} = v{1}\n", "output o string = v{0}\n"),
    "variables that double": _listed("param v0 string\n", "var v{0} = '${{v{1}}}${{v{1}}}'\n", "output o string = v{0}\n"),
    "variables of objects that double": _listed("var v0 = {}\n", "var v{0} = {{ a: v{1}, b: v{1} }}\n", "output o object = v{0}\n"),
    "variables that run": _listed(
        _RESOURCE.format("a") + "{ name: 'a', location: 'x' }\nvar v0 = a.properties\n", "var v{0} = [v{1}, v{1}]\n", "output o array = v{0}\n"
    ),
    "types of types": _listed("type t0 = string\n", "type t{0} = t{1}[]\n", "param p t{0}\n"),
    "types that double": _listed("type t0 = string\n", "type t{0} = {{ a: t{1}, b: t{1} }}\n", "param p t{0}\noutput o object = p\n"),
    "unions that double": _listed("type t0 = 'a' | 'b'\n", "type t{0} = t{1} | t{1}\n", "param p t{0}\n"),
    "functions": _listed("func f0(s string) string => s\n", "func f{0}(s string) string => f{1}(s)\n", "output o string = f{0}('a')\n"),
    "functions that double": _listed("func f0(s string) string => s\n", "func f{0}(s string) string => f{1}(f{1}(s))\n", "output o string = f{0}('a')\n"),
    "parameters": _listed("param p0 string = 'a'\n", "param p{0} string = p{1}\n"),
    "variables that run once each": _listed(
        _RESOURCE.format("a") + "{ name: 'a', location: 'x' }\nvar v0 = a.properties\n", "var v{0} = [v{1}]\n", "output o array = v{0}\n"
    ),
    "the same name": _listed("", _RESOURCE.format("r{0}") + "{{ name: 'r', location: 'x' }}\n"),
    "types in a circle": _listed("type t0 = { a: t1 }\n", "type t{0} = {{ a: t{1} }}\n"),
    "names that are nowhere": _listed("", "var value{0} = valeu{1}\n"),
    "properties that are nowhere": _listed("param p { a: string }\n", "var value{0} = p.b{1}\n"),
    "everything unused": _listed("", "param p{0} string\nvar v{0} = p{0}\n"),
    "resources": _listed(_RESOURCE.format("r0") + "{ name: 'r', location: 'x' }\n", _RESOURCE.format("r{0}") + "{{ name: 'r{0}', location: r{1}.location }}\n"),
    "outputs": _chained("", "output o string = 'a'\n"),
    "comments": _nested("", "/* ", "", " */"),
    "openings": _chained("var v = ", "[({"),
    "closings": _chained("var v = ", "})]"),
    "ats": _chained("", "@"),
    "quotes": _chained("var v = ", "'"),
    "interpolations left open": _chained("var v = ", "'${"),
    "directives": _chained("", "#disable-next-line a\n"),
    "restores": _chained("", "#disable-diagnostics a\n#restore-diagnostics a\n"),
}
"""What it is: the text of a Bicep file."""


def _expression(text: Callable[[int], str]) -> Callable[[int], Input]:
    return lambda times: Input("expression", text(times).encode())


def _template(change: Callable[[dict[str, Any], int], None]) -> Callable[[int], Input]:
    def make(times: int) -> Input:
        template = given_template("1")
        change(template, times)
        return Input("template", json.dumps({"template": template, "parameters": {"s": "x", "so": {}}}).encode())

    return make


def _variables(first: str, line: str) -> Callable[[int], Input]:
    """A variable for each number, of the one before; the last one in a resource."""

    def change(template: dict[str, Any], times: int) -> None:
        template["variables"] = {"v0": first, **{f"v{number}": line.format(f"variables('v{number - 1}')") for number in range(1, times + 1)}}
        template["resources"]["r"]["properties"] = {"v": f"[variables('v{times}')]"}

    return _template(change)


def _deep_properties(template: dict[str, Any], times: int) -> None:
    value: Any = 1
    for _ in range(min(times, 300)):
        value = {"a": value}
    template["resources"]["r"]["properties"] = value


def _deep_types(template: dict[str, Any], times: int) -> None:
    definition: dict[str, Any] = {"type": "string"}
    for _ in range(min(times, 300)):
        definition = {"type": "object", "properties": {"a": definition}}
    template["parameters"]["p"] = {**definition, "defaultValue": {}}


def _deep_deployments(template: dict[str, Any], times: int) -> None:
    inner: dict[str, Any] = {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": []}
    for _ in range(min(times, 70)):
        properties = {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "template": inner}
        body = {"type": "Microsoft.Resources/deployments", "apiVersion": "2025-04-01", "name": "d", "properties": properties}
        inner = {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": [body]}
    template["resources"]["d"] = inner["resources"][0] if inner["resources"] else {"type": "A.B/c", "apiVersion": "2020-01-01", "name": "d"}


def _circular_types(template: dict[str, Any], times: int) -> None:
    template["definitions"] = {f"t{number}": {"$ref": f"#/definitions/t{(number + 1) % times}"} for number in range(times)}
    template["parameters"]["p"] = {"$ref": "#/definitions/t0", "defaultValue": 1}


def _loops_in_loops(template: dict[str, Any], times: int) -> None:
    value: Any = "[copyIndex('l0')]"
    for number in range(min(times, 60)):
        value = {"copy": [{"name": f"l{number}", "count": 800, "input": value}]}
    template["resources"]["r"]["properties"] = value


ARM: dict[str, Callable[[int], Input]] = {
    "calls": _expression(_nested("", "concat(", "'a'", ")")),
    "arrays": _expression(_nested("", "createArray(", "1", ")")),
    "objects": _expression(_nested("", "createObject('a', ", "1", ")")),
    "conditions": _expression(_nested("", "if(true(), ", "1", ", 2)")),
    "lambdas": _expression(_nested("", "map(range(0, 2), lambda('x', ", "1", "))")),
    "many lambdas": _expression(_nested("", "map(range(0, 1000), lambda('x', ", "1", "))")),
    "accesses": _expression(_chained("variables('vo')", ".a")),
    "indices": _expression(_nested("", "variables('vo')[", "'a'", "]")),
    "arguments": _expression(_chained("concat('a'", ", 'a'", ")")),
    "openings": _expression(_chained("", "f(")),
    "brackets": _expression(_chained("f()", "[")),
    "quotes": _expression(_chained("", "'")),
    "digits": _expression(_chained("", "9")),
    "blanks": _expression(_chained("f(", " ", ")")),
    "json": _expression(lambda times: f"json('{'[' * times}{']' * times}')"),
    "json objects": _expression(lambda times: "json('" + '{"a":' * times + "1" + "}" * times + "')"),
    "json left open": _expression(lambda times: "json('" + "[{" * times + "')"),
    "json quotes": _expression(lambda times: "json('" + '\\"' * times + "')"),
    "texts that double": _variables("a", "[concat({0}, {0})]"),
    "unknown texts that double": _variables("[reference('x')]", "[concat({0}, {0})]"),
    "secrets that double": _variables("[parameters('s')]", "[concat({0}, {0})]"),
    "arrays that double": _variables("[createArray(1)]", "[concat({0}, {0})]"),
    "pairs that double": _variables("a", "[createArray({0}, {0})]"),
    "objects that double": _variables("a", "[createObject('a', {0}, 'b', {0})]"),
    "json that doubles": _variables("a", "[string(createArray({0}, {0}))]"),
    "reduced pairs": _expression(lambda times: f"reduce(range(0, {times}), 'a', lambda('a', 'b', createArray(lambdaVariables('a'), lambdaVariables('a'))))"),
    "reduced depth": _expression(lambda times: f"reduce(range(0, {min(times, 10_000)}), 'a', lambda('a', 'b', createArray(lambdaVariables('a'))))"),
    "replaced": _expression(lambda times: f"replace(replace('{'a' * times}', 'a', '{'b' * times}'), 'b', '{'c' * times}')"),
    "formatted": _expression(lambda times: f"format('{'{0}' * times}', '{'a' * times}')"),
    "padded": _expression(lambda times: f"format('{{0,{times}000000}}', 1)"),
    "joined": _expression(lambda times: f"join(range(0, 10000), '{'a' * times}')"),
    "properties": _template(_deep_properties),
    "types": _template(_deep_types),
    "deployments": _template(_deep_deployments),
    "types in a circle": _template(_circular_types),
    "loops in loops": _template(_loops_in_loops),
}
"""What it is: an expression or a template."""
