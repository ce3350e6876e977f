"""The entrance in a real browser: a passkey made and used, and sign-up by number, with a script and without."""

import re

import pytest
from django.urls import reverse

from profiles.models import OutboxItem, User
from tests.factories.profiles import ProfileFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

PASSWORD = "two quiet rivers"


@pytest.fixture
def open_page(browser, live_server, settings):
    """open_page(width, language, script) -> a page of a fresh browser context."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # localhost, as in the demo market
    contexts = []

    def opened(width: int = 390, language: str = "zh-hans", script: bool = True):
        context = browser.new_context(
            viewport={"width": width, "height": 844}, java_script_enabled=script, base_url=live_server.url
        )
        context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}]
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def with_authenticator(page) -> None:
    """Give the page a virtual key with a finger that always fits."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip


def test_a_passkey_is_made_used_and_removed(open_page, settings):
    user = ProfileFactory(user__email="bo@people.example", user__name="博").user
    user.set_password(PASSWORD)
    user.save()
    page = open_page()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    with_authenticator(page)

    page.goto(reverse("account_login"))
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("form[action='/accounts/login/'] button:not([formaction])")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto(reverse("mfa_add_webauthn"))
    page.click("[data-passkey] button", timeout=5000)
    page.wait_for_url(re.compile(reverse("mfa_list_webauthn") + "$"))
    assert page.locator("main .card h2").count() == 1

    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto(f"{reverse('account_login')}?next=/offers/")
    page.click("[data-passkey] button")
    page.wait_for_url(re.compile(r"\d/offers/$"))

    page.goto(reverse("mfa_list_webauthn"))
    page.click("main .card a.button")
    page.wait_for_url(re.compile("/remove/$"))
    page.click("main form button")
    page.wait_for_url(re.compile(reverse("mfa_list_webauthn") + "$"))
    assert page.locator("main .card h2").count() == 0
    assert complaints == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_sign_up_by_number_in_few_taps(open_page, script):
    page = open_page(script=script)
    page.goto(reverse("account_signup"))
    page.fill("input[name=name]", "沈念")
    page.fill("input[name=birth_date]", "2003-05-17")
    page.fill("input[name=login]", "139 7705 3099")
    page.check("input[name=agree]")
    page.click("main form .form-actions button")
    page.wait_for_url(re.compile(reverse("account_verify_phone")))
    code = re.search(r"\d{6}", OutboxItem.objects.first().text).group()
    page.fill("input[name=code]", code)
    page.click("main form .form-actions button:first-child")
    page.wait_for_url(re.compile(reverse("my_profile")))
    user = User.objects.get()
    assert (user.mobile, user.mobile_verified, user.name) == ("+8613977053099", True, "沈念")


def test_without_a_script_no_passkey_is_offered_and_a_code_signs_in(open_page):
    user = ProfileFactory(user__mobile="+8613800138000", user__mobile_verified=True).user
    page = open_page(width=1280, language="en", script=False)
    page.goto(reverse("account_login"))
    assert not page.locator("[data-passkey]").is_visible()
    page.fill("input[name=login]", "13800138000")
    page.click("button[formaction]")
    page.fill("input[name=code]", re.search(r"\d{6}", OutboxItem.objects.first().text).group())
    page.click("main form .form-actions button:first-child")
    page.wait_for_url(re.compile("/home/|/my/|/for-me/|/offers/"))
    assert user.name in page.content()
