"""What workers do: read files, make pages. Plain functions with plain arguments, so that a worker may stand in this
process, in another, or on another machine that sees the same folders.

A task carries its context: the little that is the same for a whole build. Each process keeps what it made from the last
one (the Jinja environment, compiled rules), and sends home only what the catalogue keeps.
"""

import hashlib
import os
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator import __version__, output, pictures, readers
from generator.catalogue import (
    ArticleEntry,
    Change,
    PhraseEntry,
    PictureEntry,
    SourceEntry,
    TermEntry,
    Written,
    entry_of,
)
from generator.config import Permalinks, SiteErrors
from generator.dates import SecondCalendar
from generator.digest import digest_bytes
from generator.kept import Kept, packed
from generator.model import Article, Page
from generator.pages import article, twins
from generator.pages.article import ArticleJob
from generator.pages.files import PictureJob, StaticJob
from generator.pages.planning import TEMPLATES, HtmlJob
from generator.pages.twins import TwinJob, TwinsJob
from generator.pages.views import SiteView
from generator.problems import ContentError, Problem
from generator.readers import Reading, ReadingOptions, Source
from generator.search import record, segments, splicing
from generator.search.segments import MergeJob, SegmentTask
from generator.search.splicing import SpliceJob
from generator.topics.phrases import phrases_of
from generator.topics.reading import Naming, index_of, stated_keys, topics_of
from generator.urls import article_url

TOGETHER = 2_000_000
"""Bytes of files that are read together: a few hundred usual ones, hardly more than one that is very long."""

if TYPE_CHECKING:
    from generator.render import Renderer

Job = HtmlJob | ArticleJob | StaticJob | PictureJob | MergeJob | SpliceJob | TwinsJob | TwinJob


class ReadContext(Struct, frozen=True):
    """`permalinks` are here because the url of an article is known once it is read."""

    content: Path
    options: ReadingOptions
    permalinks: Permalinks
    naming: Naming = Naming()


class WriteContext(Struct, frozen=True):
    """`templates` is a digest of what is in `folders`: a process that outlives a build (the preview's, a cluster's) must
    not go on with the templates of the one before."""

    content: Path
    output: Path
    folders: tuple[Path, ...]
    sites: tuple[tuple[str, SiteView], ...]
    digits: str | None
    calendar: SecondCalendar | None
    templates: bytes


class ReadTask(Struct, frozen=True):
    context: ReadContext
    changes: tuple[Change, ...]


class WriteTask(Struct, frozen=True):
    """Pages with their jobs; `ours` says of each that the manifest knows its file."""

    context: WriteContext
    pages: tuple[tuple[Page, Job, bool], ...]


class Made(Struct, frozen=True):
    """What became of the page at `path`: `written` is `None` when it failed, and `problem` says why."""

    path: str
    written: Written | None
    problem: Problem | None
    seconds: float


class _File(Struct):
    """A file on its way through the steps of `read_files`; `found` is what is sent home of it, once that is known."""

    change: Change
    data: bytes = b""
    digest: bytes = b""
    reading: Reading = Reading(None)
    entry: ArticleEntry | None = None
    found: SourceEntry | PictureEntry | str | None = None


def read_files(task: ReadTask) -> list[SourceEntry | PictureEntry | str]:
    """Read some files. A file whose bytes are the known ones comes back as its path alone.

    Each step is done for many files before the next one: its code and its tables then stay in the processor's cache, which
    saves an eighth of the time.
    """
    found: list[SourceEntry | PictureEntry | str] = []
    files: list[_File] = []
    size = 0
    for change in task.changes:
        files.append(_opened(task.context, change))
        size += len(files[-1].data)
        if size > TOGETHER:
            found += _through(task.context, files)
            files, size = [], 0
    return found + _through(task.context, files)


def _opened(context: ReadContext, change: Change) -> _File:
    try:
        data = (context.content / change.path).read_bytes()
    except OSError as error:
        return _File(change, found=_unreadable(change, error))
    if change.picture:
        return _File(change, found=_picture(change, data))
    content = digest_bytes(data)
    return _File(change, data, content, found=change.path if content == change.digest else None)


