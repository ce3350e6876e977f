"""Register many people at once, in a handful of statements: rosters, and the demo market."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from hubs.models import Hub, Language, RoleType, Skill
from hubs.timespan import shoot_day_of
from profiles.models import Availability, Education, Profile, ProfileSkill, User, WantedRole
from profiles.services.accounts import check_birth_date


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One person of a roster. Codes and slugs name curated rows; `days` are half-open (start, end, part)."""

    name: str
    email: str
    birth_date: date
    home_hub: str
    willing_hubs: Sequence[str]
    day_rate_floor: int
    wanted_roles: Sequence[str]
    skills: Sequence[tuple[str, int]] = ()
    languages: Sequence[str] = ("zh",)
    days: Sequence[tuple[date, date, str]] = ()
    headline: str = ""
    mobile: str | None = None
    acting: bool = False
    sex: str = ""
    playable_ages: tuple[int, int] | None = None
    height_cm: int | None = None
    reliability: int = 150
    waiting_since: date | None = None
    school: str = ""
    degree: str = "bachelor"
    major: str = ""
    graduated: int | None = None


@transaction.atomic
def register_many(*, rows: Sequence[RosterRow], now: datetime, simulated: bool = False) -> list[Profile]:
    """Make an account without a password and a whole profile for each row; return the profiles in order.

    Raises Invalid("too_young") before anything is written where somebody is under 16, and KeyError where a row
    names a hub, role type, skill or language that is not curated.
    """
    for row in rows:
        check_birth_date(row.birth_date, today=shoot_day_of(now))
    curated = _Curated.load()
    users = User.objects.bulk_create([_user(row, now) for row in rows])
    profiles = Profile.objects.bulk_create(
        [_profile(row, user, curated, simulated) for row, user in zip(rows, users, strict=True)]
    )
    pairs = list(zip(rows, profiles, strict=True))
    _write_wishes(pairs, curated)
    _write_skills(pairs, curated)
    _write_history(pairs)
    return profiles


@dataclass(frozen=True)
class _Curated:
    """The curated rows a roster names, by slug or code."""

    hubs: dict[str, Hub]
    role_types: dict[str, RoleType]
    skills: dict[str, Skill]
    languages: dict[str, Language]

    @classmethod
    def load(cls) -> "_Curated":
        return cls(
            hubs={hub.slug: hub for hub in Hub.objects.all()},
            role_types={role_type.code: role_type for role_type in RoleType.objects.all()},
            skills={skill.code: skill for skill in Skill.objects.all()},
            languages={language.code: language for language in Language.objects.all()},
        )


Pairs = list[tuple[RosterRow, Profile]]


def _write_wishes(pairs: Pairs, curated: _Curated) -> None:
    """What they want, and where they would go."""
    Profile.willing_hubs.through.objects.bulk_create(
        Profile.willing_hubs.through(profile=profile, hub=curated.hubs[slug])
        for row, profile in pairs
        for slug in sorted({row.home_hub, *row.willing_hubs})
    )
    WantedRole.objects.bulk_create(
        WantedRole(profile=profile, role_type=curated.role_types[code], rank=rank)
        for row, profile in pairs
        for rank, code in enumerate(row.wanted_roles, start=1)
    )


def _write_skills(pairs: Pairs, curated: _Curated) -> None:
    """What they can do, and what they speak."""
    ProfileSkill.objects.bulk_create(
        ProfileSkill(profile=profile, skill=curated.skills[code], level=level)
        for row, profile in pairs
        for code, level in row.skills
    )
    Profile.languages.through.objects.bulk_create(
        Profile.languages.through(profile=profile, language=curated.languages[code])
        for row, profile in pairs
        for code in row.languages
    )


def _write_history(pairs: Pairs) -> None:
    """When they are free, and where they have learned."""
    Availability.objects.bulk_create(
        Availability(profile=profile, days=DateRange(start, end), part=part)
        for row, profile in pairs
        for start, end, part in row.days
    )
    Education.objects.bulk_create(
        Education(
            profile=profile, school=row.school, degree=row.degree, major=row.major, graduated=row.graduated
        )
        for row, profile in pairs
        if row.school
    )


def _user(row: RosterRow, now: datetime) -> User:
    return User(
        name=row.name,
        email=row.email.lower(),
        mobile=row.mobile,
        kind=User.Kind.GRADUATE,
        password=make_password(None),
        joined_at=now,
    )


def _profile(row: RosterRow, user: User, curated: _Curated, simulated: bool) -> Profile:
    low, high = row.playable_ages or (None, None)
    return Profile(
        user=user,
        birth_date=row.birth_date,
        headline=row.headline,
        home_hub=curated.hubs[row.home_hub],
        day_rate_floor=row.day_rate_floor,
        acting=row.acting,
        sex=row.sex,
        playable_age_min=low,
        playable_age_max=high,
        height_cm=row.height_cm,
        reliability=row.reliability,
        waiting_since=row.waiting_since,
        simulated=simulated,
    )
