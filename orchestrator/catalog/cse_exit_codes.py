"""What the exit codes of a node's start script say about the network (Azure/AgentBaker; Azure's pages on failed extensions)."""

from dataclasses import dataclass

SOURCE = "https://github.com/Azure/AgentBaker"
DATE = "2026-06-18"


@dataclass(frozen=True, slots=True)
class CseExitCode:
    """An exit code: its name in the script, what failed, and which rule to look at."""

    code: int
    name: str
    what: str
    look_at: str


_CODES = (
    CseExitCode(41, "ERR_CNI_DOWNLOAD_TIMEOUT", "the network plugins could not be downloaded", "packages.aks.azure.com and acs-mirror.azureedge.net"),
    CseExitCode(50, "ERR_OUTBOUND_CONN_FAIL", "the outbound check against Microsoft's registry failed", "mcr.microsoft.com"),
    CseExitCode(51, "ERR_K8S_API_SERVER_CONN_FAIL", "the API server was not reached", "*.hcp.<region>.azmk8s.io, and the authorized ranges of the API server"),
    CseExitCode(52, "ERR_K8S_API_SERVER_DNS_LOOKUP_FAIL", "the API server's name was not resolved", "the network's DNS servers"),
    CseExitCode(
        53, "ERR_K8S_API_SERVER_AZURE_DNS_LOOKUP_FAIL", "the API server's name was not resolved by Azure's own DNS either", "the network's DNS servers"
    ),
    CseExitCode(124, "ERR_CSE_TIMEOUT", "the script ran out of time, which hides one of the others", "all of them"),
)


def find_exit_code(code: int | None) -> CseExitCode | None:
    """What is known of a code."""
    return next((row for row in _CODES if row.code == code), None)
