"""Sending to an address that somebody typed, without letting it lead anywhere inside.

The name is looked up once, every address it has must be public, and the connection goes to the address that was
looked at: a name that changes in between leads nowhere else. No redirect is followed and no answer is read.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import socket
from urllib.parse import urlsplit

import httpx


PATIENCE = 5.0
LONGEST = 500
# Parts of IPv6 that hold an IPv4 address inside, or lead to one.
CARRIERS = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)


class Forbidden(Exception):
    """Nothing is sent to this address. The message says why."""


def check_url(url: str, *, local: bool) -> str:
    """The address, when it may be told anything at all. Raises ``Forbidden``. ``local`` allows http and this machine."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Forbidden("This is no address.") from error
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise Forbidden("This is no address.")
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        raise Forbidden("The address begins with https://.")
    if not parts.hostname or parts.username or parts.password or parts.fragment or port == 0:
        raise Forbidden("The address has a host, no user and no part after #.")
    if not local and _is_number(parts.hostname) and not is_public(parts.hostname):
        raise Forbidden("The address is not public.")
    return url


def resolved(host: str, port: int, *, local: bool) -> str:
    """The IP address that is connected to. Raises ``Forbidden`` when any address of the name is not public."""
    try:
        found = {str(a[4][0]) for a in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise Forbidden("The name leads nowhere.") from error
    for address in found:
        if not is_public(address) and not (local and ipaddress.ip_address(address).is_loopback):
            raise Forbidden("The name leads to an address that is not public.")
    if not found:
        raise Forbidden("The name leads nowhere.")
    return min(found, key=lambda a: (":" in a, a))


def is_public(address: str) -> bool:
    """Whether anybody on the internet could reach it."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in network for network in CARRIERS) or ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def signature(secret: str, at: int, body: bytes) -> str:
    """The header that proves who sent the body and when: ``t=<seconds>,v1=<HMAC-SHA256 of "seconds.body">``.

    >>> signature("s", 1, b"{}")[:9]
    't=1,v1=04'
    """
    made = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={made}"


def post(url: str, body: bytes, headers: dict[str, str], *, local: bool) -> int:
    """Sends the body; the status that was answered. Raises ``Forbidden``, and ``httpx.HTTPError`` when nobody answers."""
    parts = urlsplit(check_url(url, local=local))
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = resolved(host, port, local=local)
    pinned = f"[{address}]" if ":" in address else address
    target = parts._replace(netloc=f"{pinned}:{port}").geturl()
    name = f"[{host}]" if ":" in host else host
    sent = headers | {"Host": name if parts.port is None else f"{name}:{port}"}
    # The certificate is checked against the name, not against the address.
    with (
        httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client,
        client.stream(
            "POST", target, content=body, headers=sent, extensions={"sni_hostname": host}
        ) as response,
    ):
        return response.status_code
