"""What a store of objects is told of a file, because it answers with just that: Content-Type and Cache-Control.

Types are a table of our own: that of the system differs from machine to machine. What differs from it, and all of caching,
is told by rules in the form of the `_headers` file that Netlify and Cloudflare Pages read: so all hosts answer alike.
"""

import re
from pathlib import PurePosixPath

from msgspec import Struct

TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "htm": "text/html; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "md": "text/markdown; charset=utf-8",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "png": "image/png",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "svg": "image/svg+xml",
    "toml": "application/toml",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "zim": "application/octet-stream",
    "zip": "application/zip",
}
_RULE = re.compile(r"\s+(cache-control|content-type)\s*:\s*(.+?)\s*", re.IGNORECASE)
UNNAMED = "no-cache"
"""What no rule speaks of is asked for again at every visit, and answered with "not changed" if it is not."""


class Headers(Struct, frozen=True):
    """Content-Type and Cache-Control of one file."""

    type: str
    cache: str = UNNAMED


class Rules:
    """The rules of a `_headers` file: a pattern of paths on a line, its headers indented below. `*` is anything; of
    several rules for one path the last holds."""

    def __init__(self, text: str) -> None:
        self._rules: list[tuple[re.Pattern[str], str, str]] = []
        pattern: re.Pattern[str] | None = None
        for line in text.splitlines():
            if line.startswith("/"):
                pattern = re.compile(re.escape(line.strip()).replace(r"\*", ".*"))
            elif pattern is not None and (found := _RULE.fullmatch(line)):
                self._rules.append((pattern, found[1].lower(), found[2]))

    def headers(self, path: str) -> Headers:
        """What is said of the file at `path`. A folder's address counts for its index.html."""
        shown = {f"/{path}", f"/{path}".removesuffix("index.html")}
        said = {name: value for pattern, name, value in self._rules if any(map(pattern.fullmatch, shown))}
        known = TYPES.get(PurePosixPath(path).suffix[1:].lower(), "application/octet-stream")
        return Headers(said.get("content-type", known), said.get("cache-control", UNNAMED))
