"""Full disks, locked files, and a second build: a clear error, old pages as they were, and the next build mends it.

A mount of its own makes a small disk; without the right to look past permissions, root is refused as anybody else.
"""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_site import SmallSite, dump, fingerprints

from generator.config import load_site
from generator.output import TEMPORARY, locked

BUILD = [sys.executable, "-m", "generator", "build", "--as-of", "2026-01-01", "--jobs", "1", "--quiet"]
OTHER = 'title = "دوسرا"\nlanguage = "ur"\n'
AS_ANYBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
FULL = """
mount -t tmpfs -o size=64m none "$1/disk"
cp -r "$1/site" "$1/disk/site"
cd "$1/disk/site"
cp "$1/other.toml" site.toml
head -c 60m /dev/zero > ../filler
dd if=/dev/zero of=../filler2 bs=4k 2>/dev/null
truncate -s -"$2" ../filler
shift 2
"$@" . 2> ../../errors
echo $? > ../../code
cp -r output ../../left
rm ../filler*
"$@" . && cp -r output ../../after
"""


def possible(*command: str) -> bool:
    return shutil.which(command[0]) is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0


def several(site: SmallSite) -> None:
    for number in range(12):
        text = dump(f"سرخی نمبر {number}", *(f"یہ ایک خبر ہے جس میں لکھا گیا ہے کہ شہر میں کیا ہوا {number}۔",) * 3)
        site.article(f"ur/20{number % 3:02d}/05/a{number}.txt", text)


@pytest.fixture
def built(site: SmallSite) -> Iterator[SmallSite]:
    """A site that is built, and may be removed again whatever a test did to its permissions."""
    several(site)
    site.build()
    yield site
    for path in [site.folder, *site.folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755)


def run(site: SmallSite, *before: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*before, *BUILD, str(site.folder)], capture_output=True, text=True, check=False)


def repaired(site: SmallSite, folder: Path) -> bool:
    """Whether the next build makes what a clean one makes."""
    assert site.build().failed == 0
    clean = site.twin(folder / "clean")
    clean.build()
    return site.files() == clean.files()


# ── full ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.skipif(not possible("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"), reason="needs a mount of its own")
@pytest.mark.parametrize("room", ["4k", "40k"])
def test_a_full_disk_is_said_and_leaves_whole_pages(built: SmallSite, room: str) -> None:
    top = built.folder.parent
    before = built.files()
    (top / "disk").mkdir()
    (top / "other.toml").write_text(OTHER, encoding="utf-8")
    subprocess.run(["unshare", "-rm", "sh", "-c", FULL, "sh", str(top), room, *BUILD], check=True)
    assert (top / "code").read_text().strip() == "1"
    errors = (top / "errors").read_text("utf-8")
    assert "[catalogue]" in errors or "[output-unwritable]" in errors
    assert "full" in errors or "No space left" in errors
    assert "Traceback" not in errors
    after = fingerprints(top / "after")
    for path, found in fingerprints(top / "left").items():
        assert found in (before.get(path), after.get(path)) or path.endswith(TEMPORARY), path
    built.write("site.toml", OTHER)
    clean = built.twin(top / "clean")
    clean.build()
    assert after == clean.files()


def test_a_catalogue_that_cannot_grow_is_an_error_and_changes_no_page(built: SmallSite, tmp_path: Path) -> None:
    before = built.files()
    catalogue = load_site(built.folder).state / "catalogue.sqlite"
    limit = catalogue.stat().st_size
    for number in range(60):
        built.article(f"ur/2005/b{number}.txt", dump(f"خبر {number}", "متن اور متن۔ " * 400))
    ended = subprocess.run(
        [*BUILD, str(built.folder)], capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert ended.returncode == 1
    assert f"{catalogue.parent}: error: the catalogue cannot be used: " in ended.stderr
    assert built.files() == before
    assert repaired(built, tmp_path)


# ── locked ───────────────────────────────────────────────────────────────────────────────────────────────────────────

refused = pytest.mark.skipif(bool(AS_ANYBODY) and not possible(*AS_ANYBODY, "true"), reason="root is refused nothing")


@refused
def test_what_cannot_be_read_keeps_its_page(built: SmallSite, tmp_path: Path) -> None:
    before = built.files()
    built.article("ur/2000/05/a0.txt", dump("بدلی سرخی", "متن۔"))
    for path in ("ur/2000/05/a0.txt", "ur/2001"):
        (built.folder / "content" / path).chmod(0)
    ended = run(built, *AS_ANYBODY)
    assert ended.returncode == 1
    assert "ur/2000/05/a0.txt: error: cannot be read: Permission denied [file-unreadable]" in ended.stderr
    assert "ur/2001: error: cannot be listed: Permission denied [folder-unreadable]" in ended.stderr
    assert built.files() == before
    for path in ("ur/2000/05/a0.txt", "ur/2001"):
        (built.folder / "content" / path).chmod(0o755)
    assert repaired(built, tmp_path)


@refused
def test_what_cannot_be_written_is_said_page_by_page_and_the_rest_is_done(built: SmallSite, tmp_path: Path) -> None:
    before = built.files()
    built.write("site.toml", OTHER)
    (built.folder / "content/ur/2002/05/a2.txt").unlink()
    closed = [built.output / "ur/2000/05", built.output / "ur/2002/05"]
    for folder in closed:
        folder.chmod(0o555)
    ended = run(built, *AS_ANYBODY)
    assert ended.returncode == 1
    assert "ur/2000/05/a0.html: error: cannot be made: " in ended.stderr
    assert "ur/2002/05/a2.html: error: cannot be removed: Permission denied [output-unwritable]" in ended.stderr
    after = built.files()
    assert after["ur/2000/05/a0.html"] == before["ur/2000/05/a0.html"]
    assert after["index.html"] != before["index.html"]
    for folder in closed:
        folder.chmod(0o755)
    assert repaired(built, tmp_path)


@refused
@pytest.mark.parametrize("path", ["", "catalogue.sqlite"])
def test_a_catalogue_that_may_not_be_written_is_an_error(built: SmallSite, tmp_path: Path, path: str) -> None:
    before = built.files()
    built.write("site.toml", OTHER)
    state = load_site(built.folder).state
    for leftover in state.glob("*-*"):
        leftover.unlink()
    (state / path).chmod(0o555 if not path else 0o444)
    (state / "lock").chmod(0o644)
    ended = run(built, *AS_ANYBODY)
    assert ended.returncode == 1
    assert f"{state}: error: " in ended.stderr
    assert "Traceback" not in ended.stderr
    assert built.files() == before
    (state / path).chmod(0o755)
    assert repaired(built, tmp_path)


# ── twice ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_second_build_says_that_it_waits_and_then_builds(built: SmallSite, tmp_path: Path) -> None:
    built.write("site.toml", OTHER)
    before = built.files()
    with locked(load_site(built.folder).state, lambda: None):
        command = [one for one in BUILD if one != "--quiet"]
        second = subprocess.Popen([*command, str(built.folder)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert second.stderr is not None
        assert "another build of this archive is running" in second.stderr.readline()
        assert built.files() == before
    second.communicate()
    assert second.returncode == 0
    assert built.files() != before
    assert repaired(built, tmp_path)
