"""site.toml: every mistake at once, with its place and the nearest right name."""

from pathlib import Path

import pytest

from generator.config import Settings, SiteErrors, load_site, read_settings
from generator.problems import Problem


def problems(tmp_path: Path, text: str) -> list[Problem]:
    file = tmp_path / "site.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SiteErrors) as caught:
        read_settings(file)
    return caught.value.problems


def test_an_empty_file_is_all_defaults(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text("", encoding="utf-8")
    assert read_settings(file) == Settings()


def test_all_unknown_keys_are_named_with_line_and_nearest(tmp_path: Path) -> None:
    found = problems(tmp_path, 'titel = "x"\nlanguage = "ur"\n[theme]\n  acent = "#fff"\n[names.ur]\ntagine = "x"\n')
    assert [(p.line, p.column, p.hint) for p in found] == [
        (1, 1, "did you mean `title`?"),
        (4, 3, "did you mean `accent`?"),
        (6, 1, "did you mean `tagline`?"),
    ]


def test_wrong_values_are_named_with_line(tmp_path: Path) -> None:
    found = problems(tmp_path, 'per_page = 2\n\n[theme]\naccent = "red"\n\n[permalinks]\narticle = "/x.html"\n')
    assert [(p.line, p.code) for p in found] == [(1, "site-value"), (4, "site-value"), (7, "site-value")]


def test_a_syntax_error_has_line_and_column(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, 'title = "a"\nlanguage = ur\n')
    assert (found.line, found.column, found.code) == (2, 12, "site-syntax")
    assert found.excerpt == "language = ur"


def test_a_file_that_is_not_utf8_is_said(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes('title = "خبر"'.encode("windows-1256"))
    with pytest.raises(SiteErrors) as caught:
        read_settings(tmp_path / "site.toml")
    assert caught.value.problems[0].code == "site-encoding"


def test_the_output_may_not_hold_the_articles(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "site.toml").write_text('output = "."\n', encoding="utf-8")
    with pytest.raises(SiteErrors) as caught:
        load_site(tmp_path)
    assert caught.value.problems[0].code == "output-is-content"


def test_a_base_url_must_be_one_and_loses_its_last_slash(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "site.toml").write_text('base_url = "https://x.example/a/"\n', encoding="utf-8")
    assert load_site(tmp_path).settings.base_url == "https://x.example/a"
    with pytest.raises(SiteErrors):
        load_site(tmp_path, base_url="javascript:alert(1)")


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(SiteErrors) as caught:
        load_site(tmp_path / "nowhere")
    assert caught.value.problems[0].code == "no-site"
