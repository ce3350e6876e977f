"""The API routes of this app, registered by config.urls."""

from django.urls import path

from .tokens import MyToken
from .views import MyAvailability, MyCredits, MyEducation, MyProfile

routes: list = [
    ("me/education", MyEducation, "my-education"),
    ("me/credits", MyCredits, "my-credits"),
]
urlpatterns: list = [
    path("me/profile/", MyProfile.as_view(), name="my-profile"),
    path("me/availability/", MyAvailability.as_view(), name="my-availability"),
    path("token/", MyToken.as_view(), name="api-token"),
]
