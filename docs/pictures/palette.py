"""The colours and the few shapes that all pictures of the sample archive share."""

from __future__ import annotations

import random

WIDTH, HEIGHT = 1600, 1000
PAPER, INK, GREEN, OCHRE, BRICK = "#fbfaf6", "#1b1a17", "#0d5c4d", "#c98a2b", "#a4432f"
DEEP, MIST, SAND, STONE, PALE = "#0a2f29", "#cfdcd5", "#ead9b5", "#b9b2a3", "#e9e4d8"
NIGHT = "#12211f"


def rect(x: float, y: float, w: float, h: float, fill: str, extra: str = "") -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" fill="{fill}" {extra}/>'


def circle(x: float, y: float, r: float, fill: str, extra: str = "") -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}" {extra}/>'


def polygon(points: list[tuple[float, float]], fill: str, extra: str = "") -> str:
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}" {extra}/>'


def path(d: str, fill: str = "none", stroke: str = "none", width: float = 0, extra: str = "") -> str:
    return (
        f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" '
        f'stroke-linejoin="round" stroke-linecap="round" {extra}/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float, extra: str = "") -> str:
    return path(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}", stroke=stroke, width=width, extra=extra)


def stars(seed: int, count: int, bottom: float = HEIGHT, colour: str = PAPER) -> str:
    """Points scattered evenly over the sky down to `bottom`, the same for the same seed."""
    dice = random.Random(seed)
    return "".join(
        circle(
            dice.uniform(0, WIDTH),
            dice.uniform(0, bottom),
            dice.choice((1.6, 2, 2, 2.6, 3.4)),
            colour,
            f'opacity="{dice.uniform(0.35, 0.95):.2f}"',
        )
        for _ in range(count)
    )


def smooth(points: list[tuple[float, float]], closed: bool = False) -> str:
    """A path through all points (Catmull-Rom as cubic Béziers)."""
    n = len(points)

    def at(i: int) -> tuple[float, float]:
        return points[i % n] if closed else points[max(0, min(n - 1, i))]

    d = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for i in range(n if closed else n - 1):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = at(i - 1), at(i), at(i + 1), at(i + 2)
        d += (
            f"C{x1 + (x2 - x0) / 6:.1f} {y1 + (y2 - y0) / 6:.1f} "
            f"{x2 - (x3 - x1) / 6:.1f} {y2 - (y3 - y1) / 6:.1f} {x2:.1f} {y2:.1f}"
        )
    return d + ("Z" if closed else "")


NASTALIQ, NASKH, SERIF = "Noto Nastaliq Urdu", "Noto Naskh Arabic", "Noto Serif"
HEBREW = "Noto Serif Hebrew"


def words(
    x: float,
    y: float,
    text: str,
    size: float,
    colour: str = INK,
    face: str = SERIF,
    anchor: str = "middle",
    weight: int = 400,
) -> str:
    """Text with its middle, or its left or right end (`start`, `end`, as seen), at `x`."""
    direction = "rtl" if face in (NASTALIQ, NASKH, HEBREW) else "ltr"
    if direction == "rtl" and anchor != "middle":
        anchor = "end" if anchor == "start" else "start"
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{face}" font-size="{size}" fill="{colour}" '
        f'text-anchor="{anchor}" font-weight="{weight}" direction="{direction}">{text}</text>'
    )


def person(x: float, foot: float, height: float, colour: str = INK) -> str:
    """A standing figure, no more than a silhouette."""
    u = height / 8
    return "".join(
        (
            circle(x, foot - height + u, u * 0.8, colour),
            path(
                f"M{x - 1.1 * u} {foot - height + 2.3 * u}q{1.1 * u} {-0.5 * u} {2.2 * u} 0l{0.35 * u}"
                f" {2.9 * u}h{-0.5 * u}"
                f"l{-0.35 * u} {-1.8 * u}l{0.1 * u} {4.6 * u}h{-0.75 * u}l{-0.15 * u} {-2.9 * u}l{-0.15 * u} {2.9 * u}"
                f"h{-0.75 * u}l{0.1 * u} {-4.6 * u}l{-0.35 * u} {1.8 * u}h{-0.5 * u}Z",
                colour,
                colour,
                u * 0.12,
            ),
        )
    )
