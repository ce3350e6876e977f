"""Outside calendars, read as busy: by an address that a worker reads again and again, or from a file, once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from config.errors import Invalid
from hubs.timespan import DaySpan
from profiles.calendars import fetching, reading
from profiles.models import BusySpan, OutsideCalendar, Profile, User, today_at

from .availability import HORIZON_DAYS
from .days import rewrite
from .profiles import may_edit
from .text import clean_line

MOST_CALENDARS = 3
MOST_BYTES = reading.MOST_BYTES
AGAIN_AFTER = timedelta(hours=6)
ONE_READING = timedelta(minutes=5)
"""A claimed calendar that was not read after so long had a worker that died: another one takes it."""

MOST_FAILURES = 12
AT_ONCE = 20
"""Calendars that one sweep reads."""


def add_address(*, profile: Profile, by: User, name: str, address: str, now: datetime) -> OutsideCalendar:
    """Keep the secret address of a calendar; a worker reads it within a minute, then every six hours.

    Raises Invalid `calendar_address`, `too_many`, and from clean_line; NotAllowed `not_yours`.
    """
    may_edit(profile, by)
    address = fetching.checked_address(address)
    return _add(profile, name or address.split("/")[2], address=address, due_at=now)


def add_file(*, profile: Profile, by: User, name: str, data: bytes, now: datetime) -> OutsideCalendar:
    """Read a calendar file once. Raises Invalid `calendar_unreadable`, `calendar_too_big`, `too_many`."""
    may_edit(profile, by)
    busy = reading.busy_days(data, within=_ahead(today_at(now)))
    with transaction.atomic():
        calendar = _add(profile, name or "iCalendar")
        _keep(calendar, busy, now)
    return calendar


def remove(*, profile: Profile, by: User, calendar: OutsideCalendar) -> None:
    """Forget a calendar; the days it took are as free as she said they are."""
    may_edit(profile, by)
    may_edit(calendar.profile, by)
    with transaction.atomic():
        calendar.delete()
        rewrite(profile, lambda said: said, remember=False)


def read_again(*, profile: Profile, by: User, calendar: OutsideCalendar, now: datetime) -> None:
    """Have a calendar read soon; one that is a file, or was read this very minute, stays as it is."""
    may_edit(profile, by)
    may_edit(calendar.profile, by)
    fresh = calendar.read_at and calendar.read_at > now - timedelta(minutes=1)
    if calendar.address and not fresh:
        OutsideCalendar.objects.filter(pk=calendar.pk).update(due_at=now, failures=0)


def read_due(*, now: datetime, fetch=fetching.fetch) -> int:
    """Read the calendars that are due; return how many were claimed. Called again and again, by several at once too.

    The row is claimed before the address is asked: a worker that dies meanwhile leaves it due again in five minutes.
    """
    due = OutsideCalendar.objects.filter(due_at__lte=now).order_by("due_at", "pk").values_list("pk", "due_at")
    claimed = 0
    for pk, due_at in list(due[:AT_ONCE]):
        row = OutsideCalendar.objects.filter(pk=pk, due_at=due_at)
        if row.update(due_at=now + ONE_READING):
            claimed += 1
            _read(OutsideCalendar.objects.select_related("profile").get(pk=pk), now, fetch)
    return claimed


def _read(calendar: OutsideCalendar, now: datetime, fetch) -> None:
    try:
        busy = reading.busy_days(fetch(calendar.address), within=_ahead(today_at(now)))
    except (fetching.CannotFetch, Invalid) as error:
        _failed(calendar, error.code, now)
        return
    with transaction.atomic():
        if OutsideCalendar.objects.select_for_update().filter(pk=calendar.pk).exists():
            _keep(calendar, busy, now)


def _failed(calendar: OutsideCalendar, code: str, now: datetime) -> None:
    """Keep the days known so far: a host that is away for an hour must not make her look free."""
    failures = calendar.failures + 1
    again = (
        None if failures >= MOST_FAILURES else now + min(timedelta(hours=1) * 2**failures, timedelta(days=1))
    )
    OutsideCalendar.objects.filter(pk=calendar.pk).update(
        state=OutsideCalendar.State.FAILED, problem=code, failures=failures, due_at=again
    )


def _keep(calendar: OutsideCalendar, busy: list[tuple[DaySpan, str]], now: datetime) -> None:
    calendar.busy.all().delete()
    BusySpan.objects.bulk_create(
        BusySpan(calendar=calendar, days=DateRange(span.start, span.end), part=part) for span, part in busy
    )
    calendar.state, calendar.problem, calendar.failures = OutsideCalendar.State.READ, "", 0
    calendar.read_at = now
    calendar.due_at = now + AGAIN_AFTER if calendar.address else None
    calendar.save(update_fields=["state", "problem", "failures", "read_at", "due_at"])
    rewrite(calendar.profile, lambda said: said, remember=False)


def _add(
    profile: Profile, name: str, *, address: str = "", due_at: datetime | None = None
) -> OutsideCalendar:
    if profile.outside_calendars.count() >= MOST_CALENDARS:
        raise Invalid("too_many", field="name", most=MOST_CALENDARS)
    name = clean_line(name, field="name", longest=40, required=True)
    return OutsideCalendar.objects.create(profile=profile, name=name, address=address, due_at=due_at)


def _ahead(today: date) -> DaySpan:
    return DaySpan(today, today + timedelta(days=HORIZON_DAYS + 1))
