"""Picture files: their size, their addresses in the site, and the smaller widths they are written in.

The original is kept as it came; widths are WebP. Only raster formats: an SVG is a program in disguise, and article
folders may come from a crawl. Pillow's own bomb limit stands, so a small file cannot fill the memory.
It is imported where there is a picture: most builds have none to look at, and it takes 8 ms of every start.
"""

import hashlib
import io
from pathlib import PurePosixPath

from generator.model import Picture, Rendition
from generator.urls import article_id, shard

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"})
_ROTATION = 0x0112  # EXIF tag of the camera's orientation; values from 5 on lie on their side


def measure(data: bytes) -> tuple[int, int]:
    """(width, height) in pixels as a browser shows the picture. Raises `ValueError` when it is none."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            sideways = image.getexif().get(_ROTATION, 1) >= 5
        with Image.open(io.BytesIO(data)) as image:  # again: reading EXIF reads a PNG, `verify` must come first
            image.verify()
    except (OSError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValueError(str(error)) from error
    return (height, width) if sideways else (width, height)


def scaled(data: bytes, width: int, quality: int) -> bytes:
    """The picture as WebP, `width` pixels wide. The same bytes for the same picture and the same Pillow."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as opened:
        image = ImageOps.exif_transpose(opened)
        if image.mode not in ("RGB", "RGBA"):
            image = image.convert("RGBA" if "transparency" in image.info or image.mode in ("LA", "PA") else "RGB")
        height = max(1, round(image.height * width / image.width))
        image = image.resize((width, height), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()


def picture_url(path: str) -> str:
    """The url of the original: by its name and a digest of its path, in one of 256 folders."""
    where = PurePosixPath(path)
    mark = hashlib.blake2b(path.encode(), digest_size=3).hexdigest()
    suffix = where.suffix.lower()
    return f"/media/{shard(path)}/{article_id(where.stem)}-{mark}{suffix}"


def renditions(path: str, width: int, height: int, widths: tuple[int, ...]) -> Picture:
    """A picture as pages show it. It is never made larger; one that is not much wider than a width has none of it."""
    url = picture_url(path)
    base = url.rpartition(".")[0]
    smaller = tuple(
        Rendition(f"{base}-{wide}.webp", wide, max(1, round(height * wide / width)))
        for wide in sorted(widths)
        if wide < width or (wide == width and not url.endswith(".webp"))
    )
    return Picture(url, width, height, smaller)
