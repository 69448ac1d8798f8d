"""The ARM template language: pure and deterministic; clock, values and `reference()` are passed in."""

from orchestrator.arm.engine import UNRESOLVED, Deployment, DeploymentScope, Expansion, Node, Runtime, Unresolved, expand, snapshot, start
from orchestrator.arm.joint import Joint, Part, expand_together, unknown_value

__all__ = [
    "UNRESOLVED",
    "Deployment",
    "DeploymentScope",
    "Expansion",
    "Joint",
    "Node",
    "Part",
    "Runtime",
    "Unresolved",
    "expand",
    "expand_together",
    "snapshot",
    "start",
    "unknown_value",
]
