"""What she said and what outside calendars leave of it; and the way back."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import Conflict
from hubs.timespan import DaySpan
from profiles.models import Availability, DaysBefore
from profiles.queries.availability import parts_by_day
from profiles.services import availability
from profiles.services.days import put, without

TODAY = date(2026, 12, 1)
MONTH = DaySpan(TODAY, date(2027, 1, 1))
BITS = {"day": 1, "night": 2, "both": 3}


def day(number: int) -> date:
    return date(2026, 12, number)


@pytest.mark.django_db
class TestUndo:
    def say(self, bo, **days) -> None:
        said = {day(int(number[1:])): part for number, part in days.items()}
        availability.set_days(profile=bo.profile, by=bo, days=said, today=TODAY)

    def undo(self, bo) -> dict[date, str]:
        availability.undo(profile=bo.profile, by=bo, today=TODAY)
        return parts_by_day(bo.profile, within=MONTH)

    def test_the_last_change_is_taken_back_and_put_back(self, bo):
        self.say(bo, d5="both")
        self.say(bo, d6="night", d5=None)
        assert self.undo(bo) == {day(5): "both"}
        assert self.undo(bo) == {day(6): "night"}

    def test_a_press_that_changed_nothing_leaves_the_way_back_alone(self, bo):
        self.say(bo, d5="both")
        self.say(bo, d5="both")
        assert self.undo(bo) == {}

    def test_there_must_be_something(self, bo):
        with pytest.raises(Conflict) as refused:
            self.undo(bo)
        assert refused.value.code == "nothing_to_undo"

    def test_days_gone_by_stay(self, bo):
        self.say(bo, d1="both")
        self.say(bo, d9="both")
        availability.undo(profile=bo.profile, by=bo, today=day(5))
        assert parts_by_day(bo.profile, within=MONTH) == {day(1): "both"}
        assert DaysBefore.objects.count() == 1

    def test_a_span_that_stays_is_not_written_again(self, bo):
        self.say(bo, d5="both")
        kept = Availability.objects.get().pk
        self.say(bo, d9="night")
        assert Availability.objects.filter(pk=kept).exists()


SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6), st.sampled_from(["day", "night", "both"])), max_size=6
)


def laid(rows) -> dict[str, list[DaySpan]]:
    return put({}, [(DaySpan(TODAY + timedelta(a), TODAY + timedelta(a + n)), part) for a, n, part in rows])


def bits(spans) -> dict[date, int]:
    found: dict[date, int] = {}
    for part, each in spans.items():
        for span in each:
            for one in span:
                found[one] = found.get(one, 0) | BITS[part]
    return found


@given(SPANS, SPANS)
def test_what_is_left_is_what_was_said_and_not_taken(said, busy):
    free, taken = bits(laid(said)), bits(laid(busy))
    left = without(laid(said), laid(busy))

    assert bits(left) == {one: rest for one, part in free.items() if (rest := part & ~taken.get(one, 0))}
    every = sorted(span for spans in left.values() for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(every))
