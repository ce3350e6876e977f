"""Rows of likeness and of piecework in the small market."""

from datetime import timedelta
from typing import TYPE_CHECKING

from jobs.models import HourFloor, Likeness, LikenessEvent, Shoot

if TYPE_CHECKING:
    from tests.guards.world import World


def write(world: "World") -> None:
    """Mei's title says what AI is used for and has asked Bo for his face; a floor holds everywhere."""
    Shoot.objects.filter(pk=world.shoot.pk).update(made_with="ai", ai_use="替身换脸", scans=True)
    world.shoot.refresh_from_db()
    world.rows |= {"likeness": request(world, world.shoot, world.profile("bo")), "floor": floor(world, 20)}


def request(world: "World", shoot, profile) -> Likeness:
    row = Likeness.objects.create(
        shoot=shoot,
        profile=profile,
        parts=["face"],
        use="替身换脸",
        territory="mainland",
        until=world.first_day + timedelta(days=200),
        fee=600,
        asked_by=world.users["mei"],
        asked_at=world.now,
    )
    LikenessEvent.objects.create(
        likeness=row, state="asked", terms={"given": []}, by=world.users["mei"], at=world.now
    )
    return row


def floor(world: "World", yuan: int) -> HourFloor:
    return HourFloor.objects.create(
        yuan=yuan,
        from_day=world.first_day - timedelta(days=90),
        source="省人社厅通告",
        set_by=world.users["admin"],
        set_at=world.now,
    )
