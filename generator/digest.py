"""One digest for any value, so that "has it changed?" has one answer everywhere.

Values are encoded with MessagePack in a fixed key order and hashed with BLAKE2b to 16 bytes: two different values meet
by chance once in 2**64 pairs. Sets are refused by nobody but sorted by the encoder; floats do not occur.
"""

import hashlib
from typing import Any

import msgspec

DIGEST_SIZE = 16

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def digest(*values: Any) -> bytes:
    """16 bytes that stand for `values`: any mixture of structs, containers, text, numbers, bytes and `None`."""
    return hashlib.blake2b(_encode(values), digest_size=DIGEST_SIZE).digest()


def digest_bytes(data: bytes) -> bytes:
    """16 bytes that stand for a file's content."""
    return hashlib.blake2b(data, digest_size=DIGEST_SIZE).digest()
