"""bicepconfig.json: levels of the linter's rules. Every phase reads it."""

from orchestrator.compiler.configuration.bicepconfig import Configuration, find_configuration

__all__ = ["Configuration", "find_configuration"]
