"""Who belongs to a crew: asked by e-mail, given another right, taken off. The last owner stays."""

from datetime import datetime, timedelta

from django.db import IntegrityError
from django.db.models import Model

from config.errors import Conflict, Gone, Invalid, NotAllowed
from hubs.models import Department
from jobs import policies
from jobs.channels import invitations as mail
from jobs.enums import NoticeKind, Right, WorkKind
from jobs.models import Crew, CrewInvitation, Membership
from jobs.services import crews, locks, log, notices
from jobs.services.later import Lease, enqueue
from profiles.models import User

STANDS_FOR = timedelta(days=14)
MOST_STANDING = 40
"""Invitations of one crew that may wait at once: more than any crew has members, fewer than a spammer wants."""


def invite(
    crew: Crew, email: str, right: str, *, by: User, now: datetime, department: Department | None = None
) -> CrewInvitation:
    """Ask somebody to join; the letter goes to the address, whether or not anybody here has it. Owners only.

    Raise NotAllowed("not_yours"), Invalid("head_needs_department" / "right_unknown"), Conflict("already_member" /
    "already_invited" / "too_many_invitations").
    """
    _refuse_others(crew, by)
    email = email.strip().lower()
    _check_right(right, department)
    if Membership.objects.filter(crew=crew, user__email__iexact=email).exists():
        raise Conflict("already_member", field="email")
    try:
        with locks.act():
            standing = CrewInvitation.objects.filter(
                crew=crew, accepted_at__isnull=True, withdrawn_at__isnull=True
            )
            standing.filter(expires_at__lte=now).update(withdrawn_at=now)
            if standing.count() >= MOST_STANDING:
                raise Conflict("too_many_invitations", most=MOST_STANDING)
            invitation = CrewInvitation.objects.create(
                crew=crew,
                email=email,
                right=right,
                department=department if right == Right.HEAD else None,
                invited_by=by,
                sent_at=now,
                expires_at=now + STANDS_FOR,
            )
            log.write("member_invited", crew, by=by, now=now, invitation=invitation.pk, right=right)
            enqueue(WorkKind.INVITE_MEMBER, invitation.pk, f"invitation:{invitation.pk}", now, now=now)
    except IntegrityError as error:
        raise Conflict("already_invited", field="email") from error
    return invitation


def deliver(invitation_id: int, *, now: datetime, lease: Lease) -> None:
    """Send the letter of an invitation that still stands. At least once, under one Message-ID."""
    invitation = (
        CrewInvitation.objects.select_related("crew", "invited_by", "department")
        .filter(pk=invitation_id, accepted_at__isnull=True, withdrawn_at__isnull=True)
        .first()
    )
    if invitation is not None and invitation.mailed_at is None:
        mail.message(invitation).send()
    with locks.act():
        CrewInvitation.objects.filter(pk=invitation_id, mailed_at__isnull=True).update(mailed_at=now)
        lease.finish(now=now)


def accept(invitation: CrewInvitation, *, by: User, now: datetime) -> Membership:
    """Join the crew with the right that was offered; an owner or manager who is in it already keeps the higher one.

    Raise NotAllowed("not_a_manager" / "not_yours") for another kind of account or another address,
    Gone("invitation_over") where it was withdrawn, used by somebody else, or has run out.
    """
    if not by.is_manager:
        raise NotAllowed("not_a_manager")
    if (by.email or "").lower() != invitation.email:
        raise NotAllowed("invitation_of_another")
    with locks.act():
        open_rows = CrewInvitation.objects.filter(
            pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
        )
        if not open_rows.update(accepted_at=now):
            if membership := Membership.objects.filter(crew=invitation.crew_id, user=by).first():
                return membership
            raise Gone("invitation_over")
        membership, made = Membership.objects.get_or_create(
            crew=invitation.crew,
            user=by,
            defaults={"right": invitation.right, "department": invitation.department},
        )
        log.write("member_joined", invitation.crew, by=by, now=now, right=membership.right, new=made)
    return membership


def withdraw(invitation: CrewInvitation, *, by: User, now: datetime) -> None:
    """Take an invitation back. Owners only; raise Conflict("invitation_over") where it has ended."""
    _refuse_others(invitation.crew, by)
    with locks.act():
        open_rows = CrewInvitation.objects.filter(
            pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
        )
        if not open_rows.update(withdrawn_at=now):
            raise Conflict("invitation_over")
        log.write("member_uninvited", invitation.crew, by=by, now=now, invitation=invitation.pk)


def change_right(
    membership: Membership, right: str, *, by: User, now: datetime, department: Department | None = None
) -> Membership:
    """Give a member another right; she is told. Owners only.

    Raise NotAllowed("not_yours"), Invalid("head_needs_department" / "right_unknown"), Conflict("last_owner").
    """
    _refuse_others(membership.crew, by)
    _check_right(right, department)
    before = (membership.right, membership.department_id)
    changed = crews.add_member(membership.crew, membership.user, right, by=by, now=now, department=department)
    if (changed.right, changed.department_id) != before:
        _tell(changed, changed.right, by=by, now=now)
    return changed


def remove(membership: Membership, *, by: User, now: datetime) -> None:
    """Take a member off the crew; she is told. Owners do it, and everybody may leave herself.

    Raise NotAllowed("not_yours"), Conflict("last_owner").
    """
    if membership.user_id != by.pk:
        _refuse_others(membership.crew, by)
    with locks.act():
        crews.keep_an_owner(membership.crew, without=membership.user)
        if membership.user_id != by.pk:
            _tell(membership, "", by=by, now=now)
        log.write("member_removed", membership.crew, by=by, now=now, user=membership.user_id)
        Membership.objects.filter(pk=membership.pk).delete()


def _tell(membership: Membership, right: str, *, by: User, now: datetime) -> None:
    notices.write(
        recipient_id=membership.user_id,
        kind=NoticeKind.CREW_RIGHT,
        key=f"right:{membership.pk}:{now.timestamp():.6f}",
        facts={"crew": membership.crew_id, "name": membership.crew.name, "right": str(right), "by": by.name},
        now=now,
    )


def _check_right(right: str, department: Model | None) -> None:
    if right not in Right.values:
        raise Invalid("right_unknown", field="right")
    if right == Right.HEAD and department is None:
        raise Invalid("head_needs_department", field="department")


def _refuse_others(crew: Crew, by: User) -> None:
    if policies.right_in(by, crew) != Right.OWNER:
        raise NotAllowed("not_yours")
