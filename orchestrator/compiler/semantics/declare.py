"""Declares a file's symbols: one function for each kind of statement."""

from typing import Any

from orchestrator.compiler.functions.extensions import BUILTIN
from orchestrator.compiler.semantics.experiments import unsupported_features
from orchestrator.compiler.semantics.extension_references import find_extension
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.referenced_files import LoadModel, find_unrestored, load_target
from orchestrator.compiler.semantics.reserved_names import refuse_reserved
from orchestrator.compiler.semantics.resource_bodies import is_resource_type_text
from orchestrator.compiler.semantics.symbols import (
    AssignmentSymbol,
    BaseSymbol,
    ExtensionSymbol,
    FunctionSymbol,
    ImportedSymbol,
    ModuleSymbol,
    OutputSymbol,
    ParameterSymbol,
    ResourceSymbol,
    Symbol,
    TestSymbol,
    TypeSymbol,
    VariableSymbol,
    WildcardSymbol,
)
from orchestrator.compiler.syntax.declarations import (
    AssertDeclaration,
    ExtendsDeclaration,
    ExtensionConfigAssignment,
    ExtensionDeclaration,
    FunctionDeclaration,
    ImportDeclaration,
    ImportedItem,
    MetadataDeclaration,
    ModuleDeclaration,
    OutputDeclaration,
    ParameterAssignment,
    ParameterDeclaration,
    ResourceDeclaration,
    SkippedDeclaration,
    TargetScope,
    TestDeclaration,
    TypeDeclaration,
    UsingDeclaration,
    VariableDeclaration,
)
from orchestrator.compiler.syntax.expressions import Identifier, Skipped, StringSyntax
from orchestrator.compiler.syntax.problems import did_you_mean
from orchestrator.resource_types.names import canonical_name

SCOPES = ("resourceGroup", "subscription", "managementGroup", "tenant")


