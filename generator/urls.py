"""Addresses: ids, slugs, urls, output paths, links between pages. The only place that makes any of them.

Words: a `url` starts with a slash and is the address inside the site (`/ur/2017/11/x.html`, `/topics/`); a `path` is
the file it is written to, relative to the output folder (`ur/2017/11/x.html`, `topics/index.html`); a `permalink` is
absolute and needs `base_url`.

Names that come from text never leave the output folder: `article_id` and `slug` let only letters, marks, digits and a
few harmless signs through, and no name starts with a dot.

python-slugify's defaults transliterate (علم and الم both become `lm`), and its Unicode mode cuts a word at every vowel
sign, Arabic or Indic. So names are folded first, and the pattern keeps the marks of the scripts that cannot do without.
"""

import hashlib
import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from slugify import slugify

from generator.model import ArticleDate
from generator.text import INVISIBLE, composed, fold

MAX_NAME_BYTES = 120
"""Longest name made from text. A file system's limit is 255 bytes (127 Arabic letters), a Windows path's 260 in all."""

# Indic, Thai, Lao, Tibetan, Burmese and Khmer blocks: their vowel signs are marks, which `\w` does not match.
_MARKS = "\u0900-\u0dff\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u0300-\u036f\u064b-\u065f\u0670\u0591-\u05c7"
_NOT_SLUG = rf"[^-\w{_MARKS}]+"
_NOT_ID = rf"[^-\w{_MARKS}.~]+"
_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_~-]{0,79}")
# Windows refuses these as file names, with any extension; `index` is the page of the folder itself.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?|index", re.IGNORECASE)


def _shortened(name: str, whole: str) -> str:
    """`name` cut to `MAX_NAME_BYTES`, ending in a digest of `whole` so that long names that begin alike stay apart."""
    data = name.encode()
    if len(data) <= MAX_NAME_BYTES:
        return name
    tail = hashlib.blake2b(whole.encode(), digest_size=5).hexdigest()
    return data[: MAX_NAME_BYTES - 11].decode(errors="ignore").rstrip("-") + "-" + tail


def _named(name: str, whole: str) -> str:
    if not name:
        return "x" + hashlib.blake2b(whole.encode(), digest_size=5).hexdigest()
    if _RESERVED.fullmatch(name):
        kept, dot, rest = name.partition(".")  # Windows looks at what stands before the first dot
        name = f"{kept}_{dot}{rest}"
    return _shortened(name, whole)


def article_id(text: str) -> str:
    """A safe id from a file's stem or from front matter. Letters of any script and their case are kept."""
    if _PLAIN_ID.fullmatch(text) and not _RESERVED.fullmatch(text):
        return text
    name = slugify(INVISIBLE.sub("", text), entities=False, allow_unicode=True, lowercase=False, regex_pattern=_NOT_ID)
    return _named(name.strip(".-~"), text)


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """The readable part of an address made from a name: `پاکستان`, `united-nations`. Equal for spellings that fold alike."""
    key = fold(name)
    return _named(slugify(key, entities=False, allow_unicode=True, regex_pattern=_NOT_SLUG), key)


def shard(name: str) -> str:
    """Two hex digits that spread names evenly over 256 folders: at 250,000 names a folder still holds about 1,000."""
    return hashlib.blake2b(name.encode(), digest_size=1).hexdigest()


_REFUSED = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$')
PATTERN_FIELDS = ("lang", "year", "month", "day", "id", "slug", "shard")
_FIELD = re.compile(r"\{(\w+)\}")


def pattern_problem(pattern: str) -> str | None:
    """What is wrong with a permalink pattern from `site.toml`, or `None`."""
    unknown = [name for name in _FIELD.findall(pattern) if name not in PATTERN_FIELDS]
    if unknown:
        return f"unknown field {{{unknown[0]}}}; known are " + ", ".join(f"{{{name}}}" for name in PATTERN_FIELDS)
    if "{id}" not in pattern:
        return "it must contain {id}, or two articles would share one address"
    if not pattern.startswith("/") or not pattern.endswith(".html") or ".." in pattern or "//" in pattern:
        return "it must start with a slash, end in .html and hold no `..` and no empty part"
    for part in pattern.split("/"):
        if _REFUSED.search(part) or (_RESERVED.fullmatch(part) and part.lower() != "index"):
            return f"Windows takes no file or folder called {part}"
    return None


