"""`roznama search`: asks the published index what the search page would answer.

It reads the shards that were written and nothing else, so that editors and tests see what readers will find. Exit code 0
when something was found, 1 when nothing was, as `grep` has it.
"""

import sys
from pathlib import Path

import click
import msgspec

from generator.cli.options import Place, json_option, site_options
from generator.problems import FSI, PDI
from generator.search import words
from generator.search.engine import Answer, Engine, NoIndex, Wish
from generator.search.excerpt import Excerpt, excerpt_of
from generator.search.query import parsed


@click.command()
@click.argument("query")
@site_options()
@click.option("--from", "first_year", type=click.IntRange(0, 9999), default=0, metavar="YEAR", help="No articles before this year.")
@click.option("--to", "last_year", type=click.IntRange(0, 9999), default=0, metavar="YEAR", help="No articles after it, none without date.")
@click.option("--language", default="", metavar="CODE", help="Articles in this language only.")
@click.option("--topic", "topics", multiple=True, metavar="NAME", help="Articles with this topic only; may be repeated.")
@click.option("--sort", type=click.Choice(["relevance", "new", "old"]), default="relevance", help="The order of results.")
@click.option("--similar", is_flag=True, help="Show similar words even if there are enough results without.")
@click.option("-n", "--limit", type=click.IntRange(0), default=10, metavar="N", help="Results to show; 10 by default.")
@json_option
def search(
    query: str, place: Place, first_year: int, last_year: int, language: str, topics: tuple[str, ...],
    sort: str, similar: bool, limit: int, as_json: bool,
) -> None:  # fmt: skip
    """Search the built archive of SITE for QUERY.

    All words must be there. "a phrase" is found as it stands, -word leaves out, word* finds what begins so, and
    topic:name, person:name, place:name, source:name narrow the search.

    \b
    roznama search 'زلزلہ 2005'                     the ten best
    roznama search '"سری لنکا" -کرکٹ' --sort new    the newest first
    roznama search --json ירושלים | jq .hits        for a program
    """
    try:
        folder = place.output if place.output is not None else place.load().output
        engine = Engine(folder)
    except NoIndex as error:
        click.echo(f"there is no index at {error}; build the archive first", err=True)
        sys.exit(1)
    filters = tuple(("topic", topic) for topic in topics)
    wish = Wish(first_year, last_year, language, filters, "" if sort == "relevance" else sort, similar)
    answer = engine.search(query, wish, limit)
    excerpts = [_excerpt(folder, hit.url, query, as_json) for hit in answer.hits]
    if as_json:
        hits = [
            {**msgspec.to_builtins(hit), "headline": excerpt.headline, "excerpt": excerpt.text}
            for hit, excerpt in zip(answer.hits, excerpts, strict=True)
        ]
        data = {"count": answer.count, "near": answer.near, "mean": answer.mean, "hits": hits}
        sys.stdout.buffer.write(msgspec.json.encode(data) + b"\n")
        sys.stdout.flush()
    else:
        _print(answer, excerpts)
    sys.exit(0 if answer.count else 1)


def _excerpt(folder: Path, url: str, query: str, plain: bool) -> Excerpt:
    asked = {words.strong(form) for part in parsed(query)[0] if not part.excluded for form in (*part.forms, part.whole or "")}
    marks = ("", "") if plain else ("\x1b[1m", "\x1b[22m")
    try:
        return excerpt_of(folder / url[1:], lambda form: words.strong(form) in asked, *marks)
    except OSError:
        return Excerpt(url, "", "")  # the page is gone since; the index still names it


def _print(answer: Answer, excerpts: list[Excerpt]) -> None:
    if not answer.count:
        click.echo("nothing found" + (f"; did you mean {FSI}{answer.mean}{PDI}?" if answer.mean else ""))
        return
    near = f", {answer.near:,} of them with similar words only" if answer.near else ""
    click.echo(f"{answer.count:,} articles{near}")
    for hit, excerpt in zip(answer.hits, excerpts, strict=True):
        similar = "  [similar]" if hit.near else ""
        click.echo(f"\n{click.style(f'{FSI}{excerpt.headline}{PDI}', bold=True)}{similar}")
        click.echo(f"  {hit.url}" + (f"  {FSI}{excerpt.date}{PDI}" if excerpt.date else ""))
        if excerpt.text:
            click.echo(f"  {FSI}{excerpt.text}{PDI}")
