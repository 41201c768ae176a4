"""Pictures of space flight and of the sky."""

from __future__ import annotations

import math

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
    STONE,
    WIDTH,
    circle,
    line,
    path,
    polygon,
    rect,
    smooth,
    stars,
    words,
)


def moon_lander() -> str:
    """The lander's silhouette on the horizon of the moon, the Earth rising behind it."""
    horizon = smooth([(-20, 735), (220, 700), (480, 712), (760, 690), (1040, 706), (1330, 684), (1640, 716)])
    near = smooth([(-20, 860), (300, 826), (640, 852), (980, 818), (1300, 850), (1640, 822)])
    body = [
        rect(0, 0, WIDTH, HEIGHT, NIGHT),
        stars(11, 190, 690),
        circle(1130, 330, 170, GREEN),
        '<clipPath id="e"><circle cx="1130" cy="330" r="170"/></clipPath><g clip-path="url(#e)">',
        path(
            smooth(
                [(980, 250), (1080, 230), (1140, 262), (1210, 240), (1280, 280), (1230, 320), (1120, 308), (1040, 330)],
                True,
            ),
            MIST,
        ),
        path(
            smooth([(1010, 390), (1110, 372), (1190, 400), (1290, 384), (1300, 440), (1150, 452), (1040, 436)], True),
            MIST,
        ),
        path(smooth([(1060, 180), (1150, 168), (1220, 196), (1160, 206)], True), PAPER),
        '<circle cx="1210" cy="290" r="215" fill="none" stroke="#12211f" stroke-width="150" opacity=".34"/></g>',
        path(horizon + "L1640 1020L-20 1020Z", STONE),
        path(near + "L1640 1020L-20 1020Z", "#a39b8a"),
    ]
    for x, y, r in ((180, 775, 60), (960, 765, 44), (1390, 770, 74), (760, 915, 90), (1240, 935, 52), (250, 945, 50)):
        body.append(f'<ellipse cx="{x}" cy="{y}" rx="{r}" ry="{r * 0.24:.0f}" fill="#8d8576"/>')
        body.append(
            f'<ellipse cx="{x}" cy="{y + r * 0.06:.0f}" rx="{r * 0.86:.0f}" ry="{r * 0.17:.0f}" fill="#a9a191"/>'
        )
    body.append('<ellipse cx="560" cy="796" rx="260" ry="20" fill="#1b1a17" opacity=".28"/>')
    body.append(lander(500, 790))
    return "".join(body)


def lander(x: float, foot: float) -> str:
    """A lunar module seen from the side, standing on `foot`."""
    y = foot
    legs = "".join(
        line(x + s * 84, y - 150, x + s * 168, y - 12, INK, 11)
        + line(x + s * 60, y - 96, x + s * 138, y - 58, INK, 6)
        + f'<ellipse cx="{x + s * 170}" cy="{y - 6}" rx="34" ry="8" fill="{INK}"/>'
        for s in (-1, 1)
    )
    return "".join(
        (
            legs,
            line(x, y - 92, x, y - 10, INK, 9),
            f'<ellipse cx="{x}" cy="{y - 4}" rx="32" ry="7" fill="{INK}"/>',
            polygon([(x - 26, y - 92), (x + 26, y - 92), (x + 44, y - 44), (x - 44, y - 44)], "#3a382f"),
            polygon(
                [
                    (x - 112, y - 170),
                    (x - 78, y - 196),
                    (x + 78, y - 196),
                    (x + 112, y - 170),
                    (x + 112, y - 104),
                    (x + 78, y - 88),
                    (x - 78, y - 88),
                    (x - 112, y - 104),
                ],
                OCHRE,
            ),
            line(x - 40, y - 196, x - 40, y - 88, "#9a6719", 3),
            line(x + 40, y - 196, x + 40, y - 88, "#9a6719", 3),
            polygon(
                [
                    (x - 84, y - 204),
                    (x - 96, y - 262),
                    (x - 62, y - 330),
                    (x + 40, y - 336),
                    (x + 92, y - 284),
                    (x + 86, y - 204),
                ],
                PALE,
            ),
            polygon(
                [
                    (x - 62, y - 330),
                    (x + 40, y - 336),
                    (x + 52, y - 324),
                    (x - 50, y - 302),
                    (x - 84, y - 250),
                    (x - 96, y - 262),
                ],
                PAPER,
            ),
            polygon([(x - 58, y - 296), (x - 14, y - 304), (x - 22, y - 266)], INK),
            polygon([(x + 14, y - 302), (x + 50, y - 296), (x + 24, y - 266)], INK),
            rect(x - 26, y - 250, 52, 46, "#8d8576"),
            line(x + 70, y - 300, x + 108, y - 366, STONE, 5),
            path(f"M{x + 84} {y - 386}A34 34 0 0 0 {x + 138} {y - 352}Z", MIST),
            line(x - 46, y - 330, x - 60, y - 392, STONE, 4),
            circle(x - 60, y - 396, 6, STONE),
            line(x - 112, y - 130, x - 150, y - 60, STONE, 4),
        )
    )


