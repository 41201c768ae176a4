"""Charts and diagrams: a throw, a warming, a collision, two tilings, a needle."""

from __future__ import annotations

import cmath
import math
import random

from palette import (
    BRICK,
    GREEN,
    HEIGHT,
    INK,
    MIST,
    NASTALIQ,
    NIGHT,
    OCHRE,
    PALE,
    PAPER,
    SAND,
    SERIF,
    STONE,
    WIDTH,
    circle,
    line,
    path,
    polygon,
    rect,
    smooth,
    words,
)

# Yearly global surface temperature against 1951-1980 in hundredths of a degree Celsius, every five years from 1880,
# then 2023: read off the published NASA GISTEMP series and rounded.
WARMTH = (
    (1880, -17),
    (1885, -33),
    (1890, -35),
    (1895, -23),
    (1900, -9),
    (1905, -26),
    (1910, -44),
    (1915, -14),
    (1920, -27),
    (1925, -22),
    (1930, -16),
    (1935, -20),
    (1940, 13),
    (1945, 9),
    (1950, -17),
    (1955, -14),
    (1960, -3),
    (1965, -11),
    (1970, 3),
    (1975, -1),
    (1980, 26),
    (1985, 12),
    (1990, 45),
    (1995, 45),
    (2000, 39),
    (2005, 68),
    (2010, 72),
    (2015, 90),
    (2020, 101),
    (2023, 117),
)


def javelin() -> str:
    """The three medal throws of Paris as arcs over the field, to scale."""
    x0, ground, metre = 130.0, 800.0, 14.6

    def arc(distance: float, height: float, colour: str, width: float) -> str:
        x1 = x0 + distance * metre
        return path(
            f"M{x0} {ground - 20}Q{(x0 + x1) / 2 - 20} {ground - 2 * height} {x1} {ground}", stroke=colour, width=width
        )

    marks = "".join(
        line(x0 + d * metre, ground, x0 + d * metre, ground + 18, INK, 3)
        + words(x0 + d * metre, ground + 62, str(d), 34, INK, SERIF)
        for d in range(0, 100, 20)
    )
    record = x0 + 90.57 * metre
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, PAPER),
            rect(0, ground, WIDTH, 200, MIST),
            line(0, ground, WIDTH, ground, GREEN, 6),
            arc(88.54, 290, OCHRE, 5),
            arc(89.45, 305, STONE, 5),
            arc(92.97, 345, GREEN, 11),
            marks,
            line(record, 470, record, ground, BRICK, 4, 'stroke-dasharray="12 10"'),
            words(record - 22, 510, "90.57", 40, BRICK, SERIF, "end"),
            words(record - 22, 585, "پرانا ریکارڈ", 34, BRICK, NASTALIQ, "end"),
            '<g transform="translate(770 447) rotate(4)">',
            line(-170, 0, 170, 0, INK, 9),
            polygon([(170, -9), (218, 0), (170, 9)], INK),
            rect(-34, -9, 68, 18, BRICK),
            "</g>",
            words(x0 + 620, 320, "92.97 m", 96, GREEN, SERIF, "middle", 700),
            words(800, 950, "ارشد ندیم 92.97 · نیرج چوپڑا 89.45 · اینڈرسن پیٹرز 88.54", 36, INK, NASTALIQ),
            runner(x0 - 30, ground),
        )
    )


def runner(x: float, foot: float) -> str:
    return "".join(
        (
            circle(x + 4, foot - 168, 19, INK),
            line(x, foot - 142, x - 12, foot - 78, INK, 30),
            line(x - 12, foot - 78, x + 34, foot - 44, INK, 17),
            line(x + 34, foot - 44, x + 40, foot, INK, 15),
            line(x - 12, foot - 78, x - 34, foot - 36, INK, 17),
            line(x - 34, foot - 36, x - 66, foot - 2, INK, 15),
            line(x, foot - 140, x + 46, foot - 160, INK, 13),
            line(x - 4, foot - 140, x - 48, foot - 168, INK, 13),
        )
    )


