"""What was typed survives the end of a session and a form that stood open too long; a stranger's form does not."""

import pytest
from django.test import Client
from django.urls import reverse

PASSWORD = "two quiet rivers"
SAID = {"name": "博", "headline": "手稳，肯学", "new_password": "x"}


@pytest.fixture
def signing_bo(bo):
    bo.set_password(PASSWORD)
    bo.save()
    return bo


def test_a_form_sent_after_the_session_ended_waits_behind_the_sign_in(client, signing_bo):
    url = reverse("my_profile_basics")
    response = client.post(url, SAID)
    assert response.url == f"{reverse('account_login')}?next=%2Fagain%2F"
    response = client.post(response.url, {"login": signing_bo.email, "password": PASSWORD, "next": "/again/"})
    assert response.url == reverse("again")
    page = client.get(response.url)
    assert page.context["path"] == url
    assert page.context["fields"] == [("name", "博"), ("headline", "手稳，肯学")]
    assert client.post(url, dict(page.context["fields"])).status_code == 302
    signing_bo.profile.refresh_from_db()
    assert signing_bo.profile.headline == "手稳，肯学"


def test_without_anything_typed_the_page_leads_home(client, bo):
    client.force_login(bo)
    assert client.get(reverse("again")).url == reverse("home")


@pytest.mark.parametrize(
    ("origin", "offered"),
    [("http://testserver", True), ("https://evil.example", False), ("null", False), ("", False)],
)
def test_only_a_form_of_ours_may_be_sent_again(bo, origin, offered):
    client = Client(enforce_csrf_checks=True)
    client.force_login(bo)
    headers = {"origin": origin} if origin else {}
    response = client.post(reverse("my_profile_basics"), SAID, headers=headers)
    page = response.content.decode()
    assert response.status_code == 403
    assert ("手稳，肯学" in page) is offered
    assert 'value="x"' not in page


def test_the_form_of_the_entrance_is_opened_again_without_what_was_typed(db):
    response = Client(enforce_csrf_checks=True).post(
        reverse("account_login"),
        {"login": "bo@people.example", "password": PASSWORD},
        headers={"origin": "http://testserver"},
    )
    page = response.content.decode()
    assert (response.status_code, PASSWORD in page, "bo@people.example" in page) == (403, False, False)
    assert f'href="{reverse("account_login")}"' in page
