"""The conductor: the path of a build, in one function you can see at once.

scan → read in workers → one transaction into the catalogue → every kind plans its pages from digests → two pages on one
path are refused → stale pages only: load the view, render, write if the bytes differ → record in the manifest → prune
what is no longer planned → report what was done and why.

The preview calls the same function. What the clock and the environment say comes in as arguments (`today`), so the same
input gives the same bytes.
"""

import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec
from msgspec import Struct

from generator import __version__, ledger, output, reasons, suggesting, tasks, workers
from generator.catalogue import Catalogue, Change, PictureEntry, SourceEntry, barred
from generator.config import FILE, Site, SiteErrors
from generator.digest import digest
from generator.model import Page
from generator.pages import search, shell, sitemaps
from generator.pages.kinds import TEXTUAL, load_pages, plan_edited, plan_pages
from generator.pages.planning import TEMPLATES, Planning
from generator.problems import Problem
from generator.readers import ReadingOptions, Rules
from generator.readers.encodings import decide_encoding
from generator.render import Templates
from generator.report import Listener, Made, Report, Silent, peak_memory
from generator.scan import Scan
from generator.tasks import Job, ReadContext, ReadTask, WriteContext, WriteTask
from generator.theme import StaticFile, Theme
from generator.topics.reading import Naming
from generator.topics.registry import registry_of
from generator.topics.vocabulary import read_vocabulary

READ_CHUNK, WRITE_CHUNK = 100, 50
"""Files and pages in one task: large enough that handing out costs little, small enough that two workers end together."""
FEW = 150
"""Up to so many files or pages are done in this process: starting others takes longer."""
COMMIT_EVERY = 20_000
"""Files or pages after which what is done is kept, should the build be killed."""
SAMPLES = 200
"""Legacy files that the decision about an encoding looks at."""
SLOWEST = 10
ROOM = "make room on the disk, check permissions, and build again: what was made stays"


class Options(Struct, frozen=True):
    """`jobs` are processes, 0 for as many as there are cores. `today` hides articles of the future; `drafts` shows
    drafts. `doubts` puts every doubtful line into the report, `reasons` why each page is made. `clean` forgets the
    catalogue first."""

    today: date
    jobs: int = 0
    clean: bool = False
    drafts: bool = False
    doubts: bool = False
    reasons: bool = False


def build(site: Site, options: Options, listener: Listener | None = None, executor: Executor | None = None) -> Report:
    """Build `site`; `executor` does the work instead of processes of this machine. Raises `SiteErrors` when the
    configuration cannot be used; everything else that is wrong is in the report, and the rest is built."""
    listener = listener or Silent()
    with output.locked(
        site.state, lambda: listener.note("another build of this archive is running; waiting for it to end")
    ):
        try:
            return Build(site, options, listener, executor).run(options.clean)
        except OSError as error:
            if isinstance(error, ConnectionError):  # whoever listens to this build is gone
                raise
            place, message = error.filename or str(site.output), error.strerror or str(error)
            raise SiteErrors([Problem(place, 0, 0, "disk", message, ROOM)]) from error
        except sqlite3.DatabaseError as error:
            if barred(error):
                message = f"the catalogue cannot be used: {error}"
                raise SiteErrors([Problem(str(site.state), 0, 0, "catalogue", message, ROOM)]) from error
            if isinstance(error, sqlite3.OperationalError):
                raise
            listener.note(f"the catalogue is damaged ({error}); everything is read again")
            return Build(site, options, listener, executor).run(clean=True)


