"""Reports, the zero-fee guard, and the decisions about both. Every act stands in the log; both sides are told why."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from config.errors import Conflict, Invalid, NotAllowed
from jobs import policies
from jobs.enums import NoticeKind, Right
from jobs.models import Application, Case, Crew, Hold, Membership, Role, Shoot
from jobs.models.moderation import CaseReason, CaseState, CaseSubject
from jobs.services import locks, log, notices, zero_fee
from jobs.services.notices import Message
from profiles.models import User
from profiles.services.text import readable

LONGEST = 600
LONGEST_DECISION = 300
Subject = Role | Shoot | Crew | Application


def report(subject: CaseSubject, row: Subject, *, reason: str, words: str, by: User, now: datetime) -> Case:
    """Ask an admin to look at something. One open report a person and thing.

    Raise Invalid("reason_unknown" / "words_required"), Conflict("already_reported").
    """
    words = readable(words, field="words", longest=LONGEST)
    if len(words) > LONGEST:
        raise Invalid("text_too_long", field="words", longest=LONGEST)
    if reason not in CaseReason.values:
        raise Invalid("reason_unknown", field="reason")
    if reason == CaseReason.OTHER and not words:
        raise Invalid("words_required", field="words")
    try:
        with locks.act():
            case = Case.objects.create(
                subject=subject,
                subject_id=row.pk,
                crew=_crew_of(row),
                reason=reason,
                words=words,
                evidence=_evidence(row),
                reporter=by,
                made_at=now,
            )
            log.write("case_reported", case, by=by, now=now, about=str(subject), row=row.pk, reason=reason)
    except IntegrityError as error:
        raise Conflict("already_reported") from error
    return case


def guard_shoot(shoot: Shoot, *, now: datetime) -> int:
    """Read a shoot and all its roles; return how many cases were made of it."""
    roles = list(shoot.roles.select_related("shoot__crew"))
    return int(_guard(CaseSubject.SHOOT, shoot, roles, now)) + _guard_roles(roles, now)


def guard_role(role: Role, *, now: datetime) -> int:
    """Read a role's words. One that asks for money is off the list until an admin has decided; once mended it is back."""
    return _guard_roles([role], now)


def _guard_roles(roles: Sequence[Role], now: datetime) -> int:
    found = {role.pk for role in roles if _guard(CaseSubject.ROLE, role, [role], now)}
    clean = {
        role.pk: role
        for role in roles
        if role.pk not in found
        and not zero_fee.scan(_texts(role)[0][1])
        and not zero_fee.scan(role.shoot.synopsis)
    }
    mended = Hold.objects.filter(role__in=clean, case__by_guard=True)
    for role_id in set(mended.values_list("role", flat=True)):
        mended.filter(role=role_id).delete()
        log.write("hold_lifted", clean[role_id], by=None, now=now, cause="mended")
    return len(found)


def guard_message(application: Application, *, now: datetime) -> int:
    """Read what a person and a crew write to each other about a role."""
    made = 0
    for subject, words in (
        (CaseSubject.APPLICATION, application.message),
        (CaseSubject.REPLY, application.reply),
    ):
        if words:
            made += _guard(subject, application, [], now)
    return made


def _guard(subject: CaseSubject, row: Subject, roles: list[Role], now: datetime) -> bool:
    fields = [
        (name, text) for name, text in _texts(row) if subject not in _ONE_FIELD or name == _ONE_FIELD[subject]
    ]
    found = [
        {"field": name, "text": text[:LONGEST], "terms": [each.term for each in findings]}
        for name, text in fields
        if (findings := zero_fee.scan(text))
    ]
    if not found:
        return False
    evidence = _evidence(row) | {"texts": found}
    with locks.act():
        case = Case.objects.filter(
            subject=subject, subject_id=row.pk, by_guard=True, state=CaseState.OPEN
        ).first()
        if case is None:
            case = Case.objects.create(
                subject=subject, subject_id=row.pk, crew=_crew_of(row), reason=CaseReason.FEE, evidence=evidence,
                by_guard=True, made_at=now,
            )  # fmt: skip
            terms = sorted({term for part in found for term in part["terms"]})
            log.write("case_found", case, by=None, now=now, about=str(subject), row=row.pk, terms=terms)
        _hold(roles, case, now)
    return True


_ONE_FIELD = {CaseSubject.APPLICATION: "message", CaseSubject.REPLY: "reply"}


def _hold(roles: Iterable[Role], case: Case, now: datetime) -> None:
    Hold.objects.bulk_create(
        [Hold(role=role, case=case, made_at=now) for role in roles], ignore_conflicts=True
    )


