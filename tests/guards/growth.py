"""The same market with more of everything, to see which page asks the database once a row."""

from datetime import timedelta

from psycopg.types.range import DateRange

from jobs.enums import MatchState
from jobs.models import ChainLink
from profiles.models import Education
from tests.factories import hubs as places
from tests.factories import jobs as work
from tests.factories import profiles as people
from tests.guards import remote_papers, village_papers
from tests.guards.world import World


def grow(world: World, more: int, *, first: int = 0) -> None:
    """Add `more` rows to every list that the guarded actors read; a second call begins where the one before ended."""
    for number in range(first, first + more):
        _places(world, number)
        _crew(world, number)
        _bo(world, number)
        village_papers.grow(world, number)


def _places(world: World, number: int) -> None:
    hub = places.HubFactory()
    base = places.BaseFactory(hub=world.hub)
    places.BaseFactory(hub=hub)
    places.SetFactory(base=world.base)
    places.SetFactory(base=base)
    places.ServiceFactory(hub=world.hub, base=world.base, kind="hotel", name_en=f"Hotel {number}")
    department = places.DepartmentFactory()
    role_type = places.RoleTypeFactory(department=department)
    role_type.typical_skills.add(places.SkillFactory())
    places.LanguageFactory()
    school = places.InstitutionFactory(hub=world.hub)
    programme = places.ProgrammeFactory(institution=school)
    programme.teaches.add(places.SkillFactory())
    programme.leads_to.add(role_type)
    places.StepFactory(below=world.gaffer, above=role_type)
    places.FigureFactory(hub=world.hub, base=world.base)
    places.JobFairFactory(hub=world.hub)
    places.StatementFactory(hub=world.hub)


def _crew(world: World, number: int) -> None:
    """More shoots, roles, runs, matches, offers and bookings for Mei."""
    days = DateRange(world.first_day, world.first_day + timedelta(days=7))
    shoot = work.ShootFactory(crew=world.crew, base=world.base, days=days, published_at=world.now)
    role = work.RoleFactory(shoot=world.shoot, role_type=places.RoleTypeFactory(), headcount=4)
    work.RoleSkillFactory(role=role)
    role.languages.add(world.language)
    work.RoleFactory(shoot=shoot, role_type=world.gaffer)
    remote_papers.request(world, shoot, world.profile("bo"))
    remote_papers.request(world, world.shoot, _graduate(world))
    remote_papers.floor(world, 21 + number)
    work.MatchRunFactory(shoot=shoot)
    reasons = {"contributions": [{"rule": "skills", "amount": 300, "facts": {}}]}
    for rank, state in enumerate((MatchState.CHOSEN, MatchState.STANDBY), start=100 + 2 * number):
        on_role = {"role": role, "run": world.run} if number % 2 else {"role": world.role, "run": world.run}
        work.MatchFactory(**on_role, profile=_graduate(world), rank=rank, state=state, **reasons)
    times = {"sent_at": world.now, "expires_at": world.now + timedelta(hours=12)}
    work.OfferFactory(role=role, profile=_graduate(world), **times)
    accepted = work.OfferFactory(
        role=role, profile=_graduate(world), state="accepted", answered_at=world.now, **times
    )
    work.BookingFactory(role=role, profile=accepted.profile, offer=accepted, confirmed_at=world.now)
    work.ApplicationFactory(role=role, profile=_graduate(world))
    for name in ("mei", "admin"):
        work.NoticeFactory(
            recipient=world.users[name],
            kind="crew_full",
            facts={"shoot": shoot.pk, "title": shoot.title, "people": 7},
        )


def _bo(world: World, number: int) -> None:
    """More of everything a graduate has."""
    bo = world.profile("bo")
    month = world.first_day.replace(day=1)
    start = month + timedelta(days=400 + 8 * number)
    elsewhere = work.ShootFactory(
        base=world.base, days=DateRange(start, start + timedelta(days=6)), published_at=world.now
    )
    role = work.RoleFactory(shoot=elsewhere, role_type=world.gaffer)
    declined = {"state": "declined", "answered_at": world.now}
    work.OfferFactory(role=role, profile=bo, sent_at=world.now, expires_at=world.now, **declined)
    later = work.RoleFactory(shoot=elsewhere, role_type=world.focus)
    work.OfferFactory(role=later, profile=bo, sent_at=world.now, expires_at=world.now + timedelta(hours=9))
    booked = work.RoleFactory(shoot=elsewhere, role_type=places.RoleTypeFactory())
    work.BookingFactory(role=booked, profile=bo, confirmed_at=world.now)
    Education.objects.create(profile=bo, school=f"School {number}", degree="course")
    people.CreditFactory(profile=bo, role_type=world.focus)
    people.PhotoFactory(profile=bo)
    people.WorkLinkFactory(profile=bo)
    people.TrainingFactory(profile=bo)
    people.OutsideCalendarFactory(profile=bo)
    people.ProfileSkillFactory(profile=bo)
    people.WantedRoleFactory(profile=bo, role_type=places.RoleTypeFactory(), rank=3 + number)
    # Nobody can say her days more than a year ahead, and the packed columns hold no more.
    free = world.first_day + timedelta(days=100 + 8 * number)
    people.AvailabilityFactory(profile=bo, days=DateRange(free, free + timedelta(days=6)))
    work.SavedSearchFactory(profile=bo)
    asked = work.ApplicationFactory(role=role, profile=bo)
    ChainLink.objects.create(plan=world.plan, role=role, application=asked)
    work.NoticeFactory(
        recipient=bo.user,
        kind="crew_full",
        facts={"shoot": elsewhere.pk, "title": elsewhere.title, "people": 7},
    )


def _graduate(world: World):
    return people.fits(people.ProfileFactory(home_hub=world.hub), world.role)
