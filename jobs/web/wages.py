"""What a crew owes after a wrap: a list, and its word that it has paid."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.errors import Conflict, Invalid, NotAllowed
from config.wording import sentence
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.models import Wage
from jobs.queries import arrears, hours, strikes
from jobs.queries import wages as questions
from jobs.services import wages
from jobs.web.doors import found
from profiles.web.requests import PersonRequest


@require_safe
@login_required
def wage_list(request: PersonRequest, pk: int) -> HttpResponse:
    """Who is owed what, and whether both sides say it is settled."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew"), pk)
    if not policies.may_edit_shoot(request.user, shoot):
        raise NotAllowed("not_yours")
    now = timezone.now()
    day = shoot_day_of(now)
    owed = questions.of_shoot(shoot)
    lines = [(wage, wage.days_overdue(day)) for wage in owed]
    context = {
        "shoot": shoot,
        "lines": lines,
        "sums": questions.sums(owed),
        "overdue": arrears.of_shoot(shoot, day),
        "disputed": hours.disputed(shoot),
        "cancelled": [(case, strikes.may_appeal(case, now)) for case in questions.cancelled_late(shoot)],
    }
    return render(request, "jobs/wages.html", context)


@require_POST
@login_required
def paid(request: PersonRequest, pk: int, wage_pk: int) -> HttpResponseRedirect:
    """The crew says it has paid one person."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew"), pk)
    wage = found(questions.with_place(Wage.objects.filter(booking__role__shoot=shoot)), wage_pk)
    try:
        wages.mark_paid(wage, by=request.user, now=timezone.now())
    except Conflict as error:
        messages.info(request, sentence(error))
    else:
        name = wage.booking.profile.user.name
        messages.success(request, _("Noted. %(name)s is asked whether it has arrived.") % {"name": name})
    return redirect("shoots:wages", pk=pk)


@require_POST
@login_required
def reply(request: PersonRequest, pk: int, wage_pk: int) -> HttpResponseRedirect:
    """The crew's answer beside an overdue wage on its public record."""
    shoot = found(policies.visible_shoots(request.user).select_related("crew"), pk)
    wage = found(questions.with_place(Wage.objects.filter(booking__role__shoot=shoot)), wage_pk)
    try:
        wages.reply(wage, words=request.POST.get("words", ""), by=request.user, now=timezone.now())
    except (Conflict, Invalid) as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Your answer stands beside it on the record."))
    return redirect("shoots:wages", pk=pk)
