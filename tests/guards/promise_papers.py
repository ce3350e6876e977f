"""Rows of keeping one's word in the small market."""

from typing import TYPE_CHECKING

from jobs.models import Appeal, AppealProof, Cancellation, Vacancy
from tests.factories import jobs as work

if TYPE_CHECKING:
    from tests.guards.world import World


def write(world: "World") -> None:
    """Two places given back too late, one with an appeal that waits; and a slot that is being refilled."""
    role = work.RoleFactory(shoot=world.last_day_shoot, role_type=world.gaffer, headcount=4)
    cases = [_given_up(world, role, name) for name in ("bo", "flo")]
    world.rows |= {
        "case": cases[0],
        "appeal": Appeal.objects.create(
            cancellation=cases[1],
            by=world.users["flo"],
            ground="illness",
            words="发烧到三十九度。",
            proof="门诊病历 0317",
            filed_at=world.now,
        ),
        "vacancy": Vacancy.objects.create(
            role=world.role, key="world", cause="declined", after=world.flo_offer, opened_at=world.now
        ),
    }
    _paper(world)


def _paper(world: "World") -> None:
    AppealProof.objects.create(
        appeal=world.appeal, by=world.users["flo"], kind="photo", content=b"JPEG", size=4, added_at=world.now
    )


def _given_up(world: "World", role, name: str) -> Cancellation:
    offer = work.OfferFactory(role=role, profile=world.profile(name), state="accepted", answered_at=world.now)
    booking = work.BookingFactory(
        role=role, profile=world.profile(name), offer=offer, state="cancelled", cancelled_at=world.now
    )
    return Cancellation.objects.create(
        booking=booking, kind="cancelled", side="graduate", at=world.now, hours_before=8, late=True, strikes=1
    )
