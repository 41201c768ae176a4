"""Every kind of page, in a list that can be read: what is here is built, in this order.

A kind is a module with `plan` (which pages there are, and the digest of what each shows) and `load` (the views of stale
ones); with `replan` where an edit concerns few of many pages. A new kind is a module and a line in `PAGE_KINDS`; a test
notices a module that is not listed.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from types import ModuleType

from generator.catalogue import Touched
from generator.model import Page, Scope
from generator.pages import (
    about,
    anniversaries,
    article,
    calendar,
    data,
    feeds,
    files,
    front,
    moved,
    pictures,
    rootfiles,
    search,
    sitemaps,
    tables,
    terms,
    withdrawn,
)
from generator.pages.article import ArticleJob
from generator.pages.files import PictureJob, StaticJob
from generator.pages.planning import HtmlJob, Planning
from generator.pages.twins import TwinJob, TwinsJob
from generator.search.segments import MergeJob
from generator.search.splicing import SpliceJob
from generator.theme import StaticFile

PAGE_KINDS: tuple[tuple[ModuleType, tuple[str, ...]], ...] = (
    (article, ("article",)),
    (front, ("front", "language")),
    (terms, ("terms", "term")),
    (calendar, ("year", "month", "day", "undated")),
    (anniversaries, ("on_this_day",)),
    (pictures, ("pictures", "credit")),
    (about, ("about", "not_found")),
    (moved, ("moved", "redirects")),
    (withdrawn, ("withdrawn",)),
    (search, ("search", "shard")),
    (feeds, ("feed",)),
    (sitemaps, ("sitemap",)),
    (rootfiles, ("root",)),
    (tables, ("table",)),
    (data, ("data",)),
)
_MODULES = {kind: module for module, kinds in PAGE_KINDS for kind in kinds}

Job = HtmlJob | ArticleJob | StaticJob | PictureJob | MergeJob | SpliceJob | TwinsJob | TwinJob


def plan_pages(planning: Planning, statics: Sequence[StaticFile]) -> Iterator[Page]:
    """Every page and file of the site."""
    for module, _ in PAGE_KINDS:
        yield from module.plan(planning)
    yield from files.plan(planning, statics)


TEXTUAL = (article, about, search, data)
"""Kinds of pages that change with the text of an article alone."""


def replan_pages(planning: Planning, statics: Sequence[StaticFile], touched: Touched) -> Iterator[Scope | Page]:
    """What may be another page since `touched` is all that changed: the scopes, and the pages that now stand in them. A
    kind that has no `replan` is planned whole."""
    for module, kinds in PAGE_KINDS:
        if touched.texts and module not in TEXTUAL:
            continue
        if hasattr(module, "replan"):
            yield from module.replan(planning, touched)
        else:
            yield from map(Scope, kinds)
            yield from module.plan(planning)
    yield from files.replan(planning, statics, touched)


def load_pages(planning: Planning, pages: Sequence[Page], statics: Sequence[StaticFile]) -> Iterator[tuple[Page, Job]]:
    """What a worker needs to make each of `pages`, which are in the order of the plan."""
    for module, group in groupby(pages, key=lambda page: _MODULES.get(page.kind)):
        some = list(group)
        jobs = files.load(planning, some, statics) if module is None else module.load(planning, some)
        yield from zip(some, jobs, strict=True)
