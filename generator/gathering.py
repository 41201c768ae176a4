"""The first half of a build: what is new in the content folder is read into the catalogue, what is gone is dropped, and
it is settled what is shown.

What lives here: the order of these steps, and what a reading depends on (`reading_options`, `naming_of`).
What does not: the comparison with the files (`scan`), and what workers do (`tasks`).
"""

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator import ledger, suggesting, tasks, workers
from generator.catalogue import Catalogue, Change, PictureEntry, SourceEntry
from generator.config import FILE, Site, SiteErrors
from generator.digest import digest
from generator.problems import Problem
from generator.readers import ReadingOptions, Rules
from generator.readers.encodings import decide_encoding
from generator.report import Listener, Report
from generator.scan import Scan
from generator.tasks import ReadContext, ReadTask
from generator.topics.reading import Naming
from generator.topics.vocabulary import read_vocabulary
from generator.versions import installed_digest

READ_CHUNK = 100
"""Files in one task: enough that handing out costs little, few enough that two workers end together."""
AHEAD = 8
"""Tasks under way for each worker: half a second's work, which is how long the catalogue takes at times to put away what
came before."""
FEW = 150
"""Up to so many files are read in this process: starting others takes longer."""
COMMIT_EVERY = 20_000
"""Files after which what is done is kept, should the build be killed."""
SAMPLES = 200
"""Legacy files that the decision about an encoding looks at."""


class Gathering:
    """The reading of one build; `report` is told what was found, `pool` does the work."""

    def __init__(self, site: Site, report: Report, listener: Listener, pool: workers.Pool) -> None:
        self.site = site
        self.report = report
        self.listener = listener
        self.pool = pool

    def gather(self, catalogue: Catalogue, today: str, drafts: bool) -> Naming:
        """Read what is new or changed, and drop what is gone; what names topics. `today` hides articles of later days,
        `drafts` shows drafts."""
        site, report = self.site, self.report
        remembered = catalogue.remembered("encoding")
        options = reading_options(site, remembered.decode() if remembered else None)
        naming, mistakes = naming_of(site)
        report.problems += mistakes
        suggesting.note_vocabulary(catalogue, naming)
        skipped = frozenset(
            {site.output, site.state.parent, site.folder / "templates", site.folder / "static"} - {site.content}
        )
        scan = Scan(site.content, skipped, catalogue, _reading_digest(site, options), time.time_ns())
        self.listener.step("scan", None)
        count = catalogue.note_changes(self._expected(scan.changes()))
        report.problems += scan.problems
        report.removed = catalogue.forget_sources(scan.gone)
        catalogue.forget_pictures(scan.gone_pictures)
        self.listener.step("read", count)
        self._read_changes(catalogue, options, naming, catalogue.changes(), count)
        self._decide_encoding(catalogue, options, naming)
        report.problems += ledger.read_moves(site, catalogue)
        catalogue.settle(today, drafts, site.settings.pictures.widths)
        suggesting.settle_suggestions(catalogue, naming)
        report.problems += ledger.write_moves(site, catalogue)
        catalogue.commit()
        return naming

    def _expected(self, changes: Iterator[Change]) -> Iterator[Change]:
        """`changes` as they are; once there are more than a `FEW`, processes start for them while others are looked for."""
        for number, change in enumerate(changes):
            if number == FEW:
                self.pool.start(tasks.at_hand)
            yield change

    def _read_changes(
        self, catalogue: Catalogue, options: ReadingOptions, naming: Naming, changes: Iterator[Change], count: int
    ) -> None:
        """Hand files to readers and put what comes back into the catalogue."""
        if not count:
            return
        context = ReadContext(self.site.content, options, self.site.settings.permalinks, naming)
        work = (ReadTask(context, tuple(chunk)) for chunk in workers.chunks(changes, READ_CHUNK))
        reading = _reading_digest(self.site, options)
        done = 0
        stream = self.pool.stream(tasks.read_files, work, count > FEW, AHEAD)
        for task, entries in self.pool.results(stream, tasks.split_reading, tasks.lost_reading):
            states = {change.path: change for change in task.changes}
            entries = [entry for entry in entries if not self._stays(catalogue, entry)]
            sources = [entry for entry in entries if isinstance(entry, SourceEntry)]
            pictures = [entry for entry in entries if isinstance(entry, PictureEntry)]
            known = {path for path in (entry.path for entry in sources) if catalogue.is_known(path)}
            catalogue.put_sources(sources, reading, known)
            catalogue.put_pictures(pictures)
            for path in (entry for entry in entries if isinstance(entry, str)):
                catalogue.seen_again(path, states[path].seen)
            self.report.added += len(sources) - len(known)
            self.report.changed += len(known)
            done += len(task.changes)
            if done % COMMIT_EVERY < READ_CHUNK:
                catalogue.commit()
            self.listener.advance(len(task.changes))
        catalogue.enter_phrases()

    def _stays(self, catalogue: Catalogue, entry: SourceEntry | PictureEntry | str) -> bool:
        """Whether a file could not be read at all, and what is known of it from an earlier build stays: its page is not
        taken away because a disk or a share does not answer. The next build tries again."""
        if isinstance(entry, str) or entry.digest or not catalogue.is_known(entry.path):
            return False
        self.report.problems += entry.problems if isinstance(entry, SourceEntry) else filter(None, (entry.problem,))
        return True

    def _decide_encoding(self, catalogue: Catalogue, options: ReadingOptions, naming: Naming) -> None:
        """Decide the encoding of the collection's files that are not Unicode, and read those again that were read
        otherwise. The decision looks at the collection as it is, never at what was decided before."""
        legacy = catalogue.legacy_sources()
        if not legacy or options.encoding:
            catalogue.remember("encoding", None)
            return
        samples = [_sample(self.site.content / path) for path, _, _ in legacy[:SAMPLES]]
        decision = decide_encoding([sample for sample in samples if sample])
        self.report.assumed.append(
            f"encoding {decision.encoding} for {len(legacy):,} files that are not UTF-8 ({decision.explanation})"
        )
        options = msgspec.structs.replace(options, legacy_encoding=decision.encoding)
        catalogue.remember("encoding", decision.encoding.encode())
        wanted = _reading_digest(self.site, options)
        changes = [
            Change(path, False, "", beside) for path, reading, beside in legacy if reading != wanted(beside, True)
        ]
        if not changes:
            return
        self.listener.step("read", len(changes))
        counted = self.report.added, self.report.changed
        self._read_changes(catalogue, options, naming, iter(changes), len(changes))
        self.report.added, self.report.changed = counted  # they were counted when their bytes were


