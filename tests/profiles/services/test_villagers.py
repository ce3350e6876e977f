"""Registering somebody without a smartphone: what is written, what is refused, and what the card opens."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import shoot_day_of
from profiles import policies
from profiles.models import Availability, Consent, Coordinator, SpokenConsent, User, Villager
from profiles.models.village_code import hashed, in_fours, new_code, typed
from profiles.queries import villages as questions
from profiles.services import accounts, takeovers, villagers
from profiles.services.spoken import Heard
from profiles.services.villagers import Told
from tests.factories.hubs import RoleTypeFactory
from tests.factories.profiles import CoordinatorFactory, ManagerFactory, VillagerFactory

HEARD = Heard(witness="王小军", witness_is="family")


@pytest.fixture
def extra(db):
    return RoleTypeFactory(code="extra", name_zh="群众演员", name_en="Extra", category="extras")


@pytest.fixture
def cai(hub):
    """The coordinator of a village."""
    return CoordinatorFactory(hub=hub, user__name="蔡爱兰")


@pytest.fixture
def grandma(extra):
    """What Grandma Wang says of herself."""
    return Told(
        name="王桂英",
        birth_date=date(1955, 8, 12),
        phone="139 0701 2345",
        phone_of="hers",
        sex="female",
        day_rate_floor=80,
        wanted_roles=[extra],
    )


def test_grandma_wang_is_registered_with_what_she_said_aloud(cai, grandma, extra, hub, now):
    wang = villagers.register(told=grandma, heard=HEARD, contact=False, by=cai.user, now=now)

    user = wang.profile.user
    assert (user.name, user.kind, user.email, user.mobile, user.spoken_for, user.has_usable_password()) == (
        "王桂英",
        "graduate",
        None,
        None,
        True,
        False,
    )
    assert (wang.coordinator, wang.phone, wang.phone_of, wang.code_hash) == (
        cai,
        "+8613907012345",
        "hers",
        None,
    )
    assert [each.role_type for each in wang.profile.wanted.all()] == [extra]
    assert (wang.profile.home_hub, wang.profile.listed, wang.profile.playable_age_min) == (hub, True, 63)
    assert [(c.purpose, c.agreed, c.witness, c.asked_by, c.at) for c in questions.consents(wang)] == [
        ("contact", False, "王小军", cai.user, now),
        ("registration", True, "王小军", cai.user, now),
    ]
    assert set(Consent.objects.filter(user=user).values_list("purpose", flat=True)) == {"terms", "matching"}
    assert accounts.by_login(mobile="+8613907012345") is None


@pytest.mark.parametrize(
    ("changed", "heard", "code", "field"),
    [
        ({"birth_date": date(2010, 12, 2)}, HEARD, "too_young", "birth_date"),
        ({"birth_date": date(2009, 12, 2)}, HEARD, "guardian_needed", "witness_is"),
        ({"phone": ""}, HEARD, "phone_needed", "phone"),
        ({"phone": "0701 123"}, HEARD, "mobile_unknown", "phone"),
        ({"phone_of": "dog"}, HEARD, "phone_needed", "phone_of"),
        ({"wanted_roles": []}, HEARD, "wish_needed", "wanted_roles"),
        ({"name": " "}, HEARD, "text_required", "name"),
        ({}, Heard(witness=" ", witness_is="other"), "witness_needed", "witness"),
        ({}, Heard(witness="蔡爱兰", witness_is="other"), "witness_alone", "witness"),
        ({}, Heard(witness="王小军", witness_is="cat"), "manner_unknown", "manner"),
    ],
)
def test_what_cannot_be_right_is_refused_and_leaves_nobody(cai, grandma, now, changed, heard, code, field):
    told = Told(**{**vars(grandma), **changed})
    with pytest.raises(Invalid) as refused:
        villagers.register(told=told, heard=heard, contact=True, by=cai.user, now=now)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert (Villager.objects.count(), User.objects.filter(spoken_for=True).count()) == (0, 0)


def test_at_seventeen_a_guardian_has_to_hear_it(cai, grandma, now):
    told = Told(**{**vars(grandma), "birth_date": date(2009, 12, 2)})
    heard = Heard(witness="王小军", witness_is="guardian")
    assert villagers.register(told=told, heard=heard, contact=True, by=cai.user, now=now).pk


def test_the_same_person_twice_is_asked_about_first(cai, grandma, hub, now):
    villagers.register(told=grandma, heard=HEARD, contact=True, by=cai.user, now=now)
    other = CoordinatorFactory(hub=hub, user__name="李")
    with pytest.raises(Conflict) as refused:
        villagers.register(told=grandma, heard=HEARD, contact=True, by=other.user, now=now)
    assert (refused.value.code, refused.value.facts["name"]) == ("villager_alike", "王桂英")
    with pytest.raises(Conflict) as refused:
        villagers.register(told=grandma, heard=HEARD, contact=True, by=other.user, now=now, though_alike=True)
    assert refused.value.code == "phone_is_anothers"
    shared = replace(grandma, phone_of="family")
    villagers.register(told=shared, heard=HEARD, contact=True, by=other.user, now=now, though_alike=True)
    assert Villager.objects.count() == 2


def test_only_a_coordinator_in_office_registers(cai, grandma, mei, ada, now):
    Coordinator.objects.filter(pk=cai.pk).update(retired_at=now)
    for who in (mei, ada, cai.user):
        with pytest.raises(NotAllowed) as refused:
            villagers.register(told=grandma, heard=HEARD, contact=True, by=who, now=now)
        assert refused.value.code == "coordinators_only"


def test_the_card_opens_her_page_until_a_new_one_is_made(cai, now):
    wang = VillagerFactory(coordinator=cai)
    first = villagers.issue_code(wang, by=cai.user, now=now)
    assert questions.by_code(in_fours(first)) == wang
    assert wang.code_hash == hashed(first)
    second = villagers.issue_code(wang, by=cai.user, now=now)
    assert (questions.by_code(first), questions.by_code(second)) == (None, wang)


def test_a_stranger_makes_no_card_and_changes_nothing(cai, hub, ada, now):
    wang, other = VillagerFactory(coordinator=cai), CoordinatorFactory(hub=hub)
    for who in (other.user, ada, ManagerFactory(), wang.profile.user):
        for act in (
            lambda who: villagers.issue_code(wang, by=who, now=now),
            lambda who: villagers.change_phone(wang, phone="13907010001", phone_of="hers", by=who),
            lambda who: villagers.say_contact(wang, agreed=True, heard=HEARD, by=who, now=now),
            lambda who: villagers.set_days(wang, days={}, by=who, today=shoot_day_of(now)),
        ):
            with pytest.raises(NotAllowed):
                act(who)


def test_free_days_are_set_within_four_weeks(cai, now):
    wang, today = VillagerFactory(coordinator=cai), shoot_day_of(now)
    far = today + timedelta(days=40)
    villagers.set_days(wang, days={today: "day", far: "day"}, by=cai.user, today=today)
    assert [(row.days.lower, row.days.upper, row.part) for row in Availability.objects.all()] == [
        (today, today + timedelta(days=1), "day")
    ]


def test_list_and_question_of_the_policy_agree(cai, hub, ada, mei):
    hers, others = VillagerFactory(coordinator=cai), VillagerFactory(coordinator=CoordinatorFactory(hub=hub))
    for who in (cai.user, others.coordinator.user, ada, mei):
        seen = set(policies.visible_villagers(who))
        assert {each for each in (hers, others) if policies.may_see_villager(who, each)} == seen
    assert set(policies.visible_villagers(cai.user)) == {hers}
    assert [policies.may_speak_for(who, hers) for who in (cai.user, others.coordinator.user, ada, mei)] == [
        True,
        False,
        False,
        False,
    ]


class TestTakingOver:
    def test_she_proves_a_number_and_nobody_speaks_for_her_any_more(self, cai, now, monkeypatch):
        wang = VillagerFactory(coordinator=cai)
        villagers.issue_code(wang, by=cai.user, now=now)
        sent = []
        monkeypatch.setattr("profiles.services.texts.send", lambda **said: sent.append(said))
        token = takeovers.ask(wang, mobile="138 0701 9999")
        code = re.findall(r"\d{6}", sent[0]["text"])[0]
        assert (sent[0]["to"], len(code), code in token) == ("+8613807019999", 6, False)

        with pytest.raises(Invalid) as refused:
            takeovers.finish(wang, token=token, code="000000" if code != "000000" else "1", now=now)
        assert refused.value.code == "take_over_code"
        user = takeovers.finish(wang, token=token, code=code, now=now)

        wang.refresh_from_db()
        assert (user.mobile, user.mobile_verified, user.spoken_for) == ("+8613807019999", True, False)
        assert (wang.taken_over_at, wang.code_hash, wang.phone) == (now, None, "")
        assert accounts.by_login(mobile="+8613807019999") == user
        assert not policies.may_speak_for(cai.user, wang)

    def test_a_number_somebody_signs_in_with_cannot_be_taken(self, cai, now, monkeypatch, bo):
        User.objects.filter(pk=bo.pk).update(mobile="+8613807019999")
        wang = VillagerFactory(coordinator=cai)
        sent = []
        monkeypatch.setattr("profiles.services.texts.send", lambda **said: sent.append(said["text"]))
        token = takeovers.ask(wang, mobile="13807019999")
        code = re.findall(r"\d{6}", sent[0])[0]
        with pytest.raises(Conflict) as refused:
            takeovers.finish(wang, token=token, code=code, now=now)
        wang.refresh_from_db()
        assert (refused.value.code, wang.taken_over_at) == ("mobile_unusable", None)

    def test_the_paper_of_one_person_is_of_no_use_for_another(self, cai, now, monkeypatch):
        wang, li = VillagerFactory(coordinator=cai), VillagerFactory(coordinator=cai)
        sent = []
        monkeypatch.setattr("profiles.services.texts.send", lambda **said: sent.append(said["text"]))
        token = takeovers.ask(wang, mobile="13807019999")
        code = re.findall(r"\d{6}", sent[0])[0]
        with pytest.raises(Invalid):
            takeovers.finish(li, token=token, code=code, now=now)


class TestTheDatabase:
    def test_what_was_said_stays_as_it_was_said(self, cai, grandma, now):
        villagers.register(told=grandma, heard=HEARD, contact=True, by=cai.user, now=now)
        for act in (
            lambda: SpokenConsent.objects.update(agreed=False),
            lambda: SpokenConsent.objects.all().delete(),
        ):
            with pytest.raises(IntegrityError, match="stays as it was said"), transaction.atomic():
                act()

    def test_a_retired_coordinator_holds_nobody(self, cai, now):
        VillagerFactory(coordinator=cai)
        with pytest.raises(IntegrityError), transaction.atomic():
            Coordinator.objects.filter(pk=cai.pk).update(retired_at=now)
        Villager.objects.update(taken_over_at=now)
        Coordinator.objects.filter(pk=cai.pk).update(retired_at=now)
        with pytest.raises(IntegrityError), transaction.atomic():
            VillagerFactory(coordinator=cai)

    @pytest.mark.parametrize(
        "wrong", [{"email": "a@b.example"}, {"mobile": "+8613807010000"}, {"kind": "manager"}]
    )
    def test_who_is_spoken_for_has_no_login(self, cai, wrong):
        wang = VillagerFactory(coordinator=cai)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=wang.profile.user_id).update(**wrong)

    def test_a_phone_is_somebodys(self, cai):
        for wrong in ({"phone": "", "phone_of": "hers"}, {"phone": "+8613807010000", "phone_of": "nobody"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                VillagerFactory(coordinator=cai, **wrong)


@given(st.integers(0, 10**15 - 1), st.integers(0, 15), st.integers(1, 9))
def test_every_single_slip_of_the_hand_is_noticed(number, place, off):
    drawn = f"{number:015d}"
    code = next(drawn + str(digit) for digit in range(10) if typed(drawn + str(digit)))
    wrong = code[:place] + str((int(code[place]) + off) % 10) + code[place + 1 :]
    assert (typed(in_fours(code)), typed(wrong)) == (code, None)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(text):
    read = typed(text)
    assert read is None or (len(read) == 16 and read.isdigit() and read.isascii())


def test_codes_are_drawn_anew():
    assert len({new_code() for _each in range(200)}) == 200
