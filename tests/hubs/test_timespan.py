"""Spans of days answer exactly as PostgreSQL's dateranges do."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from psycopg.types.range import DateRange

from hubs.timespan import DaySpan, gaps, shoot_day_of, start_of, union

DAY = date(2026, 12, 1)


def span(start: int, end: int) -> DaySpan:
    return DaySpan(DAY + timedelta(days=start), DAY + timedelta(days=end))


def literal(value: DaySpan) -> str:
    return f"[{value.start},{value.end})"


PAIRS = {
    "far apart": (span(0, 2), span(5, 7)),
    "touching": (span(0, 2), span(2, 4)),
    "one day shared": (span(0, 3), span(2, 5)),
    "one inside the other": (span(0, 9), span(3, 4)),
    "same start": (span(0, 3), span(0, 5)),
    "same end": (span(1, 5), span(3, 5)),
    "equal": (span(2, 4), span(2, 4)),
    "a day long, neighbours": (span(1, 2), span(2, 3)),
    "over the turn of the year": (span(28, 35), span(31, 33)),
}


@pytest.mark.django_db
@pytest.mark.parametrize("case", PAIRS)
@pytest.mark.parametrize("turned", [False, True])
def test_overlap_and_intersection_agree_with_postgresql(case, turned):
    a, b = reversed(PAIRS[case]) if turned else PAIRS[case]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a && b, lower(a * b), upper(a * b), %s::date <@ a"
            " FROM (SELECT %s::daterange a, %s::daterange b) x",
            [b.start, literal(a), literal(b)],
        )
        overlaps, lower, upper, holds_start = cursor.fetchone()

    common = a.intersection(b)
    assert (a.overlaps(b), b.start in a) == (overlaps, holds_start)
    assert (common and common.start, common and common.end) == (lower, upper)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spans",
    [
        [],
        [span(0, 2)],
        [span(5, 7), span(0, 2)],
        [span(0, 2), span(2, 4)],
        [span(0, 9), span(3, 4), span(8, 11)],
        [span(1, 2), span(1, 2), span(4, 6), span(5, 8), span(20, 21)],
    ],
)
def test_union_and_gaps_agree_with_postgresql(spans):
    within = span(1, 12)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT joined, datemultirange(%s::daterange) - joined FROM"
            " (SELECT coalesce(range_agg(r), '{}'::datemultirange) joined FROM unnest(%s::daterange[]) r) x",
            [literal(within), [literal(one) for one in spans]],
        )
        joined, left = cursor.fetchone()

    assert [(one.start, one.end) for one in union(spans)] == [(one.lower, one.upper) for one in joined]
    assert [(one.start, one.end) for one in gaps(spans, within)] == [(one.lower, one.upper) for one in left]


@pytest.mark.parametrize("end", [0, -1])
def test_a_span_ends_after_it_starts(end):
    with pytest.raises(ValueError, match="ends after it starts"):
        span(0, end)


def test_a_column_of_days_is_read_as_a_span():
    column = DateRange(date(2026, 12, 5), date(2026, 12, 10))

    assert DaySpan.of(column) == DaySpan(date(2026, 12, 5), date(2026, 12, 10))


@pytest.mark.parametrize(("lower", "upper"), [(None, date(2026, 12, 5)), (date(2026, 12, 5), None)])
def test_a_column_without_an_end_is_no_span(lower, upper):
    with pytest.raises(ValueError, match="has two ends"):
        DaySpan.of(DateRange(lower, upper))


def test_a_span_counts_its_days():
    week = DaySpan.inclusive(date(2026, 12, 5), date(2026, 12, 9))

    assert (len(week), week.last, week.end) == (5, date(2026, 12, 9), date(2026, 12, 10))
    assert list(week) == [date(2026, 12, day) for day in range(5, 10)]


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 12, 4, 20, 59, 59, tzinfo=UTC), date(2026, 12, 4)),  # 04:59:59 in Shanghai
        (datetime(2026, 12, 4, 21, 0, tzinfo=UTC), date(2026, 12, 5)),  # 05:00
        (datetime(2026, 12, 5, 15, 59, tzinfo=UTC), date(2026, 12, 5)),  # 23:59
        (datetime(2026, 12, 5, 16, 0, tzinfo=UTC), date(2026, 12, 5)),  # midnight is still the same shoot day
        (datetime(2026, 12, 31, 20, 0, tzinfo=UTC), date(2026, 12, 31)),  # 04:00 on New Year's Day
    ],
)
def test_a_shoot_day_breaks_at_five_in_shanghai(utc, day):
    assert shoot_day_of(utc) == day


def test_a_shoot_day_begins_where_it_belongs():
    assert start_of(date(2026, 12, 5)).astimezone(UTC) == datetime(2026, 12, 4, 21, 0, tzinfo=UTC)
    assert shoot_day_of(start_of(date(2026, 12, 5))) == date(2026, 12, 5)
