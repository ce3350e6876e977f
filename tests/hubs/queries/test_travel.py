from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.models import Hub
from hubs.queries.travel import distance_km, travel_days

PLACES = {
    "zhengzhou": (113.63, 34.75),
    "xian": (108.94, 34.34),
    "hengdian": (120.31, 29.15),
    "urumqi": (87.6, 43.8),
}


def hub(pk: int, longitude: float, latitude: float) -> Hub:
    return Hub(pk=pk, longitude=longitude, latitude=latitude)


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [
        ("zhengzhou", "zhengzhou", 0),
        ("zhengzhou", "xian", 1),  # 430 km
        ("zhengzhou", "hengdian", 1),  # 879 km: under 900
        ("xian", "hengdian", 2),  # 1,221 km
        ("urumqi", "hengdian", 2),
    ],
)
def test_travel_days_grow_with_the_distance(a, b, days):
    hubs = [hub(1, *PLACES[a])] if a == b else [hub(1, *PLACES[a]), hub(2, *PLACES[b])]

    found = travel_days(hubs)

    assert found[(1, 1 if a == b else 2)] == days
    assert found == {(x.pk, y.pk): 0 if x.pk == y.pk else days for x, y in product(hubs, hubs)}


def test_distance_is_the_great_circle():
    assert round(distance_km(*PLACES["zhengzhou"], *PLACES["xian"])) == 432
    assert distance_km(*PLACES["xian"], *PLACES["xian"]) == 0


points = st.tuples(st.floats(73, 136), st.floats(3, 54))


@given(st.lists(points, min_size=1, max_size=5))
def test_bookings_that_fit_pair_by_pair_fit_as_a_whole(places):
    hubs = [hub(pk, *place) for pk, place in enumerate(places)]
    days = travel_days(hubs)

    for a, b, c in product(range(len(hubs)), repeat=3):
        assert days[a, c] <= days[a, b] + days[b, c] + 1
