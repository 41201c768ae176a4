"""What it finds: folders of the output with more than a thousand entries, files and folders together.

Why it is bad: file managers, FTP programs and the web pages of hosts show the first thousand or grow slow, and some hosts
refuse what is far beyond. Roznama's own folders stay below as long as the pattern of the articles' addresses does.
"""

from collections import Counter
from collections.abc import Iterator

from generator.checks.matter import Matter
from generator.problems import Problem

CODE, SEVERITY = "crowded-folder", "warning"
MOST = 1000


def check(matter: Matter) -> Iterator[Problem]:
    for folder, count in sorted(entries(matter).items()):
        if count > MOST:
            message = f"{count:,} entries stand in this folder, more than {MOST:,}"
            yield Problem(f"{folder}/", 0, 0, CODE, message, "add {day} or {shard} to the pattern in [permalinks]")


def entries(matter: Matter) -> Counter[str]:
    """Files and folders in each folder of the output; "" is the output itself."""
    found: Counter[str] = Counter()
    parents: set[str] = set()
    for folder, files in matter.catalogue.folder_counts():
        found[folder] += files
        while folder and folder not in parents:
            parents.add(folder)
            folder = folder.rpartition("/")[0]
            found[folder] += 1
    return found
