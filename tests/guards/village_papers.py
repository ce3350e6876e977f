"""Village mode in the small market: Wang, whom Zhou speaks for, and Yan, who speaks for another village.

Their shoot is a crew's of its own, so that nobody of the other actors has to do with it.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from psycopg.types.range import DateRange

from jobs.models import Confirmation, Wage
from profiles.models import SpokenConsent, User, Villager
from profiles.models.village_code import hashed
from tests.factories import hubs as places
from tests.factories import jobs as work
from tests.factories import profiles as people

if TYPE_CHECKING:
    from tests.guards.world import World

CODE = "6000 2026 1121 0013"
PHONE = "+8613907775309"
"""A canary: found on the pages of her own coordinator, and nowhere else."""


def offices(world: "World") -> None:
    """Two coordinators of one hub; their users are actors."""
    for name, said, village in (
        ("zhou", "周荷", ("桥头村", "Qiaotou")),
        ("yan", "严湾", ("江湾村", "Jiangwan")),
    ):
        user = people.UserFactory(name=said, email=f"{name}@villages.example", kind=User.Kind.VILLAGE)
        world.users[name] = user
        world.rows[f"{name}_office"] = people.CoordinatorFactory(
            user=user,
            hub=world.hub,
            village_zh=village[0],
            village_en=village[1],
            appointed_by=world.users["admin"],
        )


def write(world: "World") -> None:
    """Wang holds an offer, is booked for the first day and asked whether she comes; one pay is open."""
    extra = places.RoleTypeFactory(
        code="villager-extra", name_zh="群众演员", name_en="Extra", category="extras", entry_level=True
    )
    crew = work.CrewFactory(name="稻香剧组")
    world.rows["village_extra"] = extra
    for name, ahead in (("past", -60), ("now", 0), ("later", 60)):
        first = world.first_day + timedelta(days=ahead)
        days = DateRange(first, first + timedelta(days=5))
        shoot = work.ShootFactory(
            crew=crew, base=world.base, title="晒谷场", days=days, published_at=world.now
        )
        world.rows[f"village_{name}"] = work.RoleFactory(
            shoot=shoot, role_type=extra, category="extras", days=days, day_rate=91, headcount=60
        )
    wang = villager(
        world, "王桂英", phone=PHONE, code_hash=hashed(CODE.replace(" ", "")), code_made_at=world.now
    )
    world.rows["villager"] = wang
    world.rows |= ties(world, wang)


def villager(world: "World", name: str, **fields) -> Villager:
    made = people.VillagerFactory(
        coordinator=world.zhou_office, profile__user__name=name, profile__home_hub=world.hub, **fields
    )
    SpokenConsent.objects.create(
        profile=made.profile, purpose="registration", agreed=True, version="2026-11", manner="face",
        asked_by=world.users["zhou"], witness="王小军", witness_is="family", at=world.now,
    )  # fmt: skip
    return made


def ties(world: "World", made: Villager) -> dict[str, object]:
    """An offer that is open, a booking that waits for a word, and a pay that is said to be on its way."""
    times = {"sent_at": world.now, "expires_at": world.now + timedelta(hours=12)}
    booking = work.BookingFactory(role=world.village_now, profile=made.profile, confirmed_at=world.now)
    served = work.BookingFactory(
        role=world.village_past, profile=made.profile, confirmed_at=world.now, state="served"
    )
    Confirmation.objects.create(booking=booking, asked_at=world.now, due_at=world.now + timedelta(days=1))
    return {
        "village_offer": work.OfferFactory(role=world.village_later, profile=made.profile, **times),
        "village_booking": booking,
        "village_wage": Wage.objects.create(
            booking=served, amount=182, due_on=world.first_day, paid_at=world.now
        ),
    }


def grow(world: "World", number: int) -> None:
    """One more person of the village with everything she can have, and one more village."""
    ties(world, villager(world, f"乡亲{number}"))
    people.CoordinatorFactory(hub=world.hub, appointed_by=world.users["admin"])
