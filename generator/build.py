"""The conductor: the path of a build, in one function you can see at once.

scan → read in workers → one transaction into the catalogue → every kind plans its pages from digests → two pages on one
path are refused → stale pages only: load the view, render, write if the bytes differ → record in the manifest → prune
what is no longer planned → report what was done and why.

The preview calls the same function. What the clock and the environment say comes in as arguments (`today`), so the same
input gives the same bytes.
"""

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from datetime import date
from itertools import groupby

import msgspec
from msgspec import Struct

from generator import __version__, ledger, output, reasons, tasks, workers
from generator.catalogue import Catalogue, Touched, barred
from generator.config import FILE, Site, SiteErrors
from generator.digest import digest
from generator.gathering import COMMIT_EVERY, FEW, Gathering
from generator.model import Page
from generator.pages import search, shell, sitemaps
from generator.pages.kinds import load_pages, plan_pages, replan_pages
from generator.pages.planning import Planning
from generator.problems import Problem
from generator.report import Listener, Made, Report, Silent, peak_memory
from generator.search.segments import SegmentTask
from generator.tasks import Job, WriteContext, WriteTask
from generator.theme import StaticFile, Theme
from generator.topics.reading import Naming
from generator.topics.registry import registry_of
from generator.versions import installed_digest

WRITE_CHUNK, SMALL_CHUNK = 50, 4
"""Pages in one task; of a few pages, so that two workers have some."""
LARGE_FILES = frozenset({"table", "data", "feed", "sitemap", "picture", "on_this_day", "terms"})
"""Kinds of files that are made of a thousand articles each, or take as long: few go into one task, for memory's sake."""
LARGE, SOME = 50_000, 16
"""In an output of so many files some pages are worth other processes: they are long lists and large shards."""
TURN = 2_000
"""Pages planned, in a twentieth of a second, before it is looked whether processes have time for more."""
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


