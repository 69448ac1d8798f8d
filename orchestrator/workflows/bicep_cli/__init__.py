"""The drop-in for the official Bicep CLI: its commands, options, files, streams and exit statuses; docs/bicep.md says what is in and what not."""

from orchestrator.workflows.bicep_cli.dispatch import run

__all__ = ["run"]
