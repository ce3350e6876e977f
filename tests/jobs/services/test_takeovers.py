"""Somebody of a village signs up herself: what was kept for her becomes hers, and nobody learns of it before."""

import re
import threading

import pytest
from django.db import connection
from django.urls import reverse

from config.errors import Conflict, Gone, NotAllowed
from jobs.models import Booking, Entry, Notice
from jobs.services import offers, takeovers, villages
from profiles import policies
from profiles.models import Consent, OutboxItem, User, Villager
from profiles.services import accounts, villagers
from profiles.services import takeovers as by_herself
from profiles.services.spoken import Heard
from tests.factories.profiles import VillagerFactory, fits
from tests.guards.doors import without_tokens

NUMBER = "+8613907012345"
HEARD = Heard(witness="王小军", witness_is="family")


def signed_up(wang, now, **other) -> User:
    """An account of her own, its number proved, not used yet."""
    said = {
        "kind": "graduate",
        "name": "王桂英",
        "mobile": NUMBER,
        "birth_date": wang.profile.birth_date,
    } | other
    user = accounts.sign_up(**said, language="en", now=now)
    return accounts.set_mobile(user=user, mobile=user.mobile or said["mobile"], proved=True)


def test_everything_kept_for_her_is_hers_and_her_coordinator_is_told(her_offer, wang, cai, now):
    villages.answer(her_offer, accepts=True, heard=HEARD, by=cai.user, now=now)
    fresh = signed_up(wang, now, password="two quiet rivers")

    found = takeovers.at_sign_up(fresh, now=now)

    hers = User.objects.get(mobile=NUMBER)
    assert (found, hers.pk, hers.mobile_verified, hers.spoken_for, hers.language) == (
        wang, wang.profile.user_id, True, False, "en",
    )  # fmt: skip
    assert hers.check_password("two quiet rivers")
    assert not User.objects.filter(pk=fresh.pk).exists()
    assert Booking.objects.get().profile.user == hers
    standing = Consent.objects.filter(user=hers, withdrawn_at__isnull=True)
    assert sorted(standing.values_list("purpose", flat=True)) == ["matching", "terms"]
    notice = Notice.objects.get(recipient=cai.user, facts__about="taken_over")
    assert (notice.kind, notice.facts["person"]) == ("village_news", "王桂英")
    assert Entry.objects.filter(verb="taken_over_herself", by=hers).count() == 1


def test_her_coordinator_answers_for_her_no_longer(her_offer, wang, cai, now):
    takeovers.at_sign_up(signed_up(wang, now), now=now)

    with pytest.raises(NotAllowed):
        villages.answer(her_offer, accepts=True, heard=HEARD, by=cai.user, now=now)
    wang.refresh_from_db()
    assert not policies.may_see_villager(cai.user, wang)
    assert (wang.taken_over_at, wang.phone, wang.code_hash) == (now, "", None)
    assert offers.accept(her_offer, by=User.objects.get(mobile=NUMBER), now=now)


@pytest.mark.parametrize(
    "other",
    [{"birth_date": "another"}, {"mobile": "+8613907019998"}, {"kind": "manager", "birth_date": None}],
    ids=["birthday", "number", "manager"],
)
def test_who_does_not_fit_is_somebody_else(wang, now, other):
    if other.get("birth_date"):
        other = {"birth_date": wang.profile.birth_date.replace(year=1970)}
    fresh = signed_up(wang, now, **other)

    assert takeovers.at_sign_up(fresh, now=now) is None
    wang.refresh_from_db()
    assert (wang.taken_over_at, wang.phone) == (None, NUMBER)
    assert User.objects.filter(pk=fresh.pk).exists()


def test_a_number_nobody_has_proved_opens_nothing(wang, now):
    fresh = accounts.sign_up(
        kind="graduate", name="王桂英", mobile=NUMBER, birth_date=wang.profile.birth_date, now=now
    )

    assert takeovers.at_sign_up(fresh, now=now) is None


def test_a_phone_of_the_family_is_nobodys_proof(wang, now):
    Villager.objects.update(phone_of="family")

    assert takeovers.at_sign_up(signed_up(wang, now), now=now) is None


def test_an_account_that_is_in_use_keeps_what_it_has(her_offer, wang, mei, now):
    fresh = signed_up(wang, now)
    fits(fresh.profile, her_offer.role)
    offers.send(her_offer.role, fresh.profile, by=mei, now=now)

    assert takeovers.at_sign_up(fresh, now=now) is None
    assert User.objects.filter(pk=fresh.pk).exists()


def test_a_number_of_her_own_is_one_persons(wang, cai, now):
    li = VillagerFactory(coordinator=cai, profile__user__name="李大山", phone="", phone_of="nobody")

    with pytest.raises(Conflict) as refused:
        villagers.change_phone(li, phone="139 0701 2345", phone_of="hers", by=cai.user)
    assert refused.value.code == "phone_is_anothers"
    assert villagers.change_phone(li, phone="139 0701 2345", phone_of="family", by=cai.user).phone == NUMBER


@pytest.fixture
def signing_up(client, settings):
    """signing_up(number, birthday) -> the pages before the code, and a way to type it."""

    def begin(number: str, birthday) -> list[str]:
        said = {
            "kind": "graduate", "name": "王桂英", "birth_date": birthday.isoformat(), "login": number,
            "password1": "", "agree": "on",
        }  # fmt: skip
        answer = client.post(reverse("account_signup"), said, follow=True, HTTP_ACCEPT_LANGUAGE="en")
        page = re.sub(r"\+86\d{11}", "", without_tokens(answer.content.decode()))
        return [*(step for step, _status in answer.redirect_chain), *page.splitlines()]

    return begin


def test_on_the_pages_nothing_differs_before_the_code(wang, client, signing_up):
    birthday = wang.profile.birth_date
    unknown = signing_up("13907019997", birthday)
    client.cookies.clear()
    assert signing_up("13907012345", birthday) == unknown
    code = re.search(r"\d{6}", OutboxItem.objects.first().text).group()
    answer = client.post(reverse("account_verify_phone"), {"code": code}, follow=True)

    assert answer.wsgi_request.user.pk == wang.profile.user_id
    assert "蔡爱兰" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_by_her_card_and_by_signing_up_at_once_she_takes_over_once(wang, now, monkeypatch):
    sent = []
    monkeypatch.setattr("profiles.services.texts.send", lambda **said: sent.append(said["text"]))
    token = by_herself.ask(wang, mobile="13807019999")
    code = re.findall(r"\d{6}", sent[0])[0]
    fresh, gate, done = signed_up(wang, now), threading.Barrier(2), []

    def run(act) -> None:
        gate.wait()
        try:
            done.append(bool(act()))
        except Gone:
            done.append(False)
        finally:
            connection.close()

    acts = (
        lambda: takeovers.by_card(wang, token=token, code=code, now=now),
        lambda: takeovers.at_sign_up(fresh, now=now),
    )
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(done) == [False, True]
    assert Entry.objects.filter(verb="taken_over_herself").count() == 1
    assert User.objects.filter(spoken_for=True).count() == 0
