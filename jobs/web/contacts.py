"""Opening a booked person's contacts, and the list of those who did."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from config.errors import NotAllowed
from jobs import policies
from jobs.queries import contacts as questions
from jobs.services import contacts
from jobs.web.doors import found, graduates
from profiles.queries import villages
from profiles.web.requests import GraduateRequest, PersonRequest

VIEWS_A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def open_contact(request: PersonRequest, pk: int) -> HttpResponse:
    """A page that says that looking is noted; POST notes it and shows how to reach her."""
    rows = policies.visible_bookings(request.user).select_related(
        "profile__user", "role__role_type", "role__shoot__crew"
    )
    booking = found(rows, pk)
    if not policies.may_edit_shoot(request.user, booking.role.shoot):
        raise NotAllowed("not_yours")
    person = None
    if request.method == "POST":
        person = contacts.open_for(booking, by=request.user, now=timezone.now())
    context: dict[str, Any] = {"booking": booking, "person": person}
    if person is not None and person.user.spoken_for:
        context["spoken"] = villages.contact_of(person)
    return render(request, "jobs/contact.html", context)


@require_safe
@graduates
def contact_views(request: GraduateRequest) -> HttpResponse:
    """Who saw my contact details, and when."""
    page = Paginator(questions.views_of(request.user), VIEWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "jobs/contact_views.html", {"page": page})
