"""The manual tells all: every option, every key of site.toml, every problem code. What is missing there fails here."""

import re
from importlib import import_module
from pathlib import Path

import click
import msgspec
import pytest
import reference
from test_floors import FLOORS

from generator.cli import COMMANDS, main
from generator.config import Settings

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_of_a_command_is_in_the_manual(name: str) -> None:
    text = (DOCS / "commands.md").read_text("utf-8")
    section = re.search(rf"## `roznama {name}\b.*?(?=\n## |\Z)", text, re.DOTALL)
    assert section, f"docs/commands.md has no section on roznama {name}"
    commands = [command(name)]
    while commands:
        one = commands.pop()
        if isinstance(one, click.Group):
            commands += one.commands.values()
        for option in one.params:
            if isinstance(option, click.Option):
                for flag in option.opts:
                    assert f"`{flag}" in section[0], f"docs/commands.md does not tell of {flag} of roznama {name}"
                assert option.help or option.name == "help", f"{option.name} of roznama {name} has no help"


def keys(kind: type[msgspec.Struct]) -> list[str]:
    return [field.name for field in msgspec.structs.fields(kind)]


def test_every_key_of_site_toml_is_in_the_manual() -> None:
    text = (DOCS / "configuration.md").read_text("utf-8")
    for field in msgspec.structs.fields(Settings):
        kind = field.type
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            assert f"[{field.name}]" in text, f"docs/configuration.md has no section [{field.name}]"
            for key in keys(kind):
                assert f"`{key}" in text, f"docs/configuration.md does not tell of {field.name}.{key}"
        else:
            assert f"`{field.name}`" in text or f"[{field.name}" in text, f"docs/configuration.md does not tell of {field.name}"


def test_every_problem_code_is_in_the_manual() -> None:
    text = (DOCS / "problems.md").read_text("utf-8")
    codes = {code.code for code in reference.problem_codes()}
    told = set(re.findall(r"`([\w-]+)`", "".join(re.findall(r"^\|([^|]+)\| (?:error|warning|doubt)", text, re.MULTILINE))))
    assert len(codes) > 80
    assert told == codes, f"docs/problems.md does not tell of {codes - told}, or tells of {told - codes}, which do not exist"


@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_pages_made_from_the_code_are_as_the_code_is(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == reference.PAGES[name](), "run python tests/reference.py"


def test_every_structure_that_templates_see_says_what_it_is() -> None:
    sections = re.findall(r"^### (\w+)\n\n(.*)\n", reference.templates(), re.MULTILINE)
    assert len(sections) > 50
    assert [name for name, doc in sections if not doc] == []


def test_every_link_of_the_manual_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *DOCS.glob("*.md")]:
        text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)  # code holds examples
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_every_module_stands_on_its_floor_in_the_manual() -> None:
    table = (DOCS / "architecture.md").read_text("utf-8").partition("\n## The path")[0]
    told: dict[str, int] = {}
    floor = 0
    for number, names in re.findall(r"^\| (\d?) ?\| ([^|]+) \|", table, re.MULTILINE):
        floor = int(number) if number else floor
        told |= {name.rstrip("/"): floor for name in re.findall(r"`([^`]+)`", names)}
    assert told == {name: floor for name, floor in FLOORS.items() if name != "__init__"}


def test_every_command_can_be_imported() -> None:
    for name in COMMANDS:
        module = "import_" if name == "import" else name
        assert import_module(f"generator.cli.{module}").__doc__
