"""How many days lie between two shoots in different hubs."""

from collections.abc import Iterable, Sequence
from math import asin, cos, radians, sin, sqrt

from hubs.models import Hub

EARTH_RADIUS_KM = 6371.0
ONE_DAY_KM = 900
"""Up to here a train or a flight leaves the evening free; beyond, two days are kept clear."""


def travel_days(hubs: Iterable[Hub]) -> dict[tuple[int, int], int]:
    """Return the buffer in whole days between each ordered pair of hubs, by their primary keys.

    0 in the same hub, 1 under 900 km as the crow flies, else 2. Because the buffer of two different hubs is
    1 or 2, travel(a, c) <= travel(a, b) + travel(b, c) + 1 always holds, which the matching core relies on:
    bookings that fit pair by pair then fit as a whole. A band of 4 days or more would break it.
    """
    return between([(hub.pk, hub.longitude, hub.latitude) for hub in hubs])


def between(places: Sequence[tuple[int, float, float]]) -> dict[tuple[int, int], int]:
    """Return what `travel_days` does, for places as (key, longitude, latitude in degrees)."""
    return {(a[0], b[0]): _buffer(a, b) for a in places for b in places}


def distance_km(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the great-circle distance of two points in degrees (haversine formula, spherical earth)."""
    d_lat, d_lon = radians(lat_b - lat_a), radians(lon_b - lon_a)
    half = sin(d_lat / 2) ** 2 + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(d_lon / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def _buffer(a: tuple[int, float, float], b: tuple[int, float, float]) -> int:
    if a[0] == b[0]:
        return 0
    return 1 if distance_km(*a[1:], *b[1:]) < ONE_DAY_KM else 2
