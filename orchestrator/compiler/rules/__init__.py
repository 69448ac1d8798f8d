"""The linter's rules, one a file. To add one: a file with a RULE, its name here, and a case under tests/compiler/rules.

Left out, of the official linter's: use-recent-module-versions (asks a registry) and stacks-extensibility-compat (an experimental feature's).
"""

from collections.abc import Callable
from datetime import date

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Rule
from orchestrator.compiler.rules import (
    adminusername_should_not_be_literal,
    artifacts_parameters,
    decompiler_cleanup,
    explicit_values_for_loc_params,
    max_asserts,
    max_outputs,
    max_params,
    max_resources,
    max_variables,
    nested_deployment_template_scoping,
    no_conflicting_metadata,
    no_deployments_resources,
    no_explicit_any,
    no_hardcoded_env_urls,
    no_hardcoded_location,
    no_hardcoded_outputs,
    no_loc_expr_outside_params,
    no_module_name,
    no_unnecessary_depends_on,
    no_unused_existing_resources,
    no_unused_imports,
    no_unused_params,
    no_unused_types,
    no_unused_vars,
    outputs_should_not_contain_secrets,
    prefer_interpolation,
    prefer_unquoted_property_names,
    protect_commandtoexecute_secrets,
    secure_parameter_default,
    secure_params_in_nested_deploy,
    secure_params_in_parameters_file,
    secure_secrets_in_params,
    simplify_interpolation,
    simplify_json_null,
    use_description_outputs,
    use_description_params,
    use_description_type_properties,
    use_description_types,
    use_description_vars,
    use_parent_property,
    use_recent_api_versions,
    use_recent_az_powershell_version,
    use_recognized_resource_type,
    use_resource_id_functions,
    use_resource_symbol_reference,
    use_safe_access,
    use_secure_value_for_secure_inputs,
    use_stable_resource_identifiers,
    use_stable_vm_image,
    use_user_defined_types,
    what_if_short_circuiting,
)
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.model.diagnostics import Level

RULES: tuple[Rule, ...] = (
    adminusername_should_not_be_literal.RULE,
    artifacts_parameters.RULE,
    decompiler_cleanup.RULE,
    explicit_values_for_loc_params.RULE,
    max_asserts.RULE,
    max_outputs.RULE,
    max_params.RULE,
    max_resources.RULE,
    max_variables.RULE,
    nested_deployment_template_scoping.RULE,
    no_conflicting_metadata.RULE,
    no_deployments_resources.RULE,
    no_explicit_any.RULE,
    no_hardcoded_env_urls.RULE,
    no_hardcoded_location.RULE,
    no_hardcoded_outputs.RULE,
    no_loc_expr_outside_params.RULE,
    no_module_name.RULE,
    no_unnecessary_depends_on.RULE,
    no_unused_existing_resources.RULE,
    no_unused_imports.RULE,
    no_unused_params.RULE,
    no_unused_types.RULE,
    no_unused_vars.RULE,
    outputs_should_not_contain_secrets.RULE,
    prefer_interpolation.RULE,
    prefer_unquoted_property_names.RULE,
    protect_commandtoexecute_secrets.RULE,
    secure_parameter_default.RULE,
    secure_params_in_nested_deploy.RULE,
    secure_params_in_parameters_file.RULE,
    secure_secrets_in_params.RULE,
    simplify_interpolation.RULE,
    simplify_json_null.RULE,
    use_description_outputs.RULE,
    use_description_params.RULE,
    use_description_type_properties.RULE,
    use_description_types.RULE,
    use_description_vars.RULE,
    use_parent_property.RULE,
    use_recent_api_versions.RULE,
    use_recent_az_powershell_version.RULE,
    use_recognized_resource_type.RULE,
    use_resource_id_functions.RULE,
    use_resource_symbol_reference.RULE,
    use_safe_access.RULE,
    use_secure_value_for_secure_inputs.RULE,
    use_stable_resource_identifiers.RULE,
    use_stable_vm_image.RULE,
    use_user_defined_types.RULE,
    what_if_short_circuiting.RULE,
)


def run_rules(model: SemanticModel, today: Callable[[], date] = date.today) -> None:
    """Enter what the rules find into a checked model, at the levels that bicepconfig.json sets. today: for rules that ask for age."""
    configuration = model.configuration
    if configuration.linter_verbose:
        code = "Bicep Linter Configuration" if configuration.linter_enabled else "Linter Disabled"
        model.problems.add(Level.INFO, 0, 0, (code, f"The linter reads {configuration.path}.", None))
    if not configuration.linter_enabled:
        return
    file = LintedFile(model, today)
    for rule in RULES:
        level = configuration.rule_level(rule.code, rule.level or "off")
        if level != "off":
            for place, message, remedy in rule.check(file):
                model.problems.add(Level(level), place.start, place.end, (rule.code, message, remedy or rule.remedy))


__all__ = ["RULES", "run_rules"]
