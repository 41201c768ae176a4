"""What the preview answers: pages made ahead of their build, drafts, the editor's bar, problems; and that none of it is written."""

from pathlib import Path

import pytest
from small_site import TODAY, SmallSite, dump

import generator.preview
from generator.build import Options
from generator.config import load_site
from generator.preview import Preview
from generator.preview.ahead import Studio
from generator.preview.served import Served
from generator.preview.server import free_port
from generator.problems import Problem
from generator.report import Silent

PAGE = "ur/2001/00/a.html"
DRAFT = "---\nheadline: مسودہ\ndraft: true\ndate: 2003-01-02\nlanguage: ur\n---\n\nمسودے کا پیرا۔\n"
FUTURE = "---\nheadline: کل کی بات\ndate: 2099-01-02\nlanguage: ur\n---\n\nآنے والے کا پیرا۔\n"


class Editor:
    """A built site, what is served of it, and what was told to browsers."""

    def __init__(self, site: SmallSite) -> None:
        self.site = site
        site.article("ur/2001/a.txt", dump("پہلی سرخی", "یہ ایک پیرا ہے۔", "ShareShare"))
        site.article("ur/2002/b.txt", dump("دوسری سرخی", "یہ دوسرا پیرا ہے۔"))
        site.article("ur/draft.md", DRAFT)
        site.article("ur/future.md", FUTURE)
        site.build()
        self.opened: list[Path] = []
        self.reloaded: list[list[str]] = []
        self.served = Served(site.output.resolve(), self.opened.append)
        self.served.building = False
        self.served.content = (site.folder / "content").resolve()
        self.served.changed = self.reloaded.append
        self.reconfigured()

    def reconfigured(self) -> None:
        self.served.studio = Studio(load_site(self.site.folder), Options(today=TODAY))

    def shown(self, path: str = PAGE) -> str:
        return self.served.answer(path).data.decode()


@pytest.fixture
def editor(site: SmallSite) -> Editor:
    return Editor(site)


def test_an_edit_is_shown_before_it_is_built(editor: Editor) -> None:
    assert "پہلی سرخی" in editor.shown()
    before = editor.site.files()
    editor.site.article("ur/2001/a.txt", dump("بدلی ہوئی سرخی", "یہ ایک پیرا ہے۔"))
    editor.served.look_ahead(theme=False)
    assert "<title>بدلی ہوئی سرخی" in editor.shown()
    assert "دوسری سرخی" in editor.shown(), "the neighbour is still linked"
    assert editor.reloaded == [[PAGE]]
    assert editor.site.files() == before, "nothing was written"


def test_what_was_made_ahead_is_what_is_built(editor: Editor) -> None:
    editor.shown()
    editor.site.article("ur/2001/a.txt", dump("پہلی سرخی", "بدلا ہوا پیرا۔"))
    editor.served.look_ahead(theme=False)
    ahead = editor.served._ahead[PAGE].data
    editor.site.build()
    assert ahead == (editor.site.output / PAGE).read_bytes()


def test_a_browser_reloads_only_when_what_it_shows_has_changed(editor: Editor) -> None:
    editor.shown()
    editor.site.article("ur/2002/b.txt", dump("دوسری سرخی", "یہ دوسرا پیرا ہے۔", "ایک اور۔"))
    editor.served.look_ahead(theme=False)
    editor.site.build()
    editor.served.caught_up([])
    assert editor.reloaded == []


def test_a_template_is_shown_before_it_is_built(editor: Editor) -> None:
    assert "میرا سانچہ" not in editor.shown("about/")
    editor.site.write("templates/about.html", "<html><body><h1>میرا سانچہ</h1></body></html>")
    editor.reconfigured()
    editor.served.look_ahead(theme=True)
    assert "میرا سانچہ" in editor.shown("about/")
    assert editor.reloaded == [["about/"]]


def test_a_style_sheet_is_shown_before_it_is_built(editor: Editor) -> None:
    editor.served.answer("static/roznama.css")
    editor.site.write("static/css/90-mine.css", "body { outline: 7px solid }")
    editor.reconfigured()
    editor.served.look_ahead(theme=True)
    assert b"outline:7px solid" in editor.served.answer("static/roznama.css").data


