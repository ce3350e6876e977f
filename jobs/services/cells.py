"""What people type or paste into a role list, read as plain values; see `jobs.queries.role_lists.values`."""

import re
from datetime import date
from typing import Any

from config.errors import Invalid
from hubs.models import Language, Skill
from jobs.enums import ContractKind, FillMode, PieceUnit
from jobs.models import Role
from jobs.queries.role_lists import SHEETS, Names
from profiles.models.availability import DayPart

LISTS: dict[str, type[Skill] | type[Language]] = {"must": Skill, "wish": Skill, "languages": Language}
DAYS = ("first_day", "last_day")
WHOLE = ("headcount", "day_rate", *SHEETS["pay"])
WHOLE_OR_NONE = (
    "hours_per_day", "character_age_min", "character_age_max",
    "piece_count", "piece_yuan", "piece_minutes", "piece_revisions",
)  # fmt: skip
TICKS = ("entry_level", "remote")
YES = frozenset({"on", "yes", "y", "true", "1", "是", "有", "远程", "remote", "√", "✓"})
WORDS = {
    "piece_unit": ["", *PieceUnit.values],
    "part": DayPart.values,
    "fill_mode": FillMode.values,
    "contract": ContractKind.values,
    "character_sex": Role.Sex.values,
}
THREE = {"": None, "yes": True, "no": False}
SAID = {
    "part": {
        "日": "day",
        "日戏": "day",
        "白天": "day",
        "夜": "night",
        "夜戏": "night",
        "夜间": "night",
        "日夜": "both",
    },
    "character_sex": {"女": "female", "男": "male", "不限": ""},
    "piece_unit": {
        "分钟": "minute",
        "千字": "characters",
        "镜头": "shot",
        "张": "shot",
        "集": "episode",
        "按天": "",
        "日薪": "",
    },
}
"""How lists from elsewhere write a choice."""

LABELLED: dict[str, list[tuple[str, Any]]] = {"part": DayPart.choices, "piece_unit": PieceUnit.choices}
"""Choices that our own lists write as the reader's words: they come back as they went."""

LONGEST = 400
_BETWEEN = re.compile(r"[,，、;；/\n]+")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})[月./-](\d{1,2})日?")


def read(name: str, text: str, names: Names, *, year: int | None = None) -> Any:
    """Return what was typed into a field as a plain value. A day without a year is of `year`.

    Raise Invalid by its reason, with the field.
    """
    text = text.strip()[:LONGEST]
    if name in LISTS:
        return _codes(name, text, names)
    if name in ("meals", "lodging", "insurance"):
        return THREE.get(text)
    if name in TICKS:
        return text.lower() in YES
    if name in WORDS:
        text = SAID.get(name, {}).get(text, text.lower())
        text = {str(label).lower(): value for value, label in LABELLED.get(name, [])}.get(text, text)
        if text not in WORDS[name]:
            raise Invalid("terms_unknown", field=name)
        return text
    if name in DAYS:
        return _day(name, text, year)
    if name in WHOLE or name in WHOLE_OR_NONE:
        return _whole(name, text)
    return text


def _whole(name: str, text: str) -> int | None:
    if not text:
        if name in WHOLE_OR_NONE:
            return None
        if name in SHEETS["pay"]:
            return 0
        raise Invalid("text_required", field=name)
    digits = re.sub(r"[\s,，¥￥元人名]", "", text).removesuffix(".0").removesuffix(".00")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 7:
        raise Invalid("whole_number", field=name)
    return int(digits)


def _day(name: str, text: str, year: int | None) -> str:
    found = _MONTH_AND_DAY.fullmatch(text)
    try:
        if found and year:
            return date(year, int(found[1]), int(found[2])).isoformat()
        parts = [int(part) for part in re.split(r"[-/.年月日]", text) if part]
        return date(*parts).isoformat()
    except (ValueError, TypeError) as error:
        raise Invalid("day_unreadable", field=name) from error


def _codes(name: str, text: str, names: Names) -> list[str]:
    out = set()
    for typed in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        code = names.code(LISTS[name], typed)
        if code is None:
            unknown = "language_not_listed" if name == "languages" else "skill_unknown"
            raise Invalid(unknown, field=name, name=typed)
        out.add(code)
    return sorted(out)
