"""Fetching from a server of our own: redirects, limits, retries, packing, and addresses that are not to be reached."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import brotli
import pytest
from ingesting import TEXT, error, one
from serving import Server, answer, fetcher

from sijill.errors import InputError
from sijill.ingest.fetch import Fetcher, is_public


def problem(url: str, **options: object) -> str:
    with pytest.raises(InputError) as wrong:
        fetcher(**options).fetch(url)
    assert "\n" not in str(wrong.value)
    return str(wrong.value)


def test_a_page_with_what_is_kept_of_its_headers(server: Server) -> None:
    url = server.at("/a", TEXT, content_type="text/plain; charset=UTF-8", last_modified="Fri, 21 Jan 2022 10:00:00 GMT", set_cookie="a=b")
    got = fetcher().fetch(url + "#part")
    assert got.data.decode() == TEXT
    assert (got.media_type, got.charset, got.final_url) == ("text/plain", "utf-8", url)
    assert got.headers["last-modified"] == "Fri, 21 Jan 2022 10:00:00 GMT"
    assert "set-cookie" not in got.headers
    path, headers = server.asked[0]
    assert path == "/a"
    assert headers["user-agent"].startswith("sijill/")
    assert headers["host"] == server.url.removeprefix("http://")


def test_a_text_is_collected_from_an_address(server: Server) -> None:
    url = server.at("/a.txt", TEXT.replace("ُ", "").encode("cp1256"), content_type="text/plain; charset=utf-8")
    item = one(url, fetcher=fetcher())
    assert item.report.text == TEXT.replace("ُ", "")
    assert (item.original.how, item.original.location, item.report.url) == ("fetched", url, url)
    assert item.warnings == ["the header says utf-8; the bytes are not, and were read as windows-1256"]


def test_without_a_fetcher_nothing_is_asked(server: Server) -> None:
    assert "fetching is off" in error(server.at("/a", TEXT))
    assert server.asked == []


def test_redirects_are_followed_and_told(server: Server) -> None:
    end = server.at("/end", TEXT)
    server.at("/2", status=301, location="/end")
    got = fetcher().fetch(server.at("/1", status=302, location=server.url + "/2"))
    assert got.final_url == end
    assert got.headers["redirects"] == f"{server.url}/2 {end}"


@pytest.mark.parametrize(
    ("hops", "says"),
    [
        ({"/0": "/0"}, "in a circle"),
        ({"/0": "/1", "/1": "/0"}, "in a circle"),
        ({f"/{n}": f"/{n + 1}" for n in range(20)}, "more than 5 times"),
        ({"/0": "file:///etc/passwd"}, "only http and https"),
        ({"/0": "ftp://example.org/"}, "only http and https"),
        ({"/0": ""}, "without saying where"),
        ({"/0": "http://user:secret@example.org/"}, "name and password"),
    ],
)
def test_redirects_that_lead_nowhere(server: Server, hops: dict[str, str], says: str) -> None:
    for path, target in hops.items():
        server.at(path, status=302, location=target)
    assert says in problem(server.url + "/0")


def test_arabic_addresses(server: Server) -> None:
    server.at("/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1", TEXT)
    assert fetcher().fetch(server.url + "/أخبار?q=قصف").data
    assert server.asked[0][0] == "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?q=%D9%82%D8%B5%D9%81"


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_a_server_that_fails_is_asked_again(server: Server, status: int) -> None:
    url, waits, tries = server.url + "/a", list[float](), iter([answer(status), answer(status, retry_after="7"), answer(200, TEXT)])
    server.answers["/a"] = lambda handler: next(tries)(handler)
    assert fetcher(sleep=waits.append).fetch(url).data.decode() == TEXT
    assert waits == [0.5, 7.0]


def test_a_server_that_goes_on_failing(server: Server) -> None:
    assert "the server answers 503" in problem(server.at("/a", status=503))
    assert len(server.asked) == 4


@pytest.mark.parametrize(("status", "says"), [(404, "not there"), (403, "refuses programs"), (410, "taken away"), (418, "418")])
def test_an_answer_that_will_not_change_is_not_asked_for_again(server: Server, status: int, says: str) -> None:
    assert says in problem(server.at("/a", status=status))
    assert len(server.asked) == 1


def test_a_body_that_is_too_large(server: Server) -> None:
    assert "larger than 1 MB" in problem(server.at("/a", b"a" * 1_100_000), max_bytes=1 << 20)
    server.answers["/b"] = _endless
    assert "larger than 1 MB" in problem(server.url + "/b", max_bytes=1 << 20)


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"a" * 65536)
    except OSError:
        pass


def test_a_server_that_drips(server: Server) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b"a")
                time.sleep(0.1)
        except OSError:
            pass

    server.answers["/a"] = drip
    start = time.monotonic()
    assert "longer than 0.5 seconds" in problem(server.url + "/a", timeout=0.5)
    assert time.monotonic() - start < 5


def test_a_server_that_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert "does not answer in time" in problem(url, idle=0.2, retries=1)


def test_a_server_that_speaks_no_http() -> None:
    with socket.create_server(("127.0.0.1", 0)) as odd:

        def speak() -> None:
            for _ in range(3):
                with odd.accept()[0] as connection:
                    connection.recv(1000)
                    connection.sendall(b"\x00\x01\x02 hello\r\n\r\n")

        threading.Thread(target=speak, daemon=True).start()
        assert "cannot be fetched" in problem(f"http://127.0.0.1:{odd.getsockname()[1]}/", retries=1)


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    message = problem(f"http://127.0.0.1:{port}/", retries=1)
    assert "the connection failed" in message
    assert "0x" not in message


def test_a_body_cut_short_is_no_page(server: Server) -> None:
    assert "the connection failed" in problem(server.at("/a", TEXT, content_length="5000"), retries=1)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("deflate, gzip", lambda data: gzip.compress(zlib.compress(data))),
        ("identity", lambda data: data),
    ],
)
def test_packed_bodies(server: Server, coding: str, pack: Callable[[bytes], bytes]) -> None:
    assert fetcher().fetch(server.at("/a", pack(TEXT.encode()), content_encoding=coding)).data.decode() == TEXT


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)])
def test_bombs_are_not_unpacked(server: Server, coding: str, pack: Callable[[bytes], bytes]) -> None:
    url = server.at("/a", pack(bytes(50_000_000)), content_encoding=coding)
    assert "once unpacked" in problem(url, max_bytes=1 << 20)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_packing_that_is_damaged_or_unknown(server: Server, coding: str) -> None:
    assert "packed as" in problem(server.at("/a", b"\x07" * 100, content_encoding=coding))


# --- whom one may talk to --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::5db8:d822", True),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("nonsense", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]", "0", "127.1"])
def test_this_machine_is_not_fetched_from(server: Server, host: str) -> None:
    port = server.url.rpartition(":")[2]
    message = problem(f"http://{host}:{port}/", allow_private=False)
    assert "address of this machine" in message or "is not known" in message
    assert server.asked == []


def test_a_redirect_to_this_machine_is_not_followed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    url = server.at("/a", status=302, location="http://inside.example/")
    verdicts = iter([True, False])  # as if the server of the test were outside, and what it leads to inside
    monkeypatch.setattr("sijill.ingest.fetch.is_public", lambda _: next(verdicts))
    with pytest.raises(InputError, match=r"leads to 127\.0\.0\.1, an address of this machine"):
        Fetcher(pause=0, resolve=lambda *_: ["127.0.0.1"]).fetch(url)
    assert len(server.asked) == 1


def test_a_name_is_resolved_once_and_what_was_checked_is_connected_to(server: Server) -> None:
    """A name that means a public address when it is checked cannot mean this machine when it is connected to."""
    server.at("/", TEXT)
    answers = iter([["192.0.2.1"], ["127.0.0.1"]])
    port = server.url.rpartition(":")[2]
    with pytest.raises(InputError, match=r"192\.0\.2\.1"):
        Fetcher(pause=0, resolve=lambda *_: next(answers)).fetch(f"http://rebind.example:{port}/")
    assert next(answers) == ["127.0.0.1"]
    got = fetcher(resolve=lambda *_: ["127.0.0.1"]).fetch(f"http://name.example:{port}/")
    assert got.data.decode() == TEXT
    assert server.asked[-1][1]["host"] == f"name.example:{port}"


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:///a",
        "http://a b/",
        "http://[::1/",
        "http://example.org:99999999/",
        "http://x@y@example.org/",
        "https://user:p@example.org/",
        "http://" + "a" * 300 + ".org/",
    ],
)
def test_what_is_no_address(url: str) -> None:
    assert problem(url, resolve=lambda *_: ["127.0.0.1"], retries=0)


def test_requests_to_one_host_are_spaced(server: Server) -> None:
    server.at("/a", TEXT)
    waits: list[float] = []
    spaced = fetcher(pause=10, sleep=waits.append)
    spaced.fetch(server.url + "/a")
    spaced.fetch(server.url + "/a")
    assert len(waits) == 1
    assert 9 < waits[0] <= 10


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_the_certificate_must_be_of_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "cert.pem")
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"]
    subprocess.run([*make, *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    made = Server()
    made.http.socket = context.wrap_socket(made.http.socket, server_side=True)
    made.at("/", TEXT)
    port = made.http.server_port
    safe = fetcher(resolve=lambda *_: ["127.0.0.1"], retries=0)
    try:
        with pytest.raises(InputError, match="certificate is not valid"):
            safe.fetch(f"https://news.example:{port}/")
        monkeypatch.setattr("certifi.where", lambda: certificate)
        assert safe.fetch(f"https://news.example:{port}/").data.decode() == TEXT
        with pytest.raises(InputError, match="certificate is not valid"):
            safe.fetch(f"https://other.example:{port}/")
    finally:
        made.close()
