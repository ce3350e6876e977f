"""Asking for a person's likeness, and her word on it. Nothing here touches matching: no fit, no offer, no standing."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.enums import LikenessPart, LikenessState, NoticeKind, Territory
from jobs.models import Likeness, LikenessEvent, Shoot
from jobs.queries import likeness as questions
from jobs.services import locks, log, notices, states
from jobs.services.notices import Message, to_managers
from profiles.models import Profile, User
from profiles.services.text import clean_line

FARTHEST = timedelta(days=3653)
DEAREST = 10_000_000


@dataclass(frozen=True)
class Terms:
    """What is asked for: `parts` for `use`, in a `territory`, `until` a day (included), for `fee` yuan."""

    parts: list[str]
    use: str
    territory: str
    until: date
    fee: int
    training_asked: bool = False


def ask(*, shoot: Shoot, profile: Profile, terms: Terms, by: User, now: datetime) -> Likeness:
    """Ask a person who holds an offer or a booking of this title; she is told, and may answer when she likes.

    Raise NotAllowed("not_yours"), Conflict with "likeness_needs_booking", "likeness_needs_ai_use" (the title must say
    first what AI is used for, and that scans are taken) or "likeness_live", Invalid with "likeness_parts",
    "likeness_until", "likeness_fee", "terms_unknown", and what `clean_line` says of the use.
    """
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
    if not questions.is_tied(shoot, profile):
        raise Conflict("likeness_needs_booking")
    if not shoot.ai_use or not shoot.scans:
        raise Conflict("likeness_needs_ai_use")
    terms = _checked(terms, now)
    try:
        with locks.act():
            row = Likeness.objects.create(
                shoot=shoot, profile=profile, **asdict(terms), asked_by=by, asked_at=now
            )
            _note(row, by=by, now=now)
            message = Message(
                profile.user_id, NoticeKind.LIKENESS_ASKED, f"likeness:{row.pk}:asked", _facts(row)
            )
            notices.write_all([message], now=now)
    except IntegrityError as error:
        raise Conflict("likeness_live") from error
    return row


def give(row: Likeness, *, parts: Iterable[str], training: bool, by: User, now: datetime) -> Likeness:
    """Agree to all or some of the `parts` asked for; training a model only where she says so herself.

    Raise NotAllowed("not_yours"), Invalid "likeness_parts" for none, "likeness_not_asked" for more than was asked,
    Conflict("likeness_over").
    """
    chosen = set(parts)
    given = [part for part in LikenessPart.values if part in chosen]
    if not given or len(given) < len(chosen):
        raise Invalid("likeness_parts", field="parts")
    if not chosen <= set(row.parts) or (training and not row.training_asked):
        raise Invalid("likeness_not_asked", field="parts")
    return _answer(row, LikenessState.GIVEN, by=by, now=now, given=given, training_given=training)


def refuse(row: Likeness, *, by: User, now: datetime) -> Likeness:
    """Say no. Raise NotAllowed("not_yours"), Conflict("likeness_over")."""
    return _answer(row, LikenessState.REFUSED, by=by, now=now)


def revoke(row: Likeness, *, by: User, now: datetime) -> Likeness:
    """Take a yes back, at any time and without a reason. Raise NotAllowed("not_yours"), Conflict("likeness_over")."""
    return _answer(row, LikenessState.REVOKED, by=by, now=now)


def withdraw(row: Likeness, *, by: User, now: datetime) -> Likeness:
    """Take a request back before it was answered. Raise NotAllowed("not_yours"), Conflict("likeness_over")."""
    if not policies.may_edit_shoot(by, row.shoot):
        raise NotAllowed("not_yours")
    with locks.act():
        _move(row, LikenessState.WITHDRAWN, by=by, now=now, ended_at=now)
    return row


def revoke_all(profile: Profile, *, by: User, now: datetime) -> int:
    """Take back every yes and refuse every request of a person who leaves; return how many there were."""
    rows = list(questions.of(profile).filter(state__in=[LikenessState.ASKED, LikenessState.GIVEN]))
    for row in rows:
        (refuse if row.state == LikenessState.ASKED else revoke)(row, by=by, now=now)
    return len(rows)


def _answer(row: Likeness, to: LikenessState, *, by: User, now: datetime, **fields: Any) -> Likeness:
    if row.profile.user_id != by.pk:
        raise NotAllowed("not_yours")
    when = "ended_at" if to == LikenessState.REVOKED else "answered_at"
    with locks.act():
        _move(row, to, by=by, now=now, **{when: now}, **fields)
        key = f"likeness:{row.pk}:{to}"
        notices.write_all(to_managers(row.shoot, NoticeKind.LIKENESS_ANSWERED, key, _facts(row)), now=now)
    return row


def _move(row: Likeness, to: LikenessState, *, by: User, now: datetime, **fields: Any) -> None:
    if not states.try_move(row, to, **fields):
        raise Conflict("likeness_over")
    _note(row, by=by, now=now)


def _note(row: Likeness, *, by: User, now: datetime) -> None:
    terms = {
        "parts": row.parts,
        "use": row.use,
        "territory": row.territory,
        "until": row.until.isoformat(),
        "fee": row.fee,
        "training_asked": row.training_asked,
        "given": row.given,
        "training_given": row.training_given,
    }
    LikenessEvent.objects.create(likeness=row, state=row.state, terms=terms, by=by, at=now)
    log.write(f"likeness_{row.state}", row, by=by, now=now, shoot=row.shoot_id)


def _facts(row: Likeness) -> dict[str, Any]:
    return {
        "likeness": row.pk,
        "shoot": row.shoot_id,
        "title": row.shoot.title,
        "crew": row.shoot.crew.name,
        "person": row.profile.user.name,
        "state": str(row.state),
        "parts": [str(part) for part in (row.given or row.parts)],
        "until": row.until.isoformat(),
        "fee": row.fee,
    }


def _checked(terms: Terms, now: datetime) -> Terms:
    parts = [part for part in LikenessPart.values if part in terms.parts]
    today = shoot_day_of(now)
    if not parts or len(parts) < len(set(terms.parts)):
        raise Invalid("likeness_parts", field="parts")
    if terms.territory not in Territory.values:
        raise Invalid("terms_unknown", field="territory")
    if not today <= terms.until <= today + FARTHEST:
        raise Invalid("likeness_until", field="until")
    if not 1 <= terms.fee <= DEAREST:
        raise Invalid("likeness_fee", field="fee", highest=DEAREST)
    use = clean_line(terms.use, field="use", longest=200, required=True)
    return Terms(parts, use, terms.territory, terms.until, terms.fee, terms.training_asked)
