"""What an import proposes for the site: `site.toml` and `vocabulary.toml`, written where there are none.

What lives here: text of two small files from what the records said. What does not: any change of files that are there: then
the proposal is left in `.roznama/import/`, to be compared.
"""

import re
from collections import Counter
from pathlib import Path

from msgspec import Struct

from generator.importing.ledger import Ledger
from generator.importing.placing import write
from generator.text import fold
from generator.urls import slug

MOST_TOPICS = 1000
FEWEST_ARTICLES = 2
"""Articles that a category or tag must stand on to be proposed as an entry of the vocabulary."""
_KINDS = {"topic": "subject", "person": "person", "place": "place", "organisation": "organisation"}


class Proposal(Struct, frozen=True):
    """A file and whether it was put in its place, or beside for comparison."""

    path: Path
    placed: bool


def propose(ledger: Ledger, content: Path, state: Path) -> list[Proposal]:
    """Write both files. A site that has its own keeps them."""
    folder = content.resolve().parent
    out: list[Proposal] = []
    for name, text in (("site.toml", site_text(ledger, content)), ("vocabulary.toml", vocabulary_text(ledger))):
        if not text:
            continue
        there = (folder / name).exists() or (name == "vocabulary.toml" and (folder / "vocabulary.csv").exists())
        target = state / name if there else folder / name
        write(target, text.encode())
        out.append(Proposal(target, not there))
    return out


def _quoted(text: str) -> str:
    return '"' + re.sub(r"[\x00-\x1f\x7f]", " ", text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def site_text(ledger: Ledger, content: Path) -> str:
    """`site.toml` from the most frequent publisher and language and the licence that all records share."""
    languages = [(code, count) for code, count in ledger.totals("language") if code != "und"]
    publishers = [(name, count) for name, count in ledger.totals("publisher") if name]
    if not languages:
        return ""
    lines = ["# Proposed by roznama import; docs/configuration.md explains every key.", ""]
    if publishers:
        lines.append(f"title = {_quoted(publishers[0][0])}")
    lines.append(f"language = {_quoted(languages[0][0])}")
    if content.name != "content":
        lines.append(f"content = {_quoted(content.name)}")
    licences = ledger.licences()
    if len(licences) == 1 and licences[0][0]:
        address = re.match(r"https?://\S+$", licences[0][0])
        lines += ["", "[licence]", f"name = {_quoted(licences[0][0])}"] + (
            [f"url = {_quoted(licences[0][0])}"] if address else []
        )
    return "\n".join(lines) + "\n"


def vocabulary_text(ledger: Ledger) -> str:
    """`vocabulary.toml` from categories, tags and names: spellings that fold alike are one entry, and its label in each
    language is the spelling met most often. One word alone is a weak name: `خبریں` stands in every article."""
    spellings: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for kind, name, language in ledger.terms():
        spellings.setdefault((kind, fold(name)), Counter())[language, name] += 1
    ranked = sorted(
        ((sum(found.values()), key, found) for key, found in spellings.items()), key=lambda item: (-item[0], item[1])
    )
    parts = []
    seen: set[str] = set()
    for count, (kind, key), found in ranked[:MOST_TOPICS]:
        id_ = slug(key)
        if count < FEWEST_ARTICLES or id_ in seen or not id_:
            continue
        seen.add(id_)
        labels: dict[str, str] = {}
        for (language, name), _ in sorted(found.items(), key=lambda item: (-item[1], item[0])):
            if re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language) and language != "und":
                labels.setdefault(language, name)
        if not labels:
            continue
        table = ", ".join(f"{language} = {_quoted(name)}" for language, name in sorted(labels.items()))
        lines = ["[[topic]]", f"id = {_quoted(id_)}", f"kind = {_quoted(_KINDS[kind])}", f"label = {{ {table} }}"]
        weak = {language: name for language, name in labels.items() if " " not in name.strip()}
        if weak and kind == "topic":
            lines.append(
                "weak = { "
                + ", ".join(f"{language} = [{_quoted(name)}]" for language, name in sorted(weak.items()))
                + " }"
            )
        lines.append(f"note = {_quoted(f'{count:,} imported articles state it')}")
        parts.append("\n".join(lines))
    head = "# Proposed by roznama import from categories, tags and names; docs/topics.md explains every key.\n\n"
    return head + "\n\n".join(parts) + "\n" if parts else ""
