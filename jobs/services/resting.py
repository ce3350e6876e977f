"""Holding plans against the rest ledger: what a call sheet or an offer would ask of somebody who has worked elsewhere."""

from datetime import datetime

from psycopg.types.range import DateRange

from config.errors import Conflict
from jobs.matching import rest as rules
from jobs.models import Booking, CallSheet, RestOverride, Role
from jobs.queries import call_sheet_drafts as drafts
from jobs.queries import rest
from jobs.queries.rest import Finding
from jobs.services import log
from profiles.models import Profile, User

NAMED = 3
"""So many people are named in a refusal; the rest are counted."""


def of_sheet(sheet: CallSheet) -> dict[Booking, Finding]:
    """Return what the rules say of everybody whom a saved sheet calls."""
    return drafts.findings(sheet, drafts.own_times(sheet, sheet.lines.all()))


def settle(sheet: CallSheet, *, reason: str, by: User, now: datetime) -> None:
    """Let a sheet pass the rules of rest, or raise Conflict with "rest_refused" or "rest_needs_reason".

    What may be set aside is, with `reason` and its facts, once a person, day and rule; the log says by whom.
    """
    findings = of_sheet(sheet)
    refused = [booking for booking, finding in findings.items() if finding.refused]
    if refused:
        raise Conflict("rest_refused", people=len(refused), names=_names(refused))
    pending = {booking: finding for booking, finding in findings.items() if finding.needs_reason}
    if not pending:
        return
    if not reason.strip():
        raise Conflict("rest_needs_reason", people=len(pending), names=_names(list(pending)))
    RestOverride.objects.bulk_create(
        [
            RestOverride(
                profile=booking.profile,
                shoot=sheet.shoot,
                day=sheet.day,
                rule=flag.rule,
                reason=reason.strip()[:200],
                facts=flag.facts,
                made_at=now,
            )
            for booking, finding in pending.items()
            for flag in finding.flags
            if flag.level == rules.REASON and flag.rule not in finding.excused
        ],
        ignore_conflicts=True,
    )
    log.write("rest_overridden", sheet.shoot, by=by, now=now, day=sheet.day.isoformat(), people=len(pending))


def refuse_offer(role: Role, profile: Profile) -> None:
    """Raise Conflict("rest_too_short") where another shoot of hers leaves under 8 h around the days of `role`.

    The other rules are shown beside her name before she is asked, and held again when her days are planned.
    """
    beside = DateRange(role.days.lower - rest.DAY, role.days.upper + rest.DAY)
    held = Booking.objects.filter(profile=profile, state__in=rest.STANDING, days__overlap=beside)
    if not held.exclude(role=role).exists():
        return
    for finding in rest.of_role(role, [profile])[profile.pk]:
        for flag in finding.flags:
            if flag.rule == "turnaround" and flag.level == rules.REFUSED:
                raise Conflict("rest_too_short", minutes=flag.facts["minutes"])


def _names(bookings: list[Booking]) -> str:
    named = "、".join(each.profile.user.name for each in bookings[:NAMED])
    return f"{named} +{len(bookings) - NAMED}" if len(bookings) > NAMED else named
