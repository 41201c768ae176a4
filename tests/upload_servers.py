"""Servers on this machine to upload to: S3 as moto speaks it, SFTP as paramiko does. Both count what is asked of them,
and can be told to fail."""

import os
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import paramiko
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


class S3:
    """`puts` and `deletes` are the keys that were asked for; after `most` puts every further one is refused with
    `status`, and `failures` puts are before any is done."""

    def __init__(self) -> None:
        self.puts: list[str] = []
        self.deletes: list[str] = []
        self.headers: dict[str, tuple[str, str]] = {}
        self.most: int | None = None
        self._lock = threading.Lock()
        self._app = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = environ["PATH_INFO"].encode("latin-1").decode().removeprefix("/archive/news/")
        with self._lock:
            method = environ["REQUEST_METHOD"]
            if method == "PUT":
                if self.most is not None and len(self.puts) >= self.most:
                    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
                    start_response("403 Forbidden", [("Content-Type", "application/xml")])
                    return [b"<Error><Code>AccessDenied</Code><Message>the line is cut</Message></Error>"]
                self.puts.append(key)
                self.headers[key] = (environ.get("CONTENT_TYPE", ""), environ.get("HTTP_CACHE_CONTROL", ""))
            elif method == "DELETE":
                self.deletes.append(key)
        answer: Iterable[bytes] = self._app(environ, start_response)
        return answer


class _Silent(WSGIRequestHandler):
    def log_request(self, *_: Any) -> None:
        pass


@contextmanager
def s3_server() -> Iterator[tuple[S3, str]]:
    """(the server, its endpoint)"""
    app = S3()
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield app, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handle(paramiko.SFTPHandle):  # type: ignore[misc]
    def stat(self) -> Any:
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))


class Files(paramiko.SFTPServerInterface):  # type: ignore[misc]
    """The files below `root`. `broken` closes the connection at the next so many uploads; `renames` tells whether the
    server knows OpenSSH's rename that replaces."""

    root = Path()
    renames = True
    broken = 0

    def __init__(self, server: "_Login") -> None:
        self._transport = server.transport

    def _at(self, path: str) -> Path:
        return self.root / str(self.canonicalize(path)).lstrip("/")

    def list_folder(self, path: str) -> Any:
        try:
            return [paramiko.SFTPAttributes.from_stat(os.lstat(one), one.name) for one in self._at(path).iterdir()]
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    def stat(self, path: str) -> Any:
        try:
            return paramiko.SFTPAttributes.from_stat(self._at(path).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    lstat = stat

    def open(self, path: str, flags: int, attr: paramiko.SFTPAttributes) -> Any:
        writing = bool(flags & os.O_WRONLY)
        if writing and Files.broken:
            Files.broken -= 1
            self._transport.close()
        try:
            file = os.fdopen(os.open(self._at(path), flags, 0o644), "wb" if writing else "rb")
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        handle = _Handle(flags)
        handle.readfile = handle.writefile = file
        return handle

    def _try(self, work: Callable[..., object], *paths: Path) -> int:
        try:
            work(*paths)
        except OSError as error:
            return int(paramiko.SFTPServer.convert_errno(error.errno or 0))
        return int(paramiko.SFTP_OK)

    def remove(self, path: str) -> int:
        return self._try(os.unlink, self._at(path))

    def rename(self, oldpath: str, newpath: str) -> int:
        if self._at(newpath).exists():
            return int(paramiko.SFTP_FAILURE)
        return self._try(os.rename, self._at(oldpath), self._at(newpath))

    def posix_rename(self, oldpath: str, newpath: str) -> int:
        if not self.renames:
            return int(paramiko.SFTP_OP_UNSUPPORTED)
        return self._try(os.replace, self._at(oldpath), self._at(newpath))

    def mkdir(self, path: str, attr: paramiko.SFTPAttributes) -> int:
        return self._try(os.mkdir, self._at(path))

    def rmdir(self, path: str) -> int:
        return self._try(os.rmdir, self._at(path))


class _Login(paramiko.ServerInterface):  # type: ignore[misc]
    def __init__(self, transport: paramiko.Transport) -> None:
        self.transport = transport

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return int(paramiko.OPEN_SUCCEEDED)

    def check_auth_password(self, username: str, password: str) -> int:
        right = (username, password) == ("editor", "secret")
        return int(paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED)

    def get_allowed_auths(self, username: str) -> str:
        return "password"


@contextmanager
def sftp_server(root: Path, home: Path) -> Iterator[int]:
    """The port of a server of the files below `root`, whose key is in `home/.ssh/known_hosts`."""
    key = paramiko.RSAKey.generate(2048)
    Files.root, Files.renames, Files.broken = root, True, 0
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh/known_hosts").write_text(f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n")
    transports: list[paramiko.Transport] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transports.append(transport)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, Files)
            transport.start_server(server=_Login(transport))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for transport in transports:
            transport.close()
