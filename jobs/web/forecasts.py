"""How many people could take the roles of a shoot today: beside the role list, or a page of its own."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jobs import policies
from jobs.queries import forecast as questions
from jobs.web import reasons, standing_words
from jobs.web.shoots import staffable
from profiles.web.requests import PersonRequest


@dataclass(frozen=True)
class Outlook:
    """How many could take a role, and what would bring most more."""

    line: questions.Forecast
    fix: standing_words.Fix | None


@require_safe
@login_required
def forecast(request: PersonRequest, pk: int) -> HttpResponse:
    """How many could take each role today, and which single requirement costs most: a fragment, or a page of its own."""
    shoot = staffable(request, pk)
    names = reasons.Names()
    hers = set(policies.editable_roles(request.user).filter(shoot=shoot).values_list("pk", flat=True))
    lines = [
        Outlook(each, next(iter(standing_words.fixes(each.without, names)), None))
        for each in questions.forecast(shoot, now=timezone.now())
        if each.role.pk in hers
    ]
    context = {
        "shoot": shoot,
        "lines": lines,
        "scarce": [each for each in lines if each.line.scarce],
        "may_edit": True,
    }
    name = "jobs/_forecast.html" if getattr(request, "htmx", False) else "jobs/forecast.html"
    return render(request, name, context)
