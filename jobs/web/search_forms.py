"""Forms about looking for work. They check shape; what the house thinks is said in services."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hubs.enums import Status
from hubs.models import Base, Department, Hub, RoleType
from jobs.enums import AlertPace
from jobs.queries.search import Search
from jobs.web.forms import BaseChoice, ByName, DayInput, choose_from
from profiles.models.availability import DayPart


class RoleFilterForm(forms.Form):
    """The filters of the role list, as they stand in the URL. Nonsense is dropped, never a server error."""

    q = forms.CharField(
        label=_("What or where"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "enterkeyhint": "search",
                "placeholder": _("Work, title, hub or pinyin"),
            }
        ),
    )
    hub = ByName(
        label=_("Hub"),
        queryset=Hub.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("All hubs"),
    )
    base = BaseChoice(
        label=_("Base"),
        queryset=Base.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("All bases"),
    )
    category = forms.ChoiceField(
        label=_("Kind of work"), required=False, choices=[("", _("All kinds")), *RoleType.Category.choices]
    )
    department = ByName(
        label=_("Department"),
        queryset=Department.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("All departments"),
    )
    min_rate = forms.IntegerField(
        label=_("Pay a day from, yuan"), required=False, min_value=1, max_value=100_000
    )
    first_day = forms.DateField(label=_("From"), required=False, widget=DayInput)
    last_day = forms.DateField(
        label=pgettext_lazy("end of a span of days", "To"), required=False, widget=DayInput
    )
    part = forms.ChoiceField(
        label=_("Day or night"),
        required=False,
        choices=[("", _("Both")), (DayPart.DAY, _("No night work")), (DayPart.NIGHT, _("Night work only"))],
    )
    entry_level = forms.BooleanField(label=_("Open to first-timers"), required=False)
    lodging = forms.BooleanField(label=_("With lodging"), required=False)
    remote = forms.BooleanField(label=_("Remote work only"), required=False)
    role_type = forms.SlugField(required=False, widget=forms.HiddenInput)
    shoot = forms.IntegerField(required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # What has been taken off the list is offered to nobody new, and stays in a search that was kept with it.
        bases = _offered(Base.objects.all(), self.data.get("base")).select_related("hub")
        choose_from(
            self,
            hub=_offered(Hub.objects.all(), self.data.get("hub")),
            base=bases.order_by("hub__slug", "slug"),
            department=Department.objects.all(),
        )

    def search(self) -> Search:
        """Return what was understood."""
        self.full_clean()
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False)}
        for name, key in (("hub", "slug"), ("base", "slug"), ("department", "code")):
            if name in given:
                given[name] = getattr(given[name], key)
        return Search(**given)


def _offered(rows: QuerySet[Any], chosen: object) -> QuerySet[Any]:
    """What is published, and `chosen` (an address) where it was published once."""
    kept = Q(status=Status.RETIRED, slug=str(chosen or ""))
    return rows.filter(Q(pk__in=rows.model.objects.published()) | kept)


class SavedSearchForm(forms.Form):
    """What a saved search is called, and how soon its news come."""

    name = forms.CharField(label=_("Name"), max_length=80)
    alert = forms.ChoiceField(label=_("Tell me"), choices=AlertPace.choices, initial=AlertPace.DAILY)
