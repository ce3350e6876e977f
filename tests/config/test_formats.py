"""What a reader sees for a day, a span, a sum of money: both languages, whole strings."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.template import Context, Template
from django.utils import timezone, translation

from config import formats
from hubs.timespan import DaySpan

NOON = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)  # noon in Shanghai


@pytest.fixture(autouse=True)
def _in_december_2026(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def told(function, value, language, *rest):
    with translation.override(language):
        return function(value, *rest)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1200, "¥1,200"), (0, "¥0"), (-350, "-¥350"), (1_234_567, "¥1,234,567"), (None, ""), ("", "")],
)
def test_yuan(value, text):
    assert (told(formats.yuan, value, "zh-hans"), told(formats.yuan, value, "en")) == (text, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [(450000, "450,000"), (Decimal("58.700"), "58.7"), (Decimal("3.000"), "3"), (0, "0"), (None, "")],
)
def test_count(value, text):
    assert (told(formats.count, value, "zh-hans"), told(formats.count, value, "en")) == (text, text)


@pytest.mark.parametrize(
    ("value", "text"), [(0.42, "42%"), (Decimal("0.875"), "87.5%"), (1, "100%"), (None, "")]
)
def test_percent(value, text):
    assert (told(formats.percent, value, "zh-hans"), told(formats.percent, value, "en")) == (text, text)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (date(2026, 12, 4), "12月4日 周五", "Fri, Dec 4"),
        (date(2027, 1, 2), "2027年1月2日 周六", "Sat, Jan 2, 2027"),
        # 17:00 in UTC is past midnight in Shanghai
        (datetime(2026, 12, 4, 17, 0, tzinfo=UTC), "12月5日 周六", "Sat, Dec 5"),
        (None, "", ""),
    ],
)
def test_day(value, zh, en):
    assert (told(formats.day, value, "zh-hans"), told(formats.day, value, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("first", "end", "zh", "en"),
    [
        (date(2026, 12, 5), date(2026, 12, 10), "2026年12月5日至9日", "Dec 5 – 9, 2026"),
        (date(2026, 12, 5), date(2026, 12, 6), "2026年12月5日", "Dec 5, 2026"),
        (date(2026, 11, 28), date(2026, 12, 3), "2026年11月28日至12月2日", "Nov 28 – Dec 2, 2026"),
        (date(2026, 12, 30), date(2027, 1, 3), "2026年12月30日至2027年1月2日", "Dec 30, 2026 – Jan 2, 2027"),
        (date(2026, 11, 28), date(2026, 12, 1), "2026年11月28日至30日", "Nov 28 – 30, 2026"),
    ],
)
def test_day_span_names_the_last_day_not_the_open_end(first, end, zh, en):
    for span in (DateRange(first, end), DaySpan(first, end), (first, end)):
        assert (told(formats.day_span, span, "zh-hans"), told(formats.day_span, span, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("first", "end", "zh", "en"),
    [
        (date(2026, 12, 5), date(2026, 12, 10), "12月5日至9日", "Dec 5 – 9"),
        (date(2026, 12, 5), date(2026, 12, 6), "12月5日", "Dec 5"),
        (date(2026, 12, 30), date(2027, 1, 3), "2026年12月30日至2027年1月2日", "Dec 30, 2026 – Jan 2, 2027"),
        (date(2027, 1, 3), date(2027, 1, 5), "2027年1月3日至4日", "Jan 3 – 4, 2027"),
    ],
)
def test_a_short_day_span_leaves_out_only_this_year(first, end, zh, en):
    span = DateRange(first, end)
    assert (
        told(formats.day_span, span, "zh-hans", "short"),
        told(formats.day_span, span, "en", "short"),
    ) == (
        zh,
        en,
    )


def test_day_span_without_days_is_empty():
    assert [formats.day_span(value) for value in (None, DateRange(empty=True))] == ["", ""]


def test_day_span_with_open_ends():
    spans = DateRange(date(2026, 12, 5), None), DateRange(None, date(2026, 12, 5)), DateRange(None, None)
    assert [told(formats.day_span, span, "en") for span in spans] == [
        "from Dec 5, 2026 on",
        "until Dec 4, 2026",
        "always",
    ]


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (datetime(2026, 12, 4, 10, 30, tzinfo=UTC), "12月4日 周五 18:30", "Fri, Dec 4, 18:30"),
        (datetime(2026, 12, 4, 16, 0, tzinfo=UTC), "12月5日 周六 00:00", "Sat, Dec 5, 00:00"),
        # the last hour of the year in UTC is next year's morning in Shanghai
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), "2027年1月1日 周五 07:00", "Fri, Jan 1, 2027, 07:00"),
        (None, "", ""),
    ],
)
def test_moment_is_told_in_shanghai(value, zh, en):
    assert (told(formats.moment, value, "zh-hans"), told(formats.moment, value, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("left", "zh", "en"),
    [
        (timedelta(hours=2, minutes=10, seconds=59), "2小时10分钟", "2 hours 10 minutes"),
        (timedelta(days=1, hours=1, minutes=59), "1天1小时", "1 day 1 hour"),
        (timedelta(days=3), "3天", "3 days"),
        (timedelta(minutes=1), "1分钟", "1 minute"),
    ],
)
def test_duration_is_rounded_down(left, zh, en):
    assert (told(formats.duration, left, "zh-hans"), told(formats.duration, left, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("left", "en"),
    [
        (timedelta(hours=2), "2 hours left, until Tue, Dec 1, 14:00"),
        (timedelta(seconds=30), "less than a minute left, until Tue, Dec 1, 12:00"),
        (timedelta(0), "ended Tue, Dec 1, 12:00"),
        (timedelta(hours=-3), "ended Tue, Dec 1, 09:00"),
    ],
)
def test_time_left_always_gives_the_absolute_time(left, en):
    assert told(formats.time_left, NOON + left, "en", NOON) == en


def test_the_filters_need_no_load():
    page = Template("{{ pay|yuan }} {{ span|day_span }} {{ at|iso }}")
    context = {"pay": 350, "span": DateRange(date(2026, 12, 5), date(2026, 12, 10)), "at": NOON}
    with translation.override("en"):
        assert page.render(Context(context)) == "¥350 Dec 5 – 9, 2026 2026-12-01T04:00:00+00:00"


@pytest.mark.parametrize(
    ("length", "zh", "en"),
    [
        (timedelta(hours=122, minutes=30), "122小时30分钟", "122 hours 30 minutes"),
        (timedelta(hours=9), "9小时", "9 hours"),
        (None, "–", "–"),
        (timedelta(0), "–", "–"),
    ],
)
def test_working_time_is_told_in_hours(length, zh, en):
    for language, said in (("zh-hans", zh), ("en", en)):
        with translation.override(language):
            assert formats.hours(length) == said


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (datetime(2026, 12, 1, 10, 30, tzinfo=UTC), "至18:30", "until 18:30"),
        (datetime(2026, 12, 1, 16, 0, tzinfo=UTC), "至12月2日 00:00", "until Dec 2, 00:00"),
        (None, "", ""),
    ],
)
def test_a_deadline_fits_a_narrow_place(value, chinese, english):
    assert (told(formats.deadline, value, "zh-hans"), told(formats.deadline, value, "en")) == (
        chinese,
        english,
    )


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("{{ span|day_span }}", "zh-hans", "2026+年+12+月+5+日+至2027+年+1+月+9+日"),
        ("{{ span|day_span }}", "en", "Dec 5, 2026 – Jan 9, 2027"),
        ("{{ at|moment }}", "zh-hans", "12+月+5+日 周六 00:00"),
        ("{{ at|day }}", "zh-hans", "12+月+5+日 周六"),
        ("{{ left|duration }}", "zh-hans", "2+小时10+分钟"),
        # A letter goes to programs that may draw the sign that nobody should see.
        ("{% autoescape off %}{{ at|moment }}{% endautoescape %}", "zh-hans", "12月5日 周六 00:00"),
    ],
)
def test_a_chinese_day_on_a_page_is_never_torn(written, language, said):
    """Between digits and Han characters a line may end, unless a word joiner (here: +) stands there."""
    values = {
        "span": DaySpan(date(2026, 12, 5), date(2027, 1, 10)),
        "at": datetime(2026, 12, 4, 16, 0, tzinfo=UTC),
        "left": timedelta(hours=2, minutes=10),
    }
    with translation.override(language):
        assert Template(written).render(Context(values)).replace(formats.WORD_JOINER, "+") == said
