"""The review: what the archive's statistics suggest, for the archivist to decide in a spreadsheet.

`topics-review.csv` has a row for each phrase: language, phrase, in how many articles and headlines, a topic it may be
another name of, three headlines, and an empty column `decision`. In it the archivist writes `accept` (a topic of its own;
`accept person` gives the kind), `alias-of ID`, or `reject`; what is empty stays open. Decisions go into the vocabulary.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from generator.topics.vocabulary import KINDS, Topic, Vocabulary
from generator.topics.vocabulary_file import changed
from generator.topics.words import fold_text
from generator.urls import slug

FILE = "topics-review.csv"
COLUMNS = (
    "language",
    "phrase",
    "articles",
    "headlines",
    "published",
    "may be",
    "example 1",
    "example 2",
    "example 3",
    "decision",
)


class Proposal(Struct, frozen=True):
    """A phrase to decide on. `near` is the id of a topic that has nearly its name."""

    language: str
    phrase: str
    articles: int
    headlines: int
    published: bool
    near: str | None
    examples: tuple[str, ...]


def as_csv(proposals: Iterable[Proposal]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in proposals:
        shown = [*one.examples, "", "", ""][:3]
        row = [
            one.language,
            one.phrase,
            one.articles,
            one.headlines,
            "yes" if one.published else "",
            one.near or "",
            *shown,
            "",
        ]
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell for cell in row])
    return out.getvalue()


def decisions(text: str) -> Iterator[tuple[int, str, str, str]]:
    """(line, language, phrase, decision) of the rows that are decided."""
    rows = csv.DictReader(io.StringIO(text))
    for row in rows:
        decision = (row.get("decision") or "").strip()
        phrase = (row.get("phrase") or "").strip().removeprefix("'")
        if decision and phrase:
            yield rows.line_num, (row.get("language") or "").strip(), phrase, decision


def decided(
    vocabulary: Vocabulary, known: Sequence[str], rows: Iterable[tuple[int, str, str, str]]
) -> tuple[list[Topic], list[tuple[int, str]]]:
    """The vocabulary's entries after the decisions, and the (line, message) of those that cannot be carried out. `known`
    are ids besides those of the vocabulary."""
    topics = list(vocabulary.topics)
    wrong: list[tuple[int, str]] = []
    for line, language, phrase, decision in rows:
        word, _, rest = decision.partition(" ")
        by_id = {topic.id: topic for topic in topics}
        if word == "accept":
            kind = rest.strip() or "subject"
            if kind not in KINDS:
                wrong.append((line, f"unknown kind {kind!r}; kinds are {', '.join(KINDS)}"))
                continue
            id_ = slug(phrase)
            entry = by_id.get(id_, Topic(id_))
            topics = changed(
                topics,
                msgspec.structs.replace(entry, kind=kind, label=entry.label or ((language, phrase),), hide=False),
            )
        elif word == "alias-of":
            id_ = rest.strip()
            if id_ not in by_id and id_ not in known:
                wrong.append((line, f"there is no topic {id_!r}"))
                continue
            entry = by_id.get(id_, Topic(id_))
            names = tuple(dict.fromkeys((*entry.names, (language, phrase))))
            former = tuple(dict.fromkeys((*entry.formerly, phrase)))
            topics = changed(topics, msgspec.structs.replace(entry, names=names, formerly=former))
        elif word == "reject":
            id_ = slug(phrase)
            topics = changed(topics, Topic(id_, "subject", ((language, phrase),), hide=True, note="rejected in review"))
        else:
            wrong.append((line, f"{decision!r} is no decision; write accept, alias-of ID or reject"))
    return topics, wrong


def near(phrase: str, language: str, names: dict[str, str]) -> str | None:
    """The id of a topic whose name differs from `phrase` in spaces, in `ہ` and `ھ`, or in one letter of a long word.
    `names` are `skeleton` → id."""
    return names.get(skeleton(phrase, language))


def skeleton(name: str, language: str) -> str:
    """A name without what spellings of it differ in: `ویت نام` and `ویتنام`, `انھوں` and `انہوں` have one."""
    key = "".join(fold_text(name, language))
    return (
        key.replace("ھ", "ه").replace("ۂ", "ه").replace("ئ", "ی").replace("ؤ", "و").replace("ء", "").replace("ے", "ی")
    )
