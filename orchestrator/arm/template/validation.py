"""What a deployment refuses before anything is done: every problem at once."""

from collections.abc import Iterator, Sequence

from orchestrator.arm.evaluation.named_values import Parameters
from orchestrator.arm.functions.values import Unknown, invalid
from orchestrator.arm.template.graph import explicit_dependencies, find_cycle, find_dependencies, find_targets, is_empty_loop, unknown_dependency
from orchestrator.arm.template.stage import Stage, check_values
from orchestrator.model.errors import ArmError

_LIMITS = {"parameters": 256, "variables": 512, "outputs": 64}
_MAXIMUM_RESOURCES = 800


def raise_problems(problems: Sequence[ArmError]) -> None:
    """One ArmError for all problems; nothing where there are none."""
    if not problems:
        return
    if len(problems) == 1:
        raise ArmError("InvalidTemplate", f"Deployment template validation failed: '{problems[0].message}'", details=problems[0].details)
    listed = "' '".join(problem.message for problem in problems)
    raise ArmError("InvalidTemplate", f"Deployment template validation failed: '{listed}'", details=problems)


def check_stage(stage: Stage, *, load: bool) -> list[ArmError]:
    """All problems of a template with its parameters; its instances are made where `load` says so."""
    problems = [*_check_sections(stage), *_check_names(stage), *(check_values(stage) if load else ())]
    if problems:
        return problems
    try:
        if load:
            stage.load()
    except ArmError as error:
        return [error]
    problems += [*_check_instances(stage), *_check_doubles(stage), *_check_depends_on(stage)]
    return problems or list(_check_cycle(stage))


def _check_sections(stage: Stage) -> Iterator[ArmError]:
    template = stage.template
    if not isinstance(template.get("$schema"), str):
        yield invalid("The template's '$schema' is missing.")
    if not isinstance(template.get("contentVersion"), str):
        yield invalid("The template's 'contentVersion' is missing.")
    for section, limit in _LIMITS.items():
        if len(template.get(section) or {}) > limit:
            yield invalid(f"The number of template {section} limit exceeded. Limit: '{limit}' and actual: '{len(template[section])}'.")


def _check_names(stage: Stage) -> Iterator[ArmError]:
    values = stage.program.parameters
    names = [*(values.declared if isinstance(values, Parameters) else ())]
    seen: set[str] = set()
    for name in names:
        if name.lower() in seen:
            yield invalid(f"The template parameter '{name}' is there twice: names of parameters differ in more than case.")
        seen.add(name.lower())


def _check_instances(stage: Stage) -> Iterator[ArmError]:
    if len(stage.instances) > _MAXIMUM_RESOURCES:
        yield invalid(f"The number of template resources limit exceeded. Limit: '{_MAXIMUM_RESOURCES}' and actual: '{len(stage.instances)}'.")
    for instance in stage.instances:
        label = instance.declaration.label
        if not isinstance(instance.condition, bool):
            yield invalid(f"The condition of the template resource '{label}' must be of type 'Boolean'.")
        if isinstance(instance.id, Unknown) or isinstance(instance.name, Unknown):
            yield invalid(f"The name or the scope of the template resource '{label}' is not known before the deployment.")


def _check_doubles(stage: Stage) -> Iterator[ArmError]:
    seen: set[str] = set()
    for instance in stage.instances:
        identifier = str(instance.id).lower()
        if instance.condition is not True or instance.declaration.existing:
            continue
        if identifier in seen:
            yield invalid(
                f"The resource '{instance.id}' is defined multiple times in a template. Please see https://aka.ms/arm-template/#resources for usage details."
            )
        seen.add(identifier)


def _check_depends_on(stage: Stage) -> Iterator[ArmError]:
    for instance in stage.instances:
        try:
            for text in explicit_dependencies(instance):
                if not find_targets(stage, text) and not is_empty_loop(stage, text):
                    yield unknown_dependency(instance, text)
        except ArmError as error:
            yield error


def _check_cycle(stage: Stage) -> Iterator[ArmError]:
    cycle = find_cycle(find_dependencies(stage))
    if cycle is not None:
        yield invalid(
            f"Circular dependency detected on resource: '{cycle[0]}': {' -> '.join(cycle)}. Please see "
            "https://aka.ms/arm-template/#resources for usage details."
        )
