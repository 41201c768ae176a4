"""Reads random inputs until one crashes, hangs or loses a line: `python tests/bench/fuzz_reading.py [COUNT] [SEED]`.

Half are mixtures of labels, words and signs, read as text and as Markdown; the rest are random bytes, real encodings of
mixtures, and mixtures with pieces cut out or doubled. A run of 200,000 takes about ten minutes on one core. The suite
runs a small share through `tests/properties/test_reading.py`.
"""

import random
import sys
import time
from pathlib import Path

from generator.readers import ReadingOptions, Source, read

sys.path.insert(0, str(Path(__file__).parents[1]))

from reading_inputs import lost, mixture

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1256", "windows-1255", "iso-8859-6", "windows-1252")
SLOW = 1.0
"""Seconds of processor, so that a busy machine does not count."""


def made(source: random.Random) -> tuple[bytes, str | None]:
    """Bytes of an input, and its text when every line of it must be found again."""
    kind = source.random()
    text = mixture(source)
    if kind < 0.6:
        return text.encode(), text
    if kind < 0.8:
        return text.encode(source.choice(ENCODINGS), "ignore"), None
    data = bytearray(text.encode())
    for _ in range(source.randrange(1, 8)):
        at = source.randrange(len(data) + 1)
        match source.randrange(3):
            case 0:
                del data[at : at + source.randrange(1, 40)]
            case 1:
                data[at:at] = source.randbytes(source.randrange(1, 12))
            case _:
                data[at:at] = data[at : at + 60] * source.randrange(1, 20)
    return bytes(data), None


def main(count: int, seed: int) -> int:
    start = time.perf_counter()
    failures = 0
    slowest = 0.0
    for n in range(seed, seed + count):
        source = random.Random(n)
        data, text = made(source)
        path = source.choice(("ur/x.txt", "2016/09/x.txt", "x.md"))
        options = ReadingOptions(
            legacy_encoding=source.choice((None, "windows-1256")), language=source.choice((None, "ur", "en"))
        )
        begun = time.process_time()
        try:
            reading = read(data, Source(path), options)
            gone = lost(text, reading.article) if text and reading.article and path.endswith("txt") else []
        except Exception as error:  # noqa: BLE001 — a crash is what is looked for
            gone = [f"{type(error).__name__}: {error}"]
        took = time.process_time() - begun
        slowest = max(slowest, took)
        if gone or took > SLOW:
            failures += 1
            print(f"seed {n}: {took:.2f} s {gone[:2]}")
        if n % 20_000 == 19_999:
            print(f"{n - seed + 1:,} inputs, {time.perf_counter() - start:.0f} s, {failures} failures", flush=True)
    print(f"{count:,} inputs in {time.perf_counter() - start:.0f} s: {failures} failures, slowest {slowest:.3f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:3]]
    raise SystemExit(main(*(given + [200_000, 0][len(given) :])))
