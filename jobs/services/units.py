"""A unit's own affairs: found it, join it, agree to its term, leave it. Each member consents by herself."""

import secrets
from datetime import datetime
from typing import Any

from config.errors import Conflict, Gone, Invalid, NotAllowed
from jobs.enums import NoticeKind, UnitKeep, UnitOfferState, WorkKind
from jobs.models import Unit, UnitMember, UnitOffer
from jobs.models.unit import LARGEST, SMALLEST
from jobs.services import locks, log, notices
from jobs.services.later import Ask, enqueue_all
from jobs.services.notices import Message
from profiles.models import Profile, User

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What a number is made of: nothing that one confuses when it is read out, 32 to the power of 8 of them."""


def found(*, profile: Profile, name: str, keep: str, least: int, by: User, now: datetime) -> Unit:
    """Found a unit; the founder has its first seat.

    Raise NotAllowed("not_yours"), Invalid("unit_name" / "unit_least"), Conflict("unit_already").
    """
    _herself(profile, by)
    name, least = _checked(name, keep, least)
    with locks.act():
        locks.people([profile.pk])
        _refuse_second(profile)
        unit = Unit.objects.create(
            name=name, founder=profile, keep=keep, least=least, code=new_code(), made_at=now
        )
        UnitMember.objects.create(unit=unit, profile=profile, seat=1, joined_at=now, agreed_at=now)
        log.write("unit_founded", unit, by=by, now=now, keep=keep, least=least)
    return unit


def join(unit: Unit, *, profile: Profile, by: User, now: datetime) -> UnitMember:
    """Join with the unit's number: that is the consent, to the term as it stands.

    Raise NotAllowed("not_yours"), Gone("unit_gone"), Conflict("unit_already" / "unit_full").
    """
    _herself(profile, by)
    with locks.act():
        locks.people([profile.pk])
        unit = _locked(unit)
        _refuse_second(profile)
        taken = set(_active(unit).values_list("seat", flat=True))
        free = [seat for seat in range(1, LARGEST + 1) if seat not in taken]
        if not free:
            raise Conflict("unit_full")
        member = UnitMember.objects.create(
            unit=unit, profile=profile, seat=free[0], joined_at=now, agreed_at=now
        )
        log.write("unit_joined", unit, by=by, now=now, profile=profile.pk)
        _tell(unit, now, but=profile, what="joined", person=by.name, key=f"unit:{unit.pk}:seat:{member.pk}")
    return member


def change(unit: Unit, *, name: str, keep: str, least: int, by: User, now: datetime) -> Unit:
    """Change name or term. With a new term everybody but the founder is asked again; until then she is not bound.

    Raise NotAllowed("not_yours"), Invalid("unit_name" / "unit_least"), Conflict("unit_offer_open").
    """
    name, least = _checked(name, keep, least)
    with locks.act():
        unit = _locked(unit)
        _founder(unit, by)
        other_term = (unit.keep, unit.least) != (keep, least)
        if other_term and UnitOffer.objects.filter(unit=unit, state=UnitOfferState.OPEN).exists():
            raise Conflict("unit_offer_open")
        unit.name, unit.keep, unit.least = name, keep, least
        unit.save(update_fields=["name", "keep", "least"])
        if other_term:
            _active(unit).exclude(profile=unit.founder).update(agreed_at=None)
            log.write("unit_term_changed", unit, by=by, now=now, keep=keep, least=least)
            key = f"unit:{unit.pk}:term:{now.timestamp():.0f}"
            _tell(unit, now, but=unit.founder, what="term", person=by.name, key=key)
    return unit


def agree(unit: Unit, *, by: User, now: datetime) -> None:
    """Agree to the term as it stands. Raise NotAllowed("not_yours") for who is no member."""
    if not _active(unit).filter(profile__user=by).update(agreed_at=now):
        raise NotAllowed("not_yours")
    log.write("unit_agreed", unit, by=by, now=now)


def leave(unit: Unit, *, by: User, now: datetime) -> None:
    """Leave; where the founder goes the next in seats leads, and an empty unit ends. Raise NotAllowed("not_yours")."""
    with locks.act():
        unit = _locked(unit)
        member = _active(unit).filter(profile__user=by).first()
        if member is None:
            raise NotAllowed("not_yours")
        _take_out(unit, member, by, now)


def remove(unit: Unit, *, member_id: int, by: User, now: datetime) -> None:
    """Take somebody out; the founder alone may, and not herself. Raise NotAllowed("not_yours"), Gone("unit_gone")."""
    with locks.act():
        unit = _locked(unit)
        _founder(unit, by)
        member = _active(unit).filter(pk=member_id).exclude(profile=unit.founder).first()
        if member is None:
            raise Gone("unit_gone")
        _take_out(unit, member, by, now)


def renew_code(unit: Unit, *, by: User, now: datetime) -> Unit:
    """Give the unit another number, so that the old one opens nothing. Raise NotAllowed("not_yours")."""
    with locks.act():
        unit = _locked(unit)
        _founder(unit, by)
        unit.code = new_code()
        unit.save(update_fields=["code"])
        log.write("unit_code_renewed", unit, by=by, now=now)
    return unit


def let_go(profile: Profile, *, now: datetime) -> None:
    """Take a person who leaves the house out of her unit; called in the act of her leaving."""
    for member in UnitMember.objects.filter(profile=profile, left_at__isnull=True).select_related("unit"):
        _take_out(_locked(member.unit), member, profile.user, now)


def new_code() -> str:
    """Return a number for a unit that nobody guesses."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))


