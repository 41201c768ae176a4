"""Pictures of the ground and of water: a wave, an earthquake, a flood, a mountain."""

from __future__ import annotations

import math
import random

from palette import (
    BRICK,
    DEEP,
    GREEN,
    HEIGHT,
    INK,
    MIST,
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


def wave() -> str:
    """One great wave over a small shore."""
    crest = (
        "M-40 760C180 740 360 660 520 500C660 360 800 250 980 232C1130 218 1270 290 1290 410C1300 476 1252 528 1190 520"
        "C1150 514 1132 474 1152 446C1100 452 1070 510 1092 580C1130 700 1330 760 1640 770V1040H-40Z"
    )
    inner = (
        "M-40 840C240 820 460 700 620 560C740 452 840 370 960 352C1010 346 1060 352 1092 376C1010 420 980 520 1010 620"
        "C1060 770 1300 830 1640 830V1040H-40Z"
    )
    low = "M-40 920C300 900 560 800 760 690C800 668 850 650 890 650C900 780 1180 890 1640 888V1040H-40Z"
    dice = random.Random(26)
    foam = "".join(
        circle(
            1010 + dice.uniform(-40, 300),
            238 + dice.uniform(-26, 120) * dice.random(),
            dice.uniform(4, 12),
            PAPER,
            'opacity=".85"',
        )
        for _ in range(34)
    )
    palms = "".join(palm(x, 786, h, lean) for x, h, lean in ((1420, 150, -26), (1500, 120, 18), (1350, 96, -12)))
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, SAND),
            circle(330, 260, 110, OCHRE),
            circle(330, 260, 160, OCHRE, 'opacity=".25"'),
            path(crest, "#1f7565"),
            path(inner, GREEN),
            path(low, DEEP),
            path("M520 500C660 360 800 250 980 232C1130 218 1270 290 1290 410", stroke=PAPER, width=18),
            foam,
            path("M640 590C760 480 850 420 930 410", stroke=MIST, width=7, extra='opacity=".7"'),
            path("M430 700C560 640 660 560 730 510", stroke=MIST, width=7, extra='opacity=".5"'),
            path("M1210 800Q1420 740 1640 782V1040H1100Z", "#d8c294"),
            palms,
            rect(1452, 744, 60, 44, BRICK),
            polygon([(1444, 746), (1482, 716), (1520, 746)], INK),
            path("M-40 960C400 940 700 900 1000 920S1400 960 1640 930V1040H-40Z", "#082520"),
        )
    )


def palm(x: float, foot: float, height: float, lean: float) -> str:
    top, tip = foot - height, x + lean
    leaves = "".join(
        path(f"M{tip} {top}q{dx * 0.5} {dy - 26} {dx} {dy}", stroke=GREEN, width=9)
        for dx, dy in ((-56, 12), (-44, -16), (-12, -40), (30, -30), (54, 2), (46, 26), (-30, 34))
    )
    return path(f"M{x} {foot}Q{x + lean * 0.2} {foot - height * 0.5} {tip} {top}", stroke="#7a5a2b", width=10) + leaves


def quake() -> str:
    """Rings round an epicentre in the hills, and the trace of a seismograph."""
    dice = random.Random(8)
    points = []
    for i in range(0, 1601, 8):
        t = (i - 470) / 1000
        swing = 0.0 if t < 0 else 170 * math.exp(-3.1 * t) * min(1, t * 18)
        points.append((float(i), 800 + dice.uniform(-1, 1) * (swing + 5)))
    trace = "M" + "L".join(f"{x:.0f} {y:.1f}" for x, y in points)
    rings = "".join(
        circle(1010, 350, r, "none", f'stroke="{BRICK}" stroke-width="{w}" opacity="{o}"')
        for r, w, o in ((60, 7, 0.95), (120, 6, 0.8), (195, 5, 0.62), (285, 4, 0.45), (390, 4, 0.3), (510, 3, 0.2))
    )
    hills = "".join(
        path(smooth(p) + "L1640 660L-20 660Z", c)
        for p, c in (
            (
                [
                    (-20, 470),
                    (160, 330),
                    (300, 410),
                    (470, 250),
                    (640, 390),
                    (820, 270),
                    (1000, 350),
                    (1180, 230),
                    (1380, 380),
                    (1640, 280),
                ],
                MIST,
            ),
            (
                [
                    (-20, 560),
                    (200, 470),
                    (420, 540),
                    (620, 430),
                    (820, 520),
                    (1010, 420),
                    (1240, 520),
                    (1430, 450),
                    (1640, 530),
                ],
                "#9db7ac",
            ),
            ([(-20, 620), (260, 570), (520, 610), (800, 560), (1100, 610), (1400, 570), (1640, 610)], GREEN),
        )
    )
    grid = "".join(line(0, y, WIDTH, y, "#d9d2c2", 2) for y in range(680, 960, 40))
    return "".join(
        (
            rect(0, 0, WIDTH, 660, PALE),
            hills,
            '<clipPath id="q"><rect width="1600" height="660"/></clipPath>',
            f'<g clip-path="url(#q)">{rings}</g>',
            circle(1010, 350, 18, BRICK),
            rect(0, 660, WIDTH, 340, PAPER),
            grid,
            rect(0, 655, WIDTH, 10, INK),
            path(trace, stroke=INK, width=4),
            line(470, 690, 470, 930, BRICK, 4, 'stroke-dasharray="10 10"'),
            words(484, 972, "08:50", 34, BRICK, SERIF, "start"),
        )
    )


