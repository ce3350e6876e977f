"""The arrangement of 2026 as the State Council published it, and a year it has not arranged yet."""

from datetime import date

from hubs.queries.holidays import WORKED, of_year, special


def test_national_day_2026_and_its_worked_weekends():
    assert special(date(2026, 10, 1)).name_zh == "国庆节"
    assert special(date(2026, 10, 1)).name_en == "National Day"
    assert special(date(2026, 10, 7)).name_zh == "调休放假"
    assert sorted(day for day, said in of_year(2026).items() if said is WORKED) == [
        date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20),
        date(2026, 10, 10),
    ]  # fmt: skip
    assert special(date(2026, 12, 5)) is None


def test_a_year_ahead_has_the_lawful_days():
    assert special(date(2027, 2, 6)).name_zh == "春节"
    assert not any(said.works for said in of_year(2027).values())
