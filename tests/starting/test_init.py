"""`roznama init` as an editor meets it: what is found, what is asked, what is written, and that it builds."""

import os
import pty
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path, PurePosixPath, PureWindowsPath

import msgspec
import pytest
from click.testing import CliRunner, Result
from small_site import TODAY, dump, with_front_matter

from generator.build import Options, build
from generator.cli.init import init
from generator.config import Settings, load_site, read_settings
from generator.starting import survey as surveying
from generator.starting.hosts import RECIPES
from generator.starting.proposal import Answers, path_from, settings
from generator.starting.survey import Survey, content_of, survey

URDU = "یہ ریڈیو پاکستان ہے۔ لوگوں نے کہا کہ بارش کے بعد شہر میں پانی جمع ہو گیا ہے اور سڑکیں بند ہیں۔"
ENGLISH = "The people of the town said that the rain had closed the roads and that the water was still high."
ARABIC = "قال رئيس الوزراء إن الحكومة قررت أن تبدأ العمل في المشروع بعد أن وافق عليه البرلمان في جلسته أمس"


def put(folder: Path, path: str, text: str | bytes) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())


def mixed(folder: Path) -> Path:
    """Dumps of two languages, some in an old encoding, some with front matter, names that repeat, and a picture."""
    for number in range(12):
        put(folder, f"ur/2016/{number + 1:02d}/story.txt", dump(f"خبر نمبر {number}", URDU))
    for number in range(5):
        put(folder, f"ar/200{number}/old.txt", dump(f"خبر {number} من الأرشيف", ARABIC, ARABIC).encode("windows-1256"))
    for number in range(6):
        fields = {"title": f"Story {number}", "date": f"2018-05-0{number + 1}", "tags": "[weather]"}
        put(folder, f"en/2018/05/story{number}.md", with_front_matter(fields, ENGLISH))
    put(folder, "ur/2016/01/story-1.png", (Path(__file__).parents[2] / "content/ur/undated/k2-ur-1.jpg").read_bytes())
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(init, list(arguments))


def test_mixed_dumps_get_settings_that_fit_and_build_without_a_warning(tmp_path: Path) -> None:
    mixed(tmp_path / "dumps")
    done = run(str(tmp_path), "--yes")
    assert done.exit_code == 0, done.output
    assert "23 files (6 .md, 17 .txt); 1 pictures" in done.output
    assert "(ur) 12" in done.output
    assert "windows-1256 5" in done.output
    assert "2000 to 2018" in done.output
    made = read_settings(tmp_path / "site.toml")
    assert (made.language, made.content, made.encoding, made.ids) == ("ur", "dumps", "windows-1256", "path")
    assert made.title
    report = build(load_site(tmp_path), Options(today=TODAY, jobs=1))
    assert report.problems == []
    assert report.articles == 23
    assert all("base_url" in assumed for assumed in report.assumed)


def test_what_is_there_stays_and_the_exit_code_says_so(tmp_path: Path) -> None:
    put(tmp_path, "site.toml", 'title = "A"\n')
    done = run(str(tmp_path), "--yes")
    assert done.exit_code == 1
    assert "stays as it is" in done.output
    assert (tmp_path / "site.toml").read_text() == 'title = "A"\n'


def test_an_empty_folder_becomes_a_site_without_articles(tmp_path: Path) -> None:
    done = run(str(tmp_path / "archive"))
    assert done.exit_code == 0, done.output
    assert "next: roznama new" in done.output
    report = build(load_site(tmp_path / "archive"), Options(today=TODAY, jobs=1))
    assert (report.articles, report.problems) == (0, [])


@pytest.mark.parametrize(
    ("files", "content"),
    [
        (["content/a.txt"], "content"),
        (["a.txt"], "."),
        (["ur/a.txt"], "."),
        (["2016/a.txt"], "."),
        (["dumps/ur/a.txt", "README.md"], "dumps"),
        (["dumps/a.txt", "more/b.txt"], "."),
        (["dumps/a.txt", "venv/pyvenv.cfg", "venv/lib/licence.txt"], "dumps"),
        (["output/a.txt", "dumps/a.txt", "templates/a.md", ".git/x.txt"], "dumps"),
        ([], "."),
    ],
)
def test_the_articles_are_found_where_they_stand(tmp_path: Path, files: list[str], content: str) -> None:
    for path in files:
        put(tmp_path, path, dump("سرخی", URDU))
    assert content_of(tmp_path) == tmp_path / content


