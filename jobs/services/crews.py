"""Crews: asking to be let in, and what the admins decide about them."""

import re
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from config.errors import Conflict, Invalid, NotAllowed
from hubs.models import Department, Hub
from jobs import policies
from jobs.enums import CrewState, NoticeKind, Right
from jobs.models import Crew, Membership
from jobs.services import locks, log, notices, states
from profiles.models import User
from profiles.services.mobile import clean_mobile
from profiles.services.text import clean_line

CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The signs of a unified social credit code and their values, GB 32100-2015: no I, O, S, V, Z."""

CREDIT_CODE = re.compile(rf"^[{CODE_SIGNS}]{{18}}$")


def check_sign(body: str) -> str:
    """Return the 18th sign of a unified social credit code from its first 17.

    GB 32100-2015: the weights are 3**i mod 31, the check value is 31 - (sum of sign * weight mod 31).
    """
    total = sum(CODE_SIGNS.index(sign) * pow(3, at, 31) for at, sign in enumerate(body))
    return CODE_SIGNS[-total % 31]


def clean_credit_code(value: str) -> str:
    """Return the code in capitals; raise Invalid "credit_code" for its shape, "credit_code_check" for its last sign."""
    code = "".join(value.split()).upper()
    if not CREDIT_CODE.match(code):
        raise Invalid("credit_code", field="credit_code")
    if check_sign(code[:17]) != code[17]:
        raise Invalid("credit_code_check", field="credit_code")
    return code


def apply(
    *,
    name: str,
    company_name: str,
    credit_code: str,
    home_hub: Hub,
    by: User,
    now: datetime,
    contact_name: str = "",
    contact_mobile: str = "",
) -> Crew:
    """Make a crew that waits for its check, owned by `by`.

    Raise NotAllowed("not_a_manager"), Invalid by what `clean_credit_code`, `clean_line` and `clean_mobile` say, or
    Conflict("crew_known") where the company has a crew.
    """
    if not by.is_manager:
        raise NotAllowed("not_a_manager")
    said = _clean(name, company_name, credit_code, contact_name, contact_mobile)
    try:
        with locks.act():
            crew = Crew.objects.create(**said, home_hub=home_hub, applied_at=now)
            Membership.objects.create(crew=crew, user=by, right=Right.OWNER)
            log.write("crew_applied", crew, by=by, now=now)
    except IntegrityError as error:
        raise Conflict("crew_known", field="credit_code") from error
    return crew


def apply_again(
    crew: Crew,
    *,
    name: str,
    company_name: str,
    credit_code: str,
    home_hub: Hub,
    by: User,
    now: datetime,
    contact_name: str = "",
    contact_mobile: str = "",
) -> Crew:
    """Mend an application that waits or was refused, and let it wait (again). Its owners only.

    Raise NotAllowed("not_yours"), Conflict("crew_decided") once it is verified or suspended, and what `apply` raises.
    """
    if policies.right_in(by, crew) != Right.OWNER:
        raise NotAllowed("not_yours")
    said = _clean(name, company_name, credit_code, contact_name, contact_mobile)
    open_states = [CrewState.APPLIED, CrewState.REFUSED]
    try:
        with locks.act():
            mended = Crew.objects.filter(pk=crew.pk, state__in=open_states).update(
                **said, home_hub=home_hub, applied_at=now, state=CrewState.APPLIED, reason=""
            )
            if not mended:
                raise Conflict("crew_decided")
            log.write("crew_applied", crew, by=by, now=now)
    except IntegrityError as error:
        raise Conflict("crew_known", field="credit_code") from error
    crew.refresh_from_db()
    return crew


def _clean(name: str, company: str, code: str, contact: str, mobile: str) -> dict[str, Any]:
    return {
        "name": clean_line(name, field="name", longest=80, required=True),
        "company_name": clean_line(company, field="company_name", longest=120, required=True),
        "credit_code": clean_credit_code(code),
        "contact_name": clean_line(contact, field="contact_name", longest=40),
        "contact_mobile": clean_mobile(mobile, field="contact_mobile") if mobile.strip() else "",
    }


def verify(crew: Crew, *, by: User, now: datetime) -> Crew:
    """Let a crew publish; admins only. One that is verified stays as it is. Its owners are told."""
    return _decide(crew, CrewState.VERIFIED, "", by=by, now=now, verified_at=now)


def refuse(crew: Crew, *, by: User, reason: str, now: datetime) -> Crew:
    """Say no to an application, and why; its owners read the reason and may mend and send it again. Admins only.

    Raise NotAllowed("not_yours"), Invalid("text_required", field="reason"), Conflict("move_not_allowed") where the
    crew is verified or suspended.
    """
    return _decide(crew, CrewState.REFUSED, _reason(reason), by=by, now=now)


def suspend(crew: Crew, *, by: User, reason: str, now: datetime) -> Crew:
    """Stop a verified crew from publishing, and say why. Bookings that stand go on. Admins only; raises as `refuse`."""
    return _decide(crew, CrewState.SUSPENDED, _reason(reason), by=by, now=now)


def _reason(words: str) -> str:
    return clean_line(words, field="reason", longest=200, required=True)


def _decide(crew: Crew, to: CrewState, reason: str, *, by: User, now: datetime, **fields: Any) -> Crew:
    if not policies.may_verify_crews(by):
        raise NotAllowed("not_yours")
    with locks.act():
        if Crew.objects.filter(pk=crew.pk, state=to).exists():
            crew.refresh_from_db()
            return crew
        states.move(crew, to, reason=reason, decided_at=now, decided_by=by, **fields)
        entry = log.write(f"crew_{to}", crew, by=by, now=now, reason=reason)
        notices.write_all(
            [
                notices.Message(
                    owner,
                    NoticeKind.CREW_DECIDED,
                    f"crew:{entry.pk}:{owner}",
                    {"crew": crew.pk, "name": crew.name, "state": to.value, "reason": reason},
                )
                for owner in _owners(crew)
            ],
            now=now,
        )
    return crew


def _owners(crew: Crew) -> list[int]:
    owners = Membership.objects.filter(crew=crew, right=Right.OWNER)
    return list(owners.order_by("user_id").values_list("user_id", flat=True))


def add_member(
    crew: Crew, user: User, right: str, *, by: User, now: datetime, department: Department | None = None
) -> Membership:
    """Give a user a right in the crew, or another one than she has. Owners only; a head needs a department.

    Raise NotAllowed("not_yours"), Invalid("head_needs_department"), Conflict("last_owner").
    """
    if policies.right_in(by, crew) != Right.OWNER:
        raise NotAllowed("not_yours")
    if right not in Right.values:
        raise Invalid("right_unknown", field="right")
    if right == Right.HEAD and department is None:
        raise Invalid("head_needs_department", field="department")
    with locks.act():
        keep_an_owner(crew, without=user if right != Right.OWNER else None)
        membership, _made = Membership.objects.update_or_create(
            crew=crew,
            user=user,
            defaults={"right": right, "department": department if right == Right.HEAD else None},
        )
        log.write("member_added", crew, by=by, now=now, user=user.pk, right=right)
    return membership


def keep_an_owner(crew: Crew, *, without: User | None) -> None:
    """Lock the crew's owners and raise Conflict("last_owner") where nobody but `without` would be left of them.

    The lock puts two owners in line who take each other's right away at the same moment.
    """
    rows = Membership.objects.select_for_update().filter(crew=crew, right=Right.OWNER).order_by("pk")
    owners = list(rows.values_list("user_id", flat=True))
    if without is not None and without.pk in owners and len(owners) == 1:
        raise Conflict("last_owner")