class Declarer:
    """Enters symbols into a model; `load` gives the model of another file."""

    def __init__(self, model: SemanticModel, load: LoadModel) -> None:
        self.model = model
        self.load = load
        self.seen: dict[str, list[Symbol]] = {}
        self.outputs: dict[str, list[Symbol]] = {}
        self.metadata: dict[str, list[Symbol]] = {}
        self.imported: dict[Symbol, list[ImportedItem]] = {}

    def declare_all(self) -> None:
        """Declare every statement, then report names declared twice. Nested resources stand before all others, the innermost first."""
        for feature in unsupported_features(self.model):
            self.model.unsupported.append((Identifier(0, 0, ""), f"The experimental feature '{feature}' of bicepconfig.json is not supported yet."))
        for statement in self.model.statements:
            handler = _HANDLERS.get(type(statement))
            if handler is not None:
                handler(self, statement)
        for resource in self.model.resources:
            _assign_extension(resource)
        self.model.resources.sort(key=lambda symbol: symbol.nested_in is None)
        self._refuse_repeated(self.outputs, "BCP145")
        self._refuse_repeated(self.metadata, "BCP145")
        self._refuse_repeated(self.seen, "BCP028")
        for items in self.imported.values():
            names = ", ".join(f"'{item.name.name}'" for item in items)
            for item in items if len(items) > 1 else ():
                self.model.problems.error(item, "BCP362", f"The same is imported {len(items)} times, as {names}.", "Import it once.")

    def _refuse_repeated(self, declared: dict[str, list[Symbol]], code: str) -> None:
        for name, symbols in declared.items():
            for symbol in symbols if len(symbols) > 1 else ():
                said = f"'{name}' is declared {len(symbols)} times in this file."
                self.model.problems.error(symbol.name, code, said, "Rename or remove all but one.")

    def _enter(self, symbol: Symbol) -> None:
        if not symbol.text:
            return  # its name could not be read
        refuse_reserved(symbol)
        self.seen.setdefault(symbol.text, []).append(symbol)
        self.model.names.setdefault(symbol.text, symbol)

    def _parameter(self, node: ParameterDeclaration) -> None:
        symbol = ParameterSymbol(node.name, self.model, node)
        self._enter(symbol)
        self.model.parameters.setdefault(symbol.text, symbol)

    def _assignment(self, node: ParameterAssignment) -> None:
        self._enter(AssignmentSymbol(node.name, self.model, node))

    def _variable(self, node: VariableDeclaration) -> None:
        symbol = VariableSymbol(node.name, self.model, node)
        self._enter(symbol)
        self.model.variables.setdefault(symbol.text, symbol)

    def _type(self, node: TypeDeclaration) -> None:
        symbol = TypeSymbol(node.name, self.model, node)
        self._enter(symbol)
        self.model.types.setdefault(symbol.text, symbol)

    def _function(self, node: FunctionDeclaration) -> None:
        symbol = FunctionSymbol(node.name, self.model, node)
        self._enter(symbol)
        self.model.functions.setdefault(symbol.text, symbol)

    def _metadata(self, node: MetadataDeclaration) -> None:
        name = node.name.name
        if name.startswith("_"):
            self.model.problems.error(node.name, "BCP268", f"'{name}' begins with '_', and such names are the compiler's.", "Rename it.")
        if name:
            self.metadata.setdefault(name, []).append(Symbol(node.name, self.model))

    def _output(self, node: OutputDeclaration) -> None:
        symbol = OutputSymbol(node.name, self.model, node)
        if symbol.text:
            self.outputs.setdefault(symbol.text, []).append(symbol)
            self.model.outputs.setdefault(symbol.text, symbol)

    def _resource(self, node: ResourceDeclaration) -> None:
        symbol = self._resource_symbol(node, None)
        self.model.resources.append(symbol)
        self._enter(symbol)

    def _resource_symbol(self, node: ResourceDeclaration, parent: ResourceSymbol | None) -> ResourceSymbol:
        symbol = ResourceSymbol(node.name, self.model, node, parent)
        symbol.unwrap(node.value)
        _read_type(symbol)
        self.model.resources_by_declaration[node] = symbol
        inside: list[ResourceSymbol] = []
        for inner in symbol.body.resources if symbol.body else ():
            nested = self._resource_symbol(inner, symbol)
            symbol.nested[nested.text] = nested
            inside.append(nested)
        for nested in inside:
            if nested.text and sum(other.text == nested.text for other in inside) > 1:
                self.model.problems.error(nested.name, "BCP028", f"'{nested.text}' is declared more than once here.", "Rename or remove all but one.")
        self.model.resources += inside
        return symbol

    def _module(self, node: ModuleDeclaration) -> None:
        symbol = ModuleSymbol(node.name, self.model, node)
        symbol.unwrap(node.value)
        symbol.link = find_unrestored(self.model, node.path) if self.model.workspace.allow_unrestored else None
        symbol.target = load_target(self.model, node.path, self.load) if symbol.link is None else None
        self._enter(symbol)
        self.model.modules_by_declaration[node] = symbol
        self.model.modules.setdefault(symbol.text, symbol)

    def _import(self, node: ImportDeclaration) -> None:
        if isinstance(node.path, Skipped) and not node.items and node.wildcard is None:
            return
        target = load_target(self.model, node.path, self.load, "BCP358")
        target = None if target is not None and target.has_errors else target
        source = node.path.literal or ""
        if target is not None:
            self.model.imported_models.setdefault(source, target)
        if node.wildcard is not None:
            wildcard = WildcardSymbol(node.wildcard, self.model, source, target)
            self._enter(wildcard)
            self.model.imports.append(wildcard)
        for item in node.items:
            found = target.exports.get(item.original) if target else None
            if target is not None and found is None:
                self.model.problems.error(
                    item, "BCP360", f"'{source}' exports no '{item.original}'.", did_you_mean(item.original, target.exports) or "Put @export() on it there."
                )
            if found is not None:
                self.imported.setdefault(found, []).append(item)
            symbol = ImportedSymbol(item.name, self.model, item.original, source, found)
            self._enter(symbol)
            self.model.imports.append(symbol)

    def _target_scope(self, node: TargetScope) -> None:
        if sum(isinstance(statement, TargetScope) for statement in self.model.statements) > 1:
            self.model.problems.error(node, "BCP112", "The file says more than once where it goes.", "Leave one line of it.")
        if isinstance(node.value, Skipped):
            return
        literal = node.value.literal if isinstance(node.value, StringSyntax) else None
        if literal == "local" and self.model.configuration.experimental("localDeploy"):
            self.model.unsupported.append((node.value, "Local deployments are not supported."))
            return
        if literal is not None and literal in SCOPES:
            self.model.scope = literal

    def _using(self, node: UsingDeclaration) -> None:
        if isinstance(node.path, StringSyntax):
            self.model.params_link = find_unrestored(self.model, node.path) if self.model.workspace.allow_unrestored else None
            self.model.params_target = load_target(self.model, node.path, self.load) if self.model.params_link is None else None

    def _assert(self, node: AssertDeclaration) -> None:
        self._need("assertions", node, "BCP349")
        self.model.asserts.setdefault(node.name.name, node)
        if node.name.name:
            self.seen.setdefault(node.name.name, []).append(Symbol(node.name, self.model))

    def _test(self, node: TestDeclaration) -> None:
        self._need("testFramework", node, "BCP348")
        symbol = TestSymbol(node.name, self.model, node, load_target(self.model, node.path, self.load, "BCP358"))
        self._enter(symbol)
        self.model.tests[node] = symbol

    def _need(self, feature: str, node: Any, code: str) -> None:
        if not self.model.configuration.experimental(feature):
            remedy = f'Write "experimentalFeaturesEnabled": {{"{feature}": true}} into bicepconfig.json.'
            self.model.problems.error(node, code, f"This declaration needs the experimental feature '{feature}'.", remedy)

    def _extends(self, node: ExtendsDeclaration) -> None:
        if isinstance(node.path, StringSyntax):
            self.model.base = load_target(self.model, node.path, self.load)
            self.model.names.setdefault("base", BaseSymbol(Identifier(node.start, node.end, "base"), self.model))

    def _extension(self, node: ExtensionDeclaration) -> None:
        known = find_extension(self.model, node)
        if known is None:
            return
        symbol = ExtensionSymbol(node.alias or Identifier(node.specification.start, node.specification.end, known.name), self.model, node, known)
        self._enter(symbol)
        self.model.extensions.append(symbol)

    def _skipped(self, node: SkippedDeclaration) -> None:
        """A name whose declaration cannot be read is known all the same, so that its uses are no further problems."""
        if node.name is not None and node.keyword in _KEYWORDS_WITH_NAMES and node.name.name not in self.model.names:
            self.model.names[node.name.name] = ImportedSymbol(node.name, self.model, node.name.name, "", None)

    def _unsupported(self, node: Any) -> None:
        self.model.unsupported.append((node, "This kind of declaration is not supported yet."))


