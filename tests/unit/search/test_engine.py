"""What a search finds: in Python and in JavaScript the same, from the same files.

Thirteen kinds of queries are those that the usual engine for static sites was measured to fail in these scripts."""

import gzip
import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from search_script import OPEN, index_files, run
from small_site import SmallSite, dump, with_front_matter

from generator.cli.search import search as command
from generator.search.engine import Engine, Wish, parsed

ASK = f"""async given => {{
  {OPEN}
  const engine = await open(given.files), found = [];
  for (const [query, options] of given.asked) {{
    const answer = await engine.search(query, options);
    const url = answer.numbers.length ? await engine.url(answer.numbers[0]) : null;
    found.push({{ numbers: answer.numbers, near: answer.near, mean: answer.mean, url }});
  }}
  return found;
}}"""

ARTICLES = {
    "ur/2001/01/stop.txt": dump("خبر اول", "یہ ایک ملک ہے۔اسلام آباد،کراچی اور لاہور بڑے شہر ہیں۔"),
    "ur/2001/02/kaf.txt": dump("پاکستان کی خبر", "پاکستان میں بارش ہوئی اور لوگ خوش ہوئے۔"),
    "ur/2001/03/kaf-arabic.txt": dump("دوسری خبر", "پاكستان ميں بارش ہوئی اور لوگ خوش ہوئے۔"),
    "ur/1947/08/digits.txt": dump("آزادی", "یہ ملک ۱۹۴۷ میں آزاد ہوا اور لوگوں نے خوشی منائی۔"),
    "ur/2002/digits-latin.txt": dump("یاد", "وہ 1947 کو یاد کرتے ہیں کہ جب ملک بنا۔"),
    "ur/2003/01/plural.txt": dump("کتابوں کا میلہ", "شہر میں کتابیں فروخت ہوئیں اور لوگوں نے خریدیں۔"),
    "ur/2003/02/singular.txt": dump("ایک کتاب", "اس کتاب میں سب کچھ لکھا ہے جو پڑھنا چاہیے۔"),
    "ur/2003/03/letters.txt": dump("کھانا", "اس نے کھا لیا اور پھر آم کھائے۔"),
    "ur/2003/04/letters.txt": dump("بات", "اس نے کہا کہ ام المومنین کا ذکر ہوا ہے۔"),
    "ar/2010/01/tatweel.txt": dump("ســـلام عليكم", "هذا خبر من الأخبار التي كتبت في ذلك اليوم عن الســـلام."),
    "ar/2010/02/forms.txt": dump("ﺳﻼﻡ", "هذا نص من النصوص التي كتبت في ذلك اليوم ﺳﻼﻡ."),
    "ar/2010/03/harakat.txt": dump("عِلْم", "هذا العِلمُ من العلوم التي درسها أحمد في المدرسة."),
    "ar/2010/04/prefix.txt": dump("الكتاب الجديد", "والمدرسة كانت في المدينة وقال الرجل إن الكتاب جميل."),
    "fa/1390/01/zwnj.txt": dump("کتاب‌ها", "او کتاب‌ها را می‌خواند و به خانهٔ خود می‌رود."),
    "he/2011/01/maqaf.txt": dump("בית־ספר חדש", "הילדים לומדים בבית־ספר חדש בתל־אביב ליד הים."),
    "he/2011/02/prefix.txt": dump("הממשלה", "הממשלה החליטה אתמול בירושלים על התקציב של שנה הבאה."),
    "he/2011/03/niqqud.txt": dump("שָׁלוֹם", "דובר צה״ל מסר הודעה אל העיתונאים בערב."),
    "ps/2012/01/ye.txt": dump("ښځې", "په کابل کې ښځې د خپلو حقونو لپاره راغلې وې."),
    "ckb/2012/02/heh.txt": dump("کوردستان", "ئەم هەواڵە لە شاری هەولێر بڵاو کرایەوە."),
    "en/2013/01/en.md": with_front_matter(
        {"headline": "Floods in Élysée", "topics": "[Weather, Rivers]", "language": "en", "source": "Herald"},
        "The river rose and the well-known bridge didn't hold. U.S. engineers counted 1,947 houses.",
    ),
    "zh/2014/01/zh.txt": dump("中国人民日报", "这是中国的一家报纸，人民都看。"),
}  # fmt: skip

