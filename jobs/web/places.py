"""The base of a shoot while its form is filled in: how much room it has on these days, and which sets are free."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hubs.models import Base, Set
from hubs.timespan import DaySpan, shoot_day_of
from jobs.models import Shoot
from jobs.queries import sets as questions
from jobs.web.doors import managers
from jobs.web.forms import choose_from
from profiles.web.requests import PersonRequest

LONGEST = 31
FARTHEST = 9000
"""The last year in which a day may follow another."""


class PlaceForm(forms.Form):
    """The fields that say where and when, read from the address while the rest is being filled in."""

    base = forms.ModelChoiceField(queryset=Base.objects.none(), required=False)
    first_day = forms.DateField(required=False)
    last_day = forms.DateField(required=False)
    sets = forms.ModelMultipleChoiceField(queryset=Set.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, base=Base.objects.published().select_related("hub"), sets=Set.objects.published())


@require_safe
@managers
def place(request: PersonRequest) -> HttpResponse:
    """A fragment that follows the form of a shoot."""
    return render(request, "jobs/_place.html", typed(request.GET))


def typed(said: QueryDict | dict[str, Any]) -> dict[str, Any]:
    """What the fragment shows of what was typed so far; nothing where place or days are missing."""
    form = PlaceForm(said)
    form.is_valid()
    read = form.cleaned_data
    return of(
        read.get("base"),
        read.get("first_day"),
        read.get("last_day"),
        chosen=[each.pk for each in read.get("sets") or ()],
    )


def of(
    base: Base | None,
    first: date | None,
    last: date | None,
    *,
    chosen: Iterable[int] = (),
    shoot: Shoot | None = None,
) -> dict[str, Any]:
    """The free days of a base and its sets from `first` to `last`; `chosen` are ids of sets that are ticked."""
    if base is None or first is None or last is None or last.year > FARTHEST:
        return {"place": None, "place_sets": set()}
    if not timedelta(0) <= last - first < timedelta(LONGEST):
        return {"place": None, "place_sets": set()}
    days = DaySpan(first, last + timedelta(days=1))
    grid = questions.grid(base, days, today=shoot_day_of(timezone.now()), shoot=shoot)
    return {"place": grid, "place_sets": set(chosen)}
