"""Bicep to ARM JSON, by the official compiler's phase names."""

from orchestrator.compiler.compile import Compilation, ParamsCompilation, compile_file, compile_params
from orchestrator.compiler.printing import FormatOptions, format_file, is_formatted

__all__ = ["Compilation", "FormatOptions", "ParamsCompilation", "compile_file", "compile_params", "format_file", "is_formatted"]
