"""The text of a new `site.toml`: settings that fit what was found, each with a comment that says why.

What lives here: text, from facts and answers. A line that begins with `# key =` or `# [table]` is a setting that may be
taken as it stands: with the sign taken away the file is still valid (a test takes them all away).
"""

import json
from collections.abc import Iterator
from pathlib import PurePath

from msgspec import Struct

from generator import language
from generator.starting.survey import Survey
from generator.text import clean

CROWDED = 1000
"""Articles of one month from which on addresses need the day: no folder should hold more."""
CALENDARS = {
    "fa": "jalali",
    "prs": "jalali",
    "ps": "jalali",
    "ar": "hijri",
    "ur": "hijri",
    "he": "hebrew",
    "yi": "hebrew",
}
"""Second calendars that newspapers of a language print."""
SURE = 0.5
"""Confidence from which on a decided encoding is written down; below, the build decides again as files are added."""
_EXAMPLE = "https://archive.example/news"


class Answers(Struct, frozen=True):
    """What the editor decided. `content` is the folder of articles as `site.toml` names it; `redirects` the host's form."""

    title: str
    language: str
    base_url: str = ""
    content: str = "content"
    redirects: str = "pages"


def path_from(folder: PurePath, target: PurePath) -> str:
    """`target` as a `site.toml` in `folder` names it: relative and with slashes on every system; absolute where no way
    leads from one to the other (another drive). Both are absolute."""
    for ups, base in enumerate((folder, *folder.parents)):
        if target.is_relative_to(base):
            return "/".join([*[".."] * ups, *target.relative_to(base).parts]) or "."
    return target.as_posix()


def main_language(found: Survey) -> str:
    """The commonest language of the articles that the interface speaks; English without articles."""
    return next((code for code, _ in found.languages() if language.has(code)), "en")


def settings(found: Survey, answers: Answers) -> str:
    """The text of `site.toml`."""
    return "\n".join(_lines(found, answers)) + "\n"


def _lines(found: Survey, answers: Answers) -> Iterator[str]:
    yield "# The settings of this archive. Every line may be changed or left out; the manual's page on site.toml tells of"
    yield "# all keys. Lines that begin with # are not in force. After a change: roznama build."
    yield ""
    yield f"title = {_quoted(answers.title)}"
    yield '# tagline = "A line below the title, on the front"'
    yield ""
    yield "# The language of menus and lists, and of texts that are too short to tell."
    if found.files:
        yield f"# Found: {languages(found)}."
    yield f"language = {_quoted(answers.language)}"
    yield ""
    yield "# The public address. Feeds, sitemaps and canonical links need it; all other links work without."
    yield f"base_url = {_quoted(answers.base_url)}" if answers.base_url else f"# base_url = {_quoted(_EXAMPLE)}"
    yield ""
    yield "# Where the articles are, and where the built site goes."
    yield ("# " if answers.content == "content" else "") + f"content = {_quoted(answers.content)}"
    yield '# output = "output"'
    yield from _reading(found)
    yield ""
    yield "# A second calendar beside dates: jalali, hijri or hebrew."
    yield f"# calendar = {_quoted(CALENDARS.get(answers.language, 'hijri'))}"
    yield from _tables(found, answers)


def _reading(found: Survey) -> Iterator[str]:
    """Settings that decide how files are read."""
    if found.decision is not None:
        legacy = sum(article.encoding == found.decision.encoding for article in found.articles)
        yield ""
        yield f"# {legacy:,} of the {len(found.sample):,} files looked at are not Unicode: {found.decision.explanation}."
        sure = found.decision.confidence >= SURE
        yield ("" if sure else "# ") + f"encoding = {_quoted(found.decision.encoding)}"
    if path_ids(found):
        yield ""
        yield f"# Several files have one name ({', '.join(map(_quoted, found.repeated))}), so folders are part of ids."
        yield 'ids = "path"'


def _tables(found: Survey, answers: Answers) -> Iterator[str]:
    others = [code for code, _ in found.languages() if code != answers.language and language.has(code)]
    for place, code in enumerate(others):
        yield ""
        if not place:
            yield "# The archive's name in its other languages."
        yield f"# [names.{code}]"
        yield f"# title = {_quoted(answers.title)}"
    if found.fullest_month() > CROWDED:
        yield ""
        yield "# A month has more articles than one folder should hold, so addresses hold the day."
        yield "[permalinks]"
        yield 'article = "/{lang}/{year}/{month}/{day}/{id}.html"'
    if answers.redirects != "pages":
        yield ""
        yield "# How former addresses lead on: in one file of rules, in the form of the host."
        yield "[host]"
        yield f"redirects = {_quoted(answers.redirects)}"
    yield ""
    yield "# The licence of the texts, in the foot of every page."
    yield "# [licence]"
    yield '# name = "CC BY 4.0"'
    yield '# url = "https://creativecommons.org/licenses/by/4.0/"'


def path_ids(found: Survey) -> bool:
    """Whether ids have to be made of folders and names: names repeat, and articles do not state ids."""
    stated = sum(any(key.lower() in ("id", "uid") for key in one.keys) for one in found.sample)
    return bool(found.repeated) and 2 * stated < len(found.sample)


def languages(found: Survey) -> str:
    """Languages and how many articles of the sample are in each, in words."""
    named = ", ".join(f"{code} {count:,}" for code, count in found.languages()) or "no language that can be told"
    return f"{named} of {len(found.sample):,} articles" + (" looked at" if found.files > len(found.sample) else "")


def _quoted(text: str) -> str:
    """A TOML string, which JSON's is too once control characters are out."""
    return json.dumps(clean(text), ensure_ascii=False)
