"""Someone who edits an archive at random, the same way for the same seed: everything that may happen to a site between
two builds, its own output and catalogue included."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path

from PIL import Image
from small_site import SmallSite, dump, with_front_matter

SENTENCES = {
    "ur": (
        "یہ ایک خبر ہے جس میں کچھ لکھا گیا ہے۔",
        "پاکستان اور افغانستان کے درمیان دریائے کابل کے پانی پر بات چیت ہوئی۔",
        "لاہور میں اساتذہ نے تنخواہوں کے لیے احتجاج کیا اور صحافت کی آزادی کا ذکر کیا۔",
        "کرکٹ کے میدان میں بھارت کی ٹیم نے انگلینڈ کو شکست دی۔",
        "نیلا پل منصوبہ اس سال مکمل ہو گا، نیلا پل منصوبہ شہر کو ملائے گا۔",
    ),
    "ar": (
        "هذا خبر من الأخبار التي كتبت في ذلك اليوم.",
        "عقدت سوريا ومصر اجتماعا في القاهرة حول التعليم.",
        "قالت الأمم المتحدة إن الوضع في العراق يتحسن.",
        "مشروع الجسر الأزرق يبدأ هذا العام، ومشروع الجسر الأزرق كبير.",
    ),
    "en": (
        "This is a report of what was seen on that day in the city.",
        "Pakistan and India held talks in Lahore about water and press freedom.",
        "The Blue Bridge Project began; the Blue Bridge Project is large.",
        "A free press was asked for by teachers in Syria and Egypt.",
    ),
}
NAMES = {"ur": ("پاکستان", "نیلا پل منصوبہ", "افغانستان"), "ar": ("سوريا", "العراق"), "en": ("Lahore", "Blue Bridge Project")}
LABELS = {
    "ur": ("،تصویر کا ذریعہ", "،تصویر کا کیپشن"),
    "ar": ("صدر الصورة، ", "التعليق على الصورة، "),
    "en": ("Image source, ", "Image caption, "),
}
TOPICS = ("کھیل", "کرکٹ", "سائنس", "تعلیم", "press freedom", "Syria", "نیلا پل منصوبہ")
FIELDS = (
    "draft: true", "withdrawn: 2024-05-01", "date: 2030-01-01", "modified: 2020-01-02", "modified: 2021-03-04", "slug: another",
    "id: given", "aliases: [/old/1.html, 'https://old.example/x']", "aliases: [/old/2.html]", "authors: [کوئی]", "places: [لاہور]",
    "people: [احمد علی]", "organisations: [UN]", "source: https://old.example/a", "unknown: field",
)  # fmt: skip
ENTRIES = (
    '[[topic]]\nid = "press-freedom"\nkind = "subject"\nlabel = { en = "Press freedom", ur = "صحافت کی آزادی" }\n',
    '[[topic]]\nid = "press-freedom"\nkind = "subject"\nlabel = { en = "Freedom of the press" }\naliases = { en = ["free press"] }\n',
    '[[topic]]\nid = "free-press"\nkind = "subject"\nlabel = { en = "Free press" }\nformerly = ["press-freedom"]\n',
    '[[topic]]\nid = "syria"\nhide = true\n',
    '[[topic]]\nid = "sham"\nkind = "place"\nlabel = { ar = "سوريا", en = "Syria" }\nmerge_into = "syria"\n',
    '[[topic]]\nid = "blue-bridge"\nkind = "event"\nlabel = { ur = "نیلا پل", en = "Blue Bridge" }\nrelated = ["press-freedom"]\n',
    '[[topic]]\nid = "cricket"\nlabel = { ur = "کرکٹ کا کھیل" }\naliases = { "*" = ["کھیل"] }\nbroader = ["sport"]\n',
    '[[topic]]\nid = "teachers"\nkind = "subject"\nlabel = { ur = "اساتذہ" }\nbeside = ["تنخواہوں"]\n',
    '[[topic]]\nid = "water"\nkind = "subject"\nlabel = { ur = "پانی", en = "water" }\nnot_beside = ["کابل"]\n',
    '[[topic]]\nid = "sport"\nbroader = ["culture"]\n',
    '[[topic]]\nid = "play"\nlabel = { ur = "کھیل", en = "Play" }\n',
    '[[topic]]\nid = "syria"\nmerge_into = "play"\nkind = "subject"\n',
)
SETTINGS = (
    ("", 'base_url = "https://archive.example/x"\n', 'base_url = "https://other.example"\n'),
    ("", "per_page = 5\n", "per_page = 6\n"),
    ("", 'tagline = "کل کی خبر"\n'),
    ("", 'ids = "path"\n'),
    ("", "search = false\n"),
    ("", 'calendar = "jalali"\n', 'calendar = "hijri"\n', 'digits = "latn"\n'),
    ("", '[topics]\npacks = false\n', "[topics]\nsuggestions = false\n", "[topics]\nshown = 2\n"),
    ("", '[data]\nfiles = "texts"\n', '[data]\nfiles = "none"\n', '[data]\nfiles = "single"\n'),
    ("", '[host]\nredirects = "netlify"\n', '[host]\nredirects = "nginx"\nwithout = ["robots.txt"]\n', '[host]\nredirects = "apache"\n'),
    ("", '[theme]\naccent = "#aa3300"\nfooter = "x"\n', '[theme]\nnav = [{ label = "x", url = "/topics/" }]\n'),
    ("", '[permalinks]\narticle = "/{lang}/{year}/{id}.html"\n'),
    ("", "[pictures]\nwidths = [320]\n"),
    ("", '[licence]\nname = "CC BY 4.0"\n'),
    ("", '[names.ar]\ntitle = "مثال"\n'),
)
"""Lines of `site.toml`, plain keys before tables: of each row one, the first for the most part."""
BODY = '{{% extends "base.html" %}}{{% block main %}}<h1>{{{{ page.title }}}} {}</h1>{{% endblock %}}'


class Editor:
    """Edits `site`. What is edited next is told by the seed alone."""

    def __init__(self, site: SmallSite, seed: int) -> None:
        self.site = site
        self.random = random.Random(seed)
        self.count = 0
        self._knows = True
        """Without catalogue and manifest nobody knows which files are ours: one of the two is lost between two builds."""

    def files(self) -> list[Path]:
        return sorted(path for path in (self.site.folder / "content").rglob("*") if path.suffix in (".txt", ".md"))

    def one(self) -> Path:
        return self.random.choice(self.files())

    def _edited(self, path: Path, edit: Callable[[str], str]) -> None:
        data = path.read_bytes()
        path.write_bytes(edit(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape"))

    # ── articles ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def text(self, language: str, dated: bool = True) -> tuple[str, str]:
        """(ending, text) of a new article: a dump, or one with front matter."""
        random_ = self.random
        name = random_.choice(NAMES[language])
        self.count += 1
        headline = f"{name} {random_.randint(1, 99)} {self.count}"
        paragraphs = [f"{random_.choice(SENTENCES[language])} {random_.randint(1, 9999)}" for _ in range(random_.randint(1, 5))]
        if random_.random() < 0.5:
            credit, caption = LABELS[language]
            figure = f"{name} {self.count}\n\n{credit}{random_.choice(('EPA', 'AFP'))}\n\n{caption}{SENTENCES[language][0]}"
            return ".txt", dump(headline, paragraphs[0], figure, *paragraphs[1:])
        fields = {"headline": headline, "topics": f"[{name}, {random_.choice(TOPICS)}]"}
        if random_.random() < 0.8:
            fields["language"] = language
        if random_.random() < 0.3:
            fields["people"] = f"[{name} {random_.randint(1, 3)}]"
        if dated:
            fields["date"] = f"{random_.randint(2001, 2004)}-{random_.randint(1, 12):02d}-{random_.randint(1, 28):02d}"
        return ".md", with_front_matter(fields, "\n\n".join(paragraphs))

    def add(self) -> None:
        language = self.random.choice(list(SENTENCES))
        ending, text = self.text(language, self.random.random() < 0.8)
        folder = self.random.choice((f"{language}/2003/05", f"{language}/2002", language, "mixed"))
        self.site.article(f"{folder}/a{self.count}{ending}", text)

    def add_of_another_encoding(self) -> None:
        self.count += 1
        text = f"خبر {self.count}\n\nهذا خبر من الأخبار التي كتبت في ذلك اليوم عن المدينة والناس.\n"
        self.site.article(f"ar/l{self.count}.txt", text.replace("خبر", "نبأ", 1).encode("cp1256"))

    def add_a_broken_one(self) -> None:
        self.count += 1
        text = self.random.choice(("---\nheadline: x\ntopics: [ایک, دو\n---\nمتن\n", "", "---\ndate: 2001-99-01\nheadline: x\n---\nمتن\n"))
        self.site.article(f"ur/b{self.count}.md", text)

    def remove(self) -> None:
        if len(self.files()) > 3:
            self.one().unlink()

    def rename(self) -> None:
        path = self.one()
        path.rename(path.with_name(f"renamed{self.count}-{path.name}"))

    def change_case(self) -> None:
        path = self.one()
        path.rename(path.with_name(path.stem.swapcase() + path.suffix))

    def copy(self) -> None:
        """A second article of one id."""
        path = self.one()
        target = self.site.folder / "content" / "en" / "2001" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        if target != path:
            shutil.copy2(path, target)

    def move_to_another_date(self) -> None:
        path = self.one()
        target = self.site.folder / "content" / "ur" / "2004" / f"{self.random.randint(1, 12):02d}" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)

    def move_a_folder(self) -> None:
        folder = self.one().parent
        if folder.name != "content":
            folder.rename(folder.with_name(f"{folder.name}-{self.random.randint(1, 99)}"))

    def rewrite(self) -> None:
        language = self.random.choice(list(SENTENCES))
        more = f"\n\n{self.random.choice(SENTENCES[language])} {self.random.randint(1, 999)}\n"
        self._edited(self.one(), lambda text: text + more)

    def shorten(self) -> None:
        self._edited(self.one(), lambda text: text[: max(60, len(text) * 2 // 3)])

    def retitle(self) -> None:
        new = self.random.choice(("بدلی", "changed", "سوريا"))
        path = self.one()
        self._edited(path, lambda text: text.replace("headline: ", f"headline: {new} ", 1) if text.startswith("---") else f"{new} {text}")

    def redate(self) -> None:
        self._edited(self.one(), lambda text: text.replace("date: 200", "date: 199"))

    def retopic(self) -> None:
        old, new = self.random.sample(TOPICS, 2)
        for path in self.files():
            self._edited(path, lambda text: text.replace(f"{old}]", f"{new}]"))

    def change_language(self) -> None:
        old, new = self.random.sample(("ar", "fa", "ur", "en", "ps"), 2)
        for path in self.files()[::2]:
            self._edited(path, lambda text: text.replace(f"language: {old}", f"language: {new}"))

    def state_a_field(self) -> None:
        """One more field of front matter, or that one again taken out."""
        line = self.random.choice(FIELDS)
        found = [path for path in self.files() if path.read_bytes().startswith(b"---\n")]
        stated = [path for path in found if f"\n{line}\n".encode() in path.read_bytes()]
        if stated:
            self._edited(stated[0], lambda text: text.replace(f"{line}\n", "", 1))
        elif found:
            name = line.partition(":")[0]
            path = self.random.choice(found)
            self._edited(path, lambda text: text if f"\n{name}:" in text else text.replace("---\n", f"---\n{line}\n", 1))

    def translate(self) -> None:
        """Name an article, or one that does not exist, as the original of another or as its translation."""
        found = [path for path in self.files() if path.read_bytes().startswith(b"---\n")]
        other = self.random.choice((self.one().stem, self.one().stem, "nobody"))
        line = self.random.choice((f"translation_of: {other}", f"translations: [{other}, {self.one().stem}]"))
        if found:
            name = line.partition(":")[0]
            path = self.random.choice(found)
            self._edited(path, lambda text: text if f"\n{name}:" in text else text.replace("---\n", f"---\n{line}\n", 1))

    def fill_a_month(self) -> None:
        """Articles enough that the list of a month may take several pages, and its days have their own."""
        for day in (1, 1, 2, 28):
            self.count += 1
            text = dump(f"خبر {self.count}", self.random.choice(SENTENCES["ur"]))
            self.site.article(f"ur/2003/05/2003-05-{day:02d}-{self.count}.txt", text)

    def touch(self) -> None:
        self.one().touch()

    def picture(self) -> None:
        path = self.one()
        data = BytesIO()
        Image.new("RGB", (self.random.randint(300, 700), 300), (self.random.randint(0, 255), 80, 60)).save(data, "PNG")
        path.with_name(f"{path.stem}-{self.random.randint(1, 2)}.png").write_bytes(data.getvalue())

    def break_a_picture(self) -> None:
        for path in sorted((self.site.folder / "content").rglob("*.png"))[-1:]:
            path.write_bytes(b"no picture")

    def remove_picture(self) -> None:
        for path in sorted((self.site.folder / "content").rglob("*.png"))[:1]:
            path.unlink()

    # ── the site's own files ─────────────────────────────────────────────────────────────────────────────────────────

    def template(self) -> None:
        name = self.random.choice(("day.html", "year.html", "terms.html", "about.html"))
        if (self.site.folder / "templates" / name).exists() and self.random.random() < 0.5:
            (self.site.folder / "templates" / name).unlink()
        else:
            self.site.write(f"templates/{name}", BODY.format(self.random.randint(1, 9)))

    def static(self) -> None:
        self.site.write(f"static/{self.random.choice(('a.txt', 'css/90-mine.css'))}", f"p{{order:{self.random.randint(1, 9)}}}")

    def configuration(self) -> None:
        title = self.random.choice(("نمونہ", "دوسرا نمونہ"))
        lines = [self.random.choice(row) if self.random.random() < 0.3 else row[0] for row in SETTINGS]
        self.site.write("site.toml", f'title = "{title}"\nlanguage = "ur"\n{"".join(lines)}')

    def vocabulary(self) -> None:
        entries = {entry.split('"')[1]: entry for entry in self.random.sample(ENTRIES, self.random.randint(0, 4))}
        self.site.write("vocabulary.toml", "\n".join(entries.values()))

    # ── what Roznama wrote ───────────────────────────────────────────────────────────────────────────────────────────

    def _written(self, pattern: str) -> list[Path]:
        return sorted(path for path in self.site.output.rglob(pattern) if path.is_file() and path.name != "manifest-sha256.txt")

    def delete_output(self) -> None:
        for path in self.random.sample(self._written("*"), 3):
            path.unlink()

    def delete_a_folder_of_output(self) -> None:
        shutil.rmtree(self.random.choice(self._written("*.html")).parent)

    def corrupt_output(self) -> None:
        for path in self._written("*")[:1]:
            path.write_bytes(b"?")
        for path in self._written("*.html")[-1:]:
            path.write_bytes(path.read_bytes()[:100])

    def lose_manifest(self) -> None:
        if self._knows:
            (self.site.output / "manifest-sha256.txt").unlink(missing_ok=True)
            self._knows = False

    def lose_catalogue(self) -> None:
        if self._knows:
            shutil.rmtree(self.site.folder / ".roznama", ignore_errors=True)
            self._knows = False

    def damage_catalogue(self) -> None:
        file = self._catalogue()
        if file is not None and self._knows:
            with file.open("r+b") as handle:
                handle.seek(self.random.choice((0, 4096, 8192)))
                handle.write(b"\x00garbage" * self.random.choice((1, 600)))
                if self.random.random() < 0.3:
                    handle.truncate(self.random.randrange(file.stat().st_size))
            self._knows = False

    def forget_half(self) -> None:
        """What a killed build leaves: pages that are planned, and not known to be written."""
        file = self._catalogue()
        if file is not None:
            with closing(sqlite3.connect(file)) as connection, suppress(sqlite3.DatabaseError), connection:  # it may be damaged
                connection.execute("UPDATE output SET inputs = NULL WHERE length(name) % 2")

    def _catalogue(self) -> Path | None:
        return next((self.site.folder / ".roznama").rglob("catalogue.sqlite"), None)

    # ── builds ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _start(self, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "generator", "build", str(self.site.folder), "--as-of", "2026-01-01", *options]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def kill_a_build(self) -> None:
        build = self._start(*self.random.choice(((), ("--clean",))))
        time.sleep(self.random.uniform(0.2, 1.2))
        self.random.choice((os.kill, os.killpg))(build.pid, signal.SIGKILL)  # its workers, if any, end with it
        build.wait()

    def two_builds_at_once(self) -> None:
        builds = [self._start("--jobs", "1"), self._start("--jobs", "1")]
        for build in builds:
            build.wait()

    def edits_of_articles(self) -> list[Callable[[], None]]:
        return [
            self.add, self.add, self.add_of_another_encoding, self.add_a_broken_one, self.remove, self.rename, self.change_case, self.copy,
            self.move_to_another_date, self.move_a_folder, self.rewrite, self.rewrite, self.shorten, self.retitle, self.redate,
            self.retopic, self.change_language, self.state_a_field, self.state_a_field, self.translate, self.translate,
            self.fill_a_month, self.fill_a_month, self.touch,
        ]  # fmt: skip

    def edits(self) -> list[Callable[[], None]]:
        return [
            *self.edits_of_articles(), self.picture, self.picture, self.break_a_picture, self.remove_picture, self.template,
            self.static, self.configuration, self.vocabulary, self.vocabulary, self.delete_output, self.delete_a_folder_of_output,
            self.corrupt_output, self.lose_manifest, self.lose_catalogue, self.damage_catalogue, self.forget_half,
            self.kill_a_build, self.two_builds_at_once,
        ]  # fmt: skip

    def edit(self, count: int, articles: bool = False) -> list[str]:
        """Make `count` edits before the next build, of `articles` alone or of anything; their names."""
        self._knows = True
        names = []
        for edit in self.random.sample(self.edits_of_articles() if articles else self.edits(), count):
            edit()
            names.append(edit.__name__)
        return names
