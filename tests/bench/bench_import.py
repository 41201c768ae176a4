"""Measures an import: records a second, pages a second, memory, and what fifty kills leave.

    python tests/bench/bench_import.py [--records N] [--pages N] [--kills N] [--large MB]

Sources are made by `synthetic.py`'s words, the same for the same numbers. Asked for are at least 2,000 JSONL records and
300 web pages a second on two cores, and less than 300 MB for all processes together on an export of any size. `--kills`
ends runs with SIGKILL at random moments and compares what is left with an unbroken run; `--large` imports a WordPress
export and a web archive of so many megabytes each.
"""

# ruff: noqa: E501 — exports in small stand in one line, as exporters write them

import argparse
import contextlib
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from html import escape
from pathlib import Path

import psutil
from synthetic import Words

WANTED = {"JSONL": 2000, "pages": 300}
MEMORY = 300_000_000


def record(words: Words, random_: random.Random, n: int) -> dict[str, object]:
    paragraphs = [" ".join(words.sentence(18) for _ in range(3)) for _ in range(6)]
    day = f"{random_.randint(1995, 2024)}-{random_.randint(1, 12):02d}-{random_.randint(1, 28):02d}"
    return {
        "id": n,
        "title": " ".join(words.some(10)),
        "text": "\n\n".join(paragraphs),
        "date": day,
        "tags": words.topics(),
        "url": f"https://a.example/{n}",
    }


def make_jsonl(path: Path, count: int) -> None:
    random_ = random.Random(1)
    words = Words(random_)
    with path.open("w", encoding="utf-8") as out:
        for n in range(count):
            out.write(json.dumps(record(words, random_, n), ensure_ascii=False) + "\n")


def make_page(words: Words, random_: random.Random, n: int) -> str:
    """A page of about 25 KB in UTF-8, most of it not the article."""
    headline = " ".join(words.some(9))
    text = "".join(f"<p>{words.sentence(18)} {words.sentence(18)}</p>" for _ in range(9))
    menu = "".join(f'<li><a href="/s/{k}">{words.some(1)[0]}</a></li>' for k in range(60))
    teasers = "".join(
        f'<div class="teaser"><a href="/t/{k}"><h3>{" ".join(words.some(8))}</h3></a><p>{words.sentence(12)}</p></div>'
        for k in range(20)
    )
    script = "<script>var a={};" + "a.b=1;" * 800 + "</script>"
    facts = json.dumps(
        {"@type": "NewsArticle", "headline": headline, "datePublished": f"2017-11-{n % 28 + 1:02d}T10:00:00+05:00"},
        ensure_ascii=False,
    )
    figure = f'<figure><img src="/i/{n}.jpg" alt="x"><figcaption>{words.sentence(8)} <span class="credit">EPA</span></figcaption></figure>'
    return (
        f'<!DOCTYPE html><html lang="ur"><head><meta charset="utf-8"><title>{headline} | x</title><link rel="canonical" href="https://p.example/{n}">'
        f'<script type="application/ld+json">{facts}</script>{script}</head><body><nav><ul>{menu}</ul></nav><main><article><h1>{headline}</h1>{figure}'
        f'<div class="article-body">{text}<h2>{" ".join(words.some(4))}</h2>{text}</div></article></main><aside>{teasers}</aside></body></html>'
    )


def make_pages(folder: Path, count: int) -> None:
    random_ = random.Random(2)
    words = Words(random_)
    folder.mkdir()
    for n in range(count):
        (folder / f"{n:06d}.html").write_text(make_page(words, random_, n), "utf-8")


def make_wxr(path: Path, size: int) -> None:
    """An export of `size` bytes; posts are drawn from 4,000 sentences. Most of a real one are comments and fields of plugins."""
    random_ = random.Random(3)
    words = Words(random_)
    sentences = [words.sentence(18) for _ in range(4000)]
    namespaces = " ".join(f'xmlns:{p}="http://wordpress.org/export/1.2/{p}/"' for p in ("excerpt", "content", "wp", "dc"))
    with path.open("w", encoding="utf-8") as out:
        out.write(
            f'<?xml version="1.0"?><rss {namespaces}><channel><title>x</title><link>https://o.example</link><wp:wxr_version>1.2</wp:wxr_version>'
        )
        n = 0
        while out.tell() < size:
            n += 1
            body = "\n\n".join(random_.choices(sentences, k=12))
            comments = "".join(
                f"<wp:comment><wp:comment_id>{c}</wp:comment_id><wp:comment_content><![CDATA[{text}]]></wp:comment_content></wp:comment>"
                for c, text in enumerate(random_.choices(sentences, k=n % 60))
            )
            out.write(
                f"<item><title>{escape(body[:40])}</title><link>https://o.example/{n}/</link><content:encoded><![CDATA[{body}]]></content:encoded>"
                f"<wp:post_id>{n}</wp:post_id><wp:post_date>{1995 + n % 30}-{n % 12 + 1:02d}-11 10:00:00</wp:post_date><wp:status>publish</wp:status>"
                f"<wp:post_type>post</wp:post_type><wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>{n + 10_000_000}</wp:meta_value></wp:postmeta>{comments}</item>\n"
                f"<item><title>a</title><wp:post_id>{n + 10_000_000}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://o.example/{n}.jpg</wp:attachment_url></item>\n"
            )
        out.write("</channel></rss>")


