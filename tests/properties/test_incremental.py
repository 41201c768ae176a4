"""Contract 1: after any edits that end without problems, an incremental build leaves the same bytes as a clean one."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from small_site import SmallSite, dump, with_front_matter

LANGUAGES = {
    "ur": ("پاکستان", "یہ ایک خبر ہے جس میں کچھ لکھا گیا ہے۔"),
    "ar": ("سوريا", "هذا خبر من الأخبار التي كتبت في ذلك اليوم."),
    "en": ("Lahore", "This is a report of what was seen on that day in the city."),
}
LABELS = {
    "ur": ("،تصویر کا ذریعہ", "،تصویر کا کیپشن"),
    "ar": ("صدر الصورة، ", "التعليق على الصورة، "),
    "en": ("Image source, ", "Image caption, "),
}


class Editor:
    """Someone who edits an archive at random, but the same way for the same seed."""

    def __init__(self, site: SmallSite, seed: int) -> None:
        self.site = site
        self.random = random.Random(seed)
        self.count = 0

    def files(self) -> list[Path]:
        return sorted(path for path in (self.site.folder / "content").rglob("*") if path.suffix in (".txt", ".md"))

    def one(self) -> Path:
        return self.random.choice(self.files())

    def text(self, language: str, dated: bool = True) -> tuple[str, str]:
        """(ending, text) of a new article: a dump, or one with front matter."""
        name, sentence = LANGUAGES[language]
        self.count += 1
        headline = f"{name} {self.random.randint(1, 99)} {self.count}"
        paragraphs = [f"{sentence} {self.random.randint(1, 9999)}" for _ in range(self.random.randint(1, 4))]
        if self.random.random() < 0.5:
            credit, caption = LABELS[language]
            paragraphs.insert(
                1, f"{name} {self.count}\n\n{credit}{self.random.choice(('EPA', 'AFP'))}\n\n{caption}{sentence}"
            )
            return ".txt", dump(headline, *paragraphs)
        fields = {
            "headline": headline,
            "language": language,
            "topics": f"[{name}, {self.random.choice(['کھیل', 'سائنس', 'تعلیم'])}]",
        }
        if self.random.random() < 0.3:
            fields["people"] = f"[{name} {self.random.randint(1, 3)}]"
        if dated:
            fields["date"] = (
                f"{self.random.randint(2001, 2004)}-{self.random.randint(1, 12):02d}-{self.random.randint(1, 28):02d}"
            )
        return ".md", with_front_matter(fields, "\n\n".join(paragraphs))

    def add(self) -> None:
        language = self.random.choice(list(LANGUAGES))
        ending, text = self.text(language, self.random.random() < 0.8)
        folder = self.random.choice((f"{language}/2003/05", f"{language}/2002", language))
        self.site.article(f"{folder}/a{self.count}{ending}", text)

    def remove(self) -> None:
        if len(self.files()) > 3:
            self.one().unlink()

    def rename(self) -> None:
        path = self.one()
        path.rename(path.with_name(f"renamed{self.count}-{path.name}"))

    def move_to_another_date(self) -> None:
        path = self.one()
        target = self.site.folder / "content" / "ur" / "2004" / f"{self.random.randint(1, 12):02d}" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)

    def rewrite(self) -> None:
        path = self.one()
        path.write_text(
            path.read_text("utf-8") + f"\n\nایک اور پیرا {self.random.randint(1, 999)}۔\n", encoding="utf-8"
        )

    def retitle(self) -> None:
        path = self.one()
        path.write_text(path.read_text("utf-8").replace("پاکستان", "پاکستان میں", 1), encoding="utf-8")

    def redate_and_retopic(self) -> None:
        path = self.one()
        text = path.read_text("utf-8").replace("date: 200", "date: 199").replace("کھیل", "کرکٹ")
        path.write_text(text, encoding="utf-8")

    def change_language(self) -> None:
        path = self.one()
        path.write_text(path.read_text("utf-8").replace("language: ar", "language: fa"), encoding="utf-8")

    def picture(self) -> None:
        path = self.one()
        data = BytesIO()
        Image.new("RGB", (self.random.randint(300, 700), 300), (self.random.randint(0, 255), 80, 60)).save(data, "PNG")
        path.with_name(f"{path.stem}-1.png").write_bytes(data.getvalue())

    def remove_picture(self) -> None:
        for path in sorted((self.site.folder / "content").rglob("*.png"))[:1]:
            path.unlink()

    def template(self) -> None:
        self.site.write(
            "templates/day.html",
            f'{{% extends "base.html" %}}{{% block main %}}<h1>{{{{ page.title }}}} {self.random.randint(1, 9)}</h1>{{% endblock %}}',
        )

    def configuration(self) -> None:
        size = self.random.choice((5, 6, 50))
        title = self.random.choice(("نمونہ", "دوسرا نمونہ"))
        self.site.write("site.toml", f'title = "{title}"\nlanguage = "ur"\nper_page = {size}\n')

    def delete_output(self) -> None:
        self.random.choice(sorted(path for path in self.site.output.rglob("*.html"))).unlink()

    def corrupt_output(self) -> None:
        self.random.choice(sorted(path for path in self.site.output.rglob("*") if path.is_file())).write_bytes(b"?")

    def lose_catalogue(self) -> None:
        shutil.rmtree(self.site.folder / ".roznama")

    def damage_catalogue(self) -> None:
        file = next((self.site.folder / ".roznama").rglob("catalogue.sqlite"))
        with file.open("r+b") as handle:
            handle.seek(self.random.choice((0, 4096, 8192)))
            handle.write(b"\x00garbage" * 600)

    def forget_half(self) -> None:
        """What a killed build leaves: pages that are planned, and not known to be written."""
        file = next((self.site.folder / ".roznama").rglob("catalogue.sqlite"))
        connection = sqlite3.connect(file)
        connection.execute("UPDATE output SET inputs = NULL WHERE length(name) % 2")
        connection.commit()
        connection.close()

    def edits(self) -> list[Callable[[], None]]:
        return [
            self.add, self.add, self.remove, self.rename, self.move_to_another_date, self.rewrite, self.retitle,
            self.redate_and_retopic, self.change_language, self.picture, self.remove_picture, self.template,
            self.configuration, self.delete_output, self.corrupt_output, self.lose_catalogue, self.damage_catalogue,
            self.forget_half,
        ]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_an_incremental_build_leaves_the_bytes_of_a_clean_one(site: SmallSite, tmp_path: Path, seed: int) -> None:
    editor = Editor(site, seed)
    for _ in range(14):
        editor.add()
    site.build()
    edits = editor.edits()
    editor.random.shuffle(edits)
    for at in range(0, len(edits), 3):
        names = []
        for edit in edits[at : at + 3]:
            edit()
            names.append(edit.__name__)
        report = site.build()
        assert not report.failed, [str(problem) for problem in report.problems]
        # What moved is remembered in a file of the site, which the clean build is given as well.
        clean = site.twin(tmp_path / "clean")
        clean.build()
        assert site.files() == clean.files(), f"after {', '.join(names)}"


def test_a_build_with_nothing_changed_writes_nothing(site: SmallSite) -> None:
    editor = Editor(site, 9)
    for _ in range(12):
        editor.add()
    site.build()
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("*")}
    report = site.build()
    assert (report.rendered, report.written, report.pruned) == (0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in site.output.rglob("*")} == before


def test_an_edited_body_makes_one_page_and_the_shards_of_search_it_touches(site: SmallSite) -> None:
    editor = Editor(site, 5)
    for _ in range(12):
        editor.add()
    path = site.article("ur/2003/05/body.txt", dump("سرخی", "پہلا پیرا ہے۔", "دوسرا پیرا ہے۔"))
    site.build()
    path.write_text(dump("سرخی", "پہلا پیرا ہے۔", "دوسرا پیرا بدل گیا ہے۔"), encoding="utf-8")
    report = site.build()
    assert report.stale.keys() == {"article", "search", "shard"}
    assert report.stale["article"] == 1
    everything = sum(1 for path in (site.output / "search").rglob("*.js"))
    assert report.stale["shard"] < everything
