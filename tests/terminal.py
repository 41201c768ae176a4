"""A real pseudo-terminal for commands: what an editor would see, line by line, in colour or without."""

import os
import pty
import select
import struct
import sys
import time
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ
from typing import NamedTuple

import pyte

FSI, PDI = "\u2068".encode(), "\u2069".encode()


class Seen(NamedTuple):
    """The screen's lines when the command ended, its exit code, the colours that letters had, and all that was written."""

    lines: list[str]
    code: int
    colours: set[str]
    written: str


ROZNAMA = (sys.executable, "-m", "generator")


def seen(
    folder: Path, *arguments: str, columns: int = 80, rows: int = 60, command: tuple[str, ...] = ROZNAMA, **environment: str
) -> Seen:
    """Run `command` (roznama) with `arguments` in `folder` on a terminal of so many columns."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
        os.execve(command[0], [*command, *arguments], {**kept, "TERM": "xterm-256color", **environment})
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    screen = pyte.Screen(columns, rows)
    stream = pyte.ByteStream(screen)
    written = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 1)
        try:
            data = os.read(terminal, 65536) if ready else b""
        except OSError:  # Linux says so when the command has ended
            break
        if ready and not data:
            break
        written += data
        # pyte drops what follows a mark without width in the same piece; terminals do not.
        stream.feed(data.replace(FSI, b"").replace(PDI, b""))
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    colours = {screen.buffer[row][column].fg for row in range(rows) for column in range(columns)} - {"default"}
    return Seen([line.rstrip() for line in screen.display], os.waitstatus_to_exitcode(status), colours, written.decode())
