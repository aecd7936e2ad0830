"""Fetching a page: politely (robots.txt, a name of our own), with limits, and never from inside a private network."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from geo.inputs.base import MAX_TEXT, Unusable

TIMEOUT_S = 20
MAX_REDIRECTS = 5
MAX_ROBOTS = 500_000  # bytes; RFC 9309 asks readers for at least 500 KiB


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave: the final address, the media type, the bytes, when they were fetched (ISO, UTC), the charset."""

    url: str
    kind: str
    data: bytes
    retrieved: str
    charset: str = ""


def fetch(url: str) -> Page:
    """Fetch an http or https address.

    Raises `Unusable` where the address is private, robots.txt forbids it, it is too slow or too large, or the server
    refuses. Every redirect is checked like the first address.

    >>> fetch("http://127.0.0.1/a")
    Traceback (most recent call last):
    geo.inputs.base.Unusable: 127.0.0.1 is an address inside a private network
    """
    if not allowed(url):
        raise Unusable("robots", "the site's robots.txt asks programs not to read this page",
                       "Save the page in your browser and give the file.")  # fmt: skip
    final, stated, data = _get(url, MAX_TEXT)
    content = Message()
    content["content-type"] = stated or "application/octet-stream"
    when = datetime.now(UTC).isoformat(timespec="seconds")
    return Page(final, content.get_content_type(), data, when, content.get_content_charset(""))


def allowed(url: str) -> bool:
    """Tell whether the site's robots.txt lets us read an address; a site without one lets everybody."""
    parts = urlsplit(url)
    return _robots(f"{parts.scheme}://{parts.netloc}").can_fetch(user_agent(), url)


@lru_cache(maxsize=256)
def _robots(site: str) -> RobotFileParser:
    rules = RobotFileParser()
    try:
        _, _, data = _get(f"{site}/robots.txt", MAX_ROBOTS)
    except Unusable as error:
        if error.code != "http-status":  # private, unreachable, too large: the page itself would fail alike
            raise
        data = b""  # RFC 9309: what is not there forbids nothing
    rules.parse(data.decode("utf-8", errors="replace").splitlines())
    return rules


@lru_cache(maxsize=1)
def user_agent() -> str:
    """Return the name that we give to servers."""
    try:
        return f"conflict-mapper/{version('conflict-mapper')}"
    except PackageNotFoundError:
        return "conflict-mapper"


def public_address(host: str, port: int) -> str:
    """Return an IP address of a host, once all of its addresses are known to be public.

    The connection then goes to this very address, so that a name cannot point elsewhere a moment later.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unusable(
            "no-host", f"the server {host} was not found", "Check the address and your connection."
        ) from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        ip = ipaddress.ip_address(address.split("%")[0])
        mapped = getattr(ip, "ipv4_mapped", None)
        if not (mapped or ip).is_global or (mapped or ip).is_multicast:
            raise Unusable("private", f"{host} is an address inside a private network",
                           "Save the page and give the file.")  # fmt: skip
    return addresses[0]


def _get(url: str, limit: int) -> tuple[str, str, bytes]:
    """Return final address, content type as stated and body."""
    for _ in range(MAX_REDIRECTS + 1):
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Unusable(
                "bad-url", "only http and https addresses are fetched", "Give an address such as https://example.org/a."
            )
        try:
            status, headers, data = _request(url, limit)
        except (TimeoutError, socket.timeout) as error:  # noqa: UP041  (an alias since 3.10)
            raise Unusable("timeout", f"the server did not answer within {TIMEOUT_S} s", "Try again later.") from error
        except ssl.SSLError as error:
            raise Unusable("tls", f"the connection is not safe ({error.reason})", "Check the address.") from error
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise Unusable("no-answer", f"the server gave no answer that can be read ({type(error).__name__})",
                           "Try again later.") from error  # fmt: skip
        location = headers.get("location")
        if status in {301, 302, 303, 307, 308} and location:
            url = urljoin(url, location)
            continue
        if status != http.HTTPStatus.OK:
            raise Unusable("http-status", f"the server answered {status} {http.client.responses.get(status, '')}".strip(),
                           "Open the address in a browser; save the page if you can see it.")  # fmt: skip
        return url, headers.get("content-type", ""), data
    raise Unusable("redirects", f"the address leads on more than {MAX_REDIRECTS} times", "Give the final address.")


def _request(url: str, limit: int) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    host = str(parts.hostname)
    address = public_address(host, port)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT_S)
    connection.sock = socket.create_connection((address, port), TIMEOUT_S)
    try:
        if secure:
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        connection.request("GET", path, headers={
            "User-Agent": user_agent(), "Accept": "text/html, application/xhtml+xml, application/pdf, text/*;q=0.8, */*;q=0.5",
            "Accept-Encoding": "gzip", "Connection": "close",
        })  # fmt: skip
        response = connection.getresponse()
        headers = {key.lower(): value for key, value in response.getheaders()}
        data = response.read(limit + 1)
    finally:
        connection.close()
    if headers.get("content-encoding", "").lower() == "gzip":
        data = zlib.decompressobj(wbits=31).decompress(data, limit + 1)  # never more than the limit: no bomb
    if len(data) > limit:
        raise Unusable(
            "too-large", f"the page has more than {limit // 1_000_000 or 1} MB", "Save the part that you need."
        )
    return response.status, headers, data
