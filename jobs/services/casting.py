"""A manager's hand on the board: people kept for a role, taken off it, asked or written to, one or many at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from config.errors import Conflict, DomainError, Invalid, NotAllowed
from jobs import policies
from jobs.enums import OFFER_LIVE, ApplicationState, BookingState, MatchState, NoticeKind, OfferState
from jobs.models import Application, Booking, Match, Offer, Pin, Role, Shoot
from jobs.queries import bindings
from jobs.queries import matching as questions
from jobs.services import locks, log, matching, notices, offers, states, unit_offers
from jobs.services.notices import Message
from profiles.models import Profile, User
from profiles.services.text import readable

Pair = tuple[int, int]
"""(role id, profile id)."""

AT_ONCE = 200
"""Pairs that one act takes: a crew of 90, or a crowd of 200 extras."""
LONGEST_MESSAGE = 500


@dataclass(frozen=True)
class Outcome:
    """What came of an act on several people: how many it was done for, and (name, refusal) of the others."""

    done: int = 0
    refused: list[tuple[str, DomainError]] = field(default_factory=list)


def pin(shoot: Shoot, pairs: Iterable[Pair], *, by: User, now: datetime) -> Outcome:
    """Keep people for their roles: every match run leaves them there.

    Refused for one: Conflict("offer_live" / "pins_full"), Invalid("pin_barred") where a rule keeps her from the role.
    Raise NotAllowed.
    """
    return _each(shoot, pairs, by, lambda role, person: _pin(role, person, by, now))


def unpin(shoot: Shoot, pairs: Iterable[Pair], *, by: User, now: datetime) -> Outcome:
    """Leave it to the engine again; nobody is told. Raise NotAllowed."""
    return _each(shoot, pairs, by, lambda role, person: _unpin(role, person, by, now))


def strike(shoot: Shoot, pairs: Iterable[Pair], *, by: User, now: datetime) -> Outcome:
    """Take people away from their roles: no run proposes them there again. Refused: Conflict("offer_live").

    Raise NotAllowed.
    """
    return _each(shoot, pairs, by, lambda role, person: _strike(role, person, by, now))


def offer(shoot: Shoot, pairs: Iterable[Pair], *, by: User, now: datetime) -> Outcome:
    """Ask these people; who moves with a unit is asked together with it, once. Raise NotAllowed.

    Refused for one: what `offers.send` and `unit_offers.offer` raise.
    """
    pairs = _checked(shoot, pairs, by)
    together = {
        person: each for each in bindings.bound([pair[1] for pair in pairs]) for person in each.people
    }
    asked: set[int] = set()

    runs = policies.may_edit_shoot(by, shoot)

    def ask(role: Role, person: Profile) -> int:
        whole = together.get(person.pk)
        on_shoot = Offer.objects.filter(role__shoot=shoot, state__in=OFFER_LIVE)
        if whole is None or on_shoot.filter(profile__in=whole.people).exclude(profile=person).exists():
            if whole is not None and whole.unit.pk in asked:
                return 0
            match = _newest_match(role, person)
            offers.send(role, person, by=by, now=now, match=match)
            return 1
        if not runs:  # a unit may sit in several departments
            raise Conflict("moves_with_unit", unit=whole.unit.name)
        asked.add(whole.unit.pk)
        return unit_offers.offer(whole.unit, shoot, by=by, now=now).offers.count()

    return _each(shoot, pairs, by, ask)


def message(shoot: Shoot, profile_ids: Iterable[int], *, words: str, by: User, now: datetime) -> int:
    """Write to people who are asked, booked or have applied here; others are left out. Return how many were written to.

    A department head reaches the people of her department. Raise NotAllowed, Invalid("message_empty" /
    "message_too_long"), Conflict("nobody_to_write_to").
    """
    if not policies.may_staff(by, shoot):
        raise NotAllowed("not_yours")
    words = readable(words, field="words", longest=LONGEST_MESSAGE)
    if not words:
        raise Invalid("message_empty", field="words")
    if len(words) > LONGEST_MESSAGE:
        raise Invalid("message_too_long", field="words")
    with locks.act():
        within = reachable(shoot, by).filter(pk__in=list(profile_ids)[:AT_ONCE])
        users = dict(within.values_list("pk", "user_id"))
        if not users:
            raise Conflict("nobody_to_write_to")
        facts = {
            "crew": shoot.crew.name,
            "crew_id": shoot.crew_id,
            "title": shoot.title,
            "shoot": shoot.pk,
            "words": words,
        }
        log.write("crew_wrote", shoot, by=by, now=now, people=sorted(users), words=words)
        key = f"message:{shoot.pk}:{now.timestamp():.6f}"
        notices.write_all(
            [
                Message(user, NoticeKind.CREW_MESSAGE, f"{key}:{pk}", facts)
                for pk, user in sorted(users.items())
            ],
            now=now,
        )
    return len(users)


def reachable(shoot: Shoot, by: User):
    """Profiles whom `by` may write to: they hold an offer or a booking of her roles of this shoot, or have applied."""
    roles = policies.editable_roles(by).filter(shoot=shoot).values("pk")
    asked = Offer.objects.filter(role__in=roles, state=OfferState.OPEN)
    booked = Booking.objects.filter(role__in=roles, state__in=[BookingState.CONFIRMED, BookingState.SERVED])
    applied = Application.objects.filter(
        role__in=roles, state__in=[ApplicationState.SENT, ApplicationState.OFFERED]
    )
    ids = asked.values("profile").union(booked.values("profile"), applied.values("profile"))
    return Profile.objects.filter(pk__in=ids)


def _each(shoot: Shoot, pairs: Iterable[Pair], by: User, act: Callable[[Role, Profile], int]) -> Outcome:
    """Do something for each pair, in an act of its own: one that is refused does not undo the others."""
    pairs = _checked(shoot, pairs, by)
    roles = (
        Role.objects.filter(shoot=shoot)
        .select_related("shoot__crew", "role_type")
        .in_bulk([role for role, _person in pairs])
    )
    people = Profile.objects.select_related("user").in_bulk([person for _role, person in pairs])
    done = 0
    refused: list[tuple[str, DomainError]] = []
    for role_id, profile_id in pairs:
        if role_id not in roles or profile_id not in people:
            continue
        try:
            done += act(roles[role_id], people[profile_id])
        except (Conflict, Invalid) as refusal:
            refused.append((people[profile_id].user.name, refusal))
    return Outcome(done, refused)


def _checked(shoot: Shoot, pairs: Iterable[Pair], by: User) -> list[Pair]:
    unique = list(dict.fromkeys(pairs))
    if len(unique) > AT_ONCE:
        raise Invalid("too_many_at_once")
    asked = {role for role, _person in unique}
    hers = policies.editable_roles(by).filter(shoot=shoot)
    known = set(Role.objects.filter(shoot=shoot, pk__in=asked).values_list("pk", flat=True))
    if not policies.may_staff(by, shoot) or known - set(hers.values_list("pk", flat=True)):
        raise NotAllowed("not_yours")
    return unique


def _newest_match(role: Role, person: Profile) -> Match | None:
    run = questions.newest_published(role.shoot)
    return Match.objects.filter(run=run, role=role, profile=person).first() if run else None


def _pin(role: Role, person: Profile, by: User, now: datetime) -> int:
    match = _newest_match(role, person)
    if match is None and questions.fit(profile=person, role=role, now=now).barriers:
        raise Invalid("pin_barred")
    with locks.act():
        locks.role(role.pk)
        if Offer.objects.filter(role=role, profile=person, state__in=OFFER_LIVE).exists():
            raise Conflict("offer_live")
        if Pin.objects.filter(role=role, profile=person).exists():
            return 0
        if Pin.objects.filter(role=role).count() >= role.headcount:
            raise Conflict("pins_full")
        made = Pin.objects.create(role=role, profile=person, made_by=by, made_at=now)
        if match is not None and match.state == MatchState.STANDBY:
            states.try_move(match, MatchState.CHOSEN, rank=0)
        elif match is not None and match.state == MatchState.CHOSEN:
            # The first to be asked, also where more are proposed than there are places.
            Match.objects.filter(pk=match.pk).update(rank=0)
        log.write("person_pinned", made, by=by, now=now, role=role.pk, profile=person.pk)
    return 1


def _unpin(role: Role, person: Profile, by: User, now: datetime) -> int:
    with locks.act():
        kept = Pin.objects.filter(role=role, profile=person).first()
        if kept is None:
            return 0
        log.write("person_unpinned", kept, by=by, now=now, role=role.pk, profile=person.pk)
        kept.delete()
    return 1


def _strike(role: Role, person: Profile, by: User, now: datetime) -> int:
    _unpin(role, person, by, now)
    match = _newest_match(role, person)
    if match is None or match.state == MatchState.STRUCK:
        return 0
    matching.strike(match, by=by, now=now)
    return 1
