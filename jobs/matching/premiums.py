"""What a filled slot is worth beside its score while prices are found: the ordered objective in one sum.

Filling slots by urgency comes before the score, so the best plan in that order may have fewer points than the best
plan by points alone, and a bound on points would count that difference against it. With a premium q for each role,
q >= 0, prices p >= 0 of the sums score + q prove (Lagrange; Geoffrion, "Lagrangean relaxation for integer
programming", 1974) that no plan whose filled slots are worth as many premiums has more points than

    L(p, score + q) - sum over filled slots of q

where L is the bound of `certificate`. Premiums rise with urgency and nothing else, so "as many premiums" says: filled
as well, and as early. They are small on purpose: a bound for all plans that fill at least so much is nearer to the
points the smaller they are, and the chains of the clearing see to the strict order. Where a graph leaves pairs
out, the floor under a price (the best score left out of its role) rises by the premium of the role, too.
"""

from __future__ import annotations

import numpy as np

ANY_SLOT = 100  # points; in a market of one urgency this is all there is
SOONEST = 550  # on top for the most urgent role of several urgencies, half of the best score


def premiums_of(urgency: np.ndarray) -> np.ndarray:
    """int64[m] of `urgency` int[m], small first: so many points for a slot and so many for each day it is earlier."""
    days = urgency.astype(np.int64)
    latest = int(days.max(initial=0))
    span = latest - int(days.min(initial=latest))
    return ANY_SLOT + (SOONEST // span if span else 0) * (latest - days)
