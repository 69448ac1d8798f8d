"""Functions of templates that Bicep says in another way: the code, and what to write."""

BANNED: dict[str, tuple[str, str]] = {
    "variables": ("BCP060", "Name the variable."),
    "parameters": ("BCP061", "Name the parameter."),
    "if": ("BCP100", "Write: condition ? a : b"),
    "createArray": ("BCP101", "Write: [ a, b ]"),
    "createObject": ("BCP102", "Write: { a: b }"),
    **{
        name: ("BCP069", f"Write the operator {operator}.")
        for name, operator in {
            "add": "+",
            "sub": "-",
            "mul": "*",
            "div": "/",
            "mod": "%",
            "less": "<",
            "lessOrEquals": "<=",
            "greater": ">",
            "greaterOrEquals": ">=",
            "equals": "==",
            "not": "!",
            "and": "&&",
            "or": "||",
            "coalesce": "??",
        }.items()
    },
}
PARAMETER_DEFAULTS_ONLY = frozenset(("utcNow", "newGuid"))
"""What may stand only in a parameter's default: it differs each time."""
