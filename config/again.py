"""What somebody typed is not lost when her session has ended or the form stood open too long."""

import re
import time
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

KEY = "typed"
GOOD_FOR = 30 * 60
LONGEST = 20_000
"""Signs that are kept in a session; a longer form is not."""

SECRET = re.compile(r"password|csrf|credential|^code$|^key$", re.IGNORECASE)

Fields = list[tuple[str, str]]


class KeepTyped:
    """Where a POST is led to the sign-in page, keep what it held and lead back to it afterwards.

    Runs behind the CSRF check, so that only forms of this site are kept. Never kept: passwords, codes, files.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != 302 or getattr(request, "htmx", False):
            return response
        sign_in = resolve_url(settings.LOGIN_URL)
        target = urlsplit(response["Location"])
        if target.path != sign_in or request.path.startswith("/accounts/") or request.user.is_authenticated:
            return response
        fields = kept(request)
        if fields is not None:
            request.session[KEY] = {"path": request.get_full_path(), "fields": fields, "at": time.time()}
            response["Location"] = f"{sign_in}?{urlencode({'next': reverse('again')})}"
        return response


def kept(request: HttpRequest) -> Fields | None:
    """Return the fields of a form that may be shown and sent again, or None where they are too much to keep."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not SECRET.search(name)
        for value in map(str, values)
    ]
    return fields if sum(len(name) + len(value) for name, value in fields) <= LONGEST else None


@require_safe
@login_required
@never_cache
def again(request: HttpRequest) -> HttpResponse:
    """After the sign-in: what she had typed, and the button that sends it. It is not sent by itself."""
    typed = request.session.get(KEY)
    if not typed or time.time() - typed["at"] > GOOD_FOR:
        return redirect("home")
    return render(request, "again.html", {"path": typed["path"], "fields": typed["fields"]})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form stood open too long, and lead on: with what was typed, where the form was ours.

    A form of another site gets no button: with one, a single press would do what the check has just prevented.
    """
    ours = _from_here(request)
    fields = kept(request) if ours and not request.path.startswith("/accounts/") else None
    context = {
        "path": request.get_full_path() if ours else "",
        "fields": fields,
        "may_send": fields is not None,
    }
    return render(request, "403_csrf.html", context, status=403)


def _from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this site."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    said = urlsplit(origin)
    return (said.scheme, said.netloc) == (request.scheme, request.get_host())
