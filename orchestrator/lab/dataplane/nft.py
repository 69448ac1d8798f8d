"""nftables through netlink: expressions as small functions, and tables that the kernel swaps as a whole.

A rule is a list of statements, each of them a tuple of pyroute2's expression dicts. A table is replaced in one transaction: packets meet the old rules or the
new ones, never none.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from pyroute2.netlink.nfnetlink import nfgen_msg
from pyroute2.netlink.nfnetlink.nftsocket import nft_chain_msg, nft_rule_msg, nft_table_msg

from orchestrator.lab.dataplane.namespaces import Message, Namespace
from orchestrator.lab.dataplane.netlink import NETLINK_NETFILTER, NLM_F_APPEND, NLM_F_CREATE, NetlinkSocket

Statement = tuple[dict[str, Any], ...]

_NFPROTO_IPV4 = 2
_SUBSYSTEM = 10
_NEWTABLE, _DELTABLE, _NEWCHAIN, _NEWRULE = 0, 2, 3, 6
_BATCH = (0x10, 0x11)
_HOOKS = {"prerouting": 0, "input": 1, "forward": 2, "output": 3, "postrouting": 4}
_REGISTER = 1
_VERDICT_REGISTER = 0
_EQUAL, _NOT_EQUAL = 0, 1
_NETWORK_HEADER, _TRANSPORT_HEADER = 1, 2


class _Meta(IntEnum):
    MARK = 3
    IIF = 4
    OIF = 5
    L4PROTO = 16
    IIFGROUP = 21


class State(IntEnum):
    """Bits of a connection's state."""

    INVALID = 1
    ESTABLISHED = 2
    RELATED = 4
    NEW = 8


@dataclass(frozen=True, slots=True)
class Chain:
    """A base chain: `kind` filter or nat; rules in order."""

    name: str
    kind: str
    hook: str
    priority: int
    rules: tuple[tuple[Statement, ...], ...]
    accepts: bool = True


@dataclass(slots=True)
class RuleSockets:
    """Sockets for rules, one a namespace, kept open."""

    _open: dict[int, NetlinkSocket] = field(default_factory=dict)

    def replace_table(self, namespace: Namespace, name: str, chains: Sequence[Chain]) -> None:
        """Swap a table's chains and rules for these; the table is made where it is not there."""
        messages = [_table(name, _NEWTABLE), _table(name, _DELTABLE), _table(name, _NEWTABLE)]
        for chain in chains:
            messages.append(_chain(name, chain))
            messages += [_rule(name, chain.name, rule) for rule in chain.rules]
        self._socket(namespace).transaction(messages, _batch_mark(), _batch_mark(), _BATCH)

    def forget(self, namespace: Namespace) -> None:
        """Close a namespace's socket."""
        found = self._open.pop(namespace.descriptor, None)
        if found is not None:
            found.socket.close()

    def _socket(self, namespace: Namespace) -> NetlinkSocket:
        if namespace.descriptor not in self._open:
            with namespace.entered():
                self._open[namespace.descriptor] = NetlinkSocket(NETLINK_NETFILTER)
        return self._open[namespace.descriptor]


def from_interface(index: int) -> Statement:
    """Packets that came in by an interface."""
    return (_load_meta(_Meta.IIF), _compare(_EQUAL, struct.pack("=I", index)))


def to_interface(index: int) -> Statement:
    """Packets that leave by an interface."""
    return (_load_meta(_Meta.OIF), _compare(_EQUAL, struct.pack("=I", index)))


def of_protocol(number: int) -> Statement:
    """Packets of a transport protocol."""
    return (_load_meta(_Meta.L4PROTO), _compare(_EQUAL, bytes([number])))


def to_port(port: int) -> Statement:
    """TCP or UDP packets to a port; say the protocol before."""
    load = _expression("payload", "PAYLOAD", dreg=_REGISTER, base=_TRANSPORT_HEADER, offset=2, len=2)
    return (load, _compare(_EQUAL, struct.pack("!H", port)))


def source_is(prefix: str, *, negated: bool = False) -> Statement:
    """Packets from a prefix."""
    return _address(12, prefix, _NOT_EQUAL if negated else _EQUAL)


def destination_is(prefix: str, *, negated: bool = False) -> Statement:
    """Packets to a prefix."""
    return _address(16, prefix, _NOT_EQUAL if negated else _EQUAL)


def marked(value: int) -> Statement:
    """Packets with a mark."""
    return (_load_meta(_Meta.MARK), _compare(_EQUAL, struct.pack("=I", value)))


def mark_by_interface_group() -> Statement:
    """Give the packet its incoming interface's group as its mark."""
    return (_load_meta(_Meta.IIFGROUP), _expression("meta", "META", key=_Meta.MARK.value, sreg=_REGISTER))


def in_state(*states: State) -> Statement:
    """Packets of connections in one of the states."""
    mask = struct.pack("=I", sum(states))
    select = _expression("bitwise", "BITWISE", sreg=_REGISTER, dreg=_REGISTER, len=4, mask=_value(mask), xor=_value(bytes(4)))
    return (_expression("ct", "CT", dreg=_REGISTER, key=0), select, _compare(_NOT_EQUAL, bytes(4)))


