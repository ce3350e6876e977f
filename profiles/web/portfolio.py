"""Photos and links: what she can show. And one photo, to whom it may be shown."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from profiles.queries import portfolio as questions
from profiles.services import portfolio

from .doors import done, graduates
from .forms import LinkForm, PhotoForm
from .requests import GraduateRequest
from .sections import TITLES

SAFE = "default-src 'none'; sandbox"
"""What a browser that opens a photo by itself may do with it: show it."""


def _page(request: GraduateRequest, status: int = 200, **given: forms.Form) -> HttpResponse:
    context = {
        "title": TITLES["portfolio"],
        "shown": questions.of(request.profile),
        "photo_form": PhotoForm(),
        "link_form": LinkForm(),
        "page_open": request.profile.page_token is not None,
        "most_photos": portfolio.MOST_PHOTOS,
    }
    return render(request, "profiles/profile_portfolio.html", context | given, status=status)


@require_safe
@graduates
def overview(request: GraduateRequest) -> HttpResponse:
    """Her photos and links, with a form for each."""
    return _page(request)


@require_POST
@graduates
def add_photo(request: GraduateRequest) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)

    def save() -> None:
        said = form.cleaned_data
        portfolio.add_photo(
            profile=request.profile,
            by=request.user,
            # One byte more than we take tells a file that is too big; the rest of it is never read.
            data=said["photo"].read(portfolio.MOST_BYTES + 1),
            caption=said["caption"],
            public=said["public"],
            now=timezone.now(),
        )

    return _added(request, form, save, "photo_form")


@require_POST
@graduates
def add_link(request: GraduateRequest) -> HttpResponse:
    form = LinkForm(request.POST)

    def save() -> None:
        portfolio.add_link(profile=request.profile, by=request.user, **form.cleaned_data)

    return _added(request, form, save, "link_form")


def _added(request: GraduateRequest, form: forms.Form, save: Callable[[], None], name: str) -> HttpResponse:
    if not done(form, save):
        return _page(request, 400, **{name: form})
    messages.success(request, _("Added."))
    return redirect("my_profile_portfolio")


@require_POST
@graduates
def change_photo(request: GraduateRequest, pk: int) -> HttpResponse:
    """Show a photo on the public page, take it off, or remove it."""
    photo = get_object_or_404(
        questions.without_bytes(request.profile.photos.select_related("profile")), pk=pk
    )
    profile, user = request.profile, request.user
    if request.POST.get("act") == "remove":
        portfolio.remove_photo(profile=profile, by=user, photo=photo)
        messages.success(request, _("Removed."))
    else:
        public = request.POST.get("act") == "show"
        portfolio.show_photo(profile=profile, by=user, photo=photo, public=public)
        messages.success(request, _("Saved."))
    return redirect("my_profile_portfolio")


@require_POST
@graduates
def remove_link(request: GraduateRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(request.profile.work_links.select_related("profile"), pk=pk)
    portfolio.remove_link(profile=request.profile, by=request.user, link=link)
    messages.success(request, _("Removed."))
    return redirect("my_profile_portfolio")


@require_safe
def photo(request: HttpRequest, key: str, size: str) -> HttpResponse:
    """A photo as JPEG. One that may not be seen answers like one that never was."""
    content = questions.bytes_of(request.user, key, small=size == "small")
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Security-Policy"] = SAFE
    response["Content-Disposition"] = 'inline; filename="photo.jpg"'
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    # Kept by her own browser only, and asked for again: a photo taken off the public page is gone at once elsewhere.
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response
