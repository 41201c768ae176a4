"""Which shards of the search index are stale, and how each is made again.

The index is two steps behind nothing: `settle` compares what the published index holds (numbers and articles in the
catalogue) with what the archive shows, notes the difference, and gives every shard that it touches a new stamp. A
page's inputs are its shard's stamp, so the manifest finds the stale ones as it does for any page. `prepare` then looks
at each stale shard: where the manifest still has the stamp of before, the noted difference is worked into the published
file; anywhere else (first build, many changes, a build that was killed, a file that was damaged) the shard is made of
all articles, which workers cut into segments beforehand.

Stamps may differ between a clean and an incremental build; the bytes of shards do not.
"""

import hashlib
import shutil
import weakref
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from generator.digest import digest
from generator.kept import restored
from generator.pages.planning import Planning
from generator.search import words
from generator.search.record import forms, posted
from generator.search.scale import (
    COMMON_SHARE,
    Block,
    Scale,
    names,
    room,
    sampled_lots,
    scale_of,
    shard_of,
    shelved,
    starts,
)
from generator.search.shards import Change, Cut, MergeJob, SegmentTask, SpliceJob

FEW, SHARE = 200, 50
"""Up to so many changed articles, or one in so many if that is more, are worked into the published index. Beyond, making
it anew is as quick."""
SEGMENT = 500
"""Articles in one segment. 1 to 2 MB go to a worker for it, which needs about 20 MB to cut them."""


class Index:
    """The index as it should be after this build."""

    def __init__(self, blocks: list[Block], scale: Scale, shelf: tuple[str, ...], edition: str) -> None:
        self.blocks = blocks
        self.scale = scale
        self.shelf = shelf
        self.edition = edition
        self.stamps: dict[str, bytes] = {}
        self.before: dict[str, bytes] = {}
        self.changes: dict[str, dict[str, Change]] = {}
        self.reshelved: set[str] = set()
        self.segments: tuple[Path, ...] = ()
        self.spliced: frozenset[str] = frozenset()

    @property
    def cut(self) -> Cut:
        return Cut(self.scale, self.shelf)

    @property
    def count(self) -> int:
        return sum(block.count for block in self.blocks)


class _Moved(Struct, frozen=True):
    """An article whose place or words in the index change; a number is `None` where it is not in it."""

    source: str
    before: int | None
    after: int | None


