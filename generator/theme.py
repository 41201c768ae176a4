"""The theme: where its files are found, and what an archive of given languages needs of them.

What lives here: the order in which a site's own files and the theme's are looked up, by what a change of a template is
told, the table of faces, and the one style sheet and the fonts that are written. What does not: rendering (`render`), and
what pages look like (`templates/`).

The style sheet is put together from the files of `static/css/` in the order of their names, so that a site adds
`90-mine.css` or replaces `50-article.css` without a copy of the rest. `@font-face` rules are generated, because only
the faces that the archive's languages need are written, and because the fallback of each face must carry its measures:
a fallback that is as wide and as high as the face moves nothing when the face arrives. No CSS library: what is removed
is comments and space.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from generator.digest import digest
from generator.language import script_of

STATIC = "static"
STYLES = "static/roznama.css"
_CSS = "static/css/"
_FONTS = "static/fonts/"


class StaticFile(Struct, frozen=True):
    """A file to be written below the output folder; `path` has `/` and no leading one."""

    path: str
    data: bytes


class Styles(Struct, frozen=True):
    """Colours a site sets in `site.toml`, as `#rrggbb`; `None` leaves the theme's."""

    accent: str | None = None
    accent_dark: str | None = None
    paper: str | None = None
    paper_dark: str | None = None
    ink: str | None = None
    ink_dark: str | None = None


class Fallback(Struct, frozen=True):
    """A font that devices have, and the factors that make it as wide as the face, in per cent: at 400 and at 700.

    `names` and `bold_names` are PostScript names: `local()` finds no families, and full names differ in how they end.
    Factors were measured in Chromium on Urdu, Arabic, Persian and Hebrew news paragraphs; Georgia's and Times New
    Roman's follow from the average widths that Capsize publishes. Of Arabic in Apple's and Microsoft's fonts no figures
    are to be had.
    """

    names: tuple[str, ...]
    size: float
    bold_names: tuple[str, ...]
    bold_size: float


def _noto(family: str, size: float, bold_size: float, *, interface: bool = False) -> Fallback:
    """A font of the Noto family; Android's Arabic ones are called `UI`."""
    names = (family, f"{family}UI") if interface else (family,)
    return Fallback(
        tuple(f"{name}-Regular" for name in names), size, tuple(f"{name}-Bold" for name in names), bold_size
    )


class Face(Struct, frozen=True):
    """A font. `ascent` and `descent` are in per cent of its em, from its `hhea` table; `token`
    is the name by which the style sheet calls the face and its fallbacks, `script` the letters its fallbacks serve."""

    token: str
    family: str
    file: str
    licence: str
    ascent: float
    descent: float
    range: str
    script: str | None = None
    italic: bool = False
    weight: str = "400 700"
    fallbacks: tuple[Fallback, ...] = ()


_ARABIC = "U+600-6FF,U+750-77F,U+8C7,U+200C-200E,U+2010-2011,U+FD3E-FD3F,U+FDF2,U+FDFA-FDFD"
# English and the points of all scripts, in a file of its own: it is all that most right-to-left pages need of Latin.
_ENGLISH = (
    "U+20-7E,U+A0,U+A9,U+AB,U+B0,U+B7,U+BB,U+D7,U+2002,U+2009,U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,"
    "U+2032-2033,U+2039-203A,U+20AC,U+2212"
)
_LATIN_1 = (
    "U+A1-A8,U+AA,U+AC-AF,U+B1-B6,U+B8-BA,U+BC-D6,U+D8-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2122"
)
_LATIN_EXT = (
    "U+100-130,U+132-151,U+154-2BA,U+2BD-2C5,U+2C7-2D9,U+2DB,U+2DD-323,U+1E00-1EFF,U+20A0-20AB,U+20AD-20C0"
)
_HEBREW = "U+590-5FF,U+20AA,U+FB1D-FB4F"


def _arabic_fallbacks(naskh: tuple[float, float], sans: tuple[float, float]) -> tuple[Fallback, ...]:
    """Fallbacks of an Arabic face: what Android and Linux have."""
    return (_noto("NotoNaskhArabic", *naskh, interface=True), _noto("NotoSansArabic", *sans, interface=True))