def flood() -> str:
    """A swollen river seen from above, as contour lines, with roofs standing in it."""
    middle = [
        (-60, 250),
        (180, 300),
        (390, 430),
        (610, 470),
        (820, 430),
        (1030, 480),
        (1240, 620),
        (1450, 660),
        (1680, 760),
    ]
    bands = "".join(
        path(smooth(middle), stroke=c, width=w)
        for w, c in (
            (820, "#f1ead9"),
            (700, "#e6e4d2"),
            (590, "#d3ddd2"),
            (480, "#b5cdc3"),
            (370, "#8fb5a8"),
            (262, "#5a9384"),
            (160, "#2f7667"),
            (64, GREEN),
        )
    )
    dice = random.Random(33)
    roofs = []
    for x, y in (
        (300, 600),
        (372, 640),
        (330, 690),
        (980, 300),
        (1048, 330),
        (1010, 250),
        (1110, 380),
        (640, 700),
        (700, 660),
        (1330, 860),
        (1398, 840),
        (500, 250),
        (560, 220),
    ):
        s = dice.uniform(24, 34)
        turn = dice.uniform(-25, 25)
        roofs.append(
            f'<g transform="translate({x} {y}) rotate({turn:.0f})">{rect(-s, -s * 0.7, 2 * s, s * 0.7, BRICK)}'
            f"{rect(-s, 0, 2 * s, s * 0.7, '#c25a43')}</g>"
        )
    trees = "".join(
        circle(x, y, dice.uniform(12, 20), "#1d6b5b")
        for x, y in (
            (220, 640),
            (420, 720),
            (940, 240),
            (1150, 330),
            (590, 730),
            (760, 720),
            (1440, 900),
            (620, 250),
            (1280, 880),
            (860, 300),
        )
    )
    road = path("M-20 900C300 860 420 780 500 640", stroke=PAPER, width=20) + path(
        "M760 250C860 160 980 90 1100 -20", stroke=PAPER, width=20
    )
    lost = path(
        "M500 640C560 520 660 380 760 250", stroke=PAPER, width=20, extra='stroke-dasharray="2 34" opacity=".7"'
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, SAND),
            bands,
            road,
            lost,
            *roofs,
            trees,
            path(smooth(middle), stroke="#0a473c", width=5, extra='stroke-dasharray="40 26" opacity=".6"'),
        )
    )


def mountain() -> str:
    """K2 as the pyramid that climbers see from Concordia."""
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, MIST),
            circle(1260, 230, 80, PAPER),
            circle(1260, 230, 130, PAPER, 'opacity=".35"'),
            polygon([(-20, 760), (180, 560), (300, 640), (460, 520), (620, 700), (620, 1000), (-20, 1000)], "#9db7ac"),
            polygon(
                [(1640, 720), (1460, 540), (1340, 620), (1200, 500), (1000, 720), (1000, 1000), (1640, 1000)], "#9db7ac"
            ),
            polygon([(800, 110), (1000, 400), (1090, 470), (1330, 860), (270, 860), (520, 480), (590, 440)], "#4d6660"),
            polygon(
                [
                    (800, 110),
                    (590, 440),
                    (520, 480),
                    (270, 860),
                    (640, 860),
                    (700, 620),
                    (760, 560),
                    (745, 400),
                    (800, 300),
                ],
                PAPER,
            ),
            polygon(
                [
                    (800, 110),
                    (800, 300),
                    (745, 400),
                    (760, 560),
                    (700, 620),
                    (640, 860),
                    (760, 860),
                    (850, 640),
                    (830, 520),
                    (880, 380),
                    (850, 280),
                ],
                "#dfe5e0",
            ),
            polygon([(800, 110), (850, 280), (880, 380), (905, 340), (940, 420), (960, 342)], "#8aa39b"),
            polygon(
                [(1000, 400), (960, 560), (1020, 640), (980, 760), (1090, 860), (1330, 860), (1090, 470)], "#3a514b"
            ),
            polygon([(590, 440), (640, 520), (610, 600), (660, 560), (690, 460), (660, 400)], STONE, 'opacity=".6"'),
            polygon([(420, 640), (470, 700), (440, 780), (500, 730), (520, 640), (480, 590)], STONE, 'opacity=".5"'),
            path("M-20 850C260 800 520 830 800 812S1340 800 1640 846V1020H-20Z", PAPER),
            path("M-20 930C400 880 700 930 1000 900S1400 890 1640 920V1020H-20Z", "#dfe5e0"),
            *(
                path(f"M{x} {860 + i * 9}q120 -26 260 -6", stroke="#b9c9c1", width=5)
                for i, x in enumerate((120, 430, 760, 1080, 300, 900))
            ),
            polygon([(1150, 906), (1180, 858), (1210, 906)], BRICK),
            polygon([(1180, 858), (1210, 906), (1196, 906)], "#7d3020"),
            polygon([(1226, 910), (1250, 872), (1274, 910)], OCHRE),
        )
    )
