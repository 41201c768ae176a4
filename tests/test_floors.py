"""The house stands on floors: each module imports only from its own floor or from below, and nothing turns in a circle."""

import ast
from pathlib import Path

import pytest

import generator

PACKAGE = Path(generator.__file__).parent
FLOORS: dict[str, int] = {
    "model": 0, "language": 0, "tags": 0, "text": 0, "problems": 0, "digest": 0, "dates": 0, "collation": 0,
    "duplicates": 0,
    "config": 1, "urls": 1, "html": 1, "output": 1, "workers": 1, "pictures": 1, "theme": 1, "kept": 1, "bags": 1,
    "versions": 1,
    "readers": 2, "catalogue": 2, "topics": 2, "search": 2, "importing": 2, "targets": 2,
    "pages": 3, "render": 3, "checks": 3,
    "scan": 4, "tasks": 4, "ledger": 4, "report": 4, "reasons": 4, "build": 4, "gathering": 4, "cluster": 4,
    "preview": 4, "verifying": 4, "suggesting": 4,
    "starting": 4, "publishing": 4, "packing": 4, "zim": 4, "crates": 3,
    "cli": 5, "__main__": 5, "__init__": 0,
}  # fmt: skip
STRANGERS = ("readers", "catalogue")
"""Packages of one floor that must not know each other."""


def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(PACKAGE.rglob("*.py"))
        if "theme" not in path.relative_to(PACKAGE).parts[:-1]
    }


def imports(name: str, path: Path, known: set[str]) -> set[str]:
    """The modules of the package that a module imports, anywhere in it, typing and lazy imports included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {
                alias.name.removeprefix("generator.") for alias in node.names if alias.name.startswith("generator.")
            }
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} uses a relative import"
            module = node.module or ""
            if module == "generator" or module.startswith("generator."):
                base = module.removeprefix("generator").lstrip(".")
                for alias in node.names:
                    inner = f"{base}.{alias.name}".lstrip(".")
                    found.add(inner if inner in known else base)
    return found - {""}


GRAPH = {name: imports(name, path, set(modules())) for name, path in modules().items()}


@pytest.mark.parametrize("name", sorted(GRAPH))
def test_a_module_imports_only_from_its_floor_or_below(name: str) -> None:
    house = name.split(".")[0]
    assert house in FLOORS, f"{name} stands on no floor: give it one in this test and in docs/architecture.md"
    for other in GRAPH[name]:
        floor = FLOORS[other.split(".")[0]]
        assert floor <= FLOORS[house], f"{name} (floor {FLOORS[house]}) imports {other} (floor {floor})"


def test_readers_and_catalogue_do_not_know_each_other() -> None:
    for name, others in GRAPH.items():
        for other in others:
            pair = {name.split(".")[0], other.split(".")[0]}
            assert pair != set(STRANGERS), f"{name} imports {other}"


def test_no_module_is_reached_from_itself() -> None:
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path[path.index(name) :], name))
        if name in done:
            return
        for other in sorted(GRAPH.get(name, ())):
            if not (name.startswith(f"{other}.") or other.startswith(f"{name}.")):
                visit(other, (*path, name))
        done.add(name)

    for name in sorted(GRAPH):
        visit(name, ())
