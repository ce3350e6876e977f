"""The papers of the small market: searches, schooling, photos, call sheets, wages, notices, keys."""

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.core import signing

from jobs.enums import NoticeKind
from jobs.models import (
    CallSheet,
    CrewInvitation,
    DataExport,
    Membership,
    Role,
    RoleImport,
    SheetReceipt,
    Unit,
    UnitMember,
    Wage,
)
from jobs.services import sending
from jobs.web.for_me import SALT
from profiles.models import Education, Profile, User
from tests.factories import hubs as places
from tests.factories import jobs as work
from tests.factories import profiles as people
from tests.guards import onset_papers, place_papers, promise_papers, remote_papers
from tests.guards.passkey import PASSKEY

if TYPE_CHECKING:
    from tests.guards.world import World


def write(world: "World") -> None:
    """Add what hangs on the people and their ties."""
    bo = world.profile("bo")
    world.rows |= {
        "search": work.SavedSearchFactory(profile=bo, query={"hub": "zhengzhou"}, created_at=world.now),
        "plan": work.ChainPlanFactory(profile=bo, held_at=world.now, roles=[world.next_role]),
        "sealed": seal(world.users["bo"], world.far_role),
        "education": Education.objects.create(
            profile=bo, institution=world.institution, degree="bachelor", graduated=2026
        ),
        "credit": people.CreditFactory(profile=bo, role_type=world.gaffer),
        "copy": DataExport.objects.create(
            user=world.users["bo"],
            asked_at=world.now,
            ready_at=world.now,
            expires_at=world.now + timedelta(days=7),
            content=b"PK",
        ),
        "passkey": Authenticator.objects.create(
            user=world.users["bo"], type=Authenticator.Type.WEBAUTHN, data=PASSKEY
        ),
        "training": people.TrainingFactory(profile=bo, programme=world.programme),
        "other_programme": places.ProgrammeFactory(institution=world.institution),
        "photo": people.PhotoFactory(profile=bo),
        "work_link": people.WorkLinkFactory(profile=bo),
        "outside_calendar": people.OutsideCalendarFactory(profile=bo),
        "call_sheet": CallSheet.objects.create(
            shoot=world.shoot, day=world.first_day, general_call="07:30", published_at=world.now
        ),
    }
    _of_crews(world)
    world.rows["unit"] = _unit(world)
    world.rows["wage"] = Wage.objects.create(
        booking=world.booking, amount=2450, due_on=world.first_day + timedelta(days=14)
    )
    promise_papers.write(world)
    onset_papers.write(world)
    place_papers.write(world)
    remote_papers.write(world)
    SheetReceipt.objects.create(call_sheet=world.call_sheet, booking=world.booking, seen_at=world.now)
    Profile.objects.filter(pk=world.profile("cai").pk).update(page_token="cai-on-set")
    world.profile("cai").refresh_from_db()
    people.ProfileSkillFactory(profile=bo, skill=world.skill)
    asked = sending.facts_of(world.offer)
    full = {"shoot": world.shoot.pk, "title": world.shoot.title, "people": 7}
    told = {"bo": (NoticeKind.OFFER_RECEIVED, asked), "mei": (NoticeKind.CREW_FULL, full)}
    for name, (kind, facts) in told.items():
        work.NoticeFactory(recipient=world.users[name], kind=kind, key=f"world-{name}", facts=facts)


def _unit(world: "World") -> Unit:
    """Cai and Gus come together or not at all."""
    cai, gus = world.profile("cai"), world.profile("gus")
    unit = Unit.objects.create(name="两盏灯", founder=cai, keep="all", code="K7M42PQX", made_at=world.now)
    for seat, person in enumerate((cai, gus), start=1):
        UnitMember.objects.create(
            unit=unit, profile=person, seat=seat, joined_at=world.now, agreed_at=world.now
        )
    return unit


def _of_crews(world: "World") -> None:
    """A member, somebody who is asked to join, a crew that waits for its check, and a list that was brought along."""
    viewer = world.users["viewer"]
    waiting = work.CrewFactory(name="林涛剧组", home_hub=world.hub, state="applied", verified_at=None)
    work.MembershipFactory(crew=waiting, user=world.users["lin"], right="owner")
    world.rows |= {
        "membership": Membership.objects.get(crew=world.crew, user=viewer),
        "waiting_crew": waiting,
        "invitation": CrewInvitation.objects.create(
            crew=world.crew,
            email=viewer.email,
            right="manager",
            invited_by=world.users["mei"],
            sent_at=world.now,
            expires_at=world.now + timedelta(days=14),
        ),
        "role_import": RoleImport.objects.create(
            shoot=world.draft,
            name="roles.csv",
            digest="0" * 64,
            header=["岗位", "日薪"],
            rows=[["灯光助理", "350"]],
            columns={"role": 0, "day_rate": 1},
            created_at=world.now,
        ),
    }


def seal(user: User, role: Role) -> str:
    """What a tap leaves behind for the way back: Bo has just added a hub."""
    said = {"user": user.pk, "role": role.pk, "barrier": "hub_not_wanted", "before": {"hub": "xian"}}
    return signing.dumps(said | {"count": 1, "opened": [role.pk]}, salt=SALT, compress=True)
