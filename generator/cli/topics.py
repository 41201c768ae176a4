"""`roznama topics`: what the archive is about, why, and the archivist's last word on it.

`list`, `show`, `without` and `export` ask the catalogue of the last build; `rename`, `merge`, `hide` and `review` write
`vocabulary.toml` (or `.csv`), which the next build follows.
"""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from generator import language
from generator.catalogue import Catalogue
from generator.catalogue.entries import TermEntry
from generator.cli.console import show_problem, show_problems
from generator.cli.options import Place, json_option, site_options
from generator.config import Site
from generator.model import TermKind
from generator.problems import FSI, PDI, Problem, quoted
from generator.text import nearest
from generator.topics import packs, review
from generator.topics.phrases import ARTICLES, HEADLINES
from generator.topics.reading import Naming, resolve
from generator.topics.registry import Registry, registry_of
from generator.topics.vocabulary import Topic, read_vocabulary
from generator.topics.vocabulary_file import as_csv, changed, merged, write_vocabulary
from generator.topics.words import fold_text
from generator.urls import slug, term_url

LISTED: tuple[TermKind, ...] = ("topic", "person", "place", "organisation")
SKOS = "http://www.w3.org/2004/02/skos/core#"
_FORMS = "csv: topics with counts; skos: SKOS as JSON-LD; vocabulary: the archive's own entries, for a spreadsheet."


@click.group()
def topics() -> None:
    """See, correct and export the topics of the archive.

    \b
    roznama topics list                          every topic with its articles
    roznama topics show syria                    its articles, and why it stands there
    roznama topics review                        what the archive's statistics suggest
    roznama topics rename syria --label ur=شام   another name
    roznama topics merge daesh islamic-state     one topic of two
    roznama topics export -f skos > topics.json  for other systems
    """


class _Archive:
    """A site, its vocabulary and its catalogue."""

    def __init__(self, place: Place) -> None:
        self.site: Site = place.load()
        vocabulary, problems = read_vocabulary(self.site.folder)
        show_problems(problems)
        if any(problem.severity == "error" for problem in problems):
            sys.exit(1)
        settings = self.site.settings.topics
        self.naming = Naming(vocabulary, settings.packs, settings.suggestions)
        self.registry: Registry = registry_of(vocabulary, settings.packs)

    def catalogue(self) -> Any:
        if not (self.site.state / "catalogue.sqlite").is_file():
            click.echo("the archive has not been built yet; run roznama build", err=True)
            sys.exit(1)
        return Catalogue.open(self.site.state)

    def name(self, key: str, name: str, code: str | None) -> str:
        if key not in self.registry:
            return name
        return self.registry.label(key, code or "en")[0] if code else name

    def id_of(self, text: str) -> str:
        """The id or key of the topic that a person calls `text`."""
        if text in self.registry:
            return text
        for code in dict.fromkeys((self.site.settings.language or "en", "en", *packs.label_languages())):
            if (id_ := resolve(text, code, self.naming)) is not None:
                return id_
        return text

    def entry(self, id_: str) -> Topic:
        return self.registry.topic(id_) or Topic(id_)

    def write(self, entries: list[Topic]) -> None:
        path = write_vocabulary(self.site.folder, entries)
        click.echo(f"wrote {path.name}; the next build follows it")


