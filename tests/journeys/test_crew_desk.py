"""The manager's desk in a browser: a shoot from a template to published, two who edit at once, a list from a file."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from hubs.models import Base
from hubs.services import loading
from jobs.enums import CrewState, Right, ShootState
from jobs.models import Role, Shoot
from jobs.services import taxonomy
from tests.factories.jobs import CrewFactory, MembershipFactory
from tests.factories.profiles import ManagerFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.journey,
    pytest.mark.timeout(300),
]

LIST = "岗位,人数,日薪,备注\n灯光指导,1,1500,\n灯光助理(小助),2,400,夜戏多\n火箭师,1,500,\n"


@pytest.fixture
def desk(db):
    """Mei and Ning, owner and manager of a verified crew in Zhengzhou, with the real taxonomy."""
    loading.load_hubs()
    taxonomy.load_crew_templates()
    taxonomy.load_filing_rules()
    base = Base.objects.select_related("hub").get(slug="dazhi")
    crew = CrewFactory(name="山海剧组", home_hub=base.hub, state=CrewState.VERIFIED)
    people = {
        "mei": ManagerFactory(name="梅", email="mei@crews.example", language="en"),
        "ning": ManagerFactory(name="宁", email="ning@crews.example", language="en"),
    }
    MembershipFactory(crew=crew, user=people["mei"], right=Right.OWNER)
    MembershipFactory(crew=crew, user=people["ning"], right=Right.MANAGER)
    return people


@pytest.fixture
def window(browser, live_server):
    """Return window(user, scripts=True) -> a page of a signed-in person; closed at the end."""
    contexts = []

    def open_for(user, scripts=True):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(
            base_url=live_server.url, java_script_enabled=scripts, viewport={"width": 1280, "height": 900}
        )
        contexts.append(context)
        context.add_cookies(
            [
                {"name": name, "value": value, "url": live_server.url}
                for name, value in (
                    (settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value),
                    (settings.LANGUAGE_COOKIE_NAME, "en"),
                )
            ]
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        return page

    yield open_for
    for context in contexts:
        context.close()


def draft(desk, window, title="雨夜归人", template="Light crew of 12", page=None):
    page = page or window(desk["mei"])
    page.goto("/shoots/new/")
    page.fill("[name=title]", title)
    page.select_option("[name=template]", label=template)
    page.locator(".making__end .button").first.click()
    page.wait_for_url("**/roles/")
    return page, Shoot.objects.get(title=title)


def test_seventy_five_from_the_template_to_published_in_four_clicks(desk, window):
    page = window(desk["mei"])
    page.goto("/shoots/")
    clicks = 0

    def click(selector):
        nonlocal clicks
        clicks += 1
        page.locator(selector).first.click()

    click("main a[href='/shoots/new/']")
    page.wait_for_url("**/shoots/new/")
    page.fill("[name=title]", "雨夜归人")
    page.fill("[name=speaking]", "6")
    page.locator("#plan dd").first.get_by_text("81").wait_for()
    page.fill("[name=speaking]", "0")
    page.locator("#plan dd").first.get_by_text("75").wait_for()
    click(".making__end .button")
    page.wait_for_url("**/roles/")
    page.locator("#forecast summary").wait_for()
    click("button[value=publish]")
    page.wait_for_url(lambda url: not url.endswith("/roles/"))

    shoot = Shoot.objects.get(title="雨夜归人")
    assert (shoot.state, sum(shoot.roles.values_list("headcount", flat=True)), clicks) == (
        ShootState.OPEN,
        75,
        3,
    )


def test_a_column_is_walked_by_keyboard_and_saved(desk, window):
    page, shoot = draft(desk, window)
    rates = page.locator("[data-col=day_rate]")
    rates.nth(0).fill("2100")
    page.keyboard.press("Enter")
    page.keyboard.type("700")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("9")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    page.get_by_text("2 roles saved.").wait_for()
    first, second, third = Role.objects.filter(shoot=shoot).order_by(
        "role_type__department__position", "role_type__position", "pk"
    )[:3]
    assert (first.day_rate, second.day_rate, first.version, third.version) == (2100, 700, 2, 1)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_two_who_edit_at_once_lose_nothing(desk, window, scripts):
    page, shoot = draft(desk, window, page=window(desk["mei"], scripts))
    other = window(desk["ning"], scripts)
    other.goto(f"/shoots/{shoot.pk}/roles/")
    role = Role.objects.filter(shoot=shoot).order_by("role_type__department__position", "pk")[0]
    cell = f"[name=r{role.pk}-%s]"

    page.fill(cell % "day_rate", "2200")
    page.locator(".grid-form__end button").first.click()
    page.get_by_text("1 role saved.").wait_for()
    other.fill(cell % "day_rate", "2500")
    other.fill(cell % "headcount", "3")
    other.locator(".grid-form__end button").first.click()

    other.get_by_role("heading", name="Two of you changed the same").wait_for()
    other.get_by_text("2200").wait_for()
    other.get_by_text("梅 saved first").wait_for()
    role.refresh_from_db()
    assert (role.day_rate, role.headcount) == (2200, 3)
    other.locator("input[type=radio]").first.check()
    other.get_by_role("button", name="Save with these").click()
    other.get_by_text("1 role saved.").wait_for()
    role.refresh_from_db()
    assert (role.day_rate, role.headcount) == (2500, 3)


def test_the_passport_is_merged_and_only_the_same_field_is_asked(desk, window):
    page, shoot = draft(desk, window)
    other = window(desk["ning"])
    for each in (page, other):
        each.goto(f"/shoots/{shoot.pk}/edit/")
    page.fill("[name=production_cost]", "1600000")
    page.fill("[name=title]", "雨夜")
    page.locator("main form .form-actions button").click()
    page.wait_for_url(f"**/shoots/{shoot.pk}/")
    other.select_option("[name=rights]", "original")
    other.fill("[name=title]", "归人")
    other.locator("main form .form-actions button").click()
    other.get_by_role("heading", name="Two of you changed the same").wait_for()
    other.get_by_role("radio", name="雨夜", exact=False).wait_for()
    other.get_by_role("button", name="Save with these").click()
    other.wait_for_url(f"**/shoots/{shoot.pk}/")
    shoot.refresh_from_db()
    assert (shoot.title, shoot.rights, shoot.production_cost, shoot.filing_tier) == (
        "归人",
        "original",
        1_600_000,
        "ordinary",
    )


def test_a_list_is_brought_seen_and_added_once(desk, window):
    page, shoot = draft(desk, window)
    before = shoot.roles.count()
    for _time in range(2):
        page.goto(f"/shoots/{shoot.pk}/import/")
        page.set_input_files(
            "[name=file]", {"name": "名单.csv", "mimeType": "text/csv", "buffer": LIST.encode("gbk")}
        )
        page.locator("main form .form-actions button").click()
        page.locator("table.import tbody tr").first.wait_for()
        if page.locator("button[name=add]").count():
            page.locator("button[name=add]").click()
            page.get_by_text("2 roles added.").wait_for()
    assert shoot.roles.count() == before + 2
    faults = page.locator(".import__line--wrong").all_inner_texts()
    assert (len(faults), "火箭师" in faults[0]) == (1, True)


def test_a_shoot_is_copied_without_people_or_number(desk, window):
    page, shoot = draft(desk, window)
    Shoot.objects.filter(pk=shoot.pk).update(filing_state="filed", filing_number="豫微备 1 号")
    page.goto(f"/shoots/{shoot.pk}/clone/")
    page.fill("[name=title]", "雨夜归人二")
    page.fill("[name=first_day]", (timezone.localdate() + timedelta(days=40)).isoformat())
    page.locator("main form .form-actions button").click()
    page.wait_for_url("**/roles/")
    copy = Shoot.objects.get(title="雨夜归人二")
    names = ("role_type", "headcount", "day_rate")
    assert json.dumps(sorted(copy.roles.values_list(*names))) == json.dumps(
        sorted(shoot.roles.values_list(*names))
    )
    assert (copy.filing_state, copy.filing_number, copy.state) == ("pending", "", ShootState.DRAFT)
