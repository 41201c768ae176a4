"""Something wrong at a place, and the exception that carries it.

A `Problem` is printed as compilers print theirs, `path:line:column: severity: message [code]`, so that editors and CI
can jump to it. `doubt` is for what was read but not with certainty: it is listed in the build report and in `inspect`,
and fails nothing.
"""

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "doubt"]

FSI, PDI = "\u2068", "\u2069"


def quoted(text: str, limit: int = 60) -> str:
    """`text` as a message may quote it: shortened to `limit` characters and isolated, so that right-to-left letters do
    not drag the path or the punctuation around them to the wrong place."""
    short = " ".join(text.split())
    if len(short) > limit:
        short = short[: limit - 1] + "…"
    return f"“{FSI}{short}{PDI}”"


class Problem(Struct, frozen=True):
    """`path` as the user knows it; `line` and `column` count from 1, 0 when the whole file is meant. `code` names the
    rule (`front-matter-syntax`), `hint` says what to do, `excerpt` is the line of the source."""

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str | None = None
    severity: Severity = "error"
    excerpt: str | None = None

    def __str__(self) -> str:
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return f"{place}: {self.severity}: {self.message} [{self.code}]"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        return (self.path, self.line, self.column, self.code, self.message)


class ContentError(Exception):
    """A mistake in what the user wrote. One argument, so that it survives pickling between processes; any other
    exception is a bug of ours."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)
