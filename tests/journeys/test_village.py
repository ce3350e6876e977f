"""Village mode, in a real browser: registered with a spoken yes, asked, called, paid, and at last on her own phone."""

import re
from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of, start_of
from jobs.models import Booking, Offer, Shoot, Wage, WordForHer
from jobs.services import attendance, offers, shoots, village_calls, wages, work
from profiles.models import OutboxItem, SpokenConsent, Villager
from profiles.services import consents
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import RoleFactory
from tests.factories.profiles import CoordinatorFactory
from tests.guards.looking import barriers, bring_axe
from tests.journeys.readers import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

DAY = timedelta(days=1)
PHONE, OWN = "139 0701 2345", "138 0701 9999"


@pytest.fixture
def cai(hub, settings):
    """The coordinator of the village, on a site that can send text messages."""
    settings.SMS_GATEWAY = "profiles.channels.sms.Outbox"
    office = CoordinatorFactory(
        hub=hub, user__name="蔡爱兰", user__email="cai@village.example", meeting_point="村委会门口"
    )
    consents.give_at_sign_up(user=office.user, now=timezone.now())
    return office


@pytest.fixture
def tomorrow_role(shoot):
    """Ten places for extras of Mei's, tomorrow."""
    first = shoot_day_of(timezone.now()) + DAY
    Shoot.objects.filter(pk=shoot.pk).update(days=DateRange(first, first + 5 * DAY))
    shoot.refresh_from_db()
    extra = RoleTypeFactory(
        code="extra", name_zh="群众演员", name_en="Extra", category="extras", entry_level=True
    )
    return RoleFactory(
        shoot=shoot,
        role_type=extra,
        category="extras",
        headcount=10,
        day_rate=120,
        days=DateRange(first, first + DAY),
    )


SCRIPTED = "matchMedia('(scripting: enabled)').matches"


def can_be_used(reader) -> bool:
    """Nothing wider than the screen, and no barrier where a script can look for one."""
    found = []
    if reader.page.evaluate(SCRIPTED):
        bring_axe(reader.page)
        found = barriers(reader.page)
    assert found == []
    return reader.fits_the_screen()


def heard(reader, answer: str = "") -> None:
    """Fill in how an answer was given."""
    if answer:
        reader.page.check(f"input[name=answer][value={answer}]")
    reader.page.fill("input[name=witness]", "王小军")
    reader.page.check("input[name=said]")


def registered(reader, cai) -> Villager:
    sign_in(reader, cai.user)
    reader.open("/home/")
    assert reader.page.url.endswith("/village/")
    reader.tap("a.button[href='/village/register/']")
    assert reader.page.locator(".aloud li").count() == 7
    assert can_be_used(reader)
    reader.page.fill("input[name=name]", "王桂英")
    reader.page.fill("input[name=birth_date]", "1955-08-12")
    reader.page.fill("input[name=phone]", PHONE)
    reader.page.check("input[name=contact][value=yes]")
    reader.page.check("input[name=wanted_roles]")
    reader.page.fill("input[name=witness]", "王小军")
    reader.tap("main form.form--parts button")
    assert Villager.objects.count() == 0, "nobody without her yes"
    reader.page.check("input[name=said]")
    reader.tap("main form.form--parts button")
    return Villager.objects.get()