@topics.command("list")
@site_options()
@click.option("--kind", type=click.Choice(LISTED), help="Only this kind.")
@click.option("--language", "code", metavar="CODE", help="Names in this language.")
@click.option("--origins", is_flag=True, help="How many topics each authority gave, instead of the topics.")
@click.option("--unused", is_flag=True, help="Names of the vocabulary that were found in no article, instead.")
@json_option
def list_(
    place: Place, kind: TermKind | None, code: str | None, origins: bool, unused: bool, as_json: bool
) -> None:
    """List the topics of SITE: kind, id, articles, name, by how often they are used."""
    archive = _Archive(place)
    with archive.catalogue() as catalogue:
        if origins:
            for origin, terms, articles in catalogue.origins_of_terms():
                line = f"{origin:12}{terms:8,} topics in {articles:,} articles"
                _tell(as_json, {"origin": origin, "topics": terms, "articles": articles}, line)
            return
        if unused:
            for id_, lang, text in _unused(archive, catalogue):
                _tell(as_json, {"id": id_, "language": lang, "name": text}, f"{id_}\t{lang}\t{FSI}{text}{PDI}")
            return
        for one in (kind,) if kind else LISTED:
            rows = sorted(catalogue.terms(one), key=lambda row: (-row.count, row.key))
            for row in rows:
                name = archive.name(row.key, row.name, code)
                data = {"kind": one, "id": row.key, "articles": row.count, "name": name}
                _tell(as_json, data, f"{one}\t{row.key}\t{row.count}\t{FSI}{name}{PDI}")


def _tell(as_json: bool, data: object, line: str) -> None:
    """One line: an object for a program, or words for a person."""
    click.echo(msgspec.json.encode(data).decode() if as_json else line)


def _unused(archive: _Archive, catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """(id, language, name) of the vocabulary's names that no article was found by."""
    found: set[tuple[str, tuple[str, ...]]] = set()
    for lang, terms in catalogue.matched_words():
        for term in terms:
            found.update((lang, fold_text(form, lang)) for form, _ in term.matched)
    languages = [lang for lang, _ in catalogue.languages()]
    for topic in archive.naming.vocabulary.topics:
        for lang, text in (*topic.names, *topic.weak):
            spoken = languages if lang == "*" else [lang]
            if not any((one, fold_text(text, one)) in found for one in spoken):
                yield topic.id, lang, text


@topics.command()
@click.argument("topic")
@site_options()
@json_option
def show(topic: str, place: Place, as_json: bool) -> None:
    """Show TOPIC, an id or a name: what is known of it, and its articles with the words that showed it."""
    archive = _Archive(place)
    id_ = archive.id_of(topic)
    registry = archive.registry
    with archive.catalogue() as catalogue:
        rows = catalogue.articles_of(id_) or catalogue.articles_of(topic)
        if as_json:
            _tell(True, _as_object(registry, id_, rows), "")
            sys.exit(0 if rows else 1)
        if not rows and id_ not in registry:
            known = {row.key: row.name for kind in LISTED for row in catalogue.terms(kind)}
            near = nearest(topic, [*known, *known.values()], 3)
            meant = f"; did you mean {', '.join(f'{FSI}{name}{PDI}' for name in near)}?" if near else ""
            click.echo(f"no topic is called {quoted(topic)}{meant}", err=True)
            sys.exit(1)
        if id_ in registry:
            names = ", ".join(
                f"{code} {FSI}{name}{PDI}" for code, name in registry.labels(id_).items() if language.has(code)
            )
            click.echo(f"{id_} ({registry.kind(id_)}): {names}")
            for label, values in (("belongs to", registry.about(id_)), ("same as", registry.same_as(id_))):
                if values:
                    click.echo(f"  {label} {', '.join(values)}")
            click.echo(f"  {term_url(registry.index(id_), id_)}")
        for source, _, term in rows:
            words = ", ".join(f"{FSI}{form}{PDI} {times}" for form, times in term.matched)
            click.echo(f"{source}: {term.origin}" + (f" ({words})" if words else ""))
        click.echo(f"{len(rows):,} articles")
    sys.exit(0 if rows else 1)


def _as_object(registry: Registry, id_: str, rows: list[tuple[str, str, TermEntry]]) -> dict[str, object]:
    """What `show --json` prints."""
    known = id_ in registry
    return {
        "id": id_,
        "kind": registry.kind(id_) if known else None,
        "labels": registry.labels(id_) if known else {},
        "belongs_to": list(registry.about(id_)) if known else [],
        "same_as": list(registry.same_as(id_)) if known else [],
        "articles": [
            {"source": source, "origin": term.origin, "matched": dict(term.matched)} for source, _, term in rows
        ],
    }


@topics.command()
@site_options()
@json_option
def without(place: Place, as_json: bool) -> None:
    """List the articles that no topic, person, place or organisation leads to."""
    with _Archive(place).catalogue() as catalogue:
        sources = catalogue.without_topics()
        for source in sources:
            _tell(as_json, {"source": source}, source)
        if not as_json:
            click.echo(f"{len(sources):,} of {catalogue.article_count():,} articles", err=True)


@topics.command()
@click.argument("topic")
@site_options()
@click.option(
    "--label",
    "labels",
    multiple=True,
    required=True,
    metavar="CODE=NAME",
    help="The name in a language; may be repeated.",
)
def rename(topic: str, place: Place, labels: tuple[str, ...]) -> None:
    """Give TOPIC another name. Its id and address stay; what it was called still finds it."""
    archive = _Archive(place)
    id_ = archive.id_of(topic)
    known = id_ in archive.registry
    entry = archive.entry(slug(id_))
    if not known:
        entry = msgspec.structs.replace(
            entry, kind="subject", names=(*entry.names, ("*", topic)), formerly=(*entry.formerly, topic)
        )
    new = dict(entry.label)
    for pair in labels:
        code, equals, name = pair.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"{pair!r} is not CODE=NAME")
        new[code.strip()] = name.strip()
    old = tuple((code, text) for code, text in entry.label if new.get(code) != text)
    entry = msgspec.structs.replace(entry, label=tuple(new.items()), names=tuple(dict.fromkeys((*entry.names, *old))))
    archive.write(changed(archive.naming.vocabulary.topics, entry))


