"""Azure or the lab: one pure decision, made before anything is sent."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from orchestrator.lab.directory import SUBSCRIPTION_ID as LAB_SUBSCRIPTION
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.targets import Target, TargetKind

ARM_ADDRESS = "AZURE_RESOURCE_MANAGER_ENDPOINT"
"""Names another Azure than the public one (its login address is azure-identity's AZURE_AUTHORITY_HOST)."""

ADDRESS_VARIABLES = (ARM_ADDRESS, "AZURE_AUTHORITY_HOST", "ARM_CLOUD_METADATA_URL", "ARM_METADATA_HOSTNAME", "ARM_METADATA_HOST")
"""ARM or login addresses in the environment, ours, azure-identity's, az's and terraform's; one on loopback is the lab's."""

PUBLIC_ARM = "https://management.azure.com"

CI_VARIABLES = ("TF_BUILD", "CI")
_FALSE = ("", "0", "false", "no")


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """The kind of target, its subscription, why it was chosen, and on azure where ARM is."""

    kind: TargetKind
    subscription_id: str
    why: str
    arm_url: str = PUBLIC_ARM

    @property
    def target(self) -> Target:
        """What reports show, and on azure where to connect to; the lab's address is found when it runs."""
        return Target(self.kind, self.subscription_id, self.arm_url)


def choose_target(named: str, yaml_subscription: str | None, environ: Mapping[str, str] = os.environ) -> TargetChoice:
    """Choose by `--target`, the environment's yaml and the process's environment; UserError where that says nothing clear.

    1. On CI the target must be named. 2. A loopback address is the lab; who says azure all the same is refused, so that no pipeline mistakes one for the other.
    3. `--target`. 4. A subscription other than the lab's means Azure.
    """
    if named not in ("", TargetKind.AZURE, TargetKind.LOCAL):
        raise UserError([Problem("UnknownTarget", f"'{named}' is no target", remedy="Say --target azure or --target local.")])
    ci = next((name for name in CI_VARIABLES if environ.get(name, "").lower() not in _FALSE), None)
    if not named and ci is not None:
        remedy = "Say --target azure, or --target local for the lab."
        raise UserError([Problem("TargetNotNamed", f"this runs on CI ({ci} is set), so the target must be named", remedy=remedy)])
    loopback = next((name for name in ADDRESS_VARIABLES if _is_loopback(environ.get(name, ""))), None)
    if loopback is not None:
        if named == TargetKind.AZURE:
            remedy = f"Unset {loopback}, or say --target local."
            raise UserError([Problem("LoopbackIsNotAzure", f"--target azure, but {loopback} is an address on loopback, which is the lab", remedy=remedy)])
        return TargetChoice(TargetKind.LOCAL, LAB_SUBSCRIPTION, f"{loopback} is an address on loopback")
    subscription, where = _azure_subscription(yaml_subscription, environ)
    if named == TargetKind.LOCAL or (not named and subscription is None):
        return TargetChoice(TargetKind.LOCAL, LAB_SUBSCRIPTION, "--target local" if named else "no Azure subscription is named")
    if subscription is None:
        remedy = "Write `subscription: <id>` into the environment's yaml, or set AZURE_SUBSCRIPTION_ID."
        raise UserError([Problem("NoSubscription", "--target azure needs a subscription, and none is named", remedy=remedy)])
    why = f"--target azure, subscription of {where}" if named else f"{where} names a subscription"
    return TargetChoice(TargetKind.AZURE, subscription, why, environ.get(ARM_ADDRESS, "").rstrip("/") or PUBLIC_ARM)


def _azure_subscription(yaml_subscription: str | None, environ: Mapping[str, str]) -> tuple[str | None, str]:
    for subscription, where in ((yaml_subscription, "the environment's yaml"), (environ.get("AZURE_SUBSCRIPTION_ID"), "AZURE_SUBSCRIPTION_ID")):
        if subscription and subscription.lower() != LAB_SUBSCRIPTION:
            return subscription, where
    return None, ""


def _is_loopback(address: str) -> bool:
    """True for a URL or `host[:port]` whose host is this machine."""
    if not address:
        return False
    host = (urlsplit(address if "://" in address else f"https://{address}").hostname or "").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
