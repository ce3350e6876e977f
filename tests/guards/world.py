"""A small market in which something could leak at every door: the same for every guard.

Mei's crew staffs a shoot. Bo holds an open offer there, Cai is booked, Dan waits on standby, Eve is proposed
for a role of another department. Lin runs a crew of her own, which holds an offer out to Flo. Gus has no
ties. Days are counted from today, because doors read the clock.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.utils import timezone
from psycopg.types.range import DateRange
from rest_framework.authtoken.models import Token

from hubs.timespan import shoot_day_of
from jobs.enums import MatchState, Right, RunState, ShootState
from profiles.models import Profile, User
from tests.factories import hubs as places
from tests.factories import jobs as work
from tests.factories import profiles as people
from tests.guards import desk_papers, papers, village_papers

ACTORS = (
    "visitor", "bo", "cai", "flo", "mei", "manager", "head", "viewer", "lin", "editor", "admin",
    "zhou", "yan", "bo_token", "mei_token", "suspended",
)  # fmt: skip
"""Who knocks. Bo holds the offer, Cai the booking; Flo and Lin are strangers to Mei's crew; the last three
have the same rights by another way in, and none at all."""

GROUPS = {
    "graduates": ("bo", "cai", "flo"),
    "runs": ("mei", "manager"),
    "crew": ("mei", "manager", "head", "viewer"),
    "managers": ("mei", "manager", "head", "viewer", "lin"),
    "signed": (
        "bo",
        "cai",
        "flo",
        "mei",
        "manager",
        "head",
        "viewer",
        "lin",
        "editor",
        "admin",
        "zhou",
        "yan",
    ),
}

GRADUATES = ("bo", "cai", "dan", "eve", "flo", "gus")
PASSWORD = "a long winter night"


@dataclass(frozen=True)
class Secret:
    """What is planted in a graduate's private fields, and found nowhere but where it may be."""

    email: str
    mobile: str
    wechat: str

    @property
    def needles(self) -> tuple[str, ...]:
        # The number is looked for without its country code, as some page may show it.
        return (self.email, self.mobile[3:], self.wechat)


