"""A person's own request for a role."""

from datetime import datetime

from django.db import IntegrityError, transaction

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import start_of
from jobs import policies
from jobs.enums import ApplicationState, NoticeKind, ShootState
from jobs.models import Application, Role, is_listed
from jobs.services import locks, log, moderation, notices, states
from jobs.services.notices import to_managers
from profiles.models import Profile, User
from profiles.services.text import readable

LONGEST_REPLY = 300


def apply(role: Role, *, by: User, now: datetime, message: str = "") -> Application:
    """Ask for a place.

    NotAllowed("not_a_graduate"); Conflict: "shoot_not_open", "role_off_the_list", "role_started", "already_applied".
    """
    profile = Profile.objects.select_related("user").filter(user=by).first()
    if profile is None or not by.is_graduate:
        raise NotAllowed("not_a_graduate")
    if role.shoot.state != ShootState.OPEN:
        raise Conflict("shoot_not_open")
    if not is_listed(role):
        raise Conflict("role_off_the_list")
    if start_of(role.days.lower) <= now:
        raise Conflict("role_started")
    with locks.act():
        try:
            with transaction.atomic():
                application = Application.objects.create(
                    role=role, profile=profile, message=message.strip()[:300], sent_at=now
                )
        except IntegrityError as error:
            raise Conflict("already_applied") from error
        log.write("applied", application, by=by, now=now, role=role.pk)
        facts = {
            "application": application.pk,
            "role": role.pk,
            "shoot": role.shoot_id,
            "title": role.shoot.title,
            "role_zh": role.role_type.name_zh,
            "role_en": role.role_type.name_en,
            "person": by.name,
        }
        key = f"application:{application.pk}:received"
        notices.write_all(to_managers(role.shoot, NoticeKind.APPLICATION_RECEIVED, key, facts), now=now)
        moderation.guard_message(application, now=now)
    return application


def decline(application: Application, *, words: str, by: User, now: datetime) -> Application:
    """Say no to a request, with words that go to her. Raise NotAllowed, Invalid("message_empty" / "message_too_long").

    A request that has been answered or taken back meanwhile: Conflict("move_not_allowed").
    """
    if not policies.may_edit_role(by, application.role):
        raise NotAllowed("not_yours")
    words = readable(words, field="words", longest=LONGEST_REPLY)
    if not words:
        raise Invalid("message_empty", field="words")
    if len(words) > LONGEST_REPLY:
        raise Invalid("message_too_long", field="words")
    with locks.act():
        states.move(application, ApplicationState.CLOSED, answered_at=now, reply=words)
        log.write("application_declined", application, by=by, now=now, role=application.role_id)
        role = application.role
        facts = {
            "application": application.pk,
            "role": role.pk,
            "shoot": role.shoot_id,
            "title": role.shoot.title,
            "role_zh": role.role_type.name_zh,
            "role_en": role.role_type.name_en,
            "words": words,
        }
        notices.write(
            recipient_id=application.profile.user_id,
            kind=NoticeKind.APPLICATION_CLOSED,
            key=f"application:{application.pk}:closed",
            facts=facts,
            now=now,
        )
        moderation.guard_message(application, now=now)
    return application


def withdraw(application: Application, *, by: User, now: datetime) -> Application:
    """Take a request back. Raise NotAllowed or Conflict("move_not_allowed")."""
    if not policies.may_withdraw_application(by, application):
        raise NotAllowed("not_yours")
    with locks.act():
        states.move(application, ApplicationState.WITHDRAWN)
        log.write("application_withdrawn", application, by=by, now=now)
    return application
