"""A folder reached through SSH.

Paramiko is used directly and not through fsspec, whose SFTP takes any host's key (an upload could go to whoever stands
between), replaces files in place, and asks for every folder before every file. Here a host must be in `known_hosts`;
what `~/.ssh/config`, the agent and the keys in `~/.ssh` say holds as it does for `ssh`. One connection carries a channel
for each thread: paramiko's channels are not made for several at once.
"""

import contextlib
import hashlib
import threading
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from generator.output import TEMPORARY
from generator.targets import TargetError
from generator.targets.headers import Headers

try:
    import paramiko
except ImportError as error:
    raise TargetError("SFTP needs paramiko", "pip install 'roznama[sftp]'") from error

Result = TypeVar("Result")
TIMEOUT = 30.0
"""Seconds without an answer after which a connection is given up and made anew."""


class Sftp:
    """`sftp://[user@]host[:port]/folder`, `/~/folder` for one in the user's home."""

    def __init__(self, address: str, password: str | None) -> None:
        self.name = address
        try:
            parts = urlsplit(address)
            self._host, self._port, self._user = parts.hostname or "", parts.port, parts.username
        except ValueError as error:
            raise TargetError(f"{address} is no address: {error}") from error
        if not self._host:
            raise TargetError(f"{address} names no host", "write it as sftp://user@host/folder")
        path = unquote(parts.path)
        self._folder = PurePosixPath(path.removeprefix("/~/") if path.startswith("/~/") else path or "/")
        self._password = password
        self._lock = threading.Lock()
        self._client: Any = None
        self._here = threading.local()

    def occupied(self) -> bool:
        return self._do(lambda sftp: bool(sftp.listdir(str(self._folder))), False)

    def read(self, path: str) -> bytes | None:
        def read(sftp: Any) -> bytes | None:
            with sftp.open(str(self._folder / path), "rb") as file:
                file.prefetch()
                return bytes(file.read())

        return self._do(read, None)

    def put(self, path: str, source: Path, headers: Headers) -> None:
        target = self._folder / path
        new = str(target.with_name(f".{hashlib.sha256(path.encode()).hexdigest()[:16]}{TEMPORARY}"))

        def put(sftp: Any) -> None:
            try:
                sftp.put(str(source), new)
            except FileNotFoundError:
                self._make(sftp, target.parent)
                sftp.put(str(source), new)
            _replace(sftp, new, str(target))

        self._do(put)

    def delete(self, path: str) -> None:
        def delete(sftp: Any) -> None:
            target = self._folder / path
            sftp.remove(str(target))
            for folder in target.parents:
                if folder == self._folder:
                    break
                try:
                    sftp.rmdir(str(folder))
                except OSError:
                    break  # not empty: others still live here

        self._do(delete, None)

    def _make(self, sftp: Any, folder: PurePosixPath) -> None:
        try:
            sftp.stat(str(folder))
        except FileNotFoundError:
            if folder.parent != folder:
                self._make(sftp, folder.parent)
            try:
                sftp.mkdir(str(folder))
            except OSError:
                sftp.stat(str(folder))  # another thread has made it; otherwise this says what is wrong

    def _do(self, work: Callable[[Any], Result], *missing: Result) -> Result:
        """What `work` gives on this thread's channel; `missing`, if it is given, when the file is not there."""
        try:
            return work(self._channel())
        except (paramiko.SSHException, EOFError, TimeoutError, ConnectionError) as error:
            self._leave()
            raise _failure(error) from error
        except OSError as error:
            if missing and isinstance(error, FileNotFoundError):
                return missing[0]
            raise TargetError(error.strerror or str(error), "check permissions and room") from error

    def _channel(self) -> Any:
        with self._lock:
            if self._client is None:
                try:
                    self._client = self._connect()
                except OSError as error:
                    raise TargetError(str(error), transient=True) from error
            if getattr(self._here, "client", None) is not self._client:
                self._here.client, self._here.sftp = self._client, self._client.open_sftp()
                self._here.sftp.get_channel().settimeout(TIMEOUT)
            return self._here.sftp

    def _leave(self) -> None:
        """Give up the connection that failed this thread, unless another thread has made a new one since."""
        with self._lock:
            if self._client is not None and getattr(self._here, "client", self._client) is self._client:
                self._client.close()
                self._client = None

    def _connect(self) -> Any:
        file = Path("~/.ssh/config").expanduser()
        known = paramiko.SSHConfig.from_path(str(file)).lookup(self._host) if file.is_file() else {}
        client = paramiko.SSHClient()
        client.load_system_host_keys()
        client.set_missing_host_key_policy(paramiko.RejectPolicy())
        client.connect(
            known.get("hostname", self._host),
            port=self._port or int(known.get("port", 22)),
            username=self._user or known.get("user"),
            password=self._password,
            key_filename=known.get("identityfile"),
            timeout=TIMEOUT,
        )
        return client


def _replace(sftp: Any, new: str, target: str) -> None:
    try:
        sftp.posix_rename(new, target)
    except FileNotFoundError:
        raise
    except OSError:  # a server without OpenSSH's extension: there is a moment without the file
        with contextlib.suppress(FileNotFoundError):
            sftp.remove(target)
        sftp.rename(new, target)


def _failure(error: Exception) -> TargetError:
    if isinstance(error, paramiko.BadHostKeyException):
        return TargetError("the host's key is not the one in known_hosts", "ask the host's administrator")
    if isinstance(error, paramiko.AuthenticationException) or "No authentication methods" in str(error):
        return TargetError(f"not let in ({error})", "set up a key, or ROZNAMA_SFTP_PASSWORD")
    if "not found in known_hosts" in str(error):
        return TargetError("the host is not in known_hosts", "connect once with ssh and compare its key")
    return TargetError(f"{error or type(error).__name__}", transient=True)
