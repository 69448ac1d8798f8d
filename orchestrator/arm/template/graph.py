"""Which resource waits for which: `dependsOn` in all its spellings, `reference()` and its kin, batches of loops."""

from collections.abc import Iterator, Mapping

from orchestrator.arm.expressions import Call, ExpressionError, parse_template_string
from orchestrator.arm.functions.values import invalid, is_integer, walk_calls
from orchestrator.arm.template.instances import Instance
from orchestrator.arm.template.stage import Stage
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json


def find_dependencies(stage: Stage) -> dict[str, frozenset[str]]:
    """Keys that each instance waits for; ArmError for an entry of `dependsOn` that is not in the template."""
    found: dict[str, set[str]] = {instance.key: set() for instance in stage.instances}
    for instance in stage.instances:
        for text in explicit_dependencies(instance):
            targets = find_targets(stage, text)
            if not targets and not is_empty_loop(stage, text):
                raise unknown_dependency(instance, text)
            found[instance.key].update(target.key for target in targets)
        found[instance.key].update(target.key for text in _referenced(instance) for target in find_targets(stage, text))
        found[instance.key].discard(instance.key)
    for first, second in _batches(stage):
        found[second].add(first)
    return {key: frozenset(keys) for key, keys in found.items()}


def unknown_dependency(instance: Instance, text: str) -> ArmError:
    """The error for an entry of `dependsOn` that names nothing."""
    return invalid(
        f"The resource '{text}' is not defined in the template, but '{instance.declaration.label}' depends on it. Please see "
        "https://aka.ms/arm-syntax for usage details."
    )


def explicit_dependencies(instance: Instance) -> list[str]:
    """The entries of `dependsOn`; ArmError where one is no text."""
    entries = instance.early("dependsOn") or []
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise invalid(f"The 'dependsOn' of the template resource '{instance.declaration.label}' must be an array of texts.")
    return entries


def find_targets(stage: Stage, text: str) -> list[Instance]:
    """The resources that a text means: symbolic name, loop, id, name, or type and name."""
    group = stage.find_symbol(text)
    if group is not None:
        return group
    if stage.symbolic and text.lower() in stage.by_symbol:
        return []
    if text.startswith("/"):
        wanted = text.rstrip("/").lower()
        return [instance for instance in stage.instances if str(instance.id).lower() == wanted]
    loop = [
        i
        for i in stage.instances
        if isinstance(i.declaration.body.get("copy"), dict) and str(i.declaration.body["copy"].get("name", "")).lower() == text.lower()
    ]
    return loop or list(stage.find_names(text))


def is_empty_loop(stage: Stage, text: str) -> bool:
    """True for a loop that counts no resources."""
    if stage.by_symbol.get(text.lower()) == []:
        return True
    resources = stage.template.get("resources") or []
    bodies = resources.values() if isinstance(resources, dict) else resources
    return any(isinstance(body.get("copy"), dict) and str(body["copy"].get("name", "")).lower() == text.lower() for body in bodies)


def _referenced(instance: Instance) -> Iterator[str]:
    """First arguments of `reference()`, `references()` and `list*()` in a body, as far as they are known beforehand."""
    body = {key: value for key, value in instance.declaration.body.items() if key not in ("resources", "dependsOn", "copy", "name", "type", "apiVersion")}
    properties = body.get("properties")
    if instance.declaration.is_deployment and isinstance(properties, dict):
        options = properties.get("expressionEvaluationOptions") or {}
        if str(options.get("scope", "outer")).lower() == "inner":
            body = {**body, "properties": {key: value for key, value in properties.items() if key != "template"}}
    evaluator = instance.evaluator("name")
    for call in _calls(body):
        name = call.name.lower()
        if call.arguments and (name in ("reference", "references") or name.startswith("list")):
            try:
                target = evaluator.evaluate(call.arguments[0])
            except ArmError:
                continue  # inside a loop or a lambda: not known before
            if isinstance(target, str):
                yield target


def _calls(value: Json) -> Iterator[Call]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _calls(key)
            yield from _calls(item)
    elif isinstance(value, list):
        for item in value:
            yield from _calls(item)
    elif isinstance(value, str) and value.startswith("["):
        try:
            yield from walk_calls(parse_template_string(value))
        except ExpressionError:
            return


def _batches(stage: Stage) -> Iterator[tuple[str, str]]:
    """(earlier, later) keys of loops whose mode is serial."""
    groups: dict[int, list[Instance]] = {}
    for instance in stage.instances:
        loop = instance.declaration.body.get("copy")
        if isinstance(loop, dict) and str(loop.get("mode", "parallel")).lower() == "serial":
            groups.setdefault(id(instance.declaration), []).append(instance)
    for group in groups.values():
        said = group[0].evaluator("name").evaluate_json(group[0].declaration.body["copy"].get("batchSize", 1))
        if not is_integer(said) or said < 1:
            raise invalid(f"The copy of the template resource '{group[0].declaration.label}' has an invalid batch size of: '{said}'.")
        size = int(said)
        for number, instance in enumerate(group):
            start = number // size * size - size
            yield from ((earlier.key, instance.key) for earlier in (group[start : start + size] if start >= 0 else ()))


def find_cycle(dependencies: Mapping[str, frozenset[str]]) -> list[str] | None:
    """A circle of keys, or None."""
    done: set[str] = set()
    for first in dependencies:
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(first, False)]
        while stack:
            key, leaving = stack.pop()
            if leaving:
                done.add(path.pop())
            elif key in path:
                return [*path[path.index(key) :], key]
            elif key not in done:
                path.append(key)
                stack.append((key, True))
                stack.extend((other, False) for other in sorted(dependencies.get(key, ())))
    return None
