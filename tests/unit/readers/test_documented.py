"""Every problem code and every reason for setting aside is in docs/reading.md, with the fields of front matter."""

import re
from pathlib import Path

from generator.readers import Rules
from generator.readers.front_matter import NAMES
from generator.readers.residue import ALWAYS, AT_THE_EDGE

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "reading.md").read_text("utf-8")
SOURCE = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "generator" / "readers").glob("*.py")))


def test_every_problem_code_is_documented() -> None:
    codes = set(re.findall(r'Problem\(\s*[\w.]+,\s*[\w.]+,\s*[\w.]+,\s*"([a-z-]+)"', SOURCE))
    codes |= set(re.findall(r'doubts\.append\(\s*\(\s*[\w.\[\]]+,\s*"([a-z-]+)"', SOURCE))
    codes |= set(re.findall(r'self\.wrong\(\s*\w+,\s*"([a-z-]+)"', SOURCE))
    assert len(codes) > 18
    for code in codes:
        assert code in GUIDE or (
            code.startswith("front-matter-") and f"`-{code.removeprefix('front-matter-')}`" in GUIDE
        ), code


def test_every_reason_is_documented() -> None:
    reasons = set(re.findall(r'aside\(\w+, "([a-z-]+)"\)', SOURCE)) | set(ALWAYS.values()) | set(AT_THE_EDGE.values())
    assert len(reasons) > 8
    for reason in reasons:
        assert f"`{reason}`" in GUIDE, reason


def test_every_field_and_every_rule_is_documented() -> None:
    for field in set(NAMES.values()) - {
        "authors",
        "topic",
        "person",
        "place",
        "organisation",
        "headline",
        "published",
        "standfirst",
        "publisher",
        "role",
    }:
        assert f"`{field}`" in GUIDE, field
    for rule in Rules.__struct_fields__:
        assert rule in GUIDE, rule
