"""What of an installation decides the bytes of an output."""

import io
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from small_site import SmallSite

from generator import cluster, versions
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


@contextmanager
def installed(monkeypatch: pytest.MonkeyPatch, **other: str) -> Iterator[None]:
    """Other versions are there."""
    known = versions.versions()
    cached = (versions.code_digest, versions.installed_digest, versions.scaling_digest, cluster.facts)
    try:
        with monkeypatch.context() as patched:
            for module in (versions, cluster):
                patched.setattr(module, "versions", lambda: {**known, **other})
            for one in cached:
                one.cache_clear()
            yield
    finally:
        for one in cached:
            one.cache_clear()


def test_of_a_worker_with_another_library_nothing_else_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    here = cluster.facts()
    with installed(monkeypatch, jinja2="99"):
        there = cluster.facts()
    assert {name for name in here if here[name] != there[name]} == {"jinja2"}


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
    with installed(monkeypatch, **other):
        return site.build()


def test_the_same_versions_are_no_cause(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not rebuilt(site, monkeypatch).rendered


@pytest.mark.parametrize("library", ["jinja2", "pillow", "Python"])
def test_another_version_is_cause_to_read_and_plan_everything_again(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    report = rebuilt(site, monkeypatch, **{library: "99"})
    assert (report.changed, report.written) == (1, 0)
    assert report.why == {"Roznama has changed": report.rendered}
    pictures = 1 if library == "pillow" else 0
    assert report.stale.get("picture", 0) == pictures
    untouched = 2 - pictures + len(list((site.output / "static").rglob("*.*")))  # the original, and the theme's files
    assert report.rendered == report.planned - untouched
