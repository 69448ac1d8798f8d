"""Network namespaces held by descriptors, with their links, addresses, routes and rules."""

import contextlib
import os
import socket
import struct
from collections.abc import Iterator
from ipaddress import IPv4Network

from pyroute2.netlink import nlmsg
from pyroute2.netlink.rtnl.fibmsg import fibmsg
from pyroute2.netlink.rtnl.ifaddrmsg import ifaddrmsg
from pyroute2.netlink.rtnl.ifinfmsg import ifinfmsg
from pyroute2.netlink.rtnl.rtmsg import rtmsg

from orchestrator.lab.dataplane.netlink import NETLINK_ROUTE, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE, NetlinkSocket
from orchestrator.lab.dataplane.syscalls import CLONE_NEWNET, setns, unshare

MAIN_TABLE = 254
_RTM_NEWLINK, _RTM_DELLINK, _RTM_NEWADDR, _RTM_NEWROUTE, _RTM_DELROUTE, _RTM_NEWRULE = 16, 17, 20, 24, 25, 32
_IFF_UP = 1
_SCOPE_UNIVERSE, _SCOPE_LINK, _SCOPE_HOST = 0, 253, 254
_PROTO_STATIC = 4
_RTN = {"unicast": 1, "local": 2, "blackhole": 6, "throw": 9}
_RTNH_F_ONLINK = 4
_FR_ACT_TO_TBL = 1
_SETTINGS = {
    "net/ipv4/ip_forward": "1",
    "net/ipv4/conf/all/rp_filter": "0",
    "net/ipv4/conf/default/rp_filter": "0",
    "net/ipv4/conf/all/send_redirects": "0",
    "net/ipv4/conf/default/send_redirects": "0",
    "net/ipv4/conf/all/accept_local": "1",
}

Message = tuple[nlmsg, int, int]


