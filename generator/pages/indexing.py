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
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path

from msgspec import Struct

from generator.catalogue import Touched
from generator.catalogue.searching import SearchRow
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
    places_shard,
    room,
    sampled_lots,
    scale_of,
    shard_of,
    shelved,
    spread,
    starts,
)
from generator.search.segments import Cut, MergeJob, SegmentTask
from generator.search.shards import STRETCH
from generator.search.splicing import Change, SpliceJob

FEW, SHARE = 200, 50
"""Up to so many changed articles, or one in so many if that is more, are worked into the published index. Beyond, making
it anew is as quick."""
SEGMENT = STRETCH // 4
"""Numbers of articles in one segment, none of which lies in two stretches. 1 to 2 MB go to a worker for it, which needs about
20 MB to cut them."""


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


class _Compared(Struct, frozen=True):
    """What differs between the published index and the archive: articles that change (`None` if they are too many), the
    digest of every block, and the shards of addresses that may differ."""

    moved: list[_Moved] | None
    blocks: list[bytes]
    urls: set[int]


def settle(p: Planning, t: Touched | None = None) -> Index:
    """Bring the catalogue's numbers and stamps up to what the archive shows now; only `t` has changed in it, if given."""
    catalogue = p.catalogue
    blocks = _blocks(p)
    total = sum(block.count for block in blocks)
    scale = scale_of(total)
    layout = digest(p.code, scale)
    laid = catalogue.remembered("search-layout") == layout
    most = max(FEW, total // SHARE)
    found = _compare_some(p, blocks, scale, most, t) if laid and t is not None else None
    if found is None:
        found = _compare(p, blocks, scale, most)
    shelf, known = _shelf(p, scale, total)
    index = Index(blocks, scale, shelf, digest([*zip(blocks, found.blocks, strict=True)])[:8].hex())
    stamps = catalogue.stamps()
    if found.moved is None or not laid:
        index.stamps = {name: digest(layout, index.edition) for name in names(scale, blocks)}
        catalogue.number_articles(_numbers(p, blocks))
        catalogue.remember("search-layout", layout)
    else:
        index.before = stamps
        index.stamps = {name: stamps.get(name, b"") for name in names(scale, blocks)}
        index.changes = _changes(p, index, found.moved)
        ends = [start + room(count) for _, _, start, count, _ in catalogue.search_blocks()]
        index.reshelved = _reshelved(known, shelf, scale, max([starts(blocks)[-1], *ends]))
        touched = index.changes.keys() | index.reshelved
        index.stamps |= {name: digest(index.stamps[name], index.edition) for name in touched}
        new = [(one.source, one.after) for one in found.moved if one.after is not None]
        catalogue.number_articles(new, [one.source for one in found.moved if one.after is None])
    first = starts(blocks)
    catalogue.put_search_blocks(
        (block.month, block.language, start, block.count, made)
        for block, start, made in zip(blocks, first, found.blocks, strict=False)
    )
    addresses = {name: int(name[2:]) for name in index.stamps if name.startswith("u/")}
    for name in (name for name, at in addresses.items() if at in found.urls or not index.stamps[name]):
        index.stamps[name] = digest(*_addresses(p, index, addresses[name]))
    index.stamps["index"] = digest(index.edition, scale, blocks, shelf)
    if index.stamps != stamps:
        catalogue.put_stamps(index.stamps.items(), replace=True)
    return index


def _addresses(p: Planning, index: Index, at: int) -> list[tuple[int, str]]:
    """(number, url) of the articles in one shard of addresses."""
    size = index.scale.urls
    return p.catalogue.numbered_urls(at * size, (at + 1) * size)


def _shelf(p: Planning, scale: Scale, total: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that have a file of their own, now and in the published index. Asked of the sample when an article of it
    is another."""
    catalogue = p.catalogue
    remembered = catalogue.remembered("search-shelf")
    known = tuple(remembered.decode().split("\n")) if remembered else ()
    sample = digest(p.code, scale, catalogue.search_sampled(sampled_lots(total)))
    fresh = remembered is None or catalogue.remembered("search-sample") != sample
    shelf = shelved(_common(p, total, scale.common), scale.common) if fresh else known
    catalogue.remember("search-shelf", "\n".join(shelf).encode())
    catalogue.remember("search-sample", sample)
    return shelf, known


def _blocks(p: Planning) -> list[Block]:
    """The blocks of the archive, by month and language."""
    counts: Counter[tuple[int, str]] = Counter()
    for code, day, count in p.days:
        counts[int(day[:7].replace("-", "") or 0), code] += count
    return [Block(month, code, count) for (month, code), count in sorted(counts.items())]


def _reshelved(before: tuple[str, ...], after: tuple[str, ...], scale: Scale, end: int) -> set[str]:
    """The shards of words that became common, or are so no more, or changed their file: these are made of all articles,
    whose numbers are and were below `end`."""
    if len(before) != len(after):
        return set()  # another scale: everything is made anew anyway
    files = {f"c/{at}" for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other}
    routes = {words.hashed(words.opening(strong)) for strong in set(before) ^ set(after) if strong}
    places = {places_shard(scale, route, number, True) for route in routes for number in range(0, end, scale.span)}
    return files | {f"w/{shard_of(route, scale.words)}" for route in routes} | {f"p/{at}" for at in places}


def _common(p: Planning, total: int, most: int) -> list[str]:
    """The strong forms that are in a great part of a sample of articles, at most so many, and the word that all have. The
    sample is drawn by the names of articles, so that it is the same whatever was built before."""
    if not most:
        return []
    counts: Counter[str] = Counter()
    size = 0
    for packed in p.catalogue.search_sample(sampled_lots(total)):
        counts.update({words.strong(form) for form in forms(restored(packed).article)})
        size += 1
    often = [(-count, strong) for strong, count in counts.items() if count * COMMON_SHARE >= size]
    return [words.EVERY, *(strong for _, strong in sorted(often)[: most - 1])]


def _numbers(p: Planning, blocks: list[Block]) -> Iterator[tuple[str, int]]:
    """(source, number) of every article."""
    rows = p.catalogue.search_rows()
    for first, block in zip(starts(blocks), blocks, strict=False):
        for row, place in spread(((row, row.home) for row in islice(rows, block.count)), block.count):
            yield row.source, first + place


def _compare(p: Planning, blocks: list[Block], scale: Scale, most: int) -> _Compared:
    """The whole archive beside the published index."""
    moved: list[_Moved] | None = []
    rows = p.catalogue.search_rows()
    made: list[bytes] = []
    for start, block in zip(starts(blocks), blocks, strict=False):
        some, content = _block(islice(rows, block.count), start, block.count)
        made.append(content)
        if moved is not None and len(moved) + len(some) <= most:
            moved += some
        else:
            moved = None
    gone = p.catalogue.search_gone() if moved is not None else []
    if moved is not None and len(moved) + len(gone) <= most and all(known is not None for _, known in gone):
        moved += [_Moved(source, known, None) for source, known in gone]
    else:
        moved = None
    return _Compared(moved, made, set(range(-(-starts(blocks)[-1] // scale.urls))))


def _compare_some(p: Planning, blocks: list[Block], scale: Scale, most: int, t: Touched) -> _Compared | None:
    """The blocks of touched articles beside the published index; `None` if others have other numbers now."""
    known = {(month, code): (start, count, made) for month, code, start, count, made in p.catalogue.search_blocks()}
    concerned = {(state.language, state.day[:7]) for one in t.articles for state in one.states}
    rows = [row for row in map(p.catalogue.article_row, t.edited) if row is not None]
    concerned |= {(row.language, row.moment[:7]) for row in rows}
    places = {(int(month.replace("-", "") or 0), code): month for code, month in concerned}
    moved: list[_Moved] = []
    made: list[bytes] = []
    spans = [known[name][:2] for name in places if name in known]
    for start, block in zip(starts(blocks), blocks, strict=False):
        name = (block.month, block.language)
        if name in places:
            some, content = _block(p.catalogue.search_rows(places[name], block.language), start, block.count)
            moved += some
            spans.append((start, block.count))
        elif name not in known or known[name][:2] != (start, block.count):
            return None
        else:
            content = known[name][2]
        made.append(content)
    gone = [(one.source, p.catalogue.search_number(one.source)) for one in t.articles if one.after is None]
    moved += [_Moved(source, number, None) for source, number in gone if number is not None]
    if len(moved) > most:
        return None
    urls = {at for start, count in spans for at in range(start // scale.urls, (start + room(count) - 1) // scale.urls + 1)}
    return _Compared(moved, made, urls)


def _block(rows: Iterable[SearchRow], start: int, count: int) -> tuple[list[_Moved], bytes]:
    """(articles of a block that change, the digest of all) of its `rows`, as many as `count`, whose numbers begin with
    `start`."""
    moved: list[_Moved] = []
    content = hashlib.blake2b(digest_size=16)
    for row, place in spread(((row, row.home) for row in rows), count):
        content.update(f"{row.url}\n".encode() + row.digest)
        if row.number != start + place or row.old:
            moved.append(_Moved(row.source, row.number, start + place))
    return moved, content.digest()


def _changes(p: Planning, index: Index, moved: list[_Moved]) -> dict[str, dict[str, Change]]:
    """shard → form → what becomes of it."""
    scale = index.scale
    files = {strong: number for number, strong in enumerate(index.shelf) if strong}

    def shard(form: str, number: int, part: int) -> str:
        """The shard of words (`part` 0) or of places (1) in which a form stands with the article of this number."""
        route, strong = words.route(form), words.strong(form)
        if part:
            return f"p/{places_shard(scale, route, number, strong in files)}"
        return f"c/{files[strong]}" if strong in files else f"w/{shard_of(route, scale.words)}"

    gone: dict[tuple[str, str], list[int]] = {}
    new: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for one in moved:
        before = _posted(p.catalogue.search_before(one.source)) if one.before is not None else {}
        after = _posted(p.catalogue.search_now(one.source)) if one.after is not None else {}
        stays = one.before == one.after
        for form in before.keys() | after.keys():
            old, now = before.get(form), after.get(form)
            for part in (0, 1) if form[0] != "#" else (0,):
                was, will = str(old[part]) if old else None, str(now[part]) if now else None
                if stays and was == will:
                    continue
                if was is not None and one.before is not None:
                    gone.setdefault((shard(form, one.before, part), form), []).append(one.before)
                if will is not None and one.after is not None:
                    new.setdefault((shard(form, one.after, part), form), []).append((one.after, will))
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
    paths: list[Path] = []
    needed = None if len(wanted) == index.scale.words + index.scale.common else frozenset(wanted)
    for _, some in groupby(p.catalogue.numbered(), key=lambda row: row[0] // SEGMENT):
        paths.append(folder / f"{len(paths)}")
        yield SegmentTask(paths[-1], index.cut, tuple(some), needed)
    index.segments = tuple(paths)


def job(index: Index, name: str, path: str) -> MergeJob | SpliceJob:
    """How the shard of words or places `name` is made; after `prepare`."""
    if name in index.spliced:
        changes, shelf = index.changes[name], frozenset(index.shelf)
        return SpliceJob(name, path, changes, frozenset(form for form in changes if words.strong(form) in shelf))
    return MergeJob(name, index.scale, index.segments)
