"""What it finds: words in articles that were read in a wrong encoding once (UTF-8 or windows-1256 as windows-1252), and
letters that were lost (U+FFFD), in whole texts or in one paragraph of a sound one; once for each article and kind.

Why it is bad: nobody can read or find such words. Roznama repairs nothing, since a wrong repair cannot be told from a
right one; the source has the letters.
"""

from collections.abc import Iterator

from generator.checks.matter import Matter
from generator.checks.texts import texts
from generator.problems import Problem
from generator.readers.damage import traces

CODE, SEVERITY = "mojibake", "warning"


def check(matter: Matter) -> Iterator[Problem]:
    for text in texts(matter):
        for at, message in traces(text.whole):
            line = text.whole.count("\n", 0, at) + 1
            start = text.whole.rfind("\n", 0, at) + 1
            excerpt = text.whole[start : start + 200].partition("\n")[0]
            hint = "write it again from its source"
            yield Problem(text.source, line, at - start + 1, CODE, message, hint, excerpt=excerpt)
