"""The preview: serves what is built, builds behind it, follows every change, and shows what is wrong in the page.

livereload (tornado) serves and reloads the browser; watchfiles tells of changes, because livereload's own watcher asks
after every file anew each 0.8 s, which at 100,000 files is a core's whole work. The build is the same `build()` as the
command's, in a thread: the page one looks at is there at once, however big the archive.
"""

import contextlib
import logging
import mimetypes
import socket
import threading
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

import watchfiles
from livereload.handlers import LiveReloadHandler
from livereload.server import Server
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler

from generator.build import Options, build
from generator.config import FILE, Site, SiteErrors, load_site
from generator.problems import Problem
from generator.report import Listener, Report

STEP = 40
"""Milliseconds of quiet after which a change counts as ended: an editor writes a file in several steps."""
BEAT = 100
"""Milliseconds after which the watch looks up although nothing changed: it does so before the first build."""
SHOWN = 20
"""Problems shown in the page."""
PORTS = 50
"""Ports tried after the one asked for."""

Reported = Callable[[Report | None, list[Problem]], None]


class Stopped(Exception):
    """The preview ends while a build is going on."""


class Preview:
    """One running preview. `reported` hears of every build: its report, or `None` and the problems of the site."""

    def __init__(
        self, folder: Path, output: Path | None, options: Options, listener: Listener, reported: Reported
    ) -> None:
        self._folder = folder
        self._output = output
        self._options = options
        self._listener = listener
        self._reported = reported
        self._stop = threading.Event()
        self._loop: IOLoop | None = None
        self.problems: list[Problem] = []
        self.building = True
        self.root = (output or folder / "output").resolve()

    def serve(self, host: str, port: int, ready: Callable[[str], None]) -> None:
        """Serve on `host` and `port`, or the next free port, until interrupted. `ready` is given the address.

        Raises `OSError` when no port is free or the host is not this machine's.
        """
        # The watcher is told the site's folders before anything is served: a change must not fall between.
        port = free_port(host, port)
        self._loop = IOLoop.current()
        logging.getLogger("tornado.access").setLevel(logging.ERROR)  # the terminal is for the build
        server = _Server(self)
        server.application(port, host, debug=False)
        LiveReloadHandler.start_tasks()
        worker = threading.Thread(target=self._follow, name="build", daemon=True)
        worker.start()
        ready(f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}/")
        try:
            self._loop.start()
        finally:
            self._stop.set()
            worker.join(timeout=10)

    def stop(self) -> None:
        """End the preview from another thread."""
        if self._loop is not None:
            self._loop.add_callback(self._loop.stop)

    # ── in the thread of the builds ──────────────────────────────────────────────────────────────────────────────────

    def _follow(self) -> None:
        with contextlib.suppress(Stopped):
            while not self._stop.is_set():
                self._watch()

    def _watch(self) -> None:
        """Build, and build again at every change, until other folders are to be watched. The watch begins before the
        first build, so that a change during it is not missed."""
        watched, built = self._watched(), False
        for changes in watchfiles.watch(
            *watched, watch_filter=self._concerns, step=STEP, debounce=400, rust_timeout=BEAT, stop_event=self._stop,
            ignore_permission_denied=True, yield_on_timeout=True, raise_interrupt=False,
        ):  # fmt: skip
            if changes or not built:
                self._build()
                built = True
                if self._watched() != watched:
                    return

    def _build(self) -> None:
        self.building = True
        try:
            site = load_site(self._folder, self._output)
            self.root = site.output
            report = build(site, self._options, _Stopping(self._listener, self._stop))
            self.problems = [problem for problem in report.problems if problem.severity != "doubt"]
            self._reported(report, report.problems)
        except SiteErrors as errors:
            self.problems = errors.problems
            self._reported(None, errors.problems)
        finally:
            self.building = False
        if self._loop is not None:
            self._loop.add_callback(LiveReloadHandler.reload_waiters, "*")

    def _site(self) -> Site | None:
        try:
            return load_site(self._folder, self._output)
        except SiteErrors:
            return None

    def _watched(self) -> list[Path]:
        site = self._site()
        folder = self._folder.resolve()
        wanted = [folder] if site is None else [site.content, folder / "templates", folder / "static", folder]
        return sorted({path for path in wanted if path.is_dir()})

    def _concerns(self, _: watchfiles.Change, path: str) -> bool:
        """Whether a change at `path` matters: not the output, not hidden files, not editors' backups."""
        where = Path(path)
        folder = self._folder.resolve()
        if self.root in (where, *where.parents) or where.name.endswith("~") or where.name.startswith("."):
            return False
        site = self._site()
        if site is not None and site.content in where.parents:
            return not any(part.startswith(".") for part in where.relative_to(site.content).parts)
        inside = where.relative_to(folder).parts if folder in where.parents else ()
        return inside[:1] in (("templates",), ("static",)) or inside == (FILE,) or inside == ("vocabulary.toml",)


