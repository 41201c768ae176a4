"""Draws the pictures of the sample archive: `python docs/pictures/make.py [NAME...]`.

What lives here: rendering, and the list of which drawing lies beside which article. `palette.py` has the colours and
shapes that all share; every other file next to this one holds drawings, each a function that returns the inside of an
SVG of 1600 by 1000 units. They are drawn by program and not by hand so that all of them keep one palette and can be
made again at another size; they stand in `content/` as JPEG or PNG because that is what a newsroom has beside its text.
Chromium renders them, because it shapes Nastaliq and Naskh and Pillow reads no SVG.

Needs the development extra (`playwright`) and a Chromium: the one Playwright installs, or `CHROMIUM=/path`.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import antiquity
import buildings
import charts
import earth
import maps
import space
import things
from palette import HEIGHT, PAPER, WIDTH
from PIL import Image
from playwright.sync_api import sync_playwright

CONTENT = Path(__file__).resolve().parents[2] / "content"
LARGEST = 200_000  # bytes: a page of the sample archive must stay light on a slow line

PICTURES: dict[str, Callable[[], str]] = {
    "ur/1957/1957-10-04-sputnik-ur-1.jpg": space.sputnik,
    "ur/1969/07/1969-07-moon-landing-ur-1.jpg": space.moon_lander,
    "en/1990/1990-04-24-hubble-launch-en-1.jpg": space.hubble,
    "ar/2021/2021-02-09-hope-probe-ar-1.jpg": space.hope,
    "ur/2022/07/2022-07-12-james-webb-ur-1.jpg": space.mirror,
    "ur/2023/08/2023-08-23-chandrayaan-3-ur-1.png": space.chandrayaan,
    "ur/2004/12/2004-12-26-tsunami-ur-1.jpg": earth.wave,
    "ur/2005/10/زلزلہ-2005/1.png": earth.quake,
    "ur/2022/08/2022-08-pakistan-floods-ur-1.jpg": earth.flood,
    "ur/undated/k2-ur-1.jpg": earth.mountain,
    "ar/1956/1956-07-suez-nationalisation-ar-1.png": maps.suez,
    "ur/1960/1960-09-19-indus-waters-treaty-ur-1.png": maps.indus,
    "en/2023/02/2023-02-06-turkey-syria-earthquake-en-1.png": maps.faults,
    "ur/1952/02/1952-02-21-language-movement-ur-1.jpg": buildings.minar,
    "ur/1973/10/1973-10-17-oil-crisis-ur-1.jpg": things.oil,
    "ur/1989/11/1989-11-09-berlin-wall-ur-1.jpg": buildings.broken_wall,
    "ur/1990/02/1990-02-11-mandela-ur-1.jpg": buildings.gate,
    "ur/1992/03/ورلڈ-کپ-1992-1.jpg": things.stumps,
    "ar/1968/1968-09-abu-simbel-ar-1.jpg": antiquity.temple,
    "ar/2020/08/2020-08-04-beirut-port-ar-1.jpg": buildings.silos,
    "ar/2022/2022-12-18-world-cup-qatar-ar-1.jpg": buildings.stadium,
    "ar/undated/umm-kulthum-ar-1.jpg": things.singer,
    "fa/undated/nowruz-fa-1.jpg": things.spring_table,
    "ps/2001/03/2001-03-bamiyan-buddhas-ps-1.jpg": antiquity.niche,
    "he/1947/11/1947-11-dead-sea-scrolls-he-1.jpg": antiquity.scrolls,
    "en/undated/the-musalman-handwritten-paper-en-1.png": things.pen,
    "ur/1980/1980-05-08-smallpox-ur-1.png": charts.needle,
    "ur/2012/2012-07-04-higgs-boson-ur-1.png": charts.collision,
    "ur/2024/08/2024-08-08-arshad-nadeem-ur-1.png": charts.javelin,
    "fa/2014/1393-05-maryam-mirzakhani-fa-1.png": charts.hyperbolic,
    "he/2011/2011-10-05-shechtman-nobel-he-1.png": charts.penrose,
    "en/2015/2015-12-12-paris-agreement-en-1.png": charts.warming,
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
        image.quantize(colors=96, dither=Image.Dither.NONE).save(target, optimize=True)
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
            sys.stdout.write(f"{size:>7} {name}\n")
        browser.close()
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
