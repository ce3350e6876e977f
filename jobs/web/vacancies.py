"""The refill of a shoot: its traces slot by slot, and how far it may go."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config import formats
from config.errors import NotAllowed
from jobs import policies
from jobs.enums import VacancyCause, Widening
from jobs.queries import vacancies as questions
from jobs.queries import windows
from jobs.queries.vacancies import Event, Trace
from jobs.services import leeway
from jobs.web.doors import found
from profiles.web.requests import PersonRequest


@dataclass(frozen=True)
class Line:
    """One line of a trace in the reader's words; `tone` colours it: "good", "bad", "now" or ""."""

    event: Event
    words: str
    tone: str


@dataclass(frozen=True)
class Slot:
    """A trace with its words."""

    trace: Trace
    lines: list[Line]
    state: str
    badge: str


@require_safe
@login_required
def vacancy_list(request: PersonRequest, pk: int) -> HttpResponse:
    """Every slot that came free on a shoot, with everything that was tried to fill it."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew", "base__hub"), pk)
    may_edit = policies.may_edit_shoot(request.user, shoot)
    context = {
        "shoot": shoot,
        "slots": [_slot(trace) for trace in questions.of_shoot(shoot, request.user)],
        "counts": questions.counts(shoot),
        "stages": _stages(),
        "may_edit": may_edit,
        "roles": questions.roles_with_leeway(shoot) if may_edit and shoot.state in ("draft", "open") else [],
    }
    return render(request, "jobs/vacancies.html", context)


@require_POST
@login_required
def allow(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """Set for one role how far the refill may go."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew"), pk)
    if not policies.may_edit_shoot(request.user, shoot):
        raise NotAllowed("not_yours")
    said = request.POST.get("role", "")
    role = found(shoot.roles.select_related("shoot__crew", "role_type"), int(said) if said.isdecimal() else 0)
    wanted = set(request.POST.getlist("allow"))
    leeway.grant(
        role,
        role_type=Widening.ROLE_TYPE in wanted,
        hub=Widening.HUB in wanted,
        pay=Widening.PAY in wanted,
        by=request.user,
        now=timezone.now(),
    )
    done = _("Noted for %(role)s. The refill goes that far and no further.") % {"role": role.role_type.name}
    messages.success(request, done)
    return redirect("shoots:vacancies", pk=pk)


def _stages() -> list[dict]:
    """The stated table, from far to near."""
    rows = []
    for place, stage in enumerate(windows.STAGES):
        before = windows.STAGES[place - 1].from_left if place else None
        hours = int(stage.from_left.total_seconds() // 3600) if place < len(windows.STAGES) - 1 else 0
        rows.append(
            {
                "from": hours,
                "to": int(before.total_seconds() // 3600) if before else None,
                "window": formats.duration(stage.window),
                "at_once": stage.at_once,
            }
        )
    return rows


def _slot(trace: Trace) -> Slot:
    words, badge = {
        "asking": (_("being asked"), "open"),
        "stuck": (_("nobody left to ask"), "failed"),
        "waiting": (_("next one is looked for"), "waiting"),
        "filled": (_("filled"), "accepted"),
        "by_hand": (_("filled by hand"), "accepted"),
        "over": (_("ended unfilled"), "closed"),
    }[trace.state]
    return Slot(trace, [_line(event) for event in trace.events], words, badge)


def _line(event: Event) -> Line:
    names = _names(event.names)
    if event.kind == "free":
        return Line(event, _freed(event.cause, names), "bad")
    if event.kind == "asked":
        terms = {"names": names, "until": formats.moment(event.until)}
        together = len(event.names) > 1
        words = (
            _("offered to %(names)s at once until %(until)s; the first yes has it") % terms
            if together
            else _("offered to %(names)s until %(until)s") % terms
        )
        if event.widened:
            words += " · " + _("widened: %(what)s") % {"what": Widening(event.widened).label}
        return Line(event, words, "now")
    words, tone = {
        "accepted": (_("%(names)s said yes: booked"), "good"),
        "declined": (_("declined by %(names)s"), "bad"),
        "expired": (_("no answer from %(names)s"), "bad"),
        "withdrawn": (_("%(names)s released"), ""),
        "stuck": (_("nobody left to ask; looked at again every hour"), "bad"),
        "by_hand": (_("filled by hand"), "good"),
        "over": (_("over: the shoot or its days have passed"), ""),
    }[event.kind]
    return Line(event, words % {"names": names}, tone)


def _freed(cause: str, names: str) -> str:
    words = {
        VacancyCause.DECLINED: _("declined by %(names)s"),
        VacancyCause.EXPIRED: _("no answer from %(names)s"),
        VacancyCause.WITHDRAWN: _("offer to %(names)s taken back by the crew"),
        VacancyCause.ELSEWHERE: _("%(names)s accepted another shoot"),
        VacancyCause.GIVEN_BACK: _("given back by %(names)s"),
        VacancyCause.CANCELLED: _("booking of %(names)s cancelled by the crew"),
        VacancyCause.UNCONFIRMED: _("not confirmed in time by %(names)s"),
        VacancyCause.NO_SHOW: _("%(names)s did not show up"),
        VacancyCause.TAKEN: _("the person proposed is not to be had any more"),
    }
    return words[VacancyCause(cause)] % {"names": names}


def _names(names: list[str]) -> str:
    return _(", ").join(names)
