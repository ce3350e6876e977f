"""The figures as lines of a terminal, and as rows of Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.benchmarks.methods import TITLES

HEADINGS = ("market", "method", "seconds", "wall", "CPU", "MB", "filled", "score", "gap to the bound", "")


def gap_words(gap: float | None) -> str:
    """Two figures that count, however small."""
    if gap is None:
        return "-"
    percent = gap * 100
    return f"{percent:.4f} %" if percent < 0.095 else f"{percent:.2f} %"


def rows_of(markets: Sequence[dict[str, Any]]) -> list[tuple[str, ...]]:
    out = []
    for market in markets:
        for row in market["rows"]:
            out.append(
                (
                    market["name"],
                    TITLES[row["method"]],
                    "-" if row["seconds"] is None else f"{row['seconds']:.2f}",
                    "-" if row["wall"] is None else f"{row['wall']:.1f}",
                    "-" if row["cpu"] is None else f"{row['cpu']:.1f}",
                    "-" if row["peak_mb"] is None else f"{row['peak_mb']:.0f}",
                    "-" if row["filled"] is None else f"{row['filled']:,}/{market['slots']:,}",
                    "-" if row["objective"] is None else f"{row['objective']:,}",
                    gap_words(row["gap"]),
                    row["note"],
                )
            )
    return out


def aligned(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns side by side; numbers to the right, words to the left."""
    widths = [max(len(line[at]) for line in (headings, *rows)) for at in range(len(headings))]
    words = {0, 1, len(headings) - 1}  # the columns between hold numbers
    left = [at in words for at in range(len(headings))]
    out = []
    for line in (headings, ["-" * width for width in widths], *rows):
        cells = [
            cell.ljust(width) if to_left else cell.rjust(width)
            for cell, width, to_left in zip(line, widths, left, strict=True)
        ]
        out.append("  ".join(cells).rstrip())
    return "\n".join(out)


def markets_table(markets: Sequence[dict[str, Any]]) -> str:
    return aligned(HEADINGS, rows_of(markets))


def figures_table(figures: Sequence[dict[str, Any]]) -> str:
    """Other measurements: name, value with unit, what it means."""
    rows = [(figure["name"], figure["value"], figure["note"]) for figure in figures]
    return aligned(("measured", "value", "how"), rows)
