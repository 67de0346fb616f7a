"""Pages are fetched from the web: one at a time, politely, and within limits of size, time and redirects.

An address is somebody else's word for where to connect to, and feeds and redirects choose addresses for us. So every name is
resolved once, the address that comes out is checked, and that very address is connected to: a name cannot mean a public address
when it is checked and the machine's own network when it is used.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import threading
import time
from collections.abc import Callable
from email.message import Message
from http.client import BadStatusLine, HTTPException, UnknownProtocol
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import msgspec

from sijill.errors import InputError
from sijill.ingest.packing import one_line, unpacked

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection
    from urllib3.response import BaseHTTPResponse

__all__ = ["Fetched", "Fetcher", "is_public"]

_KEPT_HEADERS = ("content-type", "last-modified", "date", "content-language")
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_LONGEST_WAIT = 30.0
_ADVICE = {
    401: "it wants a password; save the page in a browser and give the file",
    403: "it refuses programs; save the page in a browser and give the file",
    404: "the page is not there; look for it in a web archive",
    410: "the page was taken away; look for it in a web archive",
    429: "it has had too many requests; try again later",
    451: "the page is withheld for legal reasons; look for it in a web archive",
}


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What a server gave for an address, unpacked, with the few headers that are kept."""

    url: str
    final_url: str
    data: bytes
    media_type: str | None
    charset: str | None
    headers: dict[str, str]


class _TryError(Exception):
    """A try that failed; `again` where another may succeed, after `wait` seconds if the server says so."""

    def __init__(self, problem: str, *, again: bool = False, wait: float | None = None) -> None:
        super().__init__(problem)
        self.again = again
        self.wait = wait


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet, also where an IPv6 address only carries an IPv4 one.

    >>> [is_public(a) for a in ("93.184.216.34", "127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1")]
    [True, False, False, False, False, False]
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        carried = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in ipaddress.ip_network("64:ff9b::/96") or ip in ipaddress.ip_network("::/96"):
            carried.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(inner is not None and not is_public(str(inner)) for inner in carried):
            return False
        if ip.ipv4_mapped is not None:
            return True
    return ip.is_global and not ip.is_multicast and not ip.is_unspecified


