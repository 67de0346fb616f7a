"""A web server on this machine for the tests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sijill.ingest.fetch import Fetcher

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A server on this machine; `at(path, …)` says what it answers, and `asked` lists the requests."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                outer.answers.get(self.path.partition("?")[0], answer(404))(self)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def at(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        self.answers[path] = answer(status, body, **headers)
        return self.url + path

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


def answer(status: int, body: bytes | str = b"", **headers: str) -> Answer:
    data = body.encode() if isinstance(body, str) else body

    def give(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"content_length": str(len(data)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return give


def fetcher(**options: object) -> Fetcher:
    """A fetcher that may talk to this machine and never waits."""
    return Fetcher(**{"allow_private": True, "pause": 0, "sleep": lambda _: None, **options})  # type: ignore[arg-type]
