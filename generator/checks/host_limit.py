"""What it finds: what the host will refuse: too many files, too many bytes, a file that is too large (`--host`).

Why it is bad: hosts say so after the upload, when the work is done. Limits as the hosts document them in 2026.
"""

from collections.abc import Iterator

from msgspec import Struct

from generator.checks.matter import Matter
from generator.problems import Problem

CODE, SEVERITY = "host-limit", "error"
MB, GB = 1024**2, 1024**3


class Limits(Struct, frozen=True):
    """What a host takes: files, bytes in all, bytes of one file, rules for redirects; `None` where no limit is known."""

    files: int | None = None
    size: int | None = None
    file: int | None = None
    redirects: int | None = None
    hint: str = ""


HOSTS = {
    "any": Limits(),
    "github-pages": Limits(size=GB, file=100 * MB, hint="publish without texts or large pictures, or split the archive by years"),
    "cloudflare-pages": Limits(files=20_000, file=25 * MB, redirects=2000, hint="the paid plan takes 100,000 files"),
    "netlify": Limits(hint=""),
    "vercel": Limits(files=15_000, hint="upload with `--archive=tgz`"),
    "gitlab-pages": Limits(files=200_000, size=GB, hint="folders count as well; split the archive by years"),
    "s3": Limits(),
}


def check(matter: Matter) -> Iterator[Problem]:
    limits = HOSTS[matter.host]
    folders, files, size, largest = matter.catalogue.output_sizes()
    if matter.host == "gitlab-pages":
        files += folders
    for what, have, most in (("files", files, limits.files), ("bytes", size, limits.size)):
        if most is not None and have > most:
            message = f"{have:,} {what} are more than the {most:,} that {matter.host} takes"
            yield Problem(str(matter.site.output), 0, 0, CODE, message, limits.hint or None)
    for path, bytes_ in largest:
        if limits.file is not None and bytes_ > limits.file:
            message = f"{bytes_:,} bytes are more than the {limits.file:,} that {matter.host} takes in one file"
            yield Problem(path, 0, 0, CODE, message, None)
    rules = matter.site.output / "_redirects"
    if limits.redirects is not None and rules.is_file():
        count = len(rules.read_bytes().splitlines())
        if count > limits.redirects:
            message = f"{count:,} redirects are more than the {limits.redirects:,} that {matter.host} takes"
            yield Problem("_redirects", 0, 0, CODE, message, 'set redirects = "pages" in [host]')
