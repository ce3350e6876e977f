"""The whole task as a 0/1 programme: which pairs of one person exclude each other."""

import numpy as np

from tests.benchmarks.peers.task import Task, TooLarge

PAIRS_AT_MOST = 300_000
"""Above this (a million pairs of a hub, say) they found no plan in 90 s, and took two gigabytes to say so."""


def refuse_what_is_too_large(task: Task) -> None:
    if len(task.travel) > 1:
        raise TooLarge("not run: several places, not written as a 0/1 programme here")
    if len(task.role) > PAIRS_AT_MOST:
        raise TooLarge(f"not run: {len(task.role) / 1e6:.1f} M pairs, no plan in 90 s")


def cliques(task: Task) -> tuple[np.ndarray, np.ndarray]:
    """(first, members): clique i is members[first[i]:first[i + 1]], positions of pairs of one person, of which at
    most one may be taken. Together they say all that clashes at one place.

    Spans that overlap two by two have a day in common, and then also the first day of one of them: it is
    enough to look at first days.
    """
    end = task.end + task.travel[0, 0]
    sizes, members = [np.zeros(1, np.int64)], [np.zeros(0, np.int64)]
    for day in np.unique(task.start):
        there = np.flatnonzero((task.start[task.role] <= day) & (end[task.role] >= day))
        there = there[np.argsort(task.person[there], kind="stable")]
        _, group, size = np.unique(task.person[there], return_inverse=True, return_counts=True)
        begins = np.bincount(group, weights=task.start[task.role[there]] == day)
        keep = (size > 1) & (begins > 0)
        sizes.append(size[keep])
        members.append(there[keep[group]])
    return np.cumsum(np.concatenate(sizes)), np.concatenate(members)
