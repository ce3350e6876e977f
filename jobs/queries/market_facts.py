"""What one shoot day was for the market, counted from the tables: the questions behind `services.market_room`.

Every statement groups by hub and role type in the database, so a day costs the same number of statements in a hamlet and
in a nation. A past day is counted as the tables tell it today: what was called off since, held back, or given another
headcount, is counted as it is now; who was free on a past day is not known any more, and is not guessed.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Least

from hubs.timespan import start_of
from jobs.enums import DeclineReason, ShootState
from jobs.models import Booking, Role, on_the_list
from jobs.models.market_room import FILL_HOURS
from jobs.queries import rest

AHEAD = timedelta(days=7)
BEHIND = timedelta(days=30)
_ANSWERED = "o.answered_at >= %(since)s AND o.answered_at < %(until)s"
_ENDED = ", ".join(
    f"count(*) FILTER (WHERE o.state = '{state}' AND o.sent_at IS NOT NULL AND {_ANSWERED}) AS {state}"
    for state in ("accepted", "declined", "expired", "withdrawn")
)
OFFERS = f"""
    SELECT p.hub_id, r.role_type_id,
        count(*) FILTER (WHERE o.sent_at >= %(since)s AND o.sent_at < %(until)s) AS sent, {_ENDED}
    FROM jobs_offer o JOIN jobs_role r ON r.id = o.role_id JOIN jobs_shoot s ON s.id = r.shoot_id
    JOIN hubs_base p ON p.id = s.base_id
    WHERE (o.sent_at >= %(since)s AND o.sent_at < %(until)s) OR ({_ANSWERED})
    GROUP BY 1, 2"""  # noqa: S608  (our own words)

_HOURS = "extract(epoch FROM b.confirmed_at - s.published_at) / 3600"
_SPANS = ", ".join(
    f"count(*) FILTER (WHERE {_HOURS} >= {low}{f' AND {_HOURS} < {high}' if high else ''})"
    for low, high in zip((-(10**6), *FILL_HOURS), (*FILL_HOURS, None), strict=True)
)
FILLS = f"""
    SELECT p.hub_id, r.role_type_id, count(*) AS filled, sum(greatest({_HOURS}, 0))::bigint AS fill_hours,
        ARRAY[{_SPANS}] AS fill_spans,
        count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM jobs_booking e WHERE e.profile_id = b.profile_id
            AND e.confirmed_at < b.confirmed_at AND e.state <> 'cancelled')) AS first_timers
    FROM jobs_booking b JOIN jobs_role r ON r.id = b.role_id JOIN jobs_shoot s ON s.id = r.shoot_id
    JOIN hubs_base p ON p.id = s.base_id
    WHERE b.confirmed_at >= %(since)s AND b.confirmed_at < %(until)s AND s.published_at IS NOT NULL
    GROUP BY 1, 2"""  # noqa: S608  (our own words)

PAID = """
    SELECT p.hub_id, r.role_type_id, count(*) AS paid_days
    FROM jobs_booking b JOIN jobs_role r ON r.id = b.role_id JOIN jobs_shoot s ON s.id = r.shoot_id
    JOIN hubs_base p ON p.id = s.base_id
    WHERE b.state IN ('confirmed', 'served') AND b.days @> %(day)s
    GROUP BY 1, 2"""

FREE = """
    SELECT w.hub_id, wanted.role_type_id, count(DISTINCT f.id) AS free_people
    FROM profiles_profile f
    JOIN (SELECT profile_id, hub_id FROM profiles_profile_willing_hubs
        UNION SELECT id, home_hub_id FROM profiles_profile WHERE home_hub_id IS NOT NULL) w ON w.profile_id = f.id
    JOIN profiles_wantedrole wanted ON wanted.profile_id = f.id AND wanted.rank = 1
    WHERE f.listed
        AND EXISTS (SELECT 1 FROM profiles_availability a WHERE a.profile_id = f.id AND a.days && %(week)s::daterange)
        AND NOT EXISTS (SELECT 1 FROM jobs_booking b WHERE b.profile_id = f.id AND b.days && %(week)s::daterange
            AND b.state IN ('confirmed', 'served'))
    GROUP BY 1, 2"""

SHOOTS = """
    SELECT p.hub_id, count(*) AS shoot_days FROM jobs_shoot s JOIN hubs_base p ON p.id = s.base_id
    WHERE s.state IN ('open', 'wrapped') AND s.days @> %(day)s GROUP BY 1"""

PEOPLE = """
    SELECT p.hub_id, count(DISTINCT b.profile_id) AS people,
        sum(least(upper(b.days), %(after)s) - greatest(lower(b.days), %(behind)s)) AS paid_days_30
    FROM jobs_booking b JOIN jobs_role r ON r.id = b.role_id JOIN jobs_shoot s ON s.id = r.shoot_id
    JOIN hubs_base p ON p.id = s.base_id
    WHERE b.state IN ('confirmed', 'served') AND b.days && daterange(%(behind)s, %(after)s)
    GROUP BY GROUPING SETS ((p.hub_id), ())"""

LATE = """
    SELECT p.hub_id, count(*) AS late_wages, sum(w.amount) AS late_yuan
    FROM jobs_wage w JOIN jobs_booking b ON b.id = w.booking_id JOIN jobs_role r ON r.id = b.role_id
    JOIN jobs_shoot s ON s.id = r.shoot_id JOIN hubs_base p ON p.id = s.base_id
    WHERE w.due_on < %(day)s AND (w.received_at IS NULL OR w.received_at >= %(until)s)
    GROUP BY 1"""

WHY = """
    SELECT p.hub_id, e.facts->>'cause' AS why, count(*)
    FROM jobs_entry e JOIN jobs_offer o ON e.subject = 'offer:' || o.id JOIN jobs_role r ON r.id = o.role_id
    JOIN jobs_shoot s ON s.id = r.shoot_id JOIN hubs_base p ON p.id = s.base_id
    WHERE e.verb = 'offer_declined' AND e.at >= %(since)s AND e.at < %(until)s
    GROUP BY 1, 2"""

Key = tuple[int, int]


@dataclass
class DayCounts:
    """`trades`: columns of MarketFact by (hub, role type); `hubs`: columns of HubFact by hub, None = the country."""

    trades: dict[Key, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    hubs: dict[int | None, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))


def counts(day: date, *, with_supply: bool) -> DayCounts:
    """Count one shoot day. `with_supply`: also who is free in the week after it, which only today can know.

    Ten statements, sixteen with those of `rest.rest_breaches`, whatever the size of the market.
    """
    given = {
        "day": day,
        "since": start_of(day),
        "until": start_of(day + timedelta(days=1)),
        "after": day + timedelta(days=1),
        "ahead": day + AHEAD,
        "behind": day - BEHIND + timedelta(days=1),
        "week": f"[{day + timedelta(days=1)},{day + AHEAD + timedelta(days=1)})",
    }
    out = DayCounts()
    for key, said in _places(given, running=with_supply):
        out.trades[key] |= said
    for statement in (OFFERS, FILLS, PAID, *([FREE] if with_supply else [])):
        for hub, role_type, *values, names in _rows(statement, given, keys=2):
            out.trades[hub, role_type] |= dict(zip(names, values, strict=True))
    for statement in (SHOOTS, PEOPLE, LATE):
        for hub, *values, names in _rows(statement, given, keys=1):
            out.hubs[hub] |= dict(zip(names, values, strict=True))
    for hub, why, count, _names in _rows(WHY, given, keys=1):
        code = why if why in DeclineReason.values else ("other" if why else "unsaid")
        reasons = out.hubs[hub].setdefault("reasons", {})
        reasons[code] = reasons.get(code, 0) + count
    for hub, count in _breaches(day).items():
        out.hubs[hub]["rest_breaches"] = count
    _country(out)
    return out


def _on_the_market(given: dict[str, Any]) -> QuerySet[Role]:
    """Roles that everybody could read at the end of the day, with `held` places booked by then.

    What is held back, pays below the floor or belongs to a crew that is not verified is no work on offer, and its
    bookings are nobody's to count. A shoot that has wrapped since stood open on its days.
    """
    held = (
        Booking.objects.filter(
            Q(cancelled_at__isnull=True) | Q(cancelled_at__gte=given["until"]),
            role=OuterRef("pk"),
            confirmed_at__lt=given["until"],
        )
        .order_by()
        .values("role")
        .annotate(n=Count("pk"))
    )
    return Role.objects.filter(
        on_the_list(),
        shoot__state__in=[ShootState.OPEN, ShootState.WRAPPED],
        shoot__published_at__lt=given["until"],
    ).annotate(
        held=Least(Coalesce(Subquery(held.values("n")), 0), F("headcount"), output_field=IntegerField())
    )


def _places(given: dict[str, Any], *, running: bool) -> Iterator[tuple[Key, dict[str, Any]]]:
    """What stands, and what begins, by hub and role type. Two statements."""
    market, by = _on_the_market(given), ("shoot__base__hub", "role_type")
    soon = Q(days__startswith__gt=given["day"], days__startswith__lte=given["ahead"])
    free = Case(When(soon, then=F("headcount") - F("held")), default=Value(0), output_field=IntegerField())
    stands = market.filter(shoot__state=ShootState.OPEN) if running else market
    stock = stands.filter(days__endswith__gt=given["day"]).order_by().values_list(*by)
    for *key, places, booked, wanted in stock.annotate(a=Sum("headcount"), b=Sum("held"), c=Sum(free)):
        yield (key[0], key[1]), {"places": places, "booked": booked, "wanted": wanted}
    begin = market.filter(days__startswith=given["day"]).order_by().values_list(*by)
    for *key, due, filled in begin.annotate(a=Sum("headcount"), b=Sum("held")):
        yield (key[0], key[1]), {"due": due, "due_filled": filled}


def _rows(statement: str, given: dict[str, Any], *, keys: int) -> list[tuple]:
    """Return the rows, each followed by the names of its columns after the keys."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        names = tuple(column.name for column in cursor.description or ())[keys:]
        return [(*row, names) for row in cursor.fetchall()]


def _breaches(day: date) -> dict[int, int]:
    """Breaches of rest on this day, by hub."""
    out: dict[int, int] = {}
    for breach in rest.rest_breaches(since=day, until=day):
        hub = breach.hours.booking.role.shoot.base.hub_id
        out[hub] = out.get(hub, 0) + 1
    return out


def _country(out: DayCounts) -> None:
    """Add the hubs up, but for people, whom PEOPLE counts once however many hubs they were in."""
    whole = out.hubs[None]
    for name in ("shoot_days", "late_wages", "late_yuan", "rest_breaches"):
        whole[name] = sum(row.get(name) or 0 for hub, row in out.hubs.items() if hub is not None)
    reasons: dict[str, int] = {}
    for hub, row in out.hubs.items():
        for code, count in (row.get("reasons") or {}).items() if hub is not None else ():
            reasons[code] = reasons.get(code, 0) + count
    whole["reasons"] = reasons
