"""A small site on disk for tests of whole builds, and the words for its articles."""

import hashlib
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from generator.build import Options, build
from generator.config import load_site
from generator.report import Report

TODAY = date(2026, 1, 1)


class SmallSite:
    """A site in a temporary folder. Texts are written, builds are run in this process, results are looked at."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "content").mkdir(parents=True, exist_ok=True)
        self.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\n')

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def write(self, path: str, text: str | bytes) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    def article(self, path: str, text: str | bytes) -> Path:
        return self.write(f"content/{path}", text)

    def build(self, jobs: int = 1, clean: bool = False, drafts: bool = False, today: date = TODAY) -> Report:
        return build(load_site(self.folder), Options(today=today, jobs=jobs, clean=clean, drafts=drafts))

    def page(self, path: str) -> str:
        return (self.output / path).read_text("utf-8")

    def files(self) -> dict[str, str]:
        """path → SHA-256 of every file of the output."""
        return fingerprints(self.output)

    def twin(self, folder: Path) -> "SmallSite":
        """The same site without anything that a build left behind."""
        shutil.rmtree(folder, ignore_errors=True)
        return self.copy(folder, "output", ".roznama")

    def copy(self, folder: Path, *without: str) -> "SmallSite":
        """The same site, built as it is, in another folder."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns(*without))
        other = object.__new__(SmallSite)
        other.folder = folder
        return other


def fingerprints(folder: Path) -> dict[str, str]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def dump(headline: str, *paragraphs: str) -> str:
    """A plain dump."""
    return "\n\n".join((headline, *paragraphs)) + "\n"


def with_front_matter(fields: Mapping[str, str], body: str) -> str:
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\n{lines}---\n{body}\n"
