"""From what a format read to what will be written: cleaned, converted, dated, its language told, its text sketched.

What lives here: the steps that all formats share, on one record, without knowledge of any other. This runs in workers
and takes most of an import's time.
"""

import hashlib
import html
import re
from urllib.parse import unquote, urlsplit

from generator import duplicates
from generator.digest import digest
from generator.importing.composing import line, people
from generator.importing.literal import has_entities, has_markup, line_start, literal, plainly, spaced
from generator.importing.moments import is_zero, read_moment
from generator.importing.records import Image, Outcome, Part, Person, Plan, Raw, Record, Unreadable
from generator.language import script_of
from generator.model import ArticleDate
from generator.readers import dates
from generator.readers.damage import damage
from generator.readers.front_matter import LANGUAGE_WORDS, NAMES
from generator.readers.misread import misread
from generator.readers.tongues import Tongue, tongue_of
from generator.text import CONTROLS, clean
from generator.urls import article_id

SURE = 0.35
"""Margin from which on the language of a text is written down: the one the readers believe a text from."""
MAX_EXTRA = 4000
MAX_HEADLINE = 300
"""Characters; a longer first line is no headline to the reader either."""
MAX_FIELDS = 100
MAX_TERMS = 200
_ADDRESS = re.compile(r"https?://\S+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_LONG_CODES = {
    "urd": "ur",
    "ara": "ar",
    "arb": "ar",
    "fas": "fa",
    "per": "fa",
    "pus": "ps",
    "pbt": "ps",
    "heb": "he",
    "eng": "en",
    "snd": "sd",
    "uig": "ug",
    "kur": "ckb",
    "yid": "yi",
    "tur": "tr",
    "fra": "fr",
    "fre": "fr",
    "deu": "de",
    "ger": "de",
    "spa": "es",
    "rus": "ru",
    "hin": "hi",
    "ben": "bn",
    "ind": "id",
    "zho": "zh",
}


def finish(record: Record, raw: Raw, plan: Plan) -> Outcome:
    """`record` ready to be written. Raises `Unreadable` for one without headline and text."""
    doubts = list(record.doubts)
    dropped = list(record.dropped)
    parts, markdown = _body(record, plan, doubts, dropped)
    headline = one_line(record.headline)
    standfirst = one_line(record.standfirst) or None
    plain = "\n".join(plainly(part) if markdown else part for part in parts if isinstance(part, str))
    if not headline and not plain.strip():
        raise Unreadable("neither headline nor text")
    shown = headline or spaced(plain.strip().split("\n", 1)[0])
    if not headline and len(shown) > MAX_HEADLINE:
        doubts.append("no headline")
    told_from = plain if len(plain) > 40 else f"{headline} {plain}"
    tongue = tongue_of(_ADDRESS.sub(" ", told_from[:8000]))
    language, told = _language(record, plan, tongue, doubts)
    published = _date(record.published, language, plan, "date", doubts)
    modified = _date(record.modified, language, plan, "modified", doubts)
    if modified is not None and published is not None and modified.iso == published.iso:
        modified = None
    url = _url(record.url)
    names = _ids(record, url, headline or shown)
    told_date = _told_date(names[0], url, raw.facts.get("path", ""), language)
    if published is None and told_date is not None and told_date.origin == "folder name" and told_date.day is not None:
        published = told_date  # the archive's folders are of months: the day would be lost
    publisher = one_line(record.publisher) or plan.options.publisher or plan.publisher
    licence = one_line(record.licence) or plan.options.licence or plan.licence
    fields: list[str] = []
    front: list[str] = []

    def put(name: str, value: str | list[str] | None) -> None:
        if value:
            fields.append(name)
            front.append(line(name, value))

    put("headline", headline)
    put("date", published.iso if published else None)
    put("modified", modified.iso if modified else None)
    put("language", language if told else None)
    if bylines := _people(record.bylines):
        fields.append("byline")
        front.append(people("byline", bylines))
    put("standfirst", standfirst)
    put("desk", one_line(record.desk) or None)
    terms: list[tuple[str, str]] = []
    for kind, several in (
        ("topic", record.topics),
        ("person", record.people),
        ("place", record.places),
        ("organisation", record.organisations),
    ):
        named = _names(several)
        put(_FIELDS[kind], named)
        terms += [(kind, name) for name in named]
    put("source", publisher)
    put("url", url)
    put("licence", licence)
    put("slug", one_line(record.slug) or None)
    put("aliases", list(dict.fromkeys(one_line(alias) for alias in record.aliases if alias.strip()))[:MAX_TERMS])
    put("draft", "true" if record.draft else None)
    front += _extra(record, dropped)
    sha256 = hashlib.sha256(raw.data if record.original is None else record.original).hexdigest()
    text = "".join(front)
    words = duplicates.words_of(plain)
    broken = damage(plain, raw.leaf) or misread(plain, tongue, raw.leaf)
    doubts += [problem.code for problem in broken]
    key = _key(record, raw, plan, url)
    origin = {"format": plan.format, "key": key, "sha256": sha256}
    if captured := _captured(record.captured):
        origin["captured"] = captured
    if record.encoding not in ("utf-8", "ascii"):
        origin["encoding"] = record.encoding
    return Outcome(
        leaf=raw.leaf, number=raw.number, offset=raw.offset, key=key, names=names, suffix=".md" if markdown else ".txt",
        front=text, origin=origin, parts=tuple(parts), substance=digest(text, parts), sha256=sha256, language=language,
        date=published or told_date, headline=shown, words=len(words),
        text_digest=duplicates.equal_texts(words), sketch=duplicates.sketch(words), terms=tuple(terms), encoding=record.encoding,
        dropped=tuple(clean(text) for text in dropped), doubts=tuple(dict.fromkeys(doubts)), fields=tuple(fields),
        publisher=publisher or "",
        licence=licence or "",
    )  # fmt: skip


