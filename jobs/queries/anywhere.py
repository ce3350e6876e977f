"""The place of remote work in a problem: behind the last hub, everybody works there, and nobody travels from it."""

from functools import lru_cache

import numpy as np

from hubs.queries import travel
from jobs.queries.columns import Codes
from jobs.queries.packed import ANYWHERE, bits

CODE = "anywhere"


def named(held: np.ndarray, roles: np.ndarray) -> bool:
    """Whether any of these COMMITMENT and ROLE rows is remote; a problem without such work has no such place."""
    return bool((held["hub"] == ANYWHERE).any() or (roles["hub"] == ANYWHERE).any())


def placed(rows: np.ndarray, hubs: int) -> np.ndarray:
    """The rows with remote work at the place behind the last of `hubs`."""
    rows = rows.copy()
    rows["hub"][rows["hub"] == ANYWHERE] = hubs
    return rows


def willing(people: np.ndarray, hubs: int, *, remote: bool) -> np.ndarray:
    """bool[n, hubs]: where each of these PERSON rows works; with `remote` one place more, where everybody does."""
    out = bits(people["willing"], np.arange(hubs))
    return np.column_stack([out, np.ones(len(people), np.bool_)]) if remote else out


def travel_days(codes: Codes, *, remote: bool) -> np.ndarray:
    """int32[hubs, hubs]; a bit without a hub is a day from everywhere. With `remote` the place of it comes last.

    Nobody travels from it. To it, a hub that lies two days from another keeps the day of its way home, so that one
    remote day between two such hubs does not swallow the journey: the triangle condition, on which every schedule
    stands, asks for it (see `matching.columns.check_triangle`).
    """
    out = _between(codes).copy()
    if not remote:
        return out
    wider = np.zeros((len(out) + 1, len(out) + 1), np.int32)
    wider[:-1, :-1] = out
    wider[:-1, -1] = np.maximum(out.max(axis=1, initial=0) - 1, 0)
    return wider


@lru_cache(maxsize=8)
def _between(codes: Codes) -> np.ndarray:
    """Hubs move seldom, and every shortlist asks."""
    out = (1 - np.eye(len(codes.hubs))).astype(np.int32)
    at = {place[0]: position for position, place in enumerate(codes.places) if place is not None}
    for (a, b), days in travel.between([place for place in codes.places if place is not None]).items():
        out[at[a], at[b]] = days
    return out
