"""Pictures of politics, sport and culture: things people made, broke or won."""

from __future__ import annotations

import random

from palette import BRICK, GREEN, HEIGHT, INK, MIST, OCHRE, PALE, PAPER, SAND, STONE, WIDTH, circle, line, path, polygon, rect


def broken_wall() -> str:
    """Concrete slabs, one fallen out, and morning in the gap."""
    dice = random.Random(9)
    parts = [
        rect(0, 0, WIDTH, 780, SAND), circle(810, 590, 210, OCHRE), circle(810, 590, 290, OCHRE, 'opacity=".25"'),
        circle(810, 590, 390, OCHRE, 'opacity=".14"'),
        # the city behind: towers of both sides
        polygon([(560, 780), (560, 640), (600, 640), (600, 610), (640, 610), (640, 780)], GREEN, 'opacity=".55"'),
        polygon([(680, 780), (680, 560), (694, 470), (708, 560), (708, 780)], GREEN, 'opacity=".55"'),
        circle(694, 540, 26, GREEN, 'opacity=".75"'),
        polygon([(750, 780), (750, 680), (850, 680), (850, 780)], GREEN, 'opacity=".55"'),
        polygon([(880, 780), (880, 650), (930, 620), (980, 650), (980, 780)], GREEN, 'opacity=".55"'),
        polygon([(1010, 780), (1010, 590), (1060, 590), (1060, 780)], GREEN, 'opacity=".55"'),
        rect(0, 770, WIDTH, 230, "#8d8576"), rect(0, 770, WIDTH, 12, "#7b7466"),
    ]
    for x in (-120, 70, 260, 1150, 1340, 1530):
        parts.append(rect(x, 250, 192, 560, STONE))
        parts.append(rect(x + 162, 250, 24, 560, "#a39b8a"))
        parts.append(f'<rect x="{x - 4}" y="212" width="194" height="64" rx="32" fill="#cbc5b7"/>')
        parts.append(f'<rect x="{x - 4}" y="246" width="194" height="30" rx="15" fill="#a39b8a"/>')
    # ragged edges of the slabs beside the gap
    parts.append(polygon([(446, 212), (520, 212), (498, 300), (536, 372), (500, 452), (552, 540), (516, 640), (560, 730),
                          (532, 810), (446, 810)], STONE))
    parts.append(polygon([(1154, 212), (1088, 212), (1112, 310), (1070, 392), (1104, 480), (1060, 566), (1100, 650),
                          (1052, 740), (1078, 810), (1154, 810)], "#a39b8a"))
    for x, y, dx, dy in ((500, 452, 40, 6), (536, 372, 34, -10), (516, 640, 46, 4), (1104, 480, -42, 8), (1070, 392, -30, -12),
                         (1100, 650, -50, 2)):
        parts.append(path(f"M{x} {y}q{dx / 2} {dy - 12} {dx} {dy}", stroke=BRICK, width=6))
    # the paint of the western side
    parts.append(path("M40 640C110 520 160 700 230 560S330 470 420 600", stroke=BRICK, width=26, extra='opacity=".85"'))
    parts.append(path("M20 460C90 400 150 500 210 420S330 380 430 440", stroke=GREEN, width=20, extra='opacity=".8"'))
    parts.append(path("M1180 520C1260 420 1310 600 1400 500S1520 420 1620 520", stroke=OCHRE, width=26, extra='opacity=".95"'))
    parts.append(path("M1190 680C1270 610 1340 720 1420 650S1540 620 1620 690", stroke=GREEN, width=18, extra='opacity=".8"'))
    for _ in range(46):
        x, y = dice.gauss(800, 170), dice.uniform(790, 950)
        s = dice.uniform(10, 20) + (y - 780) * 0.2 * dice.uniform(0.3, 1)
        corners = [(x + s * dice.uniform(0.7, 1.2) * a, y + s * 0.7 * dice.uniform(0.7, 1.2) * b)
                   for a, b in ((-1, 0.3), (-0.5, -0.9), (0.5, -0.8), (1, 0.1), (0.3, 0.9))]
        parts.append(polygon(corners, dice.choice((STONE, "#a39b8a", "#cbc5b7", "#6d6759"))))
    for x, h in ((716, 150), (800, 168), (884, 146)):
        parts.append(person(x, 800, h))
    return "".join(parts)


def person(x: float, foot: float, height: float, colour: str = INK) -> str:
    """A standing figure, no more than a silhouette."""
    u = height / 8
    return "".join((
        circle(x, foot - height + u, u * 0.8, colour),
        path(f"M{x - 1.1 * u} {foot - height + 2.3 * u}q{1.1 * u} {-0.5 * u} {2.2 * u} 0l{0.35 * u} {2.9 * u}h{-0.5 * u}"
             f"l{-0.35 * u} {-1.8 * u}l{0.1 * u} {4.6 * u}h{-0.75 * u}l{-0.15 * u} {-2.9 * u}l{-0.15 * u} {2.9 * u}"
             f"h{-0.75 * u}l{0.1 * u} {-4.6 * u}l{-0.35 * u} {1.8 * u}h{-0.5 * u}Z", colour, colour, u * 0.12),
    ))