class Namespace:
    """One network namespace. Its changes are collected and sent by `commit`."""

    def __init__(self, name: str) -> None:
        self.name = name
        with _new_network() as descriptor:
            self.descriptor = descriptor
            _write_settings()
        with self.entered():
            self._netlink = NetlinkSocket(NETLINK_ROUTE)
        self._pending: list[Message] = []
        self._last_index = 1
        self._set_up(1)
        self.commit()

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Make this the current network namespace of the process meanwhile (never across an await)."""
        setns(self.descriptor, CLONE_NEWNET)
        try:
            yield
        finally:
            setns(_home(), CLONE_NEWNET)

    def socket(self, family: int, kind: int) -> socket.socket:
        """A non-blocking socket that belongs to this namespace."""
        with self.entered():
            return socket.socket(family, kind | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC)

    def commit(self) -> None:
        """Send what was collected."""
        pending, self._pending = self._pending, []
        self._netlink.request(pending)

    def connect(self, name: str, peer: "Namespace", peer_name: str, *, group: int = 0) -> tuple[int, int]:
        """Make a veth pair to another namespace, both ends up; the interfaces' numbers here and there. `group`: this end's link group."""
        index, peer_index = self._next_index(), peer._next_index()
        message = ifinfmsg()
        message["index"] = index
        there = {"index": peer_index, "attrs": [("IFLA_IFNAME", peer_name), ("IFLA_NET_NS_FD", peer.descriptor)]}
        veth = {"attrs": [("IFLA_INFO_KIND", "veth"), ("IFLA_INFO_DATA", {"attrs": [("VETH_INFO_PEER", there)]})]}
        message["attrs"] = [("IFLA_IFNAME", name), ("IFLA_GROUP", group), ("IFLA_LINKINFO", veth)]
        self._pending.append((message, _RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL))
        self._set_up(index)
        peer._set_up(peer_index)
        self.commit()
        peer.commit()
        return index, peer_index

    def disconnect(self, index: int) -> None:
        """Remove a veth pair by this end."""
        message = ifinfmsg()
        message["index"] = index
        self._pending.append((message, _RTM_DELLINK, 0))

    def set_group(self, index: int, group: int) -> None:
        """Put an interface into a link group."""
        message = ifinfmsg()
        message["index"] = index
        message["attrs"] = [("IFLA_GROUP", group)]
        self._pending.append((message, _RTM_NEWLINK, 0))

    def add_address(self, index: int, address: str) -> None:
        """Give an interface an address (/32)."""
        message = ifaddrmsg()
        message["family"] = socket.AF_INET
        message["prefixlen"] = 32
        message["index"] = index
        message["scope"] = _SCOPE_UNIVERSE
        message["attrs"] = [("IFA_LOCAL", address), ("IFA_ADDRESS", address)]
        self._pending.append((message, _RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE))

    def add_route(self, prefix: str, *, kind: str = "unicast", index: int | None = None, via: str | None = None, table: int = MAIN_TABLE) -> None:
        """Add or replace a route. kind: unicast (with an interface, and a gateway where there is one), local, blackhole or throw."""
        message = _route(prefix, table)
        message["type"] = _RTN[kind]
        message["proto"] = _PROTO_STATIC
        message["scope"] = _SCOPE_HOST if kind == "local" else _SCOPE_UNIVERSE if via or kind != "unicast" else _SCOPE_LINK
        if index is not None:
            message["attrs"].append(("RTA_OIF", index))
        if via is not None:
            message["flags"] = _RTNH_F_ONLINK
            message["attrs"].append(("RTA_GATEWAY", via))
        self._pending.append((message, _RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE))

    def remove_route(self, prefix: str, *, table: int = MAIN_TABLE) -> None:
        """Remove a route that is there."""
        message = _route(prefix, table)
        message["scope"] = 255
        self._pending.append((message, _RTM_DELROUTE, 0))

    def add_rule(self, priority: int, table: int, *, mark: int | None = None, destination: str | None = None) -> None:
        """Look a table up for packets with a mark or to a destination; lower priorities first."""
        message = fibmsg()
        message["family"] = socket.AF_INET
        message["action"] = _FR_ACT_TO_TBL
        message["table"] = table if table < 256 else 0
        message["attrs"] = [("FRA_PRIORITY", priority), ("FRA_TABLE", table)]
        if mark is not None:
            message["attrs"] += [("FRA_FWMARK", mark), ("FRA_FWMASK", 0xFFFFFFFF)]
        if destination is not None:
            network = IPv4Network(destination)
            message["dst_len"] = network.prefixlen
            message["attrs"].append(("FRA_DST", str(network.network_address)))
        self._pending.append((message, _RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL))

    def close(self) -> None:
        """Let go of the namespace; it ends when no process and no socket is left in it."""
        self._netlink.socket.close()
        os.close(self.descriptor)

    def _next_index(self) -> int:
        self._last_index += 1
        return self._last_index + 8

    def _set_up(self, index: int) -> None:
        message = ifinfmsg()
        message["index"] = index
        message["flags"] = message["change"] = _IFF_UP
        self._pending.append((message, _RTM_NEWLINK, 0))


def _route(prefix: str, table: int) -> rtmsg:
    network = IPv4Network(prefix)
    message = rtmsg()
    message["family"] = socket.AF_INET
    message["dst_len"] = network.prefixlen
    message["table"] = table if table < 256 else 0
    message["attrs"] = [("RTA_TABLE", table)]
    if network.prefixlen:
        message["attrs"].append(("RTA_DST", str(network.network_address)))
    return message


_HOMES: list[int] = []


def _home() -> int:
    """The descriptor of the process's own network namespace, taken before it first leaves it."""
    if not _HOMES:
        _HOMES.append(os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC))
    return _HOMES[0]


@contextlib.contextmanager
def _new_network() -> Iterator[int]:
    home = _home()
    unshare(CLONE_NEWNET)
    try:
        yield os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    finally:
        setns(home, CLONE_NEWNET)


def _write_settings() -> None:
    for path, value in _SETTINGS.items():
        descriptor = os.open(f"/proc/sys/{path}", os.O_WRONLY)
        try:
            os.write(descriptor, value.encode())
        finally:
            os.close(descriptor)
    for where in ("all", "default"):
        path = f"/proc/sys/net/ipv6/conf/{where}/disable_ipv6"
        if os.path.exists(path):
            descriptor = os.open(path, os.O_WRONLY)
            os.write(descriptor, b"1")
            os.close(descriptor)


def original_destination(connection: socket.socket) -> tuple[str, int]:
    """Where a redirected TCP connection wanted to go (SO_ORIGINAL_DST)."""
    port, address = struct.unpack_from("!2xH4s", connection.getsockopt(socket.SOL_IP, 80, 16))
    return socket.inet_ntoa(address), port
