"""The last place of a shoot was taken: its managers are told once."""

from datetime import datetime

from django.db import connection

from jobs.enums import NoticeKind
from jobs.models import Offer, Role
from jobs.services import notices
from jobs.services.notices import to_managers

SHOOT_LOCK = 3
"""Advisory lock that is taken last, by whoever fills a role: of two who fill the last two roles, one sees a full crew."""


def tell(offer: Offer, *, now: datetime) -> None:
    """Tell the managers where the booking of `offer` took the last place of the whole shoot."""
    role = Role.objects.get(pk=offer.role_id)
    if role.open_slots:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SHOOT_LOCK, role.shoot_id])
    places = list(Role.objects.filter(shoot_id=role.shoot_id).values_list("headcount", "filled"))
    if any(filled < headcount for headcount, filled in places):
        return
    shoot = offer.role.shoot
    facts = {"shoot": shoot.pk, "title": shoot.title, "people": sum(filled for _, filled in places)}
    key = f"shoot:{shoot.pk}:full:{offer.pk}"
    notices.write_all(to_managers(shoot, NoticeKind.CREW_FULL, key, facts), now=now)
