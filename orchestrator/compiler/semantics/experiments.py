"""The experimental features of bicepconfig.json: what templates call them, and which template language they need."""

from dataclasses import dataclass

from orchestrator.compiler.semantics.model import SemanticModel

WARNING = (
    "This template uses ARM features that are experimental. Experimental features should be enabled for testing purposes only, as there are no guarantees "
    "about the quality or stability of these features. Do not enable these settings for any production usage, or your production environment may be subject "
    "to breaking."
)
"""What the official compiler writes into such templates."""


@dataclass(frozen=True, slots=True)
class Feature:
    """`title`: its name in a template; None where it never stands there. `supported`: this compiler knows it."""

    title: str | None = None
    supported: bool = True


FEATURES = {
    "ociEnabled": Feature(),
    "symbolicNameCodegen": Feature(),
    "resourceInfoCodegen": Feature("Resource info code generation", supported=False),
    "resourceTypedParamsAndOutputs": Feature(),
    "sourceMapping": Feature(),
    "legacyFormatter": Feature(),
    "testFramework": Feature(),
    "assertions": Feature("Asserts"),
    "waitUntil": Feature("Enable waitUntil feature on resource bicep types"),
    "localDeploy": Feature("Enable local deploy"),
    "moduleExtensionConfigs": Feature("Enable defining extension configs for modules"),
    "userDefinedConstraints": Feature("Enable @validate() decorator"),
    "deployCommands": Feature("Enable deploy commands"),
    "patch": Feature(),
    "runtimeValuesInTagsAndSku": Feature("Enable runtime values in tags and SKU", supported=False),
    "azExtensionConfig": Feature("Enable configuration for the built-in 'az' extension", supported=False),
}
"""In the order in which templates list them."""


def unsupported_features(model: SemanticModel) -> list[str]:
    """What is switched on and not known to this compiler. Names that nobody knows are ignored, as the official compiler does."""
    return [name for name in model.configuration.experiments if name in FEATURES and not FEATURES[name].supported]


def enabled_titles(model: SemanticModel) -> list[str]:
    """The features that a template must name."""
    on = {name for name, feature in FEATURES.items() if model.configuration.experimental(name)}
    return [feature.title for name, feature in FEATURES.items() if name in on and feature.title is not None]


def experimental_language(model: SemanticModel) -> str | None:
    """The experimental template language that a file needs; None for a stable one."""
    if not enabled_titles(model):
        return None
    return "2.2-experimental" if model.configuration.experimental("moduleExtensionConfigs") else "2.1-experimental"