def decide(case: Case, *, uphold: bool, reason: str, by: User, now: datetime) -> Case:
    """Uphold a case (what it is about comes off the list) or dismiss it (what was held comes back). Both sides are told.

    Admins only. Raise NotAllowed("not_yours"), Invalid("reason_required"), Conflict("case_decided").
    """
    if not policies.may_moderate(by):
        raise NotAllowed("not_yours")
    reason = _decision(reason)
    to = CaseState.UPHELD if uphold else CaseState.DISMISSED
    with locks.act():
        waiting = Case.objects.filter(pk=case.pk, state=CaseState.OPEN)
        if not waiting.update(state=to, decided_at=now, decided_by=by, decision=reason):
            raise Conflict("case_decided")
        case.refresh_from_db()
        if uphold:
            _hold(_roles_of(case), case, now)
        else:
            Hold.objects.filter(case=case).delete()
        entry = log.write(f"case_{to}", case, by=by, now=now, reason=reason)
        _tell(case, entry.pk, now)
    return case


def lift(hold: Hold, *, reason: str, by: User, now: datetime) -> None:
    """Put a role back on the list after its words were mended. Raise NotAllowed, Invalid("reason_required")."""
    if not policies.may_moderate(by):
        raise NotAllowed("not_yours")
    reason = _decision(reason)
    with transaction.atomic():
        log.write("hold_lifted", hold.role, by=by, now=now, reason=reason)
        hold.delete()


def _decision(reason: str) -> str:
    """Return the words of a decision. Raise Invalid("reason_required"), or what `readable` raises."""
    reason = readable(reason, field="reason", longest=LONGEST_DECISION)
    if not reason:
        raise Invalid("reason_required", field="reason")
    if len(reason) > LONGEST_DECISION:
        raise Invalid("text_too_long", field="reason", longest=LONGEST_DECISION)
    return reason


def _tell(case: Case, entry: int, now: datetime) -> None:
    """The one who reported and those who run the crew; nobody learns from whom a report came."""
    facts = {
        "case": case.pk, "about": case.evidence.get("title", ""), "subject": case.subject, "state": case.state,
        "reason": case.decision,
    }  # fmt: skip
    owners = Membership.objects.filter(crew=case.crew_id, right__in=[Right.OWNER, Right.MANAGER])
    told = [(user_id, "crew") for user_id in owners.order_by("user_id").values_list("user_id", flat=True)]
    if case.reporter_id and case.reporter_id not in {user_id for user_id, _side in told}:
        told.append((case.reporter_id, "reporter"))
    notices.write_all(
        [
            Message(user_id, NoticeKind.CASE_DECIDED, f"case:{entry}:{user_id}", facts | {"side": side})
            for user_id, side in told
        ],
        now=now,
    )


def _roles_of(case: Case) -> list[Role]:
    if case.subject == CaseSubject.ROLE:
        return list(Role.objects.filter(pk=case.subject_id))
    if case.subject == CaseSubject.SHOOT:
        return list(Role.objects.filter(shoot=case.subject_id))
    return []


def _crew_of(row: Subject) -> Crew:
    if isinstance(row, Crew):
        return row
    if isinstance(row, Shoot):
        return row.crew
    return (row if isinstance(row, Role) else row.role).shoot.crew


def _texts(row: Subject) -> list[tuple[str, str]]:
    """The words of a row that somebody typed, by field."""
    if isinstance(row, Role):
        return [("note", row.note)]
    if isinstance(row, Shoot):
        return [("title", row.title), ("synopsis", row.synopsis)]
    if isinstance(row, Crew):
        return [("intro", row.intro)]
    return [("message", row.message), ("reply", row.reply)]


def _evidence(row: Subject) -> dict[str, Any]:
    """What stands there now; names of people are not copied, a case leads to them."""
    title = row.name if isinstance(row, Crew) else None
    role = row if isinstance(row, Role) else getattr(row, "role", None)
    shoot = row if isinstance(row, Shoot) else getattr(role, "shoot", None)
    texts = [{"field": name, "text": text[:LONGEST], "terms": []} for name, text in _texts(row) if text]
    facts: dict[str, Any] = {"texts": texts}
    if shoot is not None:
        title = shoot.title
        facts |= {"shoot": shoot.pk, "filing": shoot.filing_state, "filing_number": shoot.filing_number}
    if role is not None:
        facts |= {
            "role": role.pk, "role_zh": role.role_type.name_zh, "role_en": role.role_type.name_en, "rate": role.day_rate,
        }  # fmt: skip
    return facts | {"title": title or "", "crew": _crew_of(row).name}
