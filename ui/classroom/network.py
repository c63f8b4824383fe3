"""The address by which other computers of the local network reach this one."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

ALL_ADDRESSES = ("0.0.0.0", "::")  # noqa: S104 - compared only
_ELSEWHERE = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737); nothing is sent to it."""


def network_address() -> str | None:
    """The IPv4 address of this computer in its local network; None where it is in none.

    The system names the address from which it would send to another network.  No packet is sent.
    """
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(_ELSEWHERE)
            found = str(probe.getsockname()[0])
        except OSError:
            found = _address_of_name()
    return found if found and not is_local(found) else None


def _address_of_name() -> str:
    """The address of this computer's name, for a network without a way out; else empty."""
    try:
        return socket.gethostbyname(socket.gethostname())
    except OSError:
        return ""


def is_local(host: str) -> bool:
    """Whether `host` names the same computer on every computer, as localhost does."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def reachable_url(url: str, listens_at: str) -> str:
    """The `url` of a page, with the network address where others cannot use its own.

    Parameters
    ----------
    listens_at
        The address that the server is bound to.

    Returns
    -------
    str
        `url` unless it names this computer as localhost does and the server is bound to all
        addresses.
    """
    parts = urlsplit(url)
    if listens_at not in ALL_ADDRESSES or not is_local(parts.hostname or ""):
        return url
    address = network_address()
    if address is None:
        return url
    netloc = address if parts.port is None else f"{address}:{parts.port}"
    return urlunsplit(parts._replace(netloc=netloc))
