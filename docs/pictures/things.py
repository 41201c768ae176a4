"""Pictures of things one can hold, hear or set on a table, and of two that pump and fall."""

from __future__ import annotations

from palette import (
    BRICK,
    GREEN,
    HEIGHT,
    INK,
    MIST,
    NASTALIQ,
    OCHRE,
    PALE,
    PAPER,
    SAND,
    STONE,
    WIDTH,
    circle,
    line,
    path,
    polygon,
    rect,
    words,
)


def oil() -> str:
    """Derricks and a pump on the plain at dusk."""

    def derrick(x: float, foot: float, h: float, colour: str) -> str:
        w = h * 0.22
        out = line(x - w, foot, x - w * 0.2, foot - h, colour, h * 0.022) + line(
            x + w, foot, x + w * 0.2, foot - h, colour, h * 0.022
        )
        for k in range(7):
            a, b = k / 7, (k + 1) / 7
            wa, wb = w * (1 - 0.8 * a), w * (1 - 0.8 * b)
            out += line(x - wa, foot - h * a, x + wb, foot - h * b, colour, h * 0.011)
            out += line(x + wa, foot - h * a, x - wb, foot - h * b, colour, h * 0.011)
            out += line(x - wb, foot - h * b, x + wb, foot - h * b, colour, h * 0.011)
        return out + rect(x - w * 0.34, foot - h - h * 0.03, w * 0.68, h * 0.045, colour)

    pump = "".join(
        (
            polygon([(1070, 800), (1130, 560), (1150, 560), (1210, 800), (1176, 800), (1140, 640), (1104, 800)], INK),
            '<g transform="rotate(-11 1140 560)">',
            rect(880, 542, 470, 34, INK),
            path("M880 470C820 500 820 620 880 650L900 600V520Z", INK),
            rect(1300, 500, 110, 100, BRICK),
            "</g>",
            line(852, 650, 852, 800, INK, 6),
            circle(1360, 720, 58, INK),
            circle(1360, 720, 20, SAND),
            line(1372, 540, 1360, 700, INK, 12),
            rect(1290, 770, 150, 34, INK),
            rect(812, 790, 80, 14, INK),
        )
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, "#f0dfb8"),
            rect(0, 300, WIDTH, 200, "#e9cf98"),
            rect(0, 500, WIDTH, 320, "#e0b565"),
            circle(560, 600, 170, BRICK),
            circle(560, 600, 235, BRICK, 'opacity=".18"'),
            circle(560, 600, 310, BRICK, 'opacity=".1"'),
            path("M-20 740C200 700 420 730 640 716S1100 690 1640 730V1020H-20Z", "#b97c22"),
            derrick(1500, 742, 210, "#6b4a17"),
            derrick(720, 730, 170, "#6b4a17"),
            derrick(130, 748, 250, "#6b4a17"),
            derrick(350, 800, 560, INK),
            path("M-20 800C300 770 700 806 1100 796S1500 790 1640 800V1020H-20Z", GREEN),
            path("M-20 900C300 860 900 900 1640 870V1020H-20Z", "#0a2f29"),
            pump,
        )
    )


