"""What an import came to: the report, the groups of duplicates, and the files that tell of them.

What lives here: reading the ledger after the last record. Files, below `.roznama/import/`: `rejects.jsonl` to be mended and
fed back, `duplicates.jsonl`, `dropped.jsonl`, `report.json`. All are written whole and sorted, so that a run that was
killed and taken up leaves the same ones.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.duplicates import Group, grouped, keys_of
from generator.importing.ledger import Ledger
from generator.importing.placing import write
from generator.importing.proposing import Proposal


class Sampled(Struct, frozen=True):
    """A record as it is read: where it stands, and the article file that it makes."""

    leaf: str
    number: int
    file: str


class Report(Struct, frozen=True):
    """Counts of a run. `status` counts articles by what became of them, `rejected` and `skipped` records by the reason;
    `conflicts` are (path, why) of files that were left alone."""

    records: Mapping[str, int]
    status: Mapping[str, int]
    rejected: Mapping[str, int]
    skipped: Mapping[str, int]
    languages: Mapping[str, int]
    encodings: Mapping[str, int]
    dates: Mapping[str, int]
    fields: Mapping[str, int]
    doubts: Mapping[str, int]
    years: Mapping[str, int]
    dropped: int
    groups: int
    in_groups: int
    conflicts: tuple[tuple[str, str], ...]
    resumed: bool
    samples: tuple[Sampled, ...] = ()
    proposals: tuple[Proposal, ...] = ()

    @property
    def articles(self) -> int:
        return sum(count for status, count in self.status.items() if status != "repeated")

    @property
    def failed(self) -> int:
        return sum(self.rejected.values())


def groups(ledger: Ledger) -> list[Group]:
    """Records that tell one story, the groups in the order of their leads' ids. The same for the same records, in whatever
    order they came."""
    ledger.index_sketches(keys_of)
    return sorted(grouped(ledger), key=lambda group: group.lead.id)


def reported(
    ledger: Ledger, samples: Iterable[Sampled], found: list[Group], dry: bool, *, resumed: bool, state: Path
) -> Report:
    """The report of a run; unless it is a dry one, the files are written."""
    dropped = 0
    lines: list[bytes] = []
    for text, count, first in ledger.dropped():
        dropped += 1
        if not dry:
            lines.append(msgspec.json.encode({"text": text, "times": count, "first": first}) + b"\n")
    report = Report(
        records=ledger.tally("records"),
        status=ledger.tally("status"),
        rejected=ledger.tally("rejected"),
        skipped=ledger.tally("skipped"),
        languages=ledger.tally("language"),
        encodings=ledger.tally("encoding"),
        dates=ledger.tally("date"),
        fields=ledger.tally("field"),
        doubts=ledger.tally("doubt"),
        years=ledger.years(),
        dropped=dropped,
        groups=len(found),
        in_groups=sum(1 + len(g.others) for g in found),
        conflicts=tuple(ledger.conflicts()),
        resumed=resumed,
        samples=tuple(samples),
    )
    if not dry:
        write(state / "dropped.jsonl", b"".join(lines))
        write(state / "rejects.jsonl", b"".join(ledger.rejects()))
        write(state / "duplicates.jsonl", b"".join(msgspec.json.encode(group) + b"\n" for group in found))
        kept = msgspec.structs.replace(report, resumed=False, samples=())
        write(state / "report.json", msgspec.json.format(msgspec.json.encode(kept), indent=2) + b"\n")
    return report
