"""Every door there is, read from the URL resolver, so that none can be forgotten."""

from dataclasses import dataclass
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jobs.models.crew import invitation_key
from jobs.models.offer import answer_key
from tests.guards import onset_papers
from tests.guards.world import World

ADMIN = "admin:"
NOBODY = 987_654_321
"""An id that no row has: what a stranger's object must look like."""


@dataclass(frozen=True)
class Route:
    """A named address; `params` are the names in it; `view` is the function or class behind it."""

    name: str
    params: tuple[str, ...]
    view: object

    @property
    def is_api(self) -> bool:
        return getattr(self.view, "cls", None) is not None or self.name == "api-root"

    @property
    def is_admin(self) -> bool:
        return self.name.startswith(ADMIN)

    @property
    def methods(self) -> set[str]:
        """What the API door answers to, as it says itself; pages are asked by GET and POST."""
        if not self.is_api:
            return {"GET", "POST"}
        actions = getattr(self.view, "actions", None)
        known = actions or [
            name for name in ("get", "post", "put", "patch", "delete") if hasattr(self.view.cls, name)
        ]
        return {method.upper() for method in known} - {"HEAD", "OPTIONS"}

    def url(self, world: World, **other) -> str:
        return reverse(self.name, kwargs={name: _value(world, self, name) for name in self.params} | other)


@cache
def routes() -> tuple[Route, ...]:
    """All named routes but those of the curation desk, which has its own test."""
    return tuple(route for route in _walk(get_resolver(), "") if not route.is_admin)


@cache
def admin_routes() -> tuple[Route, ...]:
    return tuple(route for route in _walk(get_resolver(), "") if route.is_admin)


def by_name(name: str) -> Route:
    return next(route for route in (*routes(), *admin_routes()) if route.name == name)


