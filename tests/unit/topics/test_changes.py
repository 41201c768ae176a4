"""Which articles a changed vocabulary concerns: whatever changes, an article whose topics are others then is told."""

import random
from functools import lru_cache

import pytest
from topic_articles import article

from generator.model import Article
from generator.topics import packs
from generator.topics.changes import Changes
from generator.topics.reading import Naming, stated_keys, topics_of
from generator.topics.vocabulary import ANY, KINDS, Topic, Vocabulary

LANGUAGES = ("ur", "ar", "en", "fa")
OWN = ("river", "village", "sham", "old-town")
NAMES = {
    "ur": ("روس", "روسی", "لمبا دریا", "دریا", "شام", "فٹبال", "کھیل", "سوريا", "مشرق وسطیٰ", "روسی زبان"),
    "ar": ("سوريا", "السوري", "النهر", "روسيا", "كرة القدم", "الرياضة", "الشرق الأوسط", "شام"),
    "en": ("Russia", "Syria", "river", "football", "Middle East", "Real Madrid", "Madrid", "old town", "Sham"),
    "fa": ("روسیه", "سوریه", "رود", "می\u200cرود", "فوتبال", "ورزش", "خاورمیانه", "رود بلند", "ایرانی"),
}
KNOWN = (
    "russia", "syria", "middle-east", "football", "sport", "culture", "real-madrid", "madrid", "spain", "europe", "united-nations",
)  # fmt: skip
FLAGS = ("kind", "label", "names", "weak", "beside", "not_beside", "broader", "related", "formerly", "merge_into", "hide", "note")


def chosen(random_: random.Random) -> Vocabulary:
    """A vocabulary of a few topics, its own and those of the packs, that say anything that may be said."""
    ids = random_.sample((*OWN, *KNOWN), random_.randint(0, 4))
    return Vocabulary(tuple(entry(random_, id_) for id_ in ids))


def entry(random_: random.Random, id_: str) -> Topic:
    def words() -> tuple[tuple[str, str], ...]:
        codes = random_.sample((*LANGUAGES, ANY), random_.randint(1, 2))
        return tuple((code, random_.choice(NAMES["en" if code == ANY else code])) for code in codes)

    says = set(random_.sample(FLAGS, random_.randint(0, 3)))
    another = tuple(one for one in (random_.choice((*OWN, *KNOWN)),) if one != id_)
    return Topic(
        id_,
        kind=random_.choice(KINDS) if "kind" in says else None,  # type: ignore[arg-type]
        label=words() if "label" in says else (),
        names=words() if "names" in says else (),
        weak=words() if "weak" in says else (),
        beside=(random_.choice(NAMES["ur"]),) if "beside" in says else (),
        not_beside=(random_.choice(NAMES["ar"]),) if "not_beside" in says else (),
        broader=another if "broader" in says else (),
        related=another if "related" in says else (),
        formerly=(random_.choice(NAMES["en"]),) if "formerly" in says else (),
        merge_into=another[0] if "merge_into" in says and another else None,
        hide="hide" in says,
        note="x" if "note" in says else "",
    )


def edited(random_: random.Random, before: Vocabulary) -> Vocabulary:
    """What an archivist makes of it: entries that go, come, say something else, or stand elsewhere."""
    entries = [one for one in before.topics if random_.random() < 0.7]
    entries = [one if random_.random() < 0.6 else entry(random_, one.id) for one in entries]
    there = {one.id for one in entries}
    entries += [one for one in chosen(random_).topics[:2] if one.id not in there]
    if random_.random() < 0.4:
        random_.shuffle(entries)
    return Vocabulary(tuple(entries))