NASTALIQ_FACE = Face(
    "nastaliq", "Noto Nastaliq Urdu", "noto-nastaliq-urdu.woff2", "OFL-noto-nastaliq-urdu.txt",
    190.4, 59.6, _ARABIC, "U+600-8FF", weight="400",
    fallbacks=_arabic_fallbacks((92.4, 92.4), (84.5, 84.5)),
)  # fmt: skip
"""In one weight: Nastaliq is told apart by size, and the second weight would cost 65 KB of 190."""
NASKH_FACE = Face(
    "naskh", "Noto Naskh Arabic", "noto-naskh-arabic.woff2", "OFL-noto-naskh-arabic.txt",
    106.9, 63.4, _ARABIC, "U+600-8FF",
    fallbacks=_arabic_fallbacks((100, 100), (90.6, 85.5)),
)  # fmt: skip
VAZIRMATN_FACE = Face(
    "vazirmatn", "Vazirmatn", "vazirmatn.woff2", "OFL-vazirmatn.txt",
    102.54, 53.71, _ARABIC, "U+600-8FF",
    fallbacks=_arabic_fallbacks((109.9, 108.1), (100, 92.1)),
)  # fmt: skip
HEBREW_FACE = Face(
    "hebrew", "Noto Serif Hebrew", "noto-serif-hebrew.woff2", "OFL-noto-serif-hebrew.txt",
    89.6, 29, _HEBREW, "U+590-5FF",
    fallbacks=(
        _noto("NotoSerifHebrew", 100, 100),
        _noto("NotoSansHebrew", 96.3, 92.5),
    ),
)  # fmt: skip
LATIN_FACE = Face(
    "latin", "Newsreader", "newsreader.woff2", "OFL-newsreader.txt", 73.5, 26.5, _ENGLISH,
    fallbacks=(
        Fallback(("Georgia",), 96.1, ("Georgia-Bold",), 89),
        _noto("NotoSerif", 88.1, 89.3),
        Fallback(
            ("TimesNewRomanPSMT", "LiberationSerif"), 105.5, ("TimesNewRomanPS-BoldMT", "LiberationSerif-Bold"), 106.7
        ),
    ),
)  # fmt: skip
LATIN_1_FACE = Face("latin", "Newsreader", "newsreader-latin1.woff2", "OFL-newsreader.txt", 73.5, 26.5, _LATIN_1)
LATIN_EXT_FACE = Face("latin", "Newsreader", "newsreader-ext.woff2", "OFL-newsreader.txt", 73.5, 26.5, _LATIN_EXT)
ITALIC_FACE = Face(
    "latin", "Newsreader", "newsreader-italic.woff2", "OFL-newsreader.txt", 73.5, 26.5, "U+0-FF", italic=True
)

FACES = (NASTALIQ_FACE, NASKH_FACE, VAZIRMATN_FACE, HEBREW_FACE, LATIN_FACE, LATIN_1_FACE, LATIN_EXT_FACE, ITALIC_FACE)
"""All faces of the theme, in the order of their rules."""


def faces_of(language: str) -> tuple[Face, ...]:
    """The faces pages in `language` are set in, the one for reading first. Every archive has the Latin one: digits,
    dates and names of the world stand in all scripts. Scripts without a face here use those of the device."""
    latin = (LATIN_FACE, LATIN_1_FACE)
    script = script_of(language)
    base = language.split("-")[0]
    if script == "Arab":
        if base in ("fa", "prs"):
            return (VAZIRMATN_FACE, *latin)
        if base in ("ur", "ks", "pa", "pnb", "skr"):
            return (NASTALIQ_FACE, NASKH_FACE, *latin)
        return (NASKH_FACE, *latin)
    if script == "Hebr":
        return (HEBREW_FACE, *latin)
    if script == "Latn":
        return (*latin, LATIN_EXT_FACE, ITALIC_FACE)
    return latin


def preload(language: str) -> str | None:
    """The url of the one font to load before the style sheet asks for it: the reading face of the page's language."""
    face = faces_of(language)[0]
    native = face is not LATIN_FACE or script_of(language) == "Latn"
    return f"/{_FONTS}{face.file}" if native else None


def folder() -> Path:
    """The theme's own folder: inside the package in a wheel, at the top of the repository in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "theme"
    return inside if inside.is_dir() else package.parent / "templates"


class Theme:
    """The theme as one site sees it: its own files first, then the theme's."""

    def __init__(self, site: Path | None = None) -> None:
        """`site` is the folder of `site.toml`; its `templates/` and `static/` override the theme file by file."""
        own = folder()
        site = site.resolve() if site is not None else None
        templates = () if site is None or site / "templates" == own else (site / "templates",)
        self.template_folders = (*(path for path in templates if path.is_dir()), own)
        statics = [own / STATIC, *(path / STATIC for path in templates), *(() if site is None else (site / STATIC,))]
        self._static_folders = tuple(dict.fromkeys(path for path in statics if path.is_dir()))

    def static_files(self, languages: Collection[str], styles: Styles) -> tuple[StaticFile, ...]:
        """Every static file an archive of `languages` needs, in the order of their paths: the same bytes for the same
        arguments and files. Raises `OSError` when a file cannot be read."""
        found = self._found()
        faces = [face for face in FACES if any(face in faces_of(language) for language in languages)]
        kept = {_FONTS + name for face in faces for name in (face.file, face.licence)}
        unused = {_FONTS + name for face in FACES for name in (face.file, face.licence)} - kept
        sheets = {name: path.read_text("utf-8") for name, path in found.items() if _is_sheet(name)}
        sheets.setdefault(_CSS + "00-faces.css", "\n".join(_face_rules(faces)))
        sheets.setdefault(_CSS + "15-colours.css", _colours(styles))
        style = "".join(minified(sheets[name]) for name in sorted(sheets))
        files = {name: path for name, path in found.items() if name not in unused and not _is_sheet(name)}
        written = [StaticFile(name, _written(path)) for name, path in files.items() if name != STYLES]
        return tuple(sorted([*written, StaticFile(STYLES, style.encode())], key=lambda file: file.path))

    def _found(self) -> Mapping[str, Path]:
        """The files of `static/` by the path they are written to; a site's own replace the theme's."""
        found: dict[str, Path] = {}
        for base in self._static_folders:
            for path in sorted(base.rglob("*")):
                name = path.relative_to(base).as_posix()
                if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
                    found[f"{STATIC}/{name}"] = path
        return found