# (query, articles that must be found, articles that may be found as near ones)
CLASSES: list[tuple[str, str, set[str]]] = [
    ("Urdu full stop without space", "اسلام", {"stop"}),
    ("Urdu comma without space", "کراچی", {"stop"}),
    ("Arabic kaf and yeh for Urdu ones", "پاكستان", {"kaf", "kaf-arabic"}),
    ("Urdu kaf for Arabic one", "پاکستان", {"kaf", "kaf-arabic"}),
    ("digits of one script for another", "1947", {"digits", "digits-latin", "en"}),
    ("digits the other way", "۱۹۴۷", {"digits", "digits-latin", "en"}),
    ("tatweel", "سلام", {"tatweel", "forms"}),
    ("presentation forms", "ﺳﻼﻡ", {"tatweel", "forms"}),
    ("harakat", "علم", {"harakat"}),
    ("hamza carriers", "احمد", {"harakat"}),
    ("half-space, joined", "کتابها", {"zwnj", "prefix"}),
    ("half-space, as it stands", "کتاب‌ها", {"zwnj", "prefix"}),
    ("half-space, spaced", "می خواند", {"zwnj"}),
    ("Arabic article", "كتاب", {"prefix", "zwnj", "singular", "plural"}),
    ("Arabic conjunction and article", "مدرسة", {"harakat", "prefix"}),
    ("Hebrew maqaf", "ספר", {"maqaf"}),
    ("Hebrew maqaf behind a prefix", "אביב", {"maqaf"}),
    ("Hebrew prefix", "ממשלה", {"prefix"}),
    ("Hebrew preposition", "ירושלים", {"prefix"}),
    ("niqqud", "שלום", {"niqqud"}),
    ("gershayim left out", "צהל", {"niqqud"}),
    ("gershayim as a quotation mark", 'צה"ל', {"niqqud"}),
    ("Pashto ye", "ښځي", {"ye"}),
    ("Urdu plural for singular", "کتابیں", {"plural", "singular", "prefix"}),
    ("Urdu singular for plural", "میلہ", {"plural"}),
    ("Kurdish e as heh", "هەواڵە", {"heh"}),
    ("a word with no match", "زرافہ", set()),
    ("a lone letter", "ک", set()),
    ("capitals and accents", "elysee", {"en"}),
    ("an apostrophe left out", "didnt", {"en"}),
    ("a number with its comma", "1,947", {"digits", "digits-latin", "en"}),
    ("an abbreviation", "U.S.", {"en"}),
    ("Chinese", "人民日报", {"zh"}),
    ("Chinese, one word", "中国", {"zh"}),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    site = SmallSite(tmp_path_factory.mktemp("archive"))
    for path, text in ARTICLES.items():
        site.article(path, text)
    site.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\nids = "path"\nbase_url = "https://archive.example"\n')
    site.build()
    return site


@pytest.fixture(scope="module")
def engine(built: SmallSite) -> Engine:
    return Engine(built.output)


def found(engine: Engine, query: str, **wish: Any) -> list[str]:
    return [hit.url for hit in engine.search(query, Wish(**wish), limit=100).hits]


def stems(urls: list[str]) -> set[str]:
    every = {Path(path).stem for path in ARTICLES}
    return {max((stem for stem in every if url.removesuffix(".html").endswith(stem)), key=len) for url in urls}


@pytest.mark.parametrize(("kind", "query", "expected"), CLASSES, ids=[kind for kind, _, _ in CLASSES])
def test_what_was_typed_is_found_and_nothing_else(engine: Engine, kind: str, query: str, expected: set[str]) -> None:
    assert stems(found(engine, query)) == expected


def test_exact_words_come_before_alike_ones_and_these_before_near_ones(engine: Engine) -> None:
    answer = engine.search("کھا", limit=10)
    assert "/2003/03/" in answer.hits[0].url
    assert "/2003/04/" in answer.hits[1].url
    answer = engine.search("کتاب", limit=10)
    assert answer.near > 0
    assert [hit.near for hit in answer.hits] == sorted(hit.near for hit in answer.hits)
    assert stems([hit.url for hit in answer.hits if not hit.near]) == {"singular", "zwnj"}


def test_all_words_must_be_there(engine: Engine) -> None:
    assert stems(found(engine, "بارش پاکستان خوش")) == {"kaf", "kaf-arabic"}
    assert found(engine, "بارش کتاب") == []


def test_a_phrase_is_found_as_it_stands(engine: Engine) -> None:
    assert stems(found(engine, '"اسلام آباد"')) == {"stop"}
    assert found(engine, '"آباد اسلام"') == []
    assert stems(found(engine, '"میں بارش ہوئی"')) == {"kaf", "kaf-arabic"}
    assert found(engine, '"خبر پاکستان"') == []  # headline's end, paragraph's beginning


def test_a_phrase_runs_through_a_compound(engine: Engine) -> None:
    for query in ('"را می‌خواند و"', '"را میخواند و"', '"را می خواند و"', "“را میخواند و”", "«را میخواند»"):
        assert stems(found(engine, query)) == {"zwnj"}, query


def test_a_minus_leaves_articles_out(engine: Engine) -> None:
    assert stems(found(engine, "بارش -پاکستان")) == set()
    assert stems(found(engine, "خبر -بارش")) >= {"stop"}
    assert "kaf" not in stems(found(engine, "خبر -بارش"))
    assert "kaf" not in stems(found(engine, 'خبر -"میں بارش"'))


def test_years_languages_and_topics_narrow_a_search(engine: Engine) -> None:
    assert stems(found(engine, "1947", first_year=2002)) == {"digits-latin", "en"}
    assert stems(found(engine, "1947", last_year=1950)) == {"digits"}
    assert stems(found(engine, "كتاب", language="ar")) == {"prefix"}
    assert stems(found(engine, "", filters=(("topic", "weather"),))) == {"en"}
    assert stems(found(engine, "topic:Rivers")) == {"en"}
    assert stems(found(engine, "source:herald bridge")) == {"en"}
    assert found(engine, "bridge -topic:Rivers") == []
    assert found(engine, "topic:none") == []


def test_results_are_sorted_by_date_when_asked(engine: Engine) -> None:
    months = [hit.month for hit in engine.search("خبر", Wish(sort="old"), limit=50).hits if not hit.near]
    assert months == sorted(months)
    months = [hit.month for hit in engine.search("خبر", Wish(sort="new"), limit=50).hits if not hit.near]
    assert months == sorted(months, reverse=True)


def test_a_star_asks_for_all_that_begins_so(engine: Engine) -> None:
    assert stems(found(engine, "پاکس*")) == {"kaf", "kaf-arabic"}
    assert found(engine, "پاکس") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("پاکستن", "پاکستان"), ("بارس", "بارش"), ("enginers", "engineers"), ("bride", "bridge"), ("כדר", None), ("qqqqqqqq", None)],
)
def test_a_better_spelling_is_offered_when_nothing_is_found(engine: Engine, typed: str, meant: str | None) -> None:
    answer = engine.search(typed)
    assert (answer.count, answer.mean) == (0, meant)


