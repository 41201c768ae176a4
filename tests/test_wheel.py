"""The wheel carries all that `roznama` needs in any folder: the theme, the languages, the labels, the schema."""

import os
import sqlite3
import subprocess
import sys
import tarfile
import zipfile
from contextlib import closing
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from small_site import SmallSite, dump

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution and the wheel made of it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_the_wheel_holds_the_theme_and_the_data(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = [path for path in (ROOT / "generator").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    missing = [path.relative_to(ROOT).as_posix() for path in wanted if path.relative_to(ROOT).as_posix() not in names]
    assert missing == []
    theme = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert [str(path) for path in theme if f"generator/theme/{path.relative_to(ROOT / 'templates').as_posix()}" not in names] == []
    assert not any(name.startswith(("content/", "tests/", "output/")) for name in names)


def test_every_version_in_the_constraints_is_there_for_the_oldest_python() -> None:
    """Debian 12 has 3.11.2; a library that wants 3.11.5 cannot be installed there, though it is where this is written."""
    pinned = {line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()}
    here = [one for one in distributions() if one.name.lower() in pinned and "Requires-Python" in one.metadata]
    assert len(here) > 50
    assert [one.name for one in here if "3.11.0" not in SpecifierSet(one.metadata["Requires-Python"])] == []


def test_the_source_distribution_holds_nothing_but_the_source(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tops = {name.split("/")[1] for name in tar.getnames() if "/" in name}
    assert {"generator", "templates", "pyproject.toml", "README.md", "LICENSE"} <= tops
    assert tops.isdisjoint({"content", "tests", "output", "docs"})


def test_the_wheel_alone_builds_a_site(built: Path, tmp_path: Path, site: SmallSite) -> None:
    (wheel,) = built.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", str(tmp_path / "lib"), str(wheel)], check=True, capture_output=True)
    site.article("ur/2001/a.txt", dump("پہلی سرخی", "یہ ایک پیرا ہے۔"))
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "lib")}
    command = [sys.executable, "-m", "generator", "build", str(site.folder), "-q"]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "پہلی سرخی" in site.page("ur/2001/00/a.html")
    where = subprocess.run(
        [sys.executable, "-c", "import generator; print(generator.__file__)"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert where.startswith(str(tmp_path / "lib"))


def test_a_catalogue_of_another_version_is_made_anew_and_its_pages_stay(site: SmallSite) -> None:
    site.article("ur/2001/a.txt", dump("پہلی سرخی", "یہ ایک پیرا ہے۔"))
    site.build()
    before = site.files()
    with closing(sqlite3.connect(site.folder / ".roznama/output/catalogue.sqlite")) as catalogue:
        catalogue.execute("UPDATE meta SET value = 'of another version' WHERE key = 'schema'")
        catalogue.execute("ALTER TABLE article RENAME TO item")
        catalogue.commit()
    report = site.build()
    assert (report.errors, report.added, report.written, report.pruned) == (0, 1, 0, 0)
    assert site.files() == before
