"""What a person and a crew keep of each other: blocks, stars, marks, notes. Saying the same twice changes nothing."""

from datetime import datetime

from config.errors import Invalid, NotAllowed
from jobs import policies
from jobs.models import Block, Booking, Crew, CrewNote, Mark, Star
from jobs.queries.schedule import STANDING
from jobs.services import locks, log
from profiles.models import Profile, User
from profiles.services.text import readable

LONGEST_REASON = 200
LONGEST_NOTE = 300


def block_crew(crew: Crew, *, profile: Profile, by: User, now: datetime, reason: str = "") -> Block:
    """Be proposed to this crew no more, and take the star away. Raise NotAllowed or Invalid("reason_too_long")."""
    _herself(profile, by)
    with locks.act():
        Star.objects.filter(profile=profile, crew=crew).delete()
        return _block(profile, crew, Block.Side.PERSON, reason, by, now)


def block_person(profile: Profile, *, crew: Crew, by: User, now: datetime, reason: str = "") -> Block:
    """Have this person proposed no more; owners and managers. Raise NotAllowed or Invalid("reason_too_long")."""
    _runs(crew, by)
    with locks.act():
        return _block(profile, crew, Block.Side.CREW, reason, by, now)


def unblock_crew(crew: Crew, *, profile: Profile, by: User, now: datetime) -> bool:
    """Take her own block back; say whether there was one. What the crew said stays."""
    _herself(profile, by)
    return _unblock(profile, crew, Block.Side.PERSON, by, now)


def unblock_person(profile: Profile, *, crew: Crew, by: User, now: datetime) -> bool:
    """Take the crew's block back; say whether there was one. What the person said stays."""
    _runs(crew, by)
    return _unblock(profile, crew, Block.Side.CREW, by, now)


def star(crew: Crew, *, profile: Profile, by: User, now: datetime) -> Star:
    """Like to work for this crew: a few points in every match. Raise NotAllowed("not_yours")."""
    _herself(profile, by)
    return Star.objects.get_or_create(profile=profile, crew=crew, defaults={"made_at": now})[0]


def unstar(crew: Crew, *, profile: Profile, by: User) -> bool:
    """Take the star back; say whether there was one."""
    _herself(profile, by)
    return bool(Star.objects.filter(profile=profile, crew=crew).delete()[0])


def mark(profile: Profile, *, crew: Crew, value: int | None, by: User, now: datetime) -> Mark | None:
    """Say what the crew thinks of a person it has booked, 1 (never again) to 6 (any time); None takes it back.

    Raise NotAllowed("not_yours"), Invalid("mark_out_of_range"), Invalid("never_worked_together").
    """
    _remembers(crew, by)
    if value is None:
        Mark.objects.filter(profile=profile, crew=crew).delete()
        return None
    if isinstance(value, bool) or value not in range(1, 7):
        raise Invalid("mark_out_of_range", field="value")
    if not Booking.objects.filter(profile=profile, role__shoot__crew=crew, state__in=STANDING).exists():
        raise Invalid("never_worked_together", field="value")
    with locks.act():
        said, _new = Mark.objects.update_or_create(
            profile=profile, crew=crew, defaults={"value": value, "made_at": now}
        )
        log.write("person_marked", said, by=by, now=now, profile=profile.pk, crew=crew.pk, value=value)
    return said


def note(profile: Profile, *, crew: Crew, words: str, by: User, now: datetime) -> CrewNote | None:
    """Keep a private note on a person; no words take it away. Nobody but the crew reads it, she least of all.

    Raise NotAllowed("not_yours"), Invalid("note_too_long").
    """
    _remembers(crew, by)
    words = readable(words, field="words", longest=LONGEST_NOTE)
    if len(words) > LONGEST_NOTE:
        raise Invalid("note_too_long", field="words")
    if not words:
        CrewNote.objects.filter(profile=profile, crew=crew).delete()
        return None
    return CrewNote.objects.update_or_create(
        profile=profile, crew=crew, defaults={"words": words, "written_by": by, "written_at": now}
    )[0]


def _herself(profile: Profile, by: User) -> None:
    if profile.user_id != by.pk:
        raise NotAllowed("not_yours")


def _runs(crew: Crew, by: User) -> None:
    if not policies.may_run_crew(by, crew):
        raise NotAllowed("not_yours")


def _remembers(crew: Crew, by: User) -> None:
    if not policies.may_remember(by, crew):
        raise NotAllowed("not_yours")


def _block(profile: Profile, crew: Crew, side: str, reason: str, by: User, now: datetime) -> Block:
    reason = readable(reason, field="reason", longest=LONGEST_REASON)
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason_too_long", field="reason")
    block, new = Block.objects.get_or_create(
        profile=profile, crew=crew, side=side, defaults={"reason": reason, "made_at": now}
    )
    if new:
        log.write("blocked", block, by=by, now=now, profile=profile.pk, crew=crew.pk, side=str(side))
    return block


def _unblock(profile: Profile, crew: Crew, side: str, by: User, now: datetime) -> bool:
    with locks.act():
        block = Block.objects.filter(profile=profile, crew=crew, side=side).first()
        if block is None:
            return False
        log.write("unblocked", block, by=by, now=now, profile=profile.pk, crew=crew.pk, side=str(side))
        block.delete()
        return True
