"""The forms beside the month: the same every week, and calendars kept elsewhere."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.models import DayPart, Pattern

WEEKDAYS = [
    (0, gettext_lazy("Monday")),
    (1, gettext_lazy("Tuesday")),
    (2, gettext_lazy("Wednesday")),
    (3, gettext_lazy("Thursday")),
    (4, gettext_lazy("Friday")),
    (5, gettext_lazy("Saturday")),
    (6, gettext_lazy("Sunday")),
]
CHIPS = {"class": "choices choices--chips"}


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PatternForm(forms.Form):
    prefix = "every"

    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On these days of the week"),
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
    )
    part = forms.ChoiceField(
        label=gettext_lazy("I am free"), choices=DayPart.choices, widget=forms.RadioSelect(attrs=CHIPS)
    )
    first = forms.DateField(label=gettext_lazy("From"), widget=_date_input())
    last = forms.DateField(
        label=gettext_lazy("To"),
        required=False,
        widget=_date_input(),
        help_text=gettext_lazy("Empty: until you change it."),
    )

    @staticmethod
    def of(pattern: Pattern | None, now_day: date) -> dict[str, Any]:
        """What stands in the form first: the pattern she has, or nights beside a day job."""
        if pattern is None:
            return {"weekdays": [0, 1, 2, 3, 4], "part": "night", "first": now_day}
        days = [day for day in range(7) if pattern.weekdays >> day & 1]
        return {"weekdays": days, "part": pattern.part, "first": pattern.first, "last": pattern.last}


class CalendarForm(forms.Form):
    prefix = "outside"

    name = forms.CharField(label=gettext_lazy("Name"), max_length=40, required=False)
    address = forms.CharField(
        label=gettext_lazy("Secret address (iCal)"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=gettext_lazy("Begins with https:// or webcal://. Read every six hours."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a calendar file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        help_text=gettext_lazy("An .ics file, read once."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("address") and not said.get("file"):
            self.add_error("address", _("Paste an address or choose a file."))
        return said
