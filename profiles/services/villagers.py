"""Registering a person without a smartphone, and what her coordinator keeps right for her."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from config.errors import Conflict, Invalid, NotAllowed
from hubs.models import Language, RoleType
from profiles import policies
from profiles.models import Coordinator, Profile, User, Villager, today_at
from profiles.models.village_code import hashed, new_code, typed
from profiles.queries import villages as questions

from . import availability, consents, profiles, spoken
from .accounts import check_birth_date
from .mobile import clean_mobile
from .spoken import Heard, Purpose
from .text import clean_line

MOST_PEOPLE = 500
"""Of one coordinator: beyond that nobody knows her people any more."""

AHEAD = 28
"""Days that a coordinator's table of free days shows."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a person tells her coordinator. `day_rate_floor` is whole yuan a day; `phone_of` whose phone it is."""

    name: str
    birth_date: date | None
    phone: str
    phone_of: str
    sex: str = ""
    height_cm: int | None = None
    day_rate_floor: int = 0
    wanted_roles: Sequence[RoleType] = ()
    languages: Sequence[Language] = ()


@transaction.atomic
def register(
    *,
    told: Told,
    heard: Heard,
    contact: bool,
    by: User,
    now: datetime,
    though_alike: bool = False,
) -> Villager:
    """Register a person who has said yes aloud; she is found and offered work like everybody else from now on.

    `contact`: whether she also said yes to her number being shown to a crew that has booked her.
    Raise NotAllowed `coordinators_only`; Invalid for what cannot be right (`too_young` under 16, `guardian_needed`
    under 18, `phone_needed`, `wish_needed` ...); Conflict `villager_alike` where she seems to be registered already and
    `though_alike` is not said, `village_full`, `phone_is_anothers`.
    """
    office = _office(by)
    born = check_birth_date(told.birth_date, today=today_at(now))
    name = clean_line(told.name, field="name", longest=80, required=True)
    phone = _phone(told.phone, told.phone_of)
    if not told.wanted_roles:
        raise Invalid("wish_needed", field="wanted_roles")
    # In line with others of the same village: two people who press at once see each other's row.
    Coordinator.objects.select_for_update(no_key=True).get(pk=office.pk)
    if office.people.filter(taken_over_at__isnull=True).count() >= MOST_PEOPLE:
        raise Conflict("village_full", most=MOST_PEOPLE)
    same = questions.alike(name, born, phone).first()
    if same is not None and not though_alike:
        raise Conflict("villager_alike", name=name, village=same.coordinator.village)
    user = User(name=name, kind=User.Kind.GRADUATE, spoken_for=True, joined_at=now)
    user.set_unusable_password()
    user.save()
    profile = Profile.objects.create(user=user, birth_date=born, home_hub=office.hub, acting=True)
    villager = Villager(
        profile=profile, coordinator=office, phone=phone, phone_of=told.phone_of, registered_at=now
    )
    _keep(villager)
    spoken.hear(profile, purpose=Purpose.REGISTRATION, agreed=True, heard=heard, by=by, now=now)
    spoken.hear(profile, purpose=Purpose.CONTACT, agreed=contact, heard=heard, by=by, now=now)
    consents.give_at_sign_up(user=user, now=now)
    _write_wishes(profile, told, now)
    return villager


def _write_wishes(profile: Profile, told: Told, now: datetime) -> None:
    """Through the verbs of her own profile, in her name: a villager's profile obeys the same rules."""
    her = profile.user
    profiles.set_hubs(profile=profile, by=her, home_hub=profile.home_hub, willing_hubs=[])
    profiles.set_wanted_roles(profile=profile, by=her, role_types=told.wanted_roles)
    profiles.set_rate(profile=profile, by=her, day_rate_floor=told.day_rate_floor)
    if told.languages:
        profiles.set_languages(profile=profile, by=her, languages=told.languages)
    age = profile.age_on(today_at(now))
    profiles.set_acting(
        profile=profile,
        by=her,
        acting=True,
        sex=told.sex,
        playable_age_min=max(age - 8, 16),
        playable_age_max=min(age + 8, 100),
        height_cm=told.height_cm,
    )


def change_phone(villager: Villager, *, phone: str, phone_of: str, by: User) -> Villager:
    """Set where she is called and texted.

    Raise NotAllowed, Invalid `phone_needed`, `mobile_unknown`, Conflict `phone_is_anothers`.
    """
    _speaks(by, villager)
    villager.phone, villager.phone_of = _phone(phone, phone_of), phone_of
    _keep(villager, update_fields=["phone", "phone_of"])
    return villager


def say_contact(villager: Villager, *, agreed: bool, heard: Heard, by: User, now: datetime) -> None:
    """Write down that she (no longer) wants her number shown to crews that have booked her. Raise like `spoken.hear`."""
    _speaks(by, villager)
    spoken.hear(villager.profile, purpose=Purpose.CONTACT, agreed=agreed, heard=heard, by=by, now=now)


def set_days(villager: Villager, *, days: Mapping[date, str | None], by: User, today: date) -> None:
    """Say for single days whether she is free; others stay. Raise NotAllowed and what `availability.set_days` raises."""
    _speaks(by, villager)
    last = today + timedelta(days=AHEAD)
    wanted = {day: part for day, part in days.items() if today <= day < last}
    availability.set_days(profile=villager.profile, by=villager.profile.user, days=wanted, today=today)


def issue_code(villager: Villager, *, by: User, now: datetime, code: str | None = None) -> str:
    """Make a new code for her card and return it, for the only time; the one before opens nothing from now on.

    `code` is given by the demo market, whose card is printed at its start. Raise NotAllowed `not_yours`.
    """
    _speaks(by, villager)
    code = code or new_code()
    if typed(code) is None:
        raise ValueError("this code does not check")
    made = Villager.objects.filter(pk=villager.pk, taken_over_at__isnull=True)
    if not made.update(code_hash=hashed(code), code_made_at=now):
        raise Conflict("villager_gone")
    villager.code_hash, villager.code_made_at = hashed(code), now
    return code


def _keep(villager: Villager, **how: Any) -> None:
    """Save. A number of her own is one person's: by it she is known when she signs up herself."""
    try:
        with transaction.atomic():
            villager.save(**how)
    except IntegrityError as error:
        if "villager_own_phone_is_hers_alone" not in str(error):
            raise
        raise Conflict("phone_is_anothers", field="phone") from error


def _office(by: User) -> Coordinator:
    office = questions.coordinator(by)
    if office is None:
        raise NotAllowed("coordinators_only")
    return office


def _speaks(by: User, villager: Villager) -> None:
    if not policies.may_speak_for(by, villager):
        raise NotAllowed("not_yours")


def _phone(phone: str, phone_of: str) -> str:
    if phone_of not in Villager.PhoneOf.values:
        raise Invalid("phone_needed", field="phone_of")
    if phone_of == Villager.PhoneOf.NOBODY:
        return ""
    if not phone.strip():
        raise Invalid("phone_needed", field="phone")
    return clean_mobile(phone, field="phone")
