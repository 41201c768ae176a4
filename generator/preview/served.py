"""What the preview answers: files of the output, pages made ahead of their build, and what is put into pages while they
are shown. Nothing of it is written anywhere.
"""

import hashlib
import mimetypes
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from generator.preview import inserts
from generator.preview.ahead import Ahead, Studio
from generator.problems import Problem

IN_VIEW, REMEMBERED = 4, 60
"""Pages that are made anew when a file is saved: those last asked for; answers whose change reloads a browser."""


class Answer(NamedTuple):
    """`path` is that of the file below the output."""

    status: int
    kind: str
    data: bytes
    path: str = ""


class Served:
    """The state that the threads of the preview share. A page made ahead stands until a build has caught up with it."""

    def __init__(self, root: Path, opener: Callable[[Path], None] | None) -> None:
        self.root = root
        self.content = root
        self.opener = opener
        self.token = secrets.token_urlsafe(12)
        self.studio: Studio | None = None
        self.problems: list[Problem] = []
        self.building = True
        self.progress = ("", 0, 0)
        self.fetched = threading.Event()
        self.changed: Callable[[list[str]], object] = list
        self._ahead: dict[str, Ahead] = {}
        self._given: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    # ── answering ────────────────────────────────────────────────────────────────────────────────────────────────────

    def answer(self, path: str) -> Answer:
        """What stands at a path of the site, remembered for `caught_up`."""
        found = self._answer(path)
        with self._lock:
            self._given[path] = _digest(found)
            self.fetched.set()
            self._given.move_to_end(path)
            while len(self._given) > REMEMBERED:
                self._given.popitem(last=False)
        return found

    def _answer(self, path: str) -> Answer:
        target = (self.root / path).resolve()
        if target != self.root and self.root not in target.parents:
            return self._missing()
        if target.is_dir() or path.endswith("/") or not path:
            if path and not path.endswith("/"):
                return Answer(302, "text/html", b"", f"{path}/")
            target /= "index.html"
        path = target.relative_to(self.root).as_posix()
        kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
        ahead = self._ahead.get(path)
        if ahead is not None and ahead.data is not None:
            return self._page(path, ahead.data, ahead) if kind == "text/html" else Answer(200, kind, ahead.data, path)
        try:
            data = target.read_bytes()
        except OSError:
            return self._unbuilt(path, kind)
        return self._page(path, data, ahead) if kind == "text/html" else Answer(200, kind, data, path)

    def _unbuilt(self, path: str, kind: str) -> Answer:
        """A page that is no file: a draft, or one that the build under way has not come to."""
        ahead = self.studio.page(path) if self.studio is not None else None
        if ahead is None or ahead.data is None:
            return self._missing()
        self._ahead[path] = ahead
        return self._page(path, ahead.data, ahead) if kind == "text/html" else Answer(200, kind, ahead.data, path)

    def _missing(self) -> Answer:
        if not self.building:
            try:
                return self._page("404.html", (self.root / "404.html").read_bytes(), None, 404)
            except OSError:
                pass
        return Answer(503 if self.building else 404, "text/html", inserts.waiting(self.building, self.progress, self.problems))

    def _page(self, path: str, data: bytes, ahead: Ahead | None, status: int = 200) -> Answer:
        """A page with the editor's bar and the problems in it."""
        facts = self.studio.facts(path) if self.studio is not None else None
        why = ahead.why if ahead is not None else None
        own = {problem for problem in (ahead.problems if ahead else ()) if problem.severity != "doubt"}
        problems = sorted({*self.problems, *own}, key=lambda problem: problem.order)
        inserted = inserts.inserted(path, problems, facts, why)
        return Answer(status, "text/html", data.replace(b"</body>", inserted + b"</body>", 1), path)

    def panel(self, path: str, here: bool) -> bytes:
        """The editor's panel of a page: what was read, and of what it is not sure. `here`: it is shown on this machine."""
        if self.studio is None:
            return b""
        token = self.token if self.opener and here else ""
        return inserts.panel(self.studio.reading(path), self.studio.unpublished(), self.content, token)

    def open_source(self, source: str) -> bool:
        """Open a source in the program that the system has for it; tells whether there is such a source."""
        target = (self.content / source).resolve()
        if self.opener is None or self.content not in target.parents or not target.is_file():
            return False
        self.opener(target)
        return True

    # ── changing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def look_ahead(self, theme: bool) -> bool:
        """Make the pages in view anew, and their style sheets and scripts if the `theme` has changed; browsers that show one
        of them reload. Whether any does."""
        self._ahead |= self._made(theme)
        return self._reload()

    def warm(self) -> None:
        """Make the pages in view for nothing: the first change need not wait until templates are compiled."""
        self._made(theme=False)

    def _made(self, theme: bool) -> dict[str, Ahead]:
        studio = self.studio
        if studio is None:
            return {}
        with self._lock:
            asked = [path for path in reversed(self._given) if path.endswith(("/", ".html")) or not path][:IN_VIEW]
            asked += [path for path in self._given if theme and path.startswith("static/")]
        files = [f"{path}index.html" if path.endswith("/") or not path else path for path in asked]
        made = {file: studio.page(file) for file in files}
        return {file: page for file, page in made.items() if page is not None}

    def caught_up(self, problems: list[Problem]) -> None:
        """A build has ended with `problems`: what was made ahead is built, or out of date."""
        self.problems = problems
        self._ahead = {}
        self._reload()

    def _reload(self) -> bool:
        """Tell of the answers that would be others now; whether there are any."""
        with self._lock:
            given = list(self._given.items())
        stale = [path for path, digest in given if _digest(self._answer(path)) != digest]
        if stale:
            with self._lock:
                for path in stale:
                    self._given.pop(path, None)
            self.fetched.clear()
            self.changed(stale)
        return bool(stale)


def _digest(answer: Answer) -> bytes:
    return hashlib.blake2b(answer.data, digest_size=16, person=str(answer.status).encode()).digest()
