import pytest
from django.utils.translation import override

from hubs.enums import Province
from hubs.queries.map import COLUMNS, PLACES, ROWS, Shade, legend, tile_map
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
    ("counts", "open_slots", "depth"), [(None, None, 2), ({}, 0, 0), ({"a": 9, "b": 4}, 13, 4)]
)
def test_a_tile_adds_up_its_hubs(counts, open_slots, depth):
    hubs = [HubFactory.build(slug=slug, province="HA") for slug in ("a", "b")]

    tiles = {tile.code: tile for tile in tile_map(hubs, counts)}

    assert tiles["HA"].hubs == tuple(hubs)
    assert (tiles["HA"].open_slots, tiles["HA"].depth) == (open_slots, depth)
    assert tiles["SN"].hubs == ()


def test_depth_tells_hubs_apart_that_differ_by_eight_times():
    """299 and 2,510 places were painted alike once; what the legend says is what is on the map."""
    provinces = {"a": "HA", "b": "SN", "c": "SD", "d": "ZJ", "e": "GD"}
    hubs = [HubFactory.build(slug=slug, province=province) for slug, province in provinces.items()]

    tiles = tile_map(hubs, {"a": 2510, "b": 299, "c": 41, "d": 40})

    assert {tile.code: tile.depth for tile in tiles if tile.hubs} == {
        "HA": 4, "SN": 2, "SD": 1, "ZJ": 1, "GD": 0,
    }  # fmt: skip
    assert legend(tiles) == [Shade(1, 40, 41), Shade(2, 299, 299), Shade(4, 2510, 2510)]
    assert legend(tile_map(hubs)) == []


def test_the_square_holds_what_fits():
    with override("en"):
        assert {tile.code: (tile.name, tile.short) for tile in tile_map([])}["NM"] == ("Inner Mongolia", "NM")
