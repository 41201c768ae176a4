"""The output folder: whole files, strangers respected, empty folders removed."""

from pathlib import Path

import pytest

from generator import output
from generator.output import TEMPORARY, Foreign, look, remove, write


def test_equal_bytes_are_not_written_again(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b.html"
    assert write(target, b"x", ours=True)
    before = target.stat().st_mtime_ns
    assert not write(target, b"x", ours=True)
    assert target.stat().st_mtime_ns == before


def test_a_strangers_file_is_not_overwritten_unless_it_says_the_same(tmp_path: Path) -> None:
    target = tmp_path / "b.html"
    target.write_bytes(b"mine")
    with pytest.raises(Foreign):
        write(target, b"other", ours=False)
    assert target.read_bytes() == b"mine"
    assert not write(target, b"mine", ours=False)


def test_a_folder_in_the_way_is_a_stranger(tmp_path: Path) -> None:
    (tmp_path / "b.html").mkdir()
    with pytest.raises(Foreign):
        write(tmp_path / "b.html", b"x", ours=True)


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: str, data: bytes) -> None:
        Path(path).write_bytes(data[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output, "_fill", full)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "b.html", b"xy", ours=True)
    assert list(tmp_path.iterdir()) == []


def test_removing_the_last_file_removes_its_folders_up_to_the_output(tmp_path: Path) -> None:
    write(tmp_path / "a/b/c.html", b"x", ours=True)
    write(tmp_path / "a/d.html", b"x", ours=True)
    assert remove(tmp_path, "a/b/c.html")
    assert not (tmp_path / "a/b").exists()
    assert remove(tmp_path, "a/d.html")
    assert tmp_path.exists()
    assert not remove(tmp_path, "a/d.html")


def test_what_is_not_as_it_was_written_is_told_and_what_killed_builds_left(tmp_path: Path) -> None:
    (tmp_path / "days").mkdir()
    (tmp_path / "days" / f".x{TEMPORARY}").write_bytes(b"half")
    states = {}
    for name in ("x", "longer", "later", "stranger"):
        (tmp_path / "days" / name).write_bytes(b"whole")
        state = (tmp_path / "days" / name).stat()
        states[name] = (state.st_size, state.st_mtime_ns)
    del states["stranger"]
    (tmp_path / "days" / "folder").mkdir()
    states["longer"] = (1, states["longer"][1])
    states["later"] = (5, 1)
    states |= {"folder": (5, 1), "gone": (5, 1)}
    known = "/".join(states), "/".join(f"{size} {time}" for size, time in states.values())
    unlike, leftovers = look(str(tmp_path), [("days", *known)])
    assert sorted(unlike) == ["days/folder", "days/gone", "days/later", "days/longer"]
    assert leftovers == [f"days/.x{TEMPORARY}"]
    assert look(str(tmp_path / "days"), [("", *known)])[0] == [path.removeprefix("days/") for path in unlike]
    assert look(str(tmp_path), [("nowhere", "a/b", "1 2/1 2")]) == (["nowhere/a", "nowhere/b"], [])
