"""Plays somebody who has 200 files of text and nothing else: from the wheel to a published archive.

    make wheel && python tests/bench/newcomer.py [--count N] [--folder DIR] [--write]

A new virtual environment gets the wheel of `dist/` alone. The files are synthetic dumps and the articles of the sample archive,
some of them as Windows wrote them once, one with a mistake. `roznama` looks at them, builds, serves; a headline is corrected while
Chromium shows its page; the archive is checked, proven and published to a folder. What the commands say is printed as it is;
`--write` puts it into `docs/transcript.md`. Ends with an error as soon as something is not as it should be.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import synthetic
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
HOME = "/home/ada"
HEAD, TAIL = 22, 6
"""Lines at the beginning and the end of a long output that are kept."""
WRONG = """---
title: A bridge for bicycles
date: the day before the flood
---
The bridge was built for carts, and bicycles came to it before motor cars did.
"""
OLD, NEW = "date: the day before the flood", "date: July 2010"


class Session:
    """A terminal: commands and what they said, with the folder's own path shown as `HOME`."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.where = folder, folder
        self.lines: list[str] = []
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))},
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1", "COLUMNS": "80",
            "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1",
        }  # fmt: skip

    def run(self, command: str, code: int = 0) -> str:
        """What `command` said. Raises `SystemExit` if it ends with another exit code."""
        done = subprocess.run(
            command, shell=True, cwd=self.where, env=self._environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
        )  # fmt: skip
        self._typed(command)
        said = done.stdout.replace(str(self.folder), HOME).replace("\u2068", "").replace("\u2069", "")
        self._tell(said.splitlines())
        if done.returncode != code:
            raise SystemExit("\n".join([*self.lines, f"{command} ended with {done.returncode}, not {code}"]))
        return said

    def go(self, name: str) -> None:
        self.where = self.where / name
        self._typed(f"cd {name}")

    def note(self, text: str) -> None:
        """What is done outside the terminal."""
        self.lines += ["", f"    [{text}]"]

    def start(self, command: str) -> tuple[subprocess.Popen[str], str]:
        """A command that goes on, and the address that it names first."""
        process = subprocess.Popen(
            command.split(), cwd=self.where, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
        )
        assert process.stdout is not None
        first = process.stdout.readline()
        self._typed(command)
        self._tell([first.rstrip()])
        found = re.search(r"http://\S+", first)
        if found is None:
            raise SystemExit(first)
        return process, found[0]

    def _typed(self, command: str) -> None:
        self.lines += ["", f"$ {command}"]

    def _tell(self, said: list[str]) -> None:
        if len(said) > HEAD + TAIL + 3:
            said = [*said[:HEAD], f"    [{len(said) - HEAD - TAIL} lines left out]", *said[-TAIL:]]
        self.lines += said


def dumps(folder: Path, count: int) -> None:
    """`count` files of several languages, encodings and kinds, and the pictures of some."""
    own = [path for path in sorted((ROOT / "content").rglob("*.*")) if path.is_file()]
    articles = [path for path in own if path.suffix in (".md", ".txt")][: count // 2]
    stems = tuple(path.stem for path in articles)
    for path in own:
        if path not in articles and (path.suffix in (".md", ".txt") or not path.name.startswith(stems)):
            continue
        target = folder / path.relative_to(ROOT / "content")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(as_once_written(path))
    (folder / "en").mkdir(exist_ok=True)
    (folder / "en/bridge.md").write_text(WRONG, "utf-8")
    synthetic.write(folder / "old", count - len(articles) - 1)


def as_once_written(path: Path) -> bytes:
    """A file's bytes: Arabic dumps as windows-1256, Hebrew ones as UTF-16, with the line ends of Windows; others as they are."""
    data = path.read_bytes()
    encoding = {"ar": "cp1256", "he": "utf-16"}.get(path.relative_to(ROOT / "content").parts[0])
    if path.suffix != ".txt" or encoding is None:
        return data
    return data.decode().replace("\n", "\r\n").encode(encoding, "replace")


def play(session: Session, browser: Browser, count: int) -> None:
    """The whole session, in an empty folder."""
    site = session.folder / "evening"
    session.note(f"{count} files of text are copied to evening/dumps")
    dumps(site / "dumps", count)
    session.go("evening")
    session.run("roznama --version")
    said = session.run("roznama init --title شام --language ur --yes")
    expect(f"{count} files" in said, said)
    said = session.run("roznama build", code=1)
    expect("en/bridge.md:3:7: error" in said, said)
    session.note(f"in dumps/en/bridge.md, “{OLD}” becomes “{NEW}”")
    bridge = site / "dumps/en/bridge.md"
    bridge.write_text(bridge.read_text("utf-8").replace(OLD, NEW), "utf-8")
    session.run("roznama build")
    edited(session, browser, bridge)
    session.run("roznama build")
    session.run("roznama check")
    session.run("roznama verify")
    session.run("roznama stats")
    session.run("roznama publish ../public")
    said = session.run("roznama publish ../public")
    page = browser.new_page()
    page.goto((session.folder / "public/index.html").as_uri())
    expect("شام" in page.title(), page.title())
    shown = page.locator("article, .tease").count()
    expect(shown > 0, "no article on the front")
    session.note(f"public/index.html is opened from the disk: “{page.title()}”, with {shown} articles on it")
    page.close()


def edited(session: Session, browser: Browser, source: Path) -> None:
    """A headline is corrected while the preview shows its page."""
    process, address = session.start("roznama serve")
    page = browser.new_page()
    try:
        found = next((session.where / "output/en/2010").rglob("bridge.html")).relative_to(session.where / "output").as_posix()
        page.goto(address + found)
        session.note(f"the browser shows {found}: “{page.locator('h1').first.inner_text()}”")
        page.wait_for_timeout(1000)  # until the page listens for changes
        start = time.perf_counter()
        source.write_text(source.read_text("utf-8").replace("A bridge for bicycles", "A bridge for carts and bicycles"), "utf-8")
        page.wait_for_function("document.querySelector('h1').innerText.includes('carts and bicycles')", timeout=30_000, polling=10)
        took = time.perf_counter() - start
        session.note(f"the headline is corrected in the file; {took * 1000:.0f} ms after it was saved the browser shows it")
    finally:
        page.close()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    session.note("Ctrl-C")


def expect(true: bool, said: str) -> None:
    if not true:
        raise SystemExit(f"not as it should be: {said}")


def installed(folder: Path) -> Path:
    """The programs of a new environment that holds the newest wheel of `dist/` and what it needs."""
    wheels = sorted((ROOT / "dist").glob("roznama-*.whl"), key=lambda path: path.stat().st_mtime)
    expect(bool(wheels), "there is no wheel in dist/: make wheel")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-c", str(ROOT / "constraints.txt")]
    subprocess.run([*pip, str(wheels[-1])], check=True)
    return programs


def chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(path for name in names if (path := shutil.which(name)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="an empty folder to play in, kept; a temporary one by default")
    parser.add_argument("--write", action="store_true", help="put the transcript into docs/transcript.md")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = (args.folder or Path(temporary)).resolve()
        session = Session(folder / "home", installed(folder / "venv"))
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        start = time.perf_counter()
        play(session, browser, args.count)
        browser.close()
        session.note(f"{time.perf_counter() - start:.0f} seconds in all")
    text = "\n".join(session.lines).strip()
    print(text)
    if args.write:
        page = ROOT / "docs/transcript.md"
        before, _, _ = page.read_text("utf-8").partition("```")
        page.write_text(f"{before}```text\n{text}\n```\n", "utf-8")


if __name__ == "__main__":
    main()
