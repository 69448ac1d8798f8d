"""Where a deployment goes: Azure, or the lab on this machine."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class TargetKind(StrEnum):
    """`azure`, or `local`: the lab, or `files`: nothing is deployed or asked at all. Nothing but this value decides which one is said."""

    AZURE = "azure"
    LOCAL = "local"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Target:
    """An ARM endpoint and how to log in to it. On azure only the subscription is needed; credentials come from azure-identity."""

    kind: TargetKind
    subscription_id: str
    arm_url: str = "https://management.azure.com"
    authority_url: str = "https://login.microsoftonline.com"
    tenant_id: str | None = None
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    ca_path: Path | None = None
