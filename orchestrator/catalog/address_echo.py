"""Hosts on the internet that answer a request with the caller's public address, as text: asked to learn which address a pod leaves from.

They fail and are throttled now and then (openshift/verification-tests#1408), so a verification asks several. Over http a proxy on the way may alter the
answer (MicrosoftDocs/azure-docs#101237); over https it cannot.
"""

SOURCE = "the services' own pages: each describes a plain-text answer for curl"
DATE = "2026-11-23"

ECHO_HOSTS: tuple[str, ...] = ("ifconfig.me", "api.ipify.org", "icanhazip.com", "checkip.amazonaws.com", "ipinfo.io", "ifconfig.co", "ident.me")
"""Each answers over http and https, at `echo_path(host)`, with the address and perhaps a newline."""

_PATHS = {"ipinfo.io": "/ip"}


def echo_path(host: str) -> str:
    """Where an echo host answers with the address as plain text."""
    return _PATHS.get(host, "/")