def stumps() -> str:
    """Three stumps, a white ball and floodlights."""
    lights = "".join(
        line(x, 640, x, 170, "#2a4a43", 14)
        + rect(x - 84, 90, 168, 96, "#2a4a43")
        + "".join(circle(x - 60 + 40 * i, 116 + 44 * j, 14, "#fdf3d3") for i in range(4) for j in range(2))
        + polygon(
            [(x - 84, 186), (x + 84, 186), (x + 330 * s + 120, 760), (x + 330 * s - 260, 760)],
            "#fdf3d3",
            'opacity=".07"',
        )
        for x, s in ((230, 1), (1370, -1))
    )
    crowd = "".join(
        circle(20 + (i * 37) % 1580, 560 + (i * 61) % 96, 7, (BRICK, OCHRE, MIST, GREEN, PALE)[i % 5], 'opacity=".75"')
        for i in range(330)
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, "#12211f"),
            rect(0, 545, WIDTH, 125, "#1b332f"),
            crowd,
            lights,
            rect(0, 664, WIDTH, 336, GREEN),
            polygon([(560, 664), (1040, 664), (1300, 1000), (300, 1000)], "#d8c294"),
            line(330, 900, 1270, 900, PAPER, 8),
            *(
                rect(x, 350, 34, 530, OCHRE)
                + rect(x, 350, 12, 530, "#e2b45f")
                + f'<ellipse cx="{x + 17}" cy="350" rx="17" ry="8" fill="#e2b45f"/>'
                for x in (700, 783, 866)
            ),
            '<g transform="rotate(-24 650 250)">',
            rect(560, 232, 150, 22, "#e2b45f"),
            rect(616, 226, 44, 34, "#e2b45f"),
            "</g>",
            '<g transform="rotate(32 960 230)">',
            rect(890, 220, 150, 22, "#e2b45f"),
            rect(946, 214, 44, 34, "#e2b45f"),
            "</g>",
            circle(1075, 420, 62, PAPER),
            path("M1040 372Q1084 420 1050 474M1056 364Q1104 420 1068 480", stroke=STONE, width=4),
            *(
                path(
                    f"M{1190 + k * 60} {440 + k * 12}h{110 - k * 14}",
                    stroke=PAPER,
                    width=5,
                    extra=f'opacity="{0.5 - k * 0.14}"',
                )
                for k in range(3)
            ),
        )
    )


def singer() -> str:
    """A microphone of the fifties and a hand's scarf, the sound going out in rings."""
    slots = "".join(rect(706, 300 + 36 * k, 188, 15, INK, 'opacity=".8"') for k in range(7))
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, "#7d2f22"),
            *(
                polygon([(x, 0), (x + 90, 0), (x + 70, 1000), (x + 10, 1000)], "#8f3a2a", 'opacity=".75"')
                for x in range(-40, 1640, 150)
            ),
            *(
                circle(800, 420, r, "none", f'stroke="{SAND}" stroke-width="4" opacity="{o}"')
                for r, o in ((260, 0.6), (350, 0.42), (450, 0.28), (560, 0.18), (680, 0.1))
            ),
            rect(786, 590, 28, 330, "#2a2923"),
            f'<ellipse cx="800" cy="920" rx="170" ry="26" fill="{INK}"/>',
            rect(0, 924, WIDTH, 76, "#4d1b13"),
            f'<rect x="680" y="220" width="240" height="380" rx="112" fill="{PALE}"/>',
            '<clipPath id="mic"><rect x="680" y="220" width="240" height="380" rx="112"/></clipPath>',
            rect(680, 220, 120, 380, PAPER, 'clip-path="url(#mic)"'),
            slots,
            rect(676, 440, 248, 26, OCHRE),
            rect(770, 590, 60, 40, STONE),
            path(
                "M770 668C800 650 836 660 842 684C900 720 880 790 912 830C930 858 920 880 926 904C900 892 872 900"
                " 850 910C856 870 826 850 824 806"
                "C820 770 800 740 790 712C786 770 760 800 762 850C740 842 716 848 700 860C716 810 740 790 744 740"
                "C746 706 752 684 770 668Z",
                MIST,
            ),
            path("M812 690C850 740 846 800 880 890M786 700C776 750 752 790 740 840", stroke="#9db7ac", width=5),
            f'<ellipse cx="806" cy="676" rx="40" ry="24" fill="{PALE}"/>',
        )
    )


