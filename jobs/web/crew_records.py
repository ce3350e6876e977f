"""How a crew keeps its word, for everybody to read: pay on time, hours, what is overdue, and the crew's own answer.

A graduate says here whether she likes to work for it or keeps away from it; an admin stops it from publishing.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.errors import Invalid
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.queries import arrears, between, keeping
from jobs.services import bonds, crews
from jobs.web.doors import admins, found, graduates, profile_of
from profiles.web.requests import GraduateRequest, PersonRequest


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The public record of a crew that has been checked. No name of anybody who worked stands on it."""
    crew = found(policies.public_crews().select_related("home_hub"), pk)
    today, profile = shoot_day_of(timezone.now()), profile_of(request.user)
    context = {
        "crew": crew,
        "record": keeping.record(crew, today),
        "gave_up": keeping.gave_up(crew),
        "arrears": arrears.of_crew(crew, today),
        "mine": between.between(profile, crew) if profile else None,
        "may_decide": policies.may_verify_crews(request.user),
    }
    return render(request, "jobs/crew_record.html", context)


@require_POST
@graduates
def say(request: GraduateRequest, pk: int) -> HttpResponseRedirect:
    """Like to work for a crew, or keep away from it; or take either back. The crew is not told."""
    crew, now, what = found(policies.public_crews(), pk), timezone.now(), request.POST.get("what", "")
    profile, by = request.profile, request.user
    if what == "star":
        bonds.star(crew, profile=profile, by=by, now=now)
        messages.success(request, _("Kept: a few points more for this crew in every match."))
    elif what == "unstar":
        bonds.unstar(crew, profile=profile, by=by)
        messages.success(request, _("Taken back."))
    elif what == "block":
        bonds.block_crew(crew, profile=profile, by=by, now=now, reason=request.POST.get("reason", ""))
        messages.success(request, _("You are not proposed to this crew any more. It is not told."))
    elif what == "unblock":
        bonds.unblock_crew(crew, profile=profile, by=by, now=now)
        messages.success(request, _("You can be proposed to this crew again."))
    else:
        raise Invalid("unknown_step", field="what")
    return redirect("crews:record", pk=pk)


@require_POST
@admins
def decide(request: PersonRequest, pk: int) -> HttpResponseRedirect:
    """Suspend a crew, with a reason that its owners read, or let it publish again."""
    crew, now, what = found(policies.public_crews(), pk), timezone.now(), request.POST.get("what", "")
    if what == "suspend":
        crews.suspend(crew, by=request.user, reason=request.POST.get("reason", ""), now=now)
        messages.success(request, _("The crew is suspended. Its owners read your reason."))
    elif what == "verify":
        crews.verify(crew, by=request.user, now=now)
        messages.success(request, _("The crew may publish again. Its owners are told."))
    else:
        raise Invalid("unknown_step", field="what")
    return redirect("crews:record", pk=pk)
