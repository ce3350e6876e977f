"""Forms about a crew: its application, its members."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hubs.models import Department, Hub
from jobs.enums import Right
from jobs.web.forms import ByName, choose_from


class CrewForm(forms.Form):
    """A crew that asks to be let in."""

    name = forms.CharField(label=_("Name of the crew"), max_length=80)
    company_name = forms.CharField(
        label=_("Company"), max_length=120, help_text=_("The full name, as on the business licence.")
    )
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        min_length=18,
        max_length=18,
        help_text=_("18 characters, as on the business licence."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )
    home_hub = ByName(label=_("Home hub"), queryset=Hub.objects.none(), empty_label=_("Choose a hub"))
    contact_name = forms.CharField(label=_("Who we may ask"), max_length=40)
    contact_mobile = forms.CharField(
        label=_("Mobile number"),
        max_length=20,
        help_text=_("For the check only; graduates never see it."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, home_hub=Hub.objects.all())


class RightForm(forms.Form):
    """What a member may; a department head names her department."""

    right = forms.ChoiceField(label=_("Right"), choices=Right.choices, initial=Right.MANAGER)
    department = ByName(
        label=_("Department"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("Choose a department"),
        help_text=_("For a department head: she fills this department and sees no other."),
    )

    def __init__(self, *args: Any, departments: list[tuple[Any, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, department=Department.objects.order_by("position"))
        if departments is not None:
            # A page has one such form for each member: the list is read once for all of them.
            self.fields["department"].widget.choices = departments


def department_choices() -> list[tuple[Any, str]]:
    """The departments as a select shows them; one query."""
    found = Department.objects.order_by("position")
    return [("", str(_("Choose a department"))), *((row.pk, row.name) for row in found)]


class InviteForm(RightForm):
    """Somebody who is asked to join."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)

    field_order = ("email", "right", "department")
