"""Words for a shoot as a draft: what two people wrote at once, and the small form of a copy."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.choices import flatten_choices, normalize_choices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.formats import day
from jobs.services.merging import Clash
from jobs.web.forms import DayInput


class CloneForm(forms.Form):
    """A copy of a shoot: its new title and first day; the length stays."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    first_day = forms.DateField(label=gettext_lazy("First shoot day"), widget=DayInput)


def picked(post: QueryDict) -> QueryDict:
    """What was sent, with the side she chose wherever two had changed the same."""
    said = post.copy()
    for choice in [name for name in post if name.startswith("pick-")]:
        name = choice.removeprefix("pick-")
        side = "theirs" if post[choice] == "theirs" else "mine"
        values = [value for value in post.getlist(f"{side}-{name}") if value != ""]
        said.setlist(name, values)
    return said


def clash(found: Clash, form: forms.Form) -> dict[str, Any]:
    """A field that two have changed, for the page: its label, and both values with their words and form values."""
    field = form.fields[found.name]
    return {
        "name": found.name,
        "label": field.label,
        "mine": {"words": said(field, found.mine), "values": as_inputs(found.mine)},
        "theirs": {"words": said(field, found.theirs), "values": as_inputs(found.theirs)},
    }


def as_inputs(value: Any) -> list[str]:
    """What inputs of a form carry for a plain value."""
    if isinstance(value, list):
        return [str(each) for each in value]
    if value is None or value is False:
        return [""]
    return ["on"] if value is True else [str(value)]


def said(field: forms.Field, value: Any) -> str:
    """A plain value in the reader's words."""
    if value is True or value is False:
        return _("yes") if value else _("no")
    if isinstance(field, forms.ModelMultipleChoiceField):
        rows = field.queryset.filter(pk__in=value) if field.queryset is not None else []
        return _(", ").join(row.name for row in rows) or _("none")
    if isinstance(field, forms.ModelChoiceField):
        row = field.queryset.filter(pk=value).first() if field.queryset is not None else None
        return row.name if row else _("none")
    if isinstance(field, forms.MultipleChoiceField | forms.ChoiceField):
        # Django reads a function or a nested list of choices on its own; what the field says of itself is any of them.
        pairs: list[tuple[Any, Any]] = list(flatten_choices(normalize_choices(field.choices)))
        labels = {str(code): str(label) for code, label in pairs}
        many = value if isinstance(value, list) else [value]
        return _(", ").join(labels.get(str(each), str(each)) for each in many if each != "") or _("none")
    if isinstance(field, forms.DateField) and value:
        return day(date.fromisoformat(value))
    return str(value) if value not in (None, "") else _("empty")
