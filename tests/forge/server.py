"""The sockets of a forge: HTTP/1.1 on loopback, one thread a connection."""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
import traceback
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.forge.answers import Answer, Request

Respond = Callable[[Request], Answer]

_AT_ONCE = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
"""`SO_LINGER` for a close that resets the connection."""


class Server:
    """Serves `respond` at `url` until it is closed; `crashed` is told of our own faults."""

    def __init__(self, respond: Respond, crashed: Callable[[str], None]) -> None:
        self._listener = _Listener(respond, crashed)
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._listener.server_address[1]}"

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Stop listening, cut what is open, and wait for the threads."""
        self._listener.shutdown()
        self._listener.cut()
        self._listener.server_close()
        self._thread.join()


class _Listener(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, respond: Respond, crashed: Callable[[str], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.respond, self.crashed = respond, crashed
        self.open: set[socket.socket] = set()

    def cut(self) -> None:
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client has gone already
                self.open.discard(connection)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 the base class names them
        self.crashed(traceback.format_exc())


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        super().finish()

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        try:
            sent = self.rfile.read(length)
        except ConnectionResetError:
            self.close_connection = True
            return
        target = urlsplit(self.path)
        request = Request(
            method=self.command,
            path=target.path,
            query=parse_qs(target.query, keep_blank_values=True),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=_json(sent),
        )
        answer = self.server.respond(request)
        if answer.status == 0:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            self.close_connection = True
            return
        self._send(answer)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _serve  # noqa: N815 the standard library's names

    def _send(self, answer: Answer) -> None:
        content = answer.content()
        headers = {"Content-Type": "application/json; charset=utf-8"} | answer.headers
        self.send_response(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if answer.status not in (204, 304):
            self.wfile.write(content)

    def version_string(self) -> str:
        return "github.com"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the base class names it
        """The forge has its own log."""


def _json(sent: bytes) -> Any:
    """The JSON of a body, None for an empty one; what is no JSON stays bytes, and is refused as such."""
    if not sent:
        return None
    try:
        return json.loads(sent)
    except ValueError:
        return sent
