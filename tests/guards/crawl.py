"""Reading everything there is to read, as everybody, and remembering what was said."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.test import Client

from tests.guards.doors import body_of, code_of
from tests.guards.matrix import ROWS
from tests.guards.routes import Route, admin_routes, by_name, row_of
from tests.guards.world import World

NO_NEWS = {"django_session"}
"""Tables that a visit may touch: the session is the visit."""

WHOLE_DESK = ("changelist", "change", "history", "add", "delete")


@dataclass(frozen=True)
class Page:
    """An answer somebody was given."""

    actor: str
    route: str
    url: str
    code: str
    body: str


def crawl(world: World, actor: str, client: Client) -> Iterator[Page]:
    """Open every address of every route with a GET row, for every row its `pk` could mean; then the desk."""
    for row in sorted(ROWS):
        method, name = row.split(" ")
        if method == "GET":
            for url in addresses(world, by_name(name)):
                yield _open(actor, name, url, client)
    if actor in ("admin", "editor", "mei"):
        for name, url in desk(world):
            yield _open(actor, name, url, client)


def addresses(world: World, route: Route) -> list[str]:
    """The route's addresses: its own row, and every other row of the same table, strangers' rows too."""
    if "pk" not in route.params:
        return [route.url(world)]
    table = type(world.rows[row_of(route)])
    return [route.url(world, pk=pk) for pk in table.objects.order_by("pk").values_list("pk", flat=True)]


def desk(world: World) -> Iterator[tuple[str, str]]:
    """The pages of the curation desk: its lists, and the first rows of each."""
    from django.contrib import admin
    from django.urls import reverse

    yield "admin:index", reverse("admin:index")
    names = {route.name for route in admin_routes()}
    for model in admin.site._registry:
        space = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for act in WHOLE_DESK:
            if f"{space}_{act}" not in names:
                continue
            if act in ("changelist", "add"):
                yield f"{space}_{act}", reverse(f"{space}_{act}")
                continue
            for pk in model._default_manager.order_by("pk").values_list("pk", flat=True)[:3]:
                yield f"{space}_{act}", reverse(f"{space}_{act}", args=[pk])


def _open(actor: str, name: str, url: str, client: Client) -> Page:
    response = client.get(url)
    return Page(actor, name, url, code_of(response), body_of(response))


def checksums() -> dict[str, str]:
    """A sum over every row of every table, but for what a visit may touch."""
    sums = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - NO_NEWS):
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t"
            )
            sums[table] = cursor.fetchone()[0]
    return sums
