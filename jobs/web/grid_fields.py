"""The cells of the role grid: what each is called and how it is shown. What is typed is read by `services.cells`."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hubs.models import RoleType
from jobs.enums import ContractKind, FillMode, PieceUnit
from jobs.models import Role
from jobs.queries.role_lists import CAST_ONLY, CREW_ONLY, SHEETS, Names
from jobs.services.cells import DAYS, LISTS, TICKS, WHOLE, WHOLE_OR_NONE
from profiles.models.availability import DayPart

SHEET_NAMES = {
    "staff": gettext_lazy("Places and days"),
    "needs": gettext_lazy("What it takes"),
    "pay": gettext_lazy("Add-ons"),
    "pieces": gettext_lazy("Remote and by the piece"),
    "terms": gettext_lazy("Terms"),
}
LABELS = {
    "headcount": gettext_lazy("Headcount"),
    "day_rate": gettext_lazy("Yuan a day"),
    "first_day": gettext_lazy("First day"),
    "last_day": gettext_lazy("Last day"),
    "part": gettext_lazy("Day or night"),
    "fill_mode": gettext_lazy("Filled by"),
    "must": gettext_lazy("Must have"),
    "wish": gettext_lazy("Nice to have"),
    "languages": gettext_lazy("Languages"),
    "entry_level": gettext_lazy("First-timers"),
    "character_age_min": gettext_lazy("Character from age"),
    "character_age_max": gettext_lazy("to age"),
    "character_sex": gettext_lazy("Character’s sex"),
    "overtime_pay": gettext_lazy("Overtime, an hour"),
    "night_pay": gettext_lazy("Night"),
    "rain_pay": gettext_lazy("Rain, a day"),
    "lines_pay": gettext_lazy("Lines, a day"),
    "shaved_head_pay": gettext_lazy("Shaved head, once"),
    "transport_pay": gettext_lazy("Transport, a day"),
    "remote": gettext_lazy("Remote"),
    "piece_unit": gettext_lazy("Paid by the piece"),
    "piece_count": gettext_lazy("Units a place"),
    "piece_yuan": gettext_lazy("Yuan a unit"),
    "piece_minutes": gettext_lazy("Minutes of work a unit"),
    "piece_revisions": gettext_lazy("Rounds of changes included"),
    "contract": gettext_lazy("Contract"),
    "hours_per_day": gettext_lazy("Hours a day"),
    "meals": gettext_lazy("Meals"),
    "lodging": gettext_lazy("Lodging"),
    "insurance": gettext_lazy("Insurance"),
    "note": gettext_lazy("What is special"),
}
CHOICES: dict[str, list[tuple[str, Any]]] = {
    "part": list(DayPart.choices),
    "fill_mode": list(FillMode.choices),
    "contract": list(ContractKind.choices),
    "character_sex": list(Role.Sex.choices),
    "piece_unit": [("", gettext_lazy("no, by the day")), *PieceUnit.choices],
    **{
        name: [("", gettext_lazy("as the shoot")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]
        for name in ("meals", "lodging", "insurance")
    },
}


@dataclass
class Cell:
    """One input: `kind` is number, date, select, check or text; `value` what it holds as text."""

    name: str
    kind: str
    value: str
    options: list[tuple[str, Any]] = field(default_factory=list)
    error: str = ""
    hidden: bool = False

    @property
    def label(self) -> str:
        return str(LABELS[self.name])

    @property
    def on(self) -> bool:
        return self.value == "on"


def kind_of(name: str) -> str:
    if name in CHOICES:
        return "select"
    if name in DAYS:
        return "date"
    if name in TICKS:
        return "check"
    return "number" if name in WHOLE or name in WHOLE_OR_NONE else "text"


def has(role_type: RoleType, name: str) -> bool:
    """Whether a role of this type has the field at all: a crew role has no character, a part no desk at home."""
    return name not in (CAST_ONLY if role_type.category == RoleType.Category.PRODUCTION else CREW_ONLY)


def fields_of(sheet: str, role_type: RoleType) -> list[str]:
    return [name for name in SHEETS[sheet] if has(role_type, name)]


def cell(name: str, value: Any, names: Names, *, typed: str | None = None, error: str = "") -> Cell:
    """The input of a plain value; what was typed is shown as it was where it could not be read."""
    text = show(name, value, names) if typed is None else typed
    return Cell(name, kind_of(name), text, CHOICES.get(name, []), error)


def show(name: str, value: Any, names: Names) -> str:
    """A plain value as the text of its input."""
    if name in LISTS:
        # Translators: between the parts of a list in running text.
        return _(", ").join(names.name(LISTS[name], code) for code in value)
    if name in ("meals", "lodging", "insurance"):
        return {None: "", True: "yes", False: "no"}[value]
    if name in TICKS:
        return "on" if value else ""
    if name in SHEETS["pay"]:
        return str(value) if value else ""
    return "" if value is None else str(value)


def words(name: str, value: Any, names: Names) -> str:
    """A plain value in the reader's words."""
    if name in CHOICES:
        return str(dict(CHOICES[name]).get(show(name, value, names), ""))
    if name in TICKS:
        return _("yes") if value else _("no")
    return show(name, value, names) or _("empty")