def test_a_query_of_nothing_finds_nothing(engine: Engine) -> None:
    for query in ("", "   ", "-", '""', "۔،؟", "*", "-پاکستان"):
        assert engine.search(query).count == 0, query


def test_queries_are_parsed_as_they_are_meant() -> None:
    parts, filters = parsed('a "b c" -d -"e f" topic:x -person:"y z" g‌h i*')
    assert [(part.excluded, part.forms, part.phrase) for part in parts] == [
        (False, ("a",), False), (False, ("b", "c"), True), (True, ("d",), False), (True, ("e", "f"), True),
        (False, ("g", "h"), True), (False, ("i",), False),
    ]  # fmt: skip
    assert parts[4].whole == "gh"
    assert filters == [("#topic:x", False), ("#person:y_z", True)]


def test_a_long_query_is_cut(engine: Engine) -> None:
    assert engine.search("پاکستان " * 2000).count == 2


# ── the browser's engine ─────────────────────────────────────────────────────────────────────────────────────────────


def every_word() -> list[str]:
    text = " ".join(ARTICLES.values())
    return sorted(set(text.replace("\n", " ").split()))


def test_python_and_javascript_find_the_same_in_the_same_order(built: SmallSite, engine: Engine) -> None:
    draw = random.Random(4)
    several = every_word()
    queries = [query for _, query, _ in CLASSES] + several
    queries += [" ".join(draw.choices(several, k=2)) for _ in range(100)]
    queries += [f'"{" ".join(words_)}"' for words_ in pairwise(several)][:100]
    queries += ["پاکس*", "خبر -بارش", 'خبر -"میں بارش"', "topic:weather", "source:herald -x", "<script>alert(1)</script>"]
    queries += ["پاکستن", "😀"]
    texts = [path.partition("\n\n")[2].split() for path in ARTICLES.values()]
    queries += [f'"{" ".join(words_[1:4])}"' for words_ in texts if len(words_) > 4]
    wishes: list[tuple[Wish, dict[str, Any]]] = [
        (Wish(), {}), (Wish(sort="new", similar=True), {"sort": "new", "similar": True}),
        (Wish(first_year=2002, last_year=2011), {"from": 2002, "to": 2011}), (Wish(language="ur"), {"language": "ur"}),
    ]  # fmt: skip
    asked = [(query, theirs) for query in queries for _, theirs in wishes]
    answers = run(ASK, {"files": index_files(built.output), "asked": asked})
    ours = [engine.search(query, wish, limit=1000) for query in queries for wish, _ in wishes]
    count = 0
    for (query, options), answer, theirs in zip(asked, ours, answers, strict=True):
        assert theirs["numbers"] == [hit.number for hit in answer.hits], (query, options)
        assert (theirs["near"], theirs["mean"]) == (answer.near, answer.mean), (query, options)
        assert theirs["url"] == (answer.hits[0].url if answer.hits else None)
        count += bool(answer.hits)
    assert count > 300


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_command_shows_headline_address_and_place(built: SmallSite) -> None:
    result = CliRunner().invoke(command, ["كراچی", str(built.folder)])
    assert result.exit_code == 0
    assert "1 articles" in result.output
    assert "خبر اول" in result.output
    assert "کراچی اور لاہور" in result.output


