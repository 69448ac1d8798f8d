"""What AKS keeps in a cluster's node resource group: addresses, load balancer or NAT gateway, network, security group, kubelet identity, scale sets."""

import hashlib
import uuid

from orchestrator.lab.resource_types import Companions, Put, get_path
from orchestrator.model.json_value import JsonObject

_NETWORK = "providers/Microsoft.Network"


class NodeResources:
    """Ids of what belongs to one cluster; all follow from the cluster's own id."""

    def __init__(self, put: Put) -> None:
        self._put = put
        self.cluster_id = str(put.resource_id)
        self.location: str = put.body["location"]
        self.profile: JsonObject = put.properties["networkProfile"]
        self.outbound: str = self.profile["outboundType"]
        self.digits = f"{int(hashlib.sha256(self.cluster_id.lower().encode()).hexdigest(), 16) % 10**8:08d}"
        self.group_id = f"/subscriptions/{put.resource_id.subscription}/resourceGroups/{put.properties['nodeResourceGroup']}"

    @property
    def pools(self) -> list[JsonObject]:
        """The cluster's node pools."""
        pools: list[JsonObject] = self._put.properties["agentPoolProfiles"]
        return pools

    @property
    def own_network(self) -> bool:
        """True where AKS makes the network."""
        return not any(pool.get("vnetSubnetID") for pool in self.pools)

    @property
    def network_id(self) -> str:
        """The network that AKS makes."""
        return f"{self.group_id}/{_NETWORK}/virtualNetworks/aks-vnet-{self.digits}"

    @property
    def security_group_id(self) -> str:
        """The security group of the nodes."""
        return f"{self.group_id}/{_NETWORK}/networkSecurityGroups/aks-agentpool-{self.digits}-nsg"

    @property
    def gateway_id(self) -> str:
        """The NAT gateway that AKS makes."""
        return f"{self.group_id}/{_NETWORK}/natGateways/aks-{self._put.resource_id.name}-natgw"

    @property
    def balancer_id(self) -> str:
        """The load balancer that AKS makes."""
        return f"{self.group_id}/{_NETWORK}/loadBalancers/kubernetes"

    @property
    def kubelet_id(self) -> str:
        """The identity of the kubelets, where the user brings none."""
        return f"{self.group_id}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{self._put.resource_id.name}-agentpool"

    def outbound_address_ids(self) -> list[str]:
        """The public addresses that the cluster leaves from, as far as AKS makes them or is told them."""
        if self.outbound == "loadBalancer":
            profile = self.profile.get("loadBalancerProfile") or {}
            told = [reference["id"] for reference in get_path(profile, "outboundIPs.publicIPs") or ()]
            return told or self._made(int(get_path(profile, "managedOutboundIPs.count") or 1))
        if self.outbound == "managedNATGateway":
            return self._made(int(get_path(self.profile, "natGatewayProfile.managedOutboundIPProfile.count") or 1))
        return []

    def _made(self, count: int) -> list[str]:
        names = [uuid.uuid5(uuid.NAMESPACE_URL, f"{self.cluster_id.lower()}#{self.outbound}#{index}") for index in range(count)]
        return [f"{self.group_id}/{_NETWORK}/publicIPAddresses/{name}" for name in names]


def make_companions(put: Put) -> Companions:
    """Everything in the node resource group, in an order in which each finds what it refers to."""
    nodes = NodeResources(put)
    resources = [(nodes.kubelet_id, _located(nodes, {}))] if _makes_kubelet(put, nodes) else []
    resources += [(i, _address(nodes)) for i in nodes.outbound_address_ids() if i.lower().startswith(nodes.group_id.lower() + "/")]
    resources.append((nodes.security_group_id, _located(nodes, {"properties": {"securityRules": []}})))
    if nodes.outbound == "managedNATGateway":
        resources.append((nodes.gateway_id, _gateway(nodes)))
    if nodes.own_network:
        resources.append((nodes.network_id, _network(nodes)))
    if nodes.outbound == "loadBalancer":
        resources.append((nodes.balancer_id, _balancer(nodes)))
    resources += [_scale_set(nodes, pool) for pool in nodes.pools]
    return Companions(nodes.group_id, nodes.location, tuple(resources))


def _makes_kubelet(put: Put, nodes: NodeResources) -> bool:
    return bool(get_path(put.properties, "identityProfile.kubeletidentity.resourceId") == nodes.kubelet_id)


