"""Pictures of what people built, broke and opened."""

from __future__ import annotations

import random

from palette import (
    BRICK,
    GREEN,
    HEIGHT,
    INK,
    MIST,
    OCHRE,
    PALE,
    PAPER,
    SAND,
    STONE,
    WIDTH,
    circle,
    line,
    path,
    person,
    polygon,
    rect,
)


def broken_wall() -> str:
    """Concrete slabs, one fallen out, and morning in the gap."""
    dice = random.Random(9)
    parts = [
        rect(0, 0, WIDTH, 780, SAND),
        circle(810, 590, 210, OCHRE),
        circle(810, 590, 290, OCHRE, 'opacity=".25"'),
        circle(810, 590, 390, OCHRE, 'opacity=".14"'),
        # the city behind: towers of both sides
        polygon([(560, 780), (560, 640), (600, 640), (600, 610), (640, 610), (640, 780)], GREEN, 'opacity=".55"'),
        polygon([(680, 780), (680, 560), (694, 470), (708, 560), (708, 780)], GREEN, 'opacity=".55"'),
        circle(694, 540, 26, GREEN, 'opacity=".75"'),
        polygon([(750, 780), (750, 680), (850, 680), (850, 780)], GREEN, 'opacity=".55"'),
        polygon([(880, 780), (880, 650), (930, 620), (980, 650), (980, 780)], GREEN, 'opacity=".55"'),
        polygon([(1010, 780), (1010, 590), (1060, 590), (1060, 780)], GREEN, 'opacity=".55"'),
        rect(0, 770, WIDTH, 230, "#8d8576"),
        rect(0, 770, WIDTH, 12, "#7b7466"),
    ]
    for x in (-120, 70, 260, 1150, 1340, 1530):
        parts.append(rect(x, 250, 192, 560, STONE))
        parts.append(rect(x + 162, 250, 24, 560, "#a39b8a"))
        parts.append(f'<rect x="{x - 4}" y="212" width="194" height="64" rx="32" fill="#cbc5b7"/>')
        parts.append(f'<rect x="{x - 4}" y="246" width="194" height="30" rx="15" fill="#a39b8a"/>')
    # ragged edges of the slabs beside the gap
    parts.append(
        polygon(
            [
                (446, 212),
                (520, 212),
                (498, 300),
                (536, 372),
                (500, 452),
                (552, 540),
                (516, 640),
                (560, 730),
                (532, 810),
                (446, 810),
            ],
            STONE,
        )
    )
    parts.append(
        polygon(
            [
                (1154, 212),
                (1088, 212),
                (1112, 310),
                (1070, 392),
                (1104, 480),
                (1060, 566),
                (1100, 650),
                (1052, 740),
                (1078, 810),
                (1154, 810),
            ],
            "#a39b8a",
        )
    )
    for x, y, dx, dy in (
        (500, 452, 40, 6),
        (536, 372, 34, -10),
        (516, 640, 46, 4),
        (1104, 480, -42, 8),
        (1070, 392, -30, -12),
        (1100, 650, -50, 2),
    ):
        parts.append(path(f"M{x} {y}q{dx / 2} {dy - 12} {dx} {dy}", stroke=BRICK, width=6))
    # the paint of the western side
    parts.append(path("M40 640C110 520 160 700 230 560S330 470 420 600", stroke=BRICK, width=26, extra='opacity=".85"'))
    parts.append(path("M20 460C90 400 150 500 210 420S330 380 430 440", stroke=GREEN, width=20, extra='opacity=".8"'))
    parts.append(
        path("M1180 520C1260 420 1310 600 1400 500S1520 420 1620 520", stroke=OCHRE, width=26, extra='opacity=".95"')
    )
    parts.append(
        path("M1190 680C1270 610 1340 720 1420 650S1540 620 1620 690", stroke=GREEN, width=18, extra='opacity=".8"')
    )
    for _ in range(46):
        x, y = dice.gauss(800, 170), dice.uniform(790, 950)
        s = dice.uniform(10, 20) + (y - 780) * 0.2 * dice.uniform(0.3, 1)
        corners = [
            (x + s * dice.uniform(0.7, 1.2) * a, y + s * 0.7 * dice.uniform(0.7, 1.2) * b)
            for a, b in ((-1, 0.3), (-0.5, -0.9), (0.5, -0.8), (1, 0.1), (0.3, 0.9))
        ]
        parts.append(polygon(corners, dice.choice((STONE, "#a39b8a", "#cbc5b7", "#6d6759"))))
    for x, h in ((716, 150), (800, 168), (884, 146)):
        parts.append(person(x, 800, h))
    return "".join(parts)


