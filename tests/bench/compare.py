"""Builds the same synthetic articles with Roznama, Hugo and Pelican, and prints a Markdown table: seconds, articles a
second, peak memory of all processes together, files.

    pip install -c constraints.txt -e '.[dev,compare]'
    python tests/bench/compare.py [SIZE ...] [--folder DIR] [--only NAME ...] [--jobs N]

Every generator gets the articles as Markdown with front matter as it wants that, the text being the same; and makes the
same kinds of pages: a front, an article, the lists of years and months, an index of topics and the pages of each, 50 to
a page. Hugo's and Pelican's templates are our own and as plain as can be: a title, links, text. Roznama is measured
twice: as it comes, with its theme, the topics it finds, search, feeds and data, none of which the others make; and with
all of that which can be switched off switched off. Each is then built again with nothing changed, and with one headline
changed; Hugo and Pelican have no record of the build before, and make everything again.
"""

import argparse
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import synthetic
from measuring import Measured, machine, measured

PER_PAGE = 50
BIN = Path(sys.executable).parent
PAGE = '<!DOCTYPE html><html lang="ur" dir="rtl"><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>\n'


class Text(NamedTuple):
    """One article, as far as front matter says it."""

    name: str
    day: date
    headline: str
    topics: list[str]
    body: str


def texts(size: int) -> Iterator[Text]:
    """The articles of `synthetic`, in parts."""
    random_ = random.Random(1)
    words = synthetic.Words(random_)
    for number in range(size):
        day = synthetic.day_of(number, size)
        _, head, body = synthetic.article(words, random_, day, markdown=True).split("---\n", 2)
        fields = dict(line.split(": ", 1) for line in head.splitlines())
        topics = fields["topics"].strip("[]").split(", ")
        yield Text(f"{day.isoformat()}-{number:07d}", day, fields["headline"], topics, body)


# ── Roznama ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _roznama(folder: Path, text: Text) -> Path:
    path = folder / "content" / f"{text.day:%Y/%m}" / f"{text.name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    topics = ", ".join(text.topics)
    path.write_text(f"---\nheadline: {text.headline}\ndate: {text.day}\nlanguage: ur\ntopics: [{topics}]\n---\n{text.body}", "utf-8")
    return path


def _roznama_site(folder: Path, plain: bool) -> None:
    off = "search = false\n[topics]\npacks = false\nsuggestions = false\n[data]\nfiles = \"none\"\n"
    (folder / "site.toml").write_text(f'title = "پیمائش"\nlanguage = "ur"\nper_page = {PER_PAGE}\n{off if plain else ""}', "utf-8")


# ── Hugo ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

HUGO = {
    "hugo.toml": 'baseURL = "https://archive.example/"\nlanguageCode = "ur"\ntitle = "پیمائش"\ndisableKinds = ["RSS", "sitemap", "404"]\n'
    f"[taxonomies]\ntopic = \"topics\"\n[pagination]\npagerSize = {PER_PAGE}\n[markup.goldmark.renderer]\nunsafe = false\n",
    "layouts/_default/single.html": PAGE.format(
        title="{{ .Title }}",
        body='<h1>{{ .Title }}</h1><time>{{ .Date.Format "2006-01-02" }}</time>{{ .Content }}<ul>{{ range .GetTerms "topics" }}'
        '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>',
    ),
    "layouts/_default/list.html": PAGE.format(
        title="{{ .Title }}",
        body="<h1>{{ .Title }}</h1><ul>{{ range .Sections }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>"
        "<ul>{{ range (.Paginate .RegularPages).Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>"
        "{{ with .Paginator.Next }}<a href=\"{{ .URL }}\">→</a>{{ end }}",
    ),
    "layouts/_default/terms.html": PAGE.format(
        title="{{ .Title }}",
        body='<ul>{{ range .Data.Terms.Alphabetical }}'
        '<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>{{ end }}</ul>',
    ),
    "layouts/index.html": PAGE.format(
        title="{{ .Title }}",
        body='<h1>{{ .Title }}</h1><ul>{{ range first 50 site.RegularPages }}'
        '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>',
    ),
}  # fmt: skip


def _hugo(folder: Path, text: Text) -> Path:
    path = folder / "content" / f"{text.day:%Y/%m}" / f"{text.name}.md"
    for section in (path.parent, path.parent.parent):
        section.mkdir(parents=True, exist_ok=True)
        if not (section / "_index.md").exists():
            (section / "_index.md").write_text(f'---\ntitle: "{section.name}"\n---\n', "utf-8")
    topics = ", ".join(f'"{topic}"' for topic in text.topics)
    path.write_text(f'---\ntitle: "{text.headline}"\ndate: {text.day}\ntopics: [{topics}]\n---\n{text.body}', "utf-8")
    return path


def _hugo_site(folder: Path) -> None:
    for name, content in HUGO.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")


