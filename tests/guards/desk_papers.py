"""Rows of the queues and of the curated places in the small market."""

from typing import TYPE_CHECKING

from hubs.models import PlacePhoto
from jobs.models import Case, Hold, HubFact, MarketFact
from jobs.services.market_room import write_month

if TYPE_CHECKING:
    from tests.guards.world import World


def write(world: "World") -> None:
    """A report that waits, a role that is held, a picture of the base, and one day of numbers."""
    upheld = Case.objects.create(
        subject="role", subject_id=world.held_role.pk, crew=world.crew, reason="fee", by_guard=True, made_at=world.now,
        state="upheld", decided_at=world.now, decision="收费。",
    )  # fmt: skip
    world.rows |= {
        "report": Case.objects.create(
            subject="role", subject_id=world.role.pk, crew=world.crew, reason="terms", words="说好日结。",
            reporter=world.users["cai"], made_at=world.now, evidence={"title": "雨夜归人", "crew": "山海剧组"},
        ),
        "hold": Hold.objects.create(role=world.held_role, case=upheld, made_at=world.now),
        "place_photo": PlacePhoto.objects.create(
            base=world.base, caption_zh="地铁站台", caption_en="Metro platform", content=b"JPEG", thumb=b"JPEG",
            width=4, height=3, added_at=world.now,
        ),
    }  # fmt: skip
    day = world.now.date()
    MarketFact.objects.create(
        day=day, hub=world.hub, role_type=world.gaffer, places=20, booked=9, wanted=6, free_people=7
    )
    HubFact.objects.create(day=day, hub=None, shoot_days=3)
    HubFact.objects.create(day=day, hub=world.hub, shoot_days=3)
    write_month(day)