def hubble() -> str:
    """The space telescope above the curve of the Earth."""

    def panel(y: float) -> str:
        cells = "".join(line(-60 + i * 44, y, -60 + i * 44, y + 132, "#e0b565", 2) for i in range(1, 8))
        return rect(-60, y, 352, 132, OCHRE) + cells + line(-60, y + 66, 292, y + 66, "#e0b565", 2)

    tube = "".join(
        (
            line(116, -250, 116, 250, MIST, 10),
            panel(-330),
            panel(198),
            rect(-250, -100, 330, 200, PAPER),
            rect(80, -86, 330, 172, PALE),
            rect(-250, 40, 330, 60, MIST),
            rect(80, 36, 330, 50, STONE),
            rect(-282, -78, 32, 156, STONE),
            rect(60, -104, 24, 208, GREEN),
            *(line(x, -86, x, 86, STONE, 3) for x in (160, 240, 320)),
            *(line(x, -100, x, 100, MIST, 3) for x in (-190, -110, -30)),
            polygon([(410, -86), (428, -92), (540, -226), (516, -240)], MIST),
            f'<ellipse cx="410" cy="0" rx="26" ry="86" fill="{INK}"/>',
            line(0, 100, 0, 150, STONE, 6),
            path("M-36 186A36 36 0 0 1 36 186Z", PAPER),
        )
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, NIGHT),
            stars(3, 230, 820),
            circle(800, 2330, 1620, "#1d4a42"),
            circle(800, 2350, 1620, GREEN),
            '<clipPath id="g"><circle cx="800" cy="2350" r="1620"/></clipPath><g clip-path="url(#g)">',
            *(
                path(
                    smooth(
                        [
                            (x - 210, y),
                            (x - 60, y - 20),
                            (x + 130, y - 6),
                            (x + 250, y + 12),
                            (x + 60, y + 22),
                            (x - 110, y + 18),
                        ],
                        True,
                    ),
                    MIST,
                    extra=f'opacity="{o}"',
                )
                for x, y, o in (
                    (330, 905, 0.7),
                    (860, 830, 0.75),
                    (1270, 900, 0.7),
                    (700, 950, 0.5),
                    (1120, 975, 0.6),
                    (60, 985, 0.5),
                    (1540, 985, 0.5),
                )
            ),
            "</g>",
            circle(800, 2330, 1626, "none", f'stroke="{MIST}" stroke-width="5" opacity=".45"'),
            f'<g transform="translate(760 420) rotate(-24) scale(.86)">{tube}</g>',
        )
    )


def sputnik() -> str:
    """The first satellite: a polished sphere with four aerials, its signal spreading."""
    x, y, r = 1010, 420, 150
    waves = "".join(
        circle(x, y, q, "none", f'stroke="{OCHRE}" stroke-width="3" opacity="{o}"')
        for q, o in ((230, 0.55), (320, 0.4), (420, 0.28), (530, 0.18), (650, 0.1))
    )
    aerials = "".join(
        line(x - 96, y + a, x - 900, y + b, MIST, 7) for a, b in ((-84, -280), (-40, -60), (40, 190), (88, 400))
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, NIGHT),
            stars(57, 200),
            waves,
            aerials,
            circle(x, y, r, STONE),
            f'<clipPath id="s"><circle cx="{x}" cy="{y}" r="{r}"/></clipPath><g clip-path="url(#s)">',
            circle(x + 26, y - 24, r, MIST),
            circle(x + 48, y - 48, r * 0.8, PALE),
            circle(x + 62, y - 66, r * 0.42, PAPER),
            line(x - 30, y - 200, x - 30, y + 200, "#8d8576", 5),
            "</g>",
            *(circle(x - 96 + dx, y + dy, 11, OCHRE) for dx, dy in ((0, -84), (-26, -40), (-26, 40), (4, 88))),
            path("M-40 960Q800 700 1640 940V1040H-40Z", GREEN),
            path("M-40 985Q800 735 1640 965", stroke=MIST, width=4, extra='opacity=".35"'),
        )
    )


