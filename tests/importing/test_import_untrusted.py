"""What an export may not do: reach outside its folder, load, run, or fill the machine."""

# ruff: noqa: E501 — exports in small stand in one line, as exporters write them

import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from importing.samples import URDU, jsonl, page, picture, post, run, story, words, wxr

from generator.importing.body import body_of
from generator.importing.page import read_page
from generator.importing.records import Image


def outside(folder: Path) -> set[str]:
    """What is there besides the source, the content and the ledger's folder."""
    return {path.name for path in folder.iterdir()} - {"source", "content", ".roznama", "site.toml", "vocabulary.toml"}


def test_names_in_archives_lead_nowhere(tmp_path: Path) -> None:
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        for name in ("../evil.jsonl", "/abs/evil2.jsonl", "..\\evil3.jsonl", "a/../../evil4.jsonl"):
            archive.writestr(name, jsonl([story(len(name))]))
        archive.writestr("../p.jpg", picture())
    done = run(tmp_path, {"a.zip": zipped.getvalue()})
    assert len(done.articles) >= 3
    assert outside(tmp_path) == set()
    assert not (tmp_path.parent / "p.jpg").exists()


def test_links_and_devices_in_a_tar_file_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.jsonl").write_text(jsonl([story(9) | {"title": "راز"}]), "utf-8")
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for kind, name in ((tarfile.SYMTYPE, "link.jsonl"), (tarfile.LNKTYPE, "hard.jsonl"), (tarfile.FIFOTYPE, "pipe.jsonl")):
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = str(tmp_path / "secret.jsonl")
            archive.addfile(info)
        body = jsonl([story(1)]).encode()
        info = tarfile.TarInfo("ok.jsonl")
        info.size = len(body)
        archive.addfile(info, io.BytesIO(body))
    assert set(run(tmp_path, {"a.tar": data.getvalue()}).articles) == {"s1"}


def test_a_link_in_a_folder_does_not_lead_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/x.jsonl").write_text(jsonl([story(9)]), "utf-8")
    (tmp_path / "secret/p.jpg").write_bytes(picture())
    (tmp_path / "source").mkdir()
    (tmp_path / "source/x.jsonl").symlink_to(tmp_path / "secret/x.jsonl")
    (tmp_path / "source/d").symlink_to(tmp_path / "secret")
    (tmp_path / "source/p.jpg").symlink_to(tmp_path / "secret/p.jpg")
    done = run(
        tmp_path,
        {
            "a.jsonl": jsonl(
                [story(1) | {"image": "p.jpg"}, story(2) | {"image": "../secret/p.jpg"}, story(3) | {"image": "/etc/passwd"}]
            )
        },
    )
    assert set(done.articles) == {"s1", "s2", "s3"}
    assert not list((tmp_path / "content").rglob("*.jpg"))


def test_a_bomb_of_entities_has_no_fuse(tmp_path: Path) -> None:
    entities = '<!ENTITY a "lol">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    nitf = f'<?xml version="1.0"?><!DOCTYPE nitf [{entities}<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><body><body.head><hedline><hl1>عنوان &m;</hl1></hedline></body.head><body.content><p>{URDU} &m; &x;</p></body.content></body></nitf>'
    article = run(tmp_path, {"a.xml": nitf}).only()
    assert "lol" not in words(article)
    assert "root:" not in words(article)
    assert len(words(article)) < 500


def test_a_bomb_of_zeros_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("bomb.jsonl", b"\0" * 60_000_000)
        archive.writestr("ok.jsonl", jsonl([story(1)]))
    done = run(tmp_path, {"a.zip": data.getvalue()})
    assert set(done.articles) == {"s1"}
    assert any("suspiciously" in reason for reason in done.report.rejected)


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", " JaVa\nScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//[bad", "http://", "&#106;avascript:x"],
)
def test_links_that_run_something_leave_their_words(href: str) -> None:
    assert body_of(f'<p>پڑھیے <a href="{href}">یہاں</a></p>').parts == ["پڑھیے یہاں"]


def test_what_runs_or_loads_in_a_body_is_gone() -> None:
    html = '<p onclick="x()">متن<script>alert(1)</script></p><style>p{}</style><img src=x onerror=alert(1)><svg onload=x><text>t</text></svg><object data="javascript:x"></object><iframe src="javascript:x"></iframe>'
    parts = body_of(html).parts
    assert parts == ["متن", Image("x")]


def test_markdown_cannot_be_smuggled_in(tmp_path: Path) -> None:
    text = "![x](javascript:alert(1)) [y](javascript:z) <script>q</script> {: onclick=x}"
    done = run(tmp_path, {"a.xml": wxr(post(1, "a", f"{URDU}\n\n" + text.replace("<", "&lt;")))})
    article = done.only()
    assert "javascript:alert(1)" in words(article)
    assert all("href" not in (getattr(block, "html", None) or "") for block in article.body)


def test_front_matter_cannot_be_smuggled_in(tmp_path: Path) -> None:
    title = 'x"\ndraft: true\n---\nevil: 1\n\u2028id: y'
    article = run(
        tmp_path, {"a.jsonl": jsonl([{"id": "a", "title": title, "text": URDU, "draft\nid": "z", "k: [": "v\n---\n"}])}
    ).only()
    assert article.id == "a"
    assert not article.draft
    assert article.headline == 'x" draft: true --- evil: 1 id: y'


def test_markup_as_deep_as_it_is_long_is_still_read() -> None:
    deep = "<div>" * 5000 + "متن" + "</div>" * 5000
    assert "متن" in "".join(part for part in body_of(deep).parts if isinstance(part, str))
    inline = "<b>" * 3000 + "متن" + "</b>" * 3000
    assert "متن" in "".join(part for part in body_of(inline).parts if isinstance(part, str))
    lists = "<ul><li>" * 2000 + "متن"
    body_of(lists)
    body_of("<blockquote>" * 2000 + "متن")
    read_page(page("a", [URDU] * 5).replace("<main>", "<div>" * 3000), "")


def test_what_is_called_a_picture_and_is_none_stays_behind(tmp_path: Path) -> None:
    done = run(tmp_path, {"a.jsonl": jsonl([story(1) | {"image": "p.jpg"}]), "p.jpg": b"<script>x</script>"})
    assert set(done.articles) == {"s1"}
    assert not list((tmp_path / "content").rglob("*.jpg"))


def test_the_ids_of_records_are_no_paths(tmp_path: Path) -> None:
    records = [
        story(n) | {"id": id_}
        for n, id_ in enumerate(["../../x", "/etc/x", "a/b", ".hidden", "con", "x" * 400, "\u202eevil", "aux.txt", ""])
    ]
    done = run(tmp_path, {"a.jsonl": jsonl(records)})
    assert len(done.articles) == 9
    assert all(
        len(path.relative_to(done.content).parts) <= 4 and not path.name.startswith(".") for path in done.content.rglob("*.txt")
    )
