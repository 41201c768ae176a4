"""Collections of news in other people's formats to article files of the archive.

What lives here: the list of formats. A format is one module of `formats/` with `NAME`, `TITLE`, `SINGLE`, `NEEDS`, and four
functions: `recognises` a beginning, `plan` how a source is read, `split` a stream into records, `read` one record. A test
notices a module that is not listed. `intake` runs an import; docs/importing.md adds a format in forty lines.
"""

from collections.abc import Iterator
from types import ModuleType
from typing import BinaryIO, Protocol

from generator.importing.formats import (
    feeds,
    json_records,
    newsml,
    ninjs,
    nitf,
    rejects,
    tables,
    text_files,
    web_archive,
    web_page,
    wordpress,
)
from generator.importing.records import Options, Plan, Raw, Record, Reject, Sample, Skipped


class Format(Protocol):
    """What a module of `formats/` offers. `SINGLE` tells that a file is one record, so that a folder of them is one
    collection; `NEEDS` are packages without which it cannot be read."""

    NAME: str
    TITLE: str
    SINGLE: bool
    NEEDS: tuple[str, ...]

    def recognises(self, sample: Sample) -> int: ...
    def plan(self, sample: Sample, options: Options, collection: str) -> Plan: ...
    def split(self, stream: BinaryIO, leaf: str, plan: Plan) -> Iterator[Raw | Reject]: ...
    def read(self, raw: Raw, plan: Plan) -> Iterator[Record | Skipped]: ...


FORMATS: tuple[ModuleType, ...] = (
    rejects,
    wordpress,
    newsml,
    nitf,
    feeds,
    ninjs,
    json_records,
    tables,
    web_archive,
    web_page,
    text_files,
)
_BY_NAME: dict[str, ModuleType] = {module.NAME: module for module in FORMATS}


def format_named(name: str) -> ModuleType:
    """The format called `name`; `KeyError` if there is none."""
    return _BY_NAME[name]


def recognised(sample: Sample) -> ModuleType | None:
    """The format that is surest of `sample`, if any knows it."""
    sure, module = max(((module.recognises(sample), -n) for n, module in enumerate(FORMATS)), default=(0, 0))
    return FORMATS[-module] if sure > 0 else None