def warming() -> str:
    """A line of yearly temperature over stripes of the same years."""
    left, right, zero, degree = 150.0, 1500.0, 600.0, 330.0

    def at(year: int, hundredths: int) -> tuple[float, float]:
        return left + (year - 1880) / 143 * (right - left), zero - hundredths / 100 * degree

    points = [at(*pair) for pair in WARMTH]
    stripes = []
    for (year, value), (after, _) in zip(WARMTH, (*WARMTH[1:], (2028, 0)), strict=True):
        x, x1 = at(year, 0)[0], min(right + 20, at(after, 0)[0])
        colour, strength = (BRICK, value / 117) if value > 0 else (GREEN, -value / 60)
        stripes.append(rect(x, 130, x1 - x + 1, 720, colour, f'opacity="{0.06 + 0.30 * strength:.2f}"'))
    grid = "".join(
        line(
            left,
            zero - d * degree,
            right + 20,
            zero - d * degree,
            INK if d == 0 else STONE,
            3 if d == 0 else 2,
            "" if d == 0 else 'stroke-dasharray="6 10"',
        )
        + words(left - 22, zero - d * degree + 12, f"{d:+.1f}°" if d else "0°", 34, INK, SERIF, "end")
        for d in (-0.5, 0.0, 0.5, 1.0)
    )
    years = "".join(words(at(y, 0)[0], 910, str(y), 34, INK, SERIF) for y in range(1880, 2021, 20))
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, PAPER),
            *stripes,
            grid,
            path(smooth(points), stroke=INK, width=9),
            circle(*points[-1], 15, BRICK),
            words(points[-1][0] - 30, points[-1][1] + 8, "2023", 38, BRICK, SERIF, "end", 700),
            years,
            words(left, 88, "Global temperature, °C above or below the mean of 1951–1980", 38, INK, SERIF, "start"),
        )
    )


def collision() -> str:
    """Tracks bending away from one point through the rings of a detector."""
    dice = random.Random(125)
    x, y = 800, 500
    rings = "".join(
        circle(x, y, r, "none", f'stroke="{c}" stroke-width="{w}" opacity="{o}"')
        for r, c, w, o in (
            (110, MIST, 3, 0.4),
            (150, MIST, 3, 0.35),
            (215, OCHRE, 26, 0.22),
            (300, GREEN, 60, 0.75),
            (410, "#1d3a34", 90, 1),
            (540, "#1a302c", 70, 1),
        )
    )
    tracks = []
    for i in range(54):
        turn = math.tau * i / 54 + dice.uniform(-0.06, 0.06)
        reach, bend = dice.uniform(150, 390), dice.uniform(-0.7, 0.7)
        ends = [
            (x + reach * t * math.cos(turn + bend * t * t), y + reach * t * math.sin(turn + bend * t * t))
            for t in (0.0, 0.33, 0.66, 1.0)
        ]
        tracks.append(path(smooth(ends), stroke=dice.choice((SAND, SAND, MIST, OCHRE)), width=3, extra='opacity=".75"'))
    for turn, colour in ((-0.62, BRICK), (2.36, BRICK), (0.42, PAPER), (3.7, PAPER)):
        tracks.append(
            path(f"M{x} {y}L{x + 640 * math.cos(turn):.0f} {y + 640 * math.sin(turn):.0f}", stroke=colour, width=9)
        )
    cells = "".join(
        rect(-9, -262 - h, 18, h, OCHRE, f'transform="translate({x} {y}) rotate({a})" opacity=".9"')
        for a, h in ((i * 9, dice.uniform(4, 22) + (90 if i in (6, 29) else 0)) for i in range(40))
    )
    return "".join((rect(0, 0, WIDTH, HEIGHT, NIGHT), rings, cells, *tracks, circle(x, y, 12, PAPER)))


def _inside(z: complex, centre: complex) -> complex:
    """Move the Poincaré disc so that `centre` comes to 0."""
    return (z - centre) / (1 - centre.conjugate() * z)