def minar() -> str:
    """The martyrs' monument of Dhaka: a bowed column between two pairs of straight ones, before a red sun."""

    def column(x: float, top: float, w: float) -> str:
        bars = "".join(rect(x + w * k / 5 - 4, top + 26, 8, 740 - top, "#d9d2c2") for k in range(1, 5))
        return (
            rect(x, top, w, 766 - top, PAPER) + rect(x + 20, top + 20, w - 40, 726 - top, GREEN, 'opacity=".16"') + bars
        )

    middle = ("M690 766V330L640 150H960L910 330V766Z", "M724 766V340L682 180H918L876 340V766Z")
    bars = "".join(path(f"M{730 + 35 * k} 766V340L{696 + 52 * k} 184", stroke="#d9d2c2", width=8) for k in range(5))
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, "#cfe0d6"),
            rect(0, 520, WIDTH, 480, MIST),
            circle(800, 470, 250, BRICK),
            *(
                circle(x, y, r, "#2f7667")
                for x, y, r in ((120, 640, 120), (280, 690, 90), (1340, 680, 100), (1500, 630, 130), (30, 720, 90))
            ),
            column(300, 400, 110),
            column(450, 310, 140),
            column(1010, 310, 140),
            column(1190, 400, 110),
            path(middle[0], PAPER),
            path(middle[1], GREEN, extra='opacity=".16"'),
            bars,
            rect(230, 766, 1140, 26, BRICK),
            rect(180, 792, 1240, 26, "#8b3524"),
            rect(130, 818, 1340, 26, "#742c1d"),
            rect(0, 844, WIDTH, 156, SAND),
            *(person(x, 900 + (i % 3) * 14, 120, INK) for i, x in enumerate((420, 486, 1050, 1130, 1190))),
            *(circle(600 + (i * 53) % 400, 836 + (i * 29) % 18, 7, OCHRE if i % 2 else PAPER) for i in range(26)),
        )
    )


def gate() -> str:
    """A prison gate standing open on a road into the light."""
    bars = "".join(rect(x, 250, 18, 560, INK) for x in range(20, 1600, 62) if not 470 < x < 1110)
    # each leaf stands open towards us: bars further from the hinge are taller, two rails slant with them
    leaf = (
        "".join(
            line(536 + s * (14 + k * 26), 262 - k * 10, 536 + s * (14 + k * 26), 806 + k * 20, INK, 12)
            for s in (1,)
            for k in range(1, 6)
        )
        + line(540, 320, 680, 280, INK, 18)
        + line(540, 720, 680, 800, INK, 18)
    )
    leaf_b = f'<g transform="matrix(-1 0 0 1 1600 0)">{leaf}</g>'
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, SAND),
            circle(800, 520, 170, OCHRE),
            circle(800, 520, 250, OCHRE, 'opacity=".3"'),
            circle(800, 520, 350, OCHRE, 'opacity=".17"'),
            path(
                "M-20 560C200 440 340 520 480 430C600 360 690 500 800 470S1000 380 1130 450S1420 430 1640 540V700H-20Z",
                "#8fae9c",
            ),
            path("M-20 640C300 560 600 640 800 610S1300 560 1640 640V1020H-20Z", GREEN),
            polygon([(775, 618), (825, 618), (1240, 1010), (360, 1010)], PALE),
            polygon([(797, 640), (803, 640), (822, 1010), (778, 1010)], OCHRE),
            bars,
            rect(0, 300, 520, 20, INK),
            rect(0, 700, 520, 20, INK),
            rect(1080, 300, 520, 20, INK),
            rect(1080, 700, 520, 20, INK),
            rect(490, 200, 60, 660, "#3a382f"),
            rect(1050, 200, 60, 660, "#3a382f"),
            rect(478, 180, 84, 30, INK),
            rect(1038, 180, 84, 30, INK),
            '<g opacity=".95">',
            leaf,
            leaf_b,
            "</g>",
            person(770, 880, 230),
            person(850, 880, 214, BRICK),
            line(752, 716, 726, 640, INK, 17),
            circle(724, 634, 14, INK),
        )
    )


