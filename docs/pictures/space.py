"""Pictures of space flight and of the sky."""

from __future__ import annotations

import math

from palette import (BRICK, DEEP, GREEN, HEIGHT, INK, MIST, NIGHT, OCHRE, PALE, PAPER, SAND, STONE, WIDTH, circle,
                     line, path, polygon, rect, smooth, stars)


def moon_lander() -> str:
    """The lander's silhouette on the horizon of the moon, the Earth rising behind it."""
    horizon = smooth([(-20, 735), (220, 700), (480, 712), (760, 690), (1040, 706), (1330, 684), (1640, 716)])
    near = smooth([(-20, 860), (300, 826), (640, 852), (980, 818), (1300, 850), (1640, 822)])
    body = [
        rect(0, 0, WIDTH, HEIGHT, NIGHT), stars(11, 190, 690),
        circle(1130, 330, 170, GREEN),
        '<clipPath id="e"><circle cx="1130" cy="330" r="170"/></clipPath><g clip-path="url(#e)">',
        path(smooth([(980, 250), (1080, 230), (1140, 262), (1210, 240), (1280, 280), (1230, 320), (1120, 308), (1040, 330)],
                    True), MIST),
        path(smooth([(1010, 390), (1110, 372), (1190, 400), (1290, 384), (1300, 440), (1150, 452), (1040, 436)], True),
             MIST),
        path(smooth([(1060, 180), (1150, 168), (1220, 196), (1160, 206)], True), PAPER),
        '<circle cx="1210" cy="290" r="215" fill="none" stroke="#12211f" stroke-width="150" opacity=".34"/></g>',
        path(horizon + "L1640 1020L-20 1020Z", STONE),
        path(near + "L1640 1020L-20 1020Z", "#a39b8a"),
    ]
    for x, y, r in ((180, 775, 60), (960, 765, 44), (1390, 770, 74), (760, 915, 90), (1240, 935, 52), (250, 945, 50)):
        body.append(f'<ellipse cx="{x}" cy="{y}" rx="{r}" ry="{r * 0.24:.0f}" fill="#8d8576"/>')
        body.append(f'<ellipse cx="{x}" cy="{y + r * 0.06:.0f}" rx="{r * 0.86:.0f}" ry="{r * 0.17:.0f}" fill="#a9a191"/>')
    body.append('<ellipse cx="560" cy="796" rx="260" ry="20" fill="#1b1a17" opacity=".28"/>')
    body.append(lander(500, 790))
    return "".join(body)


def lander(x: float, foot: float) -> str:
    """A lunar module seen from the side, standing on `foot`."""
    y = foot
    legs = "".join(
        line(x + s * 84, y - 150, x + s * 168, y - 12, INK, 11) + line(x + s * 60, y - 96, x + s * 138, y - 58, INK, 6)
        + f'<ellipse cx="{x + s * 170}" cy="{y - 6}" rx="34" ry="8" fill="{INK}"/>' for s in (-1, 1)
    )
    return "".join((
        legs, line(x, y - 92, x, y - 10, INK, 9), f'<ellipse cx="{x}" cy="{y - 4}" rx="32" ry="7" fill="{INK}"/>',
        polygon([(x - 26, y - 92), (x + 26, y - 92), (x + 44, y - 44), (x - 44, y - 44)], "#3a382f"),
        polygon([(x - 112, y - 170), (x - 78, y - 196), (x + 78, y - 196), (x + 112, y - 170), (x + 112, y - 104),
                 (x + 78, y - 88), (x - 78, y - 88), (x - 112, y - 104)], OCHRE),
        line(x - 40, y - 196, x - 40, y - 88, "#9a6719", 3), line(x + 40, y - 196, x + 40, y - 88, "#9a6719", 3),
        polygon([(x - 84, y - 204), (x - 96, y - 262), (x - 62, y - 330), (x + 40, y - 336), (x + 92, y - 284),
                 (x + 86, y - 204)], PALE),
        polygon([(x - 62, y - 330), (x + 40, y - 336), (x + 52, y - 324), (x - 50, y - 302), (x - 84, y - 250),
                 (x - 96, y - 262)], PAPER),
        polygon([(x - 58, y - 296), (x - 14, y - 304), (x - 22, y - 266)], INK),
        polygon([(x + 14, y - 302), (x + 50, y - 296), (x + 24, y - 266)], INK),
        rect(x - 26, y - 250, 52, 46, "#8d8576"),
        line(x + 70, y - 300, x + 108, y - 366, STONE, 5), path(f"M{x + 84} {y - 386}A34 34 0 0 0 {x + 138} {y - 352}Z", MIST),
        line(x - 46, y - 330, x - 60, y - 392, STONE, 4), circle(x - 60, y - 396, 6, STONE),
        line(x - 112, y - 130, x - 150, y - 60, STONE, 4),
    ))


def hubble() -> str:
    """The space telescope above the curve of the Earth."""
    def panel(y: float) -> str:
        cells = "".join(line(-60 + i * 44, y, -60 + i * 44, y + 132, "#e0b565", 2) for i in range(1, 8))
        return rect(-60, y, 352, 132, OCHRE) + cells + line(-60, y + 66, 292, y + 66, "#e0b565", 2)

    tube = "".join((
        line(116, -250, 116, 250, MIST, 10), panel(-330), panel(198),
        rect(-250, -100, 330, 200, PAPER), rect(80, -86, 330, 172, PALE),
        rect(-250, 40, 330, 60, MIST), rect(80, 36, 330, 50, STONE),
        rect(-282, -78, 32, 156, STONE), rect(60, -104, 24, 208, GREEN),
        *(line(x, -86, x, 86, STONE, 3) for x in (160, 240, 320)), *(line(x, -100, x, 100, MIST, 3) for x in (-190, -110, -30)),
        polygon([(410, -86), (428, -92), (540, -226), (516, -240)], MIST),
        f'<ellipse cx="410" cy="0" rx="26" ry="86" fill="{INK}"/>',
        line(0, 100, 0, 150, STONE, 6), path("M-36 186A36 36 0 0 1 36 186Z", PAPER),
    ))
    return "".join((
        rect(0, 0, WIDTH, HEIGHT, NIGHT), stars(3, 230, 820),
        circle(800, 2330, 1620, "#1d4a42"), circle(800, 2350, 1620, GREEN),
        '<clipPath id="g"><circle cx="800" cy="2350" r="1620"/></clipPath><g clip-path="url(#g)">',
        *(path(smooth([(x - 210, y), (x - 60, y - 20), (x + 130, y - 6), (x + 250, y + 12), (x + 60, y + 22), (x - 110, y + 18)],
                      True), MIST, extra=f'opacity="{o}"')
          for x, y, o in ((330, 905, 0.7), (860, 830, 0.75), (1270, 900, 0.7), (700, 950, 0.5), (1120, 975, 0.6),
                          (60, 985, 0.5), (1540, 985, 0.5))),
        "</g>",
        circle(800, 2330, 1626, "none", f'stroke="{MIST}" stroke-width="5" opacity=".45"'),
        f'<g transform="translate(760 420) rotate(-24) scale(.86)">{tube}</g>',
    ))
