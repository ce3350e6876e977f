"""Doors for page tests: a client for each person, and a clock that stands still."""

import pytest
from django.test import Client
from django.utils import timezone, translation


@pytest.fixture(autouse=True)
def _clock(now, monkeypatch):
    """The doors read the clock; here it says the moment of the test."""
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def clock(monkeypatch):
    """Set what the doors read from the clock."""

    def at(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return at


@pytest.fixture
def page(db):
    """Return page(user, path, *, language="en", post=None, htmx=False) -> response; a POST where `post` is given."""

    clients: dict[int | None, Client] = {}

    def client_of(user) -> Client:
        key = user.pk if user else None
        if key not in clients:
            clients[key] = Client()
            if user is not None:
                clients[key].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return clients[key]

    def ask(user, path, *, language="en", post=None, htmx=False):
        client = client_of(user)
        headers = {"accept-language": language} | ({"HX-Request": "true"} if htmx else {})
        with translation.override(language):
            if post is None:
                return client.get(path, headers=headers)
            return client.post(path, post, headers=headers)

    ask.sign_in = client_of
    return ask


@pytest.fixture
def text():
    """Return the words of an answer, without tags and with single spaces."""
    import html
    import re

    def read(response) -> str:
        body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))

    return read