def _take_out(unit: Unit, member: UnitMember, by: User, now: datetime) -> None:
    UnitMember.objects.filter(pk=member.pk).update(left_at=now, agreed_at=None)
    log.write("unit_left", unit, by=by, now=now, profile=member.profile_id)
    rest = list(_active(unit).select_related("profile").order_by("seat"))
    if not rest:
        Unit.objects.filter(pk=unit.pk).update(ended_at=now, founder=None)
    elif unit.founder_id == member.profile_id:
        Unit.objects.filter(pk=unit.pk).update(founder=rest[0].profile)
    key = f"unit:{unit.pk}:left:{member.pk}"
    _tell(unit, now, but=None, what="left", person=member.profile.user.name, key=key)
    # Somebody fewer to wait for: what is held out to them may be decided by that.
    standing = UnitOffer.objects.filter(unit=unit, state=UnitOfferState.OPEN).values_list("pk", flat=True)
    enqueue_all(
        [Ask(WorkKind.SETTLE_UNIT, pk, f"unit-offer:{pk}:left:{member.pk}", now) for pk in standing], now=now
    )


def _checked(name: str, keep: str, least: int) -> tuple[str, int]:
    name = name.strip()
    if not 1 <= len(name) <= 40:
        raise Invalid("unit_name", field="name")
    if keep not in UnitKeep.values:
        raise Invalid("unit_least", field="keep")
    if keep == UnitKeep.AT_LEAST and not SMALLEST <= least <= LARGEST:
        raise Invalid("unit_least", field="least")
    return name, least if keep == UnitKeep.AT_LEAST else 0


def _herself(profile: Profile, by: User) -> None:
    if profile.user_id != by.pk:
        raise NotAllowed("not_yours")


def _founder(unit: Unit, by: User) -> None:
    if unit.founder is None or unit.founder.user_id != by.pk:
        raise NotAllowed("not_yours")


def _refuse_second(profile: Profile) -> None:
    if UnitMember.objects.filter(profile=profile, left_at__isnull=True).exists():
        raise Conflict("unit_already")


def _locked(unit: Unit) -> Unit:
    """The unit's row, ours until the end of the act: two who join at once get two seats."""
    rows = Unit.objects.select_for_update(no_key=True, of=("self",)).select_related("founder__user")
    unit = rows.get(pk=unit.pk)
    if unit.ended_at is not None:
        raise Gone("unit_gone")
    return unit


def _active(unit: Unit):
    return UnitMember.objects.filter(unit=unit, left_at__isnull=True)


def _tell(unit: Unit, now: datetime, *, but: Profile | None, what: str, person: str, key: str) -> None:
    facts: dict[str, Any] = {"unit": unit.pk, "name": unit.name, "what": what, "person": person}
    people = _active(unit).select_related("profile")
    notices.write_all(
        [
            Message(each.profile.user_id, NoticeKind.UNIT_CHANGED, f"{key}:{each.profile_id}", facts)
            for each in people
            if but is None or each.profile_id != but.pk
        ],
        now=now,
    )
