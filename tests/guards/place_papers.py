"""Rows of places in the small market: a set that came free for Mei, one she may take, and a fair to come."""

from datetime import timedelta
from typing import TYPE_CHECKING

from psycopg.types.range import DateRange, Range

from hubs.timespan import start_of
from jobs.enums import SetBookingState, SetPart
from jobs.models import BaseDay, SetBooking
from tests.factories import hubs as places

if TYPE_CHECKING:
    from tests.guards.world import World


def write(world: "World") -> None:
    """Add the rows; all of them are still to come by the clock of the wall, which pages read."""
    held = places.SetFactory(base=world.base, slug="platform", name_zh="站台", name_en="Platform")
    dawn = start_of(world.first_day)
    place = BaseDay.objects.create(base=world.base, shoot=world.shoot, day=world.first_day, berth=1)
    world.rows |= {
        "free_set": places.SetFactory(base=world.base, slug="office", name_zh="办公室", name_en="Office"),
        "came_free": SetBooking.objects.create(
            shoot=world.shoot,
            base=world.base,
            set=held,
            place=place,
            day=world.first_day,
            part=SetPart.DAY,
            during=Range(dawn, dawn + timedelta(hours=13)),
            state=SetBookingState.OFFERED,
            asked_at=world.now,
            confirm_by=dawn,
        ),
        "fair": places.JobFairFactory(
            slug="spring-fair",
            name_zh="春季双选会",
            name_en="Spring fair",
            days=DateRange(world.first_day, world.first_day + timedelta(days=1)),
            capacity=50,
        ),
    }
