"""The recipes of `roznama init --host`: each is well-formed, says what the others say, and, where its server is on this
machine, serves an archive as it should. `make check-hosts` installs nginx and Caddy where that is possible."""

import gzip
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from small_site import SmallSite, dump, with_front_matter

from generator import __version__
from generator.checks.host_limit import HOSTS
from generator.config import read_settings
from generator.starting.hosts import RECIPES, recipe, security, todo

POLICY = security()["Content-Security-Policy"]
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:/sbin"
BASES = ("", "https://news.example", "https://news.example/archive")


@pytest.mark.parametrize("host", RECIPES)
@pytest.mark.parametrize("base_url", BASES)
def test_a_recipe_leaves_no_word_open_and_holds_no_secret(host: str, base_url: str) -> None:
    for path, text in recipe(host, base_url):
        assert not re.search(r"@[a-z_]+@", text), path
        assert not re.search(
            r"secrets\.|password|api[_-]?key|\btoken\b(?!:)", text.replace("id-token", ""), re.IGNORECASE
        )
        if path.endswith(".json"):
            json.loads(text)
        if path.endswith(".toml"):
            tomllib.loads(text)
        if path.endswith(".yml"):
            yaml.safe_load(text)
    assert not any(re.search(r"@[a-z_]+@", line) for line in todo(host, base_url))


def test_every_host_that_check_knows_has_a_recipe() -> None:
    assert set(HOSTS) - {"any"} <= set(RECIPES)


def test_the_same_policy_stands_in_every_recipe_that_can_send_headers() -> None:
    assert "unsafe" not in POLICY
    for host in ("cloudflare-pages", "netlify", "vercel", "s3", "nginx", "caddy"):
        texts = [text for _, text in recipe(host, "")]
        assert sum(POLICY in text for text in texts) == 1, host
        assert all(name in "".join(texts) or host == "s3" for name in security()), host


def test_no_path_gets_one_header_twice_from_the_rules_of_netlify_and_cloudflare() -> None:
    """They put the values of all rules that match into one header with commas between them, which no browser reads."""
    rules: dict[str, dict[str, str]] = {}
    for line in dict(recipe("netlify", ""))["_headers"].splitlines():
        if line.startswith("/"):
            rules[line] = {}
        elif not line.startswith("#"):
            name, _, value = line.strip().partition(": ")
            assert line.startswith("  ")
            assert value
            rules[list(rules)[-1]][name] = value
    assert len(rules) < 100  # more are not read by Cloudflare
    assert rules["/*"] == security()
    for path in (
        "/a.html",
        "/media/3f/a.jpg",
        "/feeds/atom.xml",
        "/feeds/feed.json",
        "/data/texts/a.jsonl",
        "/data/topics.ttl",
        "/static/a.js",
    ):
        sent = [name for rule, headers in rules.items() if fnmatch(path, rule) for name in headers]
        assert len(sent) == len(set(sent)), path


