"""Lists to take away, as CSV or XLSX: the crew, the roles, the pay of an extras day, the costs by department."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config import sheets
from config.errors import NotAllowed
from jobs import policies
from jobs.models import Shoot
from jobs.queries import bookings as booked
from jobs.queries import costs as questions
from jobs.queries import extras, role_lists
from jobs.queries.imports import FIELDS
from jobs.web.doors import found
from jobs.web.grid_fields import LABELS, words
from jobs.web.shoots import editable
from profiles.web.requests import PersonRequest


@require_safe
@login_required
def crew_list(request: PersonRequest, pk: int, ending: str) -> HttpResponse:
    """Everyone booked whom the reader may see; pay only for those with the right to it. No contacts."""
    shoot = _shoot(request, pk)
    rates = policies.may_see_rates(request.user, shoot)
    rows = booked.with_place(policies.visible_bookings(request.user)).filter(
        role__shoot=shoot, state__in=questions.STANDING
    )
    rows = rows.order_by(
        "role__role_type__department__position", "role__role_type__position", "profile__user__name", "pk"
    )
    head = [
        _("Department"),
        _("Role"),
        _("Name"),
        _("First day"),
        _("Last day"),
        _("Part of the day"),
        _("State"),
    ]
    head += [_("Day rate, yuan"), _("Pay in all, yuan")] if rates else []
    lines = [
        [
            each.role.role_type.department.name,
            each.role.role_type.name,
            each.profile.user.name,
            each.days.lower,
            each.days.upper - (date.resolution),
            each.role.get_part_display(),
            each.get_state_display(),
            *([each.day_rate, each.total_pay] if rates else []),
        ]
        for each in rows
    ]
    return _file(ending, head, lines, title=_("Crew list"), name=f"crew-{pk}")


@require_safe
@login_required
def role_list(request: PersonRequest, pk: int, ending: str) -> HttpResponse:
    """The role list with the columns that a list may bring, so that it comes back as it went. For who may edit."""
    shoot = editable(request, pk)
    names = role_lists.Names()
    head = [_("Role"), *(str(LABELS[name]) for name in FIELDS if name != "role")]
    lines = [
        [role.role_type.name, *(_cell(name, standing[name], names) for name in FIELDS if name != "role")]
        for role in role_lists.rows(shoot)
        for standing in [role_lists.values(role)]
    ]
    return _file(ending, head, lines, title=_("Role list"), name=f"roles-{pk}")


def _cell(name: str, value: Any, names: role_lists.Names) -> Any:
    """A field as it stands in a file: figures as figures, choices and skills in words, nothing for what is not said."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return words(name, value, names) if value else ""


@require_safe
@login_required
def extras_pay(request: PersonRequest, pk: int, day: date, ending: str) -> HttpResponse:
    """The payable list of an extras day."""
    shoot = _shoot(request, pk)
    if not policies.may_see_rates(request.user, shoot):
        raise NotAllowed("not_yours")
    call = extras.called(shoot, day)
    if call is None:
        raise Http404
    kinds = {"full": _("full day"), "half": _("half day"), "absent": _("did not come")}
    head = [
        *(_("No."), _("Group"), _("Name"), _("Role"), _("Full or half"), _("Checked in"), _("Checked out")),
        *(_("Base pay"), _("Overtime, hours"), _("Overtime, yuan"), _("Paid on top"), _("Amount")),
    ]
    lines = [
        [
            each.line.number,
            group.group.number,
            each.name,
            each.role,
            kinds[each.pay.day],
            _clock(each.worked.checked_in_at if each.worked else None),
            _clock(each.worked.checked_out_at if each.worked else None),
            each.pay.base,
            each.pay.overtime_hours,
            each.pay.overtime,
            "; ".join(f"{name} {amount}" for name, amount in each.pay.add_ons),
            each.pay.amount,
        ]
        for group in extras.on(call, now=timezone.now()).groups
        for each in group.extras
    ]
    return _file(ending, head, lines, title=_("Payable list"), name=f"extras-{pk}-{day.isoformat()}")


@require_safe
@login_required
def costs(request: PersonRequest, pk: int) -> HttpResponse:
    """Planned against actual against budget, by department; a head reads her own."""
    shoot = _shoot(request, pk)
    return render(request, "jobs/costs.html", {"shoot": shoot, "costs": _costs(request, shoot)})


@require_safe
@login_required
def costs_file(request: PersonRequest, pk: int, ending: str) -> HttpResponse:
    """The roll-up to take away."""
    shoot = _shoot(request, pk)
    head = [
        _("Department"),
        _("Headcount"),
        _("Booked"),
        _("Budget"),
        _("Planned"),
        _("Actual"),
        _("Left of the budget"),
    ]
    lines = [
        [each.department.name, each.places, each.booked, each.budget, each.planned, each.actual, each.left]
        for each in _costs(request, shoot).lines
    ]
    return _file(ending, head, lines, title=_("Costs"), name=f"costs-{pk}")


def _costs(request: PersonRequest, shoot: Shoot) -> questions.Costs:
    if not policies.may_see_rates(request.user, shoot):
        raise NotAllowed("not_yours")
    return questions.of_shoot(shoot, department=questions.department_of(request.user, shoot))


def _shoot(request: PersonRequest, pk: int) -> Shoot:
    return found(policies.visible_shoots(request.user).select_related("crew", "base__hub"), pk)


def _clock(moment) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""


def _file(ending: str, head: list, lines: list, *, title: str, name: str) -> HttpResponse:
    if ending not in sheets.TYPES:
        raise Http404
    content = sheets.table(ending, head, lines, title=title, made_at=timezone.now())
    answer = HttpResponse(content, content_type=sheets.TYPES[ending])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
