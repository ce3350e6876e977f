"""The shape of the API: one exception handler, one pagination, one set of throttles.

Every error body is {"code": str, "message": str, "field": str | null, "facts": {...}, "errors": {...}}.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle
from rest_framework.views import exception_handler as drf_exception_handler

from config.errors import Busy, DomainError
from config.wording import sentence


class Pages(PageNumberPagination):
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100


class PersonThrottle(UserRateThrottle):
    scope = "person"


class VisitorThrottle(AnonRateThrottle):
    scope = "visitor"


def exception_handler(error: Exception, context: dict) -> Response | None:
    """Answer any refusal, ours or the framework's, in the one shape."""
    if isinstance(error, DomainError):
        headers = {"Retry-After": "1"} if isinstance(error, Busy) else None
        body = _body(error.code, sentence(error), field=error.field, facts=error.facts)
        return Response(body, status=error.status, headers=headers)
    response = drf_exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        response.data = _body("invalid", _("Some of what you sent cannot be right."), errors=response.data)
    elif isinstance(error, (Http404, exceptions.NotFound)):
        response.data = _body("not_found", _("There is nothing here that you may see."))
    elif isinstance(error, (PermissionDenied, exceptions.PermissionDenied)):
        response.data = _body("not_allowed", _("You may not do that here."))
    else:
        code = getattr(error, "default_code", "error")
        response.data = _body(str(code), str(getattr(error, "detail", error)))
    return response


def _body(code: str, message: str, *, field=None, facts=None, errors=None) -> dict:
    return {"code": code, "message": message, "field": field, "facts": facts or {}, "errors": errors or {}}
