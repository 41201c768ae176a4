"""Incremental equals clean for what a published site holds besides its pages: feeds, sitemaps, data, redirects."""

from pathlib import Path

import pytest
from properties.test_incremental import Editor
from small_site import SmallSite


class Publisher(Editor):
    """An editor of a site with a public address, who also withdraws articles and states former addresses."""

    def configuration(self) -> None:
        files = self.random.choice(("tables", "texts"))
        form = self.random.choice(("pages", "netlify", "apache", "nginx", "caddy"))
        title = self.random.choice(("نمونہ", "دوسرا نمونہ"))
        self.site.write(
            "site.toml",
            f'title = "{title}"\nlanguage = "ur"\nbase_url = "https://archive.example/x"\n'
            f'[data]\nfiles = "{files}"\n[host]\nredirects = "{form}"\n',
        )

    def _state(self, line: str) -> None:
        """Put a line into an article's front matter."""
        for path in self.files():
            text = path.read_text("utf-8")
            if text.startswith("---\n") and line.partition(":")[0] not in text:
                path.write_text(text.replace("---\n", f"---\n{line}\n", 1), encoding="utf-8")
                return

    def withdraw(self) -> None:
        self._state("withdrawn: 2024-05-01")

    def alias(self) -> None:
        self._state(f"aliases: [/old/{self.random.randint(1, 3)}.html, 'https://old.example/{self.count}']")

    def translate(self) -> None:
        """Name another article, or one that does not exist, as the original or as a translation."""
        other = self.random.choice((self.one().stem, self.one().stem, "nobody"))
        self._state(self.random.choice((f"translation_of: {other}", f"translations: [{other}, {self.one().stem}]")))

    def correct(self) -> None:
        self._state(f"modified: 2020-01-0{self.random.randint(1, 9)}")


@pytest.mark.parametrize("seed", range(2))
def test_feeds_sitemaps_data_and_redirects_are_those_of_a_clean_build(
    site: SmallSite, tmp_path: Path, seed: int
) -> None:
    editor = Publisher(site, seed)
    editor.configuration()
    for _ in range(16):
        editor.add()
    site.build()
    edits = [*editor.edits(), editor.withdraw, editor.alias, editor.alias, editor.correct, *[editor.translate] * 4]
    editor.random.shuffle(edits)
    for at in range(0, len(edits), 4):
        names = []
        for edit in edits[at : at + 4]:
            edit()
            names.append(edit.__name__)
        report = site.build()
        assert not report.failed, [str(problem) for problem in report.problems]
        clean = site.twin(tmp_path / "clean")
        clean.build()
        assert site.files() == clean.files(), f"after {', '.join(names)}"
