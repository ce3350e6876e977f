"""What waits for the admin of the demo: reports, a finding of the guard; and two editors who keep their own hub."""

from datetime import datetime, timedelta

from hubs.enums import CurationVerb
from hubs.models import Base, Hub
from hubs.services import curation
from jobs.models import Crew, Role
from jobs.models.moderation import CaseSubject
from jobs.queries.roles import open_roles
from jobs.services import moderation, roles
from profiles.models import Profile, User

EDITORS = (("zhengzhou", "郝编辑"), ("xian", "秦编辑"))
FEE_NOTES = ("能吃苦，日结；进组前先交服装费 300 元，退组返还。", "带妆两天，需先办模卡费 680，包推荐角色。")


def write(admin: User, *, now: datetime, password: str) -> None:
    """Make the editors, some rows on their way through the desk, and a queue with cases."""
    editors = [_editor(slug, name, password) for slug, name in EDITORS]
    _drafts(editors, admin, now)
    _cases(admin, now)


def _editor(slug: str, name: str, password: str) -> User:
    user = User.objects.create_user(
        email=f"editor-{slug}@demo.jinzu.example",
        password=password,
        name=name,
        kind=User.Kind.MANAGER,
        is_staff=True,
    )
    user.hubs.add(Hub.objects.get(slug=slug))
    return user


def _drafts(editors: list[User], admin: User, now: datetime) -> None:
    """In each hub a new base: one still a draft, one waiting for its review."""
    for number, editor in enumerate(editors):
        hub = editor.hubs.get()
        base = Base.objects.create(
            hub=hub,
            slug=f"{hub.slug}-new-base",
            name_zh=f"{hub.name_zh}竖屏新基地",
            name_en=f"{hub.name_en} New Vertical Base",
            daily_crew_capacity=4,
            status="draft",
            edited_by_hand=True,
        )
        curation.record(CurationVerb.MADE, base, by=editor, now=now - timedelta(days=2), after="draft")
        if number == 0:
            curation.move(base, "review", by=editor, now=now - timedelta(hours=20))


def _cases(admin: User, now: datetime) -> None:
    shown = list(open_roles(today=now.date()).order_by("pk")[:240:60])
    people = [
        profile.user
        for profile in Profile.objects.filter(simulated=True).select_related("user").order_by("pk")[:4]
    ]
    said = (
        ("terms", "说好日结，到组后改口收工一个月再结，聊天记录都在。"),
        ("outside", "负责人让我加他个人微信再谈，不肯在站内说片酬。"),
        ("unsafe", "凌晨两点让去城郊一个没挂牌的仓库试镜，我没去。"),
    )
    for number, (role, person, (reason, words)) in enumerate(zip(shown, people, said, strict=False)):
        moderation.report(
            CaseSubject.ROLE,
            role,
            reason=reason,
            words=words,
            by=person,
            now=now - timedelta(hours=9 * (number + 1)),
        )
    crew = Crew.objects.filter(state="verified").order_by("-pk").first()
    if crew is not None and people:
        moderation.report(
            CaseSubject.CREW,
            crew,
            reason="fake",
            words="工商登记里查不到这家公司。",
            by=people[-1],
            now=now - timedelta(hours=3),
        )
    for note, role in zip(
        FEE_NOTES, Role.objects.filter(shoot__state="open", filled=0).order_by("-pk")[:2], strict=False
    ):
        by = role.shoot.crew.memberships.get(right="owner").user
        roles.change(role, by=by, now=now - timedelta(hours=2), note=note)
    decided = list(moderation.Case.objects.filter(by_guard=False, reason="outside"))
    for case in decided:
        moderation.decide(
            case, uphold=True, reason="已核实聊天记录，要求站外联系。", by=admin, now=now - timedelta(hours=1)
        )
