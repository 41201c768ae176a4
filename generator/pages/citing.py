"""How an article is cited: the reference as RIS, BibTeX and CSL-JSON, and as a line of text.

What lives here: the formats. What does not: the boxes that show them (`templates/cite.html`) and the files of topics
(`tables`). Formats are written by hand: a reference has ten fields, and a citation processor would be slower than the
rest of the page together.

A name is given as it stands (`literal` in CSL, braces in BibTeX): which part of احمد شاہ مسعود is a family name, no rule
can tell.
"""

import hashlib
import re

import msgspec
from markupsafe import Markup
from msgspec import Struct

from generator import dates, language
from generator.html import data_link, escaped, isolated
from generator.model import Article, ArticleDate
from generator.pages.heads import PAGE_FIELDS, extra
from generator.pages.views import CiteView, Download
from generator.text import CONTROLS

RIS, BIBTEX, CSL = "application/x-research-info-systems", "application/x-bibtex", "application/vnd.citationstyles.csl+json"


class Reference(Struct, frozen=True):
    """What is cited. `newspaper` printed it first and `archive` holds it, `None` where they are the same; `url` is
    absolute, `None` without `base_url`."""

    id: str
    headline: str
    authors: tuple[str, ...]
    newspaper: str
    archive: str | None
    date: ArticleDate | None
    language: str
    url: str | None
    topics: tuple[str, ...] = ()
    section: str | None = None
    page: str | None = None


def reference(article: Article, archive: str, url: str | None) -> Reference:
    """The reference of an article in the archive of that name."""
    return Reference(
        id=article.id,
        headline=article.headline,
        authors=tuple(byline.name for byline in article.bylines),
        newspaper=article.publisher or archive,
        archive=archive if article.publisher and article.publisher != archive else None,
        date=article.published,
        language=article.language,
        url=url,
        topics=tuple(term.name for term in article.terms if term.kind == "topic"),
        section=next((term.name for term in article.terms if term.kind == "desk"), None),
        page=extra(article, PAGE_FIELDS),
    )


def cite(one: Reference, page_language: str) -> CiteView:
    """The box of an article: its line in English where the page is in another language, and its files."""
    return CiteView(
        english=None if page_language == "en" else english(one),
        files=(
            Download("RIS", f"{one.id}.ris", data_link(RIS, ris(one))),
            Download("BibTeX", f"{one.id}.bib", data_link(BIBTEX, bibtex(one))),
            Download("CSL-JSON", f"{one.id}.json", data_link(CSL, csl(one))),
        ),
    )


def english(one: Reference) -> Markup:
    """A line for a bibliography in English; names and headline stay as they are written, each isolated, so that the
    points between them stay where they stand."""
    line = f"“{isolated(one.headline)}”. {isolated(one.newspaper)}"
    if one.authors:
        line = f"{isolated(', '.join(one.authors))}. {line}"
    if one.date:
        line += f", {escaped(dates.in_words(one.date, language.load('en')))}"
    line += "."
    if one.archive:
        line += f" {isolated(one.archive)}."
    return Markup(f"{line} {escaped(one.url)}" if one.url else line)


# ── RIS ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def ris(one: Reference) -> str:
    """RIS, as reference managers import it: type NEWS, one field a line."""
    fields = [("TY", "NEWS"), ("TI", one.headline), *(("AU", name) for name in one.authors), ("T2", one.newspaper)]
    if one.date:
        fields += [("PY", f"{one.date.year:04d}"), ("DA", _ris_date(one.date))]
    for tag, value in (("SE", one.section), ("SP", one.page), ("LA", one.language), ("DB", one.archive), ("UR", one.url)):
        if value:
            fields.append((tag, value))
    fields += [("KW", name) for name in one.topics]
    fields.append(("ID", one.id))
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields) + "ER  - \r\n"


def _ris_date(date: ArticleDate) -> str:
    """`YYYY/MM/DD/`, parts that are not known left empty."""
    return f"{date.year:04d}/{date.month or '':0>{2 if date.month else 0}}/{date.day or '':0>{2 if date.day else 0}}/"


_LINE_ENDS = re.compile(r"[\s\u2028\u2029]+")


def _one_line(text: str) -> str:
    """No text begins a field of its own."""
    if text.isprintable() and "  " not in text:  # and so holds no white space but single blanks, and no control
        return text.strip()
    return _LINE_ENDS.sub(" ", CONTROLS.sub("", text)).strip()


# ── BibTeX ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\^{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_TEX_SIGNS = re.compile(r"[\\{}$&#%_^~]")


def bibtex(one: Reference) -> str:
    """BibLaTeX: `@article` with the subtype of newspapers, which plain BibTeX passes over."""
    fields = [("title", f"{{{_tex(one.headline)}}}")]
    if one.authors:
        fields.append(("author", " and ".join(f"{{{_tex(name)}}}" for name in one.authors)))
    fields.append(("journal", _tex(one.newspaper)))
    fields.append(("entrysubtype", "newspaper"))
    if one.date:
        fields += [("year", f"{one.date.year:04d}"), ("date", one.date.iso[:10])]
    for name, value in (("pages", one.page), ("library", one.archive), ("keywords", ", ".join(one.topics))):
        if value:
            fields.append((name, _tex(value)))
    fields.append(("langid", one.language))
    if one.url:
        fields.append(("url", one.url.replace("%", r"\%")))
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@article{{{_key(one.id)},\n{lines}}}\n"


def _tex(text: str) -> str:
    return _TEX_SIGNS.sub(lambda found: _TEX[found[0]], _one_line(text))


def _key(name: str) -> str:
    """A key that every BibTeX takes: letters, digits and hyphens of ASCII."""
    plain = re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-")
    if plain == name:
        return plain
    return f"{plain or 'article'}-{hashlib.blake2b(name.encode(), digest_size=4).hexdigest()}"


# ── CSL ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def csl(one: Reference) -> str:
    """CSL-JSON: a list of one `article-newspaper`."""
    entry: dict[str, object] = {"id": one.id, "type": "article-newspaper", "title": one.headline}
    if one.authors:
        entry["author"] = [{"literal": name} for name in one.authors]
    entry["container-title"] = one.newspaper
    if one.date:
        entry["issued"] = {"date-parts": [[part for part in (one.date.year, one.date.month, one.date.day) if part]]}
    more = {
        "section": one.section, "page": one.page, "archive": one.archive, "URL": one.url, "keyword": ", ".join(one.topics),
    }  # fmt: skip
    entry |= {name: value for name, value in more.items() if value}
    entry["language"] = one.language
    return msgspec.json.encode([entry]).decode()
