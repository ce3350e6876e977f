"""Free days: whatever is said, the spans that are kept say exactly the same, and never overlap."""

import itertools
import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import Invalid, NotAllowed
from hubs.timespan import DaySpan
from profiles.models import Availability, Profile
from profiles.queries import availability as questions
from profiles.services import availability
from tests.factories.profiles import ProfileFactory

TODAY = date(2026, 12, 1)
HORIZON = DaySpan(TODAY, TODAY + timedelta(days=400))


@pytest.fixture
def me(bo):
    return {"profile": bo.profile, "by": bo, "today": TODAY}


def kept(profile) -> list[tuple[date, date, str]]:
    return [
        (row.days.lower, row.days.upper, row.part)
        for row in Availability.objects.filter(profile=profile).order_by("days")
    ]


def day(n: int) -> date:
    return TODAY + timedelta(days=n)


def test_days_that_touch_become_one_span(me):
    availability.set_days(**me, days={day(0): "both", day(1): "both", day(2): "day", day(4): "both"})
    assert kept(me["profile"]) == [
        (day(0), day(2), "both"),
        (day(2), day(3), "day"),
        (day(4), day(5), "both"),
    ]


def test_a_day_taken_out_splits_a_span_and_put_back_mends_it(me):
    availability.add_span(**me, first=day(0), last=day(6), part="both")
    availability.set_days(**me, days={day(3): None})
    assert kept(me["profile"]) == [(day(0), day(3), "both"), (day(4), day(7), "both")]
    availability.set_days(**me, days={day(3): "both"})
    assert kept(me["profile"]) == [(day(0), day(7), "both")]


def test_a_span_replaces_what_was_said_of_its_days(me):
    availability.add_span(**me, first=day(0), last=day(9), part="both")
    availability.add_span(**me, first=day(2), last=day(4), part="night")
    availability.remove_span(**me, first=day(8), last=day(20))
    assert kept(me["profile"]) == [
        (day(0), day(2), "both"),
        (day(2), day(5), "night"),
        (day(5), day(8), "both"),
    ]


def test_a_month_said_anew_leaves_past_days_and_other_months(me):
    Availability.objects.create(
        profile=me["profile"], days=DateRange(date(2026, 11, 20), date(2027, 1, 11)), part="both"
    )
    availability.replace_month(**me, month=date(2026, 12, 1), days={date(2026, 12, 5): "day"})
    assert kept(me["profile"]) == [
        (date(2026, 11, 20), date(2026, 12, 1), "both"),
        (date(2026, 12, 5), date(2026, 12, 6), "day"),
        (date(2027, 1, 1), date(2027, 1, 11), "both"),
    ]


def test_everything_said_anew_and_cleared(me):
    availability.replace_all(**me, spans=[(day(5), day(9), "day"), (day(0), day(1), "both")])
    assert kept(me["profile"]) == [(day(0), day(2), "both"), (day(5), day(10), "day")]
    availability.clear(**me)
    assert kept(me["profile"]) == []


@pytest.mark.parametrize(
    ("act", "code", "field"),
    [
        (
            lambda me: availability.add_span(**me, first=day(3), last=day(2), part="day"),
            "days_in_order",
            "last",
        ),
        (lambda me: availability.add_span(**me, first=day(-1), last=day(2), part="day"), "day_past", "first"),
        (
            lambda me: availability.add_span(**me, first=day(0), last=date.max, part="day"),
            "day_too_far",
            "last",
        ),
        (
            lambda me: availability.add_span(**me, first=day(0), last=day(1), part="noon"),
            "part_unknown",
            "part",
        ),
        (lambda me: availability.set_days(**me, days={date.max: "day"}), "day_too_far", "days"),
        (lambda me: availability.set_days(**me, days={day(-1): "day"}), "day_past", "days"),
        (
            lambda me: availability.replace_all(
                **me, spans=[(day(0), day(3), "day"), (day(3), day(4), "day")]
            ),
            "overlapping_days",
            "spans",
        ),
        (
            lambda me: availability.replace_all(**me, spans=[(day(0), day(0), "day")] * 201),
            "too_many",
            "spans",
        ),
        (
            lambda me: availability.replace_month(**me, month=TODAY, days={date(2027, 1, 1): "day"}),
            "day_out_of_month",
            "days",
        ),
        (lambda me: availability.replace_month(**me, month=date(2026, 11, 1), days={}), "day_past", "days"),
    ],
)
def test_what_cannot_be_right_names_its_field_and_changes_nothing(me, act, code, field):
    availability.add_span(**me, first=day(0), last=day(1), part="both")
    with pytest.raises(Invalid) as caught:
        act(me)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert kept(me["profile"]) == [(day(0), day(2), "both")]


def test_nobody_speaks_for_another(bo, lin_graduate, ada):
    for stranger in (lin_graduate, ada):
        with pytest.raises(NotAllowed, match="not_yours"):
            availability.set_days(profile=bo.profile, by=stranger, days={day(0): "day"}, today=TODAY)
    assert kept(bo.profile) == []


PARTS = st.sampled_from(["day", "night", "both", None])
OFFSET = st.integers(0, 40)
SAID = st.lists(st.tuples(OFFSET, OFFSET, PARTS), max_size=8)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=SAID)
def test_spans_say_what_a_plain_set_of_days_would(bo, said):
    profile = bo.profile
    Availability.objects.all().delete()
    expected: dict[date, str] = {}
    for one, other, part in said:
        first, last = day(min(one, other)), day(max(one, other))
        days = dict.fromkeys(DaySpan.inclusive(first, last), part)
        if part is None:
            availability.remove_span(profile=profile, by=bo, first=first, last=last, today=TODAY)
        elif one < other:
            availability.add_span(profile=profile, by=bo, first=first, last=last, part=part, today=TODAY)
        else:
            availability.set_days(profile=profile, by=bo, days=days, today=TODAY)
        expected |= days
    expected = {one_day: part for one_day, part in expected.items() if part}
    assert questions.parts_by_day(profile, within=HORIZON) == expected
    rows = kept(profile)
    # As few spans as can be: no two neighbours of one part.
    assert not [1 for one, other in itertools.pairwise(rows) if one[1] == other[0] and one[2] == other[2]]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_pages_open_at_once_cannot_make_spans_overlap():
    profile = ProfileFactory()
    failures: list[BaseException] = []

    def say(part: str) -> None:
        try:
            mine = Profile.objects.select_related("user").get(pk=profile.pk)
            for n in range(15):
                availability.add_span(
                    profile=mine, by=mine.user, first=day(n), last=day(n + 5), part=part, today=TODAY
                )
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=say, args=(part,)) for part in ("day", "night", "both")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    rows = kept(profile)
    assert rows[0][0] == day(0)
    assert rows[-1][1] == day(20)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(rows))