def _resolved(host: str, port: int) -> list[str]:
    """The IP addresses of a host, each once, in the order that the system prefers."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


class Fetcher:
    """Fetches addresses. One is enough for any number of pages; it waits between two requests to the same host.

    `max_bytes` is the largest body, packed or unpacked; `timeout` the seconds that one try may take in all; `max_redirects` how often
    an address may lead to another; `retries` how often a try is made anew after a server's failure. Private, loopback and link-local
    addresses are refused unless `allow_private` is set. `sleep` and `resolve` can be replaced in tests.

    >>> Fetcher().fetch("http://127.0.0.1/")
    Traceback (most recent call last):
    sijill.errors.InputError: http://127.0.0.1/ leads to 127.0.0.1, an address of this machine or its network, which is not fetched from
    """

    def __init__(
        self,
        *,
        max_bytes: int = 20 * 1024 * 1024,
        timeout: float = 60.0,
        idle: float = 15.0,
        max_redirects: int = 5,
        retries: int = 3,
        pause: float = 0.5,
        allow_private: bool = False,
        sleep: Callable[[float], None] = time.sleep,
        resolve: Callable[[str, int], list[str]] = _resolved,
    ) -> None:
        self._max_bytes = max_bytes
        self._timeout = timeout
        self._idle = idle
        self._max_redirects = max_redirects
        self._retries = retries
        self._pause = pause
        self._allow_private = allow_private
        self._sleep = sleep
        self._resolve = resolve
        self._asked: dict[str, float] = {}

    def fetch(self, url: str) -> Fetched:
        """What lies at an address, redirects followed. Raises `InputError` with a line that says what to do."""
        hops = [_plain(url, url)]
        while True:
            status, headers, body = self._tried(hops[-1], url)
            if status not in _REDIRECTS:
                break
            target = headers.get("location")
            if not target:
                raise InputError(f"{url} leads elsewhere without saying where; open it in a browser and give the address it shows")
            following = _plain(urljoin(hops[-1], target), url)
            if following in hops:
                raise InputError(f"{url} redirects in a circle; open it in a browser and give the address it shows")
            if len(hops) > self._max_redirects:
                raise InputError(
                    f"{url} redirects more than {self._max_redirects} times; open it in a browser and give the address it shows"
                )
            hops.append(following)
        data = unpacked(body, headers.get("content-encoding"), limit=self._max_bytes, name=url)
        kept = {name: value for name in _KEPT_HEADERS if (value := headers.get(name))}
        media_type, charset = _content_type(headers.get("content-type"))
        return Fetched(
            url=url,
            final_url=hops[-1],
            data=data,
            media_type=media_type,
            charset=charset,
            headers={**kept, "final-url": hops[-1], **({"redirects": " ".join(hops[1:])} if len(hops) > 1 else {})},
        )

    def _tried(self, address: str, asked: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of one address, with as many tries as it may take."""
        wait = 0.5
        for left in range(self._retries, -1, -1):
            try:
                return self._try(urlsplit(address), asked)
            except _TryError as wrong:
                if not (wrong.again and left):
                    raise InputError(f"{asked} cannot be fetched: {wrong}") from wrong
                self._sleep(min(wrong.wait if wrong.wait is not None else wait, _LONGEST_WAIT))
                wait *= 2
        raise AssertionError("the last try returns or raises")

    def _try(self, parts: SplitResult, asked: str) -> tuple[int, dict[str, str], bytes]:
        import urllib3

        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        self._wait_for(host)
        connection = self._connection(parts.scheme, host, port, asked)
        late = threading.Event()
        try:
            connection.connect()
            timer = threading.Timer(self._timeout, _hang_up, (connection.sock, late))
            timer.daemon = True
            timer.start()
            try:
                got = self._exchange(connection, parts, host)
            finally:
                timer.cancel()
            if late.is_set():  # a body without a length ends where the line is cut
                raise OSError("cut off")
            return got
        except (urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as wrong:
            if late.is_set():
                raise _TryError(f"it took longer than {self._timeout:g} seconds; try again later") from wrong
            raise _as_failure(wrong) from wrong
        finally:
            connection.close()

    def _wait_for(self, host: str) -> None:
        """Leave a pause since the last request to the same host."""
        due = self._asked.get(host, float("-inf")) + self._pause
        now = time.monotonic()
        if now < due:
            self._sleep(due - now)
        self._asked[host] = time.monotonic()

    def _connection(self, scheme: str, host: str, port: int, asked: str) -> HTTPConnection:
        """A connection to the address that was checked; the certificate is still that of the name."""
        from urllib3.connection import HTTPConnection, HTTPSConnection

        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as wrong:
            passing = isinstance(wrong, socket.gaierror) and wrong.errno == socket.EAI_AGAIN
            raise _TryError(f"the host {host} is not known; check the address and the connection", again=passing) from wrong
        allowed = [address for address in addresses if self._allow_private or is_public(address)]
        if not allowed:
            raise InputError(
                f"{asked} leads to {', '.join(addresses)}, an address of this machine or its network, which is not fetched from"
            )
        if scheme == "http":
            return HTTPConnection(allowed[0], port, timeout=self._idle)
        import certifi

        return HTTPSConnection(
            allowed[0],
            port,
            timeout=self._idle,
            server_hostname=host,
            assert_hostname=host,
            cert_reqs="CERT_REQUIRED",
            ca_certs=certifi.where(),
        )

    def _exchange(self, connection: HTTPConnection, parts: SplitResult, host: str) -> tuple[int, dict[str, str], bytes]:
        shown = f"[{host}]" if ":" in host else host
        connection.request(
            "GET",
            urlunsplit(("", "", parts.path or "/", parts.query, "")),
            headers={
                "Host": f"{shown}:{parts.port}" if parts.port else shown,
                "User-Agent": _user_agent(),
                "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/pdf, */*;q=0.5",
                "Accept-Encoding": "gzip, deflate, br",
                "Accept-Language": "ar, *;q=0.5",
                "Connection": "close",
            },
            preload_content=False,
            decode_content=False,
        )
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if answer.status in _REDIRECTS:
            return answer.status, headers, b""
        if answer.status in _AGAIN:
            problem = f"the server answers {answer.status}; {_ADVICE.get(answer.status, 'try again later')}"
            raise _TryError(problem, again=True, wait=_seconds(headers.get("retry-after")))
        if not 200 <= answer.status < 300:
            raise _TryError(f"the server answers {answer.status}; {_ADVICE.get(answer.status, 'open it in a browser and see')}")
        return answer.status, headers, self._body(answer, headers)

    def _body(self, answer: BaseHTTPResponse, headers: dict[str, str]) -> bytes:
        too_large = _TryError(f"it is larger than {self._max_bytes // 1024 // 1024} MB; save it and give the file")
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._max_bytes:
            raise too_large
        body = bytearray()
        while chunk := answer.read1(1 << 16, decode_content=False):
            body += chunk
            if len(body) > self._max_bytes:
                raise too_large
        return bytes(body)


def _hang_up(connected: socket.socket | None, late: threading.Event) -> None:
    """End a connection from outside: a server that sends a byte now and then never trips the limit for silence."""
    late.set()
    if connected is not None:
        with contextlib.suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)


