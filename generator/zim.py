"""The archive as one ZIM file, which Kiwix and other readers open without a network.

What lives here: which files go in, what the file says of itself, and the words its search finds. What does not: the pages,
which are the built site's, byte for byte; their links are relative, so they lead to each other in the file as well.

Kiwix searches with Xapian, which takes vowel signs away and folds no letters: who types `كتاب` on an Arabic keyboard would
not find `کتاب`. The query is out of our hands, so the index holds, beside an article's own words, their folded forms as
each keyboard writes them. Suggestions by title are the readers' own and fold nothing.

libzim is under the GPL and comes with `roznama[zim]` only. A file made twice has the same entries and the same words; its
identifier and Xapian's are drawn by the libraries, so the bytes differ.
"""

import html
import io
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from PIL import Image

from generator.catalogue import Catalogue
from generator.config import Site
from generator.kept import restored
from generator.pages import plain
from generator.search import words

LEFT_OUT = ("sitemap", "redirects")
"""Kinds of files that only hosts and crawlers read."""
FRONT = ("article", "front", "language", "term")
"""Kinds of pages that a reader may be offered by their titles, or at random."""
TYPES = {
    "html": "text/html", "css": "text/css", "js": "text/javascript", "json": "application/json", "txt": "text/plain",
    "md": "text/markdown", "xml": "application/xml", "csv": "text/csv", "ttl": "text/turtle", "jsonl": "application/x-ndjson",
    "ris": "application/x-research-info-systems", "webmanifest": "application/manifest+json", "svg": "image/svg+xml",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif",
    "avif": "image/avif", "ico": "image/x-icon", "woff2": "font/woff2", "pdf": "application/pdf",
}  # fmt: skip
"""Media types by ending. Not `mimetypes`, which asks the machine it runs on."""
LANGUAGES = {
    "ar": "ara", "bn": "ben", "de": "deu", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "he": "heb", "hi": "hin",
    "id": "ind", "ks": "kas", "ku": "kur", "ms": "msa", "pa": "pan", "pa-Arab": "pnb", "ps": "pus", "pt": "por",
    "ru": "rus", "sd": "snd", "sw": "swa", "tg": "tgk", "tr": "tur", "ug": "uig", "ur": "urd", "uz": "uzb", "yi": "yid",
    "zh": "zho",
}  # fmt: skip
"""ISO 639-3 of the two-letter codes; a code of three letters is its own."""
KEYBOARDS: tuple[dict[int, str], ...] = ({}, str.maketrans({"ه": "ہ"}), str.maketrans({"ک": "ك", "ی": "ي"}))
"""How keyboards write the letters of a folded word: the Persian, the Urdu, and the Arabic, whose last yeh may go without
its dots."""


class MissingLibrary(Exception):
    """libzim is not installed."""


class Packed(Struct, frozen=True):
    """What went in: files, and articles that search finds."""

    files: int
    articles: int


def pack(target: Path, site: Site, catalogue: Catalogue, main: str, title: str) -> Packed:
    """Write the built archive to `target`, in place of what is there.

    Raises `MissingLibrary` and `OSError`.
    """
    try:
        from libzim import writer
    except ImportError:
        raise MissingLibrary from None
    codes = [iso(code) for code in (main, *(code for code, _ in catalogue.languages()))]
    temporary = target.with_name(f"{target.name}.new")
    temporary.unlink(missing_ok=True)
    counts = {"files": 0, "articles": 0}
    try:
        with writer.Creator(temporary).config_indexing(True, codes[0]) as creator:
            creator.set_mainpath("index.html")
            creator.add_illustration(48, illustration(site.output / "favicon.ico"))
            for name, value in told(site, catalogue, title, codes):
                creator.add_metadata(name, value)
            for item in _items(writer, site, catalogue, counts):
                creator.add_item(item)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return Packed(**counts)


