"""An import from end to end: find, recognise, split, convert in workers, write, report.

What lives here: the path of an import and where it goes on after a kill. A run is the same steps in the same order whatever
the number of workers; after each chunk the ledger notes how far it came, in one transaction with what was decided. A file
is written before its chunk is noted: when the kill falls between, the chunk is done again and finds its own bytes.

A dry run is the same path with a ledger that is thrown away and no file written.
"""

import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Protocol

import msgspec
from msgspec import Struct

from generator.digest import digest
from generator.importing import format_named, recognised
from generator.importing.archives import Leaf
from generator.importing.converting import Result, convert
from generator.importing.formats.rejects import packed, unpacked
from generator.importing.ledger import Ledger, Position
from generator.importing.outcomes import Report, Sampled, groups, reported
from generator.importing.placing import Placing, counted_folders
from generator.importing.proposing import propose
from generator.importing.records import Chunk, Missing, Options, Outcome, Plan, Raw, Reject, Skipped, Unreadable
from generator.importing.sources import leaves, sample_of
from generator.readers.encodings import decide_encoding, decode
from generator.readers.source import ReadingOptions
from generator.workers import Pool

CHUNK = 64
CHUNK_BYTES = 512 * 1024
SAMPLES = 3
MUCH = 2_000_000
"""Bytes of sources from which on starting processes pays."""
ENCODING_SAMPLES = 100


class Listener(Protocol):
    """Told of progress: records done, and things to say at once."""

    def found(self, name: str, title: str, plan: Plan) -> None: ...
    def advance(self, records: int, size: int) -> None: ...


class Quiet:
    def found(self, name: str, title: str, plan: Plan) -> None: ...

    def advance(self, records: int, size: int) -> None: ...


class Wish(Struct, frozen=True):
    """What an import was asked for. `limit` is of records a file, 0 for all; `pictures` are folders to look in."""

    sources: tuple[Path, ...]
    content: Path
    options: Options = Options()
    format: str | None = None
    pictures: tuple[Path, ...] = ()
    limit: int = 0
    jobs: int = 1
    dry: bool = False
    restart: bool = False

    @property
    def state(self) -> Path:
        """Where ledger, rejects and reports are kept: beside the content folder."""
        return self.content.resolve().parent / ".roznama"

    @property
    def signature(self) -> bytes:
        """What makes two runs the same, so that the second takes up the first."""
        sources = [(str(path.resolve()), path.stat().st_size if path.is_file() else 0) for path in self.sources]
        return digest(sources, self.options, self.format, [str(path) for path in self.pictures], self.limit)


class _Place(Struct):
    """Where a raw record stands, for the parent: its position, and what belongs to its file."""

    position: Position
    leaf: Leaf
    path: str


def take_in(wish: Wish, listener: Listener | None = None, executor: Executor | None = None) -> Report:
    """Run an import, or take up a killed one. Raises `Unreadable` for sources that cannot be read at all."""
    listener = listener or Quiet()
    ledger_path = None if wish.dry else wish.state / "import.sqlite"
    with Ledger(ledger_path) as ledger, Pool(wish.jobs, executor) as pool:
        start, fresh = ledger.begin_run(wish.signature, wish.restart)
        if fresh and not wish.dry and wish.content.is_dir():
            ledger.begin()
            ledger.know_folders(counted_folders(wish.content))
            ledger.commit()
        placing = Placing(wish.content, wish.state / "import" / "newer", ledger, dry=wish.dry)
        intake = _Intake(wish, ledger, placing, listener)
        for (chunk, places), future in _handed_out(pool, intake.chunks(start), intake.is_much()):
            intake.store(chunk, places, future)
        found = groups(ledger)
        report = reported(ledger, intake.samples, found, wish.dry, resumed=not fresh, state=wish.state / "import")
        if not wish.dry:
            report = msgspec.structs.replace(
                report, proposals=tuple(propose(ledger, wish.content, wish.state / "import"))
            )
            ledger.begin()
            ledger.finish()
            ledger.commit()
        return report


def plans(wish: Wish) -> Iterator[tuple[str, Plan]]:
    """The plans of sources that hold many records each, without reading these: what may have to be confirmed. Of a folder,
    the first thousand files are looked at whose names do not say that they are one article."""
    for source in wish.sources:
        for leaf in islice((leaf for leaf in leaves(source, ()) if not leaf.name.lower().endswith(_ONE_EACH)), 1000):
            if leaf.problem:
                continue
            try:
                sample = sample_of(leaf)
                module = format_named(wish.format) if wish.format else recognised(sample)
                if module is not None and not module.SINGLE and sample.head:
                    yield leaf.name, module.plan(sample, wish.options, _collection(leaf.path))
            except (Unreadable, OSError, EOFError, ValueError):
                continue  # the import itself reports it


_ONE_EACH = (".html", ".htm", ".txt", ".md", ".markdown", ".warc", ".warc.gz")


