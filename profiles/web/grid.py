"""A month of days as the page draws it: what she said, what takes a day, and what is special about it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hubs.queries import holidays
from hubs.timespan import DaySpan
from profiles.models import DayPart, Profile
from profiles.queries import availability as questions
from profiles.queries import taken
from profiles.services.availability import HORIZON_DAYS


@dataclass(frozen=True)
class Cell:
    """A day of the grid; `open` while something may still be said of it. `busy`: the part an outside calendar takes.

    `title` and `url` name the promise that locks it; `special` is a holiday or a worked weekend day.
    """

    day: date
    part: str | None
    label: str
    inside: bool
    open: bool
    today: bool
    busy: str = ""
    title: str = ""
    url: str = ""
    special: str = ""
    works: bool = False


@dataclass(frozen=True)
class Grid:
    """One month, Monday first, and the months beside it."""

    first: date
    weeks: list[list[Cell]]
    previous: date | None
    following: date | None
    free_days: int
    latest: date


def month_of(text: str | None, now_day: date) -> date:
    """Read "2026-12", kept within the months of which something may be said."""
    earliest = now_day.replace(day=1)
    latest = (now_day + timedelta(days=HORIZON_DAYS)).replace(day=1)
    try:
        asked = date.fromisoformat(f"{text}-01") if text else earliest
    except ValueError:
        asked = earliest
    return min(max(asked, earliest), latest)


def after(first: date) -> date:
    """Return the first day of the next month."""
    return (first + timedelta(days=31)).replace(day=1)


def grid(profile: Profile, first: date, now_day: date) -> Grid:
    """Read the month of `first`; three queries on this floor, and what those ask who keep her promises."""
    following = after(first)
    shown = DaySpan(
        first - timedelta(days=first.weekday()), following + timedelta(days=(7 - following.weekday()) % 7)
    )
    facts = (
        questions.parts_by_day(profile, within=shown),
        questions.busy_by_day(profile, within=shown),
        taken.by_day(profile.pk, within=shown),
    )
    latest = now_day + timedelta(days=HORIZON_DAYS)
    sayable = DaySpan(
        max(first, now_day), max(min(following, latest + timedelta(days=1)), now_day + timedelta(days=1))
    )
    cells = [
        _cell(day, facts, day in DaySpan(first, following), day in sayable, day == now_day) for day in shown
    ]
    return Grid(
        first=first,
        weeks=[cells[n : n + 7] for n in range(0, len(cells), 7)],
        previous=first - timedelta(days=1) if first > now_day else None,
        following=following if following <= latest else None,
        free_days=sum(cell.inside and cell.part is not None and not cell.title for cell in cells),
        latest=latest,
    )


def _cell(day: date, facts: tuple, inside: bool, sayable: bool, today: bool) -> Cell:
    parts, busy_parts, promises = facts
    part, busy, promise = parts.get(day), busy_parts.get(day, ""), promises.get(day)
    special = holidays.special(day)
    name = _name(special) if special else ""
    words = [_state(part, busy, promise), name]
    return Cell(
        day=day,
        part=part,
        label=_(", ").join(word for word in words if word),
        inside=inside,
        open=inside and sayable and promise is None and busy != DayPart.BOTH,
        today=today,
        busy=busy,
        title=promise.title if promise else "",
        url=reverse(promise.page[0], args=[promise.page[1]]) if promise else "",
        special=name,
        works=bool(special and special.works),
    )


def _state(part: str | None, busy: str, promise: taken.Taken | None) -> str:
    if promise:
        return _("booked: %(title)s") % {"title": promise.title}
    if busy == DayPart.BOTH:
        return _("busy in your own calendar")
    said = str(dict(DayPart.choices)[part]) if part else _("not free")
    if busy:
        return (
            _("%(said)s; busy by day") % {"said": said}
            if busy == DayPart.DAY
            else _("%(said)s; busy at night") % {"said": said}
        )
    return said


def _name(special: holidays.Special) -> str:
    return special.name_zh if (get_language() or "zh").startswith("zh") else special.name_en
