"""Pictures of bases and sets, as JPEG."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hubs import policies
from hubs.queries import photos

SAFE = "default-src 'none'; sandbox"


@require_safe
def photo(request: HttpRequest, key: str, size: str) -> HttpResponse:
    """One picture. Of a place that is not published it is there for those alone who curate it."""
    found = photos.published().filter(key=key).first()
    public = found is not None
    if found is None:
        found = photos.one(key)
        if found is None or not (request.user.is_authenticated and policies.may_edit(request.user, found)):
            raise Http404
    response = HttpResponse(photos.content(found, small=size == "small"), content_type="image/jpeg")
    response["Content-Security-Policy"] = SAFE
    response["Content-Disposition"] = 'inline; filename="place.jpg"'
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "public, max-age=3600" if public else "private, no-cache"
    return response
