"""Rows of the day on set in the small market."""

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from hubs.timespan import shoot_day_of
from jobs.models import ExtrasCall, HoursObjection, WalkIn
from jobs.queries import extras
from tests.factories import jobs as work

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
        "walk_in": WalkIn.objects.create(
            call=call, profile=world.profile("gus"), role=world.role, day_rate=135, asked_at=world.now
        ),
    }
    _hours(world)


def _hours(world: "World") -> None:
    """Cai was on set the day before, and says that it was longer."""
    role = work.RoleFactory(shoot=world.last_day_shoot, role_type=world.gaffer, headcount=2)
    booking = work.BookingFactory(role=role, profile=world.profile("cai"), confirmed_at=world.now)
    end = world.now - timedelta(hours=20)
    world.rows["past_booking"] = booking
    world.rows["objection"] = HoursObjection.objects.create(
        booking=booking,
        day=yesterday(world),
        came_at=end - timedelta(hours=9),
        left_at=end,
        made_at=world.now,
    )


def yesterday(world: "World") -> date:
    """The shoot day before the running one."""
    return shoot_day_of(world.now) - timedelta(days=1)


def code(world: "World") -> str:
    """A code of that day that is still good."""
    return extras.code(world.extras_call, world.now + timedelta(days=30))