_FIELDS = {"topic": "topics", "person": "people", "place": "places", "organisation": "organisations"}


def one_line(text: str | None) -> str:
    """A field's text: no markup, no entities, no controls, in one line."""
    if not text:
        return ""
    if has_markup(text):
        text = re.sub(r"<(?:br|p|/p|div|/div)\b[^<>]*>", " ", text)
        text = html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", text))
    elif has_entities(text):
        text = html.unescape(text)
    return clean(spaced(_SURROGATES.sub("\ufffd", text))).strip()


def _body(record: Record, plan: Plan, doubts: list[str], dropped: list[str]) -> tuple[list[Part], bool]:
    """The parts of the body, and whether they are Markdown."""
    if record.parts is not None:
        return [*_lead_images(record, record.parts), *record.parts], True
    text = _SURROGATES.sub("\ufffd", record.text)
    form = record.form
    if form == "plain" and has_markup(text):
        form = "html"
    if form == "html":
        from generator.importing.body import body_of  # needs lxml, which plain text does not

        body = body_of(
            text, record.url or plan.base, newlines="\n" in text and re.search(r"<(?:p|br|div)\b", text) is None
        )
        dropped += body.dropped
        return [*_lead_images(record, body.parts), *body.parts], True
    if form == "plain" and has_entities(text):
        text = html.unescape(text)
        doubts.append("entities decoded")
    text = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    stripped = "\n".join(part.rstrip(" \t") for part in text.split("\n")).strip("\n")
    if form == "plain" and record.images:
        # Pictures need Markdown; the text beside them is escaped, line by line, for a line of plain text is a paragraph.
        texts = [line_start(literal(spaced(part).strip())) for part in stripped.split("\n") if part.strip()]
        return [*record.images, *texts], True
    parts: list[Part] = [stripped] if stripped else []
    return parts, form == "markdown"


def _lead_images(record: Record, parts: list[Part]) -> list[Image]:
    """Pictures that belong to the article and do not stand in its body, in whatever size."""
    shown = {_picture_name(part.address) for part in parts if isinstance(part, Image)}
    return [image for image in record.images if _picture_name(image.address) not in shown]


def _picture_name(address: str) -> str:
    """A picture's name without the size that WordPress puts behind it (`-300x200`)."""
    name = address.split("?")[0].rsplit("/", 1)[-1]
    return re.sub(r"-\d{2,4}x\d{2,4}(?=\.\w+$)|-scaled(?=\.\w+$)", "", name).lower()


def language_code(text: str | None) -> str | None:
    """A language code from a code in any form or from a language's name; `None` for what is neither."""
    if not text:
        return None
    text = text.strip()
    if code := LANGUAGE_WORDS.get(text.lower()):
        return code
    if not _CODE.fullmatch(text):
        return None
    first, *rest = text.replace("_", "-").split("-")
    first = _LONG_CODES.get(first.lower(), first.lower())
    kept = [part.title() if len(part) == 4 else part.upper() for part in rest if len(part) in (2, 4)]
    # A country adds nothing to most languages of news; it tells Dari from Persian.
    if first == "fa" and "AF" in kept:
        return "prs"
    kept = [part for part in kept if len(part) == 4]
    return "-".join([first, *kept]) if len(first) in (2, 3) else None


def _language(record: Record, plan: Plan, tongue: Tongue | None, doubts: list[str]) -> tuple[str, bool]:
    """The language, and whether it is known well enough to be written down."""
    if plan.options.language:
        return plan.options.language, True
    stated = language_code(record.language)
    if stated is not None and (tongue is None or tongue.margin < SURE):
        return stated, True
    if stated is not None and tongue is not None and tongue.script == script_of(stated):
        differs = record.language_doubtful and tongue.code.split("-")[0] != stated.split("-")[0]
        if not differs:
            return stated, True
    weak = language_code(plan.language)
    if tongue is None or tongue.margin < SURE:
        if weak is not None and (tongue is None or script_of(weak) == tongue.script):
            return weak, True
        return (tongue.code, False) if tongue is not None else ("und", False)
    if stated is not None:
        doubts.append("another language than stated")
    return tongue.code, True


