"""What it finds: what the host given with `--host` will refuse: too many files or redirects, too many bytes in all or in one
file, a folder that is too full, a name it does not take.

Why it is bad: hosts say so after the upload, when the work is done. Limits are those the hosts documented in 2026; `any`
has none.
"""

from collections.abc import Iterator

from msgspec import Struct

from generator.checks.crowded_folder import entries
from generator.checks.matter import Matter
from generator.problems import Problem

CODE, SEVERITY = "host-limit", "error"
MB, GB = 1024**2, 1024**3
FEWER = "set search = false, [data] files = \"none\" or a larger per_page, or publish the archive as several sites"
SMALLER = "publish with smaller pictures ([pictures] widths), or the pictures elsewhere, or the archive as several sites"
RULES = 'set redirects = "pages" in [host]: a page at each former address instead of a rule'


class Limits(Struct, frozen=True):
    """What a host takes: files, bytes in all, bytes of one file, files in a folder, rules for redirects, bytes of a path;
    `None` where no limit is known. `signs` are characters it refuses in names, `folders` tells that it counts folders as
    files, `more` what else can be done about too many files."""

    files: int | None = None
    size: int | None = None
    file: int | None = None
    folder: int | None = None
    redirects: int | None = None
    path: int | None = None
    signs: str = ""
    folders: bool = False
    more: str = ""


HOSTS = {
    "any": Limits(),
    "github-pages": Limits(size=GB, file=100 * MB, signs='":<>|*?\r\n'),
    "cloudflare-pages": Limits(files=20_000, file=25 * MB, redirects=2000, more="the paid plans take 100,000 files"),
    "netlify": Limits(folder=54_000, signs="#?"),
    "vercel": Limits(files=15_000, more="upload with `vercel deploy --archive=tgz`, which sends one file"),
    "gitlab-pages": Limits(
        files=200_000, size=GB, redirects=1000, folders=True, more="a GitLab of your own can be set to take more"
    ),
    "s3": Limits(file=5 * GB, path=1024),
}
"""GitHub: its Pages limits, its limit for files in git, the names its upload refuses. GitLab: gitlab.com; folders and links
count as files. S3: one request's upload, and a key's bytes."""


def check(matter: Matter) -> Iterator[Problem]:
    limits, host = HOSTS[matter.host], matter.host
    output = str(matter.site.output)
    _, files, size, largest = matter.catalogue.output_sizes()
    counts = entries(matter)
    if limits.folders:
        files += len(counts) - 1
    if limits.files is not None and files > limits.files:
        message = _over(files, "files", limits.files, host)
        yield Problem(output, 0, 0, CODE, message, "; or ".join(filter(None, (limits.more, FEWER))))
    if limits.size is not None and size > limits.size:
        yield Problem(output, 0, 0, CODE, _over(size, "bytes", limits.size, host), SMALLER)
    for path, bytes_ in largest:
        if limits.file is not None and bytes_ > limits.file:
            message = _over(bytes_, "bytes", limits.file, host, " in one file")
            yield Problem(path, 0, 0, CODE, message, "make it smaller, or publish it elsewhere")
    for folder, count in sorted(counts.items()):
        if limits.folder is not None and count > limits.folder:
            message = _over(count, "entries", limits.folder, host, " in one folder")
            yield Problem(f"{folder}/", 0, 0, CODE, message, "add {day} or {shard} to the pattern in [permalinks]")
    yield from _names(matter, limits)
    rules = matter.site.output / "_redirects"
    if limits.redirects is not None and rules.is_file():
        count = len(rules.read_bytes().splitlines())
        if count > limits.redirects:
            yield Problem("_redirects", 0, 0, CODE, _over(count, "redirects", limits.redirects, host), RULES)


def _names(matter: Matter, limits: Limits) -> Iterator[Problem]:
    if not limits.signs and limits.path is None:
        return
    for path, _, _ in matter.catalogue.outputs():
        bad = next((sign for sign in limits.signs if sign in path), None)
        if bad is not None:
            yield Problem(path, 0, 0, CODE, f"{matter.host} takes no {bad!r} in a name", "rename the file it comes from")
        elif limits.path is not None and len(path.encode()) > limits.path:
            yield Problem(path, 0, 0, CODE, _over(len(path.encode()), "bytes", limits.path, matter.host, " in a path"), "shorten its name")


def _over(have: int, what: str, most: int, host: str, where: str = "") -> str:
    return f"{have:,} {what} are more than the {most:,} that {host} takes{where}"