def _through(context: ReadContext, files: list[_File]) -> list[SourceEntry | PictureEntry | str]:
    for step in (_read, _name, _pack):
        for file in files:
            if file.found is None:
                try:
                    step(context, file)
                except Exception as error:  # noqa: BLE001 — a mistake of ours in one file must not hide the others
                    file.found = _not_read(file.change, bug(file.change.path, error))
    return [file.found for file in files if file.found is not None]


def split_reading(task: ReadTask) -> list[ReadTask]:
    """A task for each file of `task`."""
    return [ReadTask(task.context, (change,)) for change in task.changes]


def lost_reading(task: ReadTask) -> SourceEntry | PictureEntry | str:
    """What is known of a file at which a worker died."""
    (change,) = task.changes
    message = "the process that read it was killed"
    return _not_read(change, Problem(change.path, 0, 0, "worker-died", message, "see whether memory ran out; build again"))


def _read(context: ReadContext, file: _File) -> None:
    file.reading = readers.read(file.data, Source(file.change.path, file.change.beside), context.options)


def _name(context: ReadContext, file: _File) -> None:
    """Make the catalogue's entry of an article, with the topics that its text shows."""
    read = file.reading.article
    if read is None:
        return
    named, hits = topics_of(read, context.naming)
    terms = [TermEntry(one.kind, one.key, one.name, one.origin, one.score, one.matched) for one in named]
    stated = [key for term in read.terms for key in stated_keys(term.name)]
    phrases = tuple(PhraseEntry(*phrase) for phrase in phrases_of(hits)) if context.naming.suggestions else ()
    file.entry = entry_of(read, url_of(read, context.permalinks), terms, hits.filter(stated), phrases)


def _pack(_: ReadContext, file: _File) -> None:
    """Make what is sent home."""
    change, reading, entry, kept = file.change, file.reading, file.entry, b""
    if reading.article is not None and entry is not None:
        filters = record.filters((term.kind, term.name) for term in entry.terms)
        kept = packed(Kept(reading.article, hashlib.sha256(file.data).hexdigest(), filters))
    file.found = SourceEntry(change.path, change.seen, file.digest, reading.legacy, entry, reading.problems, change.beside, kept)


def url_of(read: Article, permalinks: Permalinks) -> str:
    return article_url(
        permalinks.article,
        permalinks.undated,
        id_=read.id,
        slug_=read.slug,
        language=read.language,
        date=read.published,
    )


def _unreadable(change: Change, error: OSError) -> SourceEntry | PictureEntry:
    message = f"cannot be read: {error.strerror or error}"
    problem = Problem(change.path, 0, 0, "file-unreadable", message, "check its permissions, or remove it")
    return _not_read(change, problem)


def _not_read(change: Change, problem: Problem) -> SourceEntry | PictureEntry:
    """A file of which nothing is known; its state is empty, so that the next build tries again."""
    if change.picture:
        return PictureEntry(change.path, "", b"", 0, 0, problem)
    return SourceEntry(change.path, "", b"", False, None, (problem,), change.beside)


def bug(path: str, error: Exception) -> Problem:
    """An exception that is no `ContentError` is a mistake of ours: the file it came of is named, and where it came from."""
    trace = "".join(traceback.format_exception(error)).strip()
    hint = f"this is a mistake of Roznama {__version__}, not yours; please report it with these lines:\n{trace}"
    return Problem(path, 0, 0, "internal", f"{type(error).__name__}: {error}", hint)


def _picture(change: Change, data: bytes) -> PictureEntry:
    try:
        width, height = pictures.measure(data)
    except ValueError as error:
        message = f"is no picture that can be read ({error})"
        problem = Problem(
            change.path, 0, 0, "picture-unreadable", message, "save it again as JPEG, PNG or WebP", "warning"
        )
        return PictureEntry(change.path, change.seen, digest_bytes(data), 0, 0, problem)
    return PictureEntry(change.path, change.seen, digest_bytes(data), width, height)