def test_the_command_speaks_json(built: SmallSite) -> None:
    result = CliRunner().invoke(command, ["--json", "-o", str(built.output), "--topic", "Weather", "bridge"])
    data = json.loads(result.output)
    assert data["count"] == 1
    assert data["hits"][0]["headline"] == "Floods in Élysée"
    assert "well-known bridge" in data["hits"][0]["excerpt"]


def test_the_command_says_that_nothing_was_found(built: SmallSite, tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["پاکستن", str(built.folder)])
    assert result.exit_code == 1
    assert "پاکستان" in result.output
    assert CliRunner().invoke(command, ["x", "-o", str(tmp_path)]).exit_code == 1


def test_browsers_are_told_how_to_search(built: SmallSite) -> None:
    description = built.page("search/opensearch.xml")
    assert "https://archive.example/search/?q={searchTerms}" in description
    assert 'type="application/opensearchdescription+xml"' in built.page("search/index.html")


def test_what_a_browser_loads_to_search_is_small(built: SmallSite) -> None:
    scripts = [(built.output / "static" / name).read_bytes() for name in ("search.js", "search-page.js")]
    assert sum(len(gzip.compress(script, 6)) for script in scripts) < 12_000
    assert not any(line.lstrip().startswith(b"//") for script in scripts for line in script.splitlines())
