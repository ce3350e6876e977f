"""A walk through every page in a real browser, as each kind of user, in both languages, at two widths.

Each page is loaded once a language and looked at twice, on a phone and on a desk: nothing that axe finds, nothing in
the console, no word of the other language, no sideways scroll. Pictures for human eyes go to .local/screenshots.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Error

from jobs.enums import Right
from tests.factories import jobs as work
from tests.factories import profiles as people
from tests.guards import looking
from tests.guards import world as worlds
from tests.guards.crawl import desk
from tests.guards.matrix import PAGES
from tests.guards.routes import by_name
from tests.guards.test_matrix import expected

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

PICTURES = Path(settings.LOCAL_DIR) / "screenshots"
WIDTHS = {390: 844, 1280: 900}
LANGUAGES = {"zh": "zh-hans", "en": "en"}
NO_PAGES = {"healthz", "readyz", "calendar_feed", "my_data_fetch", "shoots:slots", "photo", "fairs:calendar"}
NO_PAGES |= {
    "hubs:photo",
    "village:paper",
    "shoots:call_sheet_pdf",
    "shoots:plan",
    "shoots:place",
    "appeals:paper",
    "my_profile_find_school",
    "my_profile_find_skill",
    "my_profile_find_role_type",
}
"""Answers for programs, and a fragment that is looked at on the board."""

KINDS = ("visitor", "bo", "cai", "mei", "admin", "zhou", "yan", "new_graduate", "new_manager")
"""Bo and Mei have something on every page; the two new ones have nothing yet."""

LIKE = {"new_graduate": "flo", "new_manager": "lin"}
"""Whose word in the matrix counts for the newcomers."""

ONLY_OTHERS = {"cai": "bo", "zhou": "bo", "yan": "bo", "new_graduate": "visitor", "new_manager": "visitor"}
"""Who walks only where the other one was not let in, or saw something of her own."""


@pytest.fixture
def market(db):
    """The world, and two people who have just signed up."""
    world = worlds.build()
    newcomer = people.UserFactory(name="新人", email="new@people.example")
    people.ProfileFactory(user=newcomer, home_hub=None, day_rate_floor=0)
    founder = people.ManagerFactory(name="新剧组", email="new@crews.example")
    # The one that waits is hers here, so that she is asked to mend it.
    waiting = work.CrewFactory(name="新组", home_hub=world.hub, state="applied", verified_at=None)
    world.rows["waiting_crew"] = waiting
    work.MembershipFactory(crew=waiting, user=founder, right=Right.OWNER)
    for user in (newcomer, founder):
        user.set_password(worlds.PASSWORD)
        user.save(update_fields=["password"])
    world.users |= {"new_graduate": newcomer, "new_manager": founder}
    return world


def pages_of(world, kind: str) -> list[tuple[str, str]]:
    """Names and addresses of all pages that are shown to this kind of user."""
    names = shown_to(kind) - (shown_to(ONLY_OTHERS[kind]) if kind in ONLY_OTHERS else set()) - NO_PAGES
    pages = [(name, by_name(name).url(world)) for name in sorted(names)]
    lists = desk(world) if kind == "admin" else ()
    return pages + [(name, url) for name, url in lists if name.endswith(("index", "changelist"))]


def shown_to(kind: str) -> set[str]:
    rows = [row.split(" ") for row, said in PAGES.items() if expected(said, LIKE.get(kind, kind)) == "200"]
    return {name for method, name in rows if method == "GET"}


@pytest.fixture
def open_page(browser, live_server, market):
    """open_page(kind, language) -> a page signed in as that kind of user, and its listener."""
    contexts = []

    def opened(kind: str, language: str):
        context = browser.new_context(
            viewport={"width": 390, "height": WIDTHS[390]}, locale=language, reduced_motion="reduce"
        )
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: LANGUAGES[language]}
        if kind != "visitor":
            cookies[settings.SESSION_COOKIE_NAME] = (
                market.client(kind).cookies[settings.SESSION_COOKIE_NAME].value
            )
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        page, listener = context.new_page(), looking.Listener()
        listener.attach(page)
        return page, listener

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_can_be_used_by_everybody(open_page, market, live_server, kind):
    faults, own = [], looking.own_words()
    for language in LANGUAGES:
        page, listener = open_page(kind, language)
        for name, path in pages_of(market, kind):
            faults += [
                f"{kind} {language} {path} {fault}"
                for fault in look(page, listener, live_server.url + path, language, kind, name, own)
            ]

    assert faults == [], "\n".join(faults)


DESK_FORMS = ("base", "set", "jobfair", "figure", "programme", "roletype", "placephoto")
"""Kinds of rows whose forms and histories are looked at; the others have the same fields, fewer of them."""


def test_the_forms_of_the_desk_can_be_used_by_everybody(open_page, market, live_server):
    """Forms with rows inside them, pictures, days; a row's history; a workbook brought in."""
    of_desk = [f"admin:hubs_{kind}_{act}" for kind in DESK_FORMS for act in ("add", "change", "history")]
    first: dict[str, str] = {"admin:hubs_base_import": reverse("admin:hubs_base_import")}
    for name, url in desk(market):
        if name in of_desk:
            first.setdefault(name, url)
    assert [name for name in of_desk if name not in first and "placephoto" not in name] == []
    faults = []
    for language in LANGUAGES:
        page, listener = open_page("admin", language)
        for name, path in first.items():
            faults += [
                f"{language} {path} {fault}"
                for fault in look(page, listener, live_server.url + path, language, "admin", name, [])
            ]

    assert faults == [], "\n".join(faults)


