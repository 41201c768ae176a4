"""Pictures of what is old: temples, caves, scrolls."""

from __future__ import annotations

from palette import (
    BRICK,
    GREEN,
    HEIGHT,
    INK,
    MIST,
    OCHRE,
    PAPER,
    SAND,
    WIDTH,
    circle,
    line,
    path,
    person,
    polygon,
    rect,
    smooth,
)


def temple() -> str:
    """The great temple of Abu Simbel, four seated kings in a wall of rock."""

    def king(x: float) -> str:
        return "".join(
            (
                rect(x - 78, 560, 156, 180, "#c99a55"),
                rect(x - 92, 740, 184, 28, "#a8711f"),
                rect(x - 66, 560, 56, 180, "#dcb478"),
                rect(x + 10, 560, 56, 180, "#dcb478"),
                rect(x - 72, 430, 144, 138, "#d5a866"),
                rect(x - 90, 436, 30, 130, "#c99a55"),
                rect(x + 60, 436, 30, 130, "#c99a55"),
                rect(x - 66, 552, 132, 30, "#e4c18a"),
                polygon([(x - 62, 340), (x + 62, 340), (x + 78, 440), (x - 78, 440)], "#b97c22"),
                *(line(x - 60 + s, 352, x - 70 + s * 1.1, 436, "#8a5f17", 4) for s in (0, 14, 110, 122)),
                path(f"M{x - 40} 340H{x + 40}V410Q{x} 450 {x - 40} 410Z", "#e4c18a"),
                path(f"M{x - 44} 342C{x - 40} 262 {x - 20} 250 {x} 250S{x + 40} 262 {x + 44} 342Z", "#d5a866"),
                rect(x - 9, 430, 18, 42, "#b97c22"),
                line(x - 22, 372, x - 8, 372, INK, 4),
                line(x + 8, 372, x + 22, 372, INK, 4),
            )
        )

    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, "#f0dfb8"),
            circle(1330, 190, 86, OCHRE),
            path(
                "M-20 560C60 330 180 190 340 130C560 60 1040 60 1260 130C1420 190 1540 330 1640 560V1020H-20Z",
                "#b98a4a",
            ),
            polygon([(250, 190), (1350, 190), (1400, 770), (200, 770)], "#cfa465"),
            rect(240, 176, 1120, 26, "#a8711f"),
            *(rect(262 + i * 44, 208, 26, 26, "#a8711f") for i in range(25)),
            king(370),
            king(600),
            king(1000),
            king(1230),
            rect(745, 520, 110, 250, INK),
            rect(730, 506, 140, 18, "#a8711f"),
            circle(800, 440, 34, BRICK),
            rect(160, 768, 1280, 30, "#8a5f17"),
            rect(0, 798, WIDTH, 60, SAND),
            rect(0, 852, WIDTH, 150, GREEN),
            *(
                path(f"M{x} {y}q40 -14 80 0t80 0", stroke="#2f7d6d", width=6)
                for x, y in ((100, 900), (460, 940), (860, 905), (1240, 950), (700, 975))
            ),
            path("M1090 880h190l-30 44h-120Z", INK),
            polygon([(1180, 870), (1180, 690), (1290, 862)], PAPER),
        )
    )


def scrolls() -> str:
    """Tall jars in a cave above the Dead Sea, one scroll unrolled."""

    def jar(x: float, s: float, colour: str) -> str:
        return (
            f'<g transform="translate({x} 860) scale({s})">'
            + path(
                "M-70 0C-110 -60 -118 -220 -104 -330C-98 -380 -74 -400 -70 -420H70C74 -400 98 -380 104 -330C118"
                " -220 110 -60 70 0Z",
                colour,
            )
            + path(
                "M-70 0C-110 -60 -118 -220 -104 -330C-98 -380 -74 -400 -70 -420H-20C-60 -300 -70 -120 -30 0Z",
                PAPER,
                extra='opacity=".14"',
            )
            + path("M-86 -424C-80 -480 80 -480 86 -424Z", "#8a5a2c")
            + rect(-16, -492, 32, 26, "#8a5a2c")
            + path("M-108 -300H108M-112 -262H112", stroke="#8a5a2c", width=5, extra='opacity=".6"')
            + "</g>"
        )

    text = "".join(
        line(
            870 + c * 210 + (k * 17) % 30,
            640 + k * 26,
            1044 + c * 210 - (k * 29) % 40,
            640 + k * 26,
            INK,
            7,
            'opacity=".75"',
        )
        for c in range(2)
        for k in range(6)
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, "#3a2c1c"),
            path("M560 120C700 40 1060 50 1240 150C1400 250 1420 430 1340 520H520C440 420 440 220 560 120Z", "#f0dfb8"),
            path("M500 420C640 380 760 400 880 380S1200 350 1380 400L1340 520H520Z", "#9db7ac"),
            rect(505, 450, 855, 40, GREEN),
            path("M495 480C700 460 1100 470 1362 478L1340 540H520Z", "#cfa465"),
            circle(1130, 220, 54, OCHRE),
            path(
                "M-20 -20H1640V1020H-20ZM560 120C440 220 440 420 520 520L560 540H1300L1340 520C1420 430 1400 250"
                " 1240 150C1060 50 700 40 560 120Z",
                "#4d3b26",
                extra='fill-rule="evenodd"',
            ),
            path("M-20 790C300 750 900 800 1640 770V1020H-20Z", "#6b5233"),
            jar(250, 1.05, "#b4763a"),
            jar(470, 0.85, "#a4432f"),
            jar(660, 0.98, "#c98a2b"),
            rect(840, 600, 470, 220, SAND),
            text,
            *(
                f'<rect x="{x}" y="570" width="58" height="280" rx="26" fill="#d8c294"/><rect x="{x + 20}" y="540"'
                ' width="18" height="340" rx="8" fill="#7a5a2b"/>'
                for x in (806, 1286)
            ),
        )
    )


