"""What `roznama init --host` writes: for each host the files that publish the archive there, and what is left to do.

What lives here: which file goes where, and the words that differ from archive to archive (`@version@`, `@host@`, ...).
The files themselves are data in `recipes/`, to be read and mended by who knows the host. None holds a secret. The headers
that all hosts send are in one place, `recipes/security.toml`.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from urllib.parse import urlsplit

from msgspec import Struct

from generator import __version__


class Recipe(Struct, frozen=True):
    """`files`: name in `recipes/` → path below the site's folder. `redirects`: the form of former addresses that suits
    the host. `todo`: what a person has to do there; the words of `filled` stand in it, too."""

    files: Mapping[str, str]
    redirects: str
    todo: tuple[str, ...]


RECIPES: Mapping[str, Recipe] = {
    "github-pages": Recipe(
        {"github-pages.yml": ".github/workflows/pages.yml", "gitignore": ".gitignore"},
        "pages",
        ("push the folder to a repository on GitHub", "there, under Settings, Pages, choose “GitHub Actions” as the source"),
    ),
    "cloudflare-pages": Recipe(
        {"wrangler.toml": "wrangler.toml", "_headers": "_headers", "gitignore": ".gitignore"},
        "netlify",
        ("connect the repository in Cloudflare's dashboard, under Workers & Pages", "as build command set: @build@ && cp _headers output/"),
    ),
    "netlify": Recipe(
        {"netlify.toml": "netlify.toml", "_headers": "_headers", "gitignore": ".gitignore"},
        "netlify",
        ("push the folder to a repository, and import that as a new project on Netlify",),
    ),
    "vercel": Recipe(
        {"vercel.json": "vercel.json", "gitignore": ".gitignore"},
        "pages",
        ("push the folder to a repository, and import that as a new project on Vercel",),
    ),
    "gitlab-pages": Recipe(
        {"gitlab-pages.yml": ".gitlab-ci.yml", "gitignore": ".gitignore"},
        "pages",
        ("push the folder to a repository on GitLab; Deploy, Pages there tells the address",),
    ),
    "s3": Recipe(
        {"s3-website.json": "s3/website.json", "s3-response-headers.json": "s3/response-headers.json"},
        "pages",
        (
            "roznama publish s3://BUCKET",
            "aws s3api put-bucket-website --bucket BUCKET --website-configuration file://s3/website.json",
            "aws cloudfront create-response-headers-policy --response-headers-policy-config file://s3/response-headers.json",
        ),
    ),
    "nginx": Recipe(
        {"nginx.conf": "nginx.conf"},
        "nginx",
        ("roznama publish sftp://USER@SERVER@root@@prefix@", "copy nginx.conf to /etc/nginx/conf.d/ and reload nginx"),
    ),
    "caddy": Recipe(
        {"Caddyfile": "Caddyfile"},
        "caddy",
        ("roznama publish sftp://USER@SERVER@root@@prefix@", "copy Caddyfile to /etc/caddy/ and reload caddy"),
    ),
}  # fmt: skip

BASES = {"netlify.toml": "$URL", "vercel.json": "https://$VERCEL_PROJECT_PRODUCTION_URL"}
"""The public address as a host tells it to a build, for archives whose `site.toml` does not."""
FALLBACK = "archive.example"
"""Stands for the host's name where `base_url` is not set."""
_WORD = re.compile(r"@([a-z_]+)@")
# A prefix goes into patterns of servers; what is no plain path there is left for the administrator.
_PLAIN = re.compile(r"(?:/[A-Za-z0-9_-]+)*")


def recipe(host: str, base_url: str) -> Iterator[tuple[str, str]]:
    """(path below the site's folder, text) of the files for `host`, an entry of `RECIPES`."""
    folder = files("generator.starting") / "recipes"
    for name, path in RECIPES[host].files.items():
        yield path, filled(folder.joinpath(name).read_text("utf-8"), name, base_url)


def todo(host: str, base_url: str) -> list[str]:
    """What is left to do on the host, a line each."""
    return [filled(line, host, base_url) for line in RECIPES[host].todo]


def security() -> dict[str, str]:
    """The headers that every host sends with every file."""
    return tomllib.loads((files("generator.starting") / "recipes/security.toml").read_text("utf-8"))


def filled(text: str, name: str, base_url: str) -> str:
    """`text` with the words of an archive at `base_url`, which may be empty, in the syntax of the file `name`."""
    headers = security()
    address = urlsplit(base_url)
    prefix = address.path.rstrip("/") if _PLAIN.fullmatch(address.path.rstrip("/")) else ""
    host = address.netloc if re.fullmatch(r"[A-Za-z0-9.-]+(?::\d+)?", address.netloc) else FALLBACK
    build = f"python3 -m venv .venv && .venv/bin/pip install --quiet roznama=={__version__} && .venv/bin/roznama build -o output"
    words = {
        "version": __version__,
        "host": host,
        "name": re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-"),
        "prefix": prefix,
        "root": f"/var/www/{host.partition(':')[0]}",
        "build": build,
        "base": f" --base-url {BASES[name]}" if name in BASES and not base_url else "",
        "csp": headers["Content-Security-Policy"],
        "security": "\n".join(_HEADER.get(name, "  {}: {}").format(*item) for item in headers.items()),
        "security_json": json.dumps([{"key": key, "value": value} for key, value in headers.items()]),
    }
    return _WORD.sub(lambda found: words[found[1]], text)


_HEADER = {"nginx.conf": '  add_header {} "{}" always;', "Caddyfile": '\t\t{} "{}"'}
"""How a server writes a header; elsewhere as `_headers` has it."""
