"""Money, days and moments in the reader's language. Filters built into the template engine: no `{% load %}`.

Days are days of the production; moments are told in Shanghai's time, whatever server or browser think.
Every function is total: None and "" give "", so that a template never has to ask first.
In a template a Chinese day is one word: no line ends between 26 and 日. Letters, papers and feeds get it plain.
"""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import wraps
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton, format_timedelta
from babel.numbers import format_decimal, format_percent
from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

SHANGHAI = ZoneInfo("Asia/Shanghai")
ENGLISH, CHINESE = Locale("en"), Locale("zh", script="Hans")
# Unicode's data put thin and narrow spaces into intervals; fonts without them draw boxes.
THIN_SPACES = str.maketrans({"\u2009": " ", "\u202f": " ", "\u00a0": " "})

WORD_JOINER = "\u2060"
INSIDE_A_DAY = re.compile(r"(?<=\d)(?=[年月日天小分])|(?<=[年月])(?=\d)|(?<=日)(?=至)")
"""Where 2026年12月5日至9日 may not be broken; after 至 it may, or it would not fit a narrow column."""

Said = TypeVar("Said", bound=Callable[..., str])

Unit = Literal["day", "hour", "minute"]


def _locale() -> Locale:
    return ENGLISH if (get_language() or "").startswith("en") else CHINESE