REFUSALS = {
    "visitor": {"not-there": ("/no-such-page/", 404), "feed": ("/calendar/no-such-token.ics", 404)},
    "bo": {"not-there": ("/offers/987654/", 404), "not-hers": ("/shoots/", 403)},
    "mei": {"not-there": ("/runs/987654/", 404), "not-hers": ("/for-me/", 403)},
}
"""Pages that say no: name -> address and status."""

EMPTY_FORMS = {
    "visitor": ("account_login", "account_signup"),
    "bo": ("my_profile_basics", "my_profile_places", "my_profile_credits"),
    "mei": ("shoots:new", "shoots:new_role", "crews:apply"),
}
"""Forms that are sent with nothing in them, to see how they say what is missing."""

SEND_EMPTY = """
() => {
  const form = [...document.querySelectorAll('main form[method=post]:not([data-passkey] form)')].at(-1);
  form.noValidate = true;
  for (const field of form.querySelectorAll('input, textarea, select')) {
    if (field.type !== 'hidden' && field.type !== 'radio' && field.type !== 'checkbox') field.value = '';
  }
  form.requestSubmit();
}
"""


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_no_can_be_read_by_everybody(open_page, market, live_server, kind):
    """Refusals and forms with errors are pages, too; the browser's own line about their status is no fault."""
    faults, own = [], looking.own_words()
    for language in LANGUAGES:
        page, listener = open_page(kind, language)
        for name, (path, status) in REFUSALS[kind].items():
            faults += look(
                page, listener, live_server.url + path, language, kind, f"refused-{name}", own, status
            )
        for name in EMPTY_FORMS[kind]:
            page.goto(live_server.url + by_name(name).url(market), wait_until="load")
            with page.expect_navigation(wait_until="load"):
                page.evaluate(SEND_EMPTY)
            assert page.locator("[aria-invalid=true]").count() > 0, name
            faults += examine(page, language, kind, f"errors-{name}", own)

    assert [fault for fault in faults if "Failed to load resource" not in fault] == [], "\n".join(faults)


def look(
    page, listener, url: str, language: str, kind: str, name: str, own: list[str], status=200
) -> list[str]:
    """Everything that is wrong with a page, at both widths. A file, kept or shown, has tests of its own."""
    listener.take()
    page.set_viewport_size({"width": 390, "height": WIDTHS[390]})
    try:
        answer = page.goto(url, wait_until="load")
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return []
    if "text/html" not in answer.headers.get("content-type", ""):
        listener.take()
        return []
    faults = [] if answer.status == status else [f"answered {answer.status}"]
    return faults + examine(page, language, kind, name, own) + listener.take()


def examine(page, language: str, kind: str, name: str, own: list[str]) -> list[str]:
    """Look at the page that is open, on a phone and on a desk, and take its pictures."""
    # The desk shows both languages side by side, and the framework's own catalogue has gaps there.
    faults = [] if name.startswith("admin:") else looking.foreign_words(page, language, own)
    looking.bring_axe(page)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        faults += [f"{width} {fault}" for fault in (*looking.barriers(page), *looking.sideways(page))]
        picture(page, language, width, f"{kind}-{name}")
    return faults


def picture(page, language: str, width: int, name: str) -> None:
    folder = PICTURES / f"{language}-{width}"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name.replace(':', '-')}.png", full_page=True)
