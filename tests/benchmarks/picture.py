"""The picture of the README: gap against time, both on log axes, a panel a market, a named mark a method. Plain SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from tests.benchmarks.labels import Box, place
from tests.benchmarks.methods import OURS, TITLES
from tests.benchmarks.table import gap_words

COLUMNS, WIDTH, PANEL, TOP, GUTTER, FOOT = 3, 1200, 300, 92, 24, 40
INK, MUTED, LINE, PAPER, SUNKEN = "#1b2420", "#5a6660", "#dde4e0", "#ffffff", "#f6f9f7"
GREEN, AMBER, BLUE = "#0c5f4e", "#8a5200", "#3c4fa8"
LEAST_GAP = 1e-6  # a plan at its bound has no place on a log axis; it stands on the lowest line
SIZE = 12.5  # of the names beside the marks
# Shape and colour: neither alone has to be told apart. Names as short as they can be.
MARKS = {
    OURS: ("star", GREEN, "Jinzu"),
    "greedy": ("square", AMBER, "greedy"),
    "first_come": ("triangle", AMBER, "first come"),
    "deferred": ("diamond", AMBER, "deferred"),
    "flow": ("square", BLUE, "flow a day"),
    "cp_sat": ("triangle", BLUE, "CP-SAT"),
    "highs": ("diamond", BLUE, "HiGHS"),
}
REACH = {"star": 11, "square": 5, "triangle": 7, "diamond": 7}


def draw(markets: Sequence[dict[str, Any]], machine: dict[str, Any], date: str) -> str:
    """The whole SVG. `markets` and `machine` as in the JSON."""
    shown = [market for market in markets if any(row["gap"] is not None for row in market["rows"])]
    found = [row for market in shown for row in market["rows"] if row["gap"] is not None]
    axes = (
        _decades([row["seconds"] for row in found]),
        _decades([max(row["gap"], LEAST_GAP) for row in found]),
    )
    height = TOP + math.ceil(len(shown) / COLUMNS) * PANEL + FOOT
    parts = [_opening(height, shown), _heading(date)]
    for at, market in enumerate(shown):
        x = GUTTER + at % COLUMNS * (WIDTH - GUTTER) // COLUMNS
        parts.append(_panel(market, axes, x, TOP + at // COLUMNS * PANEL))
    words = (
        f"{machine['cpu']}, {machine['cores']} cores, Python {machine['python']}, NumPy {machine['numpy']}."
        " Each plan checked by the same independent verifier; gaps are to the bound that our prices prove."
    )
    parts.append(_text(GUTTER, height - 16, words, size=12.5, fill=MUTED))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around `values`."""
    low, high = math.log10(min(values, default=0.1)), math.log10(max(values, default=1.0))
    return math.floor(low), max(math.ceil(high), math.floor(low) + 1)


def _opening(height: int, shown: Sequence[dict[str, Any]]) -> str:
    told = []
    for market in shown:
        each = [
            f"{TITLES[row['method']]} {gap_words(row['gap'])} in {row['seconds']:.1f} s"
            for row in market["rows"]
            if row["gap"] is not None
        ]
        told.append(f"{market['name']}: {', '.join(each)}.")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-labelledby="title words" font-family="system-ui, sans-serif">\n'
        f'<title id="title">How far from the best possible plan, against the time it took</title>\n'
        f'<desc id="words">{escape(" ".join(told))}</desc>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>'
    )


def _heading(date: str) -> str:
    below = "Gap to the proven bound (down is better) against seconds from file to plan (left is better)."
    return "\n".join(
        [
            _text(GUTTER, 38, "How far from the best possible plan", size=24, weight=700),
            _text(GUTTER, 64, f"{below} Both axes are logarithmic. {date}", size=14, fill=MUTED),
        ]
    )


def _panel(market: dict[str, Any], axes: tuple[tuple[int, int], tuple[int, int]], x: int, y: int) -> str:
    (x_low, x_high), (y_low, y_high) = axes
    left, right = x + 62, x + (WIDTH - GUTTER) // COLUMNS - GUTTER
    top, bottom = y + 34, y + PANEL - 44
    parts = [
        _text(left, y + 20, market["name"], size=15, weight=700),
        _text(right, y + 20, f"{market['slots']:,} slots", size=12.5, fill=MUTED, anchor="end"),
        f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" fill="{SUNKEN}"/>',
    ]

    def across(value: float) -> float:
        return left + (math.log10(value) - x_low) / (x_high - x_low) * (right - left)

    def down(value: float) -> float:
        return top + (y_high - math.log10(max(value, LEAST_GAP))) / (y_high - y_low) * (bottom - top)

    for power in range(x_low, x_high + 1):
        at = across(10.0**power)
        parts.append(f'<path d="M{at:.1f} {top}V{bottom}" stroke="{LINE}"/>')
        parts.append(_text(at, bottom + 18, f"{10.0**power:g} s", size=12, fill=MUTED, anchor="middle"))
    for power in range(y_low, y_high + 1):
        at = down(10.0**power)
        parts.append(f'<path d="M{left} {at:.1f}H{right}" stroke="{LINE}"/>')
        parts.append(_text(left - 7, at + 4, f"{10.0 ** (power + 2):g} %", size=12, fill=MUTED, anchor="end"))
    # Ours is drawn last, so that nothing hides it.
    rows = sorted((r for r in market["rows"] if r["gap"] is not None), key=lambda r: r["method"] == OURS)
    spots = [(across(row["seconds"]), down(row["gap"]), row["method"]) for row in rows]
    names = place(
        [(a, b, REACH[MARKS[name][0]], MARKS[name][2]) for a, b, name in spots],
        Box(left, top, right, bottom),
        SIZE,
    )
    for (a, b, name), (at, base, thread) in zip(spots, names, strict=True):
        shape, colour, words = MARKS[name]
        if thread is not None:
            parts.append(
                f'<path d="M{a:.1f} {b:.1f}L{thread:.1f} {base - 4:.1f}" stroke="{colour}" stroke-width="0.7"/>'
            )
        parts.append(_mark(shape, colour, a, b))
        weight = 700 if name == OURS else 400
        parts.append(_text(at, base, words, size=SIZE, fill=colour, weight=weight))
    missing = [MARKS[row["method"]][2] for row in market["rows"] if row["gap"] is None]
    if missing:
        parts.append(_text(left, bottom + 36, f"no plan: {', '.join(missing)}", size=12, fill=MUTED))
    return "\n".join(parts)


def _mark(shape: str, colour: str, x: float, y: float) -> str:
    points = {
        "square": [(-5, -5), (5, -5), (5, 5), (-5, 5)],
        "diamond": [(0, -7), (7, 0), (0, 7), (-7, 0)],
        "triangle": [(0, -7), (6.5, 5), (-6.5, 5)],
        "star": [
            (math.sin(turn * math.pi / 5) * size, -math.cos(turn * math.pi / 5) * size)
            for turn, size in enumerate([11, 4.6] * 5)
        ],
    }[shape]
    corners = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in points)
    return f'<polygon points="{corners}" fill="{colour}" stroke="{PAPER}"/>'


def _text(
    x: float, y: float, words: str, *, size: float, fill: str = INK, weight: int = 400, anchor: str = "start"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-weight="{weight}" fill="{fill}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )
