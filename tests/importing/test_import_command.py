"""The command: what it says and how it ends."""

from pathlib import Path

from click.testing import CliRunner
from importing.samples import URDU, jsonl, story

from generator.cli import main


def invoke(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["import", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_a_dry_run_shows_samples_mapping_and_counts(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(jsonl([story(n) | {"mood": "x"} for n in range(4)]), "utf-8")
    code, output = invoke(tmp_path / "a.jsonl", "--into", tmp_path / "content", "--dry-run")
    assert code == 0
    assert "title → headline" in output
    assert "kept as they are: mood" in output
    assert output.count("── a.jsonl, record") == 3
    assert "4 records: 4 new" in output
    assert "languages: 4 ur" in output
    assert not (tmp_path / "content").exists()


def test_rejects_make_the_exit_code_one_and_are_pointed_to(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(jsonl([story(1)]) + "{broken\n", "utf-8")
    code, output = invoke(tmp_path / "a.jsonl", "--into", tmp_path / "content")
    assert code == 1
    assert "rejected 1: " in output
    assert "rejects.jsonl" in output


def test_a_guess_by_looks_waits_for_a_yes(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        jsonl([{"kop": f"ایک لمبی سرخی {n}", "inhoud": f"{URDU} {URDU} {n}"} for n in range(5)]), "utf-8"
    )
    code, output = invoke(tmp_path / "a.jsonl", "--into", tmp_path / "content")
    assert code == 2
    assert "inhoud → text" in output
    assert not (tmp_path / "content").exists()
    code, _ = invoke(tmp_path / "a.jsonl", "--into", tmp_path / "content", "--yes")
    assert code == 0
    assert len(list((tmp_path / "content").rglob("*.txt"))) == 5


def test_mistakes_of_the_command_line_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(jsonl([story(1)]), "utf-8")
    assert invoke(tmp_path / "a.jsonl", "--map", "headline")[0] == 2
    assert invoke(tmp_path / "a.jsonl", "--map", "kop=title")[0] == 2
    assert invoke(tmp_path / "a.jsonl", "--encoding", "cp99999")[0] == 2
    (tmp_path / "r.toml").write_text("[[site]]\nhots = 'x'\n", "utf-8")
    assert "hots" in invoke(tmp_path / "a.jsonl", "--recipes", tmp_path / "r.toml")[1]
