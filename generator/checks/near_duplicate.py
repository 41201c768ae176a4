"""What it finds: articles that tell one story in nearly the same words, in groups: of each, all but the one that should
stand. What is compared are runs of three words, whatever their spelling; from four tenths in common on two texts are
editions of one. Of a group the earliest that has nearly all of the text leads.

Why it is bad: readers, feeds and search results have the same story several times. Crawls of one paper bring it in
updated versions, several papers print the same agency's report.
"""

from collections.abc import Iterator

from generator import duplicates
from generator.checks.matter import Matter
from generator.checks.texts import texts
from generator.problems import Problem

CODE, SEVERITY = "near-duplicate", "warning"


def check(matter: Matter) -> Iterator[Problem]:
    sketches = matter.catalogue.sketches(_rows(matter))
    for group in sorted(duplicates.grouped(sketches), key=lambda group: group.lead.path):
        lead, size = group.lead, 1 + len(group.others)
        for other in sorted(group.others, key=lambda member: member.path):
            message = f"tells what {lead.path} tells: {size} articles share at least {group.alike:.0%} of their words' order"
            hint = f"keep that one ({group.why}); withdraw or remove this one, or leave both if that is meant"
            yield Problem(other.path, 0, 0, CODE, message, hint)


def _rows(matter: Matter) -> Iterator[tuple[str, int, bytes, bytes]]:
    """Of texts long enough to be compared: two notices of a line are alike by chance, and differ in their headlines."""
    for text in texts(matter):
        words = duplicates.words_of(text.body)
        if sketch := duplicates.sketch(words):
            yield text.source, len(words), duplicates.equal_texts(words), sketch
