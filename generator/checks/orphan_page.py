"""What it finds: pages to which no other page of the site has a link.

Why it is bad: nobody who browses finds them, and crawlers rank what nothing leads to below all else. Roznama's own
templates leave none; a template of the site's own may drop the list or the menu that led there. The front page, the page
for lost readers and those that lead on from former addresses are not meant to be linked to.
"""

from collections.abc import Iterator

from generator.checks.matter import Matter
from generator.problems import Problem

CODE, SEVERITY = "orphan-page", "warning"
UNLINKED = ("not_found", "moved", "withdrawn")


def check(matter: Matter) -> Iterator[Problem]:
    for page, kind in matter.links.unlinked:
        if page != "index.html" and kind not in UNLINKED:
            yield Problem(page, 0, 0, CODE, "no page has a link to this one", "link to it in a template, or in the menu")
