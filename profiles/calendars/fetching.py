"""Fetch one calendar from the address a stranger typed, without being led anywhere inside.

Only https on its own port, only names that lead to public addresses. The address that was checked is the one that is
connected to (a second look-up could answer differently), each redirect is checked like the first address, and bytes
and seconds are counted while they come. What came wrong is named by a code, never repeated: an error page of an inner
host would be a leak of its own.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from config.errors import Invalid

MOST_BYTES = 2_000_000
SECONDS = 10.0
REDIRECTS = 3
LONGEST = 500

# What stands for another address in disguise: NAT64 and 6to4 carry an inner IPv4 address in a public-looking one.
_DISGUISES = [
    ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]

Resolve = Callable[[str], list[str]]
Connect = Callable[[str, int, float], socket.socket]


class CannotFetch(Exception):
    """The calendar could not be had; `code` says why, in a word that may be shown to her."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def checked_address(typed: str) -> str:
    """Return the https address that `typed` means; webcal: is https. Raises Invalid `calendar_address`."""
    address = typed.strip()
    if address[:9].lower() == "webcal://":
        address = f"https://{address[9:]}"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise Invalid("calendar_address", field="address") from error
    if (
        parts.scheme.lower() != "https"
        or not _plain_name(parts.hostname or "")
        or port not in (None, 443)
        or parts.username is not None
        or parts.password is not None
        or len(address) > LONGEST
        or not address.isascii()
        or any(sign <= " " or sign in '\\"<>^`{|}' for sign in address)
    ):
        raise Invalid("calendar_address", field="address")
    host = (parts.hostname or "").lower()
    return urlunsplit(SplitResult("https", host, parts.path or "/", parts.query, ""))


def fetch(
    address: str, *, resolve: Resolve | None = None, connect: Connect | None = None, seconds: float = SECONDS
) -> bytes:
    """Return what stands at `address`. Raises CannotFetch `calendar_private`, `calendar_away`, `calendar_refused`,
    `calendar_too_big`.

    `resolve` and `connect` are the system's unless a test gives its own.
    """
    until = time.monotonic() + seconds
    for _hop in range(REDIRECTS + 1):
        answer = _ask(address, resolve or _resolve, connect or _connect, until)
        if isinstance(answer, bytes):
            return answer
        try:
            address = checked_address(urljoin(address, answer))
        except Invalid as error:
            raise CannotFetch("calendar_private") from error
    raise CannotFetch("calendar_refused")


def is_public(number: str) -> bool:
    """Say whether an IP address is one of the open internet, in whatever spelling the system gave it."""
    try:
        ip = ipaddress.ip_address(number.split("%")[0])
    except ValueError:
        return False
    inner = getattr(ip, "ipv4_mapped", None)
    if inner is not None:
        ip = inner
    disguised = ip.version == 6 and any(ip in net for net in _DISGUISES)
    return ip.is_global and not ip.is_multicast and not disguised


def _ask(address: str, resolve: Resolve, connect: Connect, until: float) -> bytes | str:
    """Ask one host once; return the body, or the address it leads on to."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        numbers = resolve(host)
    except OSError as error:
        raise CannotFetch("calendar_away") from error
    # All of them, not the first: a name with one public and one inner address is a trap.
    if not numbers or not all(is_public(number) for number in numbers):
        raise CannotFetch("calendar_private")
    connection = _Pinned(host, numbers[0], connect, until)
    try:
        target = urlunsplit(SplitResult("", "", parts.path or "/", parts.query, ""))
        connection.request("GET", target, headers={"Accept": "text/calendar", "Accept-Encoding": "identity"})
        response = connection.getresponse()
        if response.status in (301, 302, 303, 307, 308):
            return response.getheader("Location") or ""
        if response.status != 200:
            raise CannotFetch("calendar_refused")
        return _body(response, connection, until)
    except (OSError, http.client.HTTPException, ssl.SSLError, ValueError) as error:
        raise CannotFetch("calendar_away") from error
    finally:
        connection.close()


def _body(response: http.client.HTTPResponse, connection: "_Pinned", until: float) -> bytes:
    read = bytearray()
    while True:
        left = until - time.monotonic()
        if left <= 0:
            raise CannotFetch("calendar_away")
        if connection.sock is not None:
            connection.sock.settimeout(left)
        piece = response.read1(65536)
        if not piece:
            return bytes(read)
        read += piece
        if len(read) > MOST_BYTES:
            raise CannotFetch("calendar_too_big")


class _Pinned(http.client.HTTPSConnection):
    """A connection to the number that was checked, under the name that was asked for."""

    def __init__(self, host: str, number: str, connect: Connect, until: float) -> None:
        super().__init__(host, 443, context=ssl.create_default_context())
        self._number, self._open, self._until = number, connect, until

    def connect(self) -> None:
        left = max(0.1, self._until - time.monotonic())
        plain = self._open(self._number, 443, left)
        context: ssl.SSLContext = self._context  # type: ignore[attr-defined]
        self.sock = context.wrap_socket(plain, server_hostname=self.host)


def _resolve(host: str) -> list[str]:
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


def _connect(number: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((number, port), timeout=seconds)


def _plain_name(host: str) -> bool:
    """A name with a dot and letters: no number in any spelling, no name of a machine next door."""
    labels = host.rstrip(".").split(".")
    if len(labels) < 2 or len(host) > 253:
        return False
    if not all(label and all(sign.isalnum() or sign == "-" for sign in label) for label in labels):
        return False
    return labels[-1][0].isalpha() and labels[-1].lower() not in (
        "local",
        "localhost",
        "internal",
        "home",
        "lan",
    )
