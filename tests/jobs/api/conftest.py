"""A program with a token of each person, and a clock that stands still."""

import pytest
from django.utils import timezone
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from jobs.enums import Right
from tests.factories.jobs import MembershipFactory
from tests.factories.profiles import ManagerFactory


@pytest.fixture(autouse=True)
def _clock(now, monkeypatch):
    """The doors read the clock; here it says the moment of the test, whatever day it is run on."""
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def api():
    """api(user) -> a client that speaks with the user's token; api() is nobody's."""

    def speaking(user=None) -> APIClient:
        client = APIClient()
        if user is not None:
            client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.get_or_create(user=user)[0].key}")
        return client

    return speaking


@pytest.fixture
def viewer(crew):
    """Somebody who only looks on in Mei's crew."""
    user = ManagerFactory(name="看")
    MembershipFactory(crew=crew, user=user, right=Right.VIEWER)
    return user
