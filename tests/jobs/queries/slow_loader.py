"""The engine's problem row by row out of the tables themselves: what the packed rows are held against.

Codes: hubs by slug, skills, role types and languages by code, crews by id. Spans are closed at both ends over there,
half-open here.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet
from psycopg.types.range import DateRange

from hubs.models import Hub, RoleType
from hubs.queries import travel
from jobs.enums import OfferState
from jobs.matching.building import build_problem
from jobs.matching.problem import Problem
from jobs.matching.rows import BookedSpan, FreeSpan, PersonRow, RoleRow
from jobs.models import Booking, Offer, Role, RoleSkill
from jobs.queries.schedule import STANDING
from profiles.models import Availability, Credit, Profile, ProfileSkill, WantedRole
from profiles.models.availability import DayPart

PART: dict[str, int] = {DayPart.DAY: 1, DayPart.NIGHT: 2, DayPart.BOTH: 3}
SEX: dict[str, int] = {Profile.Sex.UNSAID: 0, Profile.Sex.FEMALE: 1, Profile.Sex.MALE: 2}
CATEGORY: dict[str, int] = {
    RoleType.Category.PRODUCTION: 0,
    RoleType.Category.LEADS: 1,
    RoleType.Category.EXTRAS: 2,
}
MARGIN = timedelta(days=3)
"""Days looked at before and after the roles: travel of two days, and one to see it end."""


def build(
    *,
    roles: Iterable[Role],
    slots: dict[int, int],
    people: QuerySet[Profile],
    today: date,
    also_wants: dict[int, set[str]] | None = None,
    not_again: dict[int, set[str]] | None = None,
    offers_block: bool = True,
) -> Problem:
    """Build the engine's problem for `roles` (with role_type and shoot.base.hub) and the people of a queryset.

    `slots` are the open places by role id. `also_wants` adds role types to a person (she applied), `not_again` takes
    them away (she said no, or was struck). An open offer for other work blocks its days like a booking, unless
    `offers_block` is off. 13 queries.
    """
    roles = list(roles)
    start = min((role.days.lower for role in roles), default=today) - MARGIN
    end = max((role.days.upper for role in roles), default=today) + MARGIN
    window = DateRange(start, end)
    hubs = Hub.objects.in_bulk()
    days = travel.travel_days(hubs.values())
    return build_problem(
        window_start=start,
        days=(end - start).days,
        people=_people(people, window, today, also_wants or {}, not_again or {}, offers_block),
        roles=_roles(roles, slots, today),
        travel_days={(hubs[a].slug, hubs[b].slug): length for (a, b), length in days.items()},
    )


def _roles(roles: list[Role], slots: dict[int, int], today: date) -> list[RoleRow]:
    ids = [role.pk for role in roles]
    must: dict[int, dict[str | int, int]] = defaultdict(dict)
    nice: dict[int, list[str]] = defaultdict(list)
    asked = RoleSkill.objects.filter(role__in=ids).values_list("role_id", "skill__code", "level", "must")
    for role_id, code, level, is_must in asked:
        if is_must:
            must[role_id][code] = level
        else:
            nice[role_id].append(code)
    speaks = _grouped(
        Role.languages.through.objects.filter(role__in=ids).values_list("role_id", "language__code")
    )
    return [
        RoleRow(
            id=role.pk,
            role_type=role.role_type.code,
            hub=role.shoot.base.hub.slug,
            first=role.days.lower,
            last=role.days.upper - timedelta(days=1),
            company=role.shoot.crew_id,
            shoot=role.shoot_id,
            part=PART[role.part],
            headcount=slots[role.pk],
            day_rate=role.day_rate,
            category=CATEGORY[role.category],
            must_skills=must.get(role.pk),
            nice_skills=nice.get(role.pk, ()),
            languages_all=speaks.get(role.pk, ()),
            ages=_character_ages(role),
            sex=SEX[role.character_sex],
            heights=(role.height_min or 0, role.height_max or 0)
            if role.height_min or role.height_max
            else None,
            entry_level=role.entry_level,
            urgency=max(0, (role.days.lower - today).days),
        )
        for role in roles
    ]


def _character_ages(role: Role) -> tuple[int, int] | None:
    if role.character_age_min is None and role.character_age_max is None:
        return None
    return role.character_age_min or 1, role.character_age_max or 100


def _people(
    people: QuerySet[Profile],
    window: DateRange,
    today: date,
    also_wants: dict[int, set[str]],
    not_again: dict[int, set[str]],
    offers_block: bool,
) -> list[PersonRow]:
    known = _Known(people.order_by("pk"), window, today, offers_block)
    return [
        known.person(row, also_wants.get(row.pk, set()), not_again.get(row.pk, set())) for row in known.rows
    ]


class _Known:
    """What the tables say of many people, each table asked once."""

    COLUMNS = (
        "pk", "day_rate_floor", "home_hub__slug", "birth_date", "sex", "playable_age_min", "playable_age_max",
        "height_cm", "reliability", "waiting_since", "acting",
    )  # fmt: skip

    def __init__(self, people: QuerySet[Profile], window: DateRange, today: date, offers_block: bool) -> None:
        self.today = today
        self.rows = list(people.values_list(*self.COLUMNS, named=True))
        ids = [row.pk for row in self.rows]
        wanted = WantedRole.objects.filter(profile__in=ids).order_by("rank", "pk")
        self.wants = _grouped(wanted.values_list("profile_id", "role_type__code"))
        held = ProfileSkill.objects.filter(profile__in=ids)
        self.skills = _grouped(held.values_list("profile_id", "skill__code", "level"), pair=True)
        willing = Profile.willing_hubs.through.objects.filter(profile__in=ids)
        self.willing = _grouped(willing.values_list("profile_id", "hub__slug"))
        speaks = Profile.languages.through.objects.filter(profile__in=ids)
        self.speaks = _grouped(speaks.values_list("profile_id", "language__code"))
        self.free = _free(ids, window)
        self.busy = _busy(ids, window, offers_block)
        credits = Credit.objects.filter(profile__in=ids).values_list("profile_id").annotate(count=Count("pk"))
        self.credits = dict(credits.values_list("profile_id", "count"))
        self.last = _last_shoots(ids, today)

    def person(self, row, also_wants: set[str], not_again: set[str]) -> PersonRow:
        wanted = self.wants.get(row.pk, [])
        at_home = [row.home_hub__slug] if row.home_hub__slug else []
        company, hub, ended = self.last.get(row.pk, (None, None, None))
        return PersonRow(
            id=row.pk,
            wants=sorted(({*wanted} | also_wants) - not_again),
            primary=wanted[0] if wanted else None,
            skills=dict(self.skills.get(row.pk, ())),
            rate_floor=row.day_rate_floor,
            home_hub=row.home_hub__slug,
            willing_hubs=sorted({*self.willing.get(row.pk, ()), *at_home}),
            languages=self.speaks.get(row.pk, ()),
            born=row.birth_date,
            sex=SEX[row.sex],
            playable_ages=_playable(row),
            height_cm=row.height_cm or 0,
            free=self.free.get(row.pk, ()),
            booked=self.busy.get(row.pk, ()),
            credits=self.credits.get(row.pk, 0),
            reliability=row.reliability,
            last_company=company,
            last_hub=hub,
            last_end=ended,
            waiting_days=max(0, (self.today - row.waiting_since).days) if row.waiting_since else 0,
        )


def _playable(row) -> tuple[int, int] | None:
    if not row.acting or row.playable_age_min is None:
        return None
    return row.playable_age_min, row.playable_age_max


def _grouped(rows: Iterable[tuple], *, pair: bool = False) -> dict[int, list]:
    """Return {id: [value, ...]}, or {id: [(key, value), ...]} for rows of three."""
    out: dict[int, list] = defaultdict(list)
    for row in rows:
        out[row[0]].append(row[1:] if pair else row[1])
    return out


def _free(ids: list[int], window: DateRange) -> dict[int, list[FreeSpan]]:
    out: dict[int, list[FreeSpan]] = defaultdict(list)
    spans = Availability.objects.filter(profile__in=ids, days__overlap=window).values_list(
        "profile_id", "days", "part"
    )
    for profile_id, days, part in spans:
        out[profile_id].append(FreeSpan(days.lower, days.upper - timedelta(days=1), PART[part]))
    return out


def _busy(ids: list[int], window: DateRange, offers_block: bool) -> dict[int, list[BookedSpan]]:
    """Bookings, and open offers: a person who holds an offer is not asked for the same days again."""
    out: dict[int, list[BookedSpan]] = defaultdict(list)
    held = Booking.objects.filter(profile__in=ids, state__in=STANDING, days__overlap=window)
    asked = Offer.objects.filter(profile__in=ids, state=OfferState.OPEN, role__days__overlap=window)
    spans = list(held.values_list("profile_id", "days", "role__shoot__base__hub__slug", "role__part"))
    if offers_block:
        spans += asked.values_list("profile_id", "role__days", "role__shoot__base__hub__slug", "role__part")
    for profile_id, days, hub, part in spans:
        out[profile_id].append(BookedSpan(days.lower, days.upper - timedelta(days=1), hub, PART[part]))
    return out


def _last_shoots(ids: list[int], today: date) -> dict[int, tuple[int, str, date]]:
    """Return (crew, hub, last day) of each person's last booking that has ended."""
    ended = (
        Booking.objects.filter(Q(days__endswith__lte=today), profile__in=ids, state__in=STANDING)
        .order_by("profile_id", F("days").desc(), "pk")
        .distinct("profile_id")
        .values_list("profile_id", "role__shoot__crew_id", "role__shoot__base__hub__slug", "days")
    )
    return {
        profile_id: (crew_id, hub, days.upper - timedelta(days=1)) for profile_id, crew_id, hub, days in ended
    }
