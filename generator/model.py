"""The types that travel through a build. All are frozen; an object is complete when it is made.

What lives here: the shape of an article and of its parts. What does not: how they are read (`readers/`), stored
(`catalogue/`) or shown (`pages/`). They are `msgspec.Struct`s and not dataclasses, because a frozen dataclass costs
about 1 µs a field to make (an article has some hundred fields in its blocks), and because one encoder then serves
digests, the catalogue and `inspect --json`.

Text in these types is plain text in logical order: cleaned of control characters (`text.clean`) and with bidi
controls balanced, otherwise as the source wrote it. `html`, where a part has it, is sanitised markup of the same text
(only Markdown makes it); `None` means "the text, escaped".
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Direction = Literal["rtl", "ltr"]
Medium = Literal["image", "video", "audio"]
Precision = Literal["year", "month", "day", "time"]
DateOrigin = Literal["stated", "text", "file name", "folder name", "url"]
TermKind = Literal["topic", "person", "place", "organisation", "desk", "source"]


class ArticleDate(Struct, frozen=True):
    """A date as far as it is known: never more precise than its source.

    `time` is `HH:MM` or `HH:MM:SS`, followed by `Z` or `+HH:MM` when the zone is known. `origin` says where the date
    was found. The year is Gregorian whatever calendar the source used.
    """

    year: int
    month: int | None = None
    day: int | None = None
    time: str | None = None
    origin: DateOrigin = "stated"

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return "year"
        if self.day is None:
            return "month"
        return "day" if self.time is None else "time"

    @property
    def iso(self) -> str:
        """ISO 8601, as long as the date is known: `2017`, `2017-11`, `2017-11-11` or `2017-11-11T14:05:00+05:00`."""
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        day = f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return day if self.time is None else f"{day}T{self.time}"


class Paragraph(Struct, frozen=True, tag="paragraph"):
    """A paragraph. `line` is where it begins in the source; `language` is its own where it is not the article's."""

    text: str
    line: int
    language: str | None = None
    html: str | None = None


class Heading(Struct, frozen=True, tag="heading"):
    """A subheading. `level` is 2 to 6: 1 is the headline's."""

    text: str
    line: int
    level: int = 2
    language: str | None = None
    html: str | None = None


class Figure(Struct, frozen=True, tag="figure"):
    """A picture, video or sound as the page showed it. `src` is a file beside the article, relative to the content
    folder; `None` when the picture itself is not in the archive, as in every plain dump."""

    line: int
    alt: str | None = None
    credit: str | None = None
    caption: str | None = None
    src: str | None = None
    medium: Medium = "image"
    language: str | None = None
    caption_html: str | None = None


class Quotation(Struct, frozen=True, tag="quotation"):
    """A quotation set apart, and whose words they are, where that is said."""

    text: str
    line: int
    attribution: str | None = None
    language: str | None = None
    html: str | None = None


class ItemList(Struct, frozen=True, tag="list"):
    """A list. `start` is the number of the first item of an `ordered` one."""

    items: tuple[str, ...]
    line: int
    ordered: bool = False
    start: int = 1
    language: str | None = None
    items_html: tuple[str, ...] | None = None


class Table(Struct, frozen=True, tag="table"):
    """Rows of cells, all of one width. `head` tells that the first row names the columns."""

    rows: tuple[tuple[str, ...], ...]
    line: int
    head: bool = False
    language: str | None = None
    rows_html: tuple[tuple[str, ...], ...] | None = None


class Link(Struct, frozen=True):
    """What is left of a link: its words, and its address where that was kept."""

    text: str
    url: str | None = None


class ReadAlso(Struct, frozen=True, tag="read_also"):
    """A box of links to other articles: its heading and what is left of the links, often nothing."""

    text: str
    line: int
    items: tuple[Link, ...] = ()
    language: str | None = None


class Embed(Struct, frozen=True, tag="embed"):
    """Something of another site that stood in the page (a post, a video): what is left of its text, and its address."""

    text: str
    line: int
    url: str | None = None
    language: str | None = None


