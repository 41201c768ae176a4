"""`roznama stats`: what the archive holds, in numbers, from the catalogue of the last build."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from heapq import nsmallest
from pathlib import PurePath
from typing import Any

import click
import msgspec

from generator import language
from generator.catalogue import Catalogue
from generator.cli.console import several, tell
from generator.cli.options import Place, json_option, site_options
from generator.config import Site
from generator.problems import FSI, PDI

COUNTED = 2_000
"""Articles whose words are counted; of a larger archive so many, evenly spaced, and the rest is reckoned from them."""
LARGEST, YEARS = 5, 12
"""Files named, and years printed before several are put together."""


@click.command()
@site_options()
@json_option
def stats(place: Place, as_json: bool) -> None:
    """Count what the archive of SITE holds: articles by language, year and kind of source, words, figures, topics.

    The numbers are those of the last build.

    \b
    roznama stats
    roznama stats --json | jq .languages
    """
    site = place.load()
    with Catalogue.look(site.state) as catalogue:
        if catalogue is None:
            click.echo("the archive has not been built yet; run roznama build", err=True)
            sys.exit(1)
        counted = counts(site, catalogue)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(counted) + b"\n")
        return
    for line in _told(counted):
        tell(line)


def counts(site: Site, catalogue: Catalogue) -> dict[str, Any]:
    """The object that `--json` prints."""
    articles = catalogue.article_count()
    kinds: Counter[str] = Counter(PurePath(source).suffix for source, _ in catalogue.shown_sources())
    words, looked_at = _words(site, catalogue, articles)
    figures, with_picture = catalogue.figure_counts()
    without = len(catalogue.without_topics())
    return {
        "articles": articles,
        "hidden": catalogue.hidden_counts(),
        "languages": dict(catalogue.languages()),
        "years": {str(year): count for year, count in catalogue.years()},
        "undated": catalogue.undated_count(),
        "date_origins": dict(catalogue.origins()),
        "sources": dict(sorted(kinds.items())),
        "encodings": dict(catalogue.encodings()),
        "words": words,
        "words_counted_in": looked_at,
        "figures": figures,
        "figures_with_picture": with_picture,
        "topics": {kind: len(catalogue.terms(kind)) for kind in ("topic", "person", "place", "organisation")},
        "articles_with_topics": articles - without,
        "problems": catalogue.problem_counts(),
        "largest": [{"path": path, "bytes": size} for size, path in _largest(site, catalogue)],
        "files": catalogue.output_count(),
        "catalogue_bytes": (site.state / "catalogue.sqlite").stat().st_size,
    }


def _words(site: Site, catalogue: Catalogue, articles: int) -> tuple[int, int]:
    """(words, articles they were counted in). A word is what stands between spaces, so the number says little of Chinese,
    Japanese and Thai."""
    step = max(1, -(-articles // COUNTED))
    words = looked_at = 0
    for number, (source, encoding) in enumerate(catalogue.shown_sources()):
        if number % step == 0:
            try:
                words += len((site.content / source).read_bytes().decode(encoding, "replace").split())
                looked_at += 1
            except (OSError, LookupError):
                continue  # gone since the build
    return (round(words * articles / looked_at) if looked_at else 0), looked_at


def _largest(site: Site, catalogue: Catalogue) -> list[tuple[int, str]]:
    """(bytes, path) of the largest article files, the largest first."""

    def sizes() -> Iterator[tuple[int, str]]:
        for source, _ in catalogue.shown_sources():
            with suppress(OSError):
                yield (site.content / source).stat().st_size, source

    return nsmallest(LARGEST, sizes(), key=lambda one: (-one[0], one[1]))


def _told(counted: dict[str, Any]) -> list[str]:
    articles = counted["articles"]
    about = "" if counted["words_counted_in"] == articles else "about "
    lines = [f"{several(articles, 'article')}, {about}{several(counted['words'], 'word')}, {several(counted['files'], 'file')} built"]
    hidden = counted["hidden"]
    if hidden:
        lines.append(f"not shown   {', '.join(f'{count:,} {why}' for why, count in sorted(hidden.items()))}")
    rows = [f"{count:,} {language.autonym(code) if language.has(code) else code}" for code, count in counted["languages"].items()]
    lines.append(f"languages   {', '.join(f'{FSI}{row}{PDI}' for row in rows)}")
    lines.append(f"sources     {_listed(counted['sources'])}; {_listed(counted['encodings'])}")
    lines.append(f"figures     {counted['figures']:,}, {counted['figures_with_picture']:,} of them with a picture file")
    share = round(100 * counted["articles_with_topics"] / articles) if articles else 0
    names = {"topic": "topics", "person": "people", "place": "places", "organisation": "organisations"}
    topics = ", ".join(f"{count:,} {names[kind]}" for kind, count in counted["topics"].items())
    lines.append(f"topics      {topics}; {share}% of articles have one")
    dated = f"; found in: {_listed(counted['date_origins'])}" if counted["date_origins"] else ""
    lines.append(f"undated     {counted['undated']:,}{dated}")
    lines += _chart({int(year): count for year, count in counted["years"].items()})
    if counted["largest"]:
        lines.append("largest")
        lines += [f"  {one['bytes'] / 1000:>9,.1f} kB  {FSI}{one['path']}{PDI}" for one in counted["largest"]]
    return lines


def _listed(counted: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counted.items())


def _chart(years: dict[int, int]) -> list[str]:
    """A bar for each year, or for each few years of a long archive."""
    if not years:
        return []
    first, last = min(years), max(years)
    step = -(-(last - first + 1) // YEARS)
    rows = [
        (start, min(start + step - 1, last), sum(years.get(year, 0) for year in range(start, start + step)))
        for start in range(first, last + 1, step)
    ]
    most = max(count for _, _, count in rows)
    lines = ["years"]
    for start, end, count in rows:
        label = str(start) if start == end else f"{start}–{end}"
        lines.append(f"  {label:<10}{count:>9,}  {'█' * round(30 * count / most) if count else ''}".rstrip())
    return lines
