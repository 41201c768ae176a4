"""Search measured: what it costs to build, what a reader's line carries, and the same of Pagefind where it is installed.

    python tests/bench/bench_search.py [--pagefind "npx --yes pagefind"] [--archives FOLDER] 2000 8000 20000 100000

For each size a synthetic archive is built (kept in `--archives`), and then asked in Chromium through a server that
compresses: two common words, two more, two rare words, a phrase. Bytes are those on the wire, pages of results included.
Pagefind indexes the pages that were built. `--built SITE` asks a site that stands already, with its `content/` and
`output/`, and tells no costs. Prints a table in Markdown.
"""

import argparse
import gzip
import http.server
import resource
import shlex
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
COMPRESSED = (".html", ".js", ".css", ".json", ".svg")


class Cost:
    """Seconds, CPU seconds and peak memory (bytes, children included) of a command."""

    def __init__(self, command: list[str], folder: Path) -> None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        process = psutil.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.memory = 0
        while process.poll() is None:
            try:
                family = [process, *process.children(recursive=True)]
                self.memory = max(self.memory, sum(one.memory_info().rss for one in family))
            except psutil.Error:
                pass  # it ended between two looks
            time.sleep(0.05)
        if process.returncode:
            sys.exit(process.stderr.read().decode()[-2000:])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.seconds = time.perf_counter() - start
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@lru_cache(maxsize=4096)
def squeezed(path: str) -> bytes:
    return gzip.compress(Path(path).read_bytes(), 6)


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """(address, what was sent as (path, bytes))."""
    sent: list[tuple[str, int]] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            if path.is_dir():
                path /= "index.html"
            if not path.is_file():
                self.send_error(404)
                return
            packed = path.suffix in COMPRESSED
            data = squeezed(str(path)) if packed else path.read_bytes()
            sent.append((self.path, len(data)))
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(str(path)))
            self.send_header("Content-Length", str(len(data)))
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(data)

        def translate_path(self, path: str) -> str:
            return str(folder / super().translate_path(path).removeprefix(str(Path.cwd())).lstrip("/"))

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", sent
    server.shutdown()
    server.server_close()


