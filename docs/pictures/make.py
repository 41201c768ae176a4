"""Draws the pictures of the sample archive: `python docs/pictures/make.py [NAME...]`.

What lives here: the tools (colours, canvas, rendering) and the list of which drawing lies beside which article. The
drawings themselves are in `space.py`, `earth.py`, `people.py` and `charts.py` next to this file, each a function that returns the inside
of an SVG of 1600 by 1000 units. They are drawn by program and not by hand so that all of them share one palette and can
be made again at another size; they are kept in `content/` as JPEG or PNG because that is what a newsroom has beside its
text. Chromium renders them, since it shapes Nastaliq and Naskh, which Pillow's SVG-less world does not.

Needs the development extra (`playwright`) and a Chromium: the one Playwright installs, or `CHROMIUM=/path`.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import charts
import earth
import people
import space
from palette import HEIGHT, PAPER, WIDTH

CONTENT = Path(__file__).resolve().parents[2] / "content"
LARGEST = 200_000  # bytes: a page of the sample archive must stay light on a slow line

PICTURES: dict[str, Callable[[], str]] = {
    "ur/1969/07/1969-07-moon-landing-ur-1.jpg": space.moon_lander,
    "ur/1989/11/1989-11-09-berlin-wall-ur-1.jpg": people.broken_wall,
    "en/1990/1990-04-24-hubble-launch-en-1.jpg": space.hubble,
}


def document(inside: str) -> str:
    return (
        f'<!doctype html><meta charset="utf-8"><style>*{{margin:0}}svg{{display:block}}</style>'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>{inside}</svg>'
    )


def write(picture: bytes, target: Path) -> int:
    """Save as the suffix says, in the best quality that stays under `LARGEST`. Returns the size in bytes."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".png":
        image.quantize(colors=128, dither=Image.Dither.NONE).save(target, optimize=True)
        return target.stat().st_size
    for quality in (90, 85, 80, 72, 64):
        image.save(target, quality=quality, optimize=True, progressive=True)
        if target.stat().st_size < LARGEST:
            break
    return target.stat().st_size


def main(wanted: list[str]) -> int:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    heavy = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, draw in PICTURES.items():
            if wanted and not any(word in name for word in wanted):
                continue
            page.set_content(document(draw()))
            page.evaluate("document.fonts.ready")
            size = write(page.screenshot(type="png"), CONTENT / name)
            heavy += size >= LARGEST
            print(f"{size:>7} {name}")
        browser.close()
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
