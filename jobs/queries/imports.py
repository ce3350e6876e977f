"""A role list from a file, line by line: what each line means, what is wrong with it, what is on the shoot already."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from config.errors import DomainError, Invalid
from hubs.models import RoleType
from jobs.models import Role, RoleImport
from jobs.queries.role_lists import Names

FIELDS = (
    "role", "headcount", "day_rate", "first_day", "last_day", "part", "must", "wish", "note", "overtime_pay",
    "night_pay", "transport_pay", "remote", "piece_unit", "piece_count", "piece_yuan", "piece_minutes", "piece_revisions",
)  # fmt: skip
"""What a column of a file may mean."""

HEADINGS = {
    "role": ("岗位", "工种", "职位", "职务", "role", "position", "title", "job"),
    "headcount": ("人数", "数量", "名额", "headcount", "count", "places", "number", "qty"),
    "day_rate": (
        "日薪",
        "元/天",
        "日工资",
        "单价",
        "薪酬",
        "价格",
        "day rate",
        "rate",
        "pay",
        "yuan a day",
        "fee",
    ),
    "first_day": ("第一天", "开始", "进组", "首日", "起始", "first day", "from", "start"),
    "last_day": ("最后一天", "结束", "杀青", "末日", "截止", "last day", "to", "until", "end"),
    "part": ("日戏或夜戏", "day or night", "日夜", "日/夜", "班次", "call", "part", "day/night"),
    "must": ("必须", "必备", "硬性", "要求", "must", "required"),
    "wish": ("加分", "优先", "nice", "welcome", "plus"),
    "note": ("备注", "说明", "特殊", "note", "remark", "special"),
    "overtime_pay": ("加班", "超时", "overtime"),
    "night_pay": ("夜间", "夜戏补", "夜补", "night"),
    "transport_pay": ("交通", "车补", "transport", "travel"),
    "remote": ("远程", "居家", "remote"),
    "piece_unit": ("计件", "件的单位", "paid by the piece", "paid by", "unit"),
    "piece_count": ("每个名额的件数", "件数", "units a place", "units", "pieces"),
    "piece_yuan": ("每件（元", "件价", "每件价", "计件单价", "yuan a unit", "per unit", "piece rate"),
    "piece_minutes": ("每件工时", "分钟", "耗时", "minutes of work a unit", "minutes"),
    "piece_revisions": ("修改轮数", "返修", "修改", "rounds of changes", "revisions"),
}
"""Words in a heading that give its column away; the longest that is found wins."""


@dataclass(frozen=True)
class Line:
    """A line of the file. `state`: "new", "known" (on the shoot already) or "wrong"; `errors` by field."""

    number: int
    cells: list[str]
    state: str
    role_type: RoleType | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, DomainError] = field(default_factory=dict)
    key: str = ""


def guess(header: list[str]) -> dict[str, int]:
    """Return {field: column} for the headings that can be known; each column means one thing."""
    found: list[tuple[int, str, int]] = []
    for at, heading in enumerate(header):
        text = heading.strip().casefold()
        for name, words in HEADINGS.items():
            best = max((len(word) for word in words if word in text), default=0)
            if best:
                found.append((-best, name, at))
    out: dict[str, int] = {}
    for _length, name, at in sorted(found):
        if name not in out and at not in out.values():
            out[name] = at
    return out


def lines(given: RoleImport, *, reader: Any) -> list[Line]:
    """Read every line of a kept list; 3 queries. `reader(field, text, names, year=...)` makes plain values of cells.

    The key of a line is made of what the role is (type, days, call, note) and how many such lines stood before it, so
    that the same list brings the same keys, and two equal lines are two roles.
    """
    names = Names()
    types = {row.code: row for row in RoleType.objects.select_related("department")}
    known = set(Role.objects.filter(shoot=given.shoot_id).values_list("import_key", flat=True))
    year = given.shoot.days.lower.year
    seen: dict[str, int] = {}
    out = []
    for at, cells in enumerate(given.rows):
        said = {
            name: cells[column] if column < len(cells) else ""
            for name, column in given.columns.items()
            if name in FIELDS
        }
        if any(said.values()):
            out.append(
                _line(at + 2, cells, said, names, types, known, seen, lambda *a: reader(*a, year=year))
            )
    return out


def _line(
    number: int,
    cells: list[str],
    said: dict[str, str],
    names: Names,
    types: dict[str, RoleType],
    known: set[str],
    seen: dict[str, int],
    reader: Any,
) -> Line:
    errors: dict[str, DomainError] = {}
    fields: dict[str, Any] = {}
    code = names.code(RoleType, said.get("role", ""))
    if code is None:
        errors["role"] = Invalid("role_type_unknown", field="role", name=said.get("role", ""))
    by_piece = bool(said.get("piece_yuan", "").strip())  # the day rate follows from the pieces
    for name, text in said.items():
        if name == "role" or (not text.strip() and (name != "day_rate" or by_piece)):
            continue
        try:
            fields[name] = reader(name, text, names)
        except DomainError as error:
            errors[name] = error
    if "day_rate" not in said and not by_piece:
        errors["day_rate"] = Invalid("list_needs_columns", field="day_rate")
    if errors or code is None:
        return Line(number, cells, "wrong", types.get(code or ""), fields, errors)
    same = json.dumps([code, *(fields.get(name) for name in ("first_day", "last_day", "part", "note"))])
    seen[same] = seen.get(same, 0) + 1
    key = hashlib.sha256(f"{same}#{seen[same]}".encode()).hexdigest()
    return Line(number, cells, "known" if key in known else "new", types[code], fields, {}, key)
