"""Crews and who belongs to them."""

import re
from datetime import datetime

from django.db import IntegrityError

from config.errors import Conflict, Invalid, NotAllowed
from hubs.models import Department, Hub
from jobs import policies
from jobs.enums import CrewState, Right
from jobs.models import Crew, Membership
from jobs.services import locks, log
from profiles.models import User

CREDIT_CODE = re.compile(r"^[0-9A-HJ-NP-RTUWXY]{18}$")
"""Unified social credit code, GB 32100-2015: 18 places, without I, O, S, V and Z."""


def apply(*, name: str, company_name: str, credit_code: str, home_hub: Hub, by: User, now: datetime) -> Crew:
    """Make a crew that waits for its check, owned by `by`.

    Raise NotAllowed("not_a_manager"), Invalid("credit_code") or Conflict("crew_known") where the company has one.
    """
    if not by.is_manager:
        raise NotAllowed("not_a_manager")
    credit_code = credit_code.strip().upper()
    if not CREDIT_CODE.match(credit_code):
        raise Invalid("credit_code", field="credit_code")
    try:
        with locks.act():
            crew = Crew.objects.create(
                name=name.strip(),
                company_name=company_name.strip(),
                credit_code=credit_code,
                home_hub=home_hub,
            )
            Membership.objects.create(crew=crew, user=by, right=Right.OWNER)
            log.write("crew_applied", crew, by=by, now=now)
    except IntegrityError as error:
        raise Conflict("crew_known", field="credit_code") from error
    return crew


def verify(crew: Crew, *, by: User, now: datetime) -> Crew:
    """Let a crew publish; admins only."""
    if not policies.may_verify_crews(by):
        raise NotAllowed("not_yours")
    with locks.act():
        waiting = Crew.objects.filter(pk=crew.pk).exclude(state=CrewState.VERIFIED)
        if waiting.update(state=CrewState.VERIFIED, verified_at=now):
            log.write("crew_verified", crew, by=by, now=now)
    crew.refresh_from_db()
    return crew


def add_member(
    crew: Crew, user: User, right: str, *, by: User, now: datetime, department: Department | None = None
) -> Membership:
    """Give a user a right in the crew, or another one than she has. Owners only; a head needs a department."""
    if policies.right_in(by, crew) != Right.OWNER:
        raise NotAllowed("not_yours")
    if right == Right.HEAD and department is None:
        raise Invalid("head_needs_department", field="department")
    with locks.act():
        membership, _made = Membership.objects.update_or_create(
            crew=crew, user=user, defaults={"right": right, "department": department}
        )
        log.write("member_added", crew, by=by, now=now, user=user.pk, right=right)
    return membership
