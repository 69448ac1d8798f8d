"""The name and version of what this is: in the stamp of templates, in SARIF, and on screen. pyproject.toml says the same, which a test holds."""

NAME = "aks-egress-orchestrator"
VERSION = "0.1.0"