def test_a_readme_among_articles_is_told_of(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", dump("سرخی", URDU))
    put(tmp_path, "README.md", "# About\n")
    assert "move README.md away" in run(str(tmp_path), "--yes").output
    put(tmp_path, "other/content/a.txt", dump("سرخی", URDU))
    put(tmp_path, "other/README.md", "# About\n")
    assert "README" not in run(str(tmp_path / "other"), "--yes").output


def test_articles_may_stand_beside_the_site(tmp_path: Path) -> None:
    put(tmp_path, "dumps/a.txt", dump("سرخی", URDU))
    done = run(str(tmp_path / "sites/archive"), "--content", str(tmp_path / "dumps"), "--yes")
    assert done.exit_code == 0, done.output
    assert read_settings(tmp_path / "sites/archive/site.toml").content == "../../dumps"
    assert build(load_site(tmp_path / "sites/archive"), Options(today=TODAY, jobs=1)).articles == 1


@pytest.mark.parametrize(
    ("folder", "target", "named"),
    [
        (PurePosixPath("/home/a/site"), PurePosixPath("/home/a/site/content"), "content"),
        (PurePosixPath("/home/a/site"), PurePosixPath("/home/a/site"), "."),
        (PurePosixPath("/home/a/site"), PurePosixPath("/home/a/dumps"), "../dumps"),
        (PureWindowsPath(r"C:\Users\Ada\site"), PureWindowsPath(r"C:\Users\Ada\site\خبریں\alt"), "خبریں/alt"),
        (PureWindowsPath(r"C:\Users\Ada\site"), PureWindowsPath(r"c:\users\ada\Dumps"), "../Dumps"),
        (PureWindowsPath(r"C:\Users\Ada\site"), PureWindowsPath(r"D:\dumps"), "D:/dumps"),
    ],
)
def test_a_folder_is_named_with_slashes_on_every_system(folder: Path, target: Path, named: str) -> None:
    assert path_from(folder, target) == named


def test_a_big_folder_is_sampled_evenly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveying, "SAMPLE", 40)
    for number in range(600):
        put(tmp_path, f"{2000 + number // 60}/{number:03d}.txt", dump(f"خبر {number}", URDU))
    found = survey(tmp_path)
    assert found.files == 600
    assert len(found.sample) == 40
    assert set(Counter(one.path.parts[0] for one in found.sample).values()) <= {3, 4, 5}
    assert found.years() == (2000, 2009)
    assert survey(tmp_path) == found


def test_a_month_that_is_too_full_for_a_folder_puts_the_day_into_addresses(tmp_path: Path) -> None:
    put(tmp_path, "a.md", with_front_matter({"title": "A", "date": "2018-05-01"}, ENGLISH))
    found = survey(tmp_path)
    answers = Answers("A", "en")
    assert "permalinks" not in tomllib.loads(settings(found, answers))
    assert (
        "{day}" in tomllib.loads(settings(msgspec.structs.replace(found, files=1200), answers))["permalinks"]["article"]
    )


def surveys(folder: Path) -> list[Survey]:
    return [survey(mixed(folder / "mixed")), survey(folder / "nothing"), survey(Path(__file__).parents[2] / "content")]


def test_every_line_that_is_not_in_force_may_be_put_in_force(tmp_path: Path) -> None:
    for found in surveys(tmp_path):
        text = settings(found, Answers('A "quoted" \\ name\x7f', "ur", "https://news.example", redirects="nginx"))
        loosened = re.sub(r"(?m)^# (?=\[[a-z.]+\]$|[a-z]+ = )", "", text)
        assert loosened.count("\n# ") < text.count("\n# ") - 4
        for number, version in enumerate((text, loosened)):
            put(tmp_path, f"{number}.toml", version)
            assert isinstance(read_settings(tmp_path / f"{number}.toml"), Settings)
        assert read_settings(tmp_path / "0.toml").title == 'A "quoted" \\ name'


def test_at_a_terminal_three_questions_are_asked_and_wrong_answers_again(tmp_path: Path) -> None:
    put(tmp_path, "content/a.txt", dump("سرخی", URDU))
    command = [sys.executable, "-m", "generator", "init", str(tmp_path)]
    outer, inner = pty.openpty()
    with subprocess.Popen(
        command, stdin=inner, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "COLUMNS": "80"}
    ) as process:
        os.write(outer, "xx\nur\nمیرا اخبار\nnews.example\nhttps://news.example/\n".encode())
        output, _ = process.communicate(timeout=30)
    os.close(inner)
    os.close(outer)
    said = output.decode()
    assert process.returncode == 0, said
    assert said.count("Language of menus") == 2
    assert said.count("Public address") == 2
    made = read_settings(tmp_path / "site.toml")
    assert (made.title, made.language, made.base_url) == ("میرا اخبار", "ur", "https://news.example")


@pytest.mark.parametrize("host", RECIPES)
def test_a_host_gets_its_recipe_once_and_nothing_is_overwritten(tmp_path: Path, host: str) -> None:
    put(tmp_path, "content/a.txt", dump("سرخی", URDU))
    put(tmp_path, ".gitignore", "mine\n")
    done = run(str(tmp_path), "--yes", "--host", host, "--base-url", "https://news.example/")
    assert done.exit_code == 0, done.output
    made = read_settings(tmp_path / "site.toml")
    assert made.base_url == "https://news.example"
    assert made.host.redirects == RECIPES[host].redirects
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    for path in set(RECIPES[host].files.values()) - {".gitignore"}:
        assert f"wrote {path}" in done.output
        put(tmp_path, path, "edited\n")
    again = run(str(tmp_path), "--host", host)
    assert again.exit_code == 0
    assert "wrote" not in again.output
    for path in set(RECIPES[host].files.values()) - {".gitignore"}:
        assert (tmp_path / path).read_text() == "edited\n"
    assert build(load_site(tmp_path), Options(today=TODAY, jobs=1)).problems == []


def test_a_host_whose_redirects_differ_from_the_settings_is_told_of(tmp_path: Path) -> None:
    put(tmp_path, "site.toml", 'title = "A"\n')
    put(tmp_path, "content/a.txt", dump("سرخی", URDU))
    assert 'set redirects = "nginx" under [host]' in run(str(tmp_path), "--host", "nginx").output
    assert "under [host]" not in run(str(tmp_path), "--host", "s3").output


@pytest.mark.parametrize("arguments", [["--language", "xx"], ["--base-url", "news.example"], ["--host", "geocities"]])
def test_a_wrong_option_writes_nothing(tmp_path: Path, arguments: list[str]) -> None:
    put(tmp_path, "content/a.txt", dump("سرخی", URDU))
    assert run(str(tmp_path), *arguments).exit_code == 2
    assert not (tmp_path / "site.toml").exists()
