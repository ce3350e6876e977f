"""What a shoot says of itself, changed by several hands; and a copy of a shoot on other days."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F
from psycopg.types.range import DateRange

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import DaySpan, shoot_day_of
from jobs import policies
from jobs.enums import BookingState, OfferState, ShootState
from jobs.models import Booking, DepartmentBudget, Offer, Role, RoleSkill, Shoot
from jobs.models.piece import rate_of_pieces
from jobs.queries.drafts import COLUMNS, PASSPORT, plain, values
from jobs.services import locks, log, passports, set_bookings, shoots
from jobs.services.merging import ChangedMeanwhile, merge
from profiles.models import User
from profiles.services.text import clean_line

HELD = (
    "base", "first_day", "last_day", "call_time", "hours_per_day", "settle_within_days", "meals", "lodging", "insurance",
)  # fmt: skip
"""What offers and bookings promise; it stays while anybody holds one."""


def change(
    shoot: Shoot, fields: Mapping[str, Any], *, was: Mapping[str, Any], by: User, now: datetime
) -> Shoot:
    """Write what she changed since `was`; what another has changed meanwhile stays.

    Raise NotAllowed("not_yours"), Conflict "shoot_not_open" / "days_hold_offers", ChangedMeanwhile with both values
    where two changed the same field, and what `shoots.create` says of days and passport.
    """
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
    with locks.act():
        current = Shoot.objects.select_for_update(no_key=True, of=("self",)).get(pk=shoot.pk)
        if current.state not in (ShootState.DRAFT, ShootState.OPEN):
            raise Conflict("shoot_not_open")
        standing = values(current)
        mine = {name: plain(value) for name, value in fields.items() if name in standing}
        merged = merge(was, mine, standing)
        if merged.clashes:
            raise ChangedMeanwhile(merged.clashes)
        if merged.apply:
            _write(current, {name: fields[name] for name in merged.apply}, standing, now)
            if {"base", "first_day", "last_day"} & set(merged.apply):
                current.refresh_from_db()
                set_bookings.release_stray(current, by=by, now=now)
            log.write("shoot_changed", current, by=by, now=now, fields=sorted(merged.apply))
    shoot.refresh_from_db()
    return shoot


def _write(shoot: Shoot, wanted: dict[str, Any], standing: dict[str, Any], now: datetime) -> None:
    moved = sorted(set(wanted) & set(HELD))
    if moved and _promised(shoot):
        raise Conflict("days_hold_offers", field=moved[0])
    columns = {name: wanted[name] for name in COLUMNS if name in wanted and name not in PASSPORT}
    if "title" in columns:
        columns["title"] = clean_line(columns["title"], field="title", longest=120, required=True)
    if "base" in wanted:
        columns["base"] = wanted["base"]
    if {"first_day", "last_day"} & set(wanted):
        first = wanted.get("first_day") or date.fromisoformat(standing["first_day"])
        last = wanted.get("last_day") or date.fromisoformat(standing["last_day"])
        columns["days"] = _move_days(shoot, first, last, now)
    if set(wanted) & set(PASSPORT):
        before = {name: standing[name] for name in PASSPORT}
        after = before | {name: wanted[name] for name in PASSPORT if name in wanted}
        if "filing_tier" not in wanted and {"production_cost", "made_with"} & set(wanted):
            after["filing_tier"] = ""
        columns |= passports.clean(after, on=columns.get("days", shoot.days).lower)
        if "production_cost" in wanted:
            columns["production_cost"] = wanted["production_cost"]
    Shoot.objects.filter(pk=shoot.pk).update(**columns, version=F("version") + 1)
    base_id = columns["base"].pk if "base" in columns else shoot.base_id
    if "sets" in wanted or "base" in columns:
        chosen = wanted.get("sets", shoot.sets.all())
        shoot.sets.set([each for each in chosen if each.base_id == base_id])
    if "overseas" in wanted:
        shoot.overseas.set(wanted["overseas"])


def _promised(shoot: Shoot) -> bool:
    live = Offer.objects.filter(role__shoot=shoot, state__in=[OfferState.DRAFTED, OfferState.OPEN])
    return live.exists() or Booking.objects.filter(role__shoot=shoot, state=BookingState.CONFIRMED).exists()


def _move_days(shoot: Shoot, first: date, last: date, now: datetime) -> DateRange:
    """Check the new days and take the roles along: whole-shoot roles stay so, the others keep their place in it."""
    shoots.check_days(first, last, now=now)
    before, after = DaySpan.of(shoot.days), DaySpan.inclusive(first, last)
    shift = after.start - before.start
    for role in Role.objects.select_for_update(no_key=True).filter(shoot=shoot):
        days = _within(DaySpan.of(role.days), before, after, shift)
        rate = role.day_rate
        if role.by_piece:
            taken = DaySpan.of(days)
            length = (taken.end - taken.start).days
            rate = rate_of_pieces(role.piece_count or 0, role.piece_yuan or 0, length)
        Role.objects.filter(pk=role.pk).update(days=days, day_rate=rate, version=F("version") + 1)
    return DateRange(after.start, after.end)


def _within(own: DaySpan, before: DaySpan, after: DaySpan, shift: timedelta) -> DateRange:
    if own == before:
        return DateRange(after.start, after.end)
    start = min(max(own.start + shift, after.start), after.last)
    end = after.end if own.end == before.end else min(own.end + shift, after.end)
    return DateRange(start, max(end, start + timedelta(days=1)))


def clone(shoot: Shoot, *, title: str, first_day: date, by: User, now: datetime) -> Shoot:
    """Make a draft like `shoot` that begins on `first_day`: roles, needs, terms, budgets and passport, without people.

    The filing number belongs to the old title and is left behind. Raise what `shoots.create` raises.
    """
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
    length = shoot.days.upper - shoot.days.lower
    if first_day > shoot_day_of(now) + shoots.FARTHEST:  # before a day is added that no calendar has
        raise Invalid("shoot_too_far", field="first_day")
    shoots.check_days(first_day, first_day + length - timedelta(days=1), now=now)
    days = DateRange(first_day, first_day + length)
    with locks.act():
        copy = Shoot.objects.get(pk=shoot.pk)
        copy.pk, copy.state, copy.published_at, copy.version = None, ShootState.DRAFT, None, 1
        copy.title = clean_line(title, field="title", longest=120, required=True)
        copy.days, copy.filing_state, copy.filing_number = days, "pending", ""
        copy.save(force_insert=True)
        copy.sets.set(shoot.sets.all())
        copy.overseas.set(shoot.overseas.all())
        DepartmentBudget.objects.bulk_create(
            DepartmentBudget(shoot=copy, department_id=each.department_id, yuan=each.yuan)
            for each in shoot.budgets.all()
        )
        _copy_roles(shoot, copy, first_day - shoot.days.lower)
        log.write("shoot_cloned", copy, by=by, now=now, source=shoot.pk)
    return copy


def _copy_roles(shoot: Shoot, copy: Shoot, shift: timedelta) -> None:
    rows = list(shoot.roles.prefetch_related("skill_levels", "languages").order_by("pk"))
    for row in rows:
        skills, languages = list(row.skill_levels.all()), list(row.languages.all())
        row.pk, row.shoot, row.filled, row.version, row.import_key = None, copy, 0, 1, ""
        row.days = DateRange(row.days.lower + shift, row.days.upper + shift)
        row.save(force_insert=True)
        RoleSkill.objects.bulk_create(
            RoleSkill(role=row, skill_id=each.skill_id, level=each.level, must=each.must) for each in skills
        )
        if languages:
            row.languages.set(languages)