def article_url(
    pattern: str, undated: str, *, id_: str, slug_: str | None, language: str, date: ArticleDate | None
) -> str:
    """The url of an article by the site's patterns. A date known to the year only stands in month `00`."""
    fields = {
        "lang": language,
        "id": id_,
        "slug": slug_ or id_,
        "shard": shard(id_),
        "year": "",
        "month": "",
        "day": "",
    }
    if date is not None:
        fields["year"] = f"{date.year:04d}"
        fields["month"] = f"{date.month or 0:02d}"
        fields["day"] = f"{date.day or 0:02d}"
    return _FIELD.sub(lambda found: fields[found[1]], undated if date is None else pattern)


FOLDERS = {
    "topic": "topics",
    "person": "people",
    "place": "places",
    "organisation": "organisations",
    "desk": "desks",
    "source": "sources",
    "credit": "credits",
}


def term_url(kind: str, name: str) -> str:
    """The page of a term: `/topics/3f/پاکستان.html`."""
    word = slug(name)
    return f"/{FOLDERS[kind]}/{shard(word)}/{word}.html"


def date_url(language: str, year: int, month: int | None = None, day: int | None = None) -> str:
    """A year's, month's or day's page: `/ur/2017/`, `/ur/2017/11/`, `/ur/2017/11/09/`."""
    url = f"/{language}/{year:04d}/"
    if month is not None:
        url += f"{month:02d}/"
    if day is not None:
        url += f"{day:02d}/"
    return url


def part_url(url: str, number: int) -> str:
    """A numbered page of a list: below the list's own address, so that the list and its parts are one folder."""
    return f"{url}part/{number}.html" if url.endswith("/") else f"{url[:-5]}/{number}.html"


def path_of(url: str) -> str:
    """The file of a url, relative to the output folder."""
    return url[1:] + "index.html" if url.endswith("/") else url[1:]


def root_of(url: str) -> str:
    """What leads from a page back to the root of the site: `""`, `"../"`, `"../../"`."""
    return "../" * url[1:].count("/")


def one_file(path: str, other: str) -> bool:
    """Whether two paths are one where capitals, or letters composed otherwise, are not told apart: on Windows and macOS."""
    return folded(path) == folded(other)


def folded(path: str) -> str:
    """The form of a path that such systems compare, closely enough: they differ in a few letters of dead scripts."""
    return path.lower() if path.isascii() else composed(composed(path).casefold())


@lru_cache(maxsize=65536)
def escaped(url: str) -> str:
    """`url` percent-encoded as links need it. Letters of other scripts are encoded too, so that every host and
    `sha256sum` agree on the bytes."""
    return quote(url, safe="/:?=&#,+~@!$'()*;-._")


def alias_url(text: str) -> str | None:
    """The url of a former address from front matter, or `None` if no static host can answer there: with a query, or
    with parts that lead elsewhere. Of a web address the path counts. A name without `.html` becomes a folder, since a
    host tells a file's type by its ending."""
    if any(ord(char) < 32 for char in text) or "\\" in text:
        return None
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return None
    path = "/" + unquote(parts.path, errors="replace").removeprefix("/")
    if parts.query or path == "/" or any(part in ("", ".", "..") for part in path[1:].removesuffix("/").split("/")):
        return None
    if any(len(part.encode()) > 255 or not part.isprintable() for part in path.split("/")):
        return None
    return path if path.endswith(("/", ".html", ".htm")) else path + "/"


def relative(url: str, root: str) -> str:
    """The link from a page with `root` to `url`. A folder's `index.html` is spelled out: `file://` has no default page."""
    where, mark, fragment = url.partition("#")
    path = escaped(path_of(where))
    return root + path + (mark + escaped(fragment) if mark else "")


def permalink(base_url: str, url: str) -> str:
    """The absolute address. `base_url` has no slash at its end; may be empty when the site has none."""
    return base_url + escaped(url)