class Fragment(Struct, frozen=True, tag="fragment"):
    """Sanitised markup that fits no other kind (code, nested lists, notes, a rule). `text` is what a reader sees."""

    text: str
    html: str
    line: int
    language: str | None = None


Block = Paragraph | Heading | Figure | Quotation | ItemList | Table | ReadAlso | Embed | Fragment


class SetAside(Struct, frozen=True):
    """A line that is most likely not the article's: shown at the foot of the page, never dropped. `reason` is a code
    (`residue`, `share`, `promo`, `skip-link`, `timestamp`, `repeated-headline`, `truncated`, ...)."""

    text: str
    line: int
    reason: str


class Byline(Struct, frozen=True):
    """Somebody who made the article, and as what. `line` is where the name stood in the text, if it stood there."""

    name: str
    role: str | None = None
    line: int | None = None


class Withdrawal(Struct, frozen=True):
    """That an article was taken back: when and why, as far as it is said. Nothing else of it is shown."""

    date: ArticleDate | None = None
    reason: str | None = None


class Topic(Struct, frozen=True):
    """A topic, person, place or organisation as front matter states it."""

    name: str
    kind: TermKind = "topic"


class Rendition(Struct, frozen=True):
    """A picture in one width, in pixels; `url` starts with a slash."""

    url: str
    width: int
    height: int


class Picture(Struct, frozen=True):
    """A picture of the archive as pages show it: the original file's url and size, and smaller widths in rising order."""

    original: str
    width: int
    height: int
    renditions: tuple[Rendition, ...] = ()


class Article(Struct, frozen=True):
    """One article as it was read. `source` is the file's path below the content folder, with `/`.

    `digest` covers the bytes of the source and all that decided how they were read; two articles with the same digest
    render the same body. `translation_of` is the id of the article it was made from, `translations` of those that were
    made from it.
    """

    id: str
    source: str
    language: str
    direction: Direction
    headline: str
    digest: bytes
    headline_line: int = 1
    headline_html: str | None = None
    standfirst: str | None = None
    bylines: tuple[Byline, ...] = ()
    published: ArticleDate | None = None
    modified: ArticleDate | None = None
    terms: tuple[Topic, ...] = ()
    slug: str | None = None
    url: str | None = None
    publisher: str | None = None
    licence: str | None = None
    aliases: tuple[str, ...] = ()
    draft: bool = False
    withdrawn: Withdrawal | None = None
    translation_of: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    extra: Mapping[str, str] = {}
    language_origin: str = "text"
    encoding: str = "utf-8"


class Section(Struct, frozen=True):
    """A heading and the blocks under it, computed for reading and for the table of contents. The newsroom's section
    is a `desk`, so that one word has one meaning."""

    heading: Heading | None
    anchor: str
    blocks: tuple[Block, ...]


class Teaser(Struct, frozen=True):
    """What other pages may show of an article. Its digest is what they depend on, so that a typing error mended in a
    body renders one page again and no list."""

    id: str
    url: str
    language: str
    direction: Direction
    headline: str
    standfirst: str | None = None
    published: ArticleDate | None = None
    topics: tuple[str, ...] = ()
    picture: Picture | None = None
    alt: str | None = None


class Scope(Struct, frozen=True):
    """Pages of one kind whose keys are from `first` to before `end`, in code points' order: those that a part of a plan
    replaces."""

    kind: str
    first: str = ""
    end: str = "\U0010ffff"

    @classmethod
    def of(cls, kind: str, key: str) -> "Scope":
        """The page with this key."""
        return cls(kind, key, f"{key}\0")

    @classmethod
    def below(cls, kind: str, prefix: str) -> "Scope":
        """The pages whose keys begin so."""
        return cls(kind, prefix, f"{prefix}\U0010ffff")


class Page(Struct, frozen=True):
    """One output file, planned. `inputs` is the digest of everything the page shows; when it is the digest the page
    was last written with, the page is left alone. `kind` and `key` say what it is; `needs` is what planning already
    knows and loading would otherwise have to ask again (an article's neighbours in time)."""

    kind: str
    key: str
    url: str
    path: str
    inputs: bytes
    needs: str = ""