def hyperbolic() -> str:
    """The hyperbolic plane tiled by triangles with angles of 1/2, 1/3 and 1/7 of a half turn, coloured by parity.

    Every point is folded into one triangle by reflections in its three sides; the number of reflections gives the
    colour. The picture is made of horizontal runs of one colour, two units high.
    """
    p, q = 7, 3
    alpha, beta = math.pi / p, math.pi / q
    # the third side is a circle orthogonal to the unit circle: its centre lies on the first side's ray (the x axis)
    scale = 1 / math.sqrt(math.cos(beta) ** 2 - math.sin(alpha) ** 2)
    centre, radius = math.cos(beta) * scale, math.sin(alpha) * scale
    normal = complex(-math.sin(alpha), math.cos(alpha))

    def parity(z: complex) -> int:
        flips = 0
        for _ in range(60):
            moved = False
            if z.imag < 0:
                z, moved = z.conjugate(), True
                flips += 1
            side = z.real * normal.real + z.imag * normal.imag
            if side > 1e-12:
                z, moved = z - 2 * side * normal, True
                flips += 1
            d = z - centre
            if abs(d) < radius - 1e-12:
                z, moved = centre + d * (radius / abs(d)) ** 2, True
                flips += 1
            if not moved:
                break
        return flips % 2

    size, step = 450, 2
    runs = []
    shift = cmath.rect(0.22, 0.9)
    for row in range(-size, size, step):
        start, colour = None, 0
        for column in range(-size, size + step, step):
            z = complex(column, row) / size
            value = -1 if abs(z) >= 0.995 else parity(_inside(z, shift))
            if value != colour or start is None:
                if start is not None and colour >= 0:
                    runs.append(
                        f'<path d="M{800 + start} {500 + row}h{column - start}v{step + 0.6}h-{column - start}z"'
                        f' fill="{(GREEN, SAND)[colour]}"/>'
                    )
                start, colour = column, value
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, PALE),
            circle(800, 500, 462, INK),
            circle(800, 500, 452, "#4b7a63"),
            '<g shape-rendering="crispEdges">',
            *runs,
            "</g>",
            circle(800, 500, 452, "none", f'stroke="{OCHRE}" stroke-width="8"'),
        )
    )


def penrose() -> str:
    """Penrose's rhombs, grown by dividing triangles of the golden ratio."""
    golden = (1 + math.sqrt(5)) / 2
    triangles: list[tuple[int, complex, complex, complex]] = []
    for i in range(10):
        b, c = cmath.rect(1, (2 * i - 1) * math.pi / 10), cmath.rect(1, (2 * i + 1) * math.pi / 10)
        triangles.append((0, 0j, c, b) if i % 2 == 0 else (0, 0j, b, c))
    for _ in range(5):
        grown = []
        for kind, a, b, c in triangles:
            if kind == 0:
                p = a + (b - a) / golden
                grown += [(0, c, p, b), (1, p, c, a)]
            else:
                q, r = b + (a - b) / golden, b + (c - b) / golden
                grown += [(1, r, c, a), (1, q, r, b), (0, r, q, a)]
        triangles = grown
    scale = 1010

    def at(z: complex) -> tuple[float, float]:
        return 800 + z.real * scale, 500 + z.imag * scale

    fills, edges = [], []
    for kind, a, b, c in triangles:
        ring = abs(b + c) / 2  # of the side that two triangles of one rhomb share, so that both halves agree
        if kind == 0:
            colour = BRICK if 0.30 < ring < 0.36 else OCHRE if ring < 0.5 else "#d9a550"
        else:
            colour = GREEN if int(ring * 9) % 2 else "#2f7667"
        fills.append(polygon([at(a), at(b), at(c)], colour, f'stroke="{colour}" stroke-width="1"'))
        (x1, y1), (x2, y2), (x3, y3) = at(c), at(a), at(b)
        edges.append(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}L{x3:.1f} {y3:.1f}")
    return "".join((rect(0, 0, WIDTH, HEIGHT, PAPER), *fills, path("".join(edges), stroke=PAPER, width=6)))


def needle() -> str:
    """The forked needle of the last campaign, with a drop between its points; behind it the spots that went away."""
    spots = "".join(
        circle(
            70 + column * 74,
            80 + row * 74,
            max(3, 24 - column * 1.15),
            BRICK,
            f'opacity="{max(0.05, 0.6 - column * 0.028):.2f}"',
        )
        for column in range(20)
        for row in range(12)
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, PAPER),
            spots,
            '<g transform="translate(1080 500) rotate(24)">',
            f'<rect x="-24" y="-640" width="48" height="700" rx="22" fill="{STONE}"/><rect x="-24" y="-640"'
            f' width="18" height="700" rx="9" fill="{PALE}"/>',
            polygon(
                [
                    (-24, 50),
                    (24, 50),
                    (62, 140),
                    (62, 330),
                    (48, 400),
                    (38, 330),
                    (34, 170),
                    (0, 116),
                    (-34, 170),
                    (-38, 330),
                    (-48, 400),
                    (-62, 330),
                    (-62, 140),
                ],
                STONE,
            ),
            polygon([(-24, 50), (0, 50), (0, 116), (-34, 170), (-38, 330), (-48, 400), (-62, 330), (-62, 140)], MIST),
            path(
                "M-37 250C-10 226 10 226 37 250C38 300 34 350 0 366C-34 350 -38 300 -37 250Z",
                GREEN,
                extra='opacity=".92"',
            ),
            path("M-18 270Q-24 300 -12 330", stroke=MIST, width=7),
            "</g>",
        )
    )
