"""What all pages of one language share: the archive's name, navigation, languages, fonts. And which language the archive
speaks itself, where `site.toml` does not say."""

from generator import language
from generator.catalogue import Catalogue
from generator.config import Site
from generator.pages import feeds
from generator.pages.search import url_of as search_url
from generator.pages.terms import TITLES
from generator.pages.views import LanguageLink, NavLink, SiteView
from generator.theme import Styles, preload
from generator.urls import FOLDERS

GENERIC = frozenset(
    {"content", "articles", "text", "texts", "txt", "dump", "dumps", "data", "archive", "news", "input", "src"}
)
"""Names of folders that say nothing of what is in them."""


def main_language(site: Site, catalogue: Catalogue) -> tuple[str, str | None]:
    """The language of the interface, and how it was found when `site.toml` does not set it."""
    if site.settings.language is not None and language.has(site.settings.language):
        return site.settings.language, None
    languages = catalogue.languages()
    total = sum(count for _, count in languages)
    for code, count in languages:
        if language.has(code):
            direction = "right to left" if language.direction_of(code) == "rtl" else "left to right"
            return code, f"language {code}, {direction} (the text of {count:,} of {total:,} articles)"
    return "en", "language en (no article is in a language that Roznama speaks)"


def title(site: Site, main: str) -> tuple[str, str | None]:
    """The archive's name, and how it was found when `site.toml` does not set it."""
    if site.settings.title:
        return site.settings.title, None
    words = language.load(main)
    folder = site.folder.name
    if folder.casefold() in GENERIC or not any(char.isalpha() for char in folder):
        name = words.text("archive")
        return name, f"title {name} (the folder's name says nothing)"
    name = words.text("archive_of", name=folder.replace("-", " ").replace("_", " "))
    return name, f"title {name} (from the folder's name)"


def sites(site: Site, catalogue: Catalogue, main: str, name: str) -> dict[str, SiteView]:
    """The shared view of each language of the interface: the archive's own and those of its articles."""
    present = [code for code, _ in catalogue.languages()]
    kinds = set(catalogue.term_kinds())
    links = tuple(
        LanguageLink(code, language.autonym(code), language.direction_of(code), f"/{code}/") for code in present
    )
    spoken = dict.fromkeys([main, *(code for code in present if language.has(code))])
    return {code: _site(site, code, main, name, links, kinds) for code in spoken}


def _site(site: Site, code: str, main: str, name: str, links: tuple[LanguageLink, ...], kinds: set[str]) -> SiteView:
    settings = site.settings
    words = language.load(code)
    several = len(links) > 1
    own = settings.names.get(code)
    present = any(link.code == code for link in links)
    # The archive's own language is led to the indexes of all languages, where its own stands first.
    prefix = f"/{code}" if several and present and code != main else ""
    home = "/" if code == main or not present else f"/{code}/"
    nav = [NavLink(words.text("home"), home), NavLink(words.text("topics"), f"{prefix}/topics/")]
    nav += [
        NavLink(words.text(TITLES[kind]), f"{prefix}/{FOLDERS[kind]}/")
        for kind in ("person", "place", "organisation")
        if kind in kinds
    ]
    if present and home != f"/{code}/":
        nav.append(NavLink(words.text("by_date"), f"/{code}/"))
    nav += [NavLink(words.text("pictures"), "/pictures/"), NavLink(words.text("about"), "/about/")]
    nav += [NavLink(item.label, item.url) for item in settings.theme.nav]
    font = preload(code)
    licence = settings.licence
    name_ = (own.title if own else None) or name
    return SiteView(
        title=name_,
        tagline=(own.tagline if own else None) or (settings.tagline if code == main else ""),
        language=code,
        direction=words.direction,
        base_url=settings.base_url,
        home=home,
        search=search_url(code, main) if settings.search else None,
        nav=tuple(nav),
        languages=links if several else (),
        footer=settings.theme.footer,
        licence=NavLink(licence.name, licence.url) if licence else None,
        logo=f"/static/{settings.theme.logo}" if settings.theme.logo else None,
        feeds=feeds.of(code if present else main, main, several, name_) if settings.base_url else (),
        fonts=(font,) if font else (),
    )


def styles(site: Site) -> Styles:
    theme = site.settings.theme
    return Styles(theme.accent, theme.accent_dark, theme.paper, theme.paper_dark, theme.ink, theme.ink_dark)
