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

import msgspec
from msgspec import Struct

from generator.catalogue import Touched
from generator.catalogue.searching import SearchRow
from generator.digest import digest
from generator.kept import restored
from generator.pages.planning import Planning
from generator.search import words
from generator.search.record import WEIGHTS, forms, posted
from generator.search.scale import (
    COMMON_SHARE,
    PROMINENT_SHARE,
    Block,
    Scale,
    Shelf,
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
from generator.search.segments import Cut, MergeJob, SegmentTask, chunks_of
from generator.search.shards import STRETCH
from generator.search.splicing import Change, SpliceJob

FEW, SHARE = 200, 50
"""Up to so many changed articles, or one in so many if that is more, are worked into the published index. Beyond, making
it anew is as quick."""
SEGMENT = STRETCH
"""Numbers of articles in one segment, none of which lies in two stretches. 4 MB go to a worker for it, which needs about
40 MB to cut them."""


class Index:
    """The index as it should be after this build."""

    def __init__(self, blocks: list[Block], scale: Scale, shelf: Shelf, edition: str) -> None:
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
    found = None
    if laid:
        found = (_compare_some(p, blocks, scale, most, t) if t is not None else None) or _compare(p, blocks, scale, most)
    if found is None or found.moved is None:
        found = _Compared(None, _renumber(p, blocks), set(range(-(-starts(blocks)[-1] // scale.urls))))
    shelf, known = _shelf(p, scale, total)
    index = Index(blocks, scale, shelf, digest([*zip(blocks, found.blocks, strict=True)])[:8].hex())
    stamps = catalogue.stamps()
    if found.moved is None:
        index.stamps = {name: digest(layout, index.edition) for name in names(scale, blocks, shelf)}
        catalogue.remember("search-layout", layout)
    else:
        index.before = stamps
        index.stamps = {name: stamps.get(name, b"") for name in names(scale, blocks, shelf)}
        index.changes = _changes(p, index, found.moved)
        ends = [start + room(count) for _, _, start, count, _ in catalogue.search_blocks()]
        index.reshelved = _reshelved(known, shelf, scale, max([starts(blocks)[-1], *ends]))
        touched = (index.changes.keys() | index.reshelved) & index.stamps.keys()
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


def _shelf(p: Planning, scale: Scale, total: int) -> tuple[Shelf, Shelf]:
    """The words that have a file of their own, now and in the published index. Asked of the sample when an article of it
    is another."""
    catalogue = p.catalogue
    remembered = catalogue.remembered("search-shelf")
    known = msgspec.msgpack.decode(remembered, type=Shelf) if remembered else Shelf()
    sample = digest(p.code, scale, catalogue.search_sampled(sampled_lots(total)))
    fresh = remembered is None or catalogue.remembered("search-sample") != sample
    shelf = shelved(_common(p, total, scale), scale.common) if fresh else known
    catalogue.remember("search-shelf", msgspec.msgpack.encode(shelf))
    catalogue.remember("search-sample", sample)
    return shelf, known


def _blocks(p: Planning) -> list[Block]:
    """The blocks of the archive, by month and language."""
    counts: Counter[tuple[int, str]] = Counter()
    for code, day, count in p.days:
        counts[int(day[:7].replace("-", "") or 0), code] += count
    return [Block(month, code, count) for (month, code), count in sorted(counts.items())]


def _reshelved(before: Shelf, after: Shelf, scale: Scale, end: int) -> set[str]:
    """The shards of words that became common, or are so no more, or changed their file or what is prominent: these are made
    of all articles, whose numbers are and were below `end`."""
    if len(before.words) != len(after.words):
        return set()  # another scale: everything is made anew anyway
    both = zip(before.words, before.least, after.words, after.least, strict=True)
    files = {f"{family}/{at}" for at, (*one, word, least) in enumerate(both) if one != [word, least] for family in "cr"}
    routes = {words.hashed(words.opening(strong)) for strong in {*before.words} ^ {*after.words} if strong}
    places = {places_shard(scale, route, number, True) for route in routes for number in range(0, end, scale.span)}
    return files | {f"w/{shard_of(route, scale.words)}" for route in routes} | {f"p/{at}" for at in places}


def _common(p: Planning, total: int, scale: Scale) -> dict[str, int]:
    """The strong forms that are in a great part of a sample of articles, as many as there are files for, and the word that
    all have; each with the least weight that counts as prominent. The sample is drawn by the names of articles, so that it
    is the same whatever was built before."""
    if not scale.common:
        return {}
    counts: Counter[str] = Counter()
    size = 0
    for packed in p.catalogue.search_sample(sampled_lots(total)):
        counts.update({words.strong(form) for form in forms(restored(packed).article)})
        size += 1
    often = [(-count, strong) for strong, count in counts.items() if count * COMMON_SHARE >= size]
    often = sorted(often)[: scale.common - 1]
    found = {words.EVERY: 0} | {strong: 0 for _, strong in often}
    if scale.rests:
        many = [strong for count, strong in often if -count * PROMINENT_SHARE > size]
        found |= _least(p, total, many, size)
    return found


def _least(p: Planning, total: int, many: list[str], size: int) -> dict[str, int]:
    """word → the least weight that is prominent in a sample of so many articles: one at least, and at most one in
    `PROMINENT_SHARE` has it with so much; 0 where there is none such."""
    weights = {strong: [0] * WEIGHTS for strong in many}
    for packed in p.catalogue.search_sample(sampled_lots(total)):
        heaviest: dict[str, int] = {}
        for form, (weight, _) in _posted(packed).items():
            strong = words.strong(form)
            if strong in weights:
                heaviest[strong] = max(weight, heaviest.get(strong, 0))
        for strong, weight in heaviest.items():
            weights[strong][weight] += 1
    found = {}
    for strong, counts in weights.items():
        heavier = (sum(counts[least:]) for least in range(WEIGHTS))
        found[strong] = next((least for least, count in enumerate(heavier) if 0 < count * PROMINENT_SHARE <= size), 0)
    return found


def _renumber(p: Planning, blocks: list[Block]) -> list[bytes]:
    """Give every article its number; the digest of every block."""
    made: list[bytes] = []

    def numbers() -> Iterator[tuple[str, int]]:
        rows = p.catalogue.search_rows()
        for first, block in zip(starts(blocks), blocks, strict=False):
            content = hashlib.blake2b(digest_size=16)
            for row, place in spread(((row, row.home) for row in islice(rows, block.count)), block.count):
                content.update(_content(row))
                yield row.source, first + place
            made.append(content.digest())

    p.catalogue.number_articles(numbers())
    return made


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
        content.update(_content(row))
        if row.number != start + place or row.old:
            moved.append(_Moved(row.source, row.number, start + place))
    return moved, content.digest()


def _content(row: SearchRow) -> bytes:
    """What stands for an article in the digest of its block."""
    return f"{row.url}\n".encode() + row.digest


def _changes(p: Planning, index: Index, moved: list[_Moved]) -> dict[str, dict[str, Change]]:
    """shard → form → what becomes of it."""
    scale = index.scale
    files = index.shelf.files()

    def shard(form: str, number: int, weight: str | None) -> str:
        """The shard of words in which a form of this weight stands with the article of this number, or of places."""
        route, strong = words.route(form), words.strong(form)
        if weight is None:
            return f"p/{places_shard(scale, route, number, strong in files)}"
        own = files.get(strong)
        return f"w/{shard_of(route, scale.words)}" if own is None else f"{index.shelf.family(own, int(weight))}/{own}"

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
                    gone.setdefault((shard(form, one.before, None if part else was), form), []).append(one.before)
                if will is not None and one.after is not None:
                    new.setdefault((shard(form, one.after, None if part else will), form), []).append((one.after, will))
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
    stale = p.catalogue.stale_shards(kind) if index.before else [(name, None) for name in index.stamps]
    for name, written in stale:
        if name[:2] not in ("w/", "c/", "r/", "p/"):
            continue
        before = index.before.get(name)
        spliceable = name in index.changes and name not in index.reshelved
        if before and spliceable and written == inputs(p, index, name, before):
            spliced.add(name)
        else:
            wanted.update(chunks_of(name, index.scale))
    index.spliced = frozenset(spliced)
    if not wanted:
        return
    folder = Path(p.catalogue.folder) / "segments"
    shutil.rmtree(folder, ignore_errors=True)  # a killed build left them
    folder.mkdir(parents=True)
    weakref.finalize(index, shutil.rmtree, folder, ignore_errors=True)
    paths: list[Path] = []
    needed = frozenset(wanted)
    for _, some in groupby(p.catalogue.numbered(), key=lambda row: row[0] // SEGMENT):
        paths.append(folder / f"{len(paths)}")
        yield SegmentTask(paths[-1], index.cut, tuple(some), needed)
    index.segments = tuple(paths)


def job(index: Index, name: str, path: str) -> MergeJob | SpliceJob:
    """How the shard of words or places `name` is made; after `prepare`."""
    if name in index.spliced:
        changes, shelf = index.changes[name], index.shelf.files()
        return SpliceJob(name, path, changes, frozenset(form for form in changes if words.strong(form) in shelf))
    return MergeJob(name, index.scale, index.segments)