def niche() -> str:
    """The cliff of Bamiyan with its empty niches and caves."""
    caves = "".join(
        path(f"M{x} {y}v-{h}q{h * 0.4:.0f} -{h * 0.6:.0f} {h * 0.8:.0f} 0v{h}Z", "#6b4a2a")
        for x, y, h in (
            (180, 560, 40),
            (260, 500, 34),
            (330, 600, 42),
            (420, 520, 30),
            (940, 560, 38),
            (1010, 470, 34),
            (1080, 610, 42),
            (860, 480, 30),
            (1500, 540, 36),
            (1540, 620, 40),
            (120, 660, 36),
            (390, 660, 34),
            (960, 660, 44),
            (1180, 520, 30),
            (1130, 430, 26),
            (230, 640, 30),
        )
    )
    strata = "".join(
        path(
            smooth([(-20, y), (300, y + d), (700, y - d), (1100, y + d * 0.6), (1640, y - d)]),
            stroke="#b98a4a",
            width=7,
            extra='opacity=".5"',
        )
        for y, d in ((290, 16), (380, -14), (470, 12), (640, -12), (710, 10))
    )

    def hollow(x: float, foot: float, w: float, h: float) -> str:
        return (
            path(
                f"M{x - w} {foot}V{foot - h + w}Q{x - w} {foot - h} {x} {foot - h}T{x + w} {foot - h + w}V{foot}Z",
                "#5a3d22",
            )
            + path(
                f"M{x - w} {foot}V{foot - h + w}Q{x - w} {foot - h} {x} {foot - h}Q{x - w * 0.3}"
                f" {foot - h + w * 0.5} {x - w * 0.35} {foot - h * 0.6}V{foot}Z",
                "#744f2c",
            )
            + path(
                f"M{x - w * 0.3} {foot}V{foot - h * 0.66}Q{x - w * 0.34} {foot - h * 0.74} {x - w * 0.16}"
                f" {foot - h * 0.76}A{w * 0.22} {w * 0.26} 0 1 1 {x + w * 0.16} "
                f"{foot - h * 0.76}Q{x + w * 0.34} {foot - h * 0.74} {x + w * 0.3} {foot - h * 0.66}V{foot}Z",
                SAND,
                extra='opacity=".16"',
            )
        )

    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, "#dfe8e2"),
            path("M-20 260L200 120L380 220L600 90L820 200L1060 70L1300 210L1480 130L1640 220V400H-20Z", MIST),
            path(
                "M200 120L260 180L300 170L380 220L240 230Z M600 90L680 150L720 140L760 180L620 190Z M1060 70L1140"
                " 130L1190 120L1230 176L1080 170Z",
                PAPER,
            ),
            path(
                "M-20 300C100 250 260 240 420 256C700 230 1000 240 1240 252C1400 250 1540 270 1640 300V800H-20Z",
                "#d5a866",
            ),
            strata,
            caves,
            hollow(640, 780, 118, 500),
            hollow(1330, 780, 82, 346),
            path("M-20 780C400 750 1100 790 1640 764V1020H-20Z", "#8fb59f"),
            path("M-20 850C400 810 900 870 1640 830V1020H-20Z", "#2f7667"),
            *(
                "".join(
                    (
                        rect(x - 5, 800, 10, 70, "#7a5a2b"),
                        f'<ellipse cx="{x}" cy="760" rx="20" ry="72" fill="{GREEN}"/>',
                    )
                )
                for x in (90, 140, 196, 880, 930, 1010, 1480, 1530, 1560)
            ),
            path("M-20 930C400 900 1000 960 1640 910V1020H-20Z", GREEN),
            person(760, 850, 54),
            person(790, 852, 50, BRICK),
        )
    )
