"""Weekly patterns and their exceptions, held against a plain reading of the same words."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from config.errors import Invalid, NotAllowed
from hubs.timespan import DaySpan
from profiles.models import Pattern
from profiles.queries.availability import parts_by_day
from profiles.services import availability, patterns
from tests.factories.profiles import ProfileFactory

TODAY = date(2026, 12, 1)
HORIZON = TODAY + timedelta(days=availability.HORIZON_DAYS)
AHEAD = DaySpan.inclusive(TODAY, HORIZON)
NIGHTS = {"weekdays": range(5), "part": "night", "first": TODAY, "last": None}


def days(profile) -> dict[date, str]:
    return parts_by_day(profile, within=AHEAD)


def said(profile, **more) -> Pattern:
    return patterns.set_pattern(profile=profile, by=profile.user, today=TODAY, **NIGHTS | more)


def one(profile, day: str, part: str | None) -> None:
    availability.set_days(profile=profile, by=profile.user, days={date.fromisoformat(day): part}, today=TODAY)


@pytest.mark.django_db
class TestPattern:
    def test_nights_only_beside_a_day_job(self, bo):
        said(bo.profile)
        assert days(bo.profile) == {day: "night" for day in AHEAD if day.weekday() < 5}

    def test_from_a_day_to_a_day(self, bo):
        said(bo.profile, weekdays=[5, 6], part="both", first=date(2026, 12, 10), last=date(2026, 12, 20))
        assert sorted(days(bo.profile)) == [date(2026, 12, day) for day in (12, 13, 19, 20)]

    def test_a_first_pattern_is_laid_over_what_was_said_and_one_press_brings_it_back(self, bo):
        one(bo.profile, "2026-12-05", "both")
        said(bo.profile)
        assert date(2026, 12, 5) not in days(bo.profile)
        availability.undo(profile=bo.profile, by=bo, today=TODAY)
        assert days(bo.profile) == {date(2026, 12, 5): "both"}

    def test_exceptions_outlive_a_change_of_the_pattern(self, bo):
        said(bo.profile)
        one(bo.profile, "2026-12-24", None)
        one(bo.profile, "2026-12-26", "both")
        said(bo.profile, weekdays=[3, 5], part="day")
        now = days(bo.profile)
        assert date(2026, 12, 24) not in now  # a Thursday the pattern would take
        assert (now[date(2026, 12, 26)], now[date(2026, 12, 31)]) == ("both", "day")
        assert date(2026, 12, 2) not in now

    def test_without_the_pattern_only_the_exceptions_are_left(self, bo):
        said(bo.profile)
        one(bo.profile, "2026-12-26", "both")
        patterns.drop_pattern(profile=bo.profile, by=bo, today=TODAY)
        assert (days(bo.profile), Pattern.objects.count()) == ({date(2026, 12, 26): "both"}, 0)
        patterns.drop_pattern(profile=bo.profile, by=bo, today=TODAY)

    def test_a_pattern_without_end_is_laid_further_and_yesterdays_exceptions_stay(self, bo):
        said(bo.profile)
        one(bo.profile, "2026-12-24", None)
        later = TODAY + timedelta(days=30)
        assert patterns.lay_ahead(today=later) == 1
        assert patterns.lay_ahead(today=later) == 0
        new = parts_by_day(
            bo.profile, within=DaySpan(HORIZON + timedelta(days=1), HORIZON + timedelta(days=40))
        )
        assert sorted(new) == [
            day
            for day in DaySpan(HORIZON + timedelta(days=1), HORIZON + timedelta(days=31))
            if day.weekday() < 5
        ]
        assert date(2026, 12, 24) not in days(bo.profile)

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"weekdays": []}, "weekdays_needed"),
            ({"weekdays": [7]}, "weekdays_needed"),
            ({"part": "noon"}, "part_unknown"),
            ({"last": TODAY - timedelta(days=1), "first": TODAY - timedelta(days=9)}, "day_past"),
            ({"last": TODAY, "first": TODAY + timedelta(days=1)}, "days_in_order"),
            ({"first": HORIZON + timedelta(days=1)}, "day_too_far"),
        ],
    )
    def test_what_cannot_be_is_refused(self, bo, more, code):
        with pytest.raises(Invalid) as refused:
            said(bo.profile, **more)
        assert (refused.value.code, days(bo.profile)) == (code, {})

    def test_only_she_says_it(self, bo, lin_graduate):
        with pytest.raises(NotAllowed):
            patterns.set_pattern(profile=bo.profile, by=lin_graduate, today=TODAY, **NIGHTS)


PARTS = st.sampled_from(["day", "night", "both"])
DAYS = st.integers(0, 45).map(lambda n: TODAY + timedelta(days=n))
SPELLS = st.tuples(st.sets(st.integers(0, 6), min_size=1), PARTS, DAYS, st.none() | st.integers(0, 40))


class TestPatternsAndExceptions(TestCase):
    """Whatever patterns and single days follow each other: the table says what a plain dictionary says."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.one_of(
                st.tuples(st.just("pattern"), SPELLS),
                st.tuples(st.just("day"), st.tuples(DAYS, st.none() | PARTS)),
                st.just(("drop", None)),
            ),
            max_size=6,
        )
    )
    def test_like_a_dictionary(self, acts):
        profile = ProfileFactory()
        model: dict[date, str] = {}
        old = None
        for kind, what in acts:
            if kind == "day":
                day, part = what
                availability.set_days(profile=profile, by=profile.user, days={day: part}, today=TODAY)
                model.pop(day, None)
                if part:
                    model[day] = part
                continue
            new = None
            if kind == "pattern":
                weekdays, part, first, length = what
                last = None if length is None else first + timedelta(days=length)
                new = (weekdays, part, first, last)
                patterns.set_pattern(
                    profile=profile,
                    by=profile.user,
                    weekdays=weekdays,
                    part=part,
                    first=first,
                    last=last,
                    today=TODAY,
                )
            else:
                patterns.drop_pattern(profile=profile, by=profile.user, today=TODAY)
            model = relaid(model, old, new)
            old = new
        assert days(profile) == model


def relaid(model: dict[date, str], old, new) -> dict[date, str]:
    result = dict(model)
    for day in AHEAD:
        was, will = plainly(old, day), plainly(new, day)
        exception = was is not None and model.get(day, "") != was
        if exception:
            continue
        if will is None and was is not None:
            will = ""
        if will is None:
            continue
        result.pop(day, None)
        if will:
            result[day] = will
    return result


def plainly(spell, day: date) -> str | None:
    if spell is None:
        return None
    weekdays, part, first, last = spell
    if day < first or (last is not None and day > last):
        return None
    return part if day.weekday() in weekdays else ""
