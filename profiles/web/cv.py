"""Her CV on one printed page, and the public page its code leads to. Neither is written by hand: credits write them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.drawing import qr
from profiles.queries import cv as questions
from profiles.queries import portfolio
from profiles.services import addresses

from .doors import graduates
from .requests import GraduateRequest


@require_safe
@graduates
def my_cv(request: GraduateRequest) -> HttpResponse:
    """The CV as it prints, with her contacts: she is the one who hands it out."""
    profile = questions.whole(request.profile.pk)
    address = ""
    if profile.page_token:
        address = request.build_absolute_uri(reverse("public_page", args=[profile.page_token]))
    context = {
        "cv": questions.cv(profile),
        "shown": portfolio.public(profile),
        "address": address,
        "code": qr(address) if address else "",
        "with_contacts": True,
    }
    return render(request, "profiles/cv.html", context)


@require_POST
@graduates
def switch(request: GraduateRequest) -> HttpResponseRedirect:
    """Open or close the public page."""
    if request.POST.get("open") == "1":
        addresses.open_page(profile=request.profile, by=request.user)
        messages.success(request, _("Your public page is open. It shows no contacts and no date of birth."))
    else:
        addresses.close_page(profile=request.profile, by=request.user)
        messages.success(
            request, _("Your public page is closed. Its address and printed codes are dead now.")
        )
    return redirect("my_cv")


@require_safe
def public_page(request: HttpRequest, token: str) -> HttpResponse:
    """What anybody with the address sees: work and skills, no contacts. Closed pages answer like missing ones."""
    profile = questions.public(token)
    if profile is None:
        raise Http404
    context = {"cv": questions.cv(profile), "shown": portfolio.public(profile)}
    response = render(request, "profiles/public_page.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