class Build:
    """One build while it goes on: what its steps share."""

    def __init__(self, site: Site, options: Options, listener: Listener, executor: Executor | None = None) -> None:
        self.site = site
        self.options = options
        self.listener = listener
        self.report = Report()
        self.naming = Naming()
        self.pool = workers.Pool(options.jobs or workers.cores(), executor)

    def run(self, clean: bool) -> Report:
        """The path of a build."""
        site, report = self.site, self.report
        with Catalogue.open(site.state, clean) as catalogue, self.pool:
            if catalogue.fresh:
                ledger.recover(site.output, catalogue)
            # What is read is kept before it is planned: a build that is killed in between must not seem to have ended.
            stood = catalogue.remembered("standing")
            catalogue.remember("standing", None)
            with report.timed("read"):
                self.read(catalogue)
            with report.timed("plan"):
                planning, statics, context, standing = self.prepare(catalogue)
                damaged = self.look_at_output(catalogue)
                whole = (site.output / ledger.MANIFEST).is_file()
                edited = catalogue.edited() if whole and not damaged and stood == standing else None
                stands = edited == []
                if not stands:
                    self.plan(catalogue, planning, statics, edited)
            if stands:
                report.planned = report.unchanged = catalogue.output_count()
            else:
                with report.timed("write"):
                    self.write(catalogue, planning, statics, context)
                with report.timed("record"):
                    self.prune(catalogue)
                    if self.pool.lost:
                        deque(output.folders_below(site.output, catalogue.output_folders()), maxlen=0)  # removes leftovers
                    try:
                        ledger.write_manifest(site.output, catalogue)
                    except OSError as error:
                        self._unwritable(ledger.MANIFEST, f"cannot be written: {error.strerror or error}")
            self.conclude(catalogue)
            if not report.failed:
                catalogue.remember("standing", standing)
                catalogue.settled()
            if not report.failed and not stands:
                reasons.remember_parts(catalogue, planning)
            today = self.options.today.isoformat()
            made = Made(__version__, today, self.options.drafts, site.settings.base_url, report.errors)
            catalogue.remember(Made.KEY, msgspec.json.encode(made))
            catalogue.commit()
        report.peak_memory = peak_memory()
        return report

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self, catalogue: Catalogue) -> None:
        """Read what is new or changed, and drop what is gone."""
        site, report = self.site, self.report
        remembered = catalogue.remembered("encoding")
        options = reading_options(site, remembered.decode() if remembered else None)
        self.naming, mistakes = naming_of(site)
        report.problems += mistakes
        suggesting.note_vocabulary(catalogue, self.naming)
        skipped = frozenset(
            {site.output, site.state.parent, site.folder / "templates", site.folder / "static"} - {site.content}
        )
        scan = Scan(site.content, skipped, catalogue, _reading_digest(site, options), time.time_ns())
        self.listener.step("scan", None)
        count = catalogue.note_changes(scan.changes())
        report.problems += scan.problems
        report.removed = catalogue.forget_sources(scan.gone)
        catalogue.forget_pictures(scan.gone_pictures)
        self.listener.step("read", count)
        self._read_changes(catalogue, options, catalogue.changes(), count)
        self._decide_encoding(catalogue, options)
        report.problems += ledger.read_moves(site, catalogue)
        settled = catalogue.settle(self.options.today.isoformat(), self.options.drafts, site.settings.pictures.widths)
        settled |= suggesting.settle_suggestions(catalogue, self.naming)
        report.problems += ledger.write_moves(site, catalogue)
        if settled:
            catalogue.touch()
        catalogue.commit()

    def _read_changes(self, catalogue: Catalogue, options: ReadingOptions, changes: Iterator[Change], count: int) -> None:
        """Hand files to readers and put what comes back into the catalogue."""
        if not count:
            return
        context = ReadContext(self.site.content, options, self.site.settings.permalinks, self.naming)
        work = (ReadTask(context, tuple(chunk)) for chunk in workers.chunks(changes, READ_CHUNK))
        reading = _reading_digest(self.site, options)
        done = 0
        for task, entries in self.pool.results(
            tasks.read_files, work, count > FEW, tasks.split_reading, tasks.lost_reading
        ):
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

    def _stays(self, catalogue: Catalogue, entry: SourceEntry | PictureEntry | str) -> bool:
        """Whether a file could not be read at all, and what is known of it from an earlier build stays: its page is not
        taken away because a disk or a share does not answer. The next build tries again."""
        if isinstance(entry, str) or entry.digest or not catalogue.is_known(entry.path):
            return False
        self.report.problems += entry.problems if isinstance(entry, SourceEntry) else filter(None, (entry.problem,))
        return True

    def _decide_encoding(self, catalogue: Catalogue, options: ReadingOptions) -> None:
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
        self._read_changes(catalogue, options, iter(changes), len(changes))
        self.report.added, self.report.changed = counted  # they were counted when their bytes were

    # ── planning ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def prepare(
        self, catalogue: Catalogue
    ) -> tuple[Planning, tuple[StaticFile, ...], WriteContext, bytes]:
        """What planning and writing need, and a digest of all of it that is not in the catalogue."""
        site, report = self.site, self.report
        theme = Theme(site.folder if site.configured else None)
        main, why = shell.main_language(site, catalogue)
        name, why_name = shell.title(site, main)
        report.assumed += [reason for reason in (why, why_name) if reason]
        if not site.settings.base_url:
            report.assumed.append("no public address (base_url): feeds and sitemaps, which need one, are left out")
        sites = shell.sites(site, catalogue, main, name)
        folders = theme.template_folders
        statics = theme.static_files(sorted({*sites, *(code for code, _ in catalogue.languages())}), shell.styles(site))
        today = self.options.today.isoformat()
        registry = registry_of(self.naming.vocabulary, self.naming.packs)
        planning = Planning(
            catalogue, site.settings, main, sites, folders, code_digest(), __version__, today, registry
        )
        sources = Templates(folders)
        templates = [sources.digest(name) for name in sorted(set(TEMPLATES.values()))]
        context = WriteContext(
            site.content,
            site.output,
            folders,
            tuple(sites.items()),
            site.settings.digits,
            site.settings.calendar,
            digest(templates),
        )
        news = [row.source for row in sitemaps.fresh_articles(planning)] if site.settings.base_url else []
        standing = digest(code_digest(), site.settings, main, sites, templates, [file.data for file in statics], news, self.naming)
        return planning, statics, context, standing

    def look_at_output(self, catalogue: Catalogue) -> int:
        """Mark pages whose file is gone or not as it was written; how many there are."""
        damaged: list[str] = []
        for folder, names in output.folders_below(self.site.output, catalogue.output_folders()):
            for name, (size, mtime) in catalogue.outputs_in(folder).items():
                if size is not None and names.get(name) != (size, mtime):
                    damaged.append(f"{folder}/{name}" if folder else name)
        catalogue.mark_stale(damaged)
        return len(damaged)

    def plan(
        self, catalogue: Catalogue, planning: Planning, statics: Sequence[StaticFile], edited: Sequence[str] | None
    ) -> None:
        """Put every page into the plan, refusing a second page on one path. Where only the text of the articles `edited`
        has changed since the last build, its plan is taken over but for what shows it."""
        self.listener.step("plan", None)
        report = self.report
        refused: list[tuple[Page, str, str]] = []
        if edited is None or not catalogue.plan_again(TEXTUAL, plan_edited(planning, frozenset(edited))):
            refused = catalogue.plan(plan_pages(planning, statics))
        for page, kind, key in refused:
            message = f"{page.kind} {_named(page.key)} and {kind} {_named(key)} would both be {page.path}"
            report.problems.append(
                Problem(_named(page.key), 0, 0, "same-path", message, "give one of them another id or permalink")
            )
            report.failed += 1
        for old, new in catalogue.recase():
            output.rename(self.site.output, old, new)
        catalogue.enter_plan(self._taken())
        catalogue.mark_plan()
        catalogue.commit()
        report.planned = catalogue.planned_count()
        report.stale = catalogue.stale_kinds()
        for path, reason in reasons.reasons(catalogue, planning):
            report.why[reason] = report.why.get(reason, 0) + 1
            if self.options.reasons:
                report.made.append((path, reason))

    def _taken(self) -> Callable[[str], bool] | None:
        """Tells whether a file is at a path of the output; `None` if the output is empty."""
        folder = self.site.output
        if not folder.is_dir() or next(folder.iterdir(), None) is None:
            return None
        return lambda path: os.path.lexists(folder / path)

    # ── writing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def write(
        self, catalogue: Catalogue, planning: Planning, statics: Sequence[StaticFile], context: WriteContext
    ) -> None:
        """Make the stale pages and record them."""
        report = self.report
        count = sum(report.stale.values())
        self.listener.step("write", count)
        done = 0
        segments = search.prepare(planning)
        for _ in self.pool.results(tasks.write_segment, segments, count > FEW, lambda one: [one], tasks.lost_segment):
            pass
        work = self._write_tasks(catalogue, planning, statics, context)
        for _, made in self.pool.results(
            tasks.write_pages, work, count > FEW, tasks.split_writing, tasks.lost_writing
        ):
            catalogue.put_written((m.page, m.written) for m in made if m.written is not None)
            for one in made:
                if one.problem is not None:
                    report.problems.append(one.problem)
                    report.failed += 1
                elif one.written is not None:
                    report.written += one.written.changed
            report.slowest = sorted([*report.slowest, *((m.seconds, m.page.path) for m in made)], reverse=True)[
                :SLOWEST
            ]
            done += len(made)
            if done % COMMIT_EVERY < WRITE_CHUNK:
                catalogue.commit()
            self.listener.advance(len(made))
        report.rendered = done
        report.unchanged = report.planned - report.written - report.failed

    def _write_tasks(
        self, catalogue: Catalogue, planning: Planning, statics: Sequence[StaticFile], context: WriteContext
    ) -> Iterator[WriteTask]:
        for chunk in workers.chunks(catalogue.stale(), WRITE_CHUNK):
            ours = {page.path: known for page, known in chunk}
            jobs: Iterator[tuple[Page, Job]] = load_pages(planning, [page for page, _ in chunk], statics)
            yield WriteTask(context, tuple((page, job, ours[page.path]) for page, job in jobs))

    def prune(self, catalogue: Catalogue) -> None:
        """Remove what no page wants any more. A page that failed is still planned, so its old file stays."""
        gone = catalogue.unplanned()
        for path in gone:
            try:
                self.report.pruned += output.remove(self.site.output, path)
                catalogue.forget_outputs([path])
            except OSError as error:
                self._unwritable(path, f"cannot be removed: {error.strerror or error}")

    def _unwritable(self, path: str, message: str) -> None:
        self.report.problems.append(Problem(path, 0, 0, "output-unwritable", message, ROOM))
        self.report.failed += 1

    # ── the end ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def conclude(self, catalogue: Catalogue) -> None:
        """Gather what is wrong with the archive as it is, whether read now or before."""
        report = self.report
        report.articles = catalogue.article_count()
        report.hidden = catalogue.hidden_counts()
        report.problems += catalogue.problems("error", "warning")
        for source, id_, first in catalogue.duplicates():
            message = f"has the id {id_!r} of {first}, and is not shown"
            report.problems.append(
                Problem(source, 0, 0, "duplicate-id", message, f'give it an `id:`, or set ids = "path" in {FILE}')
            )
        for source, old, first in catalogue.alias_twins():
            message = f"the alias {old} is {first}'s already"
            report.problems.append(Problem(source, 0, 0, "alias-twice", message, "take it from one of them", "warning"))
        for source, id_ in catalogue.unknown_translations():
            message = f"is said to be a translation of {id_!r}, or the other way round, and no article has this id"
            report.problems.append(Problem(source, 0, 0, "translation-unknown", message, "mend the id", "warning"))
        for source, code, first in catalogue.second_editions():
            message = f"{first} stands for its language ({code}) among the translations"
            hint = "name one article of each language"
            report.problems.append(Problem(source, 0, 0, "translation-twice", message, hint, "warning"))
        for source, picture in catalogue.missing_pictures():
            message = f"the picture {picture} is not there"
            report.problems.append(
                Problem(source, 0, 0, "picture-missing", message, "put it there, or mend the name", "warning")
            )
        report.doubts = catalogue.problem_counts().get("doubt", 0)
        if self.options.doubts:
            report.problems += catalogue.problems("doubt")
        report.problems = sorted(set(report.problems), key=lambda problem: problem.order)


