"""Load balancers, as far as egress needs them: frontends, backend pools, outbound rules."""

from orchestrator.lab.resource_types import REFERENCE, Elements, Put, ResourceType, find_reference
from orchestrator.model.errors import ArmError


def _check(put: Put) -> None:
    for frontend in put.properties["frontendIPConfigurations"]:
        properties = frontend.get("properties") or {}
        find_reference(put, properties.get("publicIPAddress"), "publicIPAddress of a frontend")
        find_reference(put, properties.get("subnet"), "subnet of a frontend")
    names = {str(f.get("name")).lower() for f in put.properties["frontendIPConfigurations"]}
    for rule in put.properties["outboundRules"]:
        for reference in (rule.get("properties") or {}).get("frontendIPConfigurations") or ():
            if str(reference.get("id", "")).rsplit("/", 1)[-1].lower() not in names:
                raise ArmError(
                    "InvalidResourceReference", f"Outbound rule {rule.get('name')} of {put.resource_id} refers to {reference.get('id')}, which is not there."
                )


def _compute(put: Put) -> None:
    put.keep("resourceGuid", put.view.new_guid)


_COLLECTIONS = ("frontendIPConfigurations", "backendAddressPools", "outboundRules", "loadBalancingRules", "probes", "inboundNatRules", "inboundNatPools")

RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.Network/loadBalancers",
        defaults={"sku": {"name": "Basic", "tier": "Regional"}},
        shape={
            "properties": {
                "frontendIPConfigurations": [{"name": str, "properties": {"publicIPAddress": REFERENCE, "subnet": REFERENCE}}],
                "backendAddressPools": [{"name": str, "properties": {}}],
                "outboundRules": [{"name": str, "properties": {"frontendIPConfigurations": [REFERENCE], "backendAddressPool": REFERENCE}}],
            }
        },
        check=_check,
        compute=_compute,
        elements=tuple(Elements(name, name) for name in _COLLECTIONS),
        etag=True,
        data_plane=True,
    ),
)
