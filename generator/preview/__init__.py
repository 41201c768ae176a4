"""The preview: serves what is built, builds behind it, follows every change, and shows what is wrong in the page.

Four threads. Two watch (watchfiles; livereload's own watcher asks after every file anew each 0.8 s, which at 100,000
files is a core's whole work), and make the pages in view anew the moment a file is saved. One builds, with the same
`build()` as the command's. One serves (tornado, under livereload), and reloads a browser when what it shows has changed.
"""

import contextlib
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import watchfiles

from generator.build import Options, build
from generator.config import FILE, Site, SiteErrors, load_site
from generator.preview.ahead import Studio
from generator.preview.served import Served
from generator.preview.server import serve
from generator.problems import Problem
from generator.report import Listener, Report
from generator.tasks import bug

STEP = 20
"""Milliseconds of quiet after which a change counts as ended: an editor writes a file in several steps."""
BEAT = 100
"""Milliseconds after which the watch looks up although nothing changed."""
PATIENCE, PAUSE = 0.5, 0.1
"""Seconds that a build waits for a browser to fetch the page that was made ahead of it, and then for its pictures: the two
would otherwise share the processor. A change that nobody looks at is built at once. The first build waits for the first page."""
SWITCH = 0.001
"""Seconds after which a thread that waits gets its turn: the server should not wait while a build plans."""

Reported = Callable[[Report | None, list[Problem]], None]


class Stopped(Exception):
    """The preview ends while a build is going on."""


class Preview:
    """One running preview. `reported` hears of every build: its report, or `None` and the problems of the site."""

    def __init__(
        self, folder: Path, output: Path | None, config: Path | None, options: Options, listener: Listener,
        reported: Reported, opener: Callable[[Path], None] | None = None,
    ) -> None:  # fmt: skip
        self._where = (folder, output, None, config)
        self._folder = folder.resolve()
        self._config = config.resolve() if config else self._folder / FILE
        self._options = options
        self._listener = listener
        self._reported = reported
        self._stop = threading.Event()
        self._changed = threading.Event()
        self._told = False
        self.served = Served((output or folder / "output").resolve(), opener)
        self._site: Site | None = None

    def run(self, host: str, port: int, ready: Callable[[int], None]) -> None:
        """Serve on `host` and `port`, or the next free port, until interrupted. `ready` is given the port.

        Raises `OSError` when no port is free or the host is not this machine's.
        """
        sys.setswitchinterval(SWITCH)
        self._load()
        work: tuple[Callable[[], None], ...] = (partial(self._follow, True), partial(self._follow, False), self._builds)
        threads = [threading.Thread(target=one, daemon=True) for one in work]

        def begin(bound: int) -> None:
            ready(bound)
            for one in threads:
                one.start()

        try:
            serve(self.served, host, port, begin)
        finally:
            self._stop.set()
            self._changed.set()
            for one in threads:
                if one.is_alive():
                    one.join(timeout=10)

    # ── in the threads that watch ────────────────────────────────────────────────────────────────────────────────────

    def _follow(self, deep: bool) -> None:
        """Follow what changes in the folders with all below them, or in the site's own folder alone: watchfiles lets nobody
        else do anything until it has looked at every folder it is given, and the output has many."""
        while not self._stop.is_set():
            watched = self._watched(deep)
            if not watched:
                self._stop.wait(BEAT / 1000)
                continue
            for changes in watchfiles.watch(
                *watched, watch_filter=self._concerns, step=STEP, debounce=200, rust_timeout=BEAT, stop_event=self._stop,
                ignore_permission_denied=True, yield_on_timeout=True, raise_interrupt=False, recursive=deep,
            ):  # fmt: skip
                if changes:
                    self._note({Path(path) for _, path in changes})
                if self._watched(deep) != watched:
                    break

    def _note(self, changed: set[Path]) -> None:
        """Make the pages in view anew, then have everything built."""
        site = self._site
        theme = site is None or not all(site.content in path.parents for path in changed)
        if theme:
            self._load()
        self._told = self._site is not None and self.served.look_ahead(theme)
        self._changed.set()

    def _load(self) -> None:
        """Read the configuration, and forget what was made with another."""
        try:
            self._site = load_site(*self._where)
        except SiteErrors as errors:
            self._site = None
            self.served.problems = errors.problems
            return
        except OSError:
            return  # an editor is putting a new site.toml in the place of the old: its arrival is a change, too
        self.served.root = self._site.output
        self.served.content = self._site.content
        self.served.studio = Studio(self._site, self._options)

    def _watched(self, deep: bool) -> list[Path]:
        site, folder = self._site, self._folder
        below = [] if site is None else [site.content, folder / "templates", folder / "static"]
        own = [path for path in (folder, self._config.parent) if not any(one in (path, *path.parents) for one in below)]
        return sorted({path for path in (below if deep else own) if path.is_dir()})

    def _concerns(self, _: watchfiles.Change, path: str) -> bool:
        """Whether a change at `path` matters: not the output, not hidden files, not editors' backups."""
        where, folder, site = Path(path), self._folder, self._site
        if self.served.root in (where, *where.parents) or where.name.endswith("~") or where.name.startswith("."):
            return False
        if site is not None and site.content in where.parents:
            return not any(part.startswith(".") for part in where.relative_to(site.content).parts)
        inside = where.relative_to(folder).parts if folder in where.parents else ()
        return inside[:1] in (("templates",), ("static",)) or inside in (("vocabulary.toml",), ("vocabulary.csv",)) or where == self._config

    # ── in the thread that builds ────────────────────────────────────────────────────────────────────────────────────

    def _builds(self) -> None:
        with contextlib.suppress(Stopped):
            self.served.fetched.wait(PATIENCE)  # what is built is there at once, whoever opens it; the build comes after
            self._build()
            self.served.warm()
            while not self._stop.is_set():
                self._changed.wait()
                if self._told:
                    self.served.fetched.wait(PATIENCE)
                    self._stop.wait(PAUSE)
                self._changed.clear()
                self._build()

    def _build(self) -> None:
        listener = _Listening(self._listener, self._stop, self.served)
        listener.step("", None)
        self.served.building = True
        report, problems = None, []
        try:
            site = load_site(*self._where)
            report = build(site, self._options, listener)
            problems = [problem for problem in report.problems if problem.severity != "doubt"]
        except SiteErrors as errors:
            problems = errors.problems
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 — a mistake of ours must not end the preview: it is shown, and the next change tries again
            problems = [bug(str(self._folder), error)]
        finally:
            self.served.building = False
        if not self._changed.is_set():  # else what was made ahead is newer than what is built
            self.served.caught_up(problems)
        self._reported(report, problems)


class _Listening:
    """Passes on what a listener should hear, tells the waiting page how far it is, and ends the build with the preview."""

    def __init__(self, listener: Listener, stop: threading.Event, served: Served) -> None:
        self._listener = listener
        self._stop = stop
        self._served = served

    def step(self, name: str, total: int | None) -> None:
        self._check()
        self._served.progress = (name, 0, total or 0)
        self._listener.step(name, total)

    def advance(self, count: int) -> None:
        self._check()
        name, done, total = self._served.progress
        self._served.progress = (name, done + count, total)
        self._listener.advance(count)

    def note(self, message: str) -> None:
        self._listener.note(message)

    def _check(self) -> None:
        if self._stop.is_set():
            raise Stopped


