"""Every setting reaches every page that it changes: a build after a change of `site.toml` leaves the bytes of a clean one."""

from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct
from PIL import Image
from small_site import SmallSite, dump, with_front_matter

from generator.config import Settings

BASE = {
    "title": '"نمونہ"',
    "language": '"ur"',
    "base_url": '"https://archive.example/x"',
    "theme.footer": '"ایک سطر"',
    "names.ar.title": '"مثال"',
}
CHANGES = {
    "title": '"دوسرا نمونہ"',
    "tagline": '"کل کی خبر"',
    "language": '"ar"',
    "languages": '["en"]',
    "base_url": '"https://other.example"',
    "content": '"content/ur"',
    "per_page": "5",
    "digits": '"latn"',
    "calendar": '"jalali"',
    "encoding": '"windows-1252"',
    "ids": '"path"',
    "licence.name": '"CC BY 4.0"',
    "licence.url": '"https://licence.example"\nlicence.name = "CC"',
    "permalinks.article": '"/{lang}/{year}/{id}.html"',
    "permalinks.undated": '"/{lang}/x/{id}.html"',
    "names.ar.title": '"مثال آخر"',
    "names.ar.tagline": '"خبر"',
    "theme.accent": '"#aa3300"',
    "theme.accent_dark": '"#aa3301"',
    "theme.paper": '"#fffff1"',
    "theme.paper_dark": '"#000001"',
    "theme.ink": '"#000002"',
    "theme.ink_dark": '"#fffff2"',
    "theme.logo": '"logo.svg"',
    "theme.footer": '"دوسری سطر"',
    "theme.nav": '[{ label = "x", url = "/topics/" }]',
    "pictures.widths": "[320]",
    "pictures.quality": "30",
    "search": "false",
    "topics.packs": "false",
    "topics.suggestions": "false",
    "topics.shown": "1",
    "host.redirects": '"nginx"',
    "host.without": '["robots.txt"]',
    "publish.target": '"elsewhere"',
    "data.files": '"single"',
    "checks.broken-link": '"off"',
    "reading.caption_labels": '["سطر"]',
}
ELSEWHERE = {"output"}
"""Another output is another site, with a catalogue of its own."""


def configure(site: SmallSite, changes: dict[str, str]) -> None:
    site.write("site.toml", "".join(f"{key} = {value}\n" for key, value in (BASE | changes).items()))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    """A site with something for every setting."""
    site = SmallSite(tmp_path_factory.mktemp("settings") / "site")
    places = "Pakistan, India, Iran and Afghanistan met. Pakistan spoke, India spoke, Iran spoke, and Afghanistan spoke in Pakistan."
    site.article("en/2001/a.txt", dump("Pakistan and India meet Iran in Afghanistan", "Saturday, 3 March 2001", places, places))
    site.article("ar/b.txt", dump("العراق وسوريا", "اجتمع العراق وسوريا في بغداد، والتقى وفد سوريا بوفد العراق.", "انتهى اللقاء."))
    site.article("ar/c.txt", dump("ملف قديم", "هذا ملف قديم لم يغيره احد منذ سنوات طويلة، وفيه كلام كثير.").encode("windows-1256"))
    data = BytesIO()
    Image.effect_noise((700, 400), 60).save(data, "JPEG")
    site.article("ur/d-1.jpg", data.getvalue())
    fields = {"headline": "تصویر والی", "date": "2001-03-04", "aliases": "[/alt/d.html]", "topics": "[پانی, پل]"}
    site.article("ur/d.md", with_front_matter(fields, "![کچھ](d-1.jpg)\n\nسطر: پل پر پانی\n\nپاکستان میں ایک پل بنا۔"))
    for number in range(7):
        fields = {"headline": f"نیلا پل منصوبہ {number}", "date": f"2002-05-0{number + 1}", "topics": "[پل]", "source": "Reuters"}
        site.article(f"ur/e{number}.md", with_front_matter(fields, "نیلا پل منصوبہ پر بات ہوئی۔ نیلا پل منصوبہ جاری ہے۔"))
    site.write("static/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>')
    configure(site, {})
    site.build()
    return site


def test_every_setting_is_tried() -> None:
    def names(table: type[Struct]) -> set[str]:
        found: set[str] = set()
        for field in msgspec.structs.fields(table):
            inner = field.default
            found |= {f"{field.name}.{name}" for name in names(type(inner))} if isinstance(inner, Struct) else {field.name}
        return found

    tried = set(CHANGES) | {key.partition(".")[0] for key in CHANGES}
    assert names(Settings) - tried == ELSEWHERE


@pytest.mark.parametrize("key", sorted(CHANGES))
def test_a_setting_reaches_every_page_that_it_changes(built: SmallSite, tmp_path: Path, key: str) -> None:
    site = built.copy(tmp_path / "site")
    for changes in ({key: CHANGES[key]}, {}):
        configure(site, changes)
        site.build()
        clean = site.twin(tmp_path / "clean")
        clean.build()
        assert site.files() == clean.files()
