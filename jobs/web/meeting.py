"""The page behind the code at the meeting point: she is on the list and checks in, or asks to work today."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from config.errors import DomainError
from config.wording import sentence
from hubs.timespan import DaySpan
from jobs import policies
from jobs.models import WalkIn
from jobs.queries import walk_ins as questions
from jobs.services import extras, walk_ins
from jobs.web.doors import found, profile_of
from profiles.web.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def scanned(request: PersonRequest, code: str) -> HttpResponse:
    """Looking changes nothing; the press checks her in, or asks for a place where she is not on the list."""
    now, done, refused, status = timezone.now(), None, "", 200
    try:
        if request.method == "POST" and request.POST.get("do") == "ask":
            walk_ins.ask(code, by=request.user, now=now)
        elif request.method == "POST":
            done = extras.check_in_by_code(code, by=request.user, now=now)
    except DomainError as error:
        refused, status = sentence(error), error.status
    context = {"code": code, "line": done, "refused": refused}
    if done is None:
        context |= _stranger(request, code)
    return render(request, "jobs/extras_in.html", context, status=status)


def _stranger(request: PersonRequest, code: str) -> dict:
    """What somebody who is not on the list is shown: the terms of today, or that her word is with the leader."""
    profile = profile_of(request.user)
    try:
        call, role = walk_ins.offered(code, now=timezone.now())
    except DomainError:
        return {}
    if profile is None or questions.line_of(call, profile) is not None:
        return {}
    asked = questions.standing(call, profile)
    if asked is not None and asked.taken is not False:
        role = asked.role
    if role is None:
        return {"call": call, "no_room": True}
    last = DaySpan.of(role.days).last
    return {"call": call, "role": role, "asked": asked, "from_day": call.day, "last_day": last}


@require_POST
@login_required
def decide(request: PersonRequest, pk: int, day, walk_in_pk: int) -> HttpResponseRedirect:
    """A leader takes somebody who turned up, or sends her home."""
    calls = policies.visible_extras_calls(request.user).filter(shoot=pk, day=day)
    call = calls.select_related("shoot__crew").first()
    if call is None:
        raise Http404
    asked = found(
        WalkIn.objects.filter(call=call).select_related("profile__user", "call__shoot__crew"), walk_in_pk
    )
    now, name = timezone.now(), asked.profile.user.name
    try:
        if request.POST.get("do") == "take":
            line = walk_ins.take(asked, by=request.user, now=now)
            said = _("%(name)s is booked and here: number %(number)d.")
            messages.success(request, said % {"name": name, "number": line.number})
        else:
            walk_ins.refuse(asked, by=request.user, now=now)
            messages.success(request, _("%(name)s is told that there is no place today.") % {"name": name})
    except DomainError as error:
        if error.code == "not_yours":
            raise
        messages.error(request, sentence(error))
    return redirect("shoots:extras", pk=pk, day=day)