def at_hand() -> None:
    """Nothing: to do it a process has loaded this module, and with it what reads."""


def ready() -> None:
    """Load what the work on many articles will ask for."""
    from generator.search import columns  # with NumPy it takes a tenth of a second

    del columns


def write_segment(task: SegmentTask) -> list[None]:
    """Cut some records of the search index."""
    index_of.cache_clear()  # what reading remembers of names and words, 20 MB, is not asked any more
    segments.write_segment(task)
    return [None]


def lost_segment(task: SegmentTask) -> None:
    """Raises `SiteErrors`: without these records, no page of the index can be made."""
    message = "the process that sorted the words of the search index was killed"
    raise SiteErrors([Problem(str(task.path), 0, 0, "worker-died", message, "see whether memory ran out; build again")])


def write_pages(task: WriteTask) -> list[Made]:
    """Make some pages and put them in their place."""
    return [_made(task.context, page, job, ours) for page, job, ours in task.pages]


def split_writing(task: WriteTask) -> list[WriteTask]:
    """A task for each page of `task`."""
    return [WriteTask(task.context, (page,)) for page in task.pages]


def lost_writing(task: WriteTask) -> Made:
    """What is known of a page at which a worker died."""
    ((page, _, _),) = task.pages
    message = "the process that made it was killed"
    return Made(page.path, None, Problem(page.path, 0, 0, "worker-died", message, "see whether memory ran out; build again"), 0.0)


def _made(context: WriteContext, page: Page, job: Job, ours: bool) -> Made:
    start = time.perf_counter()
    written, problem = None, None
    try:
        written = _written(context.output, page.path, _bytes(context, job), ours)
    except ContentError as error:
        problem = error.problem
    except output.Foreign:
        hint = "move it away; Roznama never overwrites what it did not write"
        problem = Problem(page.path, 0, 0, "output-foreign", "a file stands here that Roznama did not write", hint)
    except OSError as error:
        message = f"cannot be made: {error.filename or page.path}: {error.strerror or error}"
        hint = "check space and permissions; build again"
        problem = Problem(page.path, 0, 0, "output-unwritable", message, hint)
    except Exception as error:  # noqa: BLE001 — a mistake of ours on one page must not hide the others
        problem = bug(page.path, error)
    return Made(page.path, written, problem, time.perf_counter() - start)


def _written(folder: Path, path: str, data: bytes, ours: bool) -> Written:
    target = f"{folder}/{path}"
    changed = output.write(target, data, ours=ours)
    state = os.stat(target)  # noqa: PTH116 — making a Path costs more than the call
    return Written(path, state.st_size, state.st_mtime_ns, hashlib.sha256(data).digest(), changed)


def _bytes(context: WriteContext, job: Job) -> bytes:
    if isinstance(job, StaticJob):
        return job.data
    if isinstance(job, PictureJob):
        data = (context.content / job.source).read_bytes()
        return data if job.width is None else pictures.scaled(data, job.width, job.quality)
    if isinstance(job, MergeJob):
        return segments.merged(job)
    if isinstance(job, SpliceJob):
        return splicing.spliced(job, context.output)
    if isinstance(job, TwinsJob):
        return twins.written(job)
    if isinstance(job, TwinJob):
        return twins.single(job)
    renderer = _renderer(context)
    if isinstance(job, HtmlJob):
        return renderer.render(TEMPLATES[job.kind], job.page, job.view)
    return renderer.render(TEMPLATES["article"], job.page, article.view(job))


_last: "tuple[WriteContext, Renderer] | None" = None


def _renderer(context: WriteContext) -> "Renderer":
    """The renderer of a context; the last one is kept."""
    global _last
    if _last is None or (_last[0] is not context and _last[0] != context):
        from generator.render import Renderer  # with Jinja it takes 20 ms, and reads nothing

        _last = (context, Renderer(context.folders, dict(context.sites), context.digits, context.calendar))
    return _last[1]
