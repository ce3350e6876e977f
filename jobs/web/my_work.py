"""A graduate's own work: today on set, what is next, days served, and the money of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.errors import DomainError
from config.wording import sentence
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.models import Booking, Wage
from jobs.queries import confirmations
from jobs.queries import my_work as questions
from jobs.queries.wages import with_place
from jobs.services import attendance, wages
from jobs.web.doors import found, graduates
from profiles.web.requests import GraduateRequest, PersonRequest

LINES_A_PAGE = 20


@require_safe
@graduates
def my_work(request: GraduateRequest) -> HttpResponse:
    """Today first: check-in and call sheet; then what is next, and what was."""
    now = timezone.now()
    page = Paginator(questions.served(request.user), LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "to_confirm": confirmations.open_for(request.user, now),
        "today": questions.today(request.user, now),
        "upcoming": questions.upcoming(request.user, now),
        "unwrapped": questions.unwrapped(request.user, now),
        "page": page,
        "totals": questions.totals(request.user, now),
    }
    return render(request, "jobs/my_work.html", context)


@require_safe
@graduates
def my_pay(request: GraduateRequest) -> HttpResponse:
    """What is owed to her, since when, and what she has had."""
    now = timezone.now()
    day = shoot_day_of(now)
    page = Paginator(questions.wages(request.user), LINES_A_PAGE).get_page(request.GET.get("page"))
    lines = [(wage, wage.days_overdue(day)) for wage in page]
    context = {"page": page, "lines": lines, "totals": questions.totals(request.user, now)}
    return render(request, "jobs/my_pay.html", context)


@require_POST
@login_required
def check_in(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """She is on set."""
    return _on_set(request, pk, attendance.check_in, _("You are checked in. Have a good shoot day."))


@require_POST
@login_required
def check_out(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """She has left; pressing again corrects the time."""
    return _on_set(request, pk, attendance.check_out, _("Checked out. Your hours of today are noted."))


def _on_set(request: PersonRequest, pk: int, act, done: str) -> HttpResponseRedirect:
    booking = found(
        policies.visible_bookings(request.user).select_related("profile", "role__shoot__crew"), pk
    )
    try:
        act(booking, by=request.user, now=timezone.now())
    except DomainError as error:
        if error.code == "not_yours":
            raise
        messages.error(request, sentence(error))
    else:
        messages.success(request, done)
    return redirect(_back(booking, request))


def _back(booking: Booking, request: PersonRequest) -> str:
    return "my_work" if booking.profile.user_id == request.user.pk else "shoots:list"


@require_POST
@login_required
def received(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """The money has arrived, says she."""
    done = _("Noted: the money is there. This counts for the crew's record.")
    return _say(request, pk, wages.mark_received, done)


@require_POST
@login_required
def denied(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """What the crew calls paid has not arrived, says she."""
    done = _("Noted: nothing has arrived. The crew is told, and the clock runs on.")
    return _say(request, pk, wages.deny, done)


def _say(request: PersonRequest, pk: int, act, done: str) -> HttpResponseRedirect:
    wage = found(with_place(Wage.objects.filter(booking__in=policies.visible_bookings(request.user))), pk)
    try:
        act(wage, by=request.user, now=timezone.now())
    except DomainError as error:
        if error.code == "not_yours":
            raise
        messages.info(request, sentence(error))
    else:
        messages.success(request, done)
    return redirect("my_pay")
