"""How many dumps of the size of the reference are read in a second: `python tests/bench/bench_reading.py [SECONDS]`.

CPU time of one process, so that a busy machine does not count. The best of the rounds is given: the others were disturbed.
"""

import random
import sys
import time
from pathlib import Path

from generator.readers import ReadingOptions, Source, read

sys.path.insert(0, str(Path(__file__).parents[1]))

from reading_inputs import reference_sized

BATCH = 400


def per_second(suffix: str, seconds: float) -> float:
    """Articles a second in the best round of `BATCH` different articles."""
    source = random.Random(7)
    texts = [reference_sized(source).encode() for _ in range(BATCH)]
    sources = [Source(f"ur/2017/11/a{n}{suffix}") for n in range(BATCH)]
    options = ReadingOptions(language="ur")
    best = 0.0
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        start = time.process_time()
        for data, place in zip(texts, sources, strict=True):
            read(data, place, options)
        best = max(best, BATCH / (time.process_time() - start))
    return best


def main(seconds: float) -> None:
    for suffix, name in ((".txt", "dumps"), (".md", "Markdown without markup")):
        print(f"{name:24} {per_second(suffix, seconds):8,.0f} articles a second on one core")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)
