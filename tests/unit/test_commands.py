"""One grammar for all commands: options, examples, JSON, exit codes, completion, suggestions, and what is said of our own mistakes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from small_site import SmallSite, dump

from generator import __version__
from generator.cli import COMMANDS, doctor, main

HEAVY = ("jinja2", "babel", "markdown", "PIL", "rich", "sqlite3", "msgspec", "livereload", "tornado", "watchfiles", "nh3", "lxml", "yaml")
ELSEWHERE = {"completion"}
"""Commands that are about no site."""


def commands() -> Iterator[tuple[str, click.Command]]:
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        yield name, command


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def built(site: SmallSite) -> SmallSite:
    site.article("ur/2001/a.txt", dump("پہلی سرخی", "یہ ایک پیرا ہے۔"))
    site.article("ur/2002/b.md", "---\nheadline: دوسری\ntopics: [کتاب]\n---\n\nیہ دوسرا پیرا ہے۔\n")
    site.build()
    return site


def test_every_command_shows_examples_of_itself() -> None:
    for name, command in commands():
        assert command.help is not None
        assert f"\n    roznama {name}" in command.help or f"\nroznama {name}" in command.help or f"roznama {name} " in command.help, name


def test_a_word_means_the_same_in_every_command() -> None:
    meaning: dict[str, set[tuple[str, ...]]] = {}
    for name, command in commands():
        several = command.commands.values() if isinstance(command, click.Group) else [command]
        for one in several:
            options = {flag: option for option in one.params if isinstance(option, click.Option) for flag in option.opts}
            if name not in ELSEWHERE:
                assert "--site" in options, f"{name} {one.name}"
                assert "--config" in options, f"{name} {one.name}"
            for flag in ("--site", "--config", "--output", "--json", "--quiet", "--verbose", "--jobs"):
                if flag in options:
                    meaning.setdefault(flag, set()).add(tuple(options[flag].opts))
    assert {flag: len(spellings) for flag, spellings in meaning.items()} == dict.fromkeys(meaning, 1)


def test_help_waits_for_nothing_heavy() -> None:
    script = (
        "import sys; from generator.cli import main\n"
        f"try: main(['--help'])\nexcept SystemExit: print([name for name in {HEAVY} if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "[]"
    for name in COMMANDS:
        assert f"  {name} " in shown


def test_json_is_all_that_stands_on_standard_output(built: SmallSite) -> None:
    folder = built.folder
    report = json.loads(run("build", folder, "--as-of", "2026-01-01", "--json")[1])
    assert report["articles"] == 2
    assert json.loads(run("stats", folder, "--json")[1])["languages"] == {"ur": 2}
    found = json.loads(run("doctor", folder, "--json")[1])
    assert {"name", "state", "found"} <= found[0].keys()
    listed = [json.loads(line) for line in run("topics", "list", folder, "--json")[1].splitlines()]
    assert {"kind": "topic", "id": "کتاب", "articles": 1, "name": "کتاب"} in listed or listed[0]["articles"] == 1
    shown = json.loads(run("topics", "show", listed[0]["id"], folder, "--json")[1])
    assert shown["articles"][0]["source"].endswith("b.md")
    code, out, err = run("search", "دوسرا", folder, "--json")
    assert (code, json.loads(out)["count"], err) == (0, 1, "")
    assert run("verify", folder, "--json") == (0, "", "")
    for line in run("check", folder, "--json")[1].splitlines():
        assert json.loads(line)["severity"] in ("error", "warning")
    inspected = json.loads(run("inspect", folder / "content/ur/2002/b.md", "--json")[1])
    assert inspected["headline"] == "دوسری"
    imported = json.loads(run("import", folder / "content/ur/2001/a.txt", "--into", folder / "more", "--json", "--yes")[1])
    assert imported["status"]


def test_a_configuration_may_stand_elsewhere(site: SmallSite, tmp_path: Path) -> None:
    site.article("a.txt", dump("سرخی", "پیرا۔"))
    other = tmp_path / "other.toml"
    other.write_text('title = "Another"\nlanguage = "ur"\n', "utf-8")
    assert run("build", "--site", site.folder, "--config", other)[0] == 0
    assert "Another" in (site.output / "index.html").read_text("utf-8")
    code, _, err = run("build", site.folder, "--site", site.folder)
    assert (code, "one of them" in err) == (2, True)
    (tmp_path / "other.toml").write_text('titel = "x"\n')
    code, _, err = run("stats", site.folder, "--config", other)
    assert (code, "did you mean `title`?" in err) == (1, True)


def test_a_wrong_command_topic_or_option_is_told_the_nearest(built: SmallSite) -> None:
    code, _, err = run("buidl")
    assert (code, "did you mean build?" in err) == (2, True)
    code, _, err = run("topics", "show", "کتب", built.folder)
    assert (code, "کتاب" in err) == (1, True)
    assert run("build", "--verbos")[0] == 2


def test_our_own_mistake_says_what_a_report_needs_and_has_its_own_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError("of ours")

    monkeypatch.setattr(doctor, "_machine", broken)
    code, _, err = run("doctor")
    assert code == 3
    assert "Traceback" in err
    assert f"roznama {__version__}, Python" in err


def test_what_the_machine_refuses_is_no_mistake_of_ours(built: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise PermissionError(13, "Permission denied", "/where/it/is")

    monkeypatch.setattr(doctor, "_machine", refused)
    code, _, err = run("doctor")
    assert (code, "Traceback" in err, "/where/it/is: Permission denied" in err) == (1, False, True)


def test_an_interruption_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(doctor, "_machine", interrupted)
    assert run("doctor")[0] == 130


def test_stats_of_an_archive_never_built_says_what_to_do(site: SmallSite) -> None:
    code, _, err = run("stats", site.folder)
    assert (code, "run roznama build" in err) == (1, True)


def test_stats_counts(built: SmallSite) -> None:
    counted = json.loads(run("stats", built.folder, "--json")[1])
    assert (counted["articles"], counted["undated"], counted["words"] > 5) == (2, 0, True)
    assert counted["sources"] == {".md": 1, ".txt": 1}
    assert counted["years"] == {"2001": 1, "2002": 1}
    assert counted["articles_with_topics"] >= 1
    code, out, _ = run("stats", built.folder)
    assert (code, "2 articles" in out) == (0, True)


def test_doctor_names_what_is_wrong_and_what_to_do(site: SmallSite) -> None:
    site.write("site.toml", 'titel = "x"\n')
    code, out, _ = run("doctor", site.folder, "--json")
    wrong = [one for one in json.loads(out) if one["state"] == "problem" and one["name"] == "site"]
    assert code == 1
    assert wrong[0]["advice"] == "did you mean `title`?"


def test_doctor_knows_a_catalogue_of_another_version(built: SmallSite) -> None:
    (built.folder / ".roznama" / "output" / "catalogue.sqlite").write_bytes(b"of another time")
    out = run("doctor", built.folder, "--json")[1]
    (found,) = (one for one in json.loads(out) if one["name"] == "catalogue")
    assert "the next build makes it anew" in found["advice"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_asks_roznama(shell: str) -> None:
    code, out, _ = run("completion", shell)
    assert code == 0
    assert f"_ROZNAMA_COMPLETE={shell}_complete" in out


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes_commands_and_options() -> None:
    script = (
        'eval "$(roznama completion bash)"\n'
        'COMP_WORDS=(roznama st); COMP_CWORD=1; _roznama_completion roznama; echo "${COMPREPLY[@]}"\n'
        'COMPREPLY=(); COMP_WORDS=(roznama build --ver); COMP_CWORD=2; _roznama_completion roznama; echo "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.split() == ["stats", "--verbose"]