def silos() -> str:
    """The broken grain silos on the quay of Beirut."""
    dice = random.Random(4)
    parts = [
        rect(0, 0, WIDTH, HEIGHT, "#e6ddcc"),
        circle(1240, 300, 96, OCHRE, 'opacity=".85"'),
        path("M-20 640C200 560 380 600 560 540S900 480 1120 560S1480 520 1640 590V760H-20Z", MIST),
    ]
    for i in range(26):
        w, h = dice.uniform(34, 70), dice.uniform(40, 150)
        parts.append(rect(i * 62 - 20, 690 - h, w, h + 20, dice.choice(("#b9c9c1", "#a8bdb3", "#c3d0c9"))))
    tops = [330, 318, 322, 350, 420, 470, 400, 520, 610, 640, 560, 650]
    for i, top in enumerate(tops):
        x = 330 + i * 84
        slope = tops[min(i + 1, len(tops) - 1)] - top
        cut = [dice.uniform(-14, 14) if i > 2 else 0.0 for _ in range(4)]
        jag = [(x, 730), *((x + 28 * k, top + slope * k / 3.4 + cut[k]) for k in range(4)), (x + 84, 730)]
        parts.append(polygon(jag, PAPER))
        shade = max(top, tops[min(i + 1, len(tops) - 1)]) + 18
        parts.append(rect(x + 62, shade, 22, 730 - shade, PALE))
        if i > 3:
            parts.append(path(f"M{x + 20} {top + 40}l18 46l-14 40l22 60", stroke=STONE, width=5))
    parts.append(rect(330, 268, 270, 56, PALE))
    parts.append(rect(300, 728, 1070, 20, STONE))
    for _ in range(60):
        x, s = dice.gauss(1120, 190), dice.uniform(10, 34)
        y = 752 - dice.uniform(0, 46) * max(0.0, 1 - abs(x - 1120) / 420)
        parts.append(
            polygon(
                [(x - s, y), (x - s * 0.4, y - s * 0.8), (x + s * 0.5, y - s * 0.6), (x + s, y)],
                dice.choice((STONE, "#a39b8a", "#cbc5b7", BRICK)),
            )
        )
    parts.append(rect(0, 748, WIDTH, 30, "#8d8576") + rect(0, 776, WIDTH, 224, GREEN))
    for x, y, w in ((120, 850, 220), (500, 900, 300), (980, 860, 260), (1300, 930, 240), (240, 960, 200)):
        parts.append(path(f"M{x} {y}q{w / 4} -14 {w / 2} 0t{w / 2} 0", stroke="#2f7d6d", width=6))
    return "".join(parts)


def stadium() -> str:
    """A golden bowl of a stadium by night."""
    ribs = "".join(
        path(
            f"M{x} 690C{x + (800 - x) * 0.04:.0f} 620 {800 + (x - 800) * 1.05:.0f} 520 {800 + (x - 800) * 1.1:.0f} 448",
            stroke="#e2b45f",
            width=4,
        )
        for x in range(330, 1290, 40)
    )
    lattice = "".join(
        path(f"M{x} 690L{800 + (x + d - 800) * 1.1:.0f} 450", stroke="#8a5f17", width=3, extra='opacity=".7"')
        for x in range(330, 1290, 40)
        for d in (-40, 40)
    )
    beams = "".join(
        polygon([(x, 430), (x + 26, 430), (x + d + 150, -20), (x + d - 60, -20)], "#fdf3d3", 'opacity=".08"')
        for x, d in ((420, -200), (620, -80), (800, 0), (960, 110), (1160, 240))
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, "#12211f"),
            *(
                circle((i * 173) % 1600, (i * 97) % 380, 2.2, PAPER, f'opacity="{0.4 + (i % 5) * 0.12:.2f}"')
                for i in range(90)
            ),
            beams,
            circle(1330, 170, 74, PAPER),
            circle(1362, 150, 70, "#12211f"),
            *(
                rect(x, 640 - h, w, h + 60, "#1d3a34")
                for x, w, h in (
                    (40, 60, 150),
                    (120, 44, 230),
                    (180, 70, 110),
                    (1380, 60, 180),
                    (1460, 50, 260),
                    (1530, 60, 130),
                )
            ),
            path("M270 448C420 392 1180 392 1330 448L1290 660Q1280 700 1220 706H380Q320 700 310 660Z", OCHRE),
            '<clipPath id="bowl"><path d="M270 448C420 392 1180 392 1330 448L1290 660Q1280 700 1220 706H380Q320'
            ' 700 310 660Z"/></clipPath>',
            '<g clip-path="url(#bowl)">',
            lattice,
            ribs,
            "</g>",
            '<ellipse cx="800" cy="448" rx="530" ry="62" fill="#e2b45f"/><ellipse cx="800" cy="450" rx="450"'
            f' ry="44" fill="{INK}"/>',
            f'<ellipse cx="800" cy="462" rx="330" ry="22" fill="{GREEN}"/>',
            rect(0, 700, WIDTH, 300, "#0a2f29"),
            polygon([(640, 704), (960, 704), (1180, 1000), (420, 1000)], "#154c42"),
            *(line(800 + (x - 800) * 0.45, 712, x, 1000, "#2f7d6d", 4) for x in (520, 660, 940, 1080)),
            *(
                person(
                    120 + (i * 97) % 1380,
                    880 + (i * 41) % 90,
                    96 + (i * 41) % 90 * 0.5,
                    ("#061a17", "#7d3020", "#8a5f17")[i % 3],
                )
                for i in range(16)
            ),
        )
    )
