"""What goes into a reader and what comes out: the file's place, the site's reading rules, and the reading.

What lives here: types only. `Rules` and `ReadingOptions` are plain data without compiled patterns, so that a task can
carry them to another process; what is compiled from them is kept there by `labels.lexicon`.
"""

from typing import Literal

from msgspec import Struct

from generator.model import Article
from generator.problems import Problem

GuessKind = Literal["paragraph", "heading", "alt"]


class Source(Struct, frozen=True):
    """A file and where it stands. `path` is its POSIX path below the content folder; `pictures` are the picture files
    that belong to it by name (`<stem>/1.jpg`, `<stem>-1.jpg`), as paths of the same kind in natural order."""

    path: str
    pictures: tuple[str, ...] = ()


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """What `[reading]` in `site.toml` adds for other publishers; every list is of plain text, none is a pattern.

    Labels stand before a value on one line (`Photo: Reuters`), with or without a comma or colon. Headings, buttons and
    other whole lines are compared as a whole. `{site}` in `embeds` stands for a name of one to three words. `*` at the
    start or end of a `residue` line stands for any text: `Download our app*`.
    """

    caption_labels: tuple[str, ...] = ()
    video_labels: tuple[str, ...] = ()
    audio_labels: tuple[str, ...] = ()
    credit_labels: tuple[str, ...] = ()
    author_labels: tuple[str, ...] = ()
    role_labels: tuple[str, ...] = ()
    published_labels: tuple[str, ...] = ()
    updated_labels: tuple[str, ...] = ()
    read_also: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    promos: tuple[str, ...] = ()
    separators: tuple[str, ...] = ()
    residue: tuple[str, ...] = ()


class ReadingOptions(Struct, frozen=True):
    """How a site wants its files read.

    `language` is what a text is in when it does not say otherwise: a prior that decides short and doubtful texts and
    that strong evidence in a text beats (archives are often bilingual). `languages`, when given, are the only ones
    considered; a single one means that everything is in it. `encoding` is pinned by the site and `legacy_encoding` was
    decided for the collection; both only concern files that are not Unicode. With `ids` of `path`, an id is made of
    folders and stem, for archives whose stems repeat.
    """

    language: str | None = None
    languages: tuple[str, ...] = ()
    encoding: str | None = None
    legacy_encoding: str | None = None
    ids: Literal["stem", "path"] = "stem"
    rules: Rules = Rules()


class Guess(Struct, frozen=True):
    """A line whose role was weighed. `margin` tells by how much the winner won, `reasons` are the weights that counted,
    strongest first, as `+2.0 shorter than a paragraph here`. `inspect` shows them all, a report only the narrow ones."""

    line: int
    kind: GuessKind
    margin: float
    reasons: tuple[str, ...] = ()


class Reading(Struct, frozen=True):
    """What became of one file. `article` is `None` when nothing could be made of it; then `problems` says why, or
    `legacy` asks the caller to decide an encoding for the collection and to read again."""

    article: Article | None
    problems: tuple[Problem, ...] = ()
    legacy: bool = False
    guesses: tuple[Guess, ...] = ()