def reading_options(site: Site, legacy: str | None = None) -> ReadingOptions:
    """How the files of `site` are read. Raises `SiteErrors` when `[reading]` in `site.toml` is wrong."""
    settings = site.settings
    try:
        rules = msgspec.convert(settings.reading, Rules)
    except msgspec.ValidationError as error:
        raise SiteErrors([Problem(FILE, 0, 0, "site-value", f"[reading]: {error}", "see docs/reading.md")]) from error
    return ReadingOptions(
        language=settings.language,
        languages=settings.languages,
        encoding=settings.encoding,
        legacy_encoding=legacy,
        ids=settings.ids,
        rules=rules,
    )


def naming_of(site: Site) -> tuple[Naming, list[Problem]]:
    """What names topics in `site`, and what is wrong with its vocabulary."""
    vocabulary, mistakes = read_vocabulary(site.folder)
    return Naming(vocabulary, site.settings.topics.packs, site.settings.topics.suggestions), mistakes


def _reading_digest(site: Site, options: ReadingOptions) -> "_Reading":
    return _Reading(code_digest(), (site.settings.permalinks, site.settings.topics), options)


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


def _named(key: str) -> str:
    return key.replace("\x1f", " ").strip() or "page"


@lru_cache(maxsize=1)
def code_digest() -> bytes:
    """A digest of Roznama itself, its data included and the theme not: other code may read or render otherwise."""
    found: list[tuple[str, bytes]] = []

    def walk(folder: Traversable, prefix: str) -> None:
        for entry in folder.iterdir():
            if entry.is_dir():
                if entry.name not in ("theme", "__pycache__"):
                    walk(entry, f"{prefix}{entry.name}/")
            elif not entry.name.endswith(".pyc"):
                found.append((prefix + entry.name, entry.read_bytes()))

    walk(files("generator"), "")
    return digest(sorted(found))
