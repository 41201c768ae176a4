"""`roznama inspect`: an outline for a person, an object a line for a program, an honest exit code."""

import json
from pathlib import Path

from click.testing import CliRunner

from generator.cli.inspect import inspect

TEXT = "پرانی لائبریری دوبارہ کھل گئی\n\nہال\n\n،تصویر کا ذریعہEPA\n\nشہر کی پرانی لائبریری کو دو برس کی مرمت کے بعد کھول دیا گیا ہے۔\n"


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(inspect, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def test_a_folder_gives_one_object_a_line(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.md").write_text("---\ntitle: X\ntags: [کتاب]\n---\n\nText of it.\n", "utf-8")
    (tmp_path / "picture.jpg").write_bytes(b"")
    code, output = run("--json", tmp_path)
    first, second = map(json.loads, output.splitlines())
    assert code == 0
    assert (first["headline"], second["headline"]) == ("X", "پرانی لائبریری دوبارہ کھل گئی")
    assert first["topics"][0]["origin"] == "stated"
    assert [block["kind"] for block in second["blocks"]] == ["figure", "paragraph"]
    assert second["direction"] == "rtl"
    assert second["published"] is None


def test_a_person_sees_lines_kinds_and_reasons(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text(TEXT + "\nنیا کمرہ\n\n" + TEXT.splitlines()[-1] * 2, "utf-8")
    code, output = run(file)
    assert code == 0
    for part in ("figure", "credit: ", "EPA", "heading", "guessed by", "undated", "(text)"):
        assert part in output


def test_a_broken_file_gives_one_and_the_others_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("---\ntitle: a: b\n---\nText", "utf-8")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    code, output = run("--json", tmp_path)
    assert code == 1
    broken, good = map(json.loads, output.splitlines())
    assert broken["problems"][0]["code"] == "front-matter-syntax"
    assert good["headline"]


def test_the_rules_of_the_site_around_are_used(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[reading]\ncredit_labels = ["Lichtbild"]\n', "utf-8")
    (tmp_path / "content").mkdir()
    file = tmp_path / "content" / "x.txt"
    file.write_text(
        "Der Saal\n\nSaal\n\nLichtbild: M. Muster\n\nDie Bibliothek ist nach zwei Jahren wieder offen.\n", "utf-8"
    )
    _, output = run("--json", file)
    assert json.loads(output)["blocks"][0]["credit"] == "M. Muster"


def test_files_of_unknown_encoding_are_decided_together(tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.txt").write_bytes(
            (f"{n} في المدينة\n\n" + "قال الوزير إن العمل في المدينة استمر عامين على الأقل من دون توقف. " * 3).encode(
                "windows-1256"
            )
        )
    code, output = run("--json", tmp_path)
    assert code == 0
    assert {json.loads(line)["encoding"] for line in output.splitlines()} == {"windows-1256"}