# ── Pelican ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_LIST = '<ul>{% for one in ITEMS %}<li><a href="{{ SITEURL }}/{{ one.url }}">{{ one.title }}</a></li>{% endfor %}</ul>'
_NEXT = '{% if articles_page.has_next() %}<a href="{{ SITEURL }}/{{ articles_next_page.url }}">→</a>{% endif %}'
PELICAN = {
    "settings.py": "SITENAME = 'پیمائش'\nSITEURL = ''\nPATH = 'content'\nOUTPUT_PATH = 'output'\nTHEME = 'theme'\nTIMEZONE = 'UTC'\n"
    f"DEFAULT_LANG = 'ur'\nDEFAULT_PAGINATION = {PER_PAGE}\nDEFAULT_CATEGORY = 'news'\nUSE_FOLDER_AS_CATEGORY = False\n"
    "ARTICLE_URL = ARTICLE_SAVE_AS = '{date:%Y}/{date:%m}/{slug}.html'\nYEAR_ARCHIVE_SAVE_AS = '{date:%Y}/index.html'\n"
    "MONTH_ARCHIVE_SAVE_AS = '{date:%Y}/{date:%m}/index.html'\nDIRECT_TEMPLATES = ['index', 'tags']\n"
    "PAGINATED_TEMPLATES = {'index': None, 'tag': None}\nFEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\n"
    "AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None\nAUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ''\nTHEME_STATIC_PATHS = []\n",
    "theme/templates/article.html": PAGE.format(
        title="{{ article.title }}",
        body="<h1>{{ article.title }}</h1><time>{{ article.date.date() }}</time>{{ article.content }}"
        "<ul>{% for tag in article.tags %}<li><a href=\"{{ SITEURL }}/{{ tag.url }}\">{{ tag }}</a></li>{% endfor %}</ul>",
    ),
    "theme/templates/index.html": PAGE.format(title="{{ SITENAME }}", body=_LIST.replace("ITEMS", "articles_page.object_list") + _NEXT),
    "theme/templates/tag.html": PAGE.format(title="{{ tag }}", body=_LIST.replace("ITEMS", "articles_page.object_list") + _NEXT),
    "theme/templates/tags.html": PAGE.format(
        title="{{ SITENAME }}",
        body='<ul>{% for tag, many in tags %}'
        '<li><a href="{{ SITEURL }}/{{ tag.url }}">{{ tag }}</a> {{ many | count }}</li>{% endfor %}</ul>',
    ),
    "theme/templates/period_archives.html": PAGE.format(title="{{ period }}", body=_LIST.replace("ITEMS", "dates")),
}  # fmt: skip


def _pelican(folder: Path, text: Text) -> Path:
    path = folder / "content" / f"{text.name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = f"Title: {text.headline}\nDate: {text.day}\nSlug: {text.name}\nTags: {', '.join(text.topics)}\n"
    path.write_text(f"{head}\n{text.body}", "utf-8")
    return path


def _pelican_site(folder: Path) -> None:
    for name, content in PELICAN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")


# ── all of them ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Generator(NamedTuple):
    """How one generator is given a site, and its command. `key` begins the line of the headline."""

    name: str
    site: Callable[[Path], None]
    article: Callable[[Path, Text], Path]
    command: Callable[[int], list[str]]
    output: str
    key: str


def _roznama_command(jobs: int) -> list[str]:
    return [sys.executable, "-m", "generator", "build", "--quiet", "--as-of", "2026-01-01", "--jobs", str(jobs)]


GENERATORS = (
    Generator("Roznama", lambda folder: _roznama_site(folder, False), _roznama, _roznama_command, "output", "headline: "),
    Generator("Roznama, pages alone", lambda folder: _roznama_site(folder, True), _roznama, _roznama_command, "output", "headline: "),
    Generator("Hugo", _hugo_site, _hugo, lambda _: [str(BIN / "hugo"), "--quiet"], "public", 'title: "'),
    Generator("Pelican", _pelican_site, _pelican, lambda _: [str(BIN / "pelican"), "-q", "-s", "settings.py"], "output", "Title: "),
)


def run(one: Generator, folder: Path, size: int, jobs: int) -> str:
    """One row of the table."""
    folder.mkdir(parents=True)
    one.site(folder)
    paths = [one.article(folder, text) for text in texts(size)]
    os.sync()
    command = one.command(jobs)
    clean = measured(command, folder)
    files = sum(1 for path in (folder / one.output).rglob("*") if path.is_file())
    again = measured(command, folder)
    middle = paths[size // 2]
    middle.write_text(middle.read_text("utf-8").replace(one.key, f"{one.key}بدلی ", 1), "utf-8")
    edited = measured(command, folder)
    return row(one.name, size, files, clean, again, edited)


def row(name: str, size: int, files: int, clean: Measured, again: Measured, edited: Measured) -> str:
    return (
        f"| {name} | {size:,} | {clean.seconds:.1f} | {size / clean.seconds:,.0f} | {clean.memory:,.0f} | {files:,}"
        f" | {again.seconds:.2f} | {edited.seconds:.2f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 5000])
    parser.add_argument("--folder", type=Path, default=Path("build/compare"))
    parser.add_argument("--only", nargs="+", choices=[one.name for one in GENERATORS], metavar="NAME")
    parser.add_argument("--jobs", type=int, default=0, help="processes of Roznama; the others take what they take")
    args = parser.parse_args()
    print(f"Markdown with front matter, 3,400 characters in 14 paragraphs. Machine: {machine()}.\n")
    print("| generator | articles | seconds | articles/s | peak MB | files | again, s | one headline, s |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    base: Path = args.folder.resolve()
    if base.exists():
        sys.exit(f"{base} is there already: name another folder, or remove it")
    chosen = [one for one in GENERATORS if not args.only or one.name in args.only]
    for size in args.sizes:
        for at, one in enumerate(chosen):
            print(run(one, base / f"{size}-{at}", size, args.jobs), flush=True)
    shutil.rmtree(base)  # not before: a disk that has just lost many files is slow with new ones


if __name__ == "__main__":
    main()
