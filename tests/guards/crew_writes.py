"""The doors of a crew and of a shoot in the making, with something right to send; see `writes`."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.guards.account_writes import Write
from tests.guards.world import World


def day_of(world: World, days: int = 0) -> str:
    return (world.first_day + timedelta(days=days)).isoformat()


def a_shoot(world: World) -> dict[str, Any]:
    return {
        "crew": world.crew.pk,
        "title": "山海之间",
        "genre": "modern",
        "base": world.base.pk,
        "first_day": day_of(world),
        "last_day": day_of(world, 6),
        "call_time": "08:00",
        "hours_per_day": 10,
        "settle_within_days": 7,
        "synopsis": "一座城，两代人。",
        "ai_use": "",
    }


SHOOT = {
    "crew": "row*",
    "title": "text*:120",
    "genre": "choice*",
    "base": "row*",
    "first_day": "day*",
    "last_day": "day*",
    "call_time": "time",
    "hours_per_day": "number:1:12",
    "settle_within_days": "number:0:30",
    "synopsis": "text:2000",
    "ai_use": "text:200",
}
CREW = {
    "name": "text*:80",
    "company_name": "text*:120",
    "credit_code": "code*",
    "home_hub": "row*",
    "contact_name": "text*:40",
}


def a_list() -> SimpleUploadedFile:
    """A role list of one line, in the encoding of Chinese Excel."""
    return SimpleUploadedFile("roles.csv", "岗位,日薪\n灯光助理,350\n".encode("gbk"), "text/csv")


def _edited(world: World) -> dict[str, Any]:
    """The draft with another synopsis; its days and base stay."""
    given = {name: value for name, value in a_shoot(world).items() if name != "crew"}
    return given | {"meals": "on", "lodging": "on", "insurance": "on"}


def _whole_role(world: World) -> dict[str, Any]:
    """The form of one role, as its page shows it."""
    role = world.role
    return {
        "headcount": role.headcount,
        "day_rate": role.day_rate,
        "first_day": role.days.lower.isoformat(),
        "last_day": (role.days.upper - timedelta(days=1)).isoformat(),
        "part": role.part,
        "fill_mode": role.fill_mode,
        "contract": role.contract,
        "night_pay": 0,
        "lodging": "",
        "note": role.note,
    }


CREWS = {
    "shoots:new": Write("mei", a_shoot, SHOOT),
    "shoots:edit": Write(
        "mei", lambda w: _edited(w) | {"was": "{}"}, {name: SHOOT[name] for name in SHOOT if name != "crew"}
    ),
    "shoots:clone": Write(
        "mei",
        lambda w: {"title": "山海之间二", "first_day": day_of(w, 30)},
        {"title": "text*:120", "first_day": "day*"},
    ),
    "shoots:grid": Write(
        "mei",
        lambda w: {
            "sheet": "staff",
            "row": w.draft_role.pk,
            f"r{w.draft_role.pk}-was": '{"day_rate": 777}',
            f"r{w.draft_role.pk}-day_rate": "780",
        },
    ),
    "shoots:edit_role": Write(
        "mei",
        lambda w: _whole_role(w) | {"headcount": 5},
        {
            "headcount": "number*:1:200",
            "day_rate": "number*:0:100000",
            "first_day": "day*",
            "last_day": "day*",
            "part": "choice*",
            "fill_mode": "choice*",
            "night_pay": "number:0:5000",
            "contract": "choice*",
            "hours_per_day": "number:1:12",
            "lodging": "choice",
            "note": "text:200",
        },
    ),
    "shoots:import": Write("mei", lambda w: {"file": a_list()}),
    "shoots:import_list": Write("mei", lambda w: {"column-role": "0", "column-day_rate": "1", "add": "1"}),
    "crews:apply": Write(
        "mei",
        lambda w: {
            "name": "新月剧组",
            "company_name": "新月影视有限公司",
            "credit_code": "91410100MA0000009N",
            "home_hub": w.hub.pk,
            "contact_name": "梅姐",
            "contact_mobile": "13800138000",
        },
        CREW,
    ),
    "crews:mend": Write(
        "lin",
        lambda w: {
            "name": "林海剧组",
            "company_name": "林海影视有限公司",
            "credit_code": "91410100MA0000001X",
            "home_hub": w.hub.pk,
            "contact_name": "林川",
            "contact_mobile": "13800138001",
        },
        CREW,
    ),
    "crews:invite": Write(
        "mei", lambda w: {"email": "ning@crews.example", "right": "viewer"}, {"right": "choice*"}
    ),
    "crews:uninvite": Write("mei"),
    "crews:change_right": Write(
        "mei", lambda w: {f"m{w.membership.pk}-right": "manager", f"m{w.membership.pk}-department": ""}
    ),
    "crews:remove": Write("mei"),
    "crews:join": Write("viewer"),
}