def one_in(count: int, *, random: bool) -> Statement:
    """Every `count`th flow, in turn or at random; pyroute2's own generator builds wrong attribute names for it."""
    generate = _expression("numgen", "NG", dreg=_REGISTER, modulus=count, type=int(random), offset=0)
    return (generate, _compare(_EQUAL, struct.pack("=I", 0)))


def source_to(address: str) -> Statement:
    """SNAT."""
    load = _expression("immediate", "IMMEDIATE", dreg=_REGISTER, data=_value(IPv4Address(address).packed))
    return (load, _expression("nat", "NAT", type=0, family=_NFPROTO_IPV4, reg_addr_min=_REGISTER))


def redirect_to(port: int) -> Statement:
    """To a port of this namespace; the original destination stays known."""
    load = _expression("immediate", "IMMEDIATE", dreg=_REGISTER, data=_value(struct.pack("!H", port)))
    return (load, _expression("redir", "REDIR", reg_proto_min=_REGISTER))


def source_to_one_of(conditions: Sequence[Statement], addresses: Sequence[str], *, random: bool) -> list[tuple[Statement, ...]]:
    """SNAT to all addresses in turn (or at random), one a flow."""
    rules = []
    for position, address in enumerate(addresses):
        left = len(addresses) - position
        chosen = () if left == 1 else (one_in(left, random=random),)
        rules.append((*conditions, *chosen, source_to(address)))
    return rules


def _load_meta(key: _Meta) -> dict[str, Any]:
    return _expression("meta", "META", dreg=_REGISTER, key=key.value)


def _compare(operator: int, data: bytes) -> dict[str, Any]:
    return _expression("cmp", "CMP", sreg=_REGISTER, op=operator, data=_value(data))


def _address(offset: int, prefix: str, operator: int) -> Statement:
    network = IPv4Network(prefix, strict=False)
    load = _expression("payload", "PAYLOAD", dreg=_REGISTER, base=_NETWORK_HEADER, offset=offset, len=4)
    if network.prefixlen == 32:
        return (load, _compare(operator, network.network_address.packed))
    mask = _value(network.netmask.packed)
    select = _expression("bitwise", "BITWISE", sreg=_REGISTER, dreg=_REGISTER, len=4, mask=mask, xor=_value(bytes(4)))
    return (load, select, _compare(operator, network.network_address.packed))


def _value(data: bytes) -> dict[str, Any]:
    return {"attrs": [("NFTA_DATA_VALUE", data)]}


def _expression(name: str, prefix: str, /, **attributes: Any) -> dict[str, Any]:
    data = [(f"NFTA_{prefix}_{key.upper()}", value) for key, value in attributes.items()]
    return {"attrs": [("NFTA_EXPR_NAME", name), ("NFTA_EXPR_DATA", {"attrs": data})]}


def _table(name: str, kind: int) -> Message:
    message = nft_table_msg()
    message["nfgen_family"] = _NFPROTO_IPV4
    message["attrs"] = [("NFTA_TABLE_NAME", name)]
    return message, _SUBSYSTEM << 8 | kind, NLM_F_CREATE if kind == _NEWTABLE else 0


def _chain(table: str, chain: Chain) -> Message:
    message = nft_chain_msg()
    message["nfgen_family"] = _NFPROTO_IPV4
    hook = {"attrs": [("NFTA_HOOK_HOOKNUM", _HOOKS[chain.hook]), ("NFTA_HOOK_PRIORITY", chain.priority)]}
    message["attrs"] = [
        ("NFTA_CHAIN_TABLE", table),
        ("NFTA_CHAIN_NAME", chain.name),
        ("NFTA_CHAIN_HOOK", hook),
        ("NFTA_CHAIN_POLICY", int(chain.accepts)),
        ("NFTA_CHAIN_TYPE", chain.kind),
    ]
    return message, _SUBSYSTEM << 8 | _NEWCHAIN, NLM_F_CREATE


def _rule(table: str, chain: str, rule: Sequence[Statement]) -> Message:
    message = nft_rule_msg()
    message["nfgen_family"] = _NFPROTO_IPV4
    expressions = [expression for statement in rule for expression in statement]
    message["attrs"] = [("NFTA_RULE_TABLE", table), ("NFTA_RULE_CHAIN", chain), ("NFTA_RULE_EXPRESSIONS", expressions)]
    return message, _SUBSYSTEM << 8 | _NEWRULE, NLM_F_CREATE | NLM_F_APPEND


def _batch_mark() -> nfgen_msg:
    message = nfgen_msg()
    message["res_id"] = _SUBSYSTEM
    return message


def _verdict(code: int) -> Statement:
    data = {"attrs": [("NFTA_DATA_VERDICT", {"attrs": [("NFTA_VERDICT_CODE", code)]})]}
    return (_expression("immediate", "IMMEDIATE", dreg=_VERDICT_REGISTER, data=data),)


DROP = _verdict(0)
ACCEPT = _verdict(1)
QUEUE_STATEMENTS: tuple[Statement, ...] = (
    (_expression("queue", "QUEUE", num=0, total=1),),
    (_expression("target", "TARGET", name="NFQUEUE", rev=0, info=bytes(8)),),
)
"""Two ways to say queue 0 of the namespace: nftables' own (CONFIG_NFT_QUEUE), and iptables' target inside nftables (CONFIG_NFT_COMPAT)."""
