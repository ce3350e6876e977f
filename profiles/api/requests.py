"""What an API request holds behind `IsAuthenticated`, for annotations."""

from rest_framework.request import Request

from profiles.models import User


class PersonRequest(Request):
    """Of somebody who has signed in."""

    user: User  # a property there; whoever is nobody was refused before
