"""Pictures of every kind of page: `python tests/browser/screenshots.py OUTPUT FOLDER [LANGUAGE ...]`.

OUTPUT is a built site. For each language and kind of page the largest page is taken, because it has most to go wrong,
at 390 and 1280 px, light and dark. Pages are opened from files, so the pictures also show that the site works there.
Names are `ur-article-390-dark.png`. The browser is the one in `CHROMIUM`, or Playwright's own.
"""

import os
import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTHS = {390: 844, 1280: 900}
SHADES = ("light", "dark")
LANGUAGES = ("ur", "ar", "fa", "he", "en")
# Lazy pictures would be missing from a picture of the whole page.
_READY = """async () => {
    const pictures = [...document.images].filter(image => image.getAttribute("loading"));
    pictures.forEach(image => image.loading = "eager");
    await Promise.all(pictures.map(image => image.decode().catch(() => null)));
    await document.fonts.ready;
}"""
_HEAD = re.compile(r'<html lang="([^"]+)".*?<body class="k-([a-z_]+)"', re.DOTALL)


def pages_by_kind(output: Path, languages: tuple[str, ...]) -> dict[tuple[str, str], Path]:
    """The largest page of each language and kind."""
    best: dict[tuple[str, str], Path] = {}
    for path in sorted(output.rglob("*.html")):
        found = _HEAD.search(path.read_text("utf-8")[:4000])
        if found and found[1] in languages:
            key = (found[1], found[2])
            if key not in best or path.stat().st_size > best[key].stat().st_size:
                best[key] = path
    return best


def take(output: Path, folder: Path, languages: tuple[str, ...] = LANGUAGES, kinds: tuple[str, ...] = ()) -> list[Path]:
    """Writes the pictures into `folder`, and names them."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"])
        for width, height in WIDTHS.items():
            for shade in SHADES:
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=shade)  # type: ignore[arg-type]
                page = context.new_page()
                for (language, kind), path in sorted(pages_by_kind(output, languages).items()):
                    if kind == "moved" or (kinds and kind not in kinds):
                        continue
                    page.goto(path.resolve().as_uri())
                    page.evaluate(_READY)
                    file = folder / f"{language}-{kind}-{width}-{shade}.png"
                    page.screenshot(path=file, full_page=True)
                    taken.append(file)
                context.close()
        browser.close()
    return taken


if __name__ == "__main__":
    chosen = tuple(sys.argv[3:]) or LANGUAGES
    print(f"{len(take(Path(sys.argv[1]), Path(sys.argv[2]), chosen))} pictures in {sys.argv[2]}")  # noqa: T201
