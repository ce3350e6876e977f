"""Signing up and in with a code, by number and by address; changing them; silence about who has an account."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from profiles.models import Consent, OutboxItem, User
from tests.profiles.web.test_entrance import FORM, PASSWORD, without_secrets

SPELLINGS = [
    "13977053099", "139 7705 3099", "139-7705-3099", "+86 139 7705 3099", "86 13977053099", "0086-139-7705-3099",
    "(+86)13977053099", "１３９７７０５３０９９", "+86 (139) 7705.3099",
]  # fmt: skip
NUMBER = "+8613977053099"


def texted() -> str:
    return re.search(r"\b\d{6}\b", OutboxItem.objects.first().text).group()


def mailed() -> str:
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body).group()


@pytest.mark.django_db
@pytest.mark.parametrize("typed", SPELLINGS)
def test_she_signs_up_with_her_number_and_a_code(client, typed):
    response = client.post(reverse("account_signup"), FORM | {"login": typed, "password1": ""})
    assert response.url == reverse("account_verify_phone")
    assert OutboxItem.objects.get().recipient == NUMBER
    assert client.get(reverse("my_profile")).status_code == 302
    response = client.post(response.url, {"code": f" {texted()[:3]} {texted()[3:]} "})
    assert response.url == reverse("my_profile")
    user = User.objects.get()
    assert (user.mobile, user.mobile_verified, user.email, user.has_usable_password()) == (
        NUMBER,
        True,
        None,
        False,
    )
    assert sorted(Consent.objects.values_list("purpose", flat=True)) == ["matching", "terms"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["", "12345", "+1 212 555 0100", "nobody@", "13977053099@", "0371-6666 8888"]
)
def test_what_is_neither_a_number_nor_an_address_is_said_at_its_field(client, typed):
    response = client.post(reverse("account_signup"), FORM | {"login": typed})
    assert list(response.context["form"].errors) == ["login"]
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_without_her_agreement_there_is_no_account(client):
    response = client.post(reverse("account_signup"), {**FORM, "agree": ""})
    assert list(response.context["form"].errors) == ["agree"]
    assert (User.objects.count(), mail.outbox) == (0, [])


@pytest.mark.django_db
def test_without_a_gateway_numbers_are_not_asked_for(client, settings):
    settings.SMS_GATEWAY = ""
    response = client.post(reverse("account_signup"), FORM | {"login": "13977053099"})
    assert list(response.context["form"].errors) == ["login"]


@pytest.fixture
def known(db):
    return User.objects.create_user(
        email="known@people.example",
        mobile="+8613800138000",
        mobile_verified=True,
        password=PASSWORD,
        name="知",
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [("138 0013 8000", texted), ("KNOWN@people.example", mailed)],
    ids=["number", "address"],
)
def test_she_signs_in_with_a_code(client, known, typed, code):
    response = client.post(reverse("account_request_login_code"), {"login": typed, "next": "/offers/"})
    assert response.url.startswith(reverse("account_confirm_login_code"))
    response = client.post(response.url, {"code": code(), "next": "/offers/"})
    assert response.url == "/offers/"
    assert client.session["_auth_user_id"] == str(known.pk)


@pytest.mark.parametrize(
    "logins", [("known@people.example", "other@people.example"), ("13800138000", "13900139000")]
)
def test_asking_for_a_code_answers_the_same_for_known_and_unknown(client, known, logins):
    answers = []
    for login in logins:
        client.cookies.clear()
        response = client.post(reverse("account_request_login_code"), {"login": login})
        following = client.get(response.url)
        shown = "+86" + login if login.isdigit() else login
        wrong = client.post(response.url, {"code": "000000"})
        answers.append(
            (
                response.status_code,
                response.url,
                without_secrets(following, shown),
                without_secrets(wrong, shown),
            )
        )
    assert answers[0] == answers[1]
    assert OutboxItem.objects.count() + len(mail.outbox) == 2


def test_signing_up_with_a_number_answers_the_same_for_known_and_unknown(client, known):
    answers = []
    for number in ("13800138000", "13900139000"):
        client.cookies.clear()
        response = client.post(reverse("account_signup"), FORM | {"login": number})
        following = client.get(response.url)
        answers.append((response.status_code, response.url, without_secrets(following, "+86" + number)))
    assert answers[0] == answers[1]
    assert OutboxItem.objects.count() == 2


def test_three_wrong_codes_and_the_right_one_is_worth_nothing(client, known):
    client.post(reverse("account_request_login_code"), {"login": "13800138000"})
    right = texted()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": wrong})
    client.post(reverse("account_confirm_login_code"), {"code": right})
    assert "_auth_user_id" not in client.session


def test_codes_to_one_number_are_few(client, known):
    answers = []
    for _ in range(4):
        client.cookies.clear()
        answers.append(
            client.post(reverse("account_request_login_code"), {"login": "13800138000"}).status_code
        )
    assert answers == [302, 302, 200, 200]


@pytest.mark.django_db
def test_a_password_set_by_somebody_else_opens_nothing_for_the_owner_of_the_number(client):
    """He signs up with her number; she gets in with a code, and what he knows is worth nothing."""
    client.post(reverse("account_signup"), FORM | {"login": "13977053099"})
    client.cookies.clear()
    from django.core.cache import cache

    cache.clear()
    client.post(reverse("account_request_login_code"), {"login": "13977053099"})
    client.post(reverse("account_confirm_login_code"), {"code": texted()})
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    client.cookies.clear()
    client.post(reverse("account_login"), {"login": "13977053099", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_a_new_number_counts_when_its_code_was_typed(client, known):
    client.force_login(known)
    response = client.post(reverse("account_change_phone"), {"phone": "139 7705 3099"})
    assert response.url == reverse("account_verify_phone")
    known.refresh_from_db()
    assert known.mobile == "+8613800138000"
    client.post(response.url, {"code": texted()})
    known.refresh_from_db()
    assert (known.mobile, known.mobile_verified) == (NUMBER, True)
    client.post(reverse("account_remove_phone"))
    known.refresh_from_db()
    assert (known.mobile, known.mobile_verified) == (None, False)


def test_anothers_number_is_refused_after_the_code_and_without_a_reason(client, known, bo):
    client.force_login(bo)
    response = client.post(reverse("account_change_phone"), {"phone": "13800138000"})
    assert response.url == reverse("account_verify_phone")
    client.post(response.url, {"code": texted()})
    bo.refresh_from_db()
    assert bo.mobile is None


def test_a_new_address_counts_when_its_code_was_typed(client, known):
    client.force_login(known)
    response = client.post(reverse("account_email"), {"email": "new@people.example"})
    assert (response.url, mail.outbox[-1].to) == (
        reverse("account_email_verification_sent"), ["new@people.example"],
    )  # fmt: skip
    known.refresh_from_db()
    assert known.email == "known@people.example"
    response = client.post(response.url, {"code": mailed()})
    known.refresh_from_db()
    assert (known.email, response.url) == ("new@people.example", reverse("my_account"))


@pytest.mark.parametrize("name", ["my_account", "account_email", "account_change_phone", "mfa_list_webauthn", "my_data",
                                  "my_data_delete", "my_notice_choices", "my_contact_views"])  # fmt: skip
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_the_account_is_ours(client, bo, name, language):
    client.force_login(bo)
    client.cookies["django_language"] = language
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "base.html" in [template.name for template in response.templates]


def test_the_outbox_is_the_demo_markets_alone(client, db, settings):
    assert client.get(reverse("outbox")).status_code == 404
    settings.DEMO_MARKET = True
    OutboxItem.objects.create(channel="sms", recipient=NUMBER, text="123456")
    assert "123456" in client.get(reverse("outbox")).content.decode()