class Standing(Struct, frozen=True):
    """Digests of what pages show besides articles, as it was when a build ended well: of Roznama, templates and settings,
    of what names topics, and of the newest articles, which the day decides."""

    base: bytes
    naming: bytes
    news: bytes


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
        except (sqlite3.DatabaseError, msgspec.DecodeError) as error:
            if isinstance(error, sqlite3.DatabaseError) and barred(error):
                message = f"the catalogue cannot be used: {error}"
                raise SiteErrors([Problem(str(site.state), 0, 0, "catalogue", message, ROOM)]) from error
            if isinstance(error, sqlite3.OperationalError) and "decode" not in str(error):  # of a text that is no UTF-8
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
        self.cutting: workers.Stream[SegmentTask, list[None]] | None = None

    def run(self, clean: bool) -> Report:
        """The path of a build."""
        site, report = self.site, self.report
        with Catalogue.open(site.state, clean) as catalogue, self.pool:
            if catalogue.fresh:
                ledger.recover(site.output, catalogue)
            # What is read is kept before it is planned: a build that is killed in between must not seem to have ended.
            remembered = catalogue.remembered("standing")
            stood = msgspec.msgpack.decode(remembered, type=Standing) if remembered else None
            catalogue.remember("standing", None)
            if stood is None:
                catalogue.touch()
            with report.timed("read"):
                looking = self.begin_look(catalogue)
                gathering = Gathering(site, report, self.listener, self.pool)
                self.naming = gathering.gather(catalogue, self.options.today.isoformat(), self.options.drafts)
                catalogue.hold_less()
                if report.added + report.changed > LARGE:
                    self.pool.rest()  # half a second, for the memory of the names and words of the whole archive
                    self.pool.start(tasks.ready)
            with report.timed("plan"):
                planning, statics, context, standing = self.prepare(catalogue)
                damaged = self.look_at_output(catalogue, looking)
                whole = (site.output / ledger.MANIFEST).is_file()
                touched: Touched | None = None
                if whole and not damaged and stood is not None and stood.base == standing.base:
                    touched = catalogue.touched()
                    if touched is not None:
                        touched = touched._replace(names=stood.naming != standing.naming, news=stood.news != standing.news)
                stands = touched is not None and touched.nothing
                if not stands:
                    self.plan(catalogue, planning, statics, touched)
            if stands:
                report.planned = report.unchanged = catalogue.output_count()
            else:
                with report.timed("write"):
                    self.write(catalogue, planning, statics, context)
                with report.timed("record"):
                    self.prune(catalogue)
                    if self.pool.lost:
                        self.look_at_output(catalogue)  # removes leftovers
                    try:
                        ledger.write_manifest(site.output, catalogue)
                    except OSError as error:
                        self._unwritable(ledger.MANIFEST, f"cannot be written: {error.strerror or error}")
            self.conclude(catalogue)
            if not report.failed:
                catalogue.remember("standing", msgspec.msgpack.encode(standing))
            if not report.failed and not stands:
                reasons.remember_parts(catalogue, planning)
            today = self.options.today.isoformat()
            made = Made(__version__, today, self.options.drafts, site.settings.base_url, report.errors)
            catalogue.remember(Made.KEY, msgspec.json.encode(made))
            catalogue.commit()
        report.peak_memory = peak_memory()
        return report

    # ── planning ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def prepare(
        self, catalogue: Catalogue
    ) -> tuple[Planning, tuple[StaticFile, ...], WriteContext, Standing]:
        """What planning and writing need, and digests of all of it that no article tells."""
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
            catalogue, site.settings, main, sites, folders, installed_digest(), __version__, today, registry
        )
        context = WriteContext(
            site.content,
            site.output,
            folders,
            tuple(sites.items()),
            site.settings.digits,
            site.settings.calendar,
            digest(planning.templates),
        )
        news = [row.source for row in sitemaps.fresh_articles(planning)] if site.settings.base_url else []
        base = digest(installed_digest(), site.settings, main, sites, planning.templates, [file.data for file in statics])
        standing = Standing(base, digest(self.naming), digest(news))
        return planning, statics, context, standing

    def begin_look(self, catalogue: Catalogue) -> Future[output.Looked] | None:
        """Have another process look at the output, if it is large, while this one reads: either is half a second's work of
        asking the system about files."""
        if catalogue.fresh or catalogue.output_count() < LARGE:
            return None
        return self.pool.beside(output.look, str(self.site.output), list(catalogue.output_states()))

    def look_at_output(self, catalogue: Catalogue, looking: Future[output.Looked] | None = None) -> int:
        """Mark pages whose file is gone or not as it was written; how many there are. Leftovers of a killed build are
        removed on the way."""
        try:
            found = looking.result() if looking is not None else None
        except (BrokenExecutor, CancelledError):
            found = None
        found = found or output.look(str(self.site.output), catalogue.output_states())
        for path in found.leftovers:
            with contextlib.suppress(OSError):
                output.remove(self.site.output, path)
        catalogue.mark_stale(found.unlike)
        return len(found.unlike)

    def plan(
        self, catalogue: Catalogue, planning: Planning, statics: Sequence[StaticFile], touched: Touched | None
    ) -> None:
        """Put every page into the plan, refusing a second page on one path. Where it is known what was `touched` since the
        last build, its plan is taken over but for the pages that may show it."""
        self.listener.step("plan", None)
        report = self.report
        refused: list[tuple[Page, str, str]] = []
        if touched is None or not catalogue.replan(replan_pages(planning, statics, touched)):
            if search.begin(planning) and self.pool.running:
                self.cutting = self._cut(planning, True)
            refused = catalogue.plan(self._going_on(plan_pages(planning, statics)))
        for page, kind, key in refused:
            message = f"{page.kind} {_named(page.key)} and {kind} {_named(key)} would both be {page.path}"
            report.problems.append(
                Problem(_named(page.key), 0, 0, "same-path", message, "give one of them another id or permalink")
            )
            report.failed += 1
        for old, new in catalogue.recase():
            output.rename(self.site.output, old, new)
        report.planned = catalogue.planned_count()
        catalogue.enter_plan(self._taken())
        catalogue.mark_plan()
        if self.cutting is not None:
            self.cutting.go_on()
        catalogue.commit()
        report.stale = catalogue.stale_kinds()
        for path, pages, reason in reasons.reasons(catalogue, planning, self.options.reasons):
            report.why[reason] = report.why.get(reason, 0) + pages
            if self.options.reasons:
                report.made.append((path, reason))

    def _cut(self, planning: Planning, much: bool) -> workers.Stream[SegmentTask, list[None]]:
        """Begin to cut the segments that shards are made of. Few are ahead: a task holds 4 MB."""
        return self.pool.stream(tasks.write_segment, search.prepare(planning), much, ahead=1)

    def _going_on(self, pages: Iterator[Page]) -> Iterator[Page]:
        """`pages` as they are, while the processes have work: planning takes a twentieth of a clean build."""
        for number, page in enumerate(pages):
            if self.cutting is not None and not number % TURN:
                self.cutting.go_on()
            yield page

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
        much = count > (SOME if report.planned > LARGE else FEW)
        size = WRITE_CHUNK if count > FEW else SMALL_CHUNK
        done = 0
        cutting = self.cutting or self._cut(planning, much)
        for _ in self.pool.results(cutting, lambda one: [one], tasks.lost_segment):
            pass
        if count > LARGE:
            self.pool.rest()
        stream = self.pool.stream(tasks.write_pages, self._write_tasks(catalogue, planning, statics, context, size), much)
        for task, made in self.pool.results(stream, tasks.split_writing, tasks.lost_writing):
            pages = {page.path: page for page, _, _ in task.pages}
            catalogue.put_written((pages[m.path], m.written) for m in made if m.written is not None)
            for one in made:
                if one.problem is not None:
                    report.problems.append(one.problem)
                    report.failed += 1
                elif one.written is not None:
                    report.written += one.written.changed
            report.slowest = sorted([*report.slowest, *((m.seconds, m.path) for m in made)], reverse=True)[
                :SLOWEST
            ]
            done += len(made)
            if done % COMMIT_EVERY < WRITE_CHUNK:
                catalogue.commit()
            self.listener.advance(len(made))
        report.rendered = done
        report.unchanged = report.planned - report.written - report.failed

    def _write_tasks(
        self, catalogue: Catalogue, planning: Planning, statics: Sequence[StaticFile], context: WriteContext, size: int
    ) -> Iterator[WriteTask]:
        for large, some in groupby(catalogue.stale(), key=lambda pair: pair[0].kind in LARGE_FILES):
            for chunk in workers.chunks(some, SMALL_CHUNK if large else size):
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


def _named(key: str) -> str:
    return key.replace("\x1f", " ").strip() or "page"
