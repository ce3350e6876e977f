"""Saying that it was otherwise, and the admin's decision. While an appeal waits, what it is about does not count."""

from datetime import datetime

from django.db import IntegrityError

from config.errors import Conflict, Invalid, NotAllowed
from jobs import policies
from jobs.enums import AppealGround, AppealState, NoticeKind, Side
from jobs.models import Appeal, AppealProof, Cancellation
from jobs.queries import appeals as questions
from jobs.queries import strikes
from jobs.services import cancellations, locks, log, notices, papers, sending, states
from jobs.services.notices import Message, to_admins, to_managers
from profiles.models import User

LONGEST, PROOF_LONGEST, REASON_LONGEST = 1000, 300, 500
FORCE_MAJEURE = frozenset(
    {AppealGround.WEATHER, AppealGround.PERMIT, AppealGround.ILLNESS, AppealGround.TRAFFIC}
)
"""Grounds that nobody is to blame for; each needs a proof: the number of a warning, a notice, a certificate."""


def file(
    cancellation: Cancellation,
    *,
    by: User,
    ground: str,
    words: str,
    proof: str,
    now: datetime,
    paper: bytes = b"",
) -> Appeal:
    """Appeal against what a cancellation brought; strikes and money are held back until it is decided.

    `paper` are the bytes of a photo or a PDF; where there is one, `proof` in words may be empty.

    Raise NotAllowed("not_yours") for anyone but the side that bears it, Invalid with "ground_unknown",
    "appeal_words", "appeal_proof" or "message_too_long", or what `papers.checked` says;
    Conflict("appeal_too_late" / "appealed_already").
    """
    booking = cancellation.booking
    if not may_file(by, cancellation):
        raise NotAllowed("not_yours")
    ground, words, proof = _checked(ground, words, proof, bool(paper))
    kept = papers.checked(paper) if paper else None
    if hasattr(cancellation, "appeal"):
        raise Conflict("appealed_already")
    if not strikes.may_appeal(cancellation, now):
        raise Conflict("appeal_too_late")
    try:
        with locks.act():
            locks.people([booking.profile_id])
            appeal = Appeal.objects.create(
                cancellation=cancellation, by=by, ground=ground, words=words, proof=proof, filed_at=now
            )
            if kept is not None:
                kind, content = kept
                AppealProof.objects.create(
                    appeal=appeal, by=by, kind=kind, content=content, size=len(content), added_at=now
                )
            cancellations.weigh(booking.profile, cancellation.strikes)
            cancellations.forgive(cancellation, now=now)
            log.write("appeal_filed", appeal, by=by, now=now, ground=ground)
            told = to_admins(NoticeKind.APPEAL_FILED, f"appeal:{appeal.pk}:filed", _facts(appeal))
            notices.write_all(told, now=now)
    except IntegrityError as error:
        raise Conflict("appealed_already") from error
    return appeal


def may_file(user: User, cancellation: Cancellation) -> bool:
    """Only the side that bears it: she for her strikes, who runs the crew for its money."""
    if cancellation.side == Side.GRADUATE:
        return cancellation.booking.profile.user_id == user.pk
    return policies.may_edit_shoot(user, cancellation.booking.role.shoot)


def uphold(appeal: Appeal, *, by: User, reason: str, now: datetime) -> Appeal:
    """It stands: strikes count again, money is owed again. Raise like `overturn`."""
    return _decide(appeal, AppealState.UPHELD, by=by, reason=reason, now=now)


def overturn(appeal: Appeal, *, by: User, reason: str, now: datetime) -> Appeal:
    """It is taken back for good. Raise NotAllowed, Invalid("decision_reason"), Conflict("move_not_allowed")."""
    return _decide(appeal, AppealState.OVERTURNED, by=by, reason=reason, now=now)


def _decide(appeal: Appeal, to: AppealState, *, by: User, reason: str, now: datetime) -> Appeal:
    if not by.is_admin:
        raise NotAllowed("not_yours")
    reason = reason.strip()
    if not reason or len(reason) > REASON_LONGEST:
        raise Invalid("decision_reason", field="reason")
    with locks.act():
        appeal = questions.with_case(Appeal.objects.all()).get(pk=appeal.pk)
        case = appeal.cancellation
        locks.people([case.booking.profile_id])
        states.move(appeal, to, decided_by=by, decided_at=now, decision=reason)
        if to == AppealState.UPHELD:
            cancellations.weigh(case.booking.profile, -case.strikes)
            cancellations.owe_again(case, now=now)
        log.write(f"appeal_{to}", appeal, by=by, now=now)
        facts = _facts(appeal) | {"decision": reason, "outcome": str(to)}
        key = f"appeal:{appeal.pk}:decided"
        if case.side == Side.GRADUATE:
            told = [Message(case.booking.profile.user_id, NoticeKind.APPEAL_DECIDED, key, facts)]
        else:
            told = to_managers(case.booking.role.shoot, NoticeKind.APPEAL_DECIDED, key, facts)
        notices.write_all(told, now=now)
    return appeal


def _facts(appeal: Appeal) -> dict:
    booking = appeal.cancellation.booking
    return sending.facts_of(booking.offer) | {
        "appeal": appeal.pk,
        "cancellation": appeal.cancellation_id,
        "side": appeal.cancellation.side,
        "ground": appeal.ground,
    }


def _checked(ground: str, words: str, proof: str, has_paper: bool) -> tuple[str, str, str]:
    words, proof = words.strip(), proof.strip()
    if ground not in AppealGround.values:
        raise Invalid("ground_unknown", field="ground")
    if not words:
        raise Invalid("appeal_words", field="words")
    if len(words) > LONGEST:
        raise Invalid("message_too_long", field="words")
    if ground in FORCE_MAJEURE and not proof and not has_paper:
        raise Invalid("appeal_proof", field="proof")
    if len(proof) > PROOF_LONGEST:
        raise Invalid("message_too_long", field="proof")
    return ground, words, proof