def _day_of(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (value.astimezone(SHANGHAI) if value.tzinfo else value).date()
    return value


def _today() -> date:
    return timezone.now().astimezone(SHANGHAI).date()


def whole_on_a_page(function: Said) -> Said:
    """Register `function` as a filter that keeps its Chinese days whole; called by name it says them plain."""

    @wraps(function)  # the engine reads from it how many values it takes
    def on_a_page(*values: Any, autoescape: bool = True) -> str:
        said = function(*values)
        plain = not autoescape or _locale() is ENGLISH  # what is not escaped is a letter, not a page
        return said if plain else INSIDE_A_DAY.sub(WORD_JOINER, said)

    register.filter(function.__name__, on_a_page, needs_autoescape=True)
    return function


@register.filter
def yuan(value: int | Decimal | None) -> str:
    """1200 -> ¥1,200. Whole yuan; fen are not spoken of here."""
    if value is None or value == "":
        return ""
    return f"-¥{-value:,.0f}" if value < 0 else f"¥{value:,.0f}"


@register.filter
def count(value: Any) -> str:
    """12000 -> 12,000; Decimal("58.700") -> 58.7: as many decimals as were published, without empty zeros."""
    if value is None or value == "":
        return ""
    return format_decimal(value, format="#,##0.###", locale=_locale())


@register.filter
def percent(value: float | Decimal | None) -> str:
    """0.42 -> 42%; at most one decimal."""
    if value is None or value == "":
        return ""
    return format_percent(value, format="#,##0.#%", locale=_locale())


@register.filter
def fine_percent(value: float | None) -> str:
    """A small distance: 0.000173 -> 0.018%, 0.0212 -> 2.2%. Rounded up, so that it never claims too much."""
    if value is None or value == "":
        return ""
    steps = 1e5 if value < 0.001 else 1e4 if value < 0.01 else 1e3
    return format_percent(math.ceil(value * steps - 1e-9) / steps, format="#,##0.###%", locale=_locale())


@whole_on_a_page
def day(value: date | datetime | None) -> str:
    """12月5日 周五 / Fri, Dec 5. With the year where it is not this year's."""
    if not value:
        return ""
    value, locale = _day_of(value), _locale()
    far = value.year != _today().year
    if locale is CHINESE:
        return format_date(value, "y年M月d日 E" if far else "M月d日 E", locale)
    return format_date(value, "E, MMM d, y" if far else "E, MMM d", locale)


@register.filter
def weekday(value: date | None) -> str:
    """周五 / Fri: the head of a column of days."""
    return format_date(value, "E", _locale()) if value else ""


@whole_on_a_page
def day_span(value: Any, style: str = "") -> str:
    """A half-open span of days, told by its first and last day: 2026年12月5日至9日 / Dec 5 – 9, 2026.

    `style` "short" leaves the year out where it is this year's: 12月5日至9日 / Dec 5 – 9.
    Takes a psycopg DateRange (`lower`, `upper`), a DaySpan (`start`, `end`) or a pair. Open ends are told.
    """
    if not value or getattr(value, "isempty", False):
        return ""
    first, end = _bounds(value)
    locale = _locale()
    if first is None or end is None:
        return _open_span(first, end)
    last = end - timedelta(days=1)
    skeleton = "MMMd" if style == "short" and first.year == last.year == _today().year else "yMMMd"
    if first == last:
        return format_skeleton(skeleton, first, locale=locale).translate(THIN_SPACES)
    return format_interval(first, last, skeleton=skeleton, locale=locale).translate(THIN_SPACES)


def _bounds(value: Any) -> tuple[date | None, date | None]:
    if hasattr(value, "lower") and hasattr(value, "upper"):
        return value.lower, value.upper
    if hasattr(value, "start"):
        return value.start, value.end
    first, end = value
    return first, end


def _open_span(first: date | None, end: date | None) -> str:
    locale = _locale()
    if first is not None:
        return _("from %(day)s on") % {"day": format_skeleton("yMMMd", first, locale=locale)}
    if end is not None:
        return _("until %(day)s") % {"day": format_skeleton("yMMMd", end - timedelta(days=1), locale=locale)}
    return _("always")


@whole_on_a_page
def moment(value: datetime | None) -> str:
    """An instant, in Shanghai: 12月5日 周五 18:30 / Fri, Dec 5, 18:30."""
    if not value:
        return ""
    local = value.astimezone(SHANGHAI)
    glue = " " if _locale() is CHINESE else ", "
    return f"{day(local)}{glue}{local:%H:%M}"


@whole_on_a_page
def deadline(value: datetime | None) -> str:
    """`moment` for a narrow place: until 18:30, and on another day than today until Dec 5, 18:30."""
    if not value:
        return ""
    local, locale = value.astimezone(SHANGHAI), _locale()
    said = f"{local:%H:%M}"
    if local.date() != _today():
        glue = " " if locale is CHINESE else ", "
        said = format_skeleton("MMMd", local.date(), locale=locale) + glue + said
    return _("until %(day)s") % {"day": said}


@whole_on_a_page
def time_left(value: datetime | None, now: datetime | None = None) -> str:
    """How long until `value`, and when that is: "2 hours left, until Fri, Dec 5, 18:30"; past: "ended …"."""
    if not value:
        return ""
    left = value - (now or timezone.now())
    if left <= timedelta(0):
        return _("ended %(moment)s") % {"moment": moment(value)}
    return _("%(time)s left, until %(moment)s") % {"time": duration(left), "moment": moment(value)}


@whole_on_a_page
def duration(value: timedelta | None) -> str:
    """Two units, rounded down, so that nobody is promised a minute more: 2小时10分钟 / 2 hours 10 minutes."""
    if value is None:
        return ""
    minutes = int(value.total_seconds() // 60)
    if minutes < 1:
        return _("less than a minute")
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts: list[tuple[Unit, int]] = (
        [("day", days), ("hour", hours)] if days else [("hour", hours), ("minute", minutes)]
    )
    return _in_units(parts)


def _in_units(parts: list[tuple[Unit, int]]) -> str:
    """The parts that are not nothing, each in its own unit: Babel would make days of 30 hours."""
    locale = _locale()
    words = [
        format_timedelta(
            timedelta(**{f"{unit}s": number}), granularity=unit, threshold=100_000, locale=locale
        )
        for unit, number in parts
        if number
    ]
    return (" " if locale is ENGLISH else "").join(words)


@whole_on_a_page
def hours(value: timedelta | None) -> str:
    """Working time is told in hours, never in days: 122小时30分钟 / 122 hours 30 minutes; none at all: –."""
    if not value:
        return "–"
    whole, minutes = divmod(int(value.total_seconds() // 60), 60)
    return _in_units([("hour", whole), ("minute", minutes)]) or "–"


@register.filter
def dialled(number: str) -> str:
    """A mainland number as people here write it: 139 0701 2345, without the code of the country."""
    local = (number or "").removeprefix("+86")
    return f"{local[:3]} {local[3:7]} {local[7:]}" if len(local) == 11 else local


@register.filter
def iso(value: datetime | date | None) -> str:
    """For the `datetime` attribute of <time>."""
    if not value:
        return ""
    return (
        value.astimezone(UTC).isoformat(timespec="seconds")
        if isinstance(value, datetime)
        else value.isoformat()
    )
