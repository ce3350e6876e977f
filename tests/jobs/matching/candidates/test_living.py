"""A plan that lives on, against the rules and every chain there is."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.matching import refill, solve
from jobs.matching.candidates import living
from jobs.matching.candidates.living import LivingPlan, Move
from jobs.matching.conflicts import clash
from jobs.matching.eligibility import eligible_people
from jobs.matching.scoring import scores
from jobs.matching.shortlist import ranking
from tests.instances.small import day, person, problem, role
from tests.instances.wild import wild_problem

MANY = settings(max_examples=100, deadline=None, derandomize=True)


class Reference:
    """The same by trying everybody and every chain; slow."""

    def __init__(self, made, placed, movable, seed):
        self.made, self.movable, self.out = made, set(movable), set()
        self.held, self.score = {}, {}
        for w, o, points in placed:
            self.held.setdefault(w, set()).add(o)
            self.score[w, o] = points
        pinned = set(zip(made.pin_person.tolist(), made.pin_role.tolist(), strict=True))
        self.listed = {}
        for o in range(made.n_roles):
            rows = eligible_people(made, o)
            points = scores(made, o, rows)
            order = ranking(made, o, rows, points, seed)
            ranked = zip(rows[order].tolist(), points[order].tolist(), strict=True)
            self.listed[o] = [(w, s) for w, s in ranked if (w, o) not in pinned]

    def candidates(self, o):
        """(person, score, what she gives up or -1) of who could take o."""
        for w, s in self.listed[o]:
            mine = self.held.get(w, set())
            against = [f for f in mine if clash(self.made, f, o)]
            if o in mine or (w, o) in self.out or len(against) > 1:
                continue
            if not against:
                yield w, s, -1
            elif (w, against[0]) in self.movable:
                yield w, s, against[0]

    def chains(self, o, longest, before=()):
        """Every chain into o of at most so many, as tuples of moves."""
        for w, s, f in self.candidates(o):
            if w in {move.person for move in before}:
                continue
            moves = (*before, Move(w, o, f, s))
            if f < 0:
                yield moves
            elif longest > 1 and f not in {move.role for move in moves}:
                yield from self.chains(f, longest - 1, moves)

    def worth(self, moves):
        return sum(m.score - self.score.get((m.person, m.leaves), 0) for m in moves)

    def best(self, o, longest):
        """(length, worth) of the shortest chains, the best of them."""
        every = list(self.chains(o, longest))
        least = min((len(moves) for moves in every), default=0)
        return least, max((self.worth(moves) for moves in every if len(moves) == least), default=0)

    def follow(self, moves):
        for m in moves:
            if m.leaves >= 0:
                self.leave(m.person, m.leaves)
        for m in moves:
            self.held.setdefault(m.person, set()).add(m.role)
            self.score[m.person, m.role] = m.score
            self.movable.add((m.person, m.role))

    def leave(self, w, o):
        self.held[w].remove(o)
        self.movable.discard((w, o))


def crowded(seed, people):
    """Few people who can do much, before roles on the same few days: most slots are only filled by a chain."""
    draw = random.Random(seed)
    return problem(
        [
            person(id=n, wants=draw.sample("abcdef", draw.randint(1, 3)), reliability=draw.randint(0, 200))
            for n in range(1, people + 1)
        ],
        [
            role(id=1 + n, role_type="abcdef"[n % 6], first=day(first), last=day(first + 2))
            for n, first in ((n, draw.randint(0, 2)) for n in range(9))
        ],
    )


def rows_of(solution):
    return [tuple(each) for each in solution.assignments]


@MANY
@given(
    seed=st.integers(0, 10**6),
    people=st.integers(3, 12),
    kind=st.sampled_from(["wild", "pinned", "crowded", "crowded"]),
    longest=st.integers(1, 4),
    share=st.integers(0, 4),
)
def test_every_drop_is_answered_as_if_every_chain_had_been_tried(seed, people, kind, longest, share):
    made = (
        crowded(seed, people) if kind == "crowded" else wild_problem(seed, people, 8, 2 * (kind == "pinned"))
    )
    placed = rows_of(solve(made, seed=seed, standby=0))
    movable = [(w, o) for w, o, _ in placed if (w + o) % 4 < share]
    plan = LivingPlan(made, placed, movable=movable, longest=longest, seed=seed)
    slow = Reference(made, placed, movable, seed)
    for w, o, _ in placed:
        if o not in slow.held[w]:
            continue  # she has moved meanwhile
        moves = plan.drop_out(w, o)
        slow.leave(w, o)
        slow.out.add((w, o))
        assert (len(moves), slow.worth(moves)) == slow.best(o, longest)
        assert not moves or moves in set(slow.chains(o, longest))
        if len(moves) == 1:  # the first of the list, not only one of as many points
            assert moves[0].person == next(who for who, _, f in slow.candidates(o) if f < 0)
        slow.follow(moves)
        on = sum(role in mine for mine in slow.held.values() for role in [o])
        assert plan.open(o) == int(made.roles.headcount[o]) - on


@MANY
@given(seed=st.integers(0, 10**6), people=st.integers(2, 60), pins=st.integers(0, 2))
def test_beyond_its_lists_it_finds_whom_refill_finds(seed, people, pins):
    made = wild_problem(seed, people, 8, pins)
    placed = rows_of(solve(made, seed=seed, standby=0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(living, "LEAST", 1)
        patch.setattr(living, "PER_SLOT", 0)
        plan = LivingPlan(made, placed, seed=seed)
    pinned = set(zip(made.pin_person.tolist(), made.pin_role.tolist(), strict=True))
    held, gone = {(w, o) for w, o, _ in placed}, set()
    for w, o in sorted(held):
        held.discard((w, o))
        gone.add((w, o))
        passed = [who for who, role in gone | pinned if role == o]
        expected = refill(made, held, o, 1, passed_over=passed, seed=seed)
        moves = plan.drop_out(w, o)
        assert [(m.person, m.score) for m in moves] == [(c.person, c.score) for c in expected]
        held |= {(m.person, m.role) for m in moves}


def three_in_a_row(**more):
    """Roles 0, 1, 2 on the same days; 1 may do 0 and 1, 2 may do 1 and 2, 3 only 2: and 3 is free."""
    people = [
        person(id=1, wants={"a"}),
        person(id=2, wants={"a", "b"}),
        person(id=3, wants={"b", "c"}),
        person(id=4, wants={"c"}),
    ]
    roles = [role(id=n, role_type=kind, first=day(0), last=day(1)) for n, kind in enumerate("abc", start=1)]
    return problem(people, roles, **more)


ON = [(0, 0, 100), (1, 1, 100), (2, 2, 100)]


def test_whoever_is_not_confirmed_moves_up_and_nobody_else():
    loose = [(1, 1), (2, 2)]
    plan = LivingPlan(three_in_a_row(), ON, movable=loose, longest=3)
    moves = plan.drop_out(0, 0)
    assert [(m.person, m.role, m.leaves) for m in moves] == [(1, 0, 1), (2, 1, 2), (3, 2, -1)]
    assert [plan.open(o) for o in range(3)] == [0, 0, 0]
    assert LivingPlan(three_in_a_row(), ON, movable=loose, longest=2).drop_out(0, 0) == ()
    assert LivingPlan(three_in_a_row(), ON, longest=3).drop_out(0, 0) == ()
    sure = LivingPlan(three_in_a_row(), ON, movable=loose, longest=3)
    sure.confirm(2, 2)
    assert sure.drop_out(0, 0) == ()


def test_nobody_comes_back_as_the_end_of_a_chain_that_she_began():
    """Who took the long role 0 would be free for role 3, but for what she has just taken."""
    spans = [(0, 3), (0, 1), (1, 2), (2, 3)]
    roles = [
        role(id=n + 1, role_type=kind, first=day(a), last=day(b))
        for n, (kind, (a, b)) in enumerate(zip("abcd", spans, strict=True))
    ]
    people = [
        person(id=n + 1, wants=wants)
        for n, wants in enumerate([{"a"}, {"a", "b", "d"}, {"b", "c"}, {"c", "d"}])
    ]
    placed = [(n, n, 100) for n in range(4)]
    loose = [(n, n) for n in range(1, 4)]
    assert LivingPlan(problem(people, roles), placed, movable=loose, longest=4).drop_out(0, 0) == ()
    free = [*people, person(id=5, wants={"d"})]
    moves = LivingPlan(problem(free, roles), placed, movable=loose, longest=4).drop_out(0, 0)
    assert [(m.person, m.role) for m in moves] == [(1, 0), (2, 1), (3, 2), (4, 3)]


def test_people_of_a_unit_are_neither_moved_nor_asked():
    plan = LivingPlan(three_in_a_row(units=[((3, 4), "all", 0)]), ON, movable=[(1, 1), (2, 2)], longest=3)
    assert plan.drop_out(0, 0) == ()
    assert plan.open(0) == 1


def test_whoever_is_passed_over_is_not_asked_and_an_empty_slot_can_be_filled_later():
    plan = LivingPlan(three_in_a_row(), ON)
    for _ in range(2000):  # as many as make the list of refusals grow
        plan.pass_over(0, 2)
    plan.pass_over(3, 2)
    assert plan.drop_out(2, 2) == ()
    plan.leave(1, 1)
    plan.pass_over(2, 1)
    assert [(m.person, m.role) for m in plan.fill(1)] == [(1, 1)]
    assert plan.fill(1) == ()
    with pytest.raises(KeyError):
        plan.drop_out(3, 1)
    with pytest.raises(KeyError):
        plan.leave(3, 1)
    with pytest.raises(KeyError):
        plan.confirm(3, 1)
    with pytest.raises(ValueError, match="1 to 5"):
        LivingPlan(three_in_a_row(), ON, longest=6)
