"""The server of the preview: livereload's, with our own answers."""

import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any

from livereload.handlers import LiveReloadHandler
from livereload.server import Server
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler

from generator.preview.served import Served

PORTS = 50
"""Ports tried after the one asked for."""
LOOPBACK = ("127.0.0.1", "::1")


def serve(served: Served, host: str, port: int, ready: Callable[[int], object]) -> None:
    """Serve until interrupted; `ready` is given the port. Raises `OSError` when none is free."""
    port = free_port(host, port)
    loop = IOLoop.current()
    logging.getLogger("tornado.access").setLevel(logging.CRITICAL)  # the terminal is for the build
    server = _Server(served)
    server.application(port, host, debug=False)
    LiveReloadHandler.start_tasks()
    served.changed = lambda paths: loop.add_callback(_reload, paths)
    with _interruptible(loop):
        ready(port)
        loop.start()


@contextlib.contextmanager
def _interruptible(loop: IOLoop) -> Iterator[None]:
    """Have Ctrl-C stop the loop. Python's own way, an exception wherever the program happens to be, is lost when that is
    the end of an object's life: nothing may be raised there."""
    before = signal.signal(signal.SIGINT, lambda *_: loop.add_callback_from_signal(loop.stop))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _reload(paths: list[str]) -> None:
    """Have browsers load what changed; a style sheet alone changes without a reload."""
    sheets = [path for path in paths if path.endswith(".css")]
    LiveReloadHandler.reload_waiters(sheets[0] if len(sheets) == len(paths) == 1 else "*")


class _Quiet(Watcher):  # type: ignore[misc]  # livereload is not typed
    """Takes the place of livereload's watcher: changes are told by the preview's own."""

    def start(self, callback: Callable[[], None]) -> bool:
        return True


class _Server(Server):  # type: ignore[misc]  # livereload is not typed
    def __init__(self, served: Served) -> None:
        super().__init__(watcher=_Quiet())
        self.watcher.watch(".")
        self._served = served

    def get_web_handlers(self, script: bytes) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
        given = {"served": self._served}
        return [(r"/_roznama/panel/(.*)", _Panel, given), (r"/_roznama/open/(.*)", _Open, given), (r"/(.*)", _Files, given)]


class _Handler(RequestHandler):
    def initialize(self, served: Served) -> None:
        self._served = served


class _Panel(_Handler):
    """The editor's panel of a page. Made beside the loop: the first one waits for the lists of topics."""

    async def get(self, path: str) -> None:
        data = await IOLoop.current().run_in_executor(None, self._served.panel, path, self.request.remote_ip in LOOPBACK)
        self.set_header("Cache-Control", "no-store")
        self.write(data)


class _Open(_Handler):
    """Opens a source on this machine: for the panel of this preview alone, which knows the token."""

    def post(self, source: str) -> None:
        allowed = self.get_argument("token", "") == self._served.token and self._served.open_source(source)
        self.set_status(204 if allowed else 403)


class _Files(_Handler):
    """A file of the site."""

    def head(self, path: str) -> None:
        self.get(path)

    def get(self, path: str) -> None:
        found = self._served.answer(path)
        if found.status == 302:
            self.redirect(f"/{found.path}")
            return
        self.set_status(found.status)
        text = found.kind.startswith("text/") or found.kind in ("application/json", "application/javascript")
        self.set_header("Content-Type", f"{found.kind}; charset=utf-8" if text else found.kind)
        self.set_header("Cache-Control", "no-store")
        self.write(found.data)


def free_port(host: str, port: int) -> int:
    """`port`, or the next one that nobody listens on. Raises `OSError` when there is none among the next `PORTS`."""
    last: OSError | None = None
    for candidate in range(port, min(port + PORTS, 65536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError as error:
                last = error
                continue
            return candidate
    raise last or OSError(f"no port from {port} on")


def address_in_network() -> str | None:
    """The address of this machine in its network, or `None` if it is in none. Nothing is sent: a datagram socket that is
    connected only asks the system which way it would go (192.0.2.1 is nobody's, RFC 5737)."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(asking.getsockname()[0])
