"""Files of the output that are no pages: the theme's static files, and the pictures with their smaller widths."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.catalogue import Touched
from generator.digest import digest, digest_bytes
from generator.model import Page, Scope
from generator.pages.listing import SEPARATOR
from generator.pages.planning import Planning
from generator.pictures import renditions
from generator.theme import StaticFile
from generator.urls import path_of
from generator.versions import scaling_digest


class StaticJob(Struct, frozen=True):
    data: bytes


class PictureJob(Struct, frozen=True):
    """`width` `None` is the original."""

    source: str
    width: int | None
    quality: int


def plan(p: Planning, files: Sequence[StaticFile]) -> Iterator[Page]:
    for file in files:
        yield Page("static", file.path, f"/{file.path}", file.path, digest_bytes(file.data))
    settings = p.settings.pictures
    for path, there, width, height, content in p.catalogue.shown_pictures():
        picture = renditions(path, width, height, settings.widths)
        yield Page("picture", there + SEPARATOR, picture.original, path_of(picture.original), content)
        for smaller in picture.renditions:
            key = f"{there}{SEPARATOR}{smaller.width}"
            inputs = digest(content, smaller.width, settings.quality, scaling_digest())
            yield Page("picture", key, smaller.url, path_of(smaller.url), inputs)


def replan(p: Planning, files: Sequence[StaticFile], touched: Touched) -> Iterator[Scope | Page]:
    """Pictures are others when articles show others: a picture's own file that changes is cause for a whole plan."""
    if any(figure.picture for one in touched.articles for state in one.states for figure in state.figures):
        yield from (Scope("static"), Scope("picture"))
        yield from plan(p, files)


def load(p: Planning, pages: Sequence[Page], files: Sequence[StaticFile]) -> Iterator[StaticJob | PictureJob]:
    data = {file.path: file.data for file in files}
    for page in pages:
        if page.kind == "static":
            yield StaticJob(data[page.key])
        else:
            source, width = page.key.split(SEPARATOR)
            yield PictureJob(source, int(width) if width else None, p.settings.pictures.quality)
