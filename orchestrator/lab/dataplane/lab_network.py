"""All networks of the lab, reconciled: only what differs between two worlds is touched."""

import errno
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orchestrator.catalog.lab_internet import AZURE_DNS
from orchestrator.lab.dataplane.firewall.firewall import Firewall
from orchestrator.lab.dataplane.internet.internet import Internet
from orchestrator.lab.dataplane.netlink import NetlinkError
from orchestrator.lab.dataplane.nft import QUEUE_STATEMENTS, Chain, RuleSockets, Statement
from orchestrator.lab.dataplane.pod_root import ENVIRONMENT, make_pod_root, program_path
from orchestrator.lab.dataplane.processes import Finished, Order, Place, Runner
from orchestrator.lab.dataplane.router import Router, Tools
from orchestrator.lab.dataplane.world import Vnet, World, derive_world
from orchestrator.model.json_value import JsonObject


class UnknownPlace(Exception):
    """There is no such cluster or node."""


@dataclass(frozen=True, slots=True)
class Task:
    """A command for a cluster: where, for how long, and what it finds there (see `processes.Order`)."""

    cluster: str
    node: int
    network: str
    command: str
    seconds: float
    environment: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    bare: bool = False


class LabNetwork:
    """The running data plane. `folder`: an empty one of this process's own, `curl`: the program of the probes, `door`: to the API servers."""

    def __init__(self, folder: Path, curl: Path, door: socket.socket | None = None) -> None:
        self._folder = folder
        self._curl = curl
        self._world = World()
        self._rules = RuleSockets()
        self._internet = Internet(self._rules, door)
        self._tools = Tools(self._internet, self._rules, _find_queue_statement(self._rules, self._internet))
        self._routers: dict[str, Router] = {}
        self._firewalls: dict[str, Firewall] = {}
        self._roots: dict[tuple[str, ...], int] = {}
        self._runner = Runner()
        self._environment = {**ENVIRONMENT, "PATH": program_path(curl)}

    async def start(self) -> None:
        """Begin to answer in the internet."""
        await self._internet.start()

    async def apply(self, resources: Sequence[JsonObject]) -> tuple[str, ...]:
        """Become what the resources describe; gives the notes on what is not modelled."""
        world = derive_world(resources)
        wanted = {vnet.id.lower(): vnet for vnet in world.vnets}
        gone = self._find_gone(wanted)
        self._hold({key: router for key, router in self._routers.items() if key not in gone})
        for key in gone:
            self._close(key)
        fresh = [key for key in wanted if key not in self._routers]
        for key in fresh:
            number = next(number for number in range(len(self._routers) + 1) if all(r.number != number for r in self._routers.values()))
            self._routers[key] = Router(wanted[key], self._tools, number, self._routers)
        for key in fresh:
            await self._begin(self._routers[key])
        for key in wanted.keys() - set(fresh):
            self._update(self._routers[key], wanted[key])
        self._hold(self._routers)
        if world.api_servers != self._world.api_servers:
            self._internet.admit(world.api_servers)
        self._world = world
        return world.notes

    async def run(self, task: Task, report: Callable[[bytes], None] | None = None) -> Finished:
        """`sh -c command` in a pod of a node, or on the node's network. `report`: is given the output as it comes."""
        place = self._place(task.cluster.lower(), task.node, task.network)
        files = {"ca.crt": self._internet.authority.bundle.decode(), **task.files} if task.files else {}
        order = Order(task.command, {**self._environment, **task.environment}, task.seconds, files, task.bare)
        return await self._runner.run(place, order, report)

    def firewall_log(self, firewall_id: str) -> list[str]:
        """The last denials of a firewall; none where it is not there."""
        found = self._firewalls.get(firewall_id.lower())
        return list(found.log.lines) if found is not None else []

    def firewall_records(self, firewall_id: str) -> list[JsonObject]:
        """The last rows of a firewall's log tables, oldest first; none where it is not there."""
        found = self._firewalls.get(firewall_id.lower())
        return found.log.records() if found is not None else []

    def _place(self, cluster_id: str, node: int, network: str) -> Place:
        for router in self._routers.values():
            spaces = router.pods if network == "pod" else router.nodes
            namespace = spaces.get((cluster_id, node))
            if namespace is not None:
                host_name = cluster_id.rsplit("/", 1)[-1][:40] + f"-{network}-{node}"
                return Place(namespace.descriptor, self._root(router.vnet.dns_servers or (AZURE_DNS,)), host_name)
        raise UnknownPlace(f"the data plane has no node {node} of a cluster {cluster_id}")

    def _root(self, dns_servers: tuple[str, ...]) -> int:
        if dns_servers not in self._roots:
            folder = self._folder / f"root{len(self._roots)}"
            folder.mkdir()
            self._roots[dns_servers] = make_pod_root(folder, dns_servers, self._internet.authority.bundle, self._curl)
        return self._roots[dns_servers]

    def _find_gone(self, wanted: Mapping[str, Vnet]) -> set[str]:
        """Networks that have to go, or to be made anew; one that is linked with such a network goes with it."""
        gone = {key for key, router in self._routers.items() if key not in wanted or wanted[key].shape != router.vnet.shape}
        while more := {key for key, router in self._routers.items() if key not in gone and any(peer.remote in gone for peer in router.vnet.peers)}:
            gone |= more
        return gone

    async def _begin(self, router: Router) -> None:
        router.set_routing(router.vnet)
        for configuration in router.vnet.firewalls:
            firewall = Firewall(router.machines[configuration.address], self._tools, configuration)
            self._firewalls[configuration.id.lower()] = firewall
            await firewall.start()

    def _update(self, router: Router, vnet: Vnet) -> None:
        if router.vnet != vnet:
            router.set_routing(vnet)
            for configuration in vnet.firewalls:
                self._firewalls[configuration.id.lower()].configure(configuration)

    def _hold(self, routers: dict[str, Router]) -> None:
        self._internet.hold({router.outside: router.holding for router in routers.values()})

    def _close(self, key: str) -> None:
        router = self._routers.pop(key)
        for configuration in router.vnet.firewalls:
            self._firewalls.pop(configuration.id.lower()).close()
        self._internet.namespace.disconnect(router.outside)
        self._internet.namespace.commit()
        router.close()

    def close(self) -> None:
        """Let go of everything; what still runs ends with this process."""
        for key in list(self._routers):
            self._close(key)
        for descriptor in self._roots.values():
            os.close(descriptor)


def _find_queue_statement(rules: RuleSockets, internet: Internet) -> Statement:
    """The way in which this kernel lets packets wait for a decision."""
    for statement in QUEUE_STATEMENTS:
        chain = Chain("probe", "filter", "prerouting", 0, ((statement,),))
        try:
            rules.replace_table(internet.namespace, "probe", [chain])
        except NetlinkError as error:
            if error.errno != errno.ENOENT:
                raise
            continue
        rules.replace_table(internet.namespace, "probe", [])
        return statement
    raise OSError(errno.ENOENT, "the kernel has no packet queue for nftables (nft_queue, or nft_compat with xt_NFQUEUE)")
