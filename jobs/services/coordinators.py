"""The office of a coordinator: appointed by an admin, ended by an admin, and nobody of the village left without one."""

from datetime import datetime

from config.errors import Conflict, NotAllowed
from hubs.models import Hub
from jobs.enums import NoticeKind
from jobs.services import locks, log, notices
from jobs.services.notices import Message
from profiles import policies
from profiles.models import Coordinator, User, Villager
from profiles.services import accounts
from profiles.services.mobile import clean_mobile
from profiles.services.text import clean_line


def appoint(
    *,
    name: str,
    email: str,
    mobile: str,
    hub: Hub,
    village_zh: str,
    village_en: str,
    phone: str,
    by: User,
    now: datetime,
    meeting_point: str = "",
) -> Coordinator:
    """Make somebody the coordinator of a village, with an account of that kind; who once was one may be one again.

    Raise NotAllowed, Conflict `account_exists` where the address or number belongs to another kind of account,
    Invalid for what cannot be right (`login_missing` with neither address nor number).
    """
    _admins(by)
    facts = {
        "hub": hub,
        "village_zh": clean_line(village_zh, field="village_zh", longest=60, required=True),
        "village_en": clean_line(village_en, field="village_en", longest=80, required=True),
        "phone": clean_mobile(phone, field="phone"),
        "meeting_point": clean_line(meeting_point, field="meeting_point", longest=120),
    }
    with locks.act():
        user = accounts.for_office(name=name, email=email, mobile=mobile, now=now)
        office, made = Coordinator.objects.get_or_create(
            user=user, defaults={"appointed_by": by, "appointed_at": now, **facts}
        )
        if not made:
            if office.retired_at is None:
                raise Conflict("coordinator_already")
            Coordinator.objects.filter(pk=office.pk).update(
                appointed_by=by, appointed_at=now, retired_at=None, **facts
            )
            office.refresh_from_db()
        log.write("coordinator_appointed", office, by=by, now=now)
    return office


def change(office: Coordinator, *, phone: str, meeting_point: str, by: User, now: datetime) -> Coordinator:
    """The coordinator keeps the village's number and meeting point right. Raise NotAllowed, Invalid."""
    if office.user_id != by.pk or office.retired_at:
        raise NotAllowed("not_yours")
    office.phone = clean_mobile(phone, field="phone")
    office.meeting_point = clean_line(meeting_point, field="meeting_point", longest=120)
    with locks.act():
        office.save(update_fields=["phone", "meeting_point"])
        log.write("coordinator_changed", office, by=by, now=now)
    return office


def retire(office: Coordinator, *, successor: Coordinator | None, by: User, now: datetime) -> int:
    """End an office and hand its people to the successor, who is told, as they are; return how many were handed on.

    Raise NotAllowed, Conflict with `coordinator_retired`, `successor_needed` where somebody would be left alone, or
    `successor_unfit` where the successor is the same or no longer in office.
    """
    _admins(by)
    with locks.act():
        held = sorted({office.pk, *([successor.pk] if successor else [])})
        # In one order, so that two handing over to each other do not wait for each other.
        rows = {
            row.pk: row
            for row in Coordinator.objects.select_for_update(of=("self",)).filter(pk__in=held).order_by("pk")
        }
        if rows[office.pk].retired_at:
            raise Conflict("coordinator_retired")
        people = list(
            Villager.objects.filter(coordinator=office, taken_over_at__isnull=True).select_related(
                "profile__user"
            )
        )
        if successor is not None and (successor.pk == office.pk or rows[successor.pk].retired_at):
            raise Conflict("successor_unfit")
        if people and successor is None:
            raise Conflict("successor_needed", count=len(people))
        if people:
            Villager.objects.filter(pk__in=[each.pk for each in people]).update(coordinator=successor)
        Coordinator.objects.filter(pk=office.pk).update(retired_at=now)
        log.write(
            "coordinator_retired", office, by=by, now=now, people=len(people), to=successor and successor.pk
        )
        if people and successor is not None:
            _tell(people, office, successor, now)
    office.refresh_from_db()
    return len(people)


def _tell(people: list[Villager], office: Coordinator, successor: Coordinator, now: datetime) -> None:
    name = User.objects.filter(pk=successor.user_id).values_list("name", flat=True).get()
    facts = {"about": "handed_on", "coordinator": name, "phone": successor.phone, "office": office.pk}
    notices.write_all(
        [
            Message(
                each.profile.user_id,
                NoticeKind.VILLAGE_NEWS,
                f"village:{each.pk}:handed:{now:%Y%m%d%H%M%S}",
                facts,
            )
            for each in people
        ],
        now=now,
    )


def _admins(by: User) -> None:
    if not policies.may_appoint(by):
        raise NotAllowed("admins_only")