class _Stopping:
    """Passes on what a listener should hear, and ends the build when the preview has ended."""

    def __init__(self, listener: Listener, stop: threading.Event) -> None:
        self._listener = listener
        self._stop = stop

    def step(self, name: str, total: int | None) -> None:
        self._check()
        self._listener.step(name, total)

    def advance(self, count: int) -> None:
        self._check()
        self._listener.advance(count)

    def note(self, message: str) -> None:
        self._listener.note(message)

    def _check(self) -> None:
        if self._stop.is_set():
            raise Stopped


class _Quiet(Watcher):  # type: ignore[misc]  # livereload is not typed
    """Takes the place of livereload's watcher: changes are told by the thread of the builds."""

    def start(self, callback: Callable[[], None]) -> bool:
        return True


class _Server(Server):  # type: ignore[misc]  # livereload is not typed
    def __init__(self, preview: Preview) -> None:
        super().__init__(watcher=_Quiet())
        self.watcher.watch(".")
        self._preview = preview

    def get_web_handlers(self, script: bytes) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
        return [(r"/(.*)", _Files, {"preview": self._preview})]


class _Files(RequestHandler):
    """A file of the output; a page with the problems of the last build in it."""

    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    def head(self, path: str) -> None:
        self.get(path)

    def get(self, path: str) -> None:
        root = self._preview.root
        target = (root / path).resolve()
        if target != root and root not in target.parents:
            self._missing(root)
            return
        if target.is_dir():
            if path and not path.endswith("/"):
                self.redirect(f"/{path}/")
                return
            target /= "index.html"
        try:
            data = target.read_bytes()
        except OSError:
            self._missing(root)
            return
        self._answer(data, mimetypes.guess_type(target.name)[0] or "application/octet-stream")

    def _missing(self, root: Path) -> None:
        self.set_status(404)
        try:
            self._answer((root / "404.html").read_bytes(), "text/html")
        except OSError:
            self.set_status(503 if self._preview.building else 404)
            self._answer(_waiting(self._preview.building), "text/html")

    def _answer(self, data: bytes, kind: str) -> None:
        if kind == "text/html":
            overlay = _overlay(self._preview.problems)
            data = data.replace(b"</body>", overlay + b"</body>", 1) if overlay else data
        text = kind.startswith("text/") or kind in ("application/json", "application/javascript")
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.set_header("Cache-Control", "no-store")
        self.write(data)


def _waiting(building: bool) -> bytes:
    words = "The archive is being built; this page will show it." if building else "There is no page here."
    return (
        f"<!doctype html><html lang=en><head><title>Roznama</title></head><body><p>{words}</p></body></html>".encode()
    )


def _overlay(problems: Iterable[Problem]) -> bytes:
    """A panel with the problems of the build, over the page; it closes at a click, and needs no JavaScript."""
    several = list(problems)
    if not several:
        return b""
    rows = "".join(
        f"<li><code><bdi>{escape(str(problem))}</bdi></code>"
        + (
            f"<br><code dir=auto style='opacity:.75'>{escape(problem.excerpt.strip()[:200])}</code>"
            if problem.excerpt
            else ""
        )
        + (f"<br><small>{escape(problem.hint)}</small>" if problem.hint else "")
        + "</li>"
        for problem in several[:SHOWN]
    )
    more = f"<p>… and {len(several) - SHOWN} more</p>" if len(several) > SHOWN else ""
    errors = sum(problem.severity == "error" for problem in several)
    colour = "#8c2f1c" if errors else "#7a5a10"
    head = f"{errors} errors, {len(several) - errors} warnings"
    return (
        f"<details id=roznama-problems open dir=ltr lang=en style='position:fixed;inset:auto 1rem 1rem 1rem;z-index:99;max-height:60vh;"
        f"overflow:auto;background:#fffdf8;color:#1b1a17;border-block-start:.35rem solid {colour};padding:.75rem 1rem;"
        f"font:14px/1.5 ui-monospace,monospace;box-shadow:0 0 2rem #0006;text-align:start'><summary><b>Roznama: {head}</b></summary>"
        f"<ol style='margin:.5rem 0;padding-inline-start:1.5rem'>{rows}</ol>{more}</details>"
    ).encode()


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