def pen() -> str:
    """A reed pen, ink, and a line of Nastaliq with the dots by which its proportions are measured."""
    dots = "".join(
        rect(-13, -13, 26, 26, BRICK, f'transform="translate({x} {y}) rotate(45)"')
        for x, y in ((1250, 250), (1250, 287), (1250, 324), (1250, 361), (1250, 398))
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, SAND),
            rect(120, 90, 1360, 760, PAPER),
            rect(120, 90, 1360, 760, "none", f'stroke="{GREEN}" stroke-width="5"'),
            rect(140, 110, 1320, 720, "none", f'stroke="{OCHRE}" stroke-width="2"'),
            line(200, 520, 1400, 520, "#e3dccb", 3),
            line(200, 360, 1400, 360, "#e3dccb", 3),
            words(800, 500, "روزنامہ", 250, INK, NASTALIQ),
            dots,
            words(1210, 786, "ا ب پ ت ٹ ث ج چ", 44, STONE, NASTALIQ),
            '<g transform="translate(500 790) rotate(-15)">',
            polygon([(0, 0), (70, -24), (620, -30), (620, 30), (70, 24)], "#b97c22"),
            polygon([(0, 0), (70, -24), (620, -30), (620, -8), (70, -4)], "#e2b45f"),
            polygon([(-20, 3), (0, -4), (70, -24), (110, 0), (70, 24), (0, 10)], "#8a5a2c"),
            polygon([(-20, 3), (26, -10), (26, 14)], INK),
            *(line(x, -30, x, 30, "#8a5a2c", 5) for x in (300, 520)),
            "</g>",
            path("M236 700H344L380 820Q390 900 290 900T200 820Z", GREEN),
            f'<ellipse cx="290" cy="700" rx="54" ry="14" fill="{INK}"/>',
        )
    )


def spring_table() -> str:
    """A New Year's table: sprouts, apples, a goldfish, a mirror, candles."""
    blades = "".join(
        path(
            f"M{470 + i * 9} 640q{(i % 5 - 2) * 7} -{90 + (i * 37) % 60} {(i % 7 - 3) * 12} -{130 + (i * 53) % 70}",
            stroke=(GREEN, "#2f7667", "#5a9384")[i % 3],
            width=6,
        )
        for i in range(36)
    )
    apple = "".join(
        circle(x, y, 46, BRICK)
        + circle(x - 14, y - 14, 12, "#c25a43")
        + path(f"M{x} {y - 42}q4 -22 18 -30", stroke="#7a5a2b", width=6)
        for x, y in ((930, 690), (1016, 702), (972, 626))
    )
    candle = "".join(
        rect(x, 430, 30, 220, PAPER)
        + path(f"M{x + 15} 372q26 34 0 56q-26 -22 0 -56Z", OCHRE)
        + rect(x - 22, 650, 74, 18, OCHRE)
        for x in (250, 330)
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, MIST),
            rect(0, 0, WIDTH, 560, "#dfe8e2"),
            path("M1040 60C1180 90 1300 70 1640 20", stroke="#7a5a2b", width=14),
            *(
                circle(x, y, r, "#f3e3df") + circle(x, y, r * 0.35, BRICK)
                for x, y, r in (
                    (1110, 80, 26),
                    (1200, 112, 30),
                    (1290, 66, 24),
                    (1380, 96, 30),
                    (1470, 44, 26),
                    (1250, 30, 22),
                    (1540, 88, 24),
                )
            ),
            rect(0, 690, WIDTH, 310, PAPER),
            *(
                polygon(
                    [(40 + i * 80, 960), (80 + i * 80, 930), (120 + i * 80, 960), (80 + i * 80, 990)],
                    BRICK if i % 2 else GREEN,
                )
                for i in range(19)
            ),
            candle,
            blades,
            path("M450 640H810L770 730H490Z", OCHRE),
            rect(440, 626, 380, 26, "#b97c22"),
            rect(440, 660, 380, 18, BRICK),
            apple,
            path("M860 720H1090Q1080 800 975 800T860 720Z", GREEN),
            circle(1300, 610, 160, "#eef4f1", 'stroke="#9db7ac" stroke-width="6"'),
            path("M1146 570C1200 550 1400 590 1454 570A160 160 0 0 1 1146 650Z", "#b5d3c8"),
            rect(1220, 448, 160, 18, "#9db7ac"),
            path("M1250 640C1290 600 1340 610 1364 640C1340 670 1290 680 1250 640ZL1210 610L1220 642L1208 672Z", BRICK),
            circle(1342, 634, 6, PAPER),
            *(circle(x, y, 32, "#e2b45f") + circle(x, y, 22, OCHRE) for x, y in ((640, 830), (700, 846), (1240, 850))),
            *(
                circle(x, y, 12, "#7d3020")
                for x, y in ((330, 800), (362, 812), (346, 836), (388, 796), (400, 830), (372, 850), (316, 832))
            ),
        )
    )