def _handed_out(
    pool: Pool, chunks: Iterator[tuple[Chunk, list[_Place]]], much: bool
) -> Iterator[tuple[tuple[Chunk, list[_Place]], "list[list[Result]] | Exception"]]:
    """Chunks with their results, in order. The places stay here: they hold open archives."""
    waiting: deque[list[_Place]] = deque()

    def tasks() -> Iterator[Chunk]:
        for chunk, places in chunks:
            waiting.append(places)
            yield chunk

    for chunk, future in pool.stream(convert, tasks(), much):
        error = future.exception()
        if error is not None and not isinstance(error, Exception):
            raise error
        yield (chunk, waiting.popleft()), error if error is not None else future.result()


class _Intake:
    def __init__(self, wish: Wish, ledger: Ledger, placing: Placing, listener: Listener) -> None:
        self._wish = wish
        self._ledger = ledger
        self._placing = placing
        self._listener = listener
        self._plans: dict[tuple[str, str], Plan] = {}
        self.samples: list[Sampled] = []

    def is_much(self) -> bool:
        size = 0
        for source in self._wish.sources:
            files = source.rglob("*") if source.is_dir() else [source]
            for n, file in enumerate(files):
                size += file.stat().st_size if file.is_file() else 0
                if size > MUCH or n > 2000:
                    return True
        return False

    # Forth: from sources to chunks

    def chunks(self, start: Position) -> Iterator[tuple[Chunk, list[_Place]]]:
        plan: Plan | None = None
        raws: list[Raw] = []
        places: list[_Place] = []
        size = 0
        for own, raw, place in self._raws(start):
            if raws and (own is not plan or len(raws) >= CHUNK or size >= CHUNK_BYTES):
                assert plan is not None
                yield Chunk(plan, tuple(raws)), places
                raws, places, size = [], [], 0
            plan = own
            raws.append(raw)
            places.append(place)
            size += len(raw.data)
        if raws and plan is not None:
            yield Chunk(plan, tuple(raws)), places

    def _raws(self, start: Position) -> Iterator[tuple[Plan, Raw, _Place]]:
        for s, source in enumerate(self._wish.sources):
            if s < start.source:
                continue
            for n, leaf in enumerate(leaves(source, self._wish.pictures)):
                here = Position(s, n, 0)
                if here < Position(start.source, start.leaf, 0):
                    continue
                after = start.number if (s, n) == (start.source, start.leaf) else 0
                yield from self._records(source, leaf, here, after)

    def _records(self, source: Path, leaf: Leaf, here: Position, after: int) -> Iterator[tuple[Plan, Raw, _Place]]:
        """The records of one file, from the one after `after` on."""
        nothing = Plan(format="", options=self._wish.options)
        if leaf.problem:
            yield self._refused(nothing, leaf, here, leaf.problem)
            return
        try:
            sample = sample_of(leaf)
            module = (
                format_named(self._wish.format)
                if self._wish.format and sample.name != "rejects.jsonl"
                else recognised(sample)
            )
        except (OSError, EOFError, ValueError) as error:
            yield self._refused(nothing, leaf, here, f"it cannot be opened: {error}")
            return
        if module is None or not sample.head:
            if after == 0:
                self._ledger_skip("empty file" if not sample.head else "file of an unknown format", leaf.name)
            return
        _require(module)
        try:
            plan = self._plan(module, source, leaf, sample)
        except Unreadable as error:
            yield self._refused(msgspec.structs.replace(nothing, format=module.NAME), leaf, here, str(error))
            return
        yield from self._split(module, plan, leaf, here, after)

    def _ledger_skip(self, kind: str, name: str) -> None:
        self._ledger.count("skipped", kind)
        self._ledger.drop(f"{kind}: {name}", name)

    def _refused(self, plan: Plan, leaf: Leaf, here: Position, reason: str) -> tuple[Plan, Raw, _Place]:
        position = Position(here.source, here.leaf, 1)
        raw = Raw(leaf.name, 0, 0, b"", {"refused": reason})
        return msgspec.structs.replace(plan, format=plan.format or "text"), raw, _Place(position, leaf, leaf.path)

    def _plan(self, module: ModuleType, source: Path, leaf: Leaf, sample: object) -> Plan:
        """The plan of a file; files that are one record each share one."""
        where = (module.NAME, str(source) if module.SINGLE else leaf.name)
        if where in self._plans:
            return self._plans[where]
        if not module.SINGLE:
            self._plans = {key: plan for key, plan in self._plans.items() if format_named(key[0]).SINGLE}
        collection = _collection(leaf.path if not module.SINGLE else source.name)
        plan: Plan = module.plan(sample, self._wish.options, collection)
        if module.SINGLE and not plan.encoding and module.NAME in ("text", "page"):
            plan = self._with_encoding(plan, source)
        self._plans[where] = plan
        self._listener.found(leaf.name if not module.SINGLE else str(source), module.TITLE, plan)
        return plan

    def _with_encoding(self, plan: Plan, source: Path) -> Plan:
        """`plan` with the one encoding of the files that are not UTF-8, decided over all of them."""
        samples: list[bytes] = []
        for n, leaf in enumerate(leaves(source, ())):
            if n > 20_000 or len(samples) >= ENCODING_SAMPLES:
                break
            try:
                with leaf.open() as stream:
                    data = stream.read(20_000)
            except (OSError, EOFError):
                continue
            if not data.isascii() and b"<meta" not in data[:4096].lower() and decode(data, "", ReadingOptions()).legacy:
                samples.append(data)
        if not samples:
            return plan
        decision = decide_encoding(samples)
        return msgspec.structs.replace(plan, encoding=decision.encoding, encoding_why=decision.explanation)

    def _split(
        self, module: ModuleType, plan: Plan, leaf: Leaf, here: Position, after: int
    ) -> Iterator[tuple[Plan, Raw, _Place]]:
        lookup = None
        if hasattr(module, "prepare"):
            with leaf.open() as stream:
                lookup = module.prepare(stream, plan, leaf.notes)
        try:
            with leaf.open() as stream:
                for count, found in enumerate(module.split(stream, leaf.name, plan), 1):
                    if self._wish.limit and count > self._wish.limit:
                        return
                    if count <= after:
                        continue
                    place = _Place(Position(here.source, here.leaf, count), leaf, leaf.path)
                    if isinstance(found, Reject):
                        facts = {**found.raw.facts, "refused": found.reason}
                        yield plan, msgspec.structs.replace(found.raw, facts=facts), place
                        continue
                    if lookup is not None and (facts := lookup.facts(found)):
                        found = msgspec.structs.replace(found, facts={**found.facts, **facts})
                    elif module.SINGLE:
                        found = msgspec.structs.replace(found, facts={**found.facts, "path": leaf.path})
                    yield plan, found, place
        except (OSError, EOFError, ValueError) as error:
            yield (
                plan,
                Raw(leaf.name, 0, 0, b"", {"refused": f"it cannot be read to its end: {error}"}),
                _Place(Position(here.source, here.leaf, 1 << 40), leaf, leaf.path),
            )
        finally:
            if lookup is not None:
                lookup.close()

    # Back: from results to files

    def store(self, chunk: Chunk, places: list[_Place], results: "list[list[Result]] | Exception") -> None:
        """Write what came of a chunk and note it."""
        if isinstance(results, Missing):
            raise results
        if isinstance(results, Exception):
            results = [[Reject(raw, f"the process that read it died: {results}")] for raw in chunk.raws]
        self._ledger.begin()
        size = 0
        for raw, place, found in zip(chunk.raws, places, results, strict=True):
            self._ledger.count("records", chunk.plan.format)
            size += len(raw.data)
            for result in found:
                self._one(result, raw, place, chunk.plan)
        self._ledger.move_to(places[-1].position)
        self._ledger.commit()
        self._listener.advance(len(chunk.raws), size)

    def _one(self, result: Result, raw: Raw, place: _Place, plan: Plan) -> None:
        ledger = self._ledger
        if isinstance(result, Reject):
            ledger.count("rejected", result.reason[:120])
            line = raw.data if plan.format == "rejects" and raw.data else packed(result, plan)
            ledger.reject(line if line.endswith(b"\n") else line + b"\n")
        elif isinstance(result, Skipped):
            ledger.count("skipped", result.kind)
        else:
            status = self._placing.place(result, place.leaf.pictures, unpacked_path(raw, place, plan))
            ledger.count("status", status)
            self._tell(result, status)
            if len(self.samples) < SAMPLES and status != "repeated":
                self.samples.append(Sampled(result.leaf, result.number, self._placing.last.decode("utf-8", "replace")))

    def _tell(self, outcome: Outcome, status: str) -> None:
        ledger = self._ledger
        if status == "repeated":
            return
        ledger.count("language", outcome.language)
        ledger.count("encoding", outcome.encoding)
        ledger.count(
            "date",
            "undated"
            if outcome.date is None
            else outcome.date.precision
            if "date" in outcome.fields
            else f"from the {outcome.date.origin}",
        )
        for field in outcome.fields:
            ledger.count("field", field)
        for doubt in outcome.doubts:
            ledger.count("doubt", doubt)
        for text in outcome.dropped:
            ledger.drop(text, outcome.key)


def unpacked_path(raw: Raw, place: _Place, plan: Plan) -> str:
    """Where the record's file stands, which pictures are relative to."""
    if plan.format == "rejects" and raw.data:
        try:
            return unpacked(raw)[0].leaf
        except Unreadable:
            return place.path
    return place.path


def _require(module: ModuleType) -> None:
    """Raises `Missing` when a package that the format needs is not installed."""
    from importlib.util import find_spec

    missing = [name for name in module.NEEDS if find_spec(name) is None]
    if missing:
        extra = {"lxml": "html", "warcio": "warc"}[missing[0]]
        raise Missing(f"{module.TITLE} needs the package {missing[0]}: pip install 'roznama[{extra}]'")


def _collection(path: str) -> str:
    """The name of a collection from its file's: what stays when the next export has another date in its name."""
    stem = path.rsplit("/", 1)[-1].split(".")[0]
    return re.sub(r"[\d_.-]+$", "", re.sub(r"[-_.]?\d{2,}", "", stem)) or stem or "import"
