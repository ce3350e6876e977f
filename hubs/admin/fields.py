"""Fields of the desk's forms that Django has not: a name on every field of a row, and days that end on the last day."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.postgres.forms import DateRangeField, RangeWidget
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange, Range

DAY = timedelta(days=1)


def name_it(field: forms.Field | None) -> None:
    """Give a field in a table its column's name: a head above it is seen, and not read out with it."""
    if field is not None and field.label:
        field.widget.attrs.setdefault("aria-label", str(capfirst(field.label)))


class RowsWithNames(BaseInlineFormSet):
    """Rows inside another form; the tick that removes one has its name too."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        name_it(form.fields.get("DELETE"))


class DaysWidget(RangeWidget):
    """First and last day side by side, each with its name and its calendar."""

    use_fieldset = True

    def __init__(self) -> None:
        super().__init__(AdminDateWidget)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], (_("First day"), _("Last day")), strict=True):
            part["attrs"] |= {"aria-label": label, "placeholder": label}
        return context


class DaysField(DateRangeField):
    """Days as people say them, the last one included; the table keeps the day after it. One day alone is one day."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = DaysWidget()
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Range):
            return [value.lower, value.upper and value.upper - DAY]
        return super().prepare_value(value)

    def compress(self, values: tuple[Any | None, Any | None]) -> DateRange | None:
        first, last = values or (None, None)
        if first is None and last is None:
            return None
        if first is None:
            raise ValidationError(_("Say the first day too."), code="first_day")
        if last is not None and last < first:
            raise ValidationError(_("The last day may not be before the first."), code="last_day")
        return DateRange(first, (last or first) + DAY)
