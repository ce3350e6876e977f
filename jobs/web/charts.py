"""Charts drawn on the server: lengths and paths for SVG, and the same numbers as a table behind each.

A drawing holds shapes only and may be stretched to any width; its words stand in HTML around it, so that they keep their
size on a phone. Colours come from classes: nothing here carries a style.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 600, 160
ROWS_SHOWN = 60
"""Rows of a table on a page. A phone lays out every cell of a page, and nobody reads ten years of months on one."""
STEPS = (1, 2, 3, 4, 6, 8)


@dataclass(frozen=True)
class Segment:
    """A piece of a bar from `x`, `width` long, both of 100. `kind` is the class that colours it."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """One bar with what it says. `said` is the number in words, `url` leads further down."""

    label: str
    said: str
    segments: list[Segment]
    url: str = ""
    more: str = ""


@dataclass(frozen=True)
class Table:
    """The numbers behind a drawing. The first cell of each row names it; rows `by_time` begin with the oldest."""

    heads: list[str]
    rows: list[list[str]]
    by_time: bool = False

    @property
    def shown(self) -> list[list[str]]:
        """The rows that a page has room for, the newest first; the file has all of them."""
        return self.rows[: -ROWS_SHOWN - 1 : -1] if self.by_time else self.rows[:ROWS_SHOWN]

    @property
    def left_out(self) -> int:
        return max(0, len(self.rows) - ROWS_SHOWN)


@dataclass(frozen=True)
class Path:
    """One line or area. `area` closes it to the ground."""

    kind: str
    d: str
    area: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing: `bars` or `paths`. `title` and `text` say in words what is to be seen."""

    key: str
    title: str
    text: str
    table: Table
    bars: list[Bar] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    legend: list[tuple[str, str]] = field(default_factory=list)
    top: str = ""
    middle: str = ""
    first: str = ""
    last: str = ""

    @property
    def empty(self) -> bool:
        return not self.bars and not self.paths


def segments(parts: Sequence[tuple[str, float]], most: float) -> list[Segment]:
    """Lay parts of a bar end to end; `most` is what fills it. Nothing sticks out."""
    out, at = [], 0.0
    for kind, value in parts:
        width = round(min(100.0 * value / most, 100.0 - at), 2) if most > 0 else 0.0
        if width > 0:
            out.append(Segment(kind, round(at, 2), width))
            at += width
    return out


def nice_top(most: float) -> int:
    """The end of a scale: the next of STEPS with zeros that is not below `most`, so that a line fills its drawing."""
    ten = 1
    while True:
        for step in STEPS:
            if step * ten >= most:
                return step * ten
        ten *= 10


def path(values: Sequence[float | None], top: float) -> tuple[str, str]:
    """Return the line through `values` and the areas below it, in units of WIDTH x HEIGHT; a None leaves a gap."""
    step = WIDTH / max(len(values) - 1, 1)
    line, area, run = [], [], []
    for at, value in enumerate([*values, None]):
        if value is not None:
            run.append((round(at * step, 1), round(HEIGHT - HEIGHT * value / top, 1) if top else HEIGHT))
            continue
        if run:
            points = " L".join(f"{x:g} {y:g}" for x, y in run)
            # A single day is drawn as a short stroke: a line without length is not seen.
            line.append(f"M{points}" + (" h2" if len(run) == 1 else ""))
            area.append(f"M{run[0][0]:g} {HEIGHT} L{points} L{run[-1][0]:g} {HEIGHT} Z")
        run = []
    return " ".join(line), " ".join(area)
