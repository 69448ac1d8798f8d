"""The formatter: a Bicep file as the official compiler's formatter prints it. Sees text, tokens and tree; knows nothing of meaning."""

from orchestrator.compiler.printing.formatter import format_file, format_text, is_formatted
from orchestrator.compiler.printing.options import FormatOptions, IndentKind, NewlineKind, read_options

__all__ = ["FormatOptions", "IndentKind", "NewlineKind", "format_file", "format_text", "is_formatted", "read_options"]
