"""Plans of the four topologies, as Azure's own engine evaluated them (bicep 0.49.2 `snapshot`), and what they are after a deployment."""

import copy
import json
from pathlib import Path

import pytest

from orchestrator.model.resources import make_snapshot

PLANS = Path(__file__).parent / "plans"
GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"
NODE_GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/MC_rg_aks_westeurope"
NETWORK = "providers/Microsoft.Network"


class Plan:
    """The bodies of a plan, to be changed by a test."""

    def __init__(self, bodies):
        self.bodies = bodies

    def find(self, name):
        """The body of that name; a cluster is called 'cluster'."""
        wanted = "Microsoft.ContainerService/managedClusters" if name == "cluster" else None
        return next(body for body in self.bodies if (body["type"] == wanted if wanted else body["name"] == name))

    def drop(self, *types):
        """Leave out all resources of these types."""
        self.bodies = [body for body in self.bodies if body["type"].rsplit("/", 1)[-1] not in types]
        return self

    @property
    def cluster_id(self):
        return self.find("cluster")["id"]

    @property
    def network(self):
        return self.find("cluster")["properties"]["networkProfile"]

    @property
    def subnet(self):
        return next(b for b in self.bodies if b["type"].endswith("virtualNetworks"))["properties"]["subnets"][0]["properties"]

    @property
    def default_route(self):
        return self.find("firewall-routetable")["properties"]["routes"][0]["properties"]

    def add(self, group, kind, name, properties):
        body = {"id": f"{group}/{NETWORK}/{kind}/{name}", "type": f"Microsoft.Network/{kind}", "name": name, "properties": properties}
        self.bodies.append(body)
        return body["id"]

    def snapshot(self):
        return make_snapshot(copy.deepcopy(self.bodies))


@pytest.fixture
def plan():
    def load(name):
        return Plan(json.loads((PLANS / f"{name}.json").read_text()))

    return load


def _deploy_managed(plan, addresses, profile):
    cluster = plan.find("cluster")["properties"]
    cluster["nodeResourceGroup"] = "MC_rg_aks_westeurope"
    ids = [plan.add(NODE_GROUP, "publicIPAddresses", f"out-{index}", {"ipAddress": address}) for index, address in enumerate(addresses)]
    cluster["networkProfile"][profile] = {"effectiveOutboundIPs": [{"id": each} for each in ids]}
    return ids


@pytest.fixture
def deployed(plan):
    """The same environments after a deployment, with what Azure computes."""

    def load(name):
        found = plan(name)
        if name == "lb":
            _deploy_managed(found, ["20.100.0.1"], "loadBalancerProfile")
            found.add(NODE_GROUP, "virtualNetworks", "aks-vnet-1", {"subnets": [{"name": "aks-subnet", "properties": {"addressPrefix": "10.224.0.0/16"}}]})
        if name == "managed-natgw":
            ids = _deploy_managed(found, ["20.100.0.2", "20.100.0.3"], "natGatewayProfile")
            gateway = found.add(NODE_GROUP, "natGateways", "aks-natgw", {"publicIpAddresses": [{"id": each} for each in ids]})
            subnet = {"addressPrefix": "10.224.0.0/16", "natGateway": {"id": gateway}}
            found.add(NODE_GROUP, "virtualNetworks", "aks-vnet-1", {"subnets": [{"name": "aks-subnet", "properties": subnet}]})
        if name == "user-natgw":
            found.find("myNatGatewayPip")["properties"]["ipAddress"] = "20.100.0.4"
        if name == "udr":
            found.find("firewall-publicip")["properties"]["ipAddress"] = "20.100.0.5"
            found.find("hub-firewall")["properties"]["ipConfigurations"][0]["properties"]["privateIPAddress"] = "10.42.2.4"
        return found

    return load
