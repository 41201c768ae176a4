"""A folder of this machine, or one that is mounted. It needs no library: `output.py` replaces files as a build does."""

from pathlib import Path

from generator import output
from generator.targets import TargetError
from generator.targets.headers import Headers


class Folder:
    """The files below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = str(folder)

    def occupied(self) -> bool:
        try:
            return next(self.folder.iterdir(), None) is not None
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _refused(self.folder, error) from error

    def read(self, path: str) -> bytes | None:
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _refused(self.folder / path, error) from error

    def put(self, path: str, source: Path, headers: Headers) -> None:
        try:
            output.copy(source, self.folder / path)
        except OSError as error:
            raise _refused(self.folder / path, error) from error

    def delete(self, path: str) -> None:
        try:
            output.remove(self.folder, path)
        except OSError as error:
            raise _refused(self.folder / path, error) from error


def _refused(path: Path, error: OSError) -> TargetError:
    return TargetError(f"{path}: {error.strerror}", "make room on the disk, check permissions")
