"""Forms about work. They check shape; what the house thinks is said in services."""

from datetime import date
from typing import cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hubs.models import Base, RoleType, Set
from jobs.enums import Genre
from jobs.models import Crew, CrewTemplate, Shoot
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


class ShootForm(forms.Form):
    """A new shoot: who, what, where, when, and the terms every offer will promise."""

    crew = forms.ModelChoiceField(label=_("Crew"), queryset=Crew.objects.none(), empty_label=None)
    title = forms.CharField(label=_("Title"), max_length=120)
    genre = forms.ChoiceField(label=_("Genre"), choices=Genre.choices)
    base = BaseChoice(label=_("Base"), queryset=Base.objects.none(), empty_label=_("Choose a base"))
    first_day = forms.DateField(label=_("First shoot day"), widget=DayInput)
    last_day = forms.DateField(
        label=_("Last shoot day"),
        widget=DayInput,
        help_text=_("5 to 10 shoot days; each runs from 05:00 to 05:00."),
    )
    template = ByName(
        label=_("Crew template"),
        queryset=CrewTemplate.objects.none(),
        required=False,
        empty_label=_("None: add roles by hand"),
        help_text=_("Fills in every role with its headcount and usual day rate; all of it can be changed."),
    )
    call_time = forms.TimeField(label=_("General call"), widget=TimeInput, initial="08:00")
    hours_per_day = forms.IntegerField(label=_("Hours a day"), min_value=1, max_value=12, initial=10)
    settle_within_days = forms.IntegerField(
        label=_("Paid within days after wrap"), min_value=0, max_value=30, initial=7
    )
    meals = forms.BooleanField(label=_("Meals provided"), required=False, initial=True)
    lodging = forms.BooleanField(label=_("Lodging provided"), required=False, initial=True)
    insurance = forms.BooleanField(label=_("Accident insurance"), required=False, initial=True)
    synopsis = forms.CharField(
        label=_("Synopsis"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    ai_use = forms.CharField(
        label=_("What AI is used for"),
        max_length=200,
        required=False,
        help_text=_("Empty means: live action, no AI."),
    )

    WHAT, WHEN, TERMS = (
        ("crew", "title", "genre", "base"),
        ("first_day", "last_day", "call_time", "template"),
        (
            "hours_per_day",
            "settle_within_days",
            "meals",
            "lodging",
            "insurance",
        ),
    )

    def __init__(self, *args, crews, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bases = Base.objects.select_related("hub").order_by("hub__slug", "slug")
        choose_from(self, crew=crews, base=bases, template=CrewTemplate.objects.all())
        for name in ("first_day", "last_day"):
            self.fields[name].widget.attrs["min"] = today.isoformat()

    def group(self, names: tuple[str, ...]) -> list:
        return [self[name] for name in names]

    @property
    def what(self) -> list:
        return self.group(self.WHAT)

    @property
    def when(self) -> list:
        return self.group(self.WHEN)

    @property
    def terms(self) -> list:
        return self.group(self.TERMS)

    @property
    def more(self) -> list:
        return self.group(("synopsis", "ai_use"))


class RoleForm(forms.Form):
    """A role of a shoot: what, how many, for how much."""

    role_type = ByName(
        label=_("Role type"), queryset=RoleType.objects.none(), empty_label=_("Choose a role type")
    )
    headcount = forms.IntegerField(label=_("Headcount"), min_value=1, max_value=60, initial=1)
    day_rate = forms.IntegerField(label=_("Pay a day, yuan"), min_value=1, max_value=100_000)
    part = forms.ChoiceField(label=_("Part of the day"), choices=DayPart.choices, initial=DayPart.DAY)
    entry_level = forms.BooleanField(label=_("Open to first-timers"), required=False)
    note = forms.CharField(label=_("What is special"), max_length=200, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, role_type=RoleType.objects.order_by("position", "code"))


class RoleChangeForm(RoleForm):
    """The same, for a role that exists: its type stays."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["role_type"]


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

    reason = forms.CharField(label=_("Reason, if you like"), max_length=200, required=False)


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
