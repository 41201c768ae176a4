"""The manual tells all: every option, every key of site.toml, every problem code. What is missing there fails here."""

import ast
import re
from importlib import import_module
from pathlib import Path

import click
import msgspec
import pytest

import generator
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


def codes() -> set[str]:
    """Every problem code in the source: the fourth argument of `Problem(…)`, or a keyword `code`."""
    found: set[str] = set()
    package = Path(generator.__file__ or "").parent
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
                given = [*node.args[3:4], *(word.value for word in node.keywords if word.arg == "code")]
                found |= {value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)}
    return found


def test_every_problem_code_is_in_the_manual() -> None:
    text = (DOCS / "problems.md").read_text("utf-8")
    assert len(codes()) > 20
    missing = sorted(code for code in codes() if f"`{code}`" not in text)
    assert missing == [], f"docs/problems.md does not tell of {', '.join(missing)}"


def test_every_link_of_the_manual_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *DOCS.glob("*.md")]:
        text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)  # code holds examples
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_every_command_can_be_imported() -> None:
    for name in COMMANDS:
        module = "import_" if name == "import" else name
        assert import_module(f"generator.cli.{module}").__doc__
