"""Made-up views of every kind of page in five languages, and a small site made of them.

They show a theme what it must bear: long and short headlines, mixed runs, a picture that is there and one that is not,
hostile headlines, an article in another language than its page. Nothing is read or stored; what a build makes of real
files is tested elsewhere.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from markupsafe import Markup
from msgspec import Struct
from PIL import Image, ImageDraw

from generator.language import direction_of, load
from generator.model import (
    Article,
    ArticleDate,
    Block,
    Byline,
    Embed,
    Figure,
    Fragment,
    Heading,
    ItemList,
    Paragraph,
    Picture,
    Quotation,
    ReadAlso,
    Rendition,
    Section,
    SetAside,
    Table,
    Teaser,
)
from generator.pages.views import (
    AboutView,
    ArticleView,
    Bar,
    CiteView,
    CreditView,
    Crumb,
    DayView,
    Download,
    FigureEntry,
    FrontView,
    HeadView,
    LanguageLink,
    LanguageView,
    LetterGroup,
    MonthCell,
    MonthView,
    MovedView,
    NavLink,
    NotFoundView,
    OnThisDayView,
    Pager,
    PageView,
    PicturesView,
    Provenance,
    Related,
    SiteView,
    Tally,
    TermCount,
    TermIndex,
    TermLink,
    TermsView,
    TermView,
    UndatedView,
    View,
    WithdrawnView,
    YearGroup,
    YearView,
)
from generator.render import Renderer
from generator.theme import Styles, Theme, preload
from generator.urls import root_of

LANGUAGES = ("ur", "ar", "fa", "he", "en")
HOSTILE = "\u202eتختہ الٹ گیا \u2067 evil (1948\u202c"


class Words(Struct, frozen=True):
    """The texts of one language."""

    title: str
    tagline: str
    headlines: tuple[str, ...]
    standfirst: str
    paragraphs: tuple[str, ...]
    subheads: tuple[str, str]
    quotation: str
    alt: str
    caption: str
    topics: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    byline: str


WORDS = msgspec.json.decode((Path(__file__).parent / "theme_words.json").read_bytes(), type=dict[str, Words])
PICTURE = Picture(
    "/pictures/sample.jpg", 1600, 1067,
    (Rendition("/pictures/sample-480.jpg", 480, 320), Rendition("/pictures/sample-960.jpg", 960, 640)),
)  # fmt: skip


def site_view(code: str) -> SiteView:
    words, t = WORDS[code], load(code).text
    font = preload(code)
    nav = (("topics", "topics/"), ("dates", "1998/"), ("pictures", "pictures/"), ("about", "about/"))
    return SiteView(
        title=words.title, tagline=words.tagline, language=code, direction=direction_of(code), base_url="",
        home=f"/{code}/", nav=tuple(NavLink(t(key), f"/{code}/{url}") for key, url in nav),
        languages=language_links(), footer="", licence=NavLink("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        fonts=(font,) if font else (),
    )  # fmt: skip


def language_links() -> tuple[LanguageLink, ...]:
    return tuple(LanguageLink(code, load(code).autonym, direction_of(code), f"/{code}/") for code in LANGUAGES)


def teaser(code: str, n: int, dated: bool = True) -> Teaser:
    words = WORDS[code]
    return Teaser(
        id=f"a{n}", url=f"/{code}/1998/05/article.html", language=code, direction=direction_of(code),
        headline=words.headlines[n % len(words.headlines)], standfirst=words.standfirst if n % 3 else None,
        published=ArticleDate(2017 - n // 3, 1 + n % 12, 1 + n * 7 % 28) if dated else None,
        topics=words.topics[n % 4 : n % 4 + 2], picture=PICTURE if n == 0 else None, alt=words.alt,
    )  # fmt: skip


def teasers(code: str, count: int, dated: bool = True) -> tuple[Teaser, ...]:
    """`count` teasers; the fourth is in another language, the sixth has a headline that tries to break out."""
    made = [teaser(code, n, dated) for n in range(count)]
    if count > 3:
        made[3] = teaser("ar" if code == "en" else "en", 1, dated)
    if count > 5:
        made[5] = msgspec.structs.replace(made[5], headline=HOSTILE)
    return tuple(made)


def term_url(code: str) -> str:
    return f"/{code}/topics/term/"


def terms(code: str, names: tuple[str, ...]) -> tuple[TermCount, ...]:
    return tuple(
        TermCount(name, code, direction_of(code), term_url(code), 240 // (n + 1)) for n, name in enumerate(names)
    )


def years(code: str) -> tuple[Bar, ...]:
    counts = [(year * 37) % 23 + (year - 1946) // 3 if year % 11 else 0 for year in range(1947, 2026)]
    return tuple(
        Bar(load(code).numerals(1947 + n), count, -(-count * 100 // max(counts)), f"/{code}/1998/" if count else None)
        for n, count in enumerate(counts)
    )


def month(code: str, number: int) -> MonthCell:
    days = [None] * (number % 7) + [
        (day, (day * number) % 9 if day % 3 else 0, f"/{code}/1998/05/11/" if day % 3 and (day * number) % 9 else None)
        for day in range(1, 31)
    ]
    days += [None] * (-len(days) % 7)
    weeks = tuple(tuple(days[at : at + 7]) for at in range(0, len(days), 7))
    return MonthCell(number, load(code).months.gregorian[number - 1], f"/{code}/1998/05/", 41 + number, weeks)


def article_body(words: Words) -> tuple[tuple[Section, ...], Mapping[str, Picture]]:
    first: tuple[Block, ...] = (
        *(Paragraph(text, 9) for text in words.paragraphs[:2]),
        Figure(11, alt=words.alt, credit="Reuters / AFP", caption=words.caption),
        Paragraph(words.paragraphs[2], 15),
        ReadAlso(load("ur").text("read_also"), 17, language="ur"),
        Paragraph(words.paragraphs[0], 19),
        Quotation(words.quotation, 21, attribution=words.byline),
    )
    second: tuple[Block, ...] = (
        Paragraph(words.paragraphs[3], 25),
        Figure(27, alt=words.alt, credit="EPA", caption=words.caption, src="1.jpg"),
        ItemList(words.headlines[:3], 31, ordered=True),
        Paragraph("The statement read: “nothing has been decided (yet)”.", 33, language="en"),
        Table((words.topics[:3], ("12,345", "1947–1998", "3:2"), ("27", "11.5.1998", "-40 °C")), 35, head=True),
    )
    third: tuple[Block, ...] = (
        Paragraph(words.paragraphs[1], 41),
        Embed(words.standfirst, 43, url="https://social.example/status/1234567890"),
        Fragment("print(1)", "<pre><code>print(1)</code></pre>", 45),
        Figure(47, alt=words.alt, medium="video", caption=words.caption),
        Paragraph(words.paragraphs[2], 51),
    )
    return (
        Section(None, "", first),
        Section(Heading(words.subheads[0], 23), "s1", second),
        Section(Heading(words.subheads[1], 39), "s2", third),
        Section(Heading(words.subheads[0], 53, level=3), "s3", (Paragraph(words.paragraphs[0], 55),)),
    ), {"1.jpg": PICTURE, "0.jpg": PICTURE}


def article_view(code: str, headline: str | None = None) -> ArticleView:
    words, way = WORDS[code], direction_of(code)
    sections, pictures = article_body(words)
    return ArticleView(
        article=Article(
            id="article", source=f"{code}/1998/article.txt", language=code, direction=way,
            headline=headline or words.headlines[0], digest=b"1", standfirst=words.standfirst,
            bylines=(Byline(words.byline, role="BBC"),), published=ArticleDate(1998, 5, 11, "14:05+05:00"),
            modified=ArticleDate(1998, 5, 12), publisher="The Daily Paper", url="https://news.example/1998/05/11/x",
            licence="CC BY 4.0",
        ),
        lead=Figure(5, alt=words.alt, credit="Getty Images", caption=words.caption, src="0.jpg"),
        sections=sections,
        contents=((words.subheads[0], "s1"), (words.subheads[1], "s2"), (words.subheads[0], "s3")),
        pictures=pictures,
        kicker=TermLink(words.topics[0], "topic", code, way, term_url(code)),
        terms=tuple(
            TermLink(name, "topic", code, way, term_url(code), "stated" if n < 3 else "pack", () if n < 3 else (name,))
            for n, name in enumerate(words.topics[:5])
        ),
        previous=teaser(code, 4), next=teaser(code, 2), related=tuple(Related(one, words.topics[:2]) for one in teasers(code, 6)[1:]),
        set_aside=(SetAside("ion.", 61, "residue"), SetAside("Share this", 62, "share")),
        provenance=Provenance(
            f"{code}/1998/a.txt", "9f86d081884c7d659a2feaa0c55ad015" * 2, "60303ae22b998861bce3b28f33eec1be" * 2,
            "plain", "utf-8", "stated", "text", "1.0",
        ),
        date_url=f"/{code}/1998/05/11/",
        publisher=TermLink("The Daily Paper", "source", "en", "ltr", term_url(code)),
        head=HeadView((("citation_language", code, None),), (), Markup("{}"), None, None, None, None, ()),
        cite=CiteView(Markup("<i>Roznama</i>, 11 May 1998."), (Download("RIS", "a.ris", "data:text/plain,TY"),)),
    )  # fmt: skip


def index(code: str) -> TermIndex:
    words, language = WORDS[code], load(code)
    names = sorted({*words.topics, *words.people, *words.places})
    groups: dict[str, list[TermCount]] = {}
    for x in terms(code, tuple(names)):
        groups.setdefault(x.name[0], []).append(x)
    anchors = {letter: f"{code}-{n}" for n, letter in enumerate(groups)}
    bar = (language.alphabet.bar or language.alphabet.letters).split()
    return TermIndex(
        code, language.autonym, direction_of(code),
        tuple((letter, f"/{code}/topics/#{anchors[letter]}" if letter in anchors else None) for letter in bar),
        tuple(LetterGroup(letter, anchors[letter], tuple(list_)) for letter, list_ in groups.items()), len(names),
    )  # fmt: skip


def entries(code: str) -> tuple[FigureEntry, ...]:
    words = WORDS[code]
    return tuple(
        FigureEntry(
            words.alt, words.caption if n % 2 else words.headlines[n % 3], ("EPA", "Reuters", None)[n % 3],
            code, direction_of(code), words.headlines[n % 8], f"/{code}/1998/05/article.html",
            ArticleDate(2001 + n, 5),
            PICTURE if n % 3 else None,
        )
        for n in range(9)
    )  # fmt: skip


def views(code: str) -> Iterator[tuple[str, str, str, View]]:
    """Every kind of page of one language: template, url, title, view."""
    words, language, way = WORDS[code], load(code), direction_of(code)
    here, home, may = term_url(code), f"/{code}/", f"/{code}/1998/05/"
    pager = Pager(None, here, older=here, older_pages=((3, here), (2, here), (1, here)))
    middle = Pager(3, here, newer=here, older=here)
    beside = (NavLink(language.numerals(1997), f"/{code}/1998/"), NavLink(language.numerals(1999), f"/{code}/1998/"))
    short, bars, text = language.weekdays.narrow, years(code), language.text
    links = tuple(zip(language_links(), (2000, 812, 301, 44, 7), strict=True))
    listed, shelf = teasers(code, 14), teasers(code, 2, False)
    groups = (*(YearGroup(2017 - n, listed[n * 3 : n * 3 + 3]) for n in range(4)), YearGroup(None, shelf))
    topics, people, places = terms(code, words.topics), terms(code, words.people), terms(code, words.places)
    aliases = (("en", "Nuclear tests"), ("ar", "تجارب نووية"))
    yield "front", home, words.title, FrontView(
        3164, 1947, 2025, 12, home + "undated/", teaser(code, 0), teasers(code, 12)[1:], bars,
        topics, people, places, links, home + "days/05-11/",
    )  # fmt: skip
    yield "article", may + "article.html", words.headlines[0], article_view(code)
    other = index("ar" if code == "en" else "en")
    yield "terms", home + "topics/", text("topics"), TermsView("topic", (index(code), other), 62, topics, beside)
    yield "term", here, words.topics[0], TermView(
        "topic", words.topics[0], code, way, 240, bars, groups, pager, topics[1:], aliases
    )
    yield "language", home + "all/", language.autonym, LanguageView(
        code, language.autonym, 2000, bars, 12, home + "undated/", listed, topics, home + "topics/"
    )
    yield "year", home + "1998/", language.numerals(1998), YearView(
        1998, 540, tuple(month(code, n) for n in range(1, 13)), short, 8, shelf, *beside
    )
    name = language.months.gregorian[4]
    by_day = ((11, listed[:4]), (9, listed[4:7]), (0, listed[7:8]))
    yield "month", may, f"{name} {language.numerals(1998)}", MonthView(
        1998, 5, name, 46, month(code, 5), short, 8, by_day, middle, *beside
    )
    yield "day", may + "11/", f"{language.numerals(11)} {name}", DayView(
        ArticleDate(1998, 5, 11), 7, listed[:7], pager, *beside
    )
    yield "on_this_day", home + "days/05-11/", f"{language.numerals(11)} {name}", OnThisDayView(5, 11, 7, groups[:3], *beside)
    yield "undated", home + "undated/", text("undated"), UndatedView(12, teasers(code, 12, False), pager)
    yield "pictures", home + "pictures/", text("pictures"), PicturesView(
        entries(code), 9, 3, terms("en", ("EPA", "Reuters", "AFP")), pager
    )
    yield "credit", home + "pictures/epa/", "EPA", CreditView("EPA", "en", "ltr", 9, entries(code)[:4], pager)
    yield "about", home + "about/", text("about_title"), AboutView(
        3164, 1947, 2025, links, 12, (Tally(text("date_stated"), 3000), Tally(text("date_from_url"), 152)),
        (Tally("utf-8", 3160), Tally("windows-1256", 4)), 411, 300, (Tally("residue", 20), Tally("share", 7)),
        (("ur/bad.txt", 0, "not a text"),), 1, (("ur/1998/article.txt", 61, "set aside: residue"),), 230,
        (Tally(text("topics"), 62),), "1.0", (NavLink("Noto Nastaliq Urdu, OFL 1.1", "https://openfontlicense.org/"),),
    )  # fmt: skip
    yield "withdrawn", may + "gone.html", text("withdrawn_title"), WithdrawnView(ArticleDate(2020, 2), words.standfirst)
    yield "not_found", home + "404.html", text("not_found_title"), NotFoundView()
    yield "moved", home + "old.html", text("moved_title"), MovedView(may + "article.html", words.headlines[0], code)


def page_view(template: str, code: str, url: str, title: str) -> PageView:
    text = load(code).text
    trail = (Crumb(text("home"), f"/{code}/"), Crumb(text("topics"), f"/{code}/topics/"), Crumb(title, None))
    crumbs = () if template in ("front", "not_found") else trail[:2] if template == "article" else trail
    return PageView(
        template, url, root_of(url), code, direction_of(code), title, canonical=f"https://archive.example{url}",
        description=WORDS[code].standfirst, crumbs=crumbs,
    )  # fmt: skip


def renderer(theme: Theme) -> Renderer:
    return Renderer(theme.template_folders, {code: site_view(code) for code in LANGUAGES}, None, None)


def write_site(target: Path) -> dict[str, str]:
    """Writes the sample site below `target`: the file of each page by `language/kind`."""
    theme = Theme()
    render = renderer(theme)
    for file in theme.static_files(LANGUAGES, Styles()):
        _write(target / file.path, file.data)
    (target / "pictures").mkdir(parents=True, exist_ok=True)
    for name, size in (("sample", (1600, 1067)), ("sample-480", (480, 320)), ("sample-960", (960, 640))):
        _sample_picture(size).save(target / "pictures" / f"{name}.jpg", quality=82)
    pages: dict[str, str] = {}
    for code in LANGUAGES:
        for template, url, title, view in views(code):
            path = url.lstrip("/") + ("index.html" if url.endswith("/") else "")
            _write(target / path, render.render(f"{template}.html", page_view(template, code, url, title), view))
            pages[f"{code}/{template}"] = path
    return pages


def _sample_picture(size: tuple[int, int]) -> Image.Image:
    """Hills under a low sun: something to look at, in three widths."""
    width, height = size
    picture = Image.new("RGB", size, "#d9c9a8")
    draw = ImageDraw.Draw(picture)
    for row in range(height):
        share = row / height
        draw.line([(0, row), (width, row)], fill=(int(225 - 60 * share), int(205 - 70 * share), int(170 - 60 * share)))
    draw.ellipse([width * 0.68, height * 0.22, width * 0.76, height * 0.34], fill="#f6e7c1")
    for n, shade in enumerate(("#8d7b62", "#6b5d4b", "#43392f")):
        top = height * (0.45 + 0.17 * n)
        points = [(width * x / 8, top + height * 0.11 * ((x * (n + 3) * 7) % 5 - 2) / 2) for x in range(9)]
        draw.polygon([(0, height), *points, (width, height)], fill=shade)
    return picture


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
