"""What a page's request holds behind each door, for annotations: middleware and doors put it there."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from profiles.models import Profile, User


class SiteRequest(HttpRequest):
    """Anybody's. `htmx` is true where a script asks for a part of a page."""

    htmx: HtmxDetails


class PersonRequest(SiteRequest):
    """Of somebody who has signed in."""

    user: User


class GraduateRequest(PersonRequest):
    """Of a graduate; `profile` is hers, and its `user` is `user`."""

    profile: Profile
