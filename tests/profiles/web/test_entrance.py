"""Signing up and in, through the pages: the codes, the refusals, and the silence about who has an account."""

import re
from datetime import date

import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse

from profiles.models import Profile, User

PASSWORD = "two quiet rivers"
FORM = {
    "kind": "graduate",
    "name": "沈念",
    "birth_date": "2003-05-17",
    "login": "nian@people.example",
    "password1": PASSWORD,
    "agree": "on",
}


def code() -> str:
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body).group()


@pytest.fixture
def known(db):
    """Somebody who signs in with an address or a number; made by the house, so nothing is to be confirmed."""
    return User.objects.create_user(
        email="known@people.example", mobile="+8613800138000", password=PASSWORD, name="知"
    )


@pytest.mark.django_db
def test_a_graduate_signs_up_with_a_code_and_lands_on_her_profile(client):
    response = client.post(reverse("account_signup"), FORM)
    assert (response.status_code, response.url) == (302, reverse("account_email_verification_sent"))
    assert mail.outbox[-1].to == ["nian@people.example"]
    response = client.post(reverse("account_email_verification_sent"), {"code": code()})
    assert (response.status_code, response.url) == (302, reverse("my_profile"))
    user = User.objects.get()
    assert (user.name, user.kind, user.profile.birth_date) == ("沈念", "graduate", date(2003, 5, 17))
    assert client.get(reverse("my_profile")).status_code == 200


@pytest.mark.django_db
def test_a_manager_signs_up_without_a_birth_date(client):
    client.post(reverse("account_signup"), FORM | {"kind": "manager", "birth_date": ""})
    client.post(reverse("account_email_verification_sent"), {"code": code()})
    assert User.objects.get().kind == "manager"
    assert not Profile.objects.exists()


@pytest.mark.django_db
def test_a_wrong_code_opens_nothing(client):
    client.post(reverse("account_signup"), FORM)
    wrong = f"{(int(code()) + 1) % 1_000_000:06d}"
    client.post(reverse("account_email_verification_sent"), {"code": wrong})
    assert client.get(reverse("my_profile")).status_code == 302
    client.post(reverse("account_login"), {"login": FORM["login"], "password": PASSWORD})
    assert client.get(reverse("my_profile")).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_under_sixteen_is_refused_politely_and_leaves_no_trace(client, language):
    client.cookies["django_language"] = language
    response = client.post(
        reverse("account_signup"), FORM | {"birth_date": f"{date.today().year - 15}-12-31"}
    )
    page = response.content.decode()
    assert response.status_code == 400
    assert "16" in page
    assert FORM["login"] not in page
    assert "沈念" not in page
    assert (User.objects.count(), mail.outbox, dict(client.session)) == (0, [], {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "known@people.example",
        " KNOWN@people.example ",
        "13800138000",
        "+86 138 0013 8000",
        "１３８００１３８０００",
    ],
)
def test_she_signs_in_with_address_or_number_in_any_spelling(client, known, typed):
    response = client.post(reverse("account_login"), {"login": typed, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, reverse("home"))
    assert client.session["_auth_user_id"] == str(known.pk)


def without_secrets(response, *typed: str) -> str:
    page = re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*', "", response.content.decode())
    for word in typed:
        page = page.replace(word, "…")
    return page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "logins", [("known@people.example", "other@people.example"), ("13800138000", "13900139000")]
)
def test_signing_in_answers_the_same_for_known_and_unknown(client, known, logins):
    answers = []
    for login in logins:
        response = client.post(reverse("account_login"), {"login": login, "password": "wrong wrong"})
        answers.append((response.status_code, without_secrets(response, login)))
    assert answers[0] == answers[1]


@pytest.mark.django_db
def test_signing_up_answers_the_same_for_known_and_unknown(client, known):
    answers = []
    for email in ("known@people.example", "other@people.example"):
        client.cookies.clear()
        response = client.post(reverse("account_signup"), FORM | {"login": email})
        following = client.get(response.url)
        answers.append((response.status_code, response.url, without_secrets(following, email)))
        assert mail.outbox[-1].to == [email]
    assert answers[0] == answers[1]
    known.refresh_from_db()
    assert (known.name, known.check_password(PASSWORD)) == ("知", True)


@pytest.mark.django_db
def test_asking_for_a_new_password_answers_the_same(client, known):
    answers = []
    for email in ("known@people.example", "other@people.example"):
        response = client.post(reverse("account_reset_password"), {"email": email})
        following = client.get(response.url)
        answers.append((response.status_code, response.url, without_secrets(following, email)))
        assert mail.outbox[-1].to == [email]
    assert answers[0] == answers[1]


@pytest.mark.django_db
def test_a_new_password_by_mail(client, known):
    client.post(reverse("account_reset_password"), {"email": known.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body).group(1)
    form = client.get(link, follow=True)
    new = "three quiet rivers"
    response = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert response.url == reverse("account_reset_password_from_key_done")
    response = client.post(reverse("account_login"), {"login": known.email, "password": new})
    assert response.url == reverse("home")


@pytest.mark.django_db
def test_five_wrong_passwords_and_the_right_one_must_wait(client, known):
    for _ in range(5):
        client.post(reverse("account_login"), {"login": known.email, "password": "wrong wrong"})
    response = client.post(reverse("account_login"), {"login": known.email, "password": PASSWORD})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    ],
)
def test_every_page_of_the_entrance_is_ours(client, name, language):
    client.cookies["django_language"] = language
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "base.html" in [template.name for template in response.templates]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_logout", "account_change_password", "account_reauthenticate"])
def test_pages_for_those_inside_are_ours(client, known, name):
    client.force_login(known)
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "base.html" in [template.name for template in response.templates]


@pytest.mark.parametrize(
    "name", ["account_confirm_email", "mfa_view_recovery_codes", "mfa_activate_totp", "weixin_login"]
)
def test_what_we_do_not_need_yet_is_not_there(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_who_has_no_password_yet_is_led_to_set_one(client, bo):
    client.force_login(bo)
    response = client.get(reverse("account_change_password"), follow=True)
    assert response.redirect_chain == [(reverse("account_set_password"), 302)]
    assert "base.html" in [template.name for template in response.templates]


def test_too_many_tries_is_a_page_of_ours(client, db):
    for _ in range(30):
        client.post(reverse("account_login"), {})
    response = client.post(reverse("account_login"), {})
    assert response.status_code == 429
    assert "429.html" in [template.name for template in response.templates]
    assert "base.html" in [template.name for template in response.templates]


@pytest.mark.django_db
def test_signing_out_takes_a_press_of_a_button(client, known):
    client.force_login(known)
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "密码：密码太短：至少 8 个字符。"),
        ("en", "Password: Too short: a password has 8 characters or more."),
    ],
)
def test_a_short_password_is_said_in_the_readers_language_and_the_rest_is_kept(client, language, said):
    """Django's sentence has no Chinese: it is looked up in words that its catalogue does not have."""
    client.cookies["django_language"] = language
    page = client.post(reverse("account_signup"), FORM | {"password1": "x7k"}).content.decode()

    assert said in page
    assert "This password" not in page
    assert 'value="沈念"' in page