def test_the_other_recipes_hold_what_their_hosts_read() -> None:
    vercel = json.loads(dict(recipe("vercel", ""))["vercel.json"])
    assert set(vercel) == {"framework", "installCommand", "buildCommand", "outputDirectory", "cleanUrls", "headers"}
    assert all(set(rule) == {"source", "headers"} and rule["source"].startswith("/") for rule in vercel["headers"])
    assert {frozenset(header) for rule in vercel["headers"] for header in rule["headers"]} == {
        frozenset({"key", "value"})
    }
    netlify = tomllib.loads(dict(recipe("netlify", ""))["netlify.toml"])
    assert netlify["build"]["publish"] == vercel["outputDirectory"] == "output"
    for command in (netlify["build"]["command"], vercel["buildCommand"]):
        assert f"roznama=={__version__} " in command
        assert subprocess.run(["sh", "-n", "-c", command], check=False).returncode == 0
    wrangler = tomllib.loads(dict(recipe("cloudflare-pages", "https://news.example"))["wrangler.toml"])
    assert (wrangler["name"], wrangler["pages_build_output_dir"]) == ("news-example", "./output")
    s3 = {path: json.loads(text) for path, text in recipe("s3", "")}
    assert s3["s3/website.json"] == {"IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "404.html"}}
    policy = s3["s3/response-headers.json"]["SecurityHeadersConfig"]["ContentSecurityPolicy"]
    assert policy == {"Override": True, "ContentSecurityPolicy": POLICY}


def test_the_workflow_of_github_restores_builds_keeps_and_publishes_in_this_order() -> None:
    workflow = yaml.safe_load(dict(recipe("github-pages", ""))[".github/workflows/pages.yml"])
    assert workflow[True]["push"]["branches"] == ["main"]  # YAML 1.1 reads the key `on` as true
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert workflow["env"]["ROZNAMA"] == f"roznama=={__version__}"
    steps = workflow["jobs"]["build"]["steps"]
    used = [step.get("uses", step.get("run", "")).partition("@")[0].split(" -q")[0] for step in steps]
    order = ["actions/checkout", "actions/cache/restore", "if grep", "actions/cache/save"]
    order += ["actions/upload-pages-artifact"]
    assert [entry for entry in used if entry in order] == order
    assert all(
        set(step) <= {"id", "name", "uses", "run", "with"} and ("uses" in step) != ("run" in step) for step in steps
    )
    restore, save = (step["with"] for step in steps if "actions/cache/" in step.get("uses", ""))
    assert restore["path"].split() == save["path"].split() == [".roznama", "output"]
    assert save["key"] == restore["key"]
    assert save["key"].startswith(restore["restore-keys"])
    assert workflow["jobs"]["publish"]["needs"] == "build"


def test_an_address_in_site_toml_is_not_overruled_by_a_workflow() -> None:
    for host in ("netlify", "vercel"):
        assert "--base-url" in "".join(text for _, text in recipe(host, ""))
        assert "--base-url" not in "".join(text for _, text in recipe(host, "https://news.example"))


def test_the_job_of_gitlab_builds_again_only_what_changed(site: SmallSite, tmp_path: Path) -> None:
    """Its own lines, run by a shell in two checkouts with nothing but the kept folder between them."""
    if shutil.which("roznama") is None and not Path(".venv/bin/roznama").exists():
        pytest.skip("roznama is not installed as a command here")
    site.article("ur/2017/11/a.txt", dump("ریڈیو پاکستان", "یہ ریڈیو پاکستان ہے۔"))
    job = yaml.safe_load(dict(recipe("gitlab-pages", "https://news.example"))[".gitlab-ci.yml"])["pages"]
    lines = [line for line in job["script"] if "pip install" not in line]
    assert len(lines) == len(job["script"]) - 1
    path = f"{Path('.venv/bin').resolve()}:{PATH}"
    outputs = []
    for number in (1, 2, 3):
        if number == 3:
            site.write("site.toml", 'title = "نمونہ"\nlanguage = "ur"\nbase_url = "https://news.example"\n')
        checkout = site.twin(tmp_path / f"checkout{number}")
        if number > 1:
            shutil.copytree(tmp_path / f"checkout{number - 1}/.kept", checkout.folder / ".kept")
        done = subprocess.run(
            ["sh", "-e", "-c", "\n".join(lines)],
            cwd=checkout.folder,
            env={**os.environ, "PATH": path, "CI_PAGES_URL": "https://ada.example/x"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout)
    assert "1 new" in outputs[0]
    assert "nothing to write" in outputs[1]
    assert "none changed" in outputs[2]
    assert "https://news.example/" in (tmp_path / "checkout3/public/sitemap.xml").read_text()


# ── served ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[int]:
    """The server while it answers on `port`. Fails with what it printed if it does not within ten seconds."""
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, "PATH": PATH, "HOME": str(folder)}
        )
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait(10)


