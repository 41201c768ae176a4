"""What a name weighs by where it stands, and the two types that finding and weighing share."""

from msgspec import Struct

from generator.topics.packs import Alias

HEADLINE, LEAD, BODY, WORDS_OF_PICTURE = 6, 4, 2, 1
"""Half points for a name by where it stands."""


class Found(Struct, frozen=True):
    """A topic of an article: its id, half points, and the words it was found by as they stand in the text, most frequent
    first, with how often."""

    id: str
    score: int
    matched: tuple[tuple[str, int], ...]
    headline: bool = False


class Entry:
    """A name in the index, after its first word. `id` is the topic's; `capital` says that the first letter must be one
    (1) or that every letter must be as written (2); `end` that endings may follow the last word."""

    __slots__ = ("after", "before", "beside", "capital", "end", "id", "mark", "rest", "text")

    def __init__(self, alias: Alias, rest: tuple[str, ...], mark: int, capital: int, end: bool) -> None:
        self.id = alias.id
        self.text = alias.text
        self.rest = rest
        self.mark = mark
        self.capital = capital
        self.end = end
        self.before, self.after, self.beside = alias.before, alias.after, alias.beside