@pytest.mark.parametrize(
    ("path", "words", "mark"),
    [
        ("ur/2003/01/draft.html", "مسودے کا پیرا", "Draft: not published"),
        ("ur/2099/01/future.html", "آنے والے", "Future date: not published"),
    ],
)
def test_what_is_not_published_is_shown_and_marked_here_alone(editor: Editor, path: str, words: str, mark: str) -> None:
    shown = editor.shown(path)
    assert words in shown
    assert mark in shown
    assert not (editor.site.output / path).exists()
    assert mark not in editor.shown()
    panel = editor.served.panel(PAGE, here=True).decode()
    assert "مسودہ" in panel
    assert "کل کی بات" in panel


def test_the_bar_is_in_what_is_served_and_in_no_file(editor: Editor) -> None:
    assert "ur/2001/a.txt" in editor.shown().partition('id="roznama"')[2]
    for path in editor.site.output.rglob("*.html"):
        assert b'id="roznama"' not in path.read_bytes()


def test_the_panel_tells_what_was_read(editor: Editor) -> None:
    editor.site.article("ur/2001/a.txt", "---\nheadline: سرخی\ntopics: [کتاب]\n---\n\nپیرا <script>alert(1)</script>\n\nShareShare\n")
    panel = editor.served.panel(PAGE, here=True).decode()
    assert "کتاب" in panel
    assert "stated in the file" in panel
    assert "<script>" not in panel


def test_a_broken_file_says_so_at_once_and_the_page_stays(editor: Editor) -> None:
    editor.shown()
    editor.site.article("ur/2001/a.txt", "---\nheadline: [کھلا\n---\nمتن\n")
    editor.served.look_ahead(theme=False)
    shown = editor.shown()
    assert "front-matter-syntax" in shown
    assert "پہلی سرخی" in shown
    editor.site.article("ur/2001/a.txt", dump("مرمت شدہ", "پیرا۔"))
    editor.served.look_ahead(theme=False)
    assert "front-matter-syntax" not in editor.shown()


def test_a_page_that_the_build_has_not_come_to_is_made_for_who_asks(editor: Editor) -> None:
    for path in (PAGE, "static/roznama.css"):
        (editor.site.output / path).unlink()
    assert "پہلی سرخی" in editor.shown()
    assert editor.served.answer("static/roznama.css").status == 200


def test_before_anything_is_built_a_page_tells_how_far_it_is(site: SmallSite) -> None:
    served = Served(site.output.resolve(), None)
    served.progress = ("read", 3400, 100_000)
    found = served.answer("")
    assert (found.status, b"reading 3,400 of 100,000" in found.data) == (503, True)


def test_a_source_is_opened_for_this_machine_and_nothing_else_is(editor: Editor) -> None:
    assert editor.served.token in editor.served.panel(PAGE, here=True).decode()
    assert editor.served.token not in editor.served.panel(PAGE, here=False).decode()
    assert editor.served.open_source("ur/2001/a.txt")
    assert not editor.served.open_source("../site.toml")
    assert [path.name for path in editor.opened] == ["a.txt"]


def test_a_mistake_of_ours_does_not_end_the_preview(site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.article("ur/2001/a.txt", dump("سرخی", "پیرا۔"))
    told: list[list[Problem]] = []
    running = Preview(site.folder, None, None, Options(today=TODAY, jobs=1), Silent(), lambda _, problems: told.append(problems))
    with monkeypatch.context() as broken:
        broken.setattr(generator.preview, "build", lambda *_: 1 / 0)
        running._build()
    assert [problem.code for problem in told[-1]] == ["internal"]
    assert "ZeroDivisionError" in running.served.answer("").data.decode()
    running._build()
    assert told[-1] == []
    assert "سرخی" in running.served.answer("").data.decode()


def test_an_address_that_is_not_ours_is_an_error() -> None:
    with pytest.raises(OSError):  # the system's own words differ
        free_port("203.0.113.7", 8000)