def _read_type(symbol: ResourceSymbol) -> None:
    node = symbol.declaration
    text = node.type.literal
    if isinstance(node.type, Skipped):
        return
    if text is None:
        symbol.model.problems.error(node.type, "BCP047", "A resource's type must be a plain text, without interpolation.")
        return
    type_name, _, version = text.partition("@")
    parent = symbol.nested_in
    if parent is not None and text[:1].isalnum():
        if parent.type is None or parent.loop is not None:
            symbol.model.problems.error(node.type, "BCP157", "The type of the containing resource is not known.")
            return
        if "/" in type_name or not type_name:
            symbol.model.problems.error(node.type, "BCP156", f"'{text}' is no type of a nested resource.", "Write its last segment only: 'subnets'.")
            return
        type_name, version = f"{parent.type}/{type_name}", version or parent.version or ""
    if not is_resource_type_text(type_name, version) and not ("/" in type_name and version and any(map(_is_builtin, symbol.model.statements))):
        remedy = "Write 'Namespace/type@version', such as 'Microsoft.Network/natGateways@2026-03-01'."
        symbol.model.problems.error(node.type, "BCP029", f"'{text}' is no resource type.", remedy if parent is None else "Write 'type' or 'type@version'.")
        return
    _spell(symbol, type_name, version)


def _assign_extension(symbol: ResourceSymbol) -> None:
    """Say which extension a type is from: the one that is named before a colon, or the one that knows it."""
    prefix, colon, rest = (symbol.type or "").partition(":")
    for extension in symbol.model.extensions:
        if (colon and prefix == extension.text) or (not colon and extension.known.owns(symbol.type or "")):
            symbol.extension = extension
            symbol.type = rest if colon else symbol.type


def _is_builtin(statement: Any) -> bool:
    return isinstance(statement, ExtensionDeclaration) and getattr(statement.specification, "name", None) in BUILTIN


def _spell(symbol: ResourceSymbol, type_name: str, version: str) -> None:
    """Enter a type as Microsoft spells it; one that is not known stays as it is written."""
    known = canonical_name(type_name, version)
    symbol.type, _, symbol.version = (known or f"{type_name}@{version}").partition("@")


_KEYWORDS_WITH_NAMES = frozenset(("param", "var", "type", "func", "resource", "module"))
_HANDLERS: dict[type, Any] = {
    ParameterDeclaration: Declarer._parameter,
    ParameterAssignment: Declarer._assignment,
    VariableDeclaration: Declarer._variable,
    TypeDeclaration: Declarer._type,
    FunctionDeclaration: Declarer._function,
    OutputDeclaration: Declarer._output,
    ResourceDeclaration: Declarer._resource,
    ModuleDeclaration: Declarer._module,
    ImportDeclaration: Declarer._import,
    TargetScope: Declarer._target_scope,
    UsingDeclaration: Declarer._using,
    SkippedDeclaration: Declarer._skipped,
    MetadataDeclaration: Declarer._metadata,
    AssertDeclaration: Declarer._assert,
    TestDeclaration: Declarer._test,
    ExtendsDeclaration: Declarer._extends,
    ExtensionConfigAssignment: Declarer._unsupported,
    ExtensionDeclaration: Declarer._extension,
}
