"""What is there is listed: a module of a visible list that is not in the list would never be called."""

from pathlib import Path

import generator.cli
import generator.pages
from generator.cli import COMMANDS
from generator.pages.kinds import PAGE_KINDS
from generator.pages.planning import TEMPLATES

NOT_KINDS = {
    "__init__", "kinds", "views", "planning", "listing", "shell", "files", "heads", "citing", "plain",
    "skos", "twins", "indexing", "related",
}  # fmt: skip
NOT_COMMANDS = {"__init__", "console", "options"}


def stems(package: str | None) -> set[str]:
    assert package is not None
    return {path.stem for path in Path(package).parent.glob("*.py")}


def test_every_kind_of_page_is_in_the_list() -> None:
    listed = {module.__name__.rpartition(".")[2] for module, _ in PAGE_KINDS}
    assert stems(generator.pages.__file__) - NOT_KINDS == listed


def test_every_kind_of_page_has_what_the_conductor_calls() -> None:
    for module, kinds in PAGE_KINDS:
        assert callable(module.plan)
        assert callable(module.load)
        assert kinds


def test_every_html_kind_has_a_template() -> None:
    theme = Path(generator.pages.__file__ or "").parents[2] / "templates"
    missing = [name for name in TEMPLATES.values() if not (theme / name).is_file()]
    assert missing == []


def test_every_command_is_in_the_list() -> None:
    assert {stem.removesuffix("_") for stem in stems(generator.cli.__file__) - NOT_COMMANDS} == set(COMMANDS)
