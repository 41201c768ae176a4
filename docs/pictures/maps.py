"""Maps, drawn from a few points chosen by hand.

They show where a thing lies next to another; they are no surveys, and no line on them takes a side about a border.
"""

from __future__ import annotations

from palette import (
    BRICK,
    GREEN,
    HEIGHT,
    INK,
    MIST,
    NASKH,
    NASTALIQ,
    OCHRE,
    PAPER,
    SAND,
    SERIF,
    WIDTH,
    circle,
    path,
    rect,
    smooth,
    words,
)


def suez() -> str:
    """The canal between two seas, with its three towns."""
    sea = smooth(
        [
            (-40, 190),
            (120, 200),
            (300, 150),
            (470, 130),
            (640, 168),
            (760, 190),
            (860, 206),
            (1060, 190),
            (1300, 222),
            (1640, 150),
        ]
    )
    canal = smooth([(800, 204), (804, 330), (802, 440), (806, 520), (830, 590), (856, 640), (842, 710), (842, 790)])
    delta = "M330 720C180 560 130 380 120 206C300 150 470 130 640 168C590 380 500 560 330 720Z"
    arms = ("M330 1040C310 900 350 820 330 720C230 560 210 380 270 160", "M330 720C450 580 520 400 540 144")
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, SAND),
            path(delta, "#b9cdb0"),
            *(path(d, stroke="#2f7d6d", width=12) for d in arms),
            path(sea + "L1640 -20L-40 -20Z", GREEN),
            *(
                path(f"M{x} {y}q30 -14 60 0t60 0", stroke="#2f7d6d", width=5)
                for x, y in ((140, 90), (420, 50), (700, 100), (1330, 70), (1460, 120))
            ),
            path("M842 784C800 860 786 930 800 1040H1130C1080 960 960 880 900 836C880 820 860 800 842 784Z", GREEN),
            path(canal, stroke=PAPER, width=24),
            path(canal, stroke=GREEN, width=12),
            f'<ellipse cx="806" cy="520" rx="22" ry="30" fill="{GREEN}"/>',
            f'<ellipse cx="852" cy="640" rx="26" ry="52" transform="rotate(-14 852 640)" fill="{GREEN}"/>',
            *(circle(x, y, 16, BRICK) + circle(x, y, 6, PAPER) for x, y in ((794, 208), (784, 516), (834, 792))),
            words(850, 284, "بورسعيد", 48, INK, NASKH, "start", 700),
            words(870, 534, "الإسماعيلية", 48, INK, NASKH, "start", 700),
            words(786, 800, "السويس", 48, INK, NASKH, "end", 700),
            words(1040, 96, "البحر المتوسط", 46, PAPER, NASKH),
            words(1250, 560, "سيناء", 64, "#8a6a2c", NASKH),
            words(930, 980, "خليج السويس", 34, PAPER, NASKH),
            words(405, 400, "دلتا النيل", 44, GREEN, NASKH),
        )
    )


RIVERS: dict[str, tuple[str, list[tuple[float, float]]]] = {
    # the six rivers, from the mountains to where each joins the next; x and y in the drawing's units
    "سندھ": (
        GREEN,
        [
            (1330, 130),
            (1130, 110),
            (930, 120),
            (820, 210),
            (760, 330),
            (690, 470),
            (600, 620),
            (520, 740),
            (430, 850),
            (330, 960),
        ],
    ),
    "جہلم": (GREEN, [(1010, 230), (920, 290), (880, 380), (790, 470), (760, 540)]),
    "چناب": (
        GREEN,
        [(1230, 310), (1090, 330), (960, 400), (850, 500), (760, 540), (700, 610), (650, 690), (590, 740), (505, 762)],
    ),
    "راوی": (OCHRE, [(1240, 390), (1110, 420), (980, 500), (860, 560), (720, 590)]),
    "بیاس": (OCHRE, [(1320, 440), (1210, 470), (1130, 540), (1060, 560)]),
    "ستلج": (OCHRE, [(1500, 470), (1360, 540), (1200, 560), (1060, 570), (900, 640), (770, 690), (650, 690)]),
}