def _located(nodes: NodeResources, body: JsonObject) -> JsonObject:
    return {"location": nodes.location, **body}


def _address(nodes: NodeResources) -> JsonObject:
    properties = {"publicIPAllocationMethod": "Static", "publicIPAddressVersion": "IPv4", "idleTimeoutInMinutes": 30 if nodes.outbound == "loadBalancer" else 4}
    return _located(nodes, {"sku": {"name": "Standard", "tier": "Regional"}, "properties": properties})


def _gateway(nodes: NodeResources) -> JsonObject:
    properties = {
        "idleTimeoutInMinutes": get_path(nodes.profile, "natGatewayProfile.idleTimeoutInMinutes") or 4,
        "publicIpAddresses": [{"id": address} for address in nodes.outbound_address_ids()],
    }
    return _located(nodes, {"sku": {"name": "Standard"}, "properties": properties})


def _network(nodes: NodeResources) -> JsonObject:
    subnet: JsonObject = {
        "addressPrefix": "10.224.0.0/16",
        "defaultOutboundAccess": False,  # private subnets since September 2025 (AKS release notes)
        "networkSecurityGroup": {"id": nodes.security_group_id},
    }
    if nodes.outbound == "managedNATGateway":
        subnet["natGateway"] = {"id": nodes.gateway_id}
    properties = {"addressSpace": {"addressPrefixes": ["10.224.0.0/12"]}, "subnets": [{"name": "aks-subnet", "properties": subnet}]}
    return _located(nodes, {"properties": properties})


def _balancer(nodes: NodeResources) -> JsonObject:
    profile = nodes.profile.get("loadBalancerProfile") or {}
    names = [address.rsplit("/", 1)[-1] for address in nodes.outbound_address_ids()]
    frontends = [
        {"name": name, "properties": {"privateIPAllocationMethod": "Dynamic", "publicIPAddress": {"id": address}}}
        for name, address in zip(names, nodes.outbound_address_ids(), strict=True)
    ]
    rule = {
        "protocol": "All",
        "enableTcpReset": True,
        "idleTimeoutInMinutes": profile.get("idleTimeoutInMinutes") or 30,
        "allocatedOutboundPorts": profile.get("allocatedOutboundPorts") or 0,
        "backendAddressPool": {"id": f"{nodes.balancer_id}/backendAddressPools/aksOutboundBackendPool"},
        "frontendIPConfigurations": [{"id": f"{nodes.balancer_id}/frontendIPConfigurations/{name}"} for name in names],
    }
    properties = {
        "frontendIPConfigurations": frontends,
        "backendAddressPools": [{"name": "aksOutboundBackendPool", "properties": {}}, {"name": "kubernetes", "properties": {}}],
        "outboundRules": [{"name": "aksOutboundRule", "properties": rule}],
    }
    return _located(nodes, {"sku": {"name": "Standard", "tier": "Regional"}, "properties": properties})


def _scale_set(nodes: NodeResources, pool: JsonObject) -> tuple[str, JsonObject]:
    name = f"aks-{pool['name']}-{nodes.digits}-vmss"
    subnet: JsonObject = {"subnet": {"id": pool.get("vnetSubnetID") or f"{nodes.network_id}/subnets/aks-subnet"}, "primary": True}
    if nodes.outbound == "loadBalancer":
        subnet["loadBalancerBackendAddressPools"] = [{"id": f"{nodes.balancer_id}/backendAddressPools/aksOutboundBackendPool"}]
    interface: JsonObject = {"primary": True, "enableIPForwarding": True, "ipConfigurations": [{"name": "ipconfig1", "properties": subnet}]}
    if nodes.own_network:
        interface["networkSecurityGroup"] = {"id": nodes.security_group_id}
    profile = {"networkProfile": {"networkInterfaceConfigurations": [{"name": name, "properties": interface}]}}
    body = {
        "sku": {"name": pool["vmSize"], "tier": "Standard", "capacity": pool["count"]},
        "tags": {"aks-managed-poolName": pool["name"]},
        "properties": {"virtualMachineProfile": profile, "singlePlacementGroup": False, "overprovision": False, "orchestrationMode": "Uniform"},
    }
    return f"{nodes.group_id}/providers/Microsoft.Compute/virtualMachineScaleSets/{name}", _located(nodes, body)
