"""Bicep to ARM JSON, by the official compiler's phase names."""

from orchestrator.compiler.compile import Compilation, ParamsCompilation, compile_file, compile_params

__all__ = ["Compilation", "ParamsCompilation", "compile_file", "compile_params"]