def indus() -> str:
    """The six rivers of the Indus basin in two colours."""
    ridges = (
        [
            (700 + i * 30, 40 + i * 26),
            (900 + i * 20, 30 + i * 30),
            (1200, 70 + i * 34),
            (1420, 190 + i * 30),
            (1620, 300 + i * 30),
        ]
        for i in range(6)
    )
    out = [rect(0, 0, WIDTH, HEIGHT, PAPER), *(path(smooth(ridge), stroke="#eee8da", width=12) for ridge in ridges)]
    out.append(path("M-20 880Q120 900 250 940T420 1020H-20Z", MIST))
    out.extend(path(smooth(points), stroke=colour, width=13) for colour, points in RIVERS.values())
    places = {
        "سندھ": (610, 380),
        "جہلم": (1000, 190),
        "چناب": (1310, 300),
        "راوی": (1320, 385),
        "بیاس": (1410, 430),
        "ستلج": (1500, 590),
    }
    for name, (x, y) in places.items():
        out.append(words(x, y, name, 44, RIVERS[name][0] if RIVERS[name][0] == GREEN else "#94611a", NASTALIQ))
    out.append(words(130, 960, "بحیرۂ عرب", 34, GREEN, NASTALIQ))
    out.append(rect(1430, 800, 60, 14, GREEN) + words(1400, 822, "مغربی دریا: پاکستان", 40, INK, NASTALIQ, "end"))
    out.append(rect(1430, 890, 60, 14, OCHRE) + words(1400, 912, "مشرقی دریا: انڈیا", 40, INK, NASTALIQ, "end"))
    return "".join(out)


def faults() -> str:
    """The East Anatolian Fault and the two shocks of 6 February 2023."""
    coast = (
        "M-20 640C120 650 260 700 420 690C520 684 560 640 600 650C650 664 640 740 620 800C606 850 622 930 616 1020H-20Z"
    )
    fault_a = smooth([(640, 830), (690, 700), (760, 610), (860, 530), (980, 460), (1120, 390), (1260, 330)])
    fault_b = smooth([(640, 360), (760, 386), (880, 370), (1010, 340), (1080, 330)])
    border = smooth(
        [(622, 830), (700, 800), (740, 720), (860, 690), (1010, 704), (1180, 690), (1360, 700), (1640, 660)]
    )
    rings = "".join(
        circle(x, y, r, "none", f'stroke="{BRICK}" stroke-width="4" opacity="{o}"')
        for x, y, k in ((800, 578, 1.0), (838, 378, 0.8))
        for r, o in ((40 * k, 0.9), (80 * k, 0.55), (130 * k, 0.3))
    )
    towns = {
        "Gaziantep": (890, 640, "start"),
        "Antakya": (650, 800, "end"),
        "Aleppo": (850, 850, "start"),
        "Malatya": (1010, 270, "start"),
        "Adana": (480, 620, "end"),
        "Diyarbakır": (1290, 440, "start"),
    }
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, SAND),
            path(coast, MIST),
            path(coast, stroke="#8fb5a8", width=5),
            *(
                path(f"M{x} {y}q26 -12 52 0t52 0", stroke="#8fb5a8", width=4)
                for x, y in ((90, 780), (300, 830), (170, 920), (420, 930))
            ),
            path(border, stroke=INK, width=3, extra='stroke-dasharray="14 10" opacity=".5"'),
            path(fault_a, stroke=BRICK, width=10),
            path(fault_b, stroke=BRICK, width=10),
            rings,
            circle(800, 578, 15, BRICK),
            circle(838, 378, 13, BRICK),
            words(770, 556, "7.8", 46, BRICK, SERIF, "end", 700),
            words(810, 340, "7.5", 42, BRICK, SERIF, "end", 700),
            *(
                circle(x, y, 8, INK) + words(x + (18 if a == "start" else -18), y + 12, name, 34, INK, SERIF, a)
                for name, (x, y, a) in towns.items()
            ),
            words(1120, 560, "TURKEY", 40, "#8a6a2c", SERIF),
            words(1180, 800, "SYRIA", 40, "#8a6a2c", SERIF),
            words(240, 880, "Mediterranean", 34, GREEN, SERIF),
        )
    )
