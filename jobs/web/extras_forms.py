"""Forms of an extras day: the call with its rates, a group's leader."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jobs.models import Booking, ExtrasCall, Shoot
from jobs.queries import extras as questions
from jobs.web.forms import TimeInput

ADD_ON_LINES = 6


class ExtrasForm(forms.Form):
    """An extras call: when and where, and what is paid beside the day rate."""

    call = forms.TimeField(label=_("Call"), widget=TimeInput)
    meeting_point = forms.CharField(label=_("Meeting point"), max_length=120, required=False)
    hours = forms.IntegerField(label=_("Hours in a day's rate"), min_value=1, max_value=12, initial=10)
    overtime_rate = forms.IntegerField(
        label=_("Overtime, yuan an hour"), min_value=0, max_value=1000, initial=15
    )
    reason = forms.CharField(
        label=_("Why at short notice"),
        max_length=200,
        required=False,
        help_text=_("Only for 150 extras or more, called less than two days ahead."),
    )

    def __init__(self, sent: QueryDict | None, *, shoot: Shoot, bookings: list[Booking]) -> None:
        initial = {"call": shoot.call_time, "hours": shoot.hours_per_day}
        overtime = max((getattr(each.role, "overtime_pay", 0) for each in bookings), default=0)
        initial |= {"overtime_rate": overtime} if overtime else {}
        usual = questions.usual_add_ons(bookings)[:ADD_ON_LINES]
        for number, (name, amount) in enumerate(usual, 1):
            initial |= {f"add_on_{number}": name, f"yuan_{number}": amount}
        super().__init__(sent, initial=initial)
        for number in range(1, ADD_ON_LINES + 1):
            self.fields[f"add_on_{number}"] = forms.CharField(
                label=_("Add-on %(n)d") % {"n": number}, max_length=30, required=False
            )
            self.fields[f"yuan_{number}"] = forms.IntegerField(
                label=_("Yuan"), min_value=1, max_value=5000, required=False
            )

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        names = set()
        for number in range(1, ADD_ON_LINES + 1):
            name, amount = sent.get(f"add_on_{number}"), sent.get(f"yuan_{number}")
            if name and not amount and f"yuan_{number}" not in self.errors:
                self.add_error(f"yuan_{number}", _("Say how many yuan, or empty the line."))
            if name and name in names:
                self.add_error(f"add_on_{number}", _("This add-on stands in the list twice."))
            names.add(name)
        return sent

    @property
    def add_ons(self) -> list[tuple[str, int]]:
        """Name and yuan of the filled lines; only after `is_valid`."""
        sent = self.cleaned_data
        pairs = [(sent.get(f"add_on_{n}"), sent.get(f"yuan_{n}")) for n in range(1, ADD_ON_LINES + 1)]
        return [(name, amount) for name, amount in pairs if name and amount]

    @property
    def main(self) -> list:
        return [self[name] for name in ("call", "meeting_point", "hours", "overtime_rate")]

    @property
    def add_on_rows(self) -> list[tuple]:
        return [(self[f"add_on_{n}"], self[f"yuan_{n}"]) for n in range(1, ADD_ON_LINES + 1)]

    @property
    def problems(self) -> ErrorDict:
        return self.errors


class LeaderForm(forms.Form):
    """Who leads a group: one of the people booked on the day, or nobody yet."""

    leader = forms.ChoiceField(label=_("Leader"), required=False)

    def __init__(self, *args, call: ExtrasCall, people: list[Booking], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [("", _("nobody yet"))]
        choices += [
            (str(each.pk), f"{each.profile.user.name} · {each.role.role_type.name}") for each in people
        ]
        self.fields["leader"].choices = choices  # type: ignore[attr-defined]
