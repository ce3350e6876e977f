"""Rounds of `pieces`: who is taken out, on which thread, and when it is enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from jobs.matching.core.best import best_plan
from jobs.matching.core.compiled import in_blocks
from jobs.matching.core.graph import Graph, blocks_of
from jobs.matching.core.pieces import claim, grow, losses, reseat, settle
from jobs.matching.core.prices import Certificate
from jobs.matching.core.roster import Roster, total_score

AT_ONCE = 16  # pieces of a round; a number of the method, not of the machine
NEAR = 5.0  # temperatures below profit at which a role is still one that somebody would rather have
ENOUGH, MANY_ENOUGH = 1e-5, 2e-4  # of the bound: a gap not worth more work, unless there is time to use up
MANY = 5000  # roles from which that is the second
TIRED = 3e-6  # of the bound: won in a whole pass, that ends the work
PASS = 40  # people with a choice, per piece of a pass


class Effort(NamedTuple):
    """Full passes and rounds at most, without a time limit: a large market sees no full pass, or takes long for it.
    `sizes`: people of a piece, in turn; seated at `heat` times the temperature given, from prices off by `noise`
    such temperatures.
    """

    passes: int
    rounds: int
    sizes: tuple[int, int] = (100, 30)
    heat: float = 1.0
    noise: float = 0.75


USUAL = Effort(12, 300)
# Where days are short nearly everybody is somebody's way to a better plan: wider pieces find more, measured.
LONG = Effort(10, 400, sizes=(150, 50), heat=1.5, noise=1.2)


def improve(
    graph: Graph,
    roster: Roster,
    certificate: Certificate,
    bonus: np.ndarray,
    temperature: float,
    effort: Effort,
    state: np.ndarray,
    workers: int,
    over: Callable[[], bool],
    use_up: bool,
    progress: Callable[[int, int], None],
) -> None:
    """Make the plan in `roster` better until it is proven best, `over` says so, or it does not get better.
    With `use_up` only the first two end it.
    """
    temperature *= effort.heat
    prices, m = certificate.exact, graph.n_roles
    worth, _ = best_plan(graph, blocks_of(graph.first_of), certificate.prices, workers)
    keep = np.ones(len(graph.role), np.uint8)
    rounds = max(4, int((np.diff(graph.first_of) > 1).sum()) // (PASS * AT_ONCE))
    value, before, turn = int(total_score(graph, roster)), 0, 0
    enough = certificate.bound
    if not use_up:
        enough -= int((MANY_ENOUGH if m >= MANY else ENOUGH) * certificate.bound)
    while value < enough and not over() and (use_up or turn < effort.rounds):
        if turn % rounds == 0 and not use_up:
            progress(turn // rounds, effort.passes)
            if turn // rounds >= effort.passes or (turn and value - before <= TIRED * certificate.bound):
                break
            before = value
        sums = losses(graph, roster, worth.astype(np.float64), prices)
        if sums[-1] <= 0:
            break
        owner = np.zeros(m, np.int32)
        pieces = _take_out(
            graph, roster, prices, NEAR * temperature, sums, owner, int(state[0]) + turn * 6007, effort.sizes
        )
        found: list[tuple[int, np.ndarray, np.ndarray]] = [(-1, owner, owner)] * len(pieces)

        def work(i: int, pieces=pieces, found=found, owner=owner) -> None:
            people, stamp, own = pieces[i]
            if not over():
                found[i] = reseat(
                    graph,
                    roster,
                    people,
                    owner,
                    stamp,
                    prices,
                    bonus,
                    temperature,
                    keep,
                    effort.noise * temperature,
                    own,
                )

        in_blocks(work, len(pieces), workers)
        for (people, _, _), (won, pairs, whose) in zip(pieces, found, strict=True):
            if won >= 0:
                settle(graph, roster, people, pairs, whose)
        value, turn = int(total_score(graph, roster)), turn + 1
    progress(effort.passes, effort.passes)


def _take_out(
    graph: Graph,
    roster: Roster,
    prices: np.ndarray,
    near: float,
    sums: np.ndarray,
    owner: np.ndarray,
    seed: int,
    sizes: tuple[int, int],
) -> list[tuple[np.ndarray, int, np.ndarray]]:
    """Return pieces that share neither a person nor a role, each with its stamp and random state. Written: `owner`
    (role_count,) int32, the stamp of the piece that has a role, 0 for none.
    """
    mark = np.zeros(graph.n_people, np.int32)
    pieces = []
    for stamp in range(1, AT_ONCE + 1):
        own = np.array([(seed + stamp * 104_729) % 2147483646 + 1], np.int64)
        people = grow(graph, roster, prices, near, sums, sizes[stamp % len(sizes)], mark, stamp, own)
        if len(people):
            claim(graph, roster, people, owner, stamp)
            pieces.append((people, stamp, own))
    return pieces
