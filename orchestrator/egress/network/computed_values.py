"""What Azure will add to a resource that is to be made, as far as it is documented: ids of parts of bodies, a firewall's private address, a cluster's group.

Bodies may come from a plan: a value that is not known yet is no text, and is left alone.
"""

from collections.abc import Callable, Iterator
from ipaddress import IPv4Address

from orchestrator.egress.addresses.ranges import read_pair
from orchestrator.egress.logic.truth import Assumption
from orchestrator.egress.network.clusters import CLUSTER
from orchestrator.egress.network.firewalls import FIREWALL, FIRST_ASSIGNED
from orchestrator.egress.network.reading import inner, last_name, objects, reference_id, texts
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import parse_resource_id

Find = Callable[[str], JsonObject | None]

_NETWORK = "microsoft.network/"
_LONGEST_GROUP = 80
_PARTS_WITH_OTHER_IDS = {(FIREWALL.lower(), "ipconfigurations"): "azureFirewallIpConfigurations"}
_FIREWALL_SOURCE = "learn.microsoft.com/azure/firewall/firewall-faq"
_GROUP_SOURCE = "learn.microsoft.com/azure/aks/faq"


def predicted_address(firewall: str, address: str) -> Assumption:
    """That a firewall gets an address."""
    return Assumption("predicted-firewall-address", f"Azure gives {firewall} the first address of its subnet, {address}", _FIREWALL_SOURCE)


def compute_values(resource_id: str, body: JsonObject, find: Find) -> JsonObject:
    """The properties that Azure adds to a body; lists hold their items in the body's order, with names."""
    kind = parse_resource_id(resource_id).type.lower()
    made: JsonObject = {}
    if kind.startswith(_NETWORK):
        made |= _part_ids(resource_id, kind, inner(body))
    if kind == FIREWALL.lower():
        made |= _with_address(made, firewall_address(body, find))
    if kind == CLUSTER.lower():
        made |= _node_group(resource_id, body)
    return made


def assumed_values(resource_id: str, body: JsonObject, find: Find) -> Iterator[Assumption]:
    """What is taken for granted by who reads computed values of a body."""
    kind, name = parse_resource_id(resource_id).type.lower(), last_name(resource_id)
    found = firewall_address(body, find) if kind == FIREWALL.lower() else None
    if found is not None and not found[2]:
        yield predicted_address(name, found[1])
    group = _node_group(resource_id, body).get("nodeResourceGroup") if kind == CLUSTER.lower() else None
    if group is not None:
        yield Assumption("node-resource-group", f"AKS names the node resource group of {name} {group}", _GROUP_SOURCE)


def firewall_address(body: JsonObject, find: Find) -> tuple[int, str, bool] | None:
    """(which of its configurations has it, the address, whether the body says it); None where that is not known."""
    for number, configuration in enumerate(objects(inner(body).get("ipConfigurations"))):
        said = inner(configuration).get("privateIPAddress")
        if isinstance(said, str) and read_pair(said) is not None:
            return number, said, True
        subnet_id = reference_id(inner(configuration).get("subnet"))
        subnet = find(subnet_id) if subnet_id is not None else None
        if subnet is not None:
            prefixes = texts(inner(subnet).get("addressPrefix")) + texts(inner(subnet).get("addressPrefixes"))
            pair = next((pair for prefix in prefixes if (pair := read_pair(prefix)) is not None), None)
            return None if pair is None else (number, str(IPv4Address(pair[0] + FIRST_ASSIGNED)), False)
    return None


def _with_address(made: JsonObject, found: tuple[int, str, bool] | None) -> JsonObject:
    configurations: list[Json] = list(made.get("ipConfigurations") or ())
    if found is None or found[0] >= len(configurations):
        return made
    number, address, _ = found
    configurations[number] = {**configurations[number], "properties": {"privateIPAddress": address}}
    return {**made, "ipConfigurations": configurations}


def _part_ids(resource_id: str, kind: str, properties: JsonObject) -> JsonObject:
    """Parts that have a name and properties of their own get an id below the resource's."""
    made: JsonObject = {}
    for key, listed in properties.items():
        items = list(objects(listed))
        if items and len(items) == len(listed) and all(isinstance(item.get("name"), str) and "properties" in item for item in items):
            segment = _PARTS_WITH_OTHER_IDS.get((kind, key.lower()), key)
            made[key] = [{"name": item["name"], "id": f"{resource_id}/{segment}/{item['name']}"} for item in items]
    return made


def _node_group(resource_id: str, body: JsonObject) -> JsonObject:
    """`MC_<group>_<cluster>_<location>`, where nothing else is said."""
    group, location = parse_resource_id(resource_id).resource_group, body.get("location")
    if "nodeResourceGroup" in inner(body) or group is None or not isinstance(location, str) or location.startswith("["):
        return {}
    return {"nodeResourceGroup": f"MC_{group}_{last_name(resource_id)}_{location.replace(' ', '').lower()}"[:_LONGEST_GROUP]}
