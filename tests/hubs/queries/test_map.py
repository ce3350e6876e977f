import pytest
from django.utils.translation import override

from hubs.enums import Province
from hubs.queries.map import COLUMNS, PLACES, ROWS, tile_map
from tests.factories.hubs import HubFactory


def test_each_provincial_unit_has_its_own_square():
    assert set(PLACES) == set(Province.values)
    assert (len(PLACES), len(set(PLACES.values()))) == (34, 34)
    assert all(column in range(COLUMNS) and row in range(ROWS) for column, row in PLACES.values())


def test_tiles_come_in_reading_order_for_the_keyboard():
    tiles = tile_map([])

    assert [(tile.row, tile.column) for tile in tiles] == sorted(
        (row, column) for column, row in PLACES.values()
    )


def test_neighbours_touch():
    def beside(a: str, b: str) -> bool:
        (x, y), (u, v) = PLACES[a], PLACES[b]
        return abs(x - u) + abs(y - v) == 1

    assert beside("HA", "SN")  # Henan and Shaanxi
    assert beside("HA", "SD")
    assert beside("JX", "ZJ")
    assert beside("GD", "GX")


@pytest.mark.parametrize(
    ("counts", "open_slots", "depth"), [(None, None, 2), ({}, 0, 0), ({"a": 9, "b": 4}, 13, 2)]
)
def test_a_tile_adds_up_its_hubs(counts, open_slots, depth):
    hubs = [HubFactory.build(slug=slug, province="HA") for slug in ("a", "b")]

    tiles = {tile.code: tile for tile in tile_map(hubs, counts)}

    assert tiles["HA"].hubs == tuple(hubs)
    assert (tiles["HA"].open_slots, tiles["HA"].depth) == (open_slots, depth)
    assert tiles["SN"].hubs == ()


def test_the_square_holds_what_fits():
    with override("en"):
        assert {tile.code: (tile.name, tile.short) for tile in tile_map([])}["NM"] == ("Inner Mongolia", "NM")