@topics.command()
@click.argument("topic")
@click.argument("into")
@site_options()
def merge(topic: str, into: str, place: Place) -> None:
    """Make TOPIC one with INTO: its names lead there, and so does its former page."""
    archive = _Archive(place)
    one, other = archive.id_of(topic), archive.id_of(into)
    if other not in archive.registry:
        raise click.UsageError(f"there is no topic {into!r}")
    if one == other:
        raise click.UsageError("both are the same topic")
    entries = list(archive.naming.vocabulary.topics)
    if one in archive.registry:
        entries = changed(entries, msgspec.structs.replace(archive.entry(one), merge_into=other))
    else:
        target = archive.entry(other)
        former = Topic(other, names=(("*", topic),))
        target = msgspec.structs.replace(
            merged(target, former), formerly=tuple(dict.fromkeys((*target.formerly, topic)))
        )
        entries = changed(entries, target)
    archive.write(entries)


@topics.command()
@click.argument("topic")
@site_options()
@click.option("--undo", is_flag=True, help="Show it again.")
def hide(topic: str, place: Place, undo: bool) -> None:
    """Take TOPIC out of the archive: no page, no list, no article names it."""
    archive = _Archive(place)
    id_ = archive.id_of(topic)
    entry = archive.entry(slug(id_))
    if id_ not in archive.registry:
        entry = msgspec.structs.replace(entry, kind="subject", names=(("*", topic),))
    archive.write(changed(archive.naming.vocabulary.topics, msgspec.structs.replace(entry, hide=not undo)))


@topics.command("review")
@site_options()
@click.option("--apply", "apply_", is_flag=True, help=f"Carry out the decisions written into {review.FILE}.")
@click.option(
    "--least",
    type=click.IntRange(1),
    default=3,
    metavar="N",
    help="Phrases in at least N articles; 3 by default, never fewer.",
)
def review_(place: Place, apply_: bool, least: int) -> None:
    """Write topics-review.csv: phrases that mark the archive, with counts and three headlines each. Fill in its last
    column with `accept`, `alias-of ID` or `reject`, then run the command with --apply."""
    archive = _Archive(place)
    path = archive.site.folder / review.FILE
    if apply_:
        _apply(archive, path)
        return
    with archive.catalogue() as catalogue:
        proposals = _proposals(archive, catalogue, least)
    path.write_text(review.as_csv(proposals), "utf-8-sig", newline="")
    click.echo(f"wrote {len(proposals):,} phrases to {path.name}")


