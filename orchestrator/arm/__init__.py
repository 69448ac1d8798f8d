"""The ARM template language: pure and deterministic; clock, values and `reference()` are passed in."""

from orchestrator.arm.engine import UNRESOLVED, Deployment, DeploymentScope, Expansion, Node, Runtime, Unresolved, expand, snapshot, start

__all__ = ["UNRESOLVED", "Deployment", "DeploymentScope", "Expansion", "Node", "Runtime", "Unresolved", "expand", "snapshot", "start"]
