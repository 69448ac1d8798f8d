"""Deployments in the lab: the template engine of `orchestrator.arm`, with the lab's state behind `reference()`."""