def test_grandma_wang_works_is_paid_and_takes_her_account_over(reader, cai, tomorrow_role, mei):
    wang = registered(reader, cai)
    assert SpokenConsent.objects.get(purpose="registration").witness == "王小军"
    assert can_be_used(reader)
    for box in reader.page.locator("input[name=day]").all()[:3]:
        box.check(force=True)
    reader.tap("form.freedays button")
    assert wang.profile.availabilities.count() == 1
    reader.tap("button[name=by]")
    code = reader.page.locator(".bigcode").inner_text().strip()
    assert re.fullmatch(r"(\d{4} ){3}\d{4}", code)
    assert can_be_used(reader)

    booking = _asked_and_answered(reader, wang, tomorrow_role, mei)
    day = booking.days.lower
    _called(reader, cai, day)

    evening = start_of(day) + timedelta(hours=14)
    attendance.check_in(booking, by=mei, now=start_of(day) + timedelta(hours=2), day=day)
    attendance.check_out(booking, by=mei, now=start_of(day) + timedelta(hours=11, minutes=30), day=day)
    shoots.wrap(tomorrow_role.shoot, by=mei, now=evening + 5 * DAY)
    wages.mark_paid(
        Wage.objects.select_related("booking__role__shoot__crew").get(), by=mei, now=evening + 5 * DAY
    )

    reader.page.context.clear_cookies(name="sessionid")
    reader.open("/v/")
    assert can_be_used(reader)
    reader.page.fill("input[name=code]", code[:-1] + str((int(code[-1]) + 1) % 10))
    reader.tap("main form button")
    assert reader.page.locator(".errors").count() == 1
    reader.page.fill("input[name=code]", code)
    reader.tap("main form button")
    page = reader.page.locator("main").inner_text()
    assert [each in page for each in ("王桂英", "07:00–16:30", "¥120", "雨夜归人")] == [True] * 4
    assert can_be_used(reader)
    reader.tap("button[name=act][value=received]")
    assert Wage.objects.get().received_at is not None

    _takes_over(reader)
    reader.page.wait_for_url("**/my/shoots/")
    wang.refresh_from_db()
    assert (wang.taken_over_at is not None, wang.profile.user.mobile) == (True, "+8613807019999")
    sign_in(reader, cai.user)
    reader.open(f"/village/people/{wang.pk}/")
    assert "404" in reader.page.locator("main").inner_text()


def _asked_and_answered(reader, wang: Villager, role, mei) -> Booking:
    """Mei asks; the coordinator reads it out and types the answer."""
    offers.send(role, wang.profile, by=mei, now=timezone.now())
    reader.open("/village/")
    assert can_be_used(reader)
    reader.tap(f"a[href='/village/offers/{Offer.objects.get().pk}/']")
    assert "¥120" in reader.page.locator(".aloud").inner_text()
    assert can_be_used(reader)
    heard(reader, "yes")
    reader.tap("main form.form button")
    word = WordForHer.objects.get()
    assert (word.said, word.consent.witness) == ("accepted", "王小军")
    return Booking.objects.select_related("profile__user", "role__shoot__crew").get()


def _called(reader, cai, day) -> None:
    """The call goes out as a text message to her own phone, and stands on the sheet."""
    reader.open(f"/village/day/{day}/")
    assert can_be_used(reader)
    reader.tap(f"form[action='/village/day/{day}/call/'] button")
    assert village_calls.call_all(now=timezone.now()) == 0, "nobody is called twice"
    work.drain(now=timezone.now() + DAY / 2)
    texts = OutboxItem.objects.filter(recipient="+8613907012345")
    assert any("08:00" in each.text for each in texts)
    language = reader.page.locator("html").get_attribute("lang")
    response = reader.page.request.get(
        reader.address + f"/village/day/{day}/paper/", headers={"Accept-Language": language}
    )
    sheet = pypdfium2.PdfDocument(response.body())
    printed = sheet[0].get_textpage().get_text_bounded()
    wanted = (cai.village_zh, "王桂英", "08:00", "120", "村委会门口", "139 0701 0000")
    if language == "en":
        wanted = (cai.village_en, *wanted[1:])
    assert [each for each in wanted if each not in printed] == []


def _takes_over(reader) -> None:
    reader.tap("button[name=begin]")
    assert can_be_used(reader)
    reader.page.fill("input[name=mobile]", OWN)
    reader.tap("main form button")
    text = OutboxItem.objects.filter(recipient="+8613807019999").latest("pk").text
    reader.page.fill("input[name=digits]", re.findall(r"\d{6}", text)[0])
    reader.tap("main form button")


def test_an_admin_appoints_and_ends_an_office(reader, cai, ada):
    other = CoordinatorFactory(hub=cai.hub, user__name="周荷", village_zh="江湾村", village_en="Jiangwan")
    sign_in(reader, ada)
    reader.open("/villages/")
    assert can_be_used(reader)
    reader.tap(f"a[href='/villages/{cai.pk}/retire/']")
    assert can_be_used(reader)
    reader.page.select_option("select[name=successor]", str(other.pk))
    reader.tap("main form.form button")
    cai.refresh_from_db()
    assert cai.retired_at is not None
