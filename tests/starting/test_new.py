"""`roznama new`: a file that looks as if it had always been in the archive."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_site import SmallSite, dump, with_front_matter

from generator.cli.new import new
from generator.readers import ReadingOptions, Source, read

URDU = "یہ ریڈیو پاکستان ہے۔ لوگوں نے کہا کہ بارش کے بعد شہر میں پانی جمع ہو گیا ہے اور سڑکیں بند ہیں۔"
ENGLISH = "The people of the town said that the rain had closed the roads and that the water was still high."


def run(site: SmallSite, *arguments: str) -> Result:
    headline, *options = arguments
    return CliRunner().invoke(new, [headline, str(site.folder), *options], catch_exceptions=False)


def made(site: SmallSite, *arguments: str) -> str:
    """The path below the content folder of a new article."""
    done = run(site, *arguments)
    assert done.exit_code == 0, done.output
    return Path(done.output.strip()).relative_to(site.folder.resolve() / "content").as_posix()


def old(site: SmallSite, *paths: str, **fields: str) -> None:
    """Articles of 2 May 2016 and the like at `paths`."""
    for number, path in enumerate(paths):
        text = ENGLISH if "en" in path.split("/") else URDU
        dated = {} if "undated" in path else {"date": "2016-05-02" if "2016" in path else "2017-11-30"}
        site.article(path, with_front_matter({"title": f"A {number}", **dated, **fields}, text))


@pytest.mark.parametrize(
    ("files", "folder"),
    [
        (["ur/2016/05/a.md", "ur/2017/11/b.md", "en/2017/11/c.md"], "ur/2020/03"),
        (["2016/05/a.md", "2017/11/b.md"], "2020/03"),
        (["2016-05/a.md", "2017-11/b.md"], "2020-03"),
        (["2016-05-02/a.md", "2017-11-30/b.md"], "2020-03-09"),
        (["ur/2016/a.md", "ur/2017/b.md", "ur/2017/11/c.md"], "ur/2020"),
        (["news/2016/a.md", "news/2017/b.md"], "news/2020"),
        (["politics/a.md", "sport/b.md", "world/c.md"], ""),
        (["ur/politics/a.md", "ur/sport/b.md", "ur/world/c.md"], "ur"),
        (["a.md"], ""),
        ([], ""),
    ],
)
def test_a_new_article_stands_where_others_of_its_date_would(site: SmallSite, files: list[str], folder: str) -> None:
    old(site, *files)
    path = made(site, "بارش کی خبر", "--date", "2020-03-09")
    assert path == f"{folder}/بارش-کی-خبر.md".lstrip("/")


def test_folders_that_alone_tell_the_date_are_followed(site: SmallSite) -> None:
    for number in range(3):
        site.article(f"ur/2016/0{number + 1}/story{number}.txt", dump(f"خبر {number}", URDU))
    old(site, "ur/2016/01/x.md", "ur/2018/02/y.md")
    assert made(site, "بارش", "--date", "2020-03-09") == "ur/2020/03/بارش.md"


def test_an_undated_article_stands_with_the_undated(site: SmallSite) -> None:
    old(site, "ur/2016/05/a.md", "ur/2017/11/b.md")
    assert made(site, "بارش", "--date", "undated") == "ur/undated/بارش.md"
    old(site, "ur/shelf/undated-1.md", "ur/shelf/undated-2.md", "ur/shelf/undated-3.md")
    assert made(site, "گرمی", "--date", "undated") == "ur/shelf/گرمی.md"


def test_the_file_reads_back_as_what_was_said_and_builds_without_a_problem(site: SmallSite) -> None:
    old(site, "ur/2016/05/a.md", tags="[x]", desk="[World]")
    old(site, "en/2017/11/b.md", lang="en", tags="[x]", desk="[World]")
    path = made(
        site,
        'Floods: "recede" \\ in Sindh',
        "--date",
        "۲ مئی 2022",
        "--topics",
        "floods، Sindh: the river",
        "--author",
        "Ada Lovelace",
    )
    file = site.folder / "content" / path
    assert file.read_text() == (
        "---\n" 'title: "Floods: \\"recede\\" \\\\ in Sindh"\n' "date: 2022-05-02\n" 'lang: "en"\n'
        'tags: ["floods", "Sindh: the river"]\n' 'author: "Ada Lovelace"\n' "desk:\n---\n\n"
    )  # fmt: skip
    file.write_text(file.read_text() + ENGLISH)
    article = read(file.read_bytes(), Source(path), ReadingOptions()).article
    assert article is not None
    assert article.headline == 'Floods: "recede" \\ in Sindh'
    assert (article.language, article.published and article.published.iso) == ("en", "2022-05-02")
    assert [term.name for term in article.terms] == ["floods", "Sindh: the river"]
    assert [byline.name for byline in article.bylines] == ["Ada Lovelace"]
    assert site.build().problems == []


def test_the_first_article_of_a_site_builds_as_it_was_made(site: SmallSite) -> None:
    made(site, "پہلی خبر", "--date", "2020-03-09")
    report = site.build()
    assert report.problems == []
    assert "پہلی خبر" in site.page("ur/2020/03/پہلی-خبر.html")


def test_a_draft_is_not_published(site: SmallSite) -> None:
    made(site, "پہلی خبر", "--draft", "--date", "2020-03-09")
    assert site.build().hidden == {"draft": 1}


def test_names_begin_with_the_date_where_those_of_others_do(site: SmallSite) -> None:
    old(site, "2016/2016-05-02-a.md", "2017/2017-11-30-b.md")
    assert made(site, "Floods Recede", "--date", "2022-09-01") == "2022/2022-09-01-floods-recede.md"


def test_text_files_with_front_matter_get_company_of_their_kind(site: SmallSite) -> None:
    site.article("a.txt", with_front_matter({"headline": "ایک"}, URDU))
    site.article("b.md", dump("دو", URDU))
    assert made(site, "تین").endswith(".txt")


def test_nothing_is_overwritten_and_no_id_is_given_twice(site: SmallSite) -> None:
    path = made(site, "بارش")
    before = (site.folder / "content" / path).read_bytes()
    assert run(site, "بارش").exit_code == 1
    assert run(site, "بارش", "--date", "1999-01-01", "--into", "elsewhere").exit_code == 1
    assert (site.folder / "content" / path).read_bytes() == before
    assert made(site, "بارش", "--id", "barish 2") == "barish-2.md"


def test_a_headline_that_begins_like_a_date_stays_text(site: SmallSite) -> None:
    assert 'headline: "1984: a year"' in (site.folder / "content" / made(site, "1984: a year")).read_text()


@pytest.mark.parametrize(
    "arguments",
    [["  "], ["بارش", "--date", "someday"], ["بارش", "--into", "../elsewhere"], ["بارش", "--language", "klingon/../x"]],
)
def test_what_cannot_be_meant_makes_no_file(site: SmallSite, arguments: list[str]) -> None:
    done = run(site, *arguments)
    assert done.exit_code == 2, done.output
    assert list(site.folder.rglob("*.md")) == []


def test_the_editor_is_opened_with_the_file(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = site.write("editor.sh", '#!/bin/sh\necho "$1" >> "$2"\n')
    editor.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{editor}' written")
    path = made(site, "بارش", "--open")
    assert (site.folder / "content" / path).read_text("utf-8").endswith("written\n")
