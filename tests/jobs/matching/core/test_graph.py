"""Both lists say the same pairs, in whatever order these come; parts know where they come from."""

import numpy as np
from hypothesis import given, settings

from jobs.matching.core.auction import send_away
from jobs.matching.core.graph import graph_of_lists, whole
from jobs.matching.core.subgraph import narrow, sift, thin
from tests.jobs.matching.core.markets import market, seeds


def pairs_of(graph):
    person = np.repeat(np.arange(graph.n_people), np.diff(graph.first_of))
    return list(zip(person.tolist(), graph.role.tolist(), graph.score.tolist(), strict=True))


@settings(deadline=None)
@given(seeds)
def test_the_lists_by_role_point_at_the_lists_by_person(seed):
    graph = market(seed)
    role = np.repeat(np.arange(graph.n_roles), np.diff(graph.first_on))
    by_role = zip(
        graph.person.tolist(), graph.role[graph.pair].tolist(), graph.score[graph.pair].tolist(), strict=True
    )
    assert sorted(by_role) == pairs_of(graph)
    assert graph.role[graph.pair].tolist() == role.tolist()


@settings(deadline=None)
@given(seeds)
def test_parts_keep_what_is_marked(seed):
    graph = market(seed)
    keep = (np.random.default_rng(seed).random(len(graph.role)) < 0.5).astype(np.uint8)
    wanted = [pair for pair, kept in zip(pairs_of(graph), keep, strict=True) if kept]
    part, origin = sift(graph, keep)
    assert pairs_of(part) == pairs_of(thin(graph, keep)) == wanted
    assert np.flatnonzero(keep).tolist() == origin.tolist()


@settings(deadline=None)
@given(seeds)
def test_a_narrow_part_numbers_people_and_roles_anew(seed):
    graph = market(seed)
    keep = np.ones(len(graph.role), np.uint8)
    slots = graph.info[:, 3].astype(np.int64)
    slots[::2] = 0
    number = np.full(graph.n_roles, -1, np.int32)
    part, people, roles, origin = narrow(graph, np.array([0, 2], np.int32), slots, keep, number)
    assert (number == -1).all()
    said = [(int(people[w]), int(roles[o]), points) for w, o, points in pairs_of(part)]
    assert said == [pairs_of(graph)[k] for k in origin]
    assert said == [(w, o, points) for w, o, points in pairs_of(graph) if w in (0, 2) and slots[o] > 0]
    assert part.info[:, 3].tolist() == slots[roles].tolist()


@settings(deadline=None)
@given(seeds)
def test_lists_by_role_make_the_same_graph(seed):
    """Of people in another order, and with room behind each list."""
    graph = market(seed)
    number = np.random.default_rng(seed).permutation(graph.n_people).astype(np.int32)
    count, most = np.diff(graph.first_on), graph.n_people + 1
    person, score = np.zeros((2, graph.n_roles, most), np.int32)
    used = np.arange(most) < count[:, None]
    person[used] = np.argsort(number)[graph.person]
    score[used] = graph.score[graph.pair]
    info = graph.info
    made = graph_of_lists(
        start=info[:, 0], end=info[:, 1], place=info[:, 2], slots=info[:, 3], buffer=graph.buffer,
        begin=np.arange(graph.n_roles) * most, count=count, person=person.reshape(-1), score=score.reshape(-1),
        number=number,
    )  # fmt: skip
    for mine, theirs in zip(whole(made), graph, strict=True):
        assert np.array_equal(mine, theirs)
    assert whole(graph) is graph


@settings(deadline=None)
@given(seeds)
def test_who_came_beyond_the_slots_goes_by_score_and_then_by_place(seed):
    graph = market(seed)
    chosen = (np.random.default_rng(seed).random(len(graph.role)) < 0.7).astype(np.uint8)
    expected = chosen.copy()
    for o in range(graph.n_roles):
        mine = [int(k) for k in graph.pair[graph.first_on[o] : graph.first_on[o + 1]] if chosen[k]]
        mine.sort(key=lambda k: -int(graph.score[k]))
        expected[mine[graph.info[o, 3] :]] = 0
    send_away(graph, chosen)
    assert chosen.tolist() == expected.tolist()
