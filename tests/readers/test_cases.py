"""Each situation of a dump in words of our own: `<case>.txt` or `.md` and what is read from it, `<case>.json`.

`<case>.rules.toml` is the `[reading]` of a site. After a wanted change: `python -m tests.readers.test_cases` writes all
expectations again, and the difference is read before it is kept.
"""

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.model import Article
from generator.readers import ReadingOptions, Rules, Source, read

FOLDER = Path(__file__).parent
CASES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".md"))


def what_is_read(path: Path) -> dict[str, Any]:
    rules = path.with_suffix(".rules.toml")
    table = tomllib.loads(rules.read_text("utf-8")) if rules.exists() else {}
    reading = read(
        path.read_bytes(), Source(f"archive/{path.name}"), ReadingOptions(rules=msgspec.convert(table, Rules))
    )
    found: dict[str, Any] = _article(reading.article) if reading.article is not None else {}
    found["problems"] = [f"{problem.line}: {problem.code}" for problem in reading.problems]
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))
    return plain


def _article(article: Article) -> dict[str, Any]:
    found: dict[str, Any] = {"headline": article.headline, "language": article.language, "direction": article.direction}
    for name in ("published", "modified"):
        value = getattr(article, name)
        if value is not None:
            found[name] = f"{value.iso} ({value.origin})"
    for name in ("bylines", "terms", "publisher", "draft", "extra"):
        if value := getattr(article, name):
            found[name] = msgspec.to_builtins(value)
    found["blocks"] = [_short(msgspec.to_builtins(block)) for block in article.body]
    if article.set_aside:
        found["set_aside"] = [f"{aside.line}: {aside.reason}: {aside.text}" for aside in article.set_aside]
    return found


def _short(block: dict[str, Any]) -> dict[str, Any]:
    """The block without what is usual, and long text cut: only its beginning tells which line it was."""
    kept = {
        name: value
        for name, value in block.items()
        if value not in (None, False, [], "image") and (name, value) != ("start", 1)
    }
    return {
        name: value[:48] + "…" if isinstance(value, str) and len(value) > 50 and name == "text" else value
        for name, value in kept.items()
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_case_is_read_as_expected(path: Path) -> None:
    assert what_is_read(path) == msgspec.json.decode(path.with_suffix(path.suffix + ".json").read_bytes())


if __name__ == "__main__":
    for case in CASES:
        expected = msgspec.json.format(msgspec.json.encode(what_is_read(case)), indent=1)
        case.with_suffix(case.suffix + ".json").write_bytes(expected + b"\n")
