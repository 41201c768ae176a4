"""Stores of objects and whatever else fsspec reaches: S3 and what speaks its language above all.

Keys and endpoints are never in the address: they come from where the store's own library looks for them (for S3
`AWS_…` and `~/.aws/`) and from fsspec's configuration (`FSSPEC_S3_…`, `~/.config/fsspec/`).
"""

import threading
from pathlib import Path
from typing import Any

from generator.targets import TargetError
from generator.targets.headers import Headers

try:
    import fsspec
except ImportError as error:
    raise TargetError("this address needs fsspec", "pip install 'roznama[publish]'") from error

_S3 = ("s3", "s3a")
_OBJECTS = frozenset({*_S3, "gs", "gcs", "abfs", "abfss", "az", "adl", "oci", "oss"})
"""Stores that have no folders: to make one there would be to make a bucket."""
_FINAL = (PermissionError, FileNotFoundError, NotADirectoryError, IsADirectoryError, ImportError, ValueError, TypeError)


class Store:
    """One of fsspec's addresses. Libraries that work asynchronously share one file system, others have one a thread."""

    def __init__(self, scheme: str, address: str) -> None:
        self.name = address
        self._scheme = scheme
        try:
            self._first, root = fsspec.core.url_to_fs(address, use_listings_cache=False, skip_instance_cache=True)
        except ImportError as error:
            hint = "pip install 'roznama[s3]'" if scheme in _S3 else None
            raise TargetError(f"{scheme}:// needs another library: {error}", hint) from error
        except Exception as error:
            raise TargetError(str(error), "check the address and its library") from error
        self._root = str(root).rstrip("/")
        self._here = threading.local()

    def occupied(self) -> bool:
        try:
            return bool(self._fs.ls(self._root, detail=False))
        except FileNotFoundError:
            return False
        except Exception as error:
            raise self._failure(error) from error

    def read(self, path: str) -> bytes | None:
        try:
            return bytes(self._fs.cat_file(self._at(path)))
        except FileNotFoundError:
            return None
        except Exception as error:
            raise self._failure(error) from error

    def put(self, path: str, source: Path, headers: Headers) -> None:
        said = {"ContentType": headers.type, "CacheControl": headers.cache} if self._scheme in _S3 else {}
        try:
            if self._scheme not in _OBJECTS:
                self._fs.makedirs(self._at(path).rpartition("/")[0], exist_ok=True)
            self._fs.put_file(str(source), self._at(path), **said)
        except Exception as error:
            raise self._failure(error) from error

    def delete(self, path: str) -> None:
        try:
            self._fs.rm_file(self._at(path))
        except FileNotFoundError:
            pass
        except Exception as error:
            raise self._failure(error) from error

    @property
    def _fs(self) -> Any:
        if self._first.async_impl:
            return self._first
        if not hasattr(self._here, "fs"):
            self._here.fs = type(self._first)(**{**self._first.storage_options, "skip_instance_cache": True})
        return self._here.fs

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}"

    def _failure(self, error: Exception) -> TargetError:
        hint = "check the address, keys and permissions" if isinstance(error, _FINAL) else None
        return TargetError(f"{error or type(error).__name__}", hint, not isinstance(error, _FINAL))