def _walk(resolver: URLResolver, space: str, outer: tuple[str, ...] = ()) -> list[Route]:
    found: dict[str, Route] = {}
    for pattern in resolver.url_patterns:
        params = outer + (tuple(pattern.pattern.converters) or _groups(pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= {route.name: route for route in _walk(pattern, inner, params)}
        elif isinstance(pattern, URLPattern):
            name = f"{space}{pattern.name}" if pattern.name else f"{space}unnamed {pattern.pattern}"
            found.setdefault(name, Route(name, params, pattern.callback))
    return list(found.values())


def _groups(pattern: URLPattern) -> tuple[str, ...]:
    regex = getattr(pattern.pattern, "regex", None)
    return tuple(regex.groupindex) if regex else ()


# -- the objects behind the names: Mei's and Bo's where there is a choice ---------------------------------

PK = {
    "searches": "search",
    "roles": "role",
    "role": "role",
    "shoots": "shoot",
    "shoot": "shoot",
    "runs": "run",
    "run": "run",
    "offers": "offer",
    "offer": "offer",
    "bookings": "booking",
    "booking": "booking",
    "my_profile_remove_education": "education",
    "my_profile_remove_credit": "credit",
    "my_profile_remove_training": "training",
    "my_profile_change_photo": "photo",
    "my_profile_remove_link": "work_link",
    "my_calendars_remove": "outside_calendar",
    "my_calendars_read": "outside_calendar",
    "my-education": "education",
    "my-credits": "credit",
    # Acts that need another row than the reading pages show.
    "roles:take_back": "camera_role",
    "shoots:publish": "draft",
    "shoots:edit": "draft",
    "shoots:grid": "draft",
    "shoots:forecast": "draft",
    "shoots:import": "draft",
    "shoots:import_list": "draft",
    "crews": "crew",
    "crews:mend": "waiting_crew",
    "shoots:wrap": "last_day_shoot",
    "shoot-publish": "draft",
    "shoot-match": "shoot",
    "shoots:remove_role": "shoot",
    "runs:cancel": "busy_run",
    "markets": "market",
    "markets:cancel": "busy_market",
    "my_pay_received": "wage",
    "my_pay_denied": "wage",
    "my_likeness_answer": "likeness",
    "likeness_of_shoot": "shoot",
    "likeness_ask": "shoot",
    "likeness_withdraw": "shoot",
    "queue_decide": "report",
    "queue_lift": "hold",
    "report": "role",
    "appeals": "appeal",
    "appeals:file": "case",
    "my_hours_object": "past_booking",
    "shoots:hours_answer": "last_day_shoot",
    "my_data_fetch": "copy",
    "mfa_remove_webauthn": "passkey",
    "village": "villager",
    "village:offer": "village_offer",
    "village:coming": "village_booking",
    "village:wage": "village_wage",
    "villager": "villager",
    "village_retire": "zhou_office",
}

ROW_OF_PARAM = {
    "walk_in_pk": "walk_in",
    "objection_pk": "objection",
    "wage_pk": "wage",
    "member_pk": "membership",
    "invitation_pk": "invitation",
    "import_pk": "role_import",
}
WORDS_OF = {"ending": "csv", "kind": "cases", "subject": "role", "chart": "places"}
"""Words in an address: which queue, what is reported, which chart."""

OTHER = {
    "shoots:remove_role role_pk": "spare_role",
    "shoots:offer role_pk": "camera_role",
}

FAIRS = ("fairs:detail", "fairs:calendar", "fairs:sign_up", "fairs:give_back")
SLUGS = {"hubs:hub": "hub", "hubs:base": "base", "hubs:programme": "programme", "roles:in_hub": "hub"}
SLUGS |= {"base_days": "base", **dict.fromkeys(FAIRS, "fair")}
SLUGS |= {"hub-detail": "hub", "base-detail": "base", "programme-detail": "programme"}
CODES = {
    "hubs:trade": "gaffer",
    "my_unit_join": "unit",
    "figure-detail": "figure",
    "role-type-detail": "gaffer",
    "skill-detail": "skill",
    "language-detail": "language",
}


def row_of(route: Route) -> str:
    """The name in the world of the row that `pk` means for this route."""
    space = route.name.split(":")[0].rsplit("-", 1)[0] if ":" not in route.name else route.name.split(":")[0]
    api_noun = route.name.split("-")[0]
    for key in (route.name, space, api_noun):
        if key in PK:
            return PK[key]
    raise LookupError(f"say in tests/guards/routes.py which row {route.name} is about")


def _value(world: World, route: Route, param: str):
    if param == "day" and route.name == "my_hours_object":
        return onset_papers.yesterday(world).isoformat()
    if param == "day":
        return world.first_day.isoformat()
    if param == "token":
        return getattr(world.profile("cai"), "page_token" if route.name == "public_page" else "feed_token")
    if param == "code" and route.name == "extras_in":
        return onset_papers.code(world)
    if param in ("line_pk", "group_pk"):
        return (world.extras_line if param == "line_pk" else world.extras_group).pk
    if param == "person_pk":
        return world.profile("cai" if route.name == "likeness_ask" else "dan").pk
    if param == "likeness_pk":
        return world.likeness.pk
    if param == "application_pk":
        return world.application.pk
    if param == "shoot_pk":
        return world.next_role.shoot_id
    if param == "booking_pk":
        return world.came_free.pk
    if param in ROW_OF_PARAM:
        return world.rows[ROW_OF_PARAM[param]].pk
    if param == "role_pk":
        return world.rows[OTHER.get(f"{route.name} role_pk", "role")].pk
    if param == "slug":
        return world.rows[SLUGS[route.name]].slug
    if param in ("code", "pk") and route.name in CODES:
        return getattr(world.rows[CODES[route.name]], param)
    if param == "uidb36":
        return "1"
    if route.name in ("photo", "hubs:photo"):
        photo = world.photo if route.name == "photo" else world.place_photo
        return {"key": photo.key, "size": "small"}[param]
    if param in WORDS_OF:
        return WORDS_OF[param]
    if param == "key":
        if route.name == "crews:join":
            return invitation_key(world.invitation)
        if route.name.startswith("answer"):
            return answer_key(world.offer.pk, world.users["bo"].pk)
        return "no-such-key"
    if param == "pk":
        return world.rows[row_of(route)].pk
    raise LookupError(f"say in tests/guards/routes.py what {param!r} of {route.name} is")
