"""What the demo market shows of a crew: members of every right, somebody asked to join, applications, a passport."""

from datetime import date, datetime, timedelta

from hubs.models import Base, Department, Hub, Language
from jobs.enums import FilingState, MadeWith, PlusTag, Right, Rights
from jobs.models import Crew, CrewTemplate, Role
from jobs.queries.plans import Scale
from jobs.services import crews, members, role_lists, shoots
from profiles.models import User

from . import words

MEMBERS = (
    ("chang@demo.jinzu.example", "常乐", Right.MANAGER, None),
    ("deng@demo.jinzu.example", "邓照", Right.HEAD, "lighting"),
    ("kan@demo.jinzu.example", "阚宁", Right.VIEWER, None),
)


def write(crew: Crew, *, owner: User, admin: User, password: str, today: date, now: datetime) -> None:
    """Fill Mei's crew room, and put two applications on the admin's desk."""
    for email, name, right, department in MEMBERS:
        user = User.objects.create_user(email=email, password=password, name=name, kind=User.Kind.MANAGER)
        crews.add_member(
            crew,
            user,
            right,
            by=owner,
            now=now,
            department=Department.objects.filter(code=department).first() if department else None,
        )
    members.invite(
        crew,
        "luo@demo.jinzu.example",
        Right.HEAD,
        by=owner,
        now=now,
        department=Department.objects.filter(code="camera").first(),
    )
    _applications(owner, admin, now)
    _costume_draft(crew, owner, today, now)


def _applications(owner: User, admin: User, now: datetime) -> None:
    """One that waits, and one that was refused with the reason."""
    applicant = User.objects.create_user(
        email="xin@demo.jinzu.example", name="辛野", kind=User.Kind.MANAGER, mobile="+8613800000021"
    )
    xian = Hub.objects.get(slug="xian")
    crews.apply(
        name="长安新芽剧组",
        company_name="西安新芽影视传媒有限公司",
        credit_code=words.credit_code(9001),
        contact_mobile="13800000021",
        now=now - timedelta(hours=5),
        home_hub=xian,
        by=applicant,
        contact_name="辛野",
    )
    refused = crews.apply(
        name="速成短剧社",
        company_name="西安速成文化传播有限公司",
        credit_code=words.credit_code(9002),
        contact_mobile="13800000021",
        now=now - timedelta(days=2),
        home_hub=xian,
        by=applicant,
        contact_name="辛野",
    )
    crews.refuse(
        refused, by=admin, reason="营业执照上的公司名与填写的不一致，请按执照改正后再提交。", now=now
    )


def _costume_draft(crew: Crew, owner: User, today: date, now: datetime) -> None:
    """A costume drama of 75 with everything a passport can hold, waiting to be published."""
    shoot = shoots.create(
        crew=crew,
        by=owner,
        title="洛水谣",
        genre="costume",
        synopsis="洛水边的女医用一盏灯救下整座城，也救下当年弃她而去的人。",
        base=Base.objects.get(slug="dazhi"),
        first_day=today + timedelta(days=9),
        last_day=today + timedelta(days=16),
        template=CrewTemplate.objects.get(code="75"),
        scale=Scale(costume=True, sets=10, speaking=14, extras=40),
        made_with=MadeWith.AI,
        ai_use="战场远景与水面特效；演员面容与声音不经 AI 处理",
        plus_tags=[PlusTag.TOURISM, PlusTag.HERITAGE],
        production_cost=1_600_000,
        filing_state=FilingState.FILED,
        filing_number="豫微备字〔2026〕第 0412 号",
        rights=Rights.LICENSED,
        rights_holder="郑州墨川文学网络有限公司",
        overseas=Language.objects.filter(code__in=["en", "th", "es", "ar"]),
        now=now,
    )
    nights = Role.objects.filter(shoot=shoot, role_type__department__code="lighting").first()
    if nights is not None:
        role_lists.save(
            shoot=shoot,
            edits=[
                role_lists.RoleEdit(
                    f"r{nights.pk}",
                    nights.pk,
                    {"overtime_pay": 0, "night_pay": 0, "transport_pay": 0},
                    {"overtime_pay": 60, "night_pay": 120, "transport_pay": 30},
                )
            ],
            by=owner,
            now=now,
        )
