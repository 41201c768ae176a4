"""The tutorial is done as it stands: its texts are saved, its commands run, its changes made, what it promises looked at.
The examples of the guides to bilingual archives and to themes are built as well."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

import pytest
from small_site import SmallSite, dump

DOCS = Path(__file__).parents[1] / "docs"
BIN = Path(sys.executable).parent
BLOCK = re.compile(r"(?:^`([^`\n]+)`.?\n\n)?^```(sh|text|diff|toml|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PATIENCE = 60
"""Seconds until the preview has to show a change, on the slowest machine."""


class Step(NamedTuple):
    """A fenced block: commands (`sh`), a change of a file (`diff`), or else a file's text."""

    kind: str
    path: str
    body: str


def steps(page: str) -> list[Step]:
    return [Step(kind, path, body) for path, kind, body in BLOCK.findall((DOCS / page).read_text("utf-8"))]


def changed(text: str, diff: str) -> str:
    """`text` after a change that stands in it once: lines that begin with a space or `-` give way to those with a space or `+`."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, before
    return text.replace(before, after)


class Reader:
    """Somebody who does what the page says, in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: dict[str, str] = {}
        self.preview: subprocess.Popen[str] | None = None
        self.address = ""

    def do(self, step: Step) -> None:
        if step.kind == "sh":
            for line in step.body.splitlines():
                self.run(line)
            return
        target = self.folder / step.path
        target.write_text(changed(target.read_text("utf-8"), step.body) if step.kind == "diff" else step.body, "utf-8")

    def run(self, line: str) -> None:
        self.end_preview()
        program, _, rest = line.partition(" ")
        if program == "cd":
            self.folder = self.folder / rest
        elif program == "mkdir":
            (self.folder / rest).mkdir()
        elif line == "roznama serve":
            self.start_preview()
        else:
            assert program == "roznama", line
            done = subprocess.run(
                f'"{BIN / program}" {rest}', shell=True, cwd=self.folder, capture_output=True, encoding="utf-8",
                stdin=subprocess.DEVNULL, check=False,
            )  # fmt: skip
            assert (done.returncode, "error" in done.stderr) == (0, False), f"{line}: {done.stderr}"
            self.said[line] = done.stdout

    def start_preview(self) -> None:
        command = [str(BIN / "roznama"), "serve", "--port", "8765"]
        self.preview = subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE, encoding="utf-8")
        assert self.preview.stdout is not None
        found = re.search(r"http://\S+", self.preview.stdout.readline())
        assert found
        self.address = found[0]

    def end_preview(self) -> None:
        """Ctrl-C."""
        if self.preview is not None:
            self.preview.send_signal(signal.SIGINT)
            self.preview.communicate(timeout=PATIENCE)
            self.preview = None

    def sees(self, path: str, words: str) -> None:
        """Wait until the preview shows `words` at `path`."""
        end = time.monotonic() + PATIENCE
        shown = ""
        while time.monotonic() < end:
            try:
                with urlopen(self.address + path) as answer:
                    shown = answer.read().decode()
            except OSError:
                shown = "nothing"
            if words in shown:
                return
            time.sleep(0.05)
        pytest.fail(f"{path} does not show {words!r}")

    def page(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    made = Reader(tmp_path)
    yield made
    made.end_preview()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process here")
def test_the_tutorial_works_as_it_stands(reader: Reader) -> None:
    plan = steps("tutorial.md")
    titled, dated, written = (number for number, step in enumerate(plan) if step.kind == "diff")
    for step in plan[:titled]:
        reader.do(step)
    assert "3 articles (3 new)" in reader.said["roznama build"]
    article = reader.page("output/ur/1992/03/1992-03-25-final.html")
    assert "<figure" in article
    assert "Reuters" in article
    inspected = reader.said["roznama inspect dumps/1992-03-25-final.txt"]
    assert re.search(r"^ +3 figure .*Reuters", inspected, re.MULTILINE)
    assert re.search(r"set aside .*ion\.", inspected)
    assert '<html lang="ur" dir="rtl"' in reader.page("output/index.html")

    (undated,) = reader.folder.glob("output/en/undated/*/the-last-page.html")
    address = undated.relative_to(reader.folder / "output").as_posix()
    reader.sees(address, "How the last page was made up")
    reader.do(plan[titled])
    reader.sees(address, "How the last page of an evening paper was made up")
    reader.do(plan[dated])
    reader.sees("en/1971/00/the-last-page.html", "printing")
    reader.sees("en/1971/", "How the last page of an evening paper was made up")

    for step in plan[dated + 1 : written]:
        reader.do(step)
    assert "dumps/the-presses-stop" in reader.said['roznama new "The presses stop" --language en --date 1975-06-30']
    for step in plan[written:]:
        reader.do(step)
    assert "4 articles" in reader.said["roznama build"]
    assert "given away at the gate" in reader.page("output/en/1975/06/the-presses-stop.html")
    assert "the-last-page.html" in reader.page(f"output/{address}"), "the former address leads on"
    assert reader.said["roznama check"].strip() == "nothing to mend"
    assert reader.said["roznama verify"].startswith("0 differences")
    public = reader.folder.parent / "public"
    assert (public / "index.html").read_bytes() == (reader.folder / "output/index.html").read_bytes()


@pytest.mark.parametrize("page", ["tutorial.ur.md", "tutorial.ar.md"])
def test_translations_have_the_same_commands_texts_and_changes(page: str) -> None:
    assert steps(page) == steps("tutorial.md")


def test_the_bilingual_example_is_linked_and_named_as_the_guide_says(site: SmallSite) -> None:
    for step in steps("bilingual.md"):
        site.write(step.path, step.body)
    report = site.build()
    assert report.problems == []
    urdu, english = site.page("ur/2010/07/2010-07-29-sailab.html"), site.page("en/2010/07/2010-07-30-flood.html")
    assert 'hreflang="en"' in urdu
    assert 'hreflang="x-default" href="https://archive.example/ur/2010/07/2010-07-29-sailab.html"' in english
    assert "Evening" in english
    assert (site.output / "en/search/index.html").exists()


def test_the_theme_in_ten_lines_follows_the_others_and_names_what_is_there(site: SmallSite) -> None:
    found = re.search(r"```css\n(.*?)```", (DOCS / "theme.md").read_text("utf-8"), re.DOTALL)
    assert found
    site.write("static/css/90-mine.css", found[1])
    site.article("ur/2001/a.txt", dump("پہلی سرخی", "یہ ایک پیرا ہے۔"))
    assert site.build().problems == []
    sheet = site.page("static/roznama.css")
    before, _, mine = sheet.partition("#8b0000")
    assert mine
    own = before[: before.rindex(":root")]
    for name in {*re.findall(r"(--[a-z-]+):", found[1]), *re.findall(r"(\.[a-z]+)\b[^;]*\{", found[1])}:
        assert name in own, f"the theme has no {name}"
