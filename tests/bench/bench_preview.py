"""Measures the preview: how soon the first page is there, and how soon a change is on the screen.

    python tests/bench/bench_preview.py [SIZE ...] [--folder DIR] [--rounds N] [--keep]

Each archive is synthetic and built once; `--keep` leaves it there, built, for the next time. The first page is timed from the
start of the command to the last byte of the front page; a change from the moment the file is saved until Chromium, which
shows the article's page, shows the new words.
The build behind it goes on: `built` is when the whole archive has caught up. Medians, with the least and the most.
"""

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import synthetic
from playwright.sync_api import Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Preview:
    """A `roznama serve` of its own. `first` is seconds until the front page was there."""

    def __init__(self, site: Path) -> None:
        start = time.perf_counter()
        command = [sys.executable, "-m", "generator", "serve", str(site), "--port", "8700", "--quiet"]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found = re.search(r"http://localhost:\d+/", line)
        if found is None:
            raise SystemExit(line)
        self.address = found[0]
        self.page("")
        self.first = time.perf_counter() - start

    def page(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:
            return str(answer.read().decode())

    def end(self) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.communicate(timeout=60)


def prepared(folder: Path, size: int) -> Path:
    site = folder / f"{size}-preview"
    if not site.is_dir():
        synthetic.write(site / "content", size, False)
        (site / "site.toml").write_text('title = "پیمائش"\nlanguage = "ur"\n', encoding="utf-8")
    subprocess.run([sys.executable, "-m", "generator", "build", str(site), "--quiet"], check=True)
    return site


def until(happened: Callable[[], bool], limit: float = 300) -> float:
    start = time.perf_counter()
    while not happened():
        if time.perf_counter() - start > limit:
            raise SystemExit("the change did not come")
        time.sleep(0.01)
    return time.perf_counter() - start


def changes(page: Page, preview: Preview, site: Path, rounds: int) -> tuple[list[float], list[float]]:
    """(seconds until the change was on the screen, until it was in the output) of some edits of one article."""
    files = sorted((site / "content").rglob("*.txt"))
    file = files[len(files) // 2]
    path = next((site / "output").rglob(f"{file.stem}.html"))
    page.goto(preview.address + path.relative_to(site / "output").as_posix())
    shown, built = [], []
    for number in range(rounds + 1):
        page.wait_for_function("window.LiveReload && document.readyState === 'complete'")
        page.wait_for_timeout(600)
        word = f"تبدیلی{time.time_ns()}"  # the archive may have been here before
        text = file.read_text("utf-8")
        start = time.perf_counter()
        file.write_text(text.rstrip() + f"\n\n{word} کا ایک پیرا۔\n", encoding="utf-8")
        page.wait_for_function("word => document.body?.textContent.includes(word)", arg=word, polling=5, timeout=120_000)
        if number:  # the first one compiles templates and loads lists
            shown.append(time.perf_counter() - start)
        until(lambda word=word: word in path.read_text("utf-8"))  # type: ignore[misc]
        if number:
            built.append(time.perf_counter() - start)
    return shown, built


def told(seconds: list[float]) -> str:
    return f"{1000 * statistics.median(seconds):,.0f} ms ({1000 * min(seconds):,.0f} to {1000 * max(seconds):,.0f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--keep", action="store_true", help="leave the archives in the folder")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or next(path for name in NAMES if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for size in args.sizes:
            site = prepared(args.folder, size)
            starts = []
            for _ in range(min(3, args.rounds)):
                preview = Preview(site)
                starts.append(preview.first)
                preview.end()
            preview = Preview(site)
            page = browser.new_page()
            shown, built = changes(page, preview, site, args.rounds)
            page.close()
            preview.end()
            if args.json:
                print(json.dumps({"articles": size, "first": starts, "shown": shown, "built": built}), flush=True)
            else:
                print(f"{size:,} articles: first page {told(starts)}; change on screen {told(shown)}; built {told(built)}", flush=True)
            if not args.keep:
                shutil.rmtree(site)
        browser.close()


if __name__ == "__main__":
    main()
