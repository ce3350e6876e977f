"""The shape of the API: one exception handler, one pagination, one set of throttles, one reader of JSON.

Every error body is {"code": str, "message": str, "field": str | null, "facts": {...}, "errors": {...}}.
"""

import codecs
import json
from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle

from config.errors import Busy, DomainError
from config.wording import sentence


class Pages(PageNumberPagination):
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100


class StrictJSON(JSONParser):
    """JSON as the standard means it: no key twice, no NaN, no nesting that would break the reader's neck.

    A key given twice is how a value slips past a check that looked at the other one.
    """

    strict = True

    def parse(self, stream, media_type=None, parser_context=None):
        encoding = (parser_context or {}).get("encoding", settings.DEFAULT_CHARSET)
        try:
            text = codecs.getreader(encoding)(stream).read()
            return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        except (ValueError, LookupError, RecursionError) as error:
            raise exceptions.ParseError(_("This is not JSON that can be read.")) from error


def _once(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key was given twice")
    return found


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


class Given(serializers.Serializer):
    """What a client may send: shape only. A field that is not named here is refused by name, never ignored:
    someone who sends state=accepted should learn that it did nothing."""

    def to_internal_value(self, data):
        if isinstance(data, Mapping):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError({name: [_("There is no such field.")] for name in unknown})
        return super().to_internal_value(data)


class Refusal(serializers.Serializer):
    """The one body of every error."""

    code = serializers.CharField(help_text="A stable name of what went wrong.")
    message = serializers.CharField(help_text="What happened and what to do next, in the reader's language.")
    field = serializers.CharField(allow_null=True, help_text="The field to mend, where there is one.")
    facts = serializers.DictField(help_text="Values that belong to the code.")
    errors = serializers.DictField(  # type: ignore[assignment]  # named as in the body; nobody validates by it
        help_text='Messages by field, for code "invalid".'
    )


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
    # Imported here: the framework's views read our settings, which name classes of this module.
    from rest_framework.views import exception_handler as frameworks_own

    response = frameworks_own(error, context)
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
