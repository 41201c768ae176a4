"""Whatever is edited, on whichever machine, and wherever an upload is cut off: the next one that comes to its end leaves
just the site that was published, beside the files of others, and never sends what the same upload has sent before."""

import hashlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_site import fingerprints

from generator.ledger import INTENT, MANIFEST, RECORD
from generator.publishing import Upload, plan_upload
from generator.report import Silent
from generator.targets import TargetError
from generator.targets.folder import Folder
from generator.targets.headers import Headers

NAMES = ("index.html", "a.html", "b.html", "ur/index.html", "ur/c.html", "static/d.css", "search/e.js")
SITES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from("123"))
OWN = st.dictionaries(st.sampled_from(("CNAME", "mine/robots.txt")), st.sampled_from("12"))
UPLOADS = st.lists(st.tuples(st.integers(0, 1), SITES, OWN, st.none() | st.integers(0, 14)), min_size=1, max_size=6)


class Cut(Folder):
    """A folder that refuses everything after so many operations."""

    def __init__(self, folder: Path, most: int | None) -> None:
        super().__init__(folder)
        self.left = 1000 if most is None else most
        self.sent: list[tuple[str, str]] = []

    def put(self, path: str, source: Path, headers: Headers) -> None:
        self._count()
        super().put(path, source, headers)
        self.sent.append((path, hashlib.sha256(source.read_bytes()).hexdigest()))

    def delete(self, path: str) -> None:
        self._count()
        super().delete(path)

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TargetError("the line is cut")


def write_site(output: Path, site: dict[str, str], own: dict[str, str]) -> list[tuple[str, str]]:
    """Put a site where a build would, with its manifest; the entries of the files of one's own."""
    output.mkdir()
    for path, text in (site | own).items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_text(text, encoding="utf-8")
    entries = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in (site | own).items()}
    (output / MANIFEST).write_text("".join(f"{entries[path]}  {path}\n" for path in sorted(site)), encoding="utf-8")
    return [(path, entries[path]) for path in own]


@settings(deadline=None, max_examples=50)
@given(UPLOADS)
def test_an_upload_that_comes_to_its_end_leaves_the_site(uploads: list[tuple[int, dict[str, str], dict[str, str], int | None]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        www = folder / "www"
        www.mkdir()
        (www / "stranger.html").write_text("not ours", encoding="utf-8")
        for number, (machine, site, own, most) in enumerate([*uploads, (0, {"index.html": "3"}, {}, None)]):
            output = folder / f"output{number}"
            entries = write_site(output, site, own)
            target = Cut(www, most)
            state = folder / f"state{machine}"
            plan = plan_upload(output, entries, target, state)
            try:
                list(Upload(output, target, state, 1, Silent()).run(plan))
            except TargetError:
                again = Cut(www, None)
                if number % 2:  # half of them are taken up again by the same machine
                    list(Upload(output, again, state, 1, Silent()).run(plan_upload(output, entries, again, state)))
                    assert {path for path, _ in {*target.sent} & {*again.sent}} <= {RECORD}
                else:
                    continue
            there = fingerprints(www)
            assert there.pop("stranger.html")
            assert there.pop(RECORD)
            assert INTENT not in there
            assert there == fingerprints(output)
            idle = plan_upload(output, entries, Folder(www), folder / "another")
            assert idle.idle


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/passwd", "a/../../outside.txt"])
def test_a_record_on_the_target_removes_nothing_outside_of_it(tmp_path: Path, path: str) -> None:
    www = tmp_path / "www"
    www.mkdir()
    (tmp_path / "outside.txt").write_text("stays", encoding="utf-8")
    output = tmp_path / "output"
    write_site(output, {"index.html": "1"}, {})
    for name in (MANIFEST, RECORD, INTENT):
        manifest = hashlib.sha256((www / MANIFEST).read_bytes()).hexdigest() if name != MANIFEST else ""
        (www / name).write_text(f"{'0' * 64}  {path}\n" + (f"{manifest}  {MANIFEST}\n" if manifest else ""), encoding="utf-8")
    target = Folder(www)
    list(Upload(output, target, tmp_path / "state", 1, Silent()).run(plan_upload(output, (), target, tmp_path / "state")))
    assert (tmp_path / "outside.txt").exists()
