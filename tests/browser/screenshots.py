"""Pictures of every kind of page: `python tests/browser/screenshots.py OUTPUT FOLDER [LANGUAGE ...]`; with `--docs`,
the few that stand in the documentation, as WebP of one window's height.

OUTPUT is a built site. For each language and kind of page the largest page is taken, because it has most to go wrong,
at 390 and 1280 px, light and dark. Pages are opened from files, so the pictures also show that the site works there.
Names are `ur-article-390-dark.png`. The browser is found as the tests find it (`CHROMIUM` first).
"""

import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from conftest import chromium

WIDTHS = {390: 844, 1280: 900}
SHADES = ("light", "dark")
LANGUAGES = ("ur", "ar", "fa", "he", "en")
DOCS = (
    ("ur", "front", 1280, "light"),
    ("ur", "article", 1280, "light"),
    ("ar", "article", 1280, "dark"),
    ("fa", "article", 390, "light"),
    ("he", "article", 390, "dark"),
    ("ur", "article", 390, "light"),
    ("en", "article", 390, "light"),
    ("ur", "terms", 1280, "light"),
    ("ur", "pictures", 1280, "light"),
    ("ur", "year", 1280, "light"),
)
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


def take(output: Path, folder: Path, languages: tuple[str, ...] = LANGUAGES, docs: bool = False) -> list[Path]:
    """Writes the pictures into `folder`, and names them."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    pages = pages_by_kind(output, languages)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for width, height in WIDTHS.items():
            for shade in SHADES:
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=shade)  # type: ignore[arg-type]
                page = context.new_page()
                for (language, kind), path in sorted(pages.items()):
                    if kind == "moved" or (docs and (language, kind, width, shade) not in DOCS):
                        continue
                    page.goto(path.resolve().as_uri())
                    page.evaluate(_READY)
                    file = folder / f"{language}-{kind}-{width}-{shade}.png"
                    page.screenshot(path=file, full_page=not docs)
                    taken.append(_as_webp(file) if docs else file)
                context.close()
        browser.close()
    return taken


def _as_webp(file: Path) -> Path:
    smaller = file.with_suffix(".webp")
    with Image.open(file) as picture:
        picture.convert("RGB").save(smaller, quality=82, method=6)
    file.unlink()
    return smaller


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--docs"]
    target = Path(arguments[1])
    made = take(Path(arguments[0]), target, tuple(arguments[2:]) or LANGUAGES, "--docs" in sys.argv)
    print(f"{len(made)} pictures in {target}")  # noqa: T201
