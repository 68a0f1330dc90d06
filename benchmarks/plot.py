"""A plot of lines on two logarithmic axes, as an SVG that any browser shows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 760, 440, 70, 60, 20, 170
_COLOURS = ("#1b6ca8", "#b3541e", "#2e7d32", "#7b3fa0", "#8a6d00", "#444444")


@dataclass(frozen=True)
class Line:
    """A named line through points (x, y), both greater than zero."""

    name: str
    points: Sequence[tuple[float, float]]


def draw(lines: Sequence[Line], *, x: str, y: str) -> str:
    """Give the SVG of some lines with the titles of both axes; whole decades are marked."""
    across = _Scale([p[0] for line in lines for p in line.points], _LEFT, _WIDTH - _RIGHT)
    up = _Scale([p[1] for line in lines for p in line.points], _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" font-size="13">',
        f"<title>{escape(y)} by {escape(x)}</title><style>text {{ font-family: sans-serif }}</style>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
    ]
    for value in across.decades():
        place = across.at(value)
        parts.append(f'<path d="M{place:.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#dddddd"/>')
        parts.append(
            f'<text x="{place:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{value:,.0f}</text>'
        )
    for value in up.decades():
        place = up.at(value)
        parts.append(f'<path d="M{_LEFT} {place:.1f}H{_WIDTH - _RIGHT}" stroke="#dddddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{place + 4:.1f}" text-anchor="end">{value:g}</text>')
    last = _TOP - 16.0
    for line, colour in sorted(zip(lines, _COLOURS, strict=False), key=lambda pair: -pair[0].points[-1][1]):
        path = " ".join(f"{across.at(px):.1f},{up.at(py):.1f}" for px, py in line.points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        last = max(up.at(line.points[-1][1]) + 4, last + 16)
        parts.append(
            f'<text x="{_WIDTH - _RIGHT + 8}" y="{last:.1f}" fill="{colour}">{escape(line.name)}</text>'
        )
    parts.append(
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 12}" text-anchor="middle">{escape(x)}</text>'
    )
    parts.append(
        f'<text transform="translate(18 {_HEIGHT / 2}) rotate(-90)" text-anchor="middle">{escape(y)}</text>'
    )
    return "\n".join([*parts, "</svg>", ""])


class _Scale:
    def __init__(self, values: Sequence[float], begin: float, end: float) -> None:
        self._low = math.floor(math.log10(min(values)))
        self._high = max(math.ceil(math.log10(max(values))), self._low + 1)
        self._begin, self._end = begin, end

    def at(self, value: float) -> float:
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return self._begin + share * (self._end - self._begin)

    def decades(self) -> list[float]:
        return [10.0**power for power in range(self._low, self._high + 1)]
