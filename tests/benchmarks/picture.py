"""The picture of the README: gap against time, both on log axes, a panel a market, a mark a method. Plain SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from tests.benchmarks.methods import OURS, TITLES
from tests.benchmarks.table import gap_words

WIDTH, PANEL, TOP, LEGEND, GUTTER = 960, 330, 96, 56, 24
INK, MUTED, LINE, PAPER, SUNKEN = "#1b2420", "#5a6660", "#d5ddd8", "#ffffff", "#f5f8f6"
LEAST_GAP = 1e-6  # a plan at its bound has no place on a log axis; it stands on the lowest line
# Shape and colour: neither alone has to be told apart.
MARKS = {
    "jinzu": ("star", "#0c5f4e"),
    "jinzu_longer": ("ring", "#0c5f4e"),
    "greedy": ("square", "#9a5b00"),
    "first_come": ("triangle", "#9a5b00"),
    "deferred": ("diamond", "#9a5b00"),
    "flow": ("square", "#3c4fa8"),
    "cp_sat": ("triangle", "#3c4fa8"),
    "highs": ("diamond", "#ab2a20"),
}


def draw(markets: Sequence[dict[str, Any]], machine: dict[str, Any], date: str) -> str:
    """The whole SVG. `markets` and `machine` as in the JSON."""
    shown = [market for market in markets if any(row["gap"] is not None for row in market["rows"])]
    seconds = [row["seconds"] for market in shown for row in market["rows"] if row["gap"] is not None]
    gaps = [
        max(row["gap"], LEAST_GAP) for market in shown for row in market["rows"] if row["gap"] is not None
    ]
    axes = (_decades(seconds), _decades(gaps))
    rows = math.ceil(len(shown) / 2)
    height = TOP + LEGEND + rows * PANEL + 34
    parts = [_opening(height, shown), _heading(date), _legend(shown)]
    for at, market in enumerate(shown):
        parts.append(_panel(market, axes, (at % 2) * WIDTH // 2, TOP + LEGEND + (at // 2) * PANEL))
    words = (
        f"{machine['cpu']}, {machine['cores']} cores, Python {machine['python']}, NumPy {machine['numpy']}"
    )
    words += f"; load {machine['load_average'][0]:g} when it began"
    parts.append(_text(GUTTER, height - 14, words, size=12, fill=MUTED))
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
    below = "Gap to the proven bound (down is better) against seconds for the whole command (left is better)."
    return "\n".join(
        [
            _text(GUTTER, 40, "How far from the best possible plan", size=24, weight=700),
            _text(GUTTER, 66, f"{below} Both axes are logarithmic. {date}", size=13.5, fill=MUTED),
        ]
    )


def _legend(shown: Sequence[dict[str, Any]]) -> str:
    used = [name for name in TITLES if any(row["method"] == name for m in shown for row in m["rows"])]
    parts = []
    for at, name in enumerate(used):
        x, y = GUTTER + 8 + (at % 4) * 232, TOP + 4 + (at // 4) * 26
        parts.append(_mark(name, x, y))
        weight = 700 if name == OURS else 400
        parts.append(_text(x + 16, y + 5, TITLES[name], size=14, weight=weight))
    return "\n".join(parts)


def _panel(market: dict[str, Any], axes: tuple[tuple[int, int], tuple[int, int]], x: int, y: int) -> str:
    (x_low, x_high), (y_low, y_high) = axes
    left, right, top, bottom = x + 74, x + WIDTH // 2 - GUTTER, y + 44, y + PANEL - 54
    title = f"{market['name']} ({market['people']:,} for {market['slots']:,} slots)"
    parts = [_text(left, y + 30, title, size=15, weight=700)]
    parts.append(
        f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" fill="{SUNKEN}"/>'
    )

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
        parts.append(_text(left - 8, at + 4, f"{10.0 ** (power + 2):g} %", size=12, fill=MUTED, anchor="end"))
    # Ours is drawn last, so that nothing hides it.
    for row in sorted(market["rows"], key=lambda row: row["method"] == OURS):
        if row["gap"] is not None:
            parts.append(_mark(row["method"], across(row["seconds"]), down(row["gap"])))
    missing = [TITLES[row["method"]] for row in market["rows"] if row["gap"] is None]
    if missing:
        words = f"no plan: {', '.join(missing)}"
        parts.append(_text(left, bottom + 38, words, size=12, fill=MUTED))
    return "\n".join(parts)


def _mark(name: str, x: float, y: float) -> str:
    shape, colour = MARKS[name]
    if shape == "ring":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="none" stroke="{colour}" stroke-width="3"/>'
    points = {
        "square": [(-6, -6), (6, -6), (6, 6), (-6, 6)],
        "diamond": [(0, -8), (8, 0), (0, 8), (-8, 0)],
        "triangle": [(0, -8), (7.5, 6), (-7.5, 6)],
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
