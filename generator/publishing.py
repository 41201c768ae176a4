"""What of a built site is to be sent to a target, and in what order; what is kept so that a break costs nothing.

The target itself says what is on it, so that any machine may publish next:

- `manifest-sha256.txt`, the site's own, and `published-sha256.txt` (the record): the SHA-256 of that manifest and of
  the files in the output that Roznama did not write (`CNAME`, a `robots.txt` of one's own). The record is put there last.
- `publishing-sha256.txt` (the intent): what a running upload sends (`SHA-256  path`) and removes (`-  path`). It is put
  there first and removed after the record. While it is there, nothing is known of the files in it, and everything of
  those that are not: whoever publishes next sends just these again.

The journal, on this machine, notes each file of an intent that is done, so that the same machine sends none of them
twice. It counts only for the intent it was begun for: another machine's upload in between makes it void.

New files go first, then pages that changed, then lists, the front, the manifest; what is no longer wanted is removed at
the end, so a reader meets no link to what is not there yet. Only files that the record or an intent names are removed.
"""

import hashlib
import re
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain, groupby
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.catalogue import Catalogue
from generator.ledger import INTENT, MANIFEST, RECORD, manifest_lines
from generator.problems import Problem
from generator.report import Listener, Made
from generator.starting.hosts import recipe
from generator.targets import Target, TargetError
from generator.targets.headers import Headers, Rules
from generator.verifying import file_sha256
from generator.workers import Pool

HEADERS = "_headers"
GONE = "-"
"""Stands for the digest of a file that is removed."""
WAITS = (1.0, 3.0, 9.0, 27.0)
"""Seconds before asking again, when a target fails in a way that may pass."""
_JOURNAL = re.compile(r"([0-9a-f]{64}|-)  ([^/].*)")


class Step(Struct, frozen=True):
    """One file to send, or to remove if `sha256` is `GONE`. `new` if the target does not have it; `size` in bytes."""

    path: str
    sha256: str
    new: bool = False
    size: int = 0


class Plan(Struct):
    """What an upload does. `steps` in their order; `done` (path → SHA-256 or `GONE`) are those of a broken upload that
    need not be done again; `unchanged` files are in neither. `record` and `intent` are what is put on the target.
    `stranger`: the target holds files, and no record of an upload that fits them; `broken`: an earlier upload did not
    come to its end, and left the intent `found`."""

    steps: tuple[Step, ...]
    done: dict[str, str]
    unchanged: int
    record: bytes
    stranger: bool
    found: bytes | None

    @property
    def broken(self) -> bool:
        return self.found is not None

    @property
    def idle(self) -> bool:
        return not self.steps and not self.broken

    @property
    def intent(self) -> bytes:
        """By path, so that an upload that is taken up again has the intent that is there."""
        every = {step.path: step.sha256 for step in self.steps} | self.done
        return "".join(f"{every[path]}  {path}\n" for path in sorted(every)).encode()


def last_build(state: Path) -> Problem | None:
    """What is wrong with the build whose catalogue is in `state`; `None` if nothing is, or if there is no catalogue."""
    with Catalogue.look(state) as catalogue:
        if catalogue is None or (made := catalogue.remembered(Made.KEY)) is None:
            return None
        errors = msgspec.json.decode(made, type=Made).errors
        if catalogue.remembered("standing") is None:
            message = "the last build did not come to its end, or could not make every page"
        elif errors:
            message = f"the last build ended with {errors:,} errors"
        else:
            return None
    return Problem(str(state), 0, 0, "publish-errors", message, "build again and mend them, or give --despite-errors")


def plan_upload(output: Path, own: Iterable[tuple[str, str]], target: Target, state: Path) -> Plan:
    """Compare the site in `output` with what `target` says of itself; `state` is the folder of journals. Raises
    `TargetError`."""
    manifest = (output / MANIFEST).read_bytes()
    recorded = (*own, (MANIFEST, hashlib.sha256(manifest).hexdigest()))
    record, intent = target.read(RECORD), target.read(INTENT)
    there = _there(target, record, intent)
    done = _Journal.facts(_journal_file(state, target), intent)
    doubtful: set[str] = set()
    for path, _ in _lines(intent):
        (there or {}).pop(path, None)
        if path not in done:
            doubtful.add(path)
    known = {**(there or {}), **{path: bytes.fromhex(sha256) for path, sha256 in done.items() if sha256 != GONE}}
    steps, unchanged = [], 0
    for path, sha256 in chain(manifest_lines(manifest), recorded):
        have = known.pop(path, None)
        if have == bytes.fromhex(sha256):
            unchanged += 1
        else:
            steps.append(Step(path, sha256, have is None and path not in doubtful, (output / path).stat().st_size))
            done.pop(path, None)
        doubtful.discard(path)
    steps += [Step(path, GONE) for path in {*known, *doubtful}]
    for path in known:
        done.pop(path, None)
    steps.sort(key=lambda step: (_rank(step), step.path))
    stranger = there is None and intent is None and target.occupied()
    text = "".join(f"{sha256}  {path}\n" for path, sha256 in recorded)
    return Plan(tuple(steps), done, unchanged, text.encode(), stranger, intent)


def _there(target: Target, record: bytes | None, intent: bytes | None) -> dict[str, bytes] | None:
    """path → SHA-256 of what the last upload left, or a broken one means to. `None` without a record, or if the manifest
    is not the one that was uploaded: then somebody else has written there."""
    if record is None:
        return None
    manifest = target.read(MANIFEST) or b""
    ours = {sha256 for path, sha256 in (*_lines(record), *_lines(intent)) if path == MANIFEST}
    if hashlib.sha256(manifest).hexdigest() not in ours:
        return None
    return {path: bytes.fromhex(sha) for path, sha in chain(manifest_lines(manifest), _lines(record)) if sha != GONE}


def _rank(step: Step) -> int:
    """When a file is sent: what others refer to before what refers to it."""
    folder, _, name = step.path.rpartition("/")
    if step.sha256 == GONE:
        return 6
    if step.path == MANIFEST:
        return 5
    if not folder and name.startswith("index."):
        return 4
    if name.startswith(("index.", "sitemap")) or folder.split("/")[0] in ("feeds", "search", "sitemaps"):
        return 3
    return (1 if step.new else 2) if name.endswith(".html") else 0


class Upload:
    """One upload while it goes on."""

    def __init__(self, output: Path, target: Target, state: Path, jobs: int, listener: Listener) -> None:
        self._output = output
        self._target = target
        self._state = state
        self._jobs = jobs
        self._listener = listener
        self._rules = _rules(output)

    def run(self, plan: Plan) -> Iterator[Step]:
        """Carry out a plan; steps as they are done. Raises `TargetError` when the target fails for good, and
        `ChangedFile`; what was done by then is not done again by the next upload."""
        intent = plan.intent
        self._state.mkdir(parents=True, exist_ok=True)
        if intent != plan.found:
            self._put_bytes(INTENT, intent)
        self._listener.step("send", len(plan.steps))
        with _Journal(_journal_file(self._state, self._target), intent, plan.done) as journal:
            for _, steps in groupby(plan.steps, _rank):
                yield from self._rank(steps, journal)
        self._put_bytes(RECORD, plan.record)
        self._patiently(partial(self._target.delete, INTENT))
        _journal_file(self._state, self._target).unlink(missing_ok=True)

    def _rank(self, steps: Iterator[Step], journal: "_Journal") -> Iterator[Step]:
        """Do steps that need not wait for each other. After a failure no more are begun; those under way are ended."""
        failure: Exception | None = None

        def wanted() -> Iterator[Step]:
            for step in steps:
                if failure is not None:
                    return
                yield step

        with ThreadPoolExecutor(self._jobs) as threads, Pool(self._jobs, threads) as pool:
            for step, future in pool.stream(partial(self._do, journal=journal), wanted(), True):
                if (error := future.exception()) is None:
                    self._listener.advance(1)
                    yield step
                elif not isinstance(error, TargetError | ChangedFile):
                    raise error
                else:
                    failure = failure or error
        if failure is not None:
            raise failure

    def _do(self, step: Step, journal: "_Journal") -> None:
        if step.sha256 == GONE:
            self._patiently(partial(self._target.delete, step.path))
        else:
            file = self._output / step.path
            before = _state(file)
            if before is None or file_sha256(file) != step.sha256:
                raise ChangedFile(step.path)
            self._patiently(partial(self._target.put, step.path, file, self._rules.headers(step.path)))
            if _state(file) != before:
                raise ChangedFile(step.path)
        journal.note(step)

    def _put_bytes(self, path: str, data: bytes) -> None:
        file = self._state / path
        file.write_bytes(data)
        self._patiently(partial(self._target.put, path, file, Headers("text/plain; charset=utf-8", "no-store")))
        file.unlink()

    def _patiently(self, work: "partial[None]") -> None:
        """Do something, and again after a while if it failed in a way that may pass."""
        for wait in WAITS:
            try:
                return work()
            except TargetError as error:
                if not error.transient:
                    raise
                time.sleep(wait)
        return work()


def _rules(output: Path) -> Rules:
    """The site's own `_headers` file if it publishes one, or that of the recipe for hosts that read it."""
    try:
        return Rules((output / HEADERS).read_text("utf-8"))
    except (FileNotFoundError, UnicodeDecodeError):
        return Rules(dict(recipe("cloudflare-pages", ""))[HEADERS])


class ChangedFile(Exception):
    """A file of the output changed while it was uploaded; the argument is its path."""


class _Journal:
    """What is done of an intent. The first line is the intent's digest; each further one is a step, written when it is
    done. A line that was not written to its end is not read."""

    def __init__(self, file: Path, intent: bytes, done: Mapping[str, str]) -> None:
        self._lock = threading.Lock()
        self._file = file.open("w", encoding="utf-8", newline="\n")
        self._file.write(f"{hashlib.sha256(intent).hexdigest()}\n")
        self._file.writelines(f"{sha256}  {path}\n" for path, sha256 in done.items())
        self._file.flush()

    def __enter__(self) -> "_Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def note(self, step: Step) -> None:
        with self._lock:
            self._file.write(f"{step.sha256}  {step.path}\n")
            self._file.flush()

    @staticmethod
    def facts(file: Path, intent: bytes | None) -> dict[str, str]:
        """path → SHA-256 or `GONE` of what is done of `intent`; nothing if the journal is another's."""
        try:
            first, *rest = file.read_bytes().decode().split("\n")
        except (FileNotFoundError, UnicodeDecodeError):
            return {}
        if intent is None or first != hashlib.sha256(intent).hexdigest():
            return {}
        return {found[2]: found[1] for found in map(_JOURNAL.fullmatch, rest[:-1]) if found}


def _journal_file(state: Path, target: Target) -> Path:
    return state / f"{hashlib.sha256(target.name.encode()).hexdigest()[:16]}.journal"


def _lines(data: bytes | None) -> list[tuple[str, str]]:
    """(path, SHA-256 or `GONE`) of a record or an intent; a path that leads out of the target is not read."""
    found = map(_JOURNAL.fullmatch, (data or b"").decode("utf-8", "replace").splitlines())
    return [(line[2], line[1]) for line in found if line and ".." not in line[2].split("/")]


def _state(file: Path) -> tuple[int, int, int] | None:
    try:
        state = file.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
