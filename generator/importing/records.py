"""The types that travel through an import: a raw record, what a format reads from it, and what becomes of it.

What lives here: types only, all plain data, so that a worker in another process (or machine) needs nothing else. A
`Raw` holds the bytes of one record as they stood in the export; a `Record` is what a format's reader understood, not yet
cleaned; an `Outcome` is ready to be written but for what only the parent knows: its id and place, and which pictures are
at hand.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from generator.model import ArticleDate

Form = Literal["plain", "html", "markdown"]


class Sample(Struct, frozen=True):
    """The beginning of a file, by which its format is recognised. `name` is as the user sees it; `head` holds at most
    `HEAD` bytes, all of the file if `size` says so (-1 when the size is not known)."""

    name: str
    head: bytes
    size: int = -1

    @property
    def suffix(self) -> str:
        base = self.name.rsplit("/", 1)[-1].lower()
        return "." + base.rsplit(".", 1)[1] if "." in base else ""

    @property
    def whole(self) -> bool:
        return 0 <= self.size <= len(self.head)


HEAD = 65_536


class Options(Struct, frozen=True):
    """What the user said of the sources; what is left out is found in them."""

    mapping: Mapping[str, str] = {}
    language: str | None = None
    encoding: str | None = None
    publisher: str | None = None
    licence: str | None = None
    collection: str | None = None
    date_order: Literal["dmy", "mdy"] | None = None
    recipes: tuple["Recipe", ...] = ()


class Recipe(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a site keeps things on its pages, as CSS selectors, for what is not found without help. `host` is a host's
    name or the end of one; an empty one fits every page."""

    host: str = ""
    content: str | None = None
    headline: str | None = None
    date: str | None = None
    byline: str | None = None
    standfirst: str | None = None
    topics: str | None = None
    remove: tuple[str, ...] = ()


class Plan(Struct, frozen=True):
    """How one source is read, decided before its first record: the same for all of its records, sent with each chunk.

    `mapping` leads from the source's fields to ours; `unmapped` are fields that were seen and that nothing of ours takes
    (they are kept as extra fields); `header` and `facts` are whatever the format itself needs.
    """

    format: str
    options: Options
    collection: str = ""
    mapping: Mapping[str, str] = {}
    unmapped: tuple[str, ...] = ()
    shape: str = ""
    encoding: str = "utf-8"
    encoding_why: str = ""
    publisher: str | None = None
    licence: str | None = None
    language: str | None = None
    base: str = ""
    date_order: Literal["dmy", "mdy"] | None = None
    header: bytes = b""
    facts: Mapping[str, str] = {}
    doubts: tuple[str, ...] = ()
    sure: bool = True


class Raw(Struct, frozen=True):
    """One record as it stands in its source. `number` counts from 1 and `offset` in bytes from 0, both in the file
    `leaf`; `facts` are what stood around the record and belongs to it (a WARC record's address, an attachment's)."""

    leaf: str
    number: int
    offset: int
    data: bytes
    facts: Mapping[str, str] = {}


class Reject(Struct, frozen=True):
    """A record that could not be read, and why."""

    raw: Raw
    reason: str


class Skipped(Struct, frozen=True):
    """Something that is no article (a draft, a menu, a style sheet), by what it is."""

    kind: str


class Image(Struct, frozen=True):
    """A picture of an article. `address` is as the source has it, absolute or relative to the file; `markup` is the
    caption as sanitised HTML where it says more than its text."""

    address: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    markup: str = ""


class Person(Struct, frozen=True):
    name: str
    role: str | None = None


class Record(Struct):
    """What a format's reader understood of one record. Text is as it stood there; `finishing` cleans it. Dates are text
    in any writing, or already read."""

    headline: str | None = None
    text: str = ""
    form: Form = "plain"
    id: str | None = None
    url: str | None = None
    published: str | ArticleDate | None = None
    modified: str | ArticleDate | None = None
    captured: str | None = None
    language: str | None = None
    # Templates of web pages often name another language than their text is in: then the text is believed first.
    language_doubtful: bool = False
    standfirst: str | None = None
    bylines: list[Person] = []
    topics: list[str] = []
    people: list[str] = []
    places: list[str] = []
    organisations: list[str] = []
    desk: str | None = None
    publisher: str | None = None
    licence: str | None = None
    slug: str | None = None
    aliases: list[str] = []
    images: list[Image] = []
    extra: dict[str, str] = {}
    draft: bool = False
    encoding: str = "utf-8"
    dropped: list[str] = []
    doubts: list[str] = []
    # The bytes that the SHA-256 is made of, when not those of the raw record (a WARC record's payload).
    original: bytes | None = None
    key: str | None = None
    # The body where a reader made blocks of it itself; then there is no `text`.
    parts: list["str | Image"] | None = None


Part = str | Image


class Outcome(Struct, frozen=True):
    """A record ready to be written. `front` are lines of front matter without id and pictures; `parts` the body's
    blocks; `names` are ids to try, best first; `substance` tells whether anything but its origin changed."""

    leaf: str
    number: int
    offset: int
    key: str
    names: tuple[str, ...]
    suffix: str
    front: str
    origin: Mapping[str, str]
    parts: tuple[Part, ...]
    substance: bytes
    sha256: str
    language: str
    date: ArticleDate | None
    headline: str
    words: int
    text_digest: bytes
    sketch: bytes
    terms: tuple[tuple[str, str], ...]
    encoding: str
    dropped: tuple[str, ...]
    doubts: tuple[str, ...]
    fields: tuple[str, ...]
    publisher: str
    licence: str


class Chunk(Struct, frozen=True):
    """Work for one process: records of one source."""

    plan: Plan
    raws: tuple[Raw, ...]


class Unreadable(Exception):
    """A record, or a whole source, that its format cannot read. The message says why, for the user."""


class Missing(Unreadable):
    """A format that needs a package which is not installed."""
