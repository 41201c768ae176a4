"""Why pages are made: told from what the build compares anyway.

A page is stale when the digest of what it shows differs from the one it was last made with. That digest does not say what
differs; but the digests of its parts that many pages share (Roznama, the site, the template) are remembered, and the
catalogue knows which sources were read. What is left is what only this page shows: neighbours, topics, a list.
"""

from collections.abc import Iterator

import msgspec

from generator.catalogue import Catalogue
from generator.catalogue.manifest import StaleState
from generator.pages.planning import Planning

NEW = "new"
DAMAGED = "its file is missing or was changed"
UNKNOWN = "it is not known what it was made of"
CODE = "Roznama has changed"
SITE = "the site's name, settings or navigation have changed"
TEMPLATE = "its template has changed"
ARTICLE = "its article has changed"
AROUND = "its neighbours or topics have changed"
LISTED = "what it lists has changed"
FILE = "its file has changed"
_PARTS = "parts"
_FILES = ("static", "picture")


def reasons(catalogue: Catalogue, planning: Planning, each: bool) -> Iterator[tuple[str, int, str]]:
    """(path, pages, why they are made) of the stale pages, in the order of the plan: of `each` by itself, or of those together
    that are alike, with the path of one. Ask before the first is written."""
    remembered = catalogue.remembered(_PARTS)
    before: dict[str, bytes] = msgspec.msgpack.decode(remembered) if remembered else {}
    now = planning.parts()
    changed = {name for name, part in now.items() if before and before.get(name) != part}
    for state in catalogue.stale_states(each):
        yield state.path, state.pages, _reason(state, changed)


def _reason(state: StaleState, changed: set[str]) -> str:
    kind = state.kind
    if not state.known:
        return DAMAGED if state.sized else UNKNOWN if state.written else NEW
    if "code" in changed:
        return CODE
    if kind in _FILES:
        return FILE
    if "site" in changed:
        return SITE
    if kind in changed:
        return TEMPLATE
    if kind == "article":
        return ARTICLE if state.read else AROUND
    return LISTED


def remember_parts(catalogue: Catalogue, planning: Planning) -> None:
    """Keep the digests that many pages share, for the next build to compare with."""
    catalogue.remember(_PARTS, msgspec.msgpack.encode(planning.parts()))
