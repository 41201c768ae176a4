"""Where a site is uploaded to: a few operations on files below one address.

What lives here: what every target can do, and the choice by address. `folder.py` is a folder of this machine, which needs
nothing but Python; `sftp.py` and `stores.py` (S3, and whatever else fsspec knows) need an optional extra each. A target knows nothing
of manifests and of what is to be sent: that is `publishing.py`.
"""

import re
from pathlib import Path
from typing import Protocol

from generator.targets.headers import Headers

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+)://(.*)", re.DOTALL)
_PASSWORD = re.compile(r"[^/@]*:[^/@]*@")


class TargetError(Exception):
    """The target could not do what it was asked. `hint` says what to do; `transient` that asking again may help."""

    def __init__(self, message: str, hint: str | None = None, transient: bool = False) -> None:
        super().__init__(message)
        self.message, self.hint, self.transient = message, hint, transient


class Target(Protocol):
    """Files below one address. Paths are relative, with slashes. Every method may be called from several threads, and
    raises nothing but `TargetError`."""

    name: str

    def occupied(self) -> bool:
        """Whether there is anything yet."""
        ...

    def read(self, path: str) -> bytes | None:
        """A small file's bytes; `None` if it is not there."""
        ...

    def put(self, path: str, source: Path, headers: Headers) -> None:
        """Put a file there, or in the place of the one that is. Nobody ever reads half of it, if the target can."""
        ...

    def delete(self, path: str) -> None:
        """Remove a file, if it is there."""
        ...


def open_target(address: str, base: Path, password: str | None = None) -> Target:
    """The target at `address`: a folder (relative to `base`), `sftp://…`, `s3://…`, or another of fsspec's addresses.
    `password` is for SFTP without keys. Raises `TargetError` for an address that cannot be used."""
    found = _ADDRESS.fullmatch(address)
    from generator.targets.folder import Folder

    if found is None:
        return Folder((base / Path(address).expanduser()).resolve())
    scheme, rest = found.groups()
    if _PASSWORD.match(rest):
        raise TargetError("the address holds a password", "keep it in the environment: see docs/publishing.md")
    if scheme == "file":
        return Folder(Path(rest).resolve())
    if scheme == "sftp":
        from generator.targets.sftp import Sftp

        return Sftp(address, password)
    from generator.targets.stores import Store

    return Store(scheme, address)