def _proposals(archive: _Archive, catalogue: Catalogue, least: int) -> list[review.Proposal]:
    names: dict[str, dict[str, str]] = {}
    found = []
    for code, key, articles, headlines in catalogue.frequent_phrases(max(3, least)):
        phrase = catalogue.phrase_spelling(code, key)
        if resolve(phrase, code, archive.naming) is not None:
            continue
        if code not in names:
            listed = [alias for alias in reversed(packs.aliases(code)) if alias.mark <= packs.WEAK]
            names[code] = {review.skeleton(alias.text, code): alias.id for alias in listed}
        sources = catalogue.phrase_headlines(code, key, 3)
        examples = tuple(teaser.headline for teaser, _ in catalogue.teasers(sources))
        published = articles >= ARTICLES and headlines >= HEADLINES
        found.append(
            review.Proposal(
                code, phrase, articles, headlines, published, review.near(phrase, code, names[code]), examples
            )
        )
    return sorted(found, key=lambda one: (-one.articles, one.language, one.phrase))


def _apply(archive: _Archive, path: Path) -> None:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        click.echo(f"{path.name} cannot be read: {error}", err=True)
        sys.exit(1)
    entries, wrong = review.decided(archive.naming.vocabulary, list(packs.facts()), list(review.decisions(text)))
    for line, message in wrong:
        show_problem(Problem(path.name, line, 0, "review-decision", message, "mend the row and apply again"))
    archive.write(entries)
    sys.exit(1 if wrong else 0)


@topics.command()
@site_options()
@click.option("-f", "--format", "form", type=click.Choice(["csv", "skos", "vocabulary"]), default="csv", help=_FORMS)
def export(place: Place, form: str) -> None:
    """Print the topics of SITE for other systems."""
    archive = _Archive(place)
    if form == "vocabulary":
        click.echo(as_csv(archive.naming.vocabulary.topics), nl=False)
        return
    with archive.catalogue() as catalogue:
        rows = [(kind, row) for kind in LISTED for row in catalogue.terms(kind)]
    if form == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["kind", "id", "name", "articles", "same_as"])
        for kind, row in rows:
            same = archive.registry.same_as(row.key) if row.key in archive.registry else ()
            name = f"'{row.name}" if row.name.startswith(("=", "+", "-", "@")) else row.name
            writer.writerow([kind, row.key, name, row.count, " | ".join(same)])
        click.echo(out.getvalue(), nl=False)
        return
    concepts = [_concept(archive, kind, row.key, row.name, row.language) for kind, row in rows]
    click.echo(
        msgspec.json.format(msgspec.json.encode({"@context": {"skos": SKOS}, "@graph": concepts}), indent=1).decode()
    )


_SAME = {
    "wikidata": "http://www.wikidata.org/entity/",
    "medtop": "http://cv.iptc.org/newscodes/mediatopic/",
    "geonames": "https://sws.geonames.org/",
}


def _concept(archive: _Archive, kind: TermKind, key: str, name: str, code: str) -> dict[str, Any]:
    """One topic as a SKOS concept."""
    registry = archive.registry
    base = archive.site.settings.base_url
    found: dict[str, Any] = {"@id": base + term_url(kind, key), "@type": "skos:Concept"}
    if key not in registry:
        return found | {"skos:prefLabel": {"@value": name, "@language": code}}
    found["skos:prefLabel"] = [{"@value": text, "@language": lang} for lang, text in registry.labels(key).items()]
    own = registry.topic(key)
    if own is not None and own.names:
        found["skos:altLabel"] = [{"@value": text, "@language": lang} for lang, text in own.names if lang != "*"]
    same = [
        _SAME[scheme] + rest
        for scheme, _, rest in (one.partition(":") for one in registry.same_as(key))
        if scheme in _SAME
    ]
    if same:
        found["skos:exactMatch"] = [{"@id": one} for one in same]
    broader = [one for one in registry.about(key) if one in registry]
    if broader:
        found["skos:broader"] = [{"@id": base + term_url(registry.index(one), one)} for one in broader]
    return found