def queries(content: Path) -> dict[str, tuple[str, str]]:
    """Two questions of each kind, from words of a sample: common ones, rare ones, a phrase that stands there."""
    files = sorted(content.rglob("*.txt"))[:: max(1, sum(1 for _ in content.rglob("*.txt")) // 400)]
    counts: Counter[str] = Counter()
    for file in files:
        counts.update({word.strip("۔،") for word in file.read_text("utf-8").split() if len(word.strip("۔،")) > 2})
    often = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    share = [word for word, count in often if 0.2 <= count / len(files) <= 0.4]
    rare = [word for word, count in often if 2 <= count <= 4]
    body = files[3].read_text("utf-8").split("\n\n")[2].split()
    return {
        "two common words": (f"{share[0]} {share[1]}", f"{share[2]} {share[3]}"),
        "a rare word": (rare[0], rare[-1]),
        "a phrase": (f'"{" ".join(body[1:3])}"', f'"{" ".join(body[4:6])}"'),
    }


def ours(page: Page, address: str, sent: list[tuple[str, int]], query: str, later: str) -> list[tuple[int, float]]:
    """(bytes, seconds until results stand) of a first query on a fresh page, and of a later one on the same."""
    script = """async q => {
      const start = performance.now(), box = document.querySelector(".ask input[name=q]");
      const done = new Promise(resolve => new MutationObserver(() => {
        if (document.querySelector(".found h2") || /کچھ/.test(document.querySelector(".tally").textContent)) resolve();
      }).observe(document.querySelector(".seek"), {childList: true, subtree: true}));
      document.querySelector(".found").textContent = "";
      box.value = q;
      document.querySelector(".ask").requestSubmit();
      await done;
      return performance.now() - start;
    }"""
    page.goto(f"{address}search/index.html")
    page.wait_for_timeout(300)
    found = []
    for first, one in ((True, query), (False, later)):
        before = 0 if first else len(sent)
        if first:
            sent[:] = [entry for entry in sent if "/static/search" in entry[0] or "/search/index.js" in entry[0]]
        seconds = page.evaluate(script, one) / 1000
        page.wait_for_timeout(700)
        found.append((sum(size for _, size in sent[before:]), seconds))
    return found


def theirs(page: Page, address: str, sent: list[tuple[str, int]], query: str, later: str) -> list[tuple[int, float]]:
    page.goto(f"{address}404.html")
    sent.clear()
    script = """async ([address, q]) => {
      const start = performance.now();
      window.engine = window.engine || await import(address + "pagefind/pagefind.js");
      const found = await window.engine.search(q);
      await Promise.all(found.results.slice(0, 10).map(one => one.data()));
      return performance.now() - start;
    }"""
    found = []
    for one in (query, later):
        before = len(sent)
        seconds = page.evaluate(script, [address, one]) / 1000
        found.append((sum(size for _, size in sent[before:]), seconds))
    return found


def measured(size: int, archives: Path, pagefind: str | None, page: Page) -> Iterator[list[str]]:
    content, output = archives / str(size) / "content", archives / str(size) / "out"
    if not content.is_dir():
        subprocess.run([sys.executable, str(HERE / "synthetic.py"), str(content), str(size)], check=True)
    text = sum(path.stat().st_size for path in content.rglob("*.txt"))
    build = [sys.executable, "-m", "generator", "build", str(content), "-o", str(output), "-q"]
    root = HERE.parents[1]
    plain = archives / str(size) / "plain"
    (archives / str(size) / "site.toml").write_text('content = "content"\noutput = "plain"\nsearch = false\n', "utf-8")
    without = Cost([sys.executable, "-m", "generator", "build", str(archives / str(size)), "--clean", "-q"], root)
    cost = Cost([*build, "--clean"], root)
    shutil.rmtree(plain)  # not before: a disk that has just lost many files is slow with new ones
    one = sorted(content.rglob("*.txt"))[size // 2]
    old = one.read_text("utf-8")
    one.write_text(old + "\n\nزرافہ اور ہاتھی\n", "utf-8")
    edit = Cost(build, root)
    one.write_text(old, "utf-8")
    Cost(build, root)
    files = [path for path in (output / "search").rglob("*") if path.is_file()]
    asked = queries(content)
    with served(output) as (address, sent):
        answers = {kind: ours(page, address, sent, *two) for kind, two in asked.items()}
    costs = f"{cost.seconds - without.seconds:.1f} s ({cost.cpu - without.cpu:.0f} s CPU)", f"{(cost.memory - without.memory) / 1e6:.0f} MB"
    yield _row("Roznama", size, text, costs, files, answers)
    yield [f"  an edit at {size:,}", "", f"{edit.seconds:.2f} s in all", *[""] * 6]
    if pagefind is None:
        return
    cost = Cost([*shlex.split(pagefind), "--site", str(output), "--root-selector", "main"], root)
    files = [path for path in (output / "pagefind").rglob("*") if path.is_file()]
    with served(output) as (address, sent):
        answers = {kind: theirs(page, address, sent, *two) for kind, two in asked.items()}
    yield _row("Pagefind", size, text, (f"{cost.seconds:.1f} s ({cost.cpu:.0f} s CPU)", f"{cost.memory / 1e6:.0f} MB"), files, answers)
    shutil.rmtree(output / "pagefind")


def standing(site: Path, page: Page) -> list[str]:
    """The row of a site that is built already, `content/` into `output/`: an archive of a million is not built for this."""
    sizes = [path.stat().st_size for path in (site / "content").rglob("*.txt")]
    asked = queries(site / "content")
    with served(site / "output") as (address, sent):
        answers = {kind: ours(page, address, sent, *two) for kind, two in asked.items()}
    files = [path for path in (site / "output/search").rglob("*") if path.is_file()]
    return _row("Roznama", len(sizes), sum(sizes), ("", ""), files, answers)


def _row(name: str, size: int, text: int, costs: tuple[str, str], files: list[Path], answers: Any) -> list[str]:
    total = sum(path.stat().st_size for path in files)
    largest = max(path.stat().st_size for path in files)
    cells = [f"{name}, {size:,}", *costs, f"{len(files):,}"]
    cells += [f"{total / 1e6:.1f} MB ({100 * total / text:.0f} %)", f"{largest / 1e6:.2f} MB"]
    for first, later in answers.values():
        cells.append(f"{first[0] / 1000:.0f} KB {first[1] * 1000:.0f} ms, then {later[0] / 1000:.0f} KB {later[1] * 1000:.0f} ms")
    return cells


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--built", type=Path, action="append", default=[], help="a site that is built already: only what it answers")
    parser.add_argument("--pagefind", help="the command of a Pagefind to compare with")
    parser.add_argument("--archives", type=Path, help="where archives are made and kept")
    given = parser.parse_args()
    with TemporaryDirectory() as temporary, sync_playwright() as playwright:
        archives = (given.archives or Path(temporary)).resolve()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        print("| | seconds more | memory more | files | index (of the text) | largest | two common words | a rare word | a phrase |")
        print("|---|---|---|---|---|---|---|---|---|")
        for size in given.sizes:
            page = browser.new_page()
            for cells in measured(size, archives, given.pagefind, page):
                print("| " + " | ".join(cells) + " |", flush=True)
            page.close()
        for site in given.built:
            print("| " + " | ".join(standing(site.resolve(), browser.new_page())) + " |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