@lru_cache
def articles() -> tuple[Article, ...]:
    """Articles that hold the names above, and words that show subjects of the packs, in headlines, texts and front matter."""
    random_ = random.Random(4)
    found = []
    for number in range(80):
        language = LANGUAGES[number % 4]
        shows = [alias.text for alias in packs.aliases(language) if alias.id in KNOWN]

        def text(size: int, language: str = language, shows: list[str] = shows) -> str:
            words = [random_.choice((*NAMES[language], *shows, "xyz", "abc")) for _ in range(size)]
            return " ".join(word.replace("\u200c", "") if random_.random() < 0.3 else word for word in words) + "."

        stated = random_.sample([*NAMES[random_.choice(LANGUAGES)], *OWN, *KNOWN], random_.randint(0, 1))
        long = ("lorem " * random_.choice((0, 0, 400)),)
        found.append(article(language, text(2), text(random_.randint(1, 5)), text(3), *long, stated=tuple(stated)))
    return tuple(found)


def missed(before: Vocabulary, after: Vocabulary, *among: Article) -> list[str]:
    """Articles whose topics are others under the vocabulary `after`, and which are not told."""
    changes = Changes(before, Naming(after))
    wrong = []
    for one in among:
        old, hits = topics_of(one, Naming(before))
        new, _ = topics_of(one, Naming(after))
        words = hits.filter(key for term in one.terms for key in stated_keys(term.name)).decode("utf-16-le")
        told = not changes.ids.isdisjoint(named.key for named in old) or (
            changes.seeks and changes.may_hold(one.language, words)
        )
        if old != new and not told:
            wrong.append(f"{one.language} {one.headline!r}: {set(old) ^ set(new)}: {before} → {after}")
    return wrong


@pytest.mark.parametrize("seed", range(12))
def test_no_article_is_missed(seed: int) -> None:
    random_ = random.Random(seed)
    before = chosen(random_)
    assert missed(before, edited(random_, before), *articles()) == []


SHAM = Topic("sham", kind="place", label=(("ar", "سوريا"),), merge_into="syria")
HIDDEN = Topic("syria", hide=True)
RIVER, VILLAGE = (Topic(id_, label=(("ur", "لمبا دریا"),)) for id_ in ("river", "village"))
DARYA = Topic("darya", label=(("ur", "دریا"),))
CASES = {
    "what it was merged into is shown again": ((SHAM, HIDDEN), (SHAM,), article("ur", "خبر", "متن", stated=("سوريا",))),
    "no longer merged into what is hidden": (
        (SHAM, HIDDEN), (Topic("sham", kind="place", label=(("ar", "سوريا"),)), HIDDEN), article("ur", "خبر", stated=("سوريا",)),
    ),
    "two have a name, and the other one comes first": ((RIVER, VILLAGE), (VILLAGE, RIVER), article("ur", "لمبا دریا", "متن")),
    "a subject is moved, and a club speaks for it": (
        (), (Topic("football", broader=("culture",)),), article("en", "A medal", "Real Madrid won the medal at the championship."),
    ),
    "a name of several words hides another in its first one": (
        (DARYA,), (DARYA, Topic("bank", label=(("ur", "دریاوں کا کنارہ"),))), article("ur", "دریاوں کی خبر", "دریاوں میں پانی بڑھ گیا۔"),
    ),
    "and the surname of a person": (
        (DARYA,), (DARYA, Topic("ahmad", kind="person", label=(("ur", "نثار دریاوں"),))), article("ur", "دریاوں کی خبر", "متن"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_an_article_that_changes_is_told(case: str) -> None:
    before, after, one = CASES[case]
    assert topics_of(one, Naming(Vocabulary(before)))[0] != topics_of(one, Naming(Vocabulary(after)))[0]
    assert missed(Vocabulary(before), Vocabulary(after), one) == []


def test_a_note_concerns_nobody() -> None:
    changes = Changes(Vocabulary((RIVER,)), Naming(Vocabulary((Topic("river", label=RIVER.label, note="x", same_as=("wikidata:Q1",)),))))
    assert not changes.ids
    assert not changes.seeks
