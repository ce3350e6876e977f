from datetime import date
from types import SimpleNamespace

import pytest
from psycopg.types.range import DateRange

from jobs.web import months

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2027-02", date(2027, 2, 1)),
        ("", date(2026, 12, 1)),
        ("2026-13", date(2026, 12, 1)),
        ("9999-12", date(2026, 12, 1)),
        ("2026-12-05", date(2026, 12, 1)),
        ("'; drop", date(2026, 12, 1)),
    ],
)
def test_a_month_is_read_from_the_address_and_nonsense_is_now(text, month):
    assert months.parse(text, TODAY) == month


@pytest.mark.parametrize(
    ("month", "by", "result"),
    [(date(2026, 12, 1), 1, date(2027, 1, 1)), (date(2027, 1, 1), -1, date(2026, 12, 1))],
)
def test_months_run_over_the_year(month, by, result):
    assert months.shifted(month, by) == result


def test_a_booking_takes_its_days_and_not_the_day_after():
    booking = SimpleNamespace(days=DateRange(date(2026, 12, 12), date(2026, 12, 14)))
    cells = [cell for week in months.weeks(date(2026, 12, 1), [booking], TODAY) for cell in week]
    assert [cell.day.day for cell in cells if cell.booking] == [12, 13]
    assert [cell.day for cell in cells if cell.today] == [TODAY]
    assert (cells[0].day, cells[0].outside) == (date(2026, 11, 30), True)
