"""A new article's file: where it stands, what it is called, and its front matter, as the archive has them.

What lives here: reading the archive's own way from a survey, and text. A folder's way is a pattern such as
`{lang}/{year}/{month}`: the parts of an article's path that its own language and date explain. A folder that they do not
explain (`politics`) is kept only if most articles stand in it: a new article must not get into one by chance.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.model import Article, ArticleDate
from generator.readers.front_matter import NAMES
from generator.starting.survey import Survey
from generator.text import clean
from generator.urls import article_id

UNDATED = "undated"


class Draft(Struct, frozen=True):
    """A new article. `fields` are stated values by the names of `readers.front_matter`: headline, published, language,
    topic, authors, draft."""

    id: str
    language: str
    date: ArticleDate | None
    fields: Mapping[str, str | tuple[str, ...]]


def headline_id(headline: str) -> str:
    """The id of an article from its headline: its own letters, in lower case, as `urls.article_id` makes them safe."""
    return article_id(clean(headline).lower())


def folder_of(found: Survey, language: str, date: ArticleDate | None) -> str:
    """The folder below the content folder for an article of `language` and `date`, as the archive arranges others."""
    articles = [(one.path.parent.parts, one.article) for one in found.sample if one.article is not None]
    alike = [entry for entry in articles if (entry[1].published is None) == (date is None)]
    alike = [entry for entry in alike if entry[1].language == language] or alike
    patterns = Counter(_pattern(parts, article) for parts, article in alike)
    if not patterns:  # the first undated article of a dated archive, or the first of all
        return f"{language}/{UNDATED}" if date is None and articles else ""
    pattern, count = max(patterns.items(), key=lambda item: (item[1], item[0]))
    if 2 * count <= len(alike):
        shortened = Counter(tuple(_explained(pattern)) for pattern in patterns.elements())
        pattern = max(shortened.items(), key=lambda item: (item[1], item[0]))[0]
    values = _values(language, date)
    filled = [part.format_map(values) for part in pattern]
    return "/".join(part for part in filled if part)


def _pattern(parts: Iterable[str], article: Article) -> tuple[str, ...]:
    """The parts of a path with what the article's language and date explain as fields. A part is explained once, the
    year before the month, so that `2005/05` is a year's May."""
    left = {value: name for name, value in reversed(_values(article.language, article.published).items()) if value}
    out: list[str] = []
    for part in parts:
        name = left.pop(part, None)
        out.append("{" + name + "}" if name else part.replace("{", "{{").replace("}", "}}"))
    return tuple(out)


def _explained(pattern: Iterable[str]) -> Iterator[str]:
    """The beginning of a pattern up to the first part that only its own articles explain."""
    for part in pattern:
        if not part.startswith("{") or part.startswith("{{"):
            return
        yield part


def _values(language: str, date: ArticleDate | None) -> dict[str, str]:
    year = f"{date.year:04d}" if date else ""
    month = f"{date.month:02d}" if date and date.month else ""
    day = f"{date.day:02d}" if date and date.day else ""
    whole = f"{year}-{month}-{day}" if day else ""
    return {
        "lang": language,
        "year": year,
        "day_of": whole,
        "month_of": f"{year}-{month}" if month else "",
        "month": month,
        "day": day,
    }


def suffix_of(found: Survey) -> str:
    """The commonest ending of the archive's files with front matter; `.md` where there are none."""
    fronted = Counter(one.path.suffix.lower() for one in found.sample if one.keys)
    return max(fronted, key=lambda suffix: (fronted[suffix], suffix), default=".md")


def stem_of(found: Survey, draft: Draft) -> str:
    """The file's name without ending: the id, after the date where most files of the archive begin with theirs."""
    dated = [
        one for one in found.sample if one.article is not None and one.article.published and one.article.published.day
    ]
    leading = sum(
        one.path.stem.startswith(f"{one.article.published.iso[:10]}-")
        for one in dated
        if one.article and one.article.published
    )
    if draft.date is not None and draft.date.day and 2 * leading > len(dated):
        return f"{draft.date.iso[:10]}-{draft.id}"
    return draft.id


def text_of(found: Survey, draft: Draft) -> str:
    """The file: front matter with the names that the archive gives to its fields, and an empty body. Fields that most of
    its front matter states stand there empty, to be filled in."""
    fronted = [one.keys for one in found.sample if one.keys]
    used: dict[str, Counter[str]] = {}
    for key in (key for keys in fronted for key in keys):
        used.setdefault(NAMES.get(key.strip().lower().replace("-", "_").replace(" ", "_"), ""), Counter())[key] += 1
    usual = [name for name, keys in used.items() if name in _EMPTY and 2 * keys.total() > len(fronted)]
    lines = ["---"]
    for field in dict.fromkeys((*draft.fields, *sorted(usual, key=_EMPTY.index))):
        keys = used.get(field)
        key = max(keys, key=lambda key: (keys[key], key)) if keys else _OWN.get(field, field)
        lines.append(f"{key}: {_value(field, draft.fields[field])}" if field in draft.fields else f"{key}:")
    return "\n".join([*lines, "---", "", ""])


_OWN = {"published": "date", "topic": "topics", "authors": "author", "person": "people", "place": "places"}
"""How a field is called where the archive has no name for it."""
_EMPTY = ["language", "authors", "standfirst", "desk", "topic", "person", "place", "publisher", "url"]
"""Fields that may stand empty in a new file."""


def _value(field: str, value: str | tuple[str, ...]) -> str:
    if field in ("published", "draft"):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_quoted, value))}]"
    return _quoted(value)


def _quoted(text: str) -> str:
    """A YAML string that needs no thought: double quotes, with the two signs escaped that mean something in them."""
    return '"' + clean(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
