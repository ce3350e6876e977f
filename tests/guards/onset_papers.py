"""Rows of the day on set in the small market."""

from datetime import time, timedelta
from typing import TYPE_CHECKING

from jobs.models import ExtrasCall
from jobs.queries import extras

if TYPE_CHECKING:
    from tests.guards.world import World


def write(world: "World") -> None:
    """An extras day on the first day of the shoot, with Cai in its only group."""
    call = ExtrasCall.objects.create(
        shoot=world.shoot, day=world.first_day, call=time(6), expected=1, opened_at=world.now
    )
    group = call.groups.create(number=1)
    world.rows |= {
        "extras_call": call,
        "extras_group": group,
        "extras_line": call.lines.create(booking=world.booking, group=group, number=1),
    }


def code(world: "World") -> str:
    """A code of that day that is still good."""
    return extras.code(world.extras_call, world.now + timedelta(days=30))
