"""Why pages are made again is told, and told right."""

from pathlib import Path

import pytest
from small_site import TODAY, SmallSite, dump

from generator import reasons
from generator.build import Options, build
from generator.config import load_site

PAGE = "ur/2001/00/a.html"


@pytest.fixture
def made(site: SmallSite) -> SmallSite:
    site.article("ur/2001/a.txt", dump("پہلی سرخی", "یہ ایک پیرا ہے۔"))
    site.article("ur/2002/b.txt", dump("دوسری سرخی", "یہ دوسرا پیرا ہے۔"))
    assert set(why(site).values()) == {reasons.NEW}
    return site


def why(site: SmallSite) -> dict[str, str]:
    report = build(load_site(site.folder), Options(today=TODAY, jobs=1, reasons=True))
    assert sum(report.why.values()) == len(report.made)
    return dict(report.made)


def test_nothing_is_made_for_nothing(made: SmallSite) -> None:
    assert why(made) == {}


def test_an_edited_article_and_what_shows_it(made: SmallSite) -> None:
    made.article("ur/2001/a.txt", dump("بدلی سرخی", "یہ ایک پیرا ہے۔"))
    found = why(made)
    assert found[PAGE] == reasons.ARTICLE
    assert found["ur/2002/00/b.html"] == reasons.AROUND
    assert found["index.html"] == reasons.LISTED


def test_a_file_that_somebody_touched(made: SmallSite) -> None:
    (made.output / PAGE).write_text("mine", "utf-8")
    assert why(made) == {PAGE: reasons.DAMAGED}


def test_a_template_and_the_settings(made: SmallSite) -> None:
    made.write("templates/about.html", "<h1>بدلا ہوا</h1>")
    assert why(made) == {"about/index.html": reasons.TEMPLATE}
    made.write("site.toml", 'title = "دوسرا نام"\nlanguage = "ur"\n')
    assert why(made)[PAGE] == reasons.SITE


def test_a_lost_catalogue(made: SmallSite) -> None:
    for file in (Path(made.folder) / ".roznama" / "output").glob("catalogue*"):
        file.unlink()
    assert set(why(made).values()) == {reasons.UNKNOWN}