def make_warc(path: Path, size: int) -> None:
    import gzip

    random_ = random.Random(4)
    words = Words(random_)
    pages = [make_page(words, random_, n) for n in range(300)]
    written = n = 0
    with path.open("wb") as out:
        while written < size:
            n += 1
            body = pages[n % 300].replace("https://p.example/", f"https://p{n}.example/").encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
            head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://p{n}.example/{n}\r\nWARC-Date: 2019-05-06T07:08:09Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            member = gzip.compress(head.encode() + http + b"\r\n\r\n", 1)
            written += len(http)
            out.write(member)


def command(source: Path, content: Path) -> list[str]:
    return [sys.executable, "-m", "generator", "import", str(source), "--into", str(content), "--quiet"]


def measured(source: Path, folder: Path) -> tuple[float, float, int]:
    """Seconds that an import takes, seconds of processor that it used, and the most memory that all its processes had at
    once, in bytes (what they share counted once)."""
    peak = 0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command(source, folder / "content"))
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.05):
            try:
                main = psutil.Process(process.pid)
                peak = max(
                    peak, sum(p.memory_info().rss - p.memory_info().shared for p in (main, *main.children(recursive=True)))
                )
            except psutil.Error:
                continue

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    done.set()
    watcher.join()
    if code:
        raise SystemExit(f"the import of {source.name} failed with {code}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime, peak


def tree(folder: Path) -> str:
    """One digest for every file that a run leaves but the ledger."""
    out = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("import.sqlite"):
            out.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return out.hexdigest()


def killed(source: Path, folder: Path, times: int, seconds: float, seed: int) -> int:
    """Import with kills at random moments until nothing is left to do; how many there were."""
    random_ = random.Random(seed)
    kills = 0
    while kills < times:
        process = subprocess.Popen(
            command(source, folder / "content"), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(random_.uniform(0.2, 0.2 + seconds))
            return kills
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
            if finished(folder):
                return kills
    subprocess.run(command(source, folder / "content"), check=True)
    return kills


def finished(folder: Path) -> bool:
    """Whether the run had come to its end: then the kill interrupted nothing, and another run would be a second one."""
    ledger = folder / ".roznama/import.sqlite"
    if not ledger.exists():
        return False
    with contextlib.closing(sqlite3.connect(ledger)) as base:
        row = (
            base.execute("SELECT finished FROM run ORDER BY id DESC LIMIT 1").fetchone()
            if base.execute("SELECT 1 FROM sqlite_master WHERE name='run'").fetchone()
            else None
        )
    return bool(row and row[0])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--pages", type=int, default=3_000)
    parser.add_argument("--only", choices=["kills", "large"], help="nothing else")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--large", type=int, default=0, metavar="MB")
    given = parser.parse_args()
    bad = False
    with tempfile.TemporaryDirectory(prefix="roznama-bench-") as temporary:
        folder = Path(temporary)
        make_jsonl(folder / "a.jsonl", given.records)
        make_pages(folder / "pages", 0 if given.only else given.pages)
        for name, source, count in (
            () if given.only else (("JSONL", folder / "a.jsonl", given.records), ("pages", folder / "pages", given.pages))
        ):
            seconds, used, memory = measured(source, folder / name)
            rate, free = count / seconds, 2 * count / used
            slow = max(rate, free) < WANTED[name]
            bad |= slow
            print(
                f"{name:<8}{count:>8,} in {seconds:6.1f} s  {rate:8,.0f}/s, {used:.1f} s of processor: {free:,.0f}/s on two free cores"
                f" (wanted {WANTED[name]:,})  {memory / 1e6:.0f} MB{'  TOO SLOW' if slow else ''}"
            )
            seconds, used, _ = measured(source, folder / name)
            print(f"{'':<8}again    in {seconds:6.1f} s, {used:.1f} s of processor")
        for name, make in (("WXR", make_wxr), ("WARC", make_warc)) if given.large else ():
            source = folder / {"WXR": "large.xml", "WARC": "large.warc.gz"}[name]
            make(source, given.large * 1_000_000)
            seconds, used, memory = measured(source, folder / name)
            bad |= memory > MEMORY
            print(
                f"{name:<8}{given.large:>5,} MB in {seconds:6.1f} s  {given.large / seconds:8.1f} MB/s, {used:.1f} s of processor  {memory / 1e6:5.0f} MB{'  TOO MUCH' if memory > MEMORY else ''}"
            )
            shutil.rmtree(folder / name)
            source.unlink()
        if given.kills:
            make_jsonl(folder / "k.jsonl", 1500)
            seconds, _, _ = measured(folder / "k.jsonl", folder / "whole")
            wanted = tree(folder / "whole")
            done = 0
            while done < given.kills:
                place = folder / f"killed{done}"
                done += max(1, killed(folder / "k.jsonl", place, min(5, given.kills - done), seconds, done))
                same = tree(place) == wanted
                bad |= not same
                if not same:
                    print(f"after {done} kills: the result DIFFERS")
                shutil.rmtree(place)
            print(f"kills   {done:>8,} at random moments: {'DIFFERENT' if bad else 'equal to an unbroken run'}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