def hexagon(x: float, y: float, r: float, fill: str, extra: str = "") -> str:
    return polygon(
        [(x + r * math.cos(math.pi / 3 * k), y + r * math.sin(math.pi / 3 * k)) for k in range(6)], fill, extra
    )


def mirror() -> str:
    """The Webb telescope's mirror: eighteen golden hexagons above its sunshield."""
    out, r, x0, y0 = [], 92.0, 800.0, 400.0
    for q in range(-2, 3):
        for s in range(-2, 3):
            if abs(q + s) > 2 or (q, s) == (0, 0):
                continue
            x = x0 + 1.5 * r * 1.03 * q
            y = y0 + math.sqrt(3) * r * 1.03 * (s + q / 2)
            shade = ("#d7a044", "#c98a2b", "#e2b45f", "#b97c22")[(q * 3 + s * 5) % 4]
            out.append(hexagon(x, y, r, shade))
            out.append(
                polygon([(x - r / 2, y - r * 0.866), (x + r / 2, y - r * 0.866), (x - r, y)], PAPER, 'opacity=".16"')
            )
    shield = "".join(
        polygon(
            [(160 + 26 * k, 868 + 16 * k), (800, 770 + 20 * k), (1440 - 26 * k, 868 + 16 * k), (800, 950 + 12 * k)],
            colour,
        )
        for k, colour in enumerate(("#5f6f6a", STONE, "#d8cfc0", PALE))
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, NIGHT),
            stars(18, 260, 900),
            galaxy(250, 190, 1.0, -20),
            galaxy(1400, 300, 0.7, 35),
            galaxy(1290, 640, 0.5, -50),
            galaxy(150, 560, 0.55, 60),
            shield,
            line(800, 590, 800, 830, INK, 40),
            '<g transform="translate(96 40) scale(.88)">',
            *out,
            hexagon(x0, y0, r * 0.9, INK),
            circle(x0, y0, 34, "#3a382f"),
            line(x0, y0, x0 - 330, 800, "#3a382f", 9),
            line(x0, y0, x0 + 330, 800, "#3a382f", 9),
            line(x0, y0, x0, 66, "#3a382f", 9),
            hexagon(x0, y0, 46, "#2a2923"),
            circle(x0, y0, 20, OCHRE),
            "</g>",
        )
    )


def galaxy(x: float, y: float, size: float, turn: float) -> str:
    arms = []
    for start in (0.0, math.pi):
        points = [
            ((18 + 17 * t) * math.cos(start + t), (18 + 17 * t) * 0.45 * math.sin(start + t))
            for t in (i * 0.35 for i in range(14))
        ]
        arms.append(path(smooth(points), stroke=SAND, width=6, extra='opacity=".6"'))
    return (
        f'<g transform="translate({x} {y}) rotate({turn}) scale({size})">{"".join(arms)}'
        f'<ellipse rx="26" ry="14" fill="{PAPER}" opacity=".9"/></g>'
    )