@dataclass
class World:
    now: datetime
    first_day: date
    users: dict[str, User] = field(default_factory=dict)
    rows: dict[str, object] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str):
        try:
            return self.__dict__["rows"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def profile(self, name: str) -> Profile:
        return self.users[name].profile

    def client(self, actor: str) -> Client:
        """A browser, or a program with a token."""
        client = Client(raise_request_exception=False)
        if actor.endswith("_token"):
            client.defaults["HTTP_AUTHORIZATION"] = f"Token {self.rows[actor].key}"
        elif actor != "visitor":
            client.cookies[settings.SESSION_COOKIE_NAME] = self._session(actor)
        return client

    def _session(self, actor: str) -> str:
        """The key of the actor's session: she signs in once, and that is not undone with what she does."""
        if actor not in self.sessions:
            client = Client()
            client.force_login(self.users[actor], backend="django.contrib.auth.backends.ModelBackend")
            self.sessions[actor] = client.cookies[settings.SESSION_COOKIE_NAME].value
        return self.sessions[actor]


def build() -> World:
    """Write the market into the test database and return it."""
    now = timezone.now()
    world = World(now=now, first_day=(now + timedelta(days=20)).date())
    _places(world)
    _people(world)
    _work(world)
    _ties(world)
    papers.write(world)
    desk_papers.write(world)
    village_papers.write(world)
    for actor in world.users:
        world.client(actor)
    return world


def _places(world: World) -> None:
    hub = places.HubFactory(slug="zhengzhou", name_zh="郑州", name_en="Zhengzhou")
    base = places.BaseFactory(hub=hub, slug="dazhi", name_zh="大志影视基地", name_en="Dazhi Base")
    far = places.HubFactory(slug="xian", name_zh="西安", name_en="Xi’an", longitude=108.9, latitude=34.3)
    places.SetFactory(base=base, slug="hospital", name_zh="医院", name_en="Hospital")
    lights = places.DepartmentFactory(code="lighting", name_zh="灯光组", name_en="Lighting")
    camera = places.DepartmentFactory(code="camera", name_zh="摄影组", name_en="Camera")
    world.rows |= {
        "hub": hub,
        "far_hub": far,
        "base": base,
        "lights": lights,
        "gaffer": places.RoleTypeFactory(
            code="lighting-assistant", name_zh="灯光助理", name_en="Lighting assistant", department=lights
        ),
        "focus": places.RoleTypeFactory(
            code="focus-puller", name_zh="跟焦员", name_en="Focus puller", department=camera
        ),
        "skill": places.SkillFactory(code="rigging", name_zh="布光", name_en="Rigging lights"),
        "language": places.LanguageFactory(code="zh-x-henan", name_zh="河南话", name_en="Henan dialect"),
        "institution": places.InstitutionFactory(
            slug="open-university", name_zh="河南开放大学", name_en="Open University of Henan", hub=hub
        ),
        "figure": places.FigureFactory(code="jobs-posted", hub=hub, name_zh="岗位数", name_en="Jobs posted"),
    }
    world.rows["programme"] = places.ProgrammeFactory(
        institution=world.institution, slug="short-drama", name_zh="微短剧班", name_en="Micro-drama course"
    )
    places.StepFactory(below=world.gaffer, above=world.focus)
    world.rows["template"] = work.CrewTemplateFactory(code="crew-12")
    work.TemplateLineFactory(template=world.template, role_type=world.gaffer, headcount=12)


def _people(world: World) -> None:
    names = dict(zip(GRADUATES, ("沈念", "蔡青", "丁岸", "易安", "傅罗", "顾思"), strict=True))
    for number, name in enumerate(GRADUATES):
        secret = Secret(
            f"canary-{name}@secret.example", f"+8613{number + 1}77{number}5309{number}", f"wx_canary_{name}"
        )
        user = people.UserFactory(name=names[name], email=secret.email, mobile=secret.mobile)
        people.ProfileFactory(
            user=user, home_hub=world.hub, contact_wechat=secret.wechat, headline="手稳，能熬夜"
        )
        world.users[name], world.secrets[name] = user, secret
    for name, said in {
        "mei": "梅姐",
        "manager": "马楠",
        "head": "何灯",
        "viewer": "魏看",
        "lin": "林川",
    }.items():
        world.users[name] = people.ManagerFactory(name=said, email=f"{name}@crews.example")
    world.users["admin"] = people.AdminFactory(name="安达", email="ada@jinzu.example")
    world.users["editor"] = people.ManagerFactory(name="贺编", email="editor@hubs.example", is_staff=True)
    world.users["editor"].hubs.add(world.hub)
    world.users["suspended"] = people.ManagerFactory(
        name="宋停", email="suspended@crews.example", is_active=False
    )
    village_papers.offices(world)
    for user in world.users.values():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    world.rows |= {f"{name}_token": Token.objects.create(user=world.users[name]) for name in ("bo", "mei")}


def _work(world: World) -> None:
    days = DateRange(world.first_day, world.first_day + timedelta(days=7))
    crew = work.CrewFactory(name="山海剧组", home_hub=world.hub)
    lin_crew = work.CrewFactory(name="林海剧组", home_hub=world.hub)
    rights = {"mei": Right.OWNER, "manager": Right.MANAGER, "viewer": Right.VIEWER, "suspended": Right.OWNER}
    for name, right in rights.items():
        work.MembershipFactory(crew=crew, user=world.users[name], right=right)
    work.MembershipFactory(crew=crew, user=world.users["head"], right=Right.HEAD, department=world.lights)
    work.MembershipFactory(crew=lin_crew, user=world.users["lin"], right=Right.OWNER)
    common = {"base": world.base, "days": days, "published_at": world.now}
    shoot = work.ShootFactory(crew=crew, title="雨夜归人", **common)
    draft = work.ShootFactory(crew=crew, title="春山可望", state=ShootState.DRAFT, **common)
    world.rows |= {
        "crew": crew,
        "lin_crew": lin_crew,
        "shoot": shoot,
        "draft": draft,
        "lin_shoot": work.ShootFactory(crew=lin_crew, title="长街十里", **common),
        "role": work.RoleFactory(shoot=shoot, role_type=world.gaffer, headcount=4, day_rate=350),
        "camera_role": work.RoleFactory(shoot=shoot, role_type=world.focus, headcount=2, day_rate=420),
        "held_role": work.RoleFactory(shoot=shoot, role_type=world.focus, headcount=1, day_rate=415),
        "spare_role": work.RoleFactory(shoot=shoot, role_type=world.focus, headcount=1, day_rate=410),
        "draft_role": work.RoleFactory(shoot=draft, role_type=world.gaffer, headcount=2, day_rate=777),
    }
    today = shoot_day_of(world.now)
    last_days = DateRange(today - timedelta(days=4), today + timedelta(days=1))
    world.rows["last_day_shoot"] = work.ShootFactory(
        crew=crew, title="收官之夜", **common | {"days": last_days}
    )
    world.rows["lin_role"] = work.RoleFactory(shoot=world.lin_shoot, role_type=world.gaffer, headcount=2)
    _what_may_follow(world, common)
    for name in GRADUATES:
        people.fits(world.profile(name), world.role)
        people.WantedRoleFactory(profile=world.profile(name), role_type=world.focus, rank=2)
        world.profile(name).availabilities.update(
            days=DateRange(world.now.date(), world.first_day + timedelta(days=60))
        )


def _what_may_follow(world: World, common: dict) -> None:
    """Lin's next shoot, which everybody could join after the first; and one in a hub that nobody thought of."""
    for name, base, later in (
        ("next_role", world.base, 10),
        ("far_role", places.BaseFactory(hub=world.far_hub, slug="xian-base"), 30),
    ):
        start = world.first_day + timedelta(days=later)
        days = {"days": DateRange(start, start + timedelta(days=6))}
        shoot = work.ShootFactory(crew=world.lin_crew, title="三月回声", **common | {"base": base} | days)
        world.rows[name] = work.RoleFactory(shoot=shoot, role_type=world.gaffer, headcount=2)


def _ties(world: World) -> None:
    run = work.MatchRunFactory(shoot=world.shoot, slots=6, filled=3, people=6, asked_by=world.users["mei"])
    common = {"run": run, "contributions": [{"rule": "skills", "amount": 300, "facts": {}}]}
    chosen = {
        name: work.MatchFactory(role=world.role, profile=world.profile(name), rank=rank, **common)
        for rank, name in enumerate(("cai", "bo"), start=1)
    }
    standby = work.MatchFactory(
        role=world.role, profile=world.profile("dan"), rank=3, state=MatchState.STANDBY, **common
    )
    proposed = work.MatchFactory(role=world.camera_role, profile=world.profile("eve"), rank=1, **common)
    times = {"sent_at": world.now, "expires_at": world.now + timedelta(hours=12)}
    offer = work.OfferFactory(role=world.role, profile=world.profile("bo"), match=chosen["bo"], **times)
    accepted = work.OfferFactory(
        role=world.role,
        profile=world.profile("cai"),
        match=chosen["cai"],
        state="accepted",
        answered_at=world.now,
        **times,
    )
    work.OfferFactory(
        role=world.camera_role, profile=world.profile("bo"), state="declined", answered_at=world.now, **times
    )
    world.rows |= {
        "run": run,
        "market": work.MarketRunFactory(
            hub=world.hub,
            shoots=1,
            withheld=1,
            slots=6,
            filled=3,
            breaches=[{"rule": "booked", "facts": {"role": world.role.pk, "person": world.profile("bo").pk}}],
        ),
        "must": work.RoleSkillFactory(role=world.role, skill=world.skill, level=1, must=True),
        "standby": standby,
        "proposed": proposed,
        "offer": offer,
        "flo_offer": work.OfferFactory(role=world.lin_role, profile=world.profile("flo"), **times),
        "lin_run": work.MatchRunFactory(shoot=world.lin_shoot),
        "busy_market": work.MarketRunFactory(
            hub=world.far_hub, state=RunState.RUNNING, ended_at=None, done=2, total=6
        ),
        "busy_run": work.MatchRunFactory(
            shoot=world.draft, state=RunState.RUNNING, ended_at=None, done=2, total=6
        ),
        "booking": work.BookingFactory(
            role=world.role, profile=world.profile("cai"), offer=accepted, confirmed_at=world.now
        ),
        "application": work.ApplicationFactory(role=world.camera_role, profile=world.profile("bo")),
    }
