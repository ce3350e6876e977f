"""The market room: how much work there is, where, how fast it is filled, and who is lacking. Public; more for admins."""

import csv
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hubs.models import Department, Hub, RoleType
from jobs import policies
from jobs.models import HubFact
from jobs.queries import market_room as questions
from jobs.queries import market_rounding
from jobs.queries.market_room import Look
from jobs.web import market_charts, market_drawing
from jobs.web.forms import ByName, choose_from

SPANS = [
    ("30", gettext_lazy("30 days")),
    ("60", gettext_lazy("60 days")),
    ("365", gettext_lazy("A year")),
    ("all", gettext_lazy("All years")),
]


class LookForm(forms.Form):
    """What the room is narrowed to. Nothing chosen is everything."""

    span = forms.ChoiceField(label=gettext_lazy("Span"), choices=SPANS, required=False)
    hub = ByName(
        label=gettext_lazy("Hub"), queryset=Hub.objects.none(), to_field_name="slug", required=False,
        empty_label=gettext_lazy("All hubs"),
    )  # fmt: skip
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=[], required=False)
    department = ByName(
        label=gettext_lazy("Department"), queryset=Department.objects.none(), to_field_name="code", required=False,
        empty_label=gettext_lazy("All departments"),
    )  # fmt: skip

    def __init__(self, asked: Mapping[str, Any]) -> None:
        super().__init__({"span": Look().span, **asked})
        choose_from(self, hub=Hub.objects.published(), department=Department.objects.all())
        category: Any = self.fields["category"]
        category.choices = [("", _("All categories")), *RoleType.Category.choices]

    def look(self) -> Look:
        """What was asked for; a word the form does not know asks for nothing."""
        said = self.cleaned_data
        hub, department = said.get("hub"), said.get("department")
        return Look(
            span=said.get("span") or "60",
            hub=hub.slug if hub else "",
            category=said.get("category") or "",
            department=department.code if department else "",
        )


@require_safe
def market_room(request: HttpRequest) -> HttpResponse:
    """The room as a page."""
    form, room, public = _asked(request)
    drawn = market_charts.charts(room, public=public)
    context = {
        "form": form,
        "look": room.look,
        "room": room,
        "charts": drawn,
        "public": public,
        "step": market_rounding.STEP,
        "stats": _stats(room),
        "by_hub": [] if public else _by_hub(room),
        "query": request.GET.urlencode(),
        "everything": market_drawing.address(Look()),
    }
    return render(request, "jobs/market_room.html", context)


@require_safe
def numbers(request: HttpRequest, chart: str) -> HttpResponse:
    """The numbers behind one chart as CSV."""
    _form, room, public = _asked(request)
    drawn = next((each for each in market_charts.charts(room, public=public) if each.key == chart), None)
    if drawn is None:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="jinzu-{drawn.key}.csv"'
    response.write("\ufeff")  # without it a spreadsheet reads Chinese as something else
    writer = csv.writer(response)
    writer.writerow(drawn.table.heads)
    for row in drawn.table.rows:
        writer.writerow([_plain(cell) for cell in row])
    return response


def _plain(cell: str) -> str:
    """A cell as a spreadsheet counts it: no separators in numbers, and never a formula."""
    bare = cell.replace(",", "")
    if bare.isdigit():
        return bare
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell != "–" else cell


def _asked(request: HttpRequest) -> tuple[LookForm, questions.Room, bool]:
    public = not policies.may_see_whole_market(request.user)
    form = LookForm(request.GET.dict())
    form.is_valid()
    last = questions.last_counted()
    return form, questions.room(form.look(), last.day if last else None, public=public), public


def _by_hub(room: questions.Room) -> list[tuple[str, HubFact]]:
    """Rest and pay of every hub, each with the way into it."""
    rows = questions.hub_rows(room.as_of) if room.as_of else []
    return [(market_drawing.address(room.look, hub=row.hub.slug if row.hub else ""), row) for row in rows]


def _stats(room: questions.Room) -> list[dict[str, Any]]:
    """The numbers on top: what is open, how much of what was due was filled, how fast, and by whom."""
    booked, places = room.totals.get("booked"), room.totals.get("places")
    return [
        {
            "value": market_drawing.number(
                None if booked is None or places is None else max(0, places - booked)
            ),
            "label": _("places open"),
        },
        {
            "value": _percent(room.share("due_filled", "due")),
            "label": _("of the places that began were filled"),
        },
        {"value": _hours(room.hours_to_fill), "label": _("from publication to booking, on average")},
        {
            "value": _percent(room.share("first_timers", "filled")),
            "label": _("of those booked were here for the first time"),
        },
    ]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _hours(hours: float | None) -> str:
    if hours is None:
        return "–"
    if hours < 72:
        return _("%(n)d hours") % {"n": round(hours)}
    return _("%(n)d days") % {"n": round(hours / 24)}
