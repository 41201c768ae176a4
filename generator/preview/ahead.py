"""Pages made ahead of the build: what one looks at while the whole archive follows.

The catalogue of the last build knows what a page shows, and the source or the template that was just saved is read anew;
so the page in view is there in milliseconds, however many others the edit changes. The build then makes the same page
again, with whatever else has changed. Drafts and articles of the future, which no build writes, are shown this way alone.
"""

import hashlib
import sqlite3
import threading
from typing import Any, Literal

import msgspec
from msgspec import Struct

from generator import readers
from generator.build import Build, Options
from generator.catalogue import Catalogue, entry_of
from generator.config import Site
from generator.gathering import naming_of, reading_options
from generator.kept import Kept, packed
from generator.model import Page
from generator.pages import article
from generator.pages.article import ArticleJob
from generator.pages.files import StaticJob
from generator.pages.kinds import load_pages
from generator.pages.planning import TEMPLATES, HtmlJob
from generator.problems import ContentError, Problem
from generator.readers import Reading, ReadingOptions, Source
from generator.render import Renderer
from generator.report import Silent
from generator.tasks import WriteContext
from generator.topics.reading import as_objects
from generator.urls import path_of

LISTED = 200
"""Unpublished articles that the panel lists."""


class Ahead(Struct, frozen=True):
    """A page made ahead of its build, and what is wrong with its source; no `data` if nothing can be made of it. `why`
    it is not published, if it is not."""

    data: bytes | None
    problems: tuple[Problem, ...] = ()
    why: Literal["draft", "future"] | None = None


class Facts(Struct, frozen=True):
    """What the editor's bar tells of a page: the file it was made of, if it is an article's, how many of its lines are
    doubtful or set aside; and how many articles of the archive are not published yet."""

    source: str | None
    doubts: int
    aside: int
    unpublished: int


class Studied(Struct, frozen=True):
    """An article's file as it is now: what was read, and the topics with the words that showed them."""

    source: str
    reading: Reading
    topics: list[dict[str, Any]]


class Studio:
    """Makes pages of one site one by one. A new one is needed when `site.toml` or a template has changed."""

    def __init__(self, site: Site, options: Options) -> None:
        self._site = site
        self._options = options
        self._lock = threading.Lock()
        self._renderer: tuple[WriteContext, Renderer] | None = None

    def page(self, path: str) -> Ahead | None:
        """The page at a path of the output as it would be now; `None` if only a build can tell."""
        try:
            with self._lock, Catalogue.look(self._site.state) as catalogue:
                return None if catalogue is None else self._page(catalogue, path)
        except ContentError as error:
            return Ahead(None, (error.problem,))
        except Exception:  # noqa: BLE001 — the catalogue may be older than the sources; the build to come says what is wrong
            return None

    def _page(self, catalogue: Catalogue, path: str) -> Ahead | None:
        page = catalogue.page_at(path)
        if page is not None:
            return self._made(catalogue, page) if page.kind in TEMPLATES or page.kind == "static" else None
        hidden = catalogue.unpublished_at(f"/{path}")
        if hidden is None:
            return None
        source, why = hidden
        made = self._made(catalogue, Page("article", source, f"/{path}", path_of(f"/{path}"), b"", article.ALONE))
        return msgspec.structs.replace(made, why=why) if made is not None else None

    def facts(self, path: str) -> Facts | None:
        """What the bar says of the page at a path of the output; `None` before the first build."""
        try:
            with Catalogue.look(self._site.state) as catalogue:
                return None if catalogue is None else self._facts(catalogue, path)
        except sqlite3.DatabaseError:
            return None  # damaged: the build under way makes it anew

    def _facts(self, catalogue: Catalogue, path: str) -> Facts:
        hidden = catalogue.hidden_counts()
        unpublished = hidden.get("draft", 0) + hidden.get("future", 0)
        source = self._source(catalogue, path)
        return Facts(source, *(catalogue.doubts_of(source) if source else (0, 0)), unpublished)

    def unpublished(self) -> list[tuple[str, str, str, str]]:
        """(source, url, draft or future, headline) of the articles that no build publishes yet."""
        with Catalogue.look(self._site.state) as catalogue:
            return [] if catalogue is None else catalogue.unpublished(LISTED)

    def reading(self, path: str) -> Studied | None:
        """What is read from the source of the page at a path of the output, if it is an article's."""
        with Catalogue.look(self._site.state) as catalogue:
            if catalogue is None or (source := self._source(catalogue, path)) is None:
                return None
            beside = catalogue.beside(source)
            options = self._reading_options(catalogue)
        try:
            reading = readers.read((self._site.content / source).read_bytes(), Source(source, beside), options)
        except OSError:
            return None
        naming, _ = naming_of(self._site)
        return Studied(source, reading, as_objects(reading.article, naming) if reading.article else [])

    def _reading_options(self, catalogue: Catalogue) -> ReadingOptions:
        remembered = catalogue.remembered("encoding")
        return reading_options(self._site, remembered.decode() if remembered else None)

    @staticmethod
    def _source(catalogue: Catalogue, path: str) -> str | None:
        page = catalogue.page_at(path)
        if page is not None:
            return page.key if page.kind == "article" else None
        hidden = catalogue.unpublished_at(f"/{path}")
        return hidden[0] if hidden is not None else None

    def _made(self, catalogue: Catalogue, page: Page) -> Ahead | None:
        build = Build(self._site, self._options, Silent())
        build.naming, _ = naming_of(self._site)
        planning, statics, context, _ = build.prepare(catalogue)
        ((_, job),) = load_pages(planning, [page], statics)
        renderer = self._rendering(context)
        if isinstance(job, StaticJob):
            return Ahead(job.data)
        if isinstance(job, HtmlJob):
            return Ahead(renderer.render(TEMPLATES[job.kind], job.page, job.view))
        if not isinstance(job, ArticleJob):
            return None
        data = (context.content / page.key).read_bytes()
        source = Source(page.key, catalogue.beside(page.key))
        read = readers.read(data, source, self._reading_options(catalogue))
        if read.article is None:
            return Ahead(None, read.problems)
        teaser = entry_of(read.article, page.url).teaser
        shown = msgspec.structs.replace(job.page, title=teaser.headline, description=teaser.standfirst)
        kept = packed(Kept(read.article, hashlib.sha256(data).hexdigest(), ()))
        view = article.view(msgspec.structs.replace(job, page=shown, packed=kept))
        return Ahead(renderer.render(TEMPLATES["article"], shown, view), read.problems)

    def _rendering(self, context: WriteContext) -> Renderer:
        """The renderer of a context; it is kept, since it has compiled the templates."""
        if self._renderer is None or self._renderer[0] != context:
            made = Renderer(context.folders, dict(context.sites), context.digits, context.calendar)
            self._renderer = (context, made)
        return self._renderer[1]
