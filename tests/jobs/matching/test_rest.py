"""The rules of rest, case by case and as properties over many weeks."""

import random
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.matching import rest
from jobs.matching.rest import Flag, Stint, earliest_call, judge, latest_wrap

DAY = date(2026, 12, 12)


def stint(day: date, call: str, hours: float) -> Stint:
    start = datetime.combine(day, time.fromisoformat(call), tzinfo=rest.PLACE)
    return Stint(start, start + timedelta(hours=hours), day)


def days(number: int, call: str = "08:00", hours: float = 10) -> list[Stint]:
    """The `number` days right before DAY."""
    return [stint(DAY - timedelta(days=back), call, hours) for back in range(1, number + 1)]


YESTERDAY = DAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("wanted", "others", "flags"),
    [
        (stint(DAY, "08:00", 10), [], []),
        (stint(DAY, "08:00", 10), [stint(YESTERDAY, "12:00", 10)], []),
        (stint(DAY, "07:59", 10), [stint(YESTERDAY, "12:00", 10)],
         [Flag("turnaround", "reason", {"minutes": 599, "ahead": False})]),
        (stint(DAY, "08:00", 10), [stint(YESTERDAY, "14:00", 11)],
         [Flag("turnaround", "refused", {"minutes": 420, "ahead": False})]),
        (stint(DAY, "14:00", 10), [stint(DAY + timedelta(days=1), "08:00", 10)],
         [Flag("turnaround", "reason", {"minutes": 480, "ahead": True})]),
        (stint(DAY, "08:00", 12), [], []),
        (stint(DAY, "08:00", 12.5), [], [Flag("long_day", "reason", {"minutes": 750})]),
        (stint(DAY, "08:00", 14.5), [], [Flag("long_day", "refused", {"minutes": 870})]),
        (stint(DAY, "08:00", 10), days(4), []),
        (stint(DAY, "08:00", 10), days(5), [Flag("sixth_day", "warn", {"days": 6})]),
        (stint(DAY, "08:00", 10), days(6), [Flag("sixth_day", "reason", {"days": 7})]),
        (stint(DAY, "18:00", 10), days(1, "18:00"), [Flag("nights", "warn", {"nights": 2})]),
        (stint(DAY, "18:00", 10), days(2, "18:00"), [Flag("nights", "reason", {"nights": 3})]),
        (stint(DAY, "15:00", 10), days(2, "15:00"), []),
    ],
)  # fmt: skip
def test_each_rule_at_its_edge(wanted, others, flags):
    assert judge(wanted, others) == flags


def test_a_minor_does_no_night():
    late, early = stint(DAY, "13:00", 10), stint(DAY, "05:30", 8)
    assert judge(late, [], minor=True) == [Flag("minor_night", "refused", {"minutes": 60})]
    assert judge(early, [], minor=True) == [Flag("minor_night", "refused", {"minutes": 30})]
    assert judge(stint(DAY, "06:00", 10), [], minor=True) == []


def test_the_proposed_call_is_ten_hours_after_the_last_wrap():
    ended = stint(YESTERDAY, "14:00", 11.6)  # 01:36
    call = earliest_call(stint(DAY, "08:00", 10), [ended])
    assert call == datetime.combine(DAY, time(11, 45), tzinfo=rest.PLACE)


def test_there_is_no_call_where_the_day_is_over_before_she_has_rested():
    assert earliest_call(stint(DAY, "08:00", 4), [stint(YESTERDAY, "18:00", 12)]) is None


def test_a_stint_ends_after_it_starts():
    with pytest.raises(ValueError, match="ends after it starts"):
        stint(DAY, "08:00", 0)


@st.composite
def weeks(draw):
    """A person's stints, at most one a shoot day, over two weeks, and one more day to be planned among them."""
    chosen = draw(st.sets(st.integers(0, 13), min_size=1, max_size=14))
    made = []
    for number in sorted(chosen):
        minutes = draw(st.integers(0, 23 * 4)) * 15
        start = datetime.combine(DAY + timedelta(days=number), time(5), tzinfo=rest.PLACE)
        call = start + timedelta(minutes=minutes)
        length = timedelta(minutes=15 * draw(st.integers(4, 64)))
        made.append(Stint(call, call + length, DAY + timedelta(days=number)))
    wanted = draw(st.sampled_from(made))
    return wanted, [each for each in made if each is not wanted]


def hours(flags):
    return {flag.rule for flag in flags} & {"turnaround", "long_day"}


@given(weeks())
def test_the_proposed_call_breaks_no_rule_of_hours(week):
    wanted, others = week
    call = earliest_call(wanted, others)
    if call is not None:
        later = [each for each in others if not wanted.call < each.call <= call]
        assert call >= wanted.call
        assert hours(judge(Stint(call, wanted.wrap, wanted.day), later)) == set()


@given(weeks())
def test_no_earlier_call_would_do(week):
    wanted, others = week
    call = earliest_call(wanted, others)
    if call is not None and call > wanted.call:
        sooner = max(call - rest.GRAIN, wanted.call)
        assert hours(judge(Stint(sooner, wanted.wrap, wanted.day), others)) != set()


@given(weeks())
def test_no_proposal_is_made_where_a_free_call_was_lawful(week):
    wanted, others = week
    if not hours(judge(wanted, others)):
        assert earliest_call(wanted, others) == wanted.call
        assert latest_wrap(wanted, others) == wanted.wrap


@given(weeks(), st.integers())
def test_the_order_of_the_others_does_not_matter(week, seed):
    wanted, others = week
    mixed = random.Random(seed).sample(others, len(others))
    assert judge(wanted, mixed) == judge(wanted, others)
    assert earliest_call(wanted, mixed) == earliest_call(wanted, others)


@given(weeks(), st.integers(1, 300))
def test_the_same_week_later_in_the_year_is_judged_the_same(week, later):
    wanted, others = week

    def moved(each: Stint) -> Stint:
        by = timedelta(days=later)
        return Stint(each.call + by, each.wrap + by, each.day + by)

    assert judge(moved(wanted), [moved(each) for each in others]) == judge(wanted, others)


@given(weeks())
def test_one_stint_less_never_makes_it_worse(week):
    wanted, others = week
    order = {None: -1} | {level: n for n, level in enumerate(rest.LEVELS)}
    whole = order[rest.worst(judge(wanted, others))]
    for gone in others:
        rest_of_them = [each for each in others if each is not gone]
        if gone.wrap <= wanted.call or gone.call >= wanted.wrap:
            assert order[rest.worst(judge(wanted, rest_of_them))] <= whole
