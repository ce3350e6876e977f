"""What every HTML answer shares: the operator's data, and one page for each kind of refusal."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from config.errors import DomainError
from config.wording import sentence


def site(request: HttpRequest) -> dict:
    """Context of every page: who runs the site, and whether this is the demo market."""
    return {
        "operator_name": settings.OPERATOR_NAME,
        "hr_licence_number": settings.HR_LICENCE_NUMBER,
        "demo_market": settings.DEMO_MARKET,
        "weixin_url": reverse("weixin_login") if settings.WEIXIN_APP_ID else "",
    }


class DomainErrorMiddleware:
    """Turn a refusal that no view has answered into a page in the reader's language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        if getattr(request, "htmx", False):
            messages.error(request, sentence(error))
        return render(
            request,
            "errors/refused.html",
            {"error": error, "sentence": sentence(error), "back_url": _came_from(request)},
            status=error.status,
        )


def _came_from(request: HttpRequest) -> str:
    """Return the page of this site that the refused act was started from, or "". Never another site's address."""
    referer = request.headers.get("Referer", "")
    if referer == request.build_absolute_uri():
        return ""
    return referer if url_has_allowed_host_and_scheme(referer, {request.get_host()}) else ""
