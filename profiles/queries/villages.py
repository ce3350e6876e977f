"""Who speaks for whom, whose code it is, and what was said aloud."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from profiles.models import Coordinator, Profile, SpokenConsent, User, Villager
from profiles.models.village_code import hashed, typed


@dataclass(frozen=True)
class SpokenFor:
    """What a message to a villager needs: who she is, who else is told, and whether she can be texted at all."""

    villager_id: int
    name: str
    coordinator_id: int


def coordinator(user: User) -> Coordinator | None:
    """The office a user holds now, or None."""
    if not user.is_coordinator:
        return None
    return (
        Coordinator.objects.filter(user=user, retired_at__isnull=True, user__is_active=True)
        .select_related("hub", "user")
        .first()
    )


def coordinators() -> QuerySet[Coordinator]:
    """All there ever were: who serves first, each with `people_count` of whom she speaks for."""
    return (
        Coordinator.objects.select_related("user", "hub", "appointed_by")
        .annotate(people_count=Count("people", filter=Q(people__taken_over_at__isnull=True)))
        .order_by("retired_at", "village_zh", "pk")
    )


def by_code(text: str) -> Villager | None:
    """The person whose code was typed; None for a slip, a dead code, and an account that is closed. One query."""
    code = typed(text)
    if code is None:
        return None
    return (
        Villager.objects.filter(code_hash=hashed(code), profile__user__is_active=True)
        .select_related("profile__user", "coordinator__user", "coordinator__hub")
        .first()
    )


def spoken_for(user_ids: Iterable[int]) -> dict[int, SpokenFor]:
    """Return user id → whom her messages concern, for those of these users who have no log-in. One query."""
    rows = Villager.objects.filter(
        profile__user__in=set(user_ids), profile__user__spoken_for=True, taken_over_at__isnull=True
    ).values_list("profile__user_id", "pk", "profile__user__name", "coordinator__user_id")
    return {user_id: SpokenFor(pk, name, told) for user_id, pk, name, told in rows}


@dataclass(frozen=True)
class Address:
    """Where a villager is texted: her own phone, the family's, or the coordinator's where she has none.

    `hers`: the text need not say whom it is for. `coordinator` and `phone`: whom she tells her answer.
    """

    to: str
    hers: bool
    name: str
    coordinator: str
    phone: str
    meeting_point: str


def address(user: User) -> Address | None:
    """Return where a user without a log-in is texted; None for everybody else. One query."""
    villager = (
        Villager.objects.filter(profile__user=user, taken_over_at__isnull=True)
        .select_related("coordinator__user")
        .first()
    )
    if villager is None or not user.spoken_for:
        return None
    office = villager.coordinator
    return Address(
        to=villager.phone or office.phone,
        hers=villager.phone_of == Villager.PhoneOf.HERS,
        name=user.name,
        coordinator=office.user.name,
        phone=office.phone,
        meeting_point=office.meeting_point,
    )


@dataclass(frozen=True)
class SpokenContact:
    """How a crew reaches a villager it has booked: her number where she said yes to that, her coordinator in any case."""

    phone: str
    coordinator: str
    coordinator_phone: str


def contact_of(profile: Profile) -> SpokenContact | None:
    """Return how a person without a log-in is reached; None for everybody else. Up to two queries."""
    villager = (
        Villager.objects.filter(profile=profile, taken_over_at__isnull=True, profile__user__spoken_for=True)
        .select_related("coordinator__user")
        .first()
    )
    if villager is None:
        return None
    shown = villager.phone if stands(villager.profile_id, SpokenConsent.Purpose.CONTACT) else ""
    return SpokenContact(shown, villager.coordinator.user.name, villager.coordinator.phone)


def alike(name: str, birth_date: date, phone: str) -> QuerySet[Villager]:
    """People who are registered already and could be the same: the same name with the same birthday or phone."""
    same = Q(profile__birth_date=birth_date)
    if phone:
        same |= Q(phone=phone)
    return Villager.objects.filter(same, profile__user__name=name).select_related(
        "profile__user", "coordinator__user"
    )


def consents(villager: Villager) -> QuerySet[SpokenConsent]:
    """Everything this person has said aloud, the newest first."""
    return (
        SpokenConsent.objects.filter(profile=villager.profile_id).select_related("asked_by").order_by("-pk")
    )


def stands(profile_id: int, purpose: str) -> bool:
    """Whether the newest word on a purpose is a yes."""
    said = SpokenConsent.objects.filter(profile=profile_id, purpose=purpose).order_by("-pk")
    return bool(said.values_list("agreed", flat=True).first())
