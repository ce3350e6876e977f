"""One role as a form of its own, for a thumb: every field of the role list, skill by skill a must, a wish, or neither."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from config.errors import Invalid
from config.wording import sentence
from hubs.models import Language, Skill
from jobs.models import Role
from jobs.models.role import MOST_EXTRAS
from jobs.queries.role_lists import SHEETS, Names
from jobs.services import cells, pieces
from jobs.services.roles import HIGHEST_ADD_ON
from jobs.web import grid_fields
from jobs.web.forms import DayInput

DEGREES = [("must", _("must")), ("wish", _("nice to have")), ("", _("not asked"))]
LEAST_AND_MOST = {
    "headcount": (1, MOST_EXTRAS), "day_rate": (0, 100_000), "hours_per_day": (1, 12),
    "character_age_min": (1, 100), "character_age_max": (1, 100),
    **pieces.RANGES, **dict.fromkeys(SHEETS["pay"], (0, HIGHEST_ADD_ON)),
}  # fmt: skip
PARTS = (
    (_("Places and days"), ("headcount", "day_rate", "first_day", "last_day", "part", "fill_mode")),
    (_("Who it takes"), SHEETS["needs"]),
    (_("On top of the day rate, yuan"), SHEETS["pay"]),
    (_("Remote and by the piece"), SHEETS["pieces"]),
    (_("Terms"), SHEETS["terms"]),
)


@dataclass(frozen=True)
class Part:
    """A section of the form."""

    title: Any
    fields: list[forms.BoundField]

    @property
    def folded(self) -> bool:
        """Pay by the piece, where this role is paid by the day and nothing is wrong: six fields fewer to pass by."""
        own = [field for field in self.fields if field.name in SHEETS["pieces"]]
        return bool(own) and not any(field.value() or field.errors for field in own)


class RoleEditForm(forms.Form):
    """Fields are named as in the role list; `must` and `wish` are one choice a skill, and a line for others."""

    def __init__(self, *args: Any, role: Role, standing: dict[str, Any], names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names, self.sections = names, []
        for title, own in PARTS:
            shown: list[str] = []
            for name in (name for name in own if grid_fields.has(role.role_type, name)):
                if name == "must":
                    shown += self._skills(role, standing)
                elif name != "wish":
                    self.fields[name] = _field(name, standing[name], names)
                    shown.append(name)
            self.sections.append((title, shown))

    def _skills(self, role: Role, standing: dict[str, Any]) -> list[str]:
        typical = set(role.role_type.typical_skills.values_list("code", flat=True))
        codes = sorted(typical | {*standing["must"], *standing["wish"]}, key=lambda code: self._name(code))
        for code in codes:
            self.fields[f"skill_{code}"] = forms.ChoiceField(
                label=self._name(code),
                choices=DEGREES,
                required=False,
                initial="must" if code in standing["must"] else "wish" if code in standing["wish"] else "",
                widget=forms.RadioSelect(attrs={"class": "choices choices--chips choices--levels"}),
            )
        for degree, label in (("must", _("Other musts")), ("wish", _("Other wishes"))):
            self.fields[f"more_{degree}"] = forms.CharField(
                label=label,
                required=False,
                max_length=cells.LONGEST,
                help_text=_("Names of skills, with commas between them.") if degree == "must" else "",
                widget=forms.TextInput(attrs={"autocomplete": "off", "list": "skills"}),
            )
        return [*(f"skill_{code}" for code in codes), "more_must", "more_wish"]

    def _name(self, code: str) -> str:
        return self.names.name(Skill, code)

    def clean(self) -> dict[str, Any]:
        """Read the skills that were typed. One that is not on our list is named at its field."""
        said = super().clean() or {}
        for name in ("more_must", "more_wish"):
            try:
                said[name] = cells.read(name.removeprefix("more_"), said.get(name) or "", self.names)
            except Invalid as error:
                self.add_error(name, sentence(error))
        return said

    @property
    def parts(self) -> list["Part"]:
        """The form in sections, as the page shows it; one without a field is left out, an unused one is folded."""
        return [Part(title, [self[name] for name in names]) for title, names in self.sections if names]

    def plain(self) -> dict[str, Any]:
        """What was typed, as `role_lists.values` says it; only after `is_valid`."""
        out: dict[str, Any] = {}
        chosen: dict[str, set[str]] = {"must": set(), "wish": set()}
        for name, value in self.cleaned_data.items():
            if name.startswith("skill_"):
                if value:
                    chosen[value].add(name.removeprefix("skill_"))
            elif name.startswith("more_"):
                chosen[name.removeprefix("more_")].update(value)
            else:
                out[name] = _plain(name, value)
        # Of a skill that was called both, the must stands.
        return out | {"must": sorted(chosen["must"]), "wish": sorted(chosen["wish"] - chosen["must"])}


def _plain(name: str, value: Any) -> Any:
    if name == "languages":
        return sorted(value)
    if name in cells.DAYS:
        return value.isoformat()
    if name in ("meals", "lodging", "insurance"):
        return cells.THREE[value]
    if name in SHEETS["pay"]:
        return value or 0
    return value


def _field(name: str, value: Any, names: Names) -> forms.Field:
    label: Any = grid_fields.LABELS[name]
    if name == "languages":
        every = sorted(
            (code, names.name(Language, code)) for code in Language.objects.values_list("code", flat=True)
        )
        chips = forms.CheckboxSelectMultiple(attrs={"class": "choices choices--chips choices--levels"})
        return forms.MultipleChoiceField(
            label=label, choices=every, required=False, initial=value, widget=chips
        )
    shown = grid_fields.show(name, value, names)
    if name in cells.DAYS:
        return forms.DateField(label=label, widget=DayInput(), initial=value)
    if name in cells.TICKS:
        return forms.BooleanField(label=label, required=False, initial=bool(value))
    if name in grid_fields.CHOICES:
        choices = grid_fields.CHOICES[name]
        return forms.ChoiceField(
            label=label, choices=choices, initial=shown, required="" not in dict(choices)
        )
    if name == "note":
        return forms.CharField(label=label, max_length=200, required=False, initial=value)
    least, most = LEAST_AND_MOST[name]
    field = forms.IntegerField(label=label, min_value=least, max_value=most, initial=shown or None)
    field.required = name in ("headcount", "day_rate")
    if name == "hours_per_day":
        field.widget.attrs["placeholder"] = _("as the shoot")
    return field