def settle(p: Planning) -> Index:
    """Bring the catalogue's numbers and stamps up to what the archive shows now."""
    catalogue = p.catalogue
    blocks = [Block(int(month.replace("-", "") or 0), code, count) for month, code, count in catalogue.search_blocks()]
    total = sum(block.count for block in blocks)
    scale = scale_of(total)
    remembered = catalogue.remembered("search-shelf")
    known = tuple(remembered.decode().split("\n")) if remembered else ()
    sample = digest(p.code, scale, catalogue.search_sampled(sampled_lots(total)))
    fresh = remembered is None or catalogue.remembered("search-sample") != sample
    shelf = shelved(_common(p, total, scale.common), scale.common) if fresh else known
    moved, edition, urls = _compare(p, blocks, scale, max(FEW, total // SHARE))
    index = Index(blocks, scale, shelf, edition)
    stamps = catalogue.stamps()
    layout = digest(p.code, scale)
    if moved is None or catalogue.remembered("search-layout") != layout:
        index.stamps = {name: digest(layout, edition) for name in names(scale, blocks)}
        catalogue.number_articles(_numbers(p, blocks))
        catalogue.remember("search-layout", layout)
    else:
        index.before = stamps
        index.stamps = {name: stamps.get(name, b"") for name in names(scale, blocks)}
        index.changes = _changes(p, index, moved)
        index.reshelved = _reshelved(known, shelf, scale)
        touched = index.changes.keys() | index.reshelved
        index.stamps |= {name: digest(index.stamps[name], edition) for name in touched}
        new = [(one.source, one.after) for one in moved if one.after is not None]
        catalogue.number_articles(new, [one.source for one in moved if one.after is None])
    catalogue.remember("search-shelf", "\n".join(shelf).encode())
    catalogue.remember("search-sample", sample)
    index.stamps |= {f"u/{at}": found for at, found in enumerate(urls)}
    index.stamps["index"] = digest(edition, scale, blocks, shelf)
    if index.stamps != stamps:
        catalogue.put_stamps(index.stamps.items(), replace=True)
    return index


def _reshelved(before: tuple[str, ...], after: tuple[str, ...], scale: Scale) -> set[str]:
    """The shards of words that became common, or are so no more, or changed their file: these are made of all articles."""
    if len(before) != len(after):
        return set()  # another scale: everything is made anew anyway
    files = {f"c/{at}" for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other}
    moved = set(before) ^ set(after)
    return files | {f"w/{shard_of(words.hashed(words.opening(strong)), scale.words)}" for strong in moved if strong}


def _common(p: Planning, total: int, most: int) -> list[str]:
    """The strong forms that are in a great part of a sample of articles, at most so many. The sample is drawn by the
    names of articles, so that it is the same whatever was built before."""
    if not most:
        return []
    counts: Counter[str] = Counter()
    size = 0
    for packed in p.catalogue.search_sample(sampled_lots(total)):
        counts.update({words.strong(form) for form in forms(restored(packed).article)})
        size += 1
    often = [(-count, strong) for strong, count in counts.items() if count * COMMON_SHARE >= size]
    return [strong for _, strong in sorted(often)[:most]]


def _numbers(p: Planning, blocks: list[Block]) -> Iterator[tuple[str, int]]:
    """(source, number) of every article."""
    rows = p.catalogue.search_rows()
    for first, block in zip(starts(blocks), blocks, strict=False):
        for at in range(block.count):
            yield next(rows)[0], first + at


def _compare(
    p: Planning, blocks: list[Block], scale: Scale, most: int
) -> tuple[list[_Moved] | None, str, list[bytes]]:
    """(articles that change, `None` if they are more than `most`; a digest of the whole archive; a digest of every shard
    of addresses)."""
    moved: list[_Moved] | None = []
    edition = hashlib.blake2b(digest_size=8)
    urls: list[hashlib.blake2b] = []
    rows = p.catalogue.search_rows()
    number = 0
    for block in blocks:
        for at in range(block.count):
            source, url, content, _, _, known, old = next(rows)
            place = number + at
            edition.update(b"%d " % place + url.encode() + content)
            shard = place // scale.urls
            while len(urls) <= shard:
                urls.append(hashlib.blake2b(digest_size=16))
            urls[shard].update(b"%d %s " % (place, url.encode()))
            if moved is not None and (known != place or old):
                moved.append(_Moved(source, known, place))
                if len(moved) > most:
                    moved = None
        number += room(block.count)
    while len(urls) < -(-number // scale.urls):
        urls.append(hashlib.blake2b(digest_size=16))
    if moved is not None:
        gone = p.catalogue.search_gone()
        moved += [_Moved(source, known, None) for source, known in gone]
        if len(moved) > most or any(known is None for _, known in gone):
            moved = None
    return moved, edition.hexdigest(), [one.digest() for one in urls]


def _changes(p: Planning, index: Index, moved: list[_Moved]) -> dict[str, dict[str, Change]]:
    """shard → form → what becomes of it."""
    scale = index.scale
    files = {strong: number for number, strong in enumerate(index.shelf) if strong}
    gone: dict[tuple[str, str], list[int]] = {}
    new: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for one in moved:
        before = _posted(p.catalogue.search_before(one.source)) if one.before is not None else {}
        after = _posted(p.catalogue.search_now(one.source)) if one.after is not None else {}
        stays = one.before == one.after
        for form in before.keys() | after.keys():
            old, now = before.get(form), after.get(form)
            at = shard_of(words.route(form), scale.words)
            strong = words.strong(form)
            parts = [(f"c/{files[strong]}" if strong in files else f"w/{at}", 0)]
            if form[0] != "#":
                parts.append((f"p/{at // (scale.words // scale.places)}", 1))
            for name, part in parts:
                was, will = str(old[part]) if old else None, str(now[part]) if now else None
                if stays and was == will:
                    continue
                if was is not None and one.before is not None:
                    gone.setdefault((name, form), []).append(one.before)
                if will is not None and one.after is not None:
                    new.setdefault((name, form), []).append((one.after, will))
    found: dict[str, dict[str, Change]] = {}
    for name, form in gone.keys() | new.keys():
        change = Change(tuple(sorted(gone.get((name, form), ()))), tuple(sorted(new.get((name, form), ()))))
        found.setdefault(name, {})[form] = change
    return found


def _posted(packed: bytes | None) -> dict[str, tuple[int, str]]:
    return {} if packed is None else posted(restored(packed))


# ── making ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def inputs(p: Planning, index: Index, name: str, stamp: bytes | None = None) -> bytes:
    """The inputs of a shard's page."""
    return digest(p.code, name, stamp if stamp is not None else index.stamps[name])


def prepare(p: Planning, index: Index, kind: str) -> Iterator[SegmentTask]:
    """Decide how each stale shard is made, and give out the segments that are needed for it, if any are."""
    wanted: set[int] = set()
    spliced: set[str] = set()
    each = index.scale.words // index.scale.places
    for name, written in p.catalogue.stale_shards(kind):
        family, _, number = name.partition("/")
        if family not in ("w", "c", "p"):
            continue
        before = index.before.get(name)
        spliceable = name in index.changes and name not in index.reshelved
        if before and spliceable and written == inputs(p, index, name, before):
            spliced.add(name)
        elif family == "p":
            wanted |= set(range(int(number) * each, (int(number) + 1) * each))
        else:
            wanted.add(int(number) + (index.scale.words if family == "c" else 0))
    index.spliced = frozenset(spliced)
    if not wanted:
        return
    folder = Path(p.catalogue.folder) / "segments"
    shutil.rmtree(folder, ignore_errors=True)  # a killed build left them
    folder.mkdir(parents=True)
    weakref.finalize(index, shutil.rmtree, folder, ignore_errors=True)
    all_ = len(wanted) == index.scale.words + index.scale.common
    paths: list[Path] = []
    batch: list[tuple[int, bytes]] = []
    needed = None if all_ else frozenset(wanted)
    for row in p.catalogue.numbered():
        batch.append(row)
        if len(batch) >= SEGMENT:
            paths.append(folder / f"{len(paths)}")
            yield SegmentTask(paths[-1], index.cut, tuple(batch), needed)
            batch = []
    if batch:
        paths.append(folder / f"{len(paths)}")
        yield SegmentTask(paths[-1], index.cut, tuple(batch), needed)
    index.segments = tuple(paths)


def job(index: Index, name: str, path: str) -> MergeJob | SpliceJob:
    """How the shard of words or places `name` is made; after `prepare`."""
    if name in index.spliced:
        return SpliceJob(name, path, index.changes[name])
    return MergeJob(name, index.scale, index.segments)
