"""Names that Azure Firewall's built-in infrastructure rules may let through without a rule of yours.

Azure names what they are for (platform images, managed disks' status, diagnostics), and publishes no list of names.
"""

SOURCE = "https://learn.microsoft.com/azure/firewall/infrastructure-fqdns"
DATE = "2026-06-18"

PLATFORM_SUFFIXES: tuple[str, ...] = (
    ".blob.core.windows.net",
    ".table.core.windows.net",
    ".queue.core.windows.net",
    ".blob.storage.azure.net",
)
"""Where names of the documented purposes lie; whether one of them is covered is not known."""


def may_be_platform_name(host: str) -> bool:
    """True where the infrastructure rules may cover a name (in lower case)."""
    return host.endswith(PLATFORM_SUFFIXES)