def _as_failure(wrong: Exception) -> _TryError:
    import ssl

    import urllib3

    inner: BaseException | None = wrong
    while inner is not None:
        if isinstance(inner, ssl.SSLCertVerificationError):
            return _TryError(f"its certificate is not valid ({inner.verify_message}); open it in a browser and save the page")
        if type(inner).__name__ == "CertificateError":  # urllib3's own, for the name, at no public place
            return _TryError(f"its certificate is not valid ({one_line(inner)}); open it in a browser and save the page")
        inner = inner.__cause__ or inner.__context__
    timed_out = isinstance(wrong, TimeoutError | urllib3.exceptions.TimeoutError)
    if timed_out and not isinstance(wrong, urllib3.exceptions.NewConnectionError):
        return _TryError("the server does not answer in time; try again later", again=True)
    if isinstance(wrong, ValueError | BadStatusLine | UnknownProtocol) and not isinstance(wrong, ConnectionError):
        return _TryError(f"the server does not speak HTTP as it should ({one_line(wrong)}); open it in a browser and save the page")
    return _TryError(f"the connection failed ({one_line(_without_object(wrong))}); check the address and try again", again=True)


def _without_object(wrong: Exception) -> Exception:
    """The error without the «<HTTPConnection object at 0x…>: » that urllib3 puts before it."""
    return OSError(re.sub(r"^.*object at 0x[0-9a-f]+>:? *|HTTPS?Connection\([^)]*\): *", "", one_line(wrong)) or type(wrong).__name__)


def _plain(address: str, asked: str) -> str:
    """An address in ASCII without its fragment, or `InputError` where it is none that is fetched."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
        host = host if ":" in host or host.isascii() else host.encode("idna").decode()
    except (ValueError, UnicodeError) as wrong:
        raise InputError(f"{asked} is not an address ({one_line(wrong)}); check it") from wrong
    if parts.scheme.lower() not in ("http", "https"):
        raise InputError(
            f"{asked} leads to {parts.scheme or 'an address'}:, and only http and https are fetched; save the page and give the file"
        )
    if not host or re.search(r"[\s\x00-\x20\x7f/\\]", host):
        raise InputError(f"{asked} names no host; check the address")
    if parts.username or parts.password:
        raise InputError(
            f"{asked.rpartition('@')[2]} is given with a name and password; leave them out, or save the page and give the file"
        )
    shown = f"[{host}]" if ":" in host else host
    where = shown if port is None else f"{shown}:{port}"
    return urlunsplit((parts.scheme.lower(), where, _quoted(parts.path) or "/", _quoted(parts.query), ""))


def _quoted(part: str) -> str:
    """A path or query in ASCII; what is quoted already stays."""
    return quote(part, safe="/%:@!$&'()*+,;=~-._?[]|", errors="surrogatepass")


def _content_type(header: str | None) -> tuple[str | None, str | None]:
    if not header:
        return None, None
    message = Message()
    message["content-type"] = header
    return message.get_content_type(), message.get_content_charset()


def _seconds(header: str | None) -> float | None:
    return float(header) if header and header.strip().isdecimal() else None


def _user_agent() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        own = version("sijill")
    except PackageNotFoundError:
        own = "checkout"
    return f"sijill/{own} (fetches single reports that a person asked for)"
