"""The crew manager's desk in a real browser: few clicks, the keyboard alone, a phone, and a unit kept together."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hubs.models import Base
from hubs.services import loading
from jobs.enums import CrewState, OfferState, Right, UnitOfferState
from jobs.models import CrewTemplate, Offer, Pin, Shoot, UnitOffer
from jobs.services import taxonomy, work
from tests.factories.jobs import (
    CrewFactory,
    MatchFactory,
    MatchRunFactory,
    MembershipFactory,
    OfferFactory,
    RoleFactory,
)
from tests.factories.profiles import ManagerFactory, ProfileFactory, fits
from tests.journeys.test_first_light import people_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def open_as(browser, live_server):
    """open_as(user, width) -> a page of somebody who has signed in, in English."""
    contexts = []

    def opened(user, width: int = 1280):
        client = Client()
        client.force_login(user)
        context = browser.new_context(viewport={"width": width, "height": 844}, base_url=live_server.url)
        context.add_cookies(
            [
                {"name": name, "value": value, "url": live_server.url}
                for name, value in (
                    (settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value),
                    (settings.LANGUAGE_COOKIE_NAME, "en"),
                )
            ]
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


class Clicks:
    """Clicks counted one by one; typing is not a click."""

    def __init__(self, page) -> None:
        self.page, self.count = page, 0

    def __call__(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.count += 1


def drain() -> None:
    work.drain(now=timezone.now())


def test_from_home_to_75_offers_in_at_most_twelve_clicks(open_as):
    loading.load_hubs()
    taxonomy.load_crew_templates()
    template, base = CrewTemplate.objects.get(code="75"), Base.objects.select_related("hub").get(slug="dazhi")
    first_day = timezone.localdate() + timedelta(days=6)
    people_for(template, base, first_day)
    mei = ManagerFactory(name="梅", email="mei@crews.example", language="en")
    crew = CrewFactory(home_hub=base.hub, state=CrewState.VERIFIED)
    MembershipFactory(crew=crew, user=mei, right=Right.OWNER)
    page = open_as(mei)
    click = Clicks(page)

    page.goto(reverse("home"))
    click(f"main a[href='{reverse('shoots:new')}']")
    page.fill("[name=title]", "雨夜归人")
    page.select_option("[name=base]", str(base.pk))
    page.select_option("[name=template]", str(template.pk))
    click(".form-actions button.button--wide")
    shoot = Shoot.objects.get()
    if f"/shoots/{shoot.pk}/" not in page.url or not page.url.endswith(f"/shoots/{shoot.pk}/"):
        page.goto(reverse("shoots:board", args=[shoot.pk]))
        click.count += 1
    click("button[form=publish-form]")
    click("button[form=match-form]")
    drain()
    page.goto(page.url)  # the page asks by itself each second; the test does not wait for it
    click(f"a[href='{reverse('shoots:send_offers', args=[shoot.pk])}']")
    click("main form button.button--wide")
    page.wait_for_url(re.compile(f"/shoots/{shoot.pk}/$"))
    assert Offer.objects.filter(role__shoot=shoot, state=OfferState.OPEN).count() == 75
    assert click.count <= 12


@pytest.fixture
def board(shoot, role, now):
    """A board with three people proposed for `role`, two of whom have a place."""
    shoot.days = type(shoot.days)(
        timezone.localdate() + timedelta(days=8), timezone.localdate() + timedelta(days=15)
    )
    shoot.save(update_fields=["days"])
    role.days = shoot.days
    role.save(update_fields=["days"])
    run = MatchRunFactory(shoot=shoot)
    people = [ProfileFactory(user__name=name) for name in ("沈念", "周屿", "林栀")]
    for rank, person in enumerate(people, start=1):
        fits(person, role)
        state, facts = ("chosen", {}) if rank < 3 else ("standby", {"status": "standby", "place": 1})
        skills = [{"rule": "primary", "amount": 60, "facts": {}}]
        MatchFactory(
            run=run, role=role, profile=person, rank=rank, state=state, facts=facts, contributions=skills
        )
    return people


def test_the_whole_board_by_keyboard_alone(open_as, mei, shoot, role, board):
    page = open_as(mei)
    page.goto(reverse("shoots:board", args=[shoot.pk]))
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.value") == f"{role.pk}-{board[0].pk}"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    page.keyboard.press("Space")
    assert page.locator("[data-picked]").inner_text() == "1"
    page.keyboard.press("?")
    assert page.locator("#board-keys").is_visible()
    page.keyboard.press("Escape")
    page.locator(f"[value='{role.pk}-{board[0].pk}']").focus()
    with page.expect_navigation():
        page.keyboard.press("p")
    assert Pin.objects.get().profile == board[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/people/{board[1].pk}/$"))
    page.go_back()
    page.keyboard.press("j")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("o")
    page.locator(".seat--offered").wait_for()
    assert [offer.profile for offer in Offer.objects.all()] == [board[0]]


def test_an_answer_arrives_without_losing_the_place(open_as, mei, shoot, role, board):
    offer = OfferFactory(role=role, profile=board[0], expires_at=timezone.now() + timedelta(hours=5))
    page = open_as(mei)
    page.goto(reverse("shoots:board", args=[shoot.pk]))
    other = page.locator(f"[value='{role.pk}-{board[1].pk}']")
    other.check()
    other.focus()
    still = page.locator("#desk-form").element_handle()
    Offer.objects.filter(pk=offer.pk).update(state=OfferState.DECLINED)
    page.locator(".seat--offered").wait_for(state="detached", timeout=15_000)
    assert page.evaluate("document.activeElement.value") == f"{role.pk}-{board[1].pk}"
    assert page.locator("[data-pick]:checked").count() == 1
    assert still.is_visible()


def test_a_thumb_finds_the_holes_first(open_as, mei, shoot, role, board):
    full = RoleFactory(shoot=shoot, headcount=1, days=role.days)
    OfferFactory(role=full, expires_at=timezone.now() + timedelta(hours=5))
    type(full).objects.filter(pk=full.pk).update(filled=0)
    page = open_as(mei, width=390)
    page.goto(reverse("shoots:board", args=[shoot.pk]))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for box in page.locator("main .seat__pick, main .seat__link, .dept__head").all():
        if box.is_visible():
            assert box.bounding_box()["height"] >= 44
    sticks = "getComputedStyle(document.getElementById('desk-sum')).position"
    assert page.evaluate(sticks) == "sticky"


def test_a_unit_is_kept_together_from_match_to_booking(open_as, mei, crew, base):
    now = timezone.now()
    days = (timezone.localdate() + timedelta(days=8), timezone.localdate() + timedelta(days=15))
    role = RoleFactory(shoot__crew=crew, shoot__base=base, shoot__days=days, days=days, headcount=3)
    role.refresh_from_db()
    people = [ProfileFactory(user__name=name, home_hub=base.hub) for name in ("沈念", "周屿", "林栀")]
    rival = ProfileFactory(user__name="独行", home_hub=base.hub, reliability=200)
    for person in (*people, rival):
        fits(person, role)
        person.availabilities.update(days=(days[0] - timedelta(days=7), days[1] + timedelta(days=7)))
    # One founds it; the others open the link, see who they are, and agree.
    founder = open_as(people[0].user, 390)
    founder.goto(reverse("my_unit"))
    founder.fill("[name=name]", "三盏灯")
    founder.click("main form.card button.button--wide")
    code = founder.locator(".unit-number").inner_text().replace(" ", "")
    for person in people[1:]:
        other = open_as(person.user, 390)
        other.goto(reverse("my_unit_join", args=[code]))
        other.click("main form button.button--wide")
        other.wait_for_url(re.compile(reverse("my_unit") + "$"))
    # Mei matches and asks: the three or nobody, whatever the fourth has to offer.
    desk = open_as(mei)
    desk.goto(reverse("shoots:board", args=[role.shoot_id]))
    desk.click("button[form=match-form]")
    drain()
    desk.goto(reverse("shoots:board", args=[role.shoot_id]))
    assert desk.locator(".seat--proposed .seat__unit").count() == 3
    desk.locator(".seat--proposed [data-pick]").first.check()
    desk.click("#desk-form [value=offer]")
    desk.wait_for_load_state()
    group = UnitOffer.objects.get()
    assert group.offers.count() == 3
    for person in people:
        offer = group.offers.get(profile=person)
        phone = open_as(person.user, 390)
        phone.goto(reverse("offers:detail", args=[offer.pk]))
        assert "三盏灯" in phone.locator("main").inner_text()
        phone.goto(reverse("offers:accept", args=[offer.pk]))
        phone.click("main form button")
        phone.wait_for_load_state()
    work.sweep(now=now + timedelta(seconds=5))
    drain()
    group.refresh_from_db()
    assert group.state == UnitOfferState.KEPT
    desk.goto(reverse("shoots:board", args=[role.shoot_id]))
    assert "3/3" in desk.locator(".desk__line").inner_text().replace("\n", "")
