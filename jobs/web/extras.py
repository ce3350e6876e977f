"""An extras day: the call, the meeting point with its code, the list on set, and what it pays at wrap."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.drawing import qr
from config.errors import DomainError, NotAllowed
from config.formats import yuan
from config.wording import sentence
from jobs import policies
from jobs.models import ExtrasCall, ExtrasGroup, ExtrasLine, Shoot
from jobs.queries import call_sheets
from jobs.queries import extras as questions
from jobs.queries import walk_ins as walk_in_questions
from jobs.services import extras
from jobs.web.doors import found
from jobs.web.extras_forms import ExtrasForm, LeaderForm
from profiles.web.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def day(request: PersonRequest, pk: int, day: date) -> HttpResponse:
    """Before the call its form, after it the list on set: by group, by name, by who is missing."""
    call = (
        policies.visible_extras_calls(request.user)
        .filter(shoot=pk, day=day)
        .select_related("shoot__crew")
        .first()
    )
    if call is not None:
        if request.method == "POST":
            messages.info(request, _("The extras of this day are called already."))
            return redirect("shoots:extras", pk=pk, day=day)
        return render(request, "jobs/extras.html", _list(request, call))
    shoot = found(policies.visible_shoots(request.user).select_related("crew"), pk)
    if not shoot.days.lower <= day < shoot.days.upper:
        raise Http404
    return _call(request, shoot, day)


def _call(request: PersonRequest, shoot: Shoot, day: date) -> HttpResponse:
    if not policies.may_edit_shoot(request.user, shoot):
        raise NotAllowed("not_yours")
    booked = list(questions.booked(shoot, day))
    form = ExtrasForm(request.POST if request.method == "POST" else None, shoot=shoot, bookings=booked)
    if request.method == "POST" and form.is_valid():
        names = ("call", "meeting_point", "hours", "overtime_rate", "reason")
        sent = {name: form.cleaned_data[name] for name in names}
        try:
            extras.open_call(shoot, day, by=request.user, now=timezone.now(), add_ons=form.add_ons, **sent)
        except DomainError as error:
            field = "reason" if error.code == "large_call_notice" else error.field
            form.add_error(field if field in form.fields else None, sentence(error))
        else:
            messages.success(request, _("The extras are called: numbers and groups are made."))
            return redirect("shoots:extras", pk=shoot.pk, day=day)
    context = {"shoot": shoot, "day": day, "form": form, "booked": booked}
    return render(request, "jobs/extras_new.html", context, status=400 if form.errors else 200)


def _list(request: PersonRequest, call: ExtrasCall) -> dict:
    shown = questions.on(call, now=timezone.now())
    manages = policies.may_edit_shoot(request.user, call.shoot)
    groups = [each for each in shown.groups if manages or each.group.is_led_by(request.user.pk)]
    if not groups and policies.may_see_shoot(request.user, call.shoot):
        groups = shown.groups
    chosen = request.GET.get("group", "")
    one = next((each for each in groups if str(each.group.number) == chosen), None)
    name = request.GET.get("name", "").strip()[:40]
    lines = one.extras if one else [extra for each in groups for extra in each.extras]
    if name:
        lines = [each for each in lines if name in each.name or name == str(each.line.number)]
    if request.GET.get("who") == "awaited":
        lines = [each for each in lines if each.state == "awaited"]
    people = list(call_sheets.booked_on(call.shoot, call.day)) if manages and one else []
    leader_form = None
    if one and people:
        leader_form = LeaderForm(call=call, people=people, initial={"leader": one.group.leader_id})
    led = any(each.group.is_led_by(request.user.pk) for each in groups)
    return {
        "shoot": call.shoot,
        "day": call.day,
        "call": call,
        "extras": shown,
        "groups": groups,
        "one": one,
        "lines": lines,
        "name": name,
        "who": request.GET.get("who", ""),
        "manages": manages,
        "may_note": not call.closed_at and (manages or led),
        "walk_ins": walk_in_questions.waiting(call) if not call.closed_at and (manages or led) else [],
        "leader": leader_form,
    }


@require_POST
@login_required
def line(request: PersonRequest, pk: int, day: date, line_pk: int) -> HttpResponse:
    """Tick one extra: here, in costume, what was added, gone. A phone gets the line back, a browser the page."""
    call = _call_of(request, pk, day)
    rows = ExtrasLine.objects.filter(call=call).select_related(
        "call__shoot__crew", "group__leader__profile", "booking"
    )
    row = found(rows, line_pk)
    by, now = request.user, timezone.now()
    refused = ""
    try:
        act = request.POST.get("do", "tick")
        if act == "in":
            extras.check_in(row, by=by, now=now)
        elif act == "out":
            extras.check_out(row, by=by, now=now)
        else:
            chosen = [
                int(each) for each in request.POST.getlist("add_on") if each.isdecimal() and len(each) < 10
            ]
            extras.tick(row, by=by, now=now, costume_on="costume" in request.POST, add_ons=chosen)
    except DomainError as error:
        if error.code == "not_yours":
            raise
        refused = sentence(error)
    if getattr(request, "htmx", False):
        shown = questions.on(call, now=now)
        extra = next(each for each in shown.extras if each.line.pk == row.pk)
        context = {
            "each": extra, "extras": shown, "shoot": call.shoot, "day": day, "refused": refused,
            "may_note": not call.closed_at,
        }  # fmt: skip
        return render(request, "jobs/_extra.html", context)
    if refused:
        messages.error(request, refused)
    back = reverse("shoots:extras", args=[pk, day])
    return redirect(f"{back}?group={row.group.number}#n{row.number}")


@require_POST
@login_required
def leader(request: PersonRequest, pk: int, day: date, group_pk: int) -> HttpResponseRedirect:
    """Say who leads a group."""
    call = _call_of(request, pk, day)
    if not policies.may_edit_shoot(request.user, call.shoot):
        raise NotAllowed("not_yours")
    group = found(ExtrasGroup.objects.filter(call=call).select_related("call__shoot__crew"), group_pk)
    people = list(call_sheets.booked_on(call.shoot, day))
    form = LeaderForm(request.POST, call=call, people=people)
    chosen = None
    if form.is_valid():
        chosen = next((each for each in people if str(each.pk) == form.cleaned_data["leader"]), None)
        _try(
            request,
            lambda: extras.set_leader(group, chosen, by=request.user, now=timezone.now()),
            _("Noted."),
        )
    else:
        messages.error(request, _("A leader is somebody who is booked on this day."))
    return redirect(reverse("shoots:extras", args=[pk, day]) + f"?group={group.number}")


@require_POST
@login_required
def add_joined(request: PersonRequest, pk: int, day: date) -> HttpResponseRedirect:
    """Give numbers to extras who were booked after the call."""
    call = _call_of(request, pk, day)
    _try(
        request,
        lambda: extras.line_up_joined(call, by=request.user, now=timezone.now()),
        _("They have their numbers and groups."),
    )
    return redirect("shoots:extras", pk=pk, day=day)


@require_safe
@never_cache
@login_required
def code(request: PersonRequest, pk: int, day: date) -> HttpResponse:
    """The code at the meeting point: on a screen for three minutes, or on paper for the day."""
    call = _call_of(request, pk, day)
    led = any(g.is_led_by(request.user.pk) for g in call.groups.select_related("leader__profile"))
    if not led and not policies.may_edit_shoot(request.user, call.shoot):
        raise NotAllowed("not_yours")
    paper = request.GET.get("on") == "paper"
    text, until = extras.paper_code(call) if paper else extras.screen_code(call, now=timezone.now())
    address = request.build_absolute_uri(reverse("extras_in", args=[text]))
    context = {
        "shoot": call.shoot,
        "day": day,
        "call": call,
        "qr": qr(address),
        "until": until,
        "paper": paper,
    }
    template = "jobs/_extras_code.html" if getattr(request, "htmx", False) else "jobs/extras_code.html"
    return render(request, template, context)


@require_safe
@login_required
def payable(request: PersonRequest, pk: int, day: date) -> HttpResponse:
    """What the day pays, person by person: as it stands, or as it was wrapped."""
    call = _call_of(request, pk, day)
    if not policies.may_see_rates(request.user, call.shoot):
        raise NotAllowed("not_yours")
    context = {
        "shoot": call.shoot,
        "day": day,
        "call": call,
        "extras": questions.on(call, now=timezone.now()),
        "manages": policies.may_edit_shoot(request.user, call.shoot),
    }
    return render(request, "jobs/extras_pay.html", context)


@require_POST
@login_required
def wrap(request: PersonRequest, pk: int, day: date) -> HttpResponseRedirect:
    """Wrap the day: add everything up, for good."""
    call = _call_of(request, pk, day)
    try:
        total = extras.wrap(call, by=request.user, now=timezone.now())
    except DomainError as error:
        if error.code == "not_yours":
            raise
        messages.info(request, sentence(error))
    else:
        messages.success(request, _("Wrapped: %(yuan)s are owed for this day.") % {"yuan": yuan(total)})
    return redirect("shoots:extras_pay", pk=pk, day=day)


def _call_of(request: PersonRequest, pk: int, day: date) -> ExtrasCall:
    calls = policies.visible_extras_calls(request.user).filter(shoot=pk, day=day)
    call = calls.select_related("shoot__crew").first()
    if call is None:
        raise Http404
    return call


def _try(request: PersonRequest, act, done: str) -> None:
    try:
        act()
    except DomainError as error:
        if error.code == "not_yours":
            raise
        messages.error(request, sentence(error))
    else:
        messages.success(request, done)
