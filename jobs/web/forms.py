"""Forms about work. They check shape; what the house thinks is said in services."""

from typing import cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hubs.models import Base, RoleType, Set
from jobs.enums import DeclineReason, PieceUnit
from jobs.models import Shoot
from profiles.models.availability import DayPart


class DayInput(forms.DateInput):
    """A day, typed or picked; the value is always ISO, as browsers demand."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day, typed or picked."""

    input_type = "time"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class ByName(forms.ModelChoiceField):
    """A choice among bilingual rows, shown by the reader's name."""

    def label_from_instance(self, row) -> str:
        return row.name


class BaseChoice(ByName):
    """A base, told apart by its hub."""

    def label_from_instance(self, row: Base) -> str:
        return f"{row.hub.name} · {row.name}"


def choose_from(form: forms.Form, **rows: QuerySet) -> None:
    """Give fields their rows, one form at a time: a class keeps none from one request to the next."""
    for name, choices in rows.items():
        cast(forms.ModelChoiceField, form.fields[name]).queryset = choices


class RoleForm(forms.Form):
    """A role of a shoot: what, how many, for how much."""

    role_type = ByName(
        label=_("Role type"), queryset=RoleType.objects.none(), empty_label=_("Choose a role type")
    )
    headcount = forms.IntegerField(label=_("Headcount"), min_value=1, max_value=60, initial=1)
    day_rate = forms.IntegerField(
        label=_("Pay a day, yuan"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Leave it empty where the work is paid by the piece: it follows from the pieces."),
    )
    part = forms.ChoiceField(label=_("Part of the day"), choices=DayPart.choices, initial=DayPart.DAY)
    entry_level = forms.BooleanField(label=_("Open to first-timers"), required=False)
    note = forms.CharField(label=_("What is special"), max_length=200, required=False)
    remote = forms.BooleanField(
        label=_("Remote, from anywhere"),
        required=False,
        help_text=_("Desk work by day: no travel, and people of every hub are found."),
    )
    piece_unit = forms.ChoiceField(
        label=_("Paid by the piece"),
        choices=[("", _("no, by the day")), *PieceUnit.choices],
        required=False,
    )
    piece_count = forms.IntegerField(label=_("Units a place"), min_value=1, max_value=5000, required=False)
    piece_yuan = forms.IntegerField(label=_("Yuan a unit"), min_value=1, max_value=100_000, required=False)
    piece_minutes = forms.IntegerField(
        label=_("Minutes of work a unit"),
        min_value=1,
        max_value=6000,
        required=False,
        help_text=_("With the rounds of changes in it. The site prints what an hour comes to."),
    )
    piece_revisions = forms.IntegerField(
        label=_("Rounds of changes included"), min_value=0, max_value=9, required=False
    )

    def __init__(self, *args, department: int | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kinds = RoleType.objects.order_by("position", "code")
        choose_from(self, role_type=kinds if department is None else kinds.filter(department=department))


class ApplyForm(forms.Form):
    """A person's own request for a role."""

    message = forms.CharField(
        label=_("A line to the crew"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("No phone number or Weixin needed: the crew sees them once you have accepted an offer."),
    )


class ReasonForm(forms.Form):
    """Why, in a line, where one wishes to say it."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class DeclineForm(forms.Form):
    """Why not, by a tap, where one wishes to say it."""

    reason = forms.ChoiceField(choices=[("", ""), *DeclineReason.choices], required=False)


class CallSheetForm(forms.Form):
    """What a call sheet says beside the list of people."""

    general_call = forms.TimeField(label=_("General call"), widget=TimeInput)
    sets = forms.ModelMultipleChoiceField(
        label=_("Sets"), queryset=Set.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    weather = forms.CharField(label=_("Weather"), max_length=80, required=False)
    note = forms.CharField(
        label=_("Note to all"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, shoot: Shoot, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, sets=Set.objects.filter(base=shoot.base_id))