@contextmanager
def served(host: str, root: Path, base_url: str, folder: Path) -> Iterator[int]:
    """The archive in `root`, served by the recipe of `host` with no more changed than the port and the folder."""
    program = shutil.which(host, path=PATH)
    if program is None:
        pytest.skip(f"{host} is not on this machine: see make check-hosts")
    port = free_port()
    ((path, text),) = recipe(host, base_url)
    text = text.replace("/var/www/news.example", str(root))
    if host == "nginx":
        text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("  listen [::]:80;\n", "")
        shutil.copy("/etc/nginx/mime.types", folder)
        places = "".join(f"{name}_temp_path {folder};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        base = f"daemon off; master_process off; pid {folder}/pid; error_log stderr; events {{}}"
        around = f"{base} http {{ include mime.types; access_log off; {places}\n{text}\n}}"
        (folder / path).write_text(around)
        command = [program, "-c", str(folder / path), "-e", "stderr"]
    else:
        text = text.replace("news.example {", f"http://127.0.0.1:{port} {{", 1)
        (folder / path).write_text("{\n\tadmin off\n}\n" + text)
        command = [program, "run", "--adapter", "caddyfile", "--config", str(folder / path)]
    with running(command, port, folder):
        yield port


def asked(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", quote(path), headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


LONG = "/پرانا/" + "ایک-بہت-لمبی-سرخی-" * 6 + ".html"
ODD = '/old/a b "c" {path} $x (1)*.html'


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SmallSite]:
    """For each server an archive with its form of redirects, below a path of the host."""
    made = {}
    for host in ("nginx", "caddy"):
        site = made[host] = SmallSite(tmp_path_factory.mktemp(host))
        head = 'title = "نمونہ"\nlanguage = "ur"\nbase_url = "https://news.example/archive"\noutput = "www/archive"\n'
        site.write("site.toml", f'{head}[host]\nredirects = "{host}"\n[data]\nfiles = "texts"\n')
        aliases = json.dumps([LONG, ODD], ensure_ascii=False)
        fields = {"headline": "ریڈیو پاکستان", "date": "2017-11-30", "topics": "[ریڈیو]", "aliases": aliases}
        site.article("ur/2017/11/a.md", with_front_matter(fields, "یہ ریڈیو پاکستان ہے۔ " * 80))
        for number in range(6):
            fields = {"headline": f"خبر {number}", "date": "2016-01-05", "topics": "[ریڈیو]"}
            site.article(f"ur/2016/01/b{number}.md", with_front_matter(fields, "شہر میں بارش ہوئی۔"))
        report = site.build()
        assert report.errors == 0, report.problems
    return made


@pytest.mark.parametrize("host", ["nginx", "caddy"])
def test_a_server_with_its_recipe_serves_the_archive(host: str, archives: dict[str, SmallSite], tmp_path: Path) -> None:
    site = archives[host]
    assert read_settings(site.folder / "site.toml").host.redirects == RECIPES[host].redirects
    with served(host, site.folder / "www", "https://news.example/archive", tmp_path) as port:
        status, headers, body = asked(port, "/archive/ur/2017/11/a.html")
        assert status == 200
        assert "ریڈیو".encode() in body
        for name, value in security().items():
            assert headers[name.lower()] == value
        assert headers["content-type"] == "text/html; charset=utf-8"
        assert headers["cache-control"] == "no-cache"
        assert asked(port, "/archive/ur/2017/11/a.html", **{"If-None-Match": headers["etag"]})[0] == 304

        status, headers, packed = asked(port, "/archive/ur/2017/11/a.html", **{"Accept-Encoding": "gzip"})
        assert headers["content-encoding"] == "gzip"
        assert gzip.decompress(packed) == body

        status, headers, body = asked(port, "/archive/nowhere/at/all.html")
        assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert body == (site.folder / "www/archive/404.html").read_bytes()
        assert headers["content-security-policy"] == POLICY

        for old in (LONG, ODD):
            status, headers, _ = asked(port, "/archive" + old)
            assert (status, headers.get("location")) == (301, "/archive/ur/2017/11/a.html"), old
        assert asked(port, f"/archive/redirects.{'map' if host == 'nginx' else 'caddy'}")[0] == 404
        assert asked(port, "/archive/ur/")[0] == 200
        status, headers, _ = asked(port, "/archive/ur")
        assert (status // 100, headers["location"].endswith("/ur/")) == (3, True)

        topic = next((site.folder / "www/archive/topics").glob("*/*.ris")).relative_to(site.folder / "www").as_posix()
        texts = (
            next((site.folder / "www/archive/data/texts").glob("*.jsonl")).relative_to(site.folder / "www").as_posix()
        )
        for path, kind in {
            "archive/feeds/atom.xml": "application/atom+xml",
            "archive/feeds/rss.xml": "application/rss+xml",
            "archive/feeds/feed.json": "application/feed+json; charset=utf-8",
            "archive/feeds/archive/2016_1.xml": "application/atom+xml",
            "archive/search/opensearch.xml": "application/opensearchdescription+xml",
            "archive/site.webmanifest": "application/manifest+json; charset=utf-8",
            "archive/data/articles-2017.csv": "text/csv; charset=utf-8",
            "archive/data/topics.ttl": "text/turtle; charset=utf-8",
            "archive/data/datapackage.json": "application/json",
            topic: "application/x-research-info-systems; charset=utf-8",
            topic.replace(".ris", ".xml"): "application/atom+xml",
            texts: "application/jsonl; charset=utf-8",
            "archive/manifest-sha256.txt": "text/plain; charset=utf-8",
        }.items():
            status, headers, body = asked(port, f"/{path}")
            assert (status, headers["content-type"].removesuffix("; charset=utf-8")) == (
                200,
                kind.removesuffix("; charset=utf-8"),
            ), path
            assert not kind.endswith("utf-8") or headers["content-type"].lower() == kind, path
        assert asked(port, "/archive/data/topics.ttl")[1]["access-control-allow-origin"] == "*"
        assert "access-control-allow-origin" not in asked(port, "/archive/")[1]
        assert asked(port, "/archive/static/roznama.js")[1]["cache-control"] == "public, max-age=3600"


def test_a_range_of_a_packed_file_fetches_one_article(archives: dict[str, SmallSite], tmp_path: Path) -> None:
    site = archives["nginx"]
    packed = next((site.folder / "www/archive/data/texts").glob("2017*.jsonl"))
    first, _, rest = packed.read_bytes().partition(b"\n")
    start, length = json.loads(first)["offsets"]["a"]
    with served("nginx", site.folder / "www", "https://news.example/archive", tmp_path) as port:
        span = f"bytes={len(first) + 1 + start}-{len(first) + start + length}"
        status, _, body = asked(port, f"/archive/data/texts/{packed.name}", Range=span)
    assert status == 206
    assert body == rest[start : start + length]
    assert json.loads(body)
