"""An upload sends what changed and nothing else, in an order that no reader stumbles over, and goes on after a break."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_site import SmallSite, dump, fingerprints
from upload_servers import S3, Files, s3_server, sftp_server

from generator import publishing
from generator.cli.publish import publish as command
from generator.ledger import INTENT, MANIFEST, RECORD
from generator.publishing import plan_upload
from generator.report import Silent
from generator.targets import TargetError, open_target
from generator.targets.folder import Folder
from generator.targets.headers import Headers, Rules


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    site = SmallSite(tmp_path_factory.mktemp("publishing") / "site")
    for number in range(6):
        site.article(f"2017-11-0{number + 1}.txt", dump(f"سرخی {number}", "پیرا ہے۔ " * 9))
    site.build()
    return site


@pytest.fixture
def built(once: SmallSite, tmp_path: Path) -> SmallSite:
    return once.copy(tmp_path / "site")


def publish(site: SmallSite, target: object, *options: str) -> Result:
    return CliRunner().invoke(command, [str(target), "--site", str(site.folder), *options], catch_exceptions=False)


def steps(site: SmallSite, target: object, *options: str) -> list[tuple[str, str]]:
    result = publish(site, target, "--json", *options)
    assert result.exit_code == 0, result.output
    return [(line["action"], line["path"]) for line in map(json.loads, result.stdout.splitlines())]


def published(folder: Path) -> dict[str, str]:
    """What is on a target besides what `publish` keeps there for itself."""
    return {path: digest for path, digest in fingerprints(folder).items() if path != RECORD}


class Cut(Folder):
    """A folder that refuses everything after so many operations."""

    def __init__(self, folder: Path, most: int) -> None:
        super().__init__(folder)
        self.left = most
        self.put_: list[str] = []

    def put(self, path: str, source: Path, headers: Headers) -> None:
        self._count()
        super().put(path, source, headers)
        self.put_.append(path)

    def delete(self, path: str) -> None:
        self._count()
        super().delete(path)

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TargetError("the line is cut")


def test_a_folder_becomes_the_site_and_then_only_what_changed_is_sent(built: SmallSite, tmp_path: Path) -> None:
    target = tmp_path / "www"
    assert publish(built, target).exit_code == 0
    assert published(target) == built.files()
    assert "up to date" in publish(built, target).output
    before = built.files()
    built.article("2017-11-03.txt", dump("نئی سرخی", "اور متن۔"))
    (built.folder / "content/2017-11-06.txt").unlink()
    built.build()
    after = built.files()
    done = steps(built, target)
    assert {path for action, path in done if action == "new"} == after.keys() - before.keys()
    assert {path for action, path in done if action == "change"} == {p for p in after if before.get(p, after[p]) != after[p]}
    assert {path for action, path in done if action == "remove"} == before.keys() - after.keys() != set()
    assert published(target) == after


def test_the_order_is_one_in_which_no_link_leads_nowhere(built: SmallSite, tmp_path: Path) -> None:
    publish(built, tmp_path / "www")
    built.article("2017-11-09.txt", dump("نئی", "متن۔"))
    (built.folder / "content/2017-11-01.txt").unlink()
    built.build()
    done = [path for _, path in steps(built, tmp_path / "www", "--at-once", "1")]
    new = done.index("ur/2017/11/2017-11-09.html")
    assert new < done.index("ur/2017/11/2017-11-06.html") < done.index("ur/2017/11/index.html") < done.index("index.html")
    assert done[-2:] == [MANIFEST, "ur/2017/11/2017-11-01.html"]


def test_a_dry_run_touches_nothing(built: SmallSite, tmp_path: Path) -> None:
    result = publish(built, tmp_path / "www", "--dry-run")
    assert result.exit_code == 0
    assert "new     index.html" in result.output
    assert not (tmp_path / "www").exists()
    assert not (built.folder / ".roznama/output/publish").exists()


def test_strangers_files_are_neither_removed_nor_hidden(built: SmallSite, tmp_path: Path) -> None:
    target = tmp_path / "www"
    target.mkdir()
    (target / "mine.html").write_text("mine", encoding="utf-8")
    (target / "index.html").write_text("the host's", encoding="utf-8")
    assert "nothing tells that they were published from here" in publish(built, target).output
    built.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\nsearch = false\n')
    built.build()
    publish(built, target)
    assert published(target) == built.files() | {"mine.html": hashlib.sha256(b"mine").hexdigest()}


def test_ones_own_files_in_the_output_are_published_with_it(built: SmallSite, tmp_path: Path) -> None:
    target = tmp_path / "www"
    built.write("output/CNAME", "archive.example")
    built.write("output/.well-known/security.txt", "Contact: mailto:editor@archive.example")
    built.write("output/.git/HEAD", "ref: refs/heads/main")
    (built.output / "secret.txt").symlink_to("/etc/hostname")
    result = publish(built, target)
    assert (result.exit_code, "output-link" in result.output) == (0, True)
    assert (target / "CNAME").is_file()
    assert (target / ".well-known/security.txt").is_file()
    assert not (target / ".git").exists()
    assert not (target / "secret.txt").exists()
    (built.output / "CNAME").unlink()
    assert ("remove", "CNAME") in steps(built, target)
    assert not (target / "CNAME").exists()


def test_a_broken_upload_sends_nothing_twice(built: SmallSite, tmp_path: Path) -> None:
    target = Cut(tmp_path / "www", 31)
    state = built.folder / "state"
    with pytest.raises(TargetError):
        upload(built, target, state)
    assert len(target.put_) == 31
    target.left = 1000
    upload(built, target, state)
    assert sorted(target.put_) == sorted([*built.files(), INTENT, RECORD])


def upload(site: SmallSite, target: Folder, state: Path) -> None:
    plan = plan_upload(site.output, (), target, state)
    for _ in publishing.Upload(site.output, target, state, 3, Silent()).run(plan):
        pass


def test_a_manifest_that_somebody_else_put_there_is_not_believed(built: SmallSite, tmp_path: Path) -> None:
    publish(built, tmp_path / "www")
    (tmp_path / "www/index.html").write_text("other", encoding="utf-8")
    (tmp_path / "www" / MANIFEST).write_text(f"{'0' * 64}  mine.html\n", encoding="utf-8")
    done = steps(built, tmp_path / "www")
    assert {action for action, _ in done} == {"new"}
    assert published(tmp_path / "www") == built.files()


def test_a_damaged_output_is_refused(built: SmallSite, tmp_path: Path) -> None:
    (built.output / "index.html").write_text("damaged", encoding="utf-8")
    result = publish(built, tmp_path / "www")
    assert (result.exit_code, "verify-changed" in result.output) == (1, True)
    assert not (tmp_path / "www").exists()


def test_a_build_with_errors_is_refused_unless_it_is_wanted(built: SmallSite, tmp_path: Path) -> None:
    built.article("bad.md", "---\ndate: 31/02/2017\n---\nسرخی\n\nمتن۔\n")
    assert built.build().errors
    result = publish(built, tmp_path / "www")
    assert (result.exit_code, "publish-errors" in result.output) == (1, True)
    assert publish(built, tmp_path / "www", "--despite-errors").exit_code == 0


def test_a_file_that_changes_under_way_ends_the_upload(built: SmallSite, tmp_path: Path) -> None:
    plan = plan_upload(built.output, (), Folder(tmp_path / "www"), tmp_path / "state")
    (built.output / "index.html").write_text("later", encoding="utf-8")
    with pytest.raises(publishing.ChangedFile):
        list(publishing.Upload(built.output, Folder(tmp_path / "www"), tmp_path / "state", 1, Silent()).run(plan))
    assert not (tmp_path / "www" / RECORD).exists()


def test_what_may_pass_is_tried_again(built: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "WAITS", (0.0, 0.0))
    failures = iter([True, True, False, True])

    class Shaky(Folder):
        def put(self, path: str, source: Path, headers: Headers) -> None:
            if next(failures, False):
                raise TargetError("no answer", transient=True)
            super().put(path, source, headers)

    upload(built, Shaky(tmp_path / "www"), tmp_path / "state")
    assert published(tmp_path / "www") == built.files()


def test_the_target_may_stand_in_site_toml(built: SmallSite, tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["--site", str(built.folder)])
    assert (result.exit_code, "[publish]" in result.output) == (2, True)
    built.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\n[publish]\ntarget = "../www"\n')
    built.build()
    result = CliRunner().invoke(command, ["--site", str(built.folder)], catch_exceptions=False)
    assert result.exit_code == 0
    assert published(tmp_path / "www") == built.files()


def test_a_built_site_alone_is_published(built: SmallSite, tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(tmp_path / "www"), "--site", str(built.output)], catch_exceptions=False)
    assert result.exit_code == 0
    assert published(tmp_path / "www") == built.files()


@pytest.mark.parametrize("target", ["output", "output/deeper", "content/www", "."])
def test_a_target_in_the_site_is_refused(built: SmallSite, target: str) -> None:
    result = publish(built, built.folder / target)
    assert (result.exit_code, "publish-target" in result.output) == (1, True)


def test_what_a_killed_upload_left_half_written_is_gone_after_the_next(built: SmallSite, tmp_path: Path) -> None:
    target = Folder(tmp_path / "www")

    def half(source: Path, temporary: Path) -> None:
        temporary.write_bytes(b"half")
        raise SystemExit

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(shutil, "copyfile", half)
        patched.setattr(Path, "unlink", lambda *_, **__: None)  # a killed process tidies nothing up
        (tmp_path / "www").mkdir()
        with pytest.raises(SystemExit):
            target.put("index.html", built.output / "index.html", Headers(""))
    assert len(list((tmp_path / "www").iterdir())) == 1
    publish(built, tmp_path / "www")
    assert published(tmp_path / "www") == built.files()


def test_files_of_like_names_are_put_there_at_the_same_time(tmp_path: Path) -> None:
    names = [f"{'a-long-name-' * 8}{number}.html" for number in range(200)]
    for name in names:
        (tmp_path / name).write_text(name, encoding="utf-8")
    target = Folder(tmp_path / "www")
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda name: target.put(f"ur/{name}", tmp_path / name, Headers("")), names))
    assert all((tmp_path / "www/ur" / name).read_text("utf-8") == name for name in names)


def test_an_address_holds_no_password(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="password"):
        open_target("sftp://editor:secret@archive.example/www", tmp_path)


def test_types_and_caching_are_what_the_rules_say() -> None:
    rules = Rules("# *\n/*\n  X-Frame-Options: DENY\n  Cache-Control: max-age=300\n/feeds/a.xml\n  content-type: application/atom+xml\n")
    assert rules.headers("ur/2017/index.html") == Headers("text/html; charset=utf-8", "max-age=300")
    assert rules.headers("feeds/a.xml") == Headers("application/atom+xml", "max-age=300")
    assert Rules("/\n  Cache-Control: public\n").headers("index.html").cache == "public"
    assert Rules("").headers("a.unknown") == Headers("application/octet-stream", "no-cache")


# ── other places ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    import boto3

    with s3_server() as (server, endpoint):
        for name, value in {
            "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": endpoint,
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        boto3.client("s3").create_bucket(Bucket="archive")
        server.puts.clear()
        yield server


def objects() -> dict[str, str]:
    import boto3

    bucket = boto3.resource("s3").Bucket("archive")
    found = {one.key.removeprefix("news/"): one.get()["Body"].read() for one in bucket.objects.all()}
    return {key: hashlib.sha256(data).hexdigest() for key, data in found.items() if key != RECORD}


def test_an_upload_to_s3_that_is_cut_off_goes_on_where_it_was(built: SmallSite, s3: S3) -> None:
    s3.most = 31
    result = publish(built, "s3://archive/news")
    assert (result.exit_code, "publish-target" in result.output) == (1, True)
    assert len(objects()) == 31
    assert INTENT in objects()
    s3.most = None
    assert publish(built, "s3://archive/news").exit_code == 0
    assert objects() == built.files()
    assert sorted(s3.puts) == sorted([*built.files(), INTENT, RECORD])  # each once
    assert s3.deletes == [INTENT]
    assert s3.puts[-2:] == [MANIFEST, RECORD]
    assert s3.headers["static/roznama.css"] == ("text/css; charset=utf-8", "public, max-age=3600")
    assert s3.headers["index.html"] == ("text/html; charset=utf-8", "no-cache")
    s3.puts.clear()
    (built.folder / "content/2017-11-01.txt").unlink()
    before = built.files()
    built.build()
    after = built.files()
    assert publish(built, "s3://archive/news").exit_code == 0
    assert objects() == after
    assert sorted(s3.puts) == sorted([*(path for path in after if after[path] != before.get(path)), INTENT, RECORD])
    assert sorted(s3.deletes) == sorted([INTENT, *(before.keys() - after.keys()), INTENT])


def test_an_upload_through_ssh(built: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(publishing, "WAITS", (0.0, 0.0))
    (tmp_path / "server").mkdir()
    with sftp_server(tmp_path / "server", tmp_path / "home") as port:
        address = f"sftp://editor@127.0.0.1:{port}/~/public_html/news"
        result = publish(built, address)
        assert (result.exit_code, "not let in" in result.output) == (1, True)
        monkeypatch.setenv("ROZNAMA_SFTP_PASSWORD", "secret")
        result = publish(built, address)
        assert result.exit_code == 0, result.output
        there = tmp_path / "server/public_html/news"
        assert published(there) == built.files()
        (built.folder / "content/2017-11-01.txt").unlink()
        built.build()
        Files.broken, Files.renames = 1, False
        result = publish(built, address)
        assert result.exit_code == 0, result.output
        assert published(there) == built.files()
        assert not (there / "ur/2017/11/01").exists()
        (tmp_path / "home/.ssh/known_hosts").unlink()
        result = publish(built, address)
        assert (result.exit_code, "not in known_hosts" in result.output) == (1, True)


def test_what_fsspec_reaches_is_a_target(built: SmallSite) -> None:
    import fsspec

    assert publish(built, "memory://archive/news").exit_code == 0
    files = fsspec.filesystem("memory").find("/archive/news")
    assert {path.removeprefix("/archive/news/") for path in files} == built.files().keys() | {RECORD}
    assert "up to date" in publish(built, "memory://archive/news").output