def reading_options(site: Site, legacy: str | None = None) -> ReadingOptions:
    """How the files of `site` are read; `legacy` is what an earlier build decided, which a pinned encoding makes void. Raises
    `SiteErrors` when `[reading]` in `site.toml` is wrong."""
    settings = site.settings
    try:
        rules = msgspec.convert(settings.reading, Rules)
    except msgspec.ValidationError as error:
        raise SiteErrors([Problem(FILE, 0, 0, "site-value", f"[reading]: {error}", "see docs/reading.md")]) from error
    return ReadingOptions(
        language=settings.language,
        languages=settings.languages,
        encoding=settings.encoding,
        legacy_encoding=None if settings.encoding else legacy,
        ids=settings.ids,
        rules=rules,
    )


def naming_of(site: Site) -> tuple[Naming, list[Problem]]:
    """What names topics in `site`, and what is wrong with its vocabulary."""
    vocabulary, mistakes = read_vocabulary(site.folder)
    return Naming(vocabulary, site.settings.topics.packs, site.settings.topics.suggestions), mistakes


def _reading_digest(site: Site, options: ReadingOptions) -> "_Reading":
    return _Reading(installed_digest(), (site.settings.permalinks, site.settings.topics), options)


class _Reading:
    """Makes the digest of how a file is read. A decision about legacy encodings concerns legacy files alone."""

    def __init__(self, code: bytes, permalinks: object, options: ReadingOptions) -> None:
        plain = msgspec.structs.replace(options, legacy_encoding=None)
        self._plain = digest(code, permalinks, plain, (), False)
        self._base = (code, permalinks, plain)
        self._legacy = options.legacy_encoding

    def __call__(self, beside: tuple[str, ...], legacy: bool) -> bytes:
        if not beside and not legacy:
            return self._plain
        return digest(*self._base, beside, self._legacy if legacy else False)


def _sample(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(50_000)
    except OSError:
        return b""
