"""Where messages may be sent: an address on the public network, unless the organisation allows its own.

A name is looked up when a subscription is made and again at each sending: what it stands for may have changed.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

LONGEST = 2000
PLAIN = re.compile(r"[!-~]+")
HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
PORTS = {"http": 80, "https": 443}
TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::ffff:0:0:0/96"))
"""Where a gateway reads the last four bytes as an address of version 4."""
Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """A receiver's address, taken apart."""

    secure: bool
    host: str
    port: int
    path: str


def read_url(url: str) -> Target | None:
    """Take an address apart; None when it is not one that a message can be sent to.

    Neither a name and password nor a fragment are taken: the first would be shown in lists, the second is never sent.
    """
    if len(url) > LONGEST or not PLAIN.fullmatch(url) or "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host, scheme = parts.hostname or "", parts.scheme.lower()
    if scheme not in PORTS or "@" in parts.netloc or "#" in url or not HOST.fullmatch(host) or port == 0:
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme == "https", host, port or PORTS[scheme], path)


def addresses_of(host: str, port: int) -> Sequence[str]:
    """What a name stands for now, or nothing."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def is_public(written: str) -> bool:
    """Whether an address is one of the public network, also when it hides one of version 4."""
    try:
        address: Address = ip_address(written.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(one) for one in (address, *_within(address)))


def _is_public(address: Address) -> bool:
    apart = address.is_multicast or address.is_reserved or address.is_unspecified
    local = isinstance(address, IPv6Address) and address.is_site_local
    mapped = isinstance(address, IPv6Address) and (address.ipv4_mapped is not None or _translated(address))
    return mapped or (address.is_global and not apart and not local)


def _translated(address: IPv6Address) -> bool:
    return any(address in network for network in TRANSLATED)


def _within(address: Address) -> Sequence[Address]:
    """The addresses of version 4 that one of version 6 leads to."""
    if isinstance(address, IPv4Address):
        return ()
    found: list[Address | None] = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if _translated(address):
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]
