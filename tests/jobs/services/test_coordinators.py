"""Offices begin and end, people leave, and many press at once: nobody of a village is left alone."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection

from config.errors import Conflict, NotAllowed
from jobs.models import Notice, Offer, WordForHer
from jobs.services import (
    coordinators,
    leaving,
    offers,
    villages,
)
from profiles.models import Leaving, OutboxItem, SpokenConsent, User, Villager
from profiles.queries import villages as registered
from profiles.services import villagers
from profiles.services.spoken import Heard
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import BookingFactory
from tests.factories.profiles import CoordinatorFactory, VillagerFactory, fits

HEARD = Heard(witness="王小军", witness_is="family", manner="phone")


class TestOffices:
    def test_an_admin_appoints_and_the_village_has_a_desk(self, hub, ada, now):
        office = coordinators.appoint(
            name="蔡爱兰", email="cai@village.example", mobile="", hub=hub, village_zh="桥头村", village_en="Qiaotou",
            phone="139 0701 0000", by=ada, now=now,
        )  # fmt: skip
        assert (office.user.kind, office.phone, registered.coordinator(office.user)) == (
            "village",
            "+8613907010000",
            office,
        )

    def test_only_admins_appoint_and_retire(self, hub, mei, cai, now):
        for who in (mei, cai.user):
            with pytest.raises(NotAllowed):
                coordinators.appoint(
                    name="甲", email="x@y.example", mobile="", hub=hub, village_zh="村", village_en="V",
                    phone="13907010000", by=who, now=now,
                )  # fmt: skip
            with pytest.raises(NotAllowed):
                coordinators.retire(cai, successor=None, by=who, now=now)

    def test_a_managers_address_makes_no_coordinator(self, hub, ada, mei, now):
        with pytest.raises(Conflict) as refused:
            coordinators.appoint(
                name="梅", email=mei.email, mobile="", hub=hub, village_zh="村", village_en="V", phone="13907010000",
                by=ada, now=now,
            )  # fmt: skip
        assert refused.value.code == "account_exists"

    def test_her_people_are_handed_on_and_told(self, cai, wang, hub, ada, now):
        zhou = CoordinatorFactory(hub=hub, user__name="周", phone="+8613907019999")
        with pytest.raises(Conflict) as refused:
            coordinators.retire(cai, successor=None, by=ada, now=now)
        assert refused.value.code == "successor_needed"
        assert coordinators.retire(cai, successor=zhou, by=ada, now=now) == 1
        wang.refresh_from_db()
        notice = Notice.objects.get(recipient=wang.profile.user)
        assert (wang.coordinator, notice.kind, notice.facts["coordinator"]) == (zhou, "village_news", "周")
        assert registered.coordinator(cai.user) is None

    def test_a_coordinator_leaves_only_after_the_office_has_ended(self, cai, ada, now):
        with pytest.raises(Conflict) as refused:
            leaving.ask(user=cai.user, by=cai.user, now=now)
        assert refused.value.code == "coordinator_first_retires"
        coordinators.retire(cai, successor=None, by=ada, now=now)
        leaving.ask(user=cai.user, by=cai.user, now=now)
        assert leaving.erase(Leaving.objects.get().pk, now=now + timedelta(days=15))
        cai.refresh_from_db()
        assert cai.phone == ""


class TestLeaving:
    def test_on_her_word_everything_about_her_is_deleted(self, wang, cai, her_offer, now):
        OutboxItem.objects.create(channel="sms", recipient=wang.phone, text="王桂英")
        villagers.issue_code(wang, by=cai.user, now=now)
        wish = villages.ask_leaving(wang, heard=HEARD, by=cai.user, now=now)
        assert Offer.objects.get().state == "declined"
        assert leaving.erase(wish.pk, now=now + timedelta(days=15))

        user = User.objects.get(pk=wang.profile.user_id)
        assert (user.name, user.spoken_for, Villager.objects.count(), OutboxItem.objects.count()) == (
            leaving.NOBODY,
            False,
            0,
            0,
        )
        assert [c.purpose for c in SpokenConsent.objects.all()] == ["leaving"]

    def test_she_may_change_her_mind(self, wang, cai, now):
        villages.ask_leaving(wang, heard=HEARD, by=cai.user, now=now)
        villages.take_leaving_back(wang, heard=HEARD, by=cai.user, now=now)
        wang.profile.refresh_from_db()
        assert (wang.profile.listed, Leaving.objects.get().taken_back_at) == (True, now)


@pytest.mark.django_db(transaction=True)
def test_of_many_presses_one_answers(shoot, extras, wang, cai, mei, now):
    fits(wang.profile, extras)
    her_offer = offers.send(extras, wang.profile, by=mei, now=now)
    results, start = [], threading.Barrier(8)

    def press(accepts: bool) -> None:
        start.wait()
        try:
            villages.answer(
                Offer.objects.get(pk=her_offer.pk), accepts=accepts, heard=HEARD, by=cai.user, now=now
            )
            results.append("done")
        except Conflict as refused:
            results.append(refused.code)
        finally:
            connection.close()

    presses = [threading.Thread(target=press, args=(number % 2 == 0,)) for number in range(8)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert sorted(results) == ["done"] + ["offer_not_open"] * 7
    assert (WordForHer.objects.count(), SpokenConsent.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_registering_while_an_office_ends_leaves_nobody_alone(hub, ada, now):
    cai, zhou = CoordinatorFactory(hub=hub), CoordinatorFactory(hub=hub)
    VillagerFactory(coordinator=cai)
    extra = RoleTypeFactory(category="extras")
    start, results = threading.Barrier(2), []

    def run(act) -> None:
        start.wait()
        try:
            act()
            results.append("done")
        except (NotAllowed, Conflict, IntegrityError) as refused:
            results.append(type(refused).__name__)
        finally:
            connection.close()

    told = villagers.Told(
        name="新来", birth_date=date(1970, 1, 1), phone="", phone_of="nobody", wanted_roles=[extra]
    )
    acts = (
        lambda: coordinators.retire(cai, successor=zhou, by=ada, now=now),
        lambda: villagers.register(told=told, heard=HEARD, contact=True, by=cai.user, now=now),
    )
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert "done" in results
    assert not Villager.objects.filter(
        coordinator__retired_at__isnull=False, taken_over_at__isnull=True
    ).exists()


def test_a_crew_reaches_her_as_she_said(extras, wang, cai, mei, now, client):
    """Her own number only after a yes to that; her coordinator's in any case; both only once she is booked."""
    booking = BookingFactory(role=extras, profile=wang.profile)
    client.force_login(mei)
    address = f"/bookings/{booking.pk}/contact/"
    shown = client.post(address).content.decode()
    assert ("139 0701 2345" in shown, "139 0701 0000" in shown, "蔡爱兰" in shown) == (False, True, True)
    villagers.say_contact(wang, agreed=True, heard=HEARD, by=cai.user, now=now)
    assert "139 0701 2345" in client.post(address).content.decode()
    assert "139 0701 0000" not in client.get(address).content.decode()