def _date(
    value: str | ArticleDate | None, language: str, plan: Plan, name: str, doubts: list[str]
) -> ArticleDate | None:
    if value is None or isinstance(value, ArticleDate):
        return value
    found = read_moment(value, language, plan.options.date_order or plan.date_order)
    if found is None and value.strip():
        doubts.append(f"{name}: zeros" if is_zero(value) else f"{name} cannot be read")
    return found


def _captured(value: str | None) -> str | None:
    if not value:
        return None
    found = read_moment(value)
    return found.iso if found is not None else one_line(value)


def _url(url: str | None) -> str | None:
    """A web address as front matter takes it, or `None`."""
    if not url:
        return None
    url = _SURROGATES.sub("", CONTROLS.sub("", url)).strip()
    if not re.match(r"https?://[^/\s]", url):
        return None
    return re.sub(r"[\s<>\"]", lambda found: f"%{ord(found[0]):02X}" if found[0].isascii() else "", url)


def _people(bylines: list[Person]) -> list[Person]:
    found: dict[str, Person] = {}
    for person in bylines:
        name = re.sub(
            r"^(?:by|از|کے قلم سے|بقلم|بقلم:|كتب)\s*[:：]?\s+", "", one_line(person.name), flags=re.IGNORECASE
        )
        if name and len(name) < 200:
            found.setdefault(name, Person(name, one_line(person.role) or None))
    return list(found.values())[:50]


def _names(names: list[str]) -> list[str]:
    return [name for name in dict.fromkeys(one_line(name) for name in names) if name and len(name) < 300][:MAX_TERMS]


def _extra(record: Record, dropped: list[str]) -> list[str]:
    """Lines of fields that nothing of ours takes, under names that front matter does not know otherwise."""
    out: list[str] = []
    seen: set[str] = {"imported", "images"}
    for name, value in record.extra.items():
        text = one_line(value)
        if not text:
            continue
        if len(text) > MAX_EXTRA or len(out) >= MAX_FIELDS:
            dropped.append(f"{name}: {text}")
            continue
        key = re.sub(r"\s+", "_", one_line(name))[:60] or "field"
        if NAMES.get(key.lower().replace("-", "_")) is not None or key in seen:
            key = f"original_{key}"
        if key not in seen:
            seen.add(key)
            out.append(line(key, text))
    return out


def _ids(record: Record, url: str | None, headline: str) -> tuple[str, ...]:
    """Ids to try, best first: the source's own, the last part of its address, the headline's first words."""
    names: list[str] = []
    if record.id and (own := one_line(record.id)):
        names.append(article_id(name_of_url(own) or own) if re.match(r"https?://", own) else article_id(own))
    if url and (name := name_of_url(url)):
        names.append(article_id(name))
    names.append(article_id("-".join(headline.split()[:8])))
    return tuple(dict.fromkeys(name for name in names if name))


_GENERAL = re.compile(r"(?:index|default|story|article|news|amp|view|print|show|page)?(?:\.\w{2,5})?", re.IGNORECASE)


def name_of_url(url: str) -> str:
    """The part of an address that names its article: `/2017/11/x.html?a=b` → `x`; `""` if there is none."""
    try:
        split = urlsplit(url)
    except ValueError:
        return ""
    parts = [part for part in unquote(split.path).split("/") if part]
    while parts and _GENERAL.fullmatch(parts[-1]):
        parts.pop()
    if number := re.search(r"(?:^|&)(?:id|p|newsid|nid|articleid|storyid|sid)=(\w+)", split.query, re.IGNORECASE):
        return number[1]
    name = parts[-1] if parts else ""
    return re.sub(r"\.(?:s?html?|php|aspx?|cms|jsp|cfm|ece)$", "", name, flags=re.IGNORECASE)


def _key(record: Record, raw: Raw, plan: Plan, url: str | None) -> str:
    """What stays the same when this record comes again in a newer export: an id within its site, else its address, else
    its file, else its text."""
    if record.key:
        return record.key
    host = urlsplit(url).netloc.lower() if url else ""
    if record.id:
        return f"{plan.options.collection or host or plan.collection}:{one_line(record.id)}"
    if url:
        return re.sub(r"^https?://(?:www\.)?", "", url)
    return f"{plan.options.collection or plan.collection}#{hashlib.sha256(raw.data).hexdigest()[:20]}"


def _told_date(name: str, url: str | None, path: str, language: str) -> ArticleDate | None:
    """The date that the reader will find in the file's name or in the address, when the record states none, or that the
    folders of its source told: the article is put where that date belongs, and the reader finds it again there."""
    found = [
        dates.path_date(f"{name}.md", language),
        dates.url_date(url, language) if url else None,
        dates.path_date(path, language) if path else None,
    ]
    return dates.strongest(found)