def hope() -> str:
    """A probe with two wings of solar cells before Mars."""
    mars = circle(1120, 520, 400, BRICK)
    lands = "".join(
        path(smooth(points, True), "#8b3524", extra='opacity=".75"')
        for points in (
            [(820, 420), (960, 380), (1110, 420), (1240, 390), (1330, 450), (1200, 500), (1020, 480), (880, 490)],
            [(900, 640), (1040, 610), (1180, 650), (1330, 620), (1400, 680), (1240, 720), (1060, 700), (940, 720)],
            [(1150, 240), (1260, 220), (1350, 270), (1270, 300)],
        )
    )
    probe = "".join(
        (
            line(-300, 0, 300, 0, STONE, 8),
            *(
                rect(x, -66, 200, 132, GREEN)
                + "".join(line(x + i * 40, -66, x + i * 40, 66, "#2f7d6d", 2) for i in range(1, 5))
                + line(x, 0, x + 200, 0, "#2f7d6d", 2)
                for x in (-330, 130)
            ),
            polygon([(-92, -60), (0, -112), (92, -60), (92, 60), (0, 112), (-92, 60)], OCHRE),
            polygon([(-92, -60), (0, -112), (92, -60), (0, -8)], "#e2b45f"),
            polygon([(0, -8), (92, -60), (92, 60), (0, 112)], "#a8711f"),
            path("M-72 -112A76 44 0 0 1 72 -112Z", PAPER),
            line(0, -112, 0, -176, MIST, 5),
            circle(0, -180, 8, MIST),
        )
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, NIGHT),
            stars(2021, 220),
            mars,
            '<clipPath id="m"><circle cx="1120" cy="520" r="400"/></clipPath>',
            '<g clip-path="url(#m)">',
            lands,
            '<ellipse cx="1120" cy="130" rx="150" ry="36" fill="#fbfaf6" opacity=".9"/>',
            '<circle cx="1260" cy="440" r="560" fill="none" stroke="#12211f" stroke-width="240" opacity=".38"/></g>',
            '<ellipse cx="1120" cy="520" rx="850" ry="300" transform="rotate(-18 1120 520)" fill="none"'
            ' stroke="#ead9b5" '
            'stroke-width="3" stroke-dasharray="4 14" opacity=".8"/>',
            f'<g transform="translate(410 610) rotate(-18) scale(1.05)">{probe}</g>',
        )
    )


def chandrayaan() -> str:
    """How the probe reached the moon: growing ellipses round the Earth, shrinking ones round the moon."""
    ex, ey, mx, my = 420.0, 560.0, 1290.0, 360.0
    tilt = math.degrees(math.atan2(my - ey, mx - ex))
    loops = "".join(
        f'<ellipse cx="{-a * 0.72:.0f}" cy="0" rx="{a}" ry="{b}" fill="none" stroke="{GREEN}" stroke-width="4"'
        f' opacity="{o}"/>'
        for a, b, o in ((150, 126, 0.45), (200, 148, 0.6), (255, 166, 0.75), (315, 182, 0.9))
    )
    return "".join(
        (
            rect(0, 0, WIDTH, HEIGHT, PAPER),
            *(
                circle(x, y, 2.4, STONE)
                for x, y in (
                    (130, 120),
                    (350, 210),
                    (690, 130),
                    (960, 800),
                    (1180, 860),
                    (1480, 740),
                    (1510, 120),
                    (760, 880),
                    (120, 860),
                    (1000, 190),
                    (600, 320),
                    (1420, 560),
                    (240, 330),
                )
            ),
            f'<g transform="translate({ex} {ey}) rotate({tilt + 180:.1f})">{loops}</g>',
            path(
                "M470 668C760 700 1060 640 1196 452Q1240 400 1290 470",
                stroke=BRICK,
                width=6,
                extra='stroke-dasharray="2 16"',
            ),
            circle(ex, ey, 96, GREEN),
            '<clipPath id="c"><circle cx="420" cy="560" r="96"/></clipPath><g clip-path="url(#c)">',
            path(smooth([(350, 520), (400, 490), (450, 505), (440, 550), (400, 580), (365, 560)], True), MIST),
            path(smooth([(440, 600), (490, 580), (520, 610), (470, 650)], True), MIST),
            "</g>",
            *(
                circle(mx, my, r, "none", f'stroke="{OCHRE}" stroke-width="4" opacity="{o}"')
                for r, o in ((112, 0.9), (142, 0.7), (176, 0.5))
            ),
            circle(mx, my, 74, STONE),
            circle(mx - 22, my - 20, 14, "#a39b8a"),
            circle(mx + 24, my + 6, 20, "#a39b8a"),
            circle(mx - 8, my + 34, 11, "#a39b8a"),
            circle(mx + 4, my + 70, 9, BRICK),
            words(ex - 60, ey + 240, "زمین", 44, INK, NASTALIQ),
            words(mx, my + 260, "چاند", 44, INK, NASTALIQ),
            words(880, 800, "14 جولائی تا 23 اگست 2023", 40, BRICK, NASTALIQ),
        )
    )
