"""What of an installation decides the bytes of an output."""

import io
import re
import tomllib
from pathlib import Path

import pytest
from PIL import Image
from small_site import SmallSite

from generator import versions
from generator.report import Report

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
WITHOUT_TRACE = {
    "click": "reads the command line",
    "livereload": "serves the preview",
    "numpy": "sorts numbers, of which there is one order",
    "rich": "prints on the terminal",
    "watchfiles": "watches the preview's folders",
    "zstandard": "packs what the catalogue keeps",
}
"""Libraries that leave nothing in a page, and why."""


def test_every_library_is_known_to_decide_bytes_or_not_to() -> None:
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    needed = {re.split("[<>=]", line)[0] for line in project["dependencies"]}
    assert needed <= {*versions.LIBRARIES, *WITHOUT_TRACE}
    assert not WITHOUT_TRACE.keys() & set(versions.LIBRARIES)


def test_every_version_is_told() -> None:
    assert all(re.match(r"\d+(\.\d+)+", version) for version in versions.versions().values())


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """A site that was built, with an article and a picture in two widths."""
    site = SmallSite(tmp_path)
    site.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\n[pictures]\nwidths = [320]\n')
    data = io.BytesIO()
    Image.new("RGB", (640, 300), (140, 60, 40)).save(data, "PNG")
    site.article("one.png", data.getvalue())
    site.article("one.md", "---\nheadline: ایک سرخی\n---\nایک پیرا جس میں کچھ لکھا ہے۔\n\n![ایک تصویر](one.png)\n")
    site.build()
    return site


def rebuilt(site: SmallSite, monkeypatch: pytest.MonkeyPatch, **other: str) -> Report:
    """What is built with other versions."""
    known = versions.versions()
    monkeypatch.setattr(versions, "versions", lambda: {**known, **other})
    for cached in (versions.code_digest, versions.scaling_digest):
        cached.cache_clear()
    try:
        return site.build()
    finally:
        for cached in (versions.code_digest, versions.scaling_digest):
            cached.cache_clear()


def test_the_same_versions_are_no_cause(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not rebuilt(site, monkeypatch).rendered


@pytest.mark.parametrize("library", ["jinja2", "pillow", "Python"])
def test_another_version_is_cause_to_read_and_plan_everything_again(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    there = site.build().planned
    report = rebuilt(site, monkeypatch, **{library: "99"})
    assert (report.changed, report.written) == (1, 0)
    assert report.why == {"Roznama has changed": report.rendered}
    pictures = 1 if library == "pillow" else 0
    assert report.stale.get("picture", 0) == pictures
    assert report.rendered == there - len(list((site.output / "static").rglob("*.*"))) - 2 + pictures
