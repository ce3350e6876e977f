"""Knocking at a door and undoing what it did."""

import re
from dataclasses import dataclass
from json import dumps

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse

from tests.guards.routes import Route
from tests.guards.world import World
from tests.guards.writes import write_of


@dataclass(frozen=True)
class Answer:
    """`code`: the status, or "in" for a way to the sign-in page, "go" for a way elsewhere."""

    code: str
    response: HttpResponse

    @property
    def body(self) -> str:
        return body_of(self.response)


def knock(world: World, actor: str, route: Route, method: str, *, url: str = "", data=None, **more) -> Answer:
    """Send what is right (or `data`) as `actor`; whatever it changed is rolled back before this returns."""
    write = write_of(route.name, method)
    if data is None:
        data = write.payload(world) if write else {}
    if method != "GET":
        cache.clear()  # allauth counts tries; the next actor is not to pay for this one
    with transaction.atomic():
        answer = send(world.client(actor), url or route.url(world), method, data, json=route.is_api, **more)
        transaction.set_rollback(True)
    return answer


def send(client, url: str, method: str, data, *, json: bool, **more) -> Answer:
    if method == "GET":
        response = client.get(url, **more)
    elif json:
        body = data if isinstance(data, bytes) else dumps(data, ensure_ascii=False)
        response = client.generic(method, url, body, "application/json", **more)
    else:
        response = getattr(client, method.lower())(url, data, **more)
    return Answer(code_of(response), response)


def code_of(response: HttpResponse) -> str:
    if response.status_code in (301, 302, 303):
        return "in" if response["Location"].startswith(("/accounts/login/", "/admin/login/")) else "go"
    return str(response.status_code)


def body_of(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def without_tokens(body: str) -> str:
    """The body without what differs between any two answers: CSRF tokens."""
    body = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+', r"\1", body)
    return re.sub(r'(X-CSRFToken(?:&quot;|"): ?(?:&quot;|"))[\w]+', r"\1", body)