def told(site: Site, catalogue: Catalogue, title: str, codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What the file says of itself. Its date is that of the newest article, never the day it is made on."""
    settings = site.settings
    base = settings.base_url.partition("://")[2].replace("/", "_")
    yield "Name", f"{base or 'roznama'}_{codes[0]}"
    yield "Title", title[:30]
    yield "Description", (settings.tagline or title)[:80]
    yield "Language", ",".join(dict.fromkeys(codes))
    yield "Creator", title
    yield "Publisher", title
    newest = catalogue.newest_rows(1)
    if newest:
        year, month, day = (int(part) for part in newest[0].day.split("-"))
        yield "Date", date(year, month or 1, day or 1).isoformat()
    if settings.licence:
        yield "License", settings.licence.name
    if settings.base_url:
        yield "Source", settings.base_url
    yield "Tags", "_ftindex:yes;_pictures:yes;_videos:no;_details:yes"


def iso(code: str) -> str:
    """A language in ISO 639-3; `und` where that is not known."""
    short = code.partition("-")[0]
    return LANGUAGES.get(code) or LANGUAGES.get(short) or (short if len(short) == 3 else "und")


def illustration(icon: Path) -> bytes:
    """The site's icon in 48 pixels, as PNG; a plain square where there is none."""
    try:
        image = Image.open(io.BytesIO(icon.read_bytes())).convert("RGBA").resize((48, 48))
    except OSError:
        image = Image.new("RGBA", (48, 48), "#0d5c4d")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def indexed(text: str) -> str:
    """The words of an article as search should find them: as they stand, and as they may be typed."""
    compounds = set(words.compounds(text))
    return f"{text}\n{' '.join(sorted(frozenset().union(*map(spellings, compounds)) - compounds))}"


@lru_cache(maxsize=100_000)
def spellings(compound: str) -> frozenset[str]:
    """A word, or several that are joined, folded and as each keyboard writes that."""
    if compound.isascii():
        return frozenset()
    folded = {one for form in words.forms(compound) for one in (form, words.strong(form))}
    written = {one.translate(keyboard) for one in folded for keyboard in KEYBOARDS}
    return frozenset(written | {f"{one[:-1]}ى".translate(KEYBOARDS[-1]) for one in folded if one.endswith("ی")})


def _items(writer: Any, site: Site, catalogue: Catalogue, counts: dict[str, int]) -> Iterator[Any]:
    """Every file of the site, in the order of their paths."""

    class Item(writer.Item):  # type: ignore[misc]
        """A file of the output; `text` is what search finds it by."""

        def __init__(self, path: str, kind: str, title: str, text: str | None) -> None:
            super().__init__()
            self.path, self.kind, self.title, self.text = path, kind, title, text

        def get_path(self) -> str:
            return self.path

        def get_title(self) -> str:
            return self.title

        def get_mimetype(self) -> str:
            return TYPES.get(self.path.rpartition(".")[2].lower(), "application/octet-stream")

        def get_contentprovider(self) -> Any:
            return writer.FileProvider(site.output / self.path)

        def get_hints(self) -> dict[Any, int]:
            return {writer.Hint.FRONT_ARTICLE: self.kind in FRONT}

        def get_indexdata(self) -> Any:
            return Words(self.title, self.text)

    class Words(writer.IndexData):  # type: ignore[misc]
        def __init__(self, title: str, text: str | None) -> None:
            super().__init__()
            self.title, self.text = title, text

        def has_indexdata(self) -> bool:
            return self.text is not None

        def get_title(self) -> str:
            return indexed(self.title)

        def get_content(self) -> str:
            return indexed(self.text or "")

        def get_keywords(self) -> str:
            return ""

        def get_wordcount(self) -> int:
            return len((self.text or "").split())

        def get_geoposition(self) -> tuple[float, float] | None:
            return None

    for path, kind, key in catalogue.outputs():
        if kind in LEFT_OUT:
            continue
        counts["files"] += 1
        if kind == "article":
            counts["articles"] += 1
            article = restored(catalogue.kept([key])[key]).article
            yield Item(path, kind, article.headline, plain.plain_text(article))
        else:
            yield Item(path, kind, _title(site.output / path) if path.endswith(".html") else "", None)


def _title(page: Path) -> str:
    """What a page is called: the text of its `<title>`, without the archive's name."""
    found = page.read_text("utf-8", errors="replace").partition("<title>")[2].partition("</title>")[0]
    return html.unescape(found).partition(" · ")[0].strip()