def _is_sheet(name: str) -> bool:
    return name.startswith(_CSS) and name.endswith(".css")


def _face_rules(faces: Collection[Face]) -> Iterator[str]:
    """`@font-face` for each face and its fallbacks, and a custom property that lists their families.

    A fallback has the ascent and descent of its face, so that no line changes its height or baseline when the face
    arrives, and nearly its width, so that few lines break elsewhere.
    """
    for face in faces:
        script = f";unicode-range:{face.script}" if face.script else ""
        style = "font-style:italic;" if face.italic else ""
        yield (
            f'@font-face{{font-family:"{face.family}";src:url("fonts/{face.file}") format("woff2");font-weight:{face.weight};'
            f"{style}font-display:swap;unicode-range:{face.range}}}"
        )
        for number, fallback in enumerate(face.fallbacks, 1):
            regular, bold = (fallback.names, fallback.size), (fallback.bold_names, fallback.bold_size)
            both = (("400 599", *regular), ("600 700", *bold))
            for weight, names, size in both if " " in face.weight else (("400", *regular),):
                local = ",".join(f'local("{name}")' for name in names)
                yield (
                    f'@font-face{{font-family:"{face.token} {number}";src:{local};font-weight:{weight};'
                    f"size-adjust:{size:g}%;ascent-override:{face.ascent * 100 / size:.4g}%;"
                    f"descent-override:{face.descent * 100 / size:.4g}%;line-gap-override:0%{script}}}"
                )
    families: dict[str, list[str]] = {}
    for face in faces:
        listed = families.setdefault(face.token, [f'"{face.family}"'])
        listed += [f'"{face.token} {number}"' for number in range(1, len(face.fallbacks) + 1)]
    yield ":root{" + ";".join(f"--face-{token}:{','.join(of)}" for token, of in families.items()) + "}"


def _colours(styles: Styles) -> str:
    day = {"accent": styles.accent, "paper": styles.paper, "ink": styles.ink}
    night = {"accent": styles.accent_dark, "paper": styles.paper_dark, "ink": styles.ink_dark}
    light, dark = (";".join(f"--{name}:{value}" for name, value in part.items() if value) for part in (day, night))
    rules = [f":root{{{light}}}"] if light else []
    if dark:
        rules.append(f'@media (prefers-color-scheme:dark){{:root:not([data-shade="light"]){{{dark}}}}}')
        rules.append(f':root[data-shade="dark"]{{{dark}}}')
    return "".join(rules)


def _written(path: Path) -> bytes:
    """The bytes of a static file as they are written: the theme's own scripts without comments and indentation, a sixth
    less on the wire. They have no string over several lines; a site's own may, and are left as they are."""
    data = path.read_bytes()
    if path.suffix != ".js" or not path.is_relative_to(folder()):
        return data
    lines = (line.strip() for line in data.decode().splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")).encode() + b"\n"


def minified(css: str) -> str:
    """`css` without comments and idle space. Strings in it may hold anything but `/*`."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    pieces = re.split(r'("[^"\n]*")', css)
    for at in range(0, len(pieces), 2):
        piece = re.sub(r"\s+", " ", pieces[at])
        pieces[at] = re.sub(r" ?([{};,>]) ?", r"\1", piece).replace(": ", ":").replace(";}", "}")
    return "".join(pieces).strip()


class Templates:
    """The sources of the templates, and a digest of each with all that it extends, includes or imports: what a change
    of it can be told by.

    References are found in the text of the tags and not by parsing, which takes a quarter of a second at each start. A
    string that names no template counts as the beginning of several (`"blocks/" ~ kind(block) ~ ".html"`); a tag with
    no string at all may mean any template. A template that is missing or broken has a digest as well: its pages are
    planned, fail when they are rendered, and keep the files they have.
    """

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._sources: dict[str, bytes] = {}
        for folder in reversed(folders):
            for path in sorted(folder.rglob("*")):
                name = path.relative_to(folder).as_posix()
                if path.is_file() and not name.startswith("static/"):
                    self._sources[name] = path.read_bytes()

    def digest(self, name: str) -> bytes:
        """16 bytes that stand for the template `name`."""
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                waiting += self._referenced(at)
        return digest([(at, self._sources.get(at)) for at in sorted(seen)])

    def _referenced(self, name: str) -> list[str]:
        found: list[str] = []
        for tag in _REFERENCE.findall(self._sources.get(name, b"").decode("utf-8", "replace")):
            strings = [one or other for one, other in _STRING.findall(tag)]
            for text in strings or [""]:
                found += [text] if text in self._sources else [at for at in self._sources if at.startswith(text)]
        return found


_REFERENCE = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)(?:\bimport\b.*?)?%\}", re.DOTALL)
_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'")
