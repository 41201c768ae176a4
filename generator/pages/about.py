"""About: how the archive was made, what was dropped and what is doubtful. And the page for addresses that are not there."""

from collections.abc import Iterator, Sequence

from generator import __version__
from generator.model import Page
from generator.pages.planning import HtmlJob, Planning
from generator.pages.terms import TITLES, kinds
from generator.pages.views import AboutView, NavLink, NotFoundView, Tally
from generator.topics.packs import ATTRIBUTIONS

LISTED = 200
"""Files and doubtful lines that the page names; it counts them all."""
URL = "/about/"


def plan(p: Planning) -> Iterator[Page]:
    p.about = _view(p)
    yield p.plan("about", "", URL, p.main, p.about)
    # A host shows this page at any address, so its links start at the root of the host.
    yield p.plan("not_found", "", "/404.html", p.main, p.settings.base_url)


def load(p: Planning, pages: Sequence[Page]) -> Iterator[HtmlJob]:
    words = p.words(p.main)
    for page in pages:
        if page.kind == "about":
            view = p.view("about", URL, p.main, words.text("about_title"), [p.home(p.main)])
            yield HtmlJob("about", view, p.about or _view(p))
        else:
            view = p.view("not_found", page.url, p.main, words.text("not_found_title"))
            yield HtmlJob("not_found", p.rooted(view), NotFoundView())


def _view(p: Planning) -> AboutView:
    catalogue = p.catalogue
    years = p.years()
    figures, with_picture = p.figure_counts
    words = p.words(p.main)
    unread = [problem for problem in catalogue.problems("error") if not catalogue.has_article(problem.path)]
    doubts = catalogue.problems("doubt", limit=LISTED)
    return AboutView(
        articles=sum(count for _, count in p.languages),
        first_year=years[0][0] if years else None,
        last_year=years[-1][0] if years else None,
        languages=tuple((p.language_link(code), count) for code, count in p.languages),
        undated=p.undated(),
        date_origins=tuple(
            Tally(words.text(f"date_from_{origin.replace(' ', '_')}" if origin != "stated" else "date_stated"), count)
            for origin, count in catalogue.origins()
        ),
        encodings=tuple(Tally(name, count) for name, count in catalogue.encodings()),
        figures=figures,
        figures_without_picture=figures - with_picture,
        set_aside=tuple(Tally(reason, count) for reason, count in catalogue.asides()),
        unread=tuple((problem.path, problem.line, problem.message) for problem in unread[:LISTED]),
        unread_count=len({problem.path for problem in unread}),
        doubts=tuple((problem.path, problem.line, problem.message) for problem in doubts),
        doubts_count=catalogue.problem_counts().get("doubt", 0),
        terms=tuple(Tally(words.text(TITLES[kind]), len(p.terms(kind))) for kind in kinds(p)),
        version=__version__,
        attributions=tuple(NavLink(name, url) for name, url in ATTRIBUTIONS) if p.settings.topics.packs else (),
    )
