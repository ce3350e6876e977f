"""Names beside marks, so placed that none lies over another name or another mark.

Each name in turn takes the nearest free place around its mark, those with the fewest free places first; a name
that had to move away hangs on a thread.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

LETTER = 0.56  # width of a letter, in sizes of the type
TURNS = (0, 180, 30, 330, 150, 210, 60, 300, 120, 240, 90, 270)
REACHES = (0, 6, 12, 20, 28, 38, 50, 64)


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def place(
    marks: Sequence[tuple[float, float, float, str]], within: Box, size: float
) -> list[tuple[float, float, float | None]]:
    """For marks (x, y, radius, name): where each name begins, its baseline, and where a thread to it ends, if any."""
    taken = [Box(x - r, y - r, x + r, y + r) for x, y, r, _ in marks]
    out: dict[int, tuple[float, float, float | None]] = {}
    crowd = sorted(range(len(marks)), key=lambda i: -sum(math.dist(marks[i][:2], m[:2]) < 60 for m in marks))
    for i in crowd:
        x, y, radius, name = marks[i]
        wide, high = LETTER * size * len(name), size
        for reach, turn in ((reach, turn) for reach in REACHES for turn in TURNS):
            far = radius + 4 + reach
            a, b = x + far * math.cos(math.radians(turn)), y - far * math.sin(math.radians(turn))
            left = a if math.cos(math.radians(turn)) > 0.1 else a - wide
            left = x - wide / 2 if abs(math.cos(math.radians(turn))) < 0.1 else left
            box = Box(left, b - high / 2, left + wide, b + high / 2)
            inside = within.left <= box.left and box.right <= within.right
            inside &= within.top <= box.top and box.bottom <= within.bottom
            if inside and not any(box.meets(other) for other in taken):
                break
        taken.append(box)
        thread = min(max(x, box.left), box.right) if reach > 6 else None
        out[i] = (box.left, box.bottom - size * 0.22, thread)
    return [out[i] for i in range(len(marks))]
