"""A map of the country as tiles: one square for each provincial unit, in reading order.

Our own drawing: no outline data, so no question of its rights. Squares touch where the units roughly do.
`templates/hubs/_tile_map.html` draws what `tile_map` returns.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hubs.enums import Province
from hubs.models import Hub

COLUMNS, ROWS, PITCH, SIDE = 7, 8, 50, 48
"""The grid, and in drawing units the distance between tiles and the side of one."""

DEPTHS = 4
"""Depths of colour for tiles with open places, from 1 (lightest) to 4."""

PLACES: dict[str, tuple[int, int]] = {
    Province.HL: (6, 0),
    Province.NM: (3, 1),
    Province.BJ: (4, 1),
    Province.JL: (6, 1),
    Province.XJ: (0, 2),
    Province.GS: (1, 2),
    Province.NX: (2, 2),
    Province.SX: (3, 2),
    Province.HE: (4, 2),
    Province.TJ: (5, 2),
    Province.LN: (6, 2),
    Province.XZ: (0, 3),
    Province.QH: (1, 3),
    Province.SN: (2, 3),
    Province.HA: (3, 3),
    Province.SD: (4, 3),
    Province.SC: (1, 4),
    Province.CQ: (2, 4),
    Province.HB: (3, 4),
    Province.AH: (4, 4),
    Province.JS: (5, 4),
    Province.SH: (6, 4),
    Province.YN: (1, 5),
    Province.GZ: (2, 5),
    Province.HN: (3, 5),
    Province.JX: (4, 5),
    Province.ZJ: (5, 5),
    Province.GX: (2, 6),
    Province.GD: (3, 6),
    Province.FJ: (4, 6),
    Province.TW: (6, 6),
    Province.HI: (2, 7),
    Province.MO: (3, 7),
    Province.HK: (4, 7),
}
"""Column and row of each unit, from the north-west corner."""


@dataclass(frozen=True)
class Tile:
    """One unit on the map. `open_slots` is None where nobody counted; `depth` runs from 0 to 4."""

    code: str
    name: str
    column: int
    row: int
    hubs: tuple[Hub, ...]
    open_slots: int | None = None
    depth: int = 0

    @property
    def x(self) -> int:
        return self.column * PITCH + 1

    @property
    def y(self) -> int:
        return self.row * PITCH + 1

    @property
    def middle(self) -> int:
        return self.x + SIDE // 2

    @property
    def name_y(self) -> int:
        return self.y + (21 if self.hubs else 29)

    @property
    def sign_y(self) -> int:
        return self.y + 40

    @property
    def short(self) -> str:
        """What fits into the square: the Chinese name, or the letters of the code."""
        return self.code if self.name.isascii() else self.name


@dataclass(frozen=True)
class Shade:
    """A line of the legend: tiles of `depth` have from `least` to `most` open places."""

    depth: int
    least: int
    most: int


def tile_map(hubs: Iterable[Hub], open_slots: Mapping[str, int] | None = None) -> list[Tile]:
    """Return all 34 tiles in reading order, which is the order of the keyboard too.

    `open_slots` counts by the slug of the hub; a tile adds up its hubs. No queries beyond reading `hubs`.
    """
    at: dict[str, list[Hub]] = {}
    for hub in hubs:
        at.setdefault(hub.province, []).append(hub)
    tiles = []
    for code, (column, row) in sorted(PLACES.items(), key=lambda place: (place[1][1], place[1][0])):
        here = tuple(at.get(code, ()))
        count = None
        if open_slots is not None:
            count = sum(open_slots.get(hub.slug, 0) for hub in here)
        tiles.append((code, column, row, here, count))
    bounds = _bounds([count for *_, count in tiles if count])
    return [
        Tile(code, str(Province(code).label), column, row, here, count, _depth(here, count, bounds))
        for code, column, row, here, count in tiles
    ]


def legend(tiles: Iterable[Tile]) -> list[Shade]:
    """Return what each depth of colour on the map means, as the counts that really have it; lightest first."""
    counts: dict[int, list[int]] = {}
    for tile in tiles:
        if tile.open_slots:
            counts.setdefault(tile.depth, []).append(tile.open_slots)
    return [Shade(depth, min(found), max(found)) for depth, found in sorted(counts.items())]


def _depth(hubs: tuple[Hub, ...], count: int | None, bounds: list[float]) -> int:
    if count is None:
        return 2 if hubs else 0
    if not count:
        return 0
    return 1 + sum(count > bound for bound in bounds) if bounds else DEPTHS


def _bounds(counts: list[int]) -> list[float]:
    """Upper bounds of all depths but the deepest: equal steps of the logarithm between the least and the most.

    Places are spread like towns: one hub has eight times the next. Equal steps of the number itself, or fixed ones,
    paint all the large ones alike.
    """
    if not counts or min(counts) == max(counts):
        return []
    low, high = min(counts), max(counts)
    return [low * (high / low) ** (step / DEPTHS) for step in range(1, DEPTHS)]
