"""What a condition means for those who use a resource or module: it may not be there."""

from typing import TYPE_CHECKING, Any

from orchestrator.compiler.semantics.deploy_time import find_deployed
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ResourceSymbol
from orchestrator.compiler.syntax.expressions import ArrayAccess, InstanceCall, NonNull, PropertyAccess
from orchestrator.compiler.types.values import AnyType, BooleanLiteralType, ErrorType, resolve

if TYPE_CHECKING:
    from orchestrator.compiler.semantics.inference import Inference


def may_be_missing(self: "Inference", node: PropertyAccess | ArrayAccess | InstanceCall) -> bool:
    """True for a resource or module whose condition, or that of a resource around it, may be false; not inside of itself."""
    found = find_deployed(self.model, node.base)
    if isinstance(node.base, NonNull) or found is None or (found[0].loop is not None and found[1] is None):
        return False
    step: ResourceSymbol | ModuleSymbol | None = found[0]
    declaration = found[0].declaration
    if found[0].model is self.model and declaration.start <= node.start < declaration.end:
        return False
    while step is not None:
        if step.condition is not None and not isinstance(resolve(self.type_of(step.condition)), AnyType | ErrorType) and not _is_true(self, step.condition):
            return True
        step = step.nested_in if isinstance(step, ResourceSymbol) else None
    return False


def _is_true(self: "Inference", node: Any) -> bool:
    return resolve(self.type_of(node)) == BooleanLiteralType(True)
