"""Signing up: who may, what is made, and what is left behind when it may not be."""

from datetime import date, datetime

import pytest

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import SHANGHAI
from profiles.models import Profile, User
from profiles.services import accounts
from profiles.services.mobile import clean_mobile

NAME = {"name": "沈念", "email": "nian@people.example"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def refusal(**said) -> tuple[str, str | None]:
    with pytest.raises(Invalid) as caught:
        accounts.sign_up(**(NAME | {"kind": "graduate", "now": at("2026-12-01T09:00")} | said))
    return caught.value.code, caught.value.field


@pytest.mark.django_db
def test_a_graduate_gets_an_account_and_an_empty_profile(now):
    user = accounts.sign_up(
        kind="graduate",
        name="  沈\u200b念 ",
        email=" Nian@People.example ",
        password="two quiet rivers",
        birth_date=date(2003, 5, 17),
        mobile="138 0013 8000",
        now=now,
    )
    user.refresh_from_db()
    assert (user.name, user.email, user.mobile, user.mobile_verified, user.kind, user.joined_at) == (
        "沈念", "nian@people.example", "+8613800138000", False, "graduate", now,
    )  # fmt: skip
    assert user.check_password("two quiet rivers")
    assert (user.profile.birth_date, user.profile.listed, user.profile.simulated) == (
        date(2003, 5, 17), True, False,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_manager_gets_no_profile_and_is_asked_for_no_birth_date(now):
    user = accounts.sign_up(kind="manager", now=now, birth_date=date(2020, 1, 1), **NAME)
    assert user.kind == "manager"
    assert not Profile.objects.filter(user=user).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born", "moment", "answer"),
    [
        (date(2010, 12, 1), "2026-11-30T23:59:59", "too_young"),
        (date(2010, 12, 1), "2026-12-01T00:00:00", "in"),
        # Born on a leap day: 2028 has one, 16 years after 2012.
        (date(2012, 2, 29), "2028-02-28T23:59:59", "too_young"),
        (date(2012, 2, 29), "2028-02-29T00:00:00", "in"),
        (date(2010, 3, 1), "2026-02-28T23:59:59", "too_young"),
    ],
)
def test_the_sixteenth_birthday_begins_at_midnight_in_shanghai(born, moment, answer):
    said = NAME | {"kind": "graduate", "birth_date": born, "now": at(moment)}
    if answer == "in":
        assert accounts.sign_up(**said).profile.birth_date == born
    else:
        with pytest.raises(Invalid, match=answer):
            accounts.sign_up(**said)
        assert (User.objects.count(), Profile.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("born", "day", "minor"),
    [
        (date(2008, 12, 1), date(2026, 11, 30), True),
        (date(2008, 12, 1), date(2026, 12, 1), False),
        # 18 years after a leap day there is none: the first of March, the later reading.
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2008, 2, 29), date(2026, 3, 1), False),
    ],
)
def test_sixteen_and_seventeen_are_marked_by_the_birth_date(born, day, minor):
    assert Profile(birth_date=born).is_minor_on(day) is minor


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({}, ("birth_date_required", "birth_date")),
        ({"birth_date": date(2027, 1, 1)}, ("birth_date_impossible", "birth_date")),
        ({"birth_date": date(1890, 1, 1)}, ("birth_date_impossible", "birth_date")),
        ({"birth_date": date(2003, 1, 1), "kind": "admin"}, ("kind_unknown", "kind")),
        ({"birth_date": date(2003, 1, 1), "name": " \u200b "}, ("text_required", "name")),
        ({"birth_date": date(2003, 1, 1), "name": "a\u202eb"}, ("text_unreadable", "name")),
        ({"birth_date": date(2003, 1, 1), "name": "a\x00b"}, ("text_unreadable", "name")),
        ({"birth_date": date(2003, 1, 1), "name": "a\ud800"}, ("text_unreadable", "name")),
        ({"birth_date": date(2003, 1, 1), "name": "长" * 81}, ("text_too_long", "name")),
        ({"birth_date": date(2003, 1, 1), "name": "x" * 10_000_000}, ("text_too_long", "name")),
        ({"birth_date": date(2003, 1, 1), "email": "a@b\r\nBcc: c@d.example"}, ("email_unknown", "email")),
        ({"birth_date": date(2003, 1, 1), "mobile": "12345"}, ("mobile_unknown", "mobile")),
    ],
)
def test_what_cannot_be_right_names_its_field_and_leaves_nothing(said, answer):
    assert refusal(**said) == answer
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_an_emoji_may_be_part_of_a_name(now):
    family = "念👩\u200d🎬"
    assert accounts.sign_up(kind="manager", now=now, name=family, email="n@people.example").name == family


@pytest.mark.django_db
def test_a_taken_address_is_a_conflict_in_any_spelling(bo, now):
    with pytest.raises(Conflict, match="account_exists"):
        accounts.sign_up(kind="manager", name="另一人", email="BO@people.example", now=now)
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "138 0013 8000",
        "+86 138-0013-8000",
        "86 13800138000",
        "0086 138 0013 8000",
        "１３８００１３８０００",
    ],
)
def test_a_mobile_number_may_be_spelled_in_many_ways(typed):
    assert clean_mobile(typed) == "+8613800138000"


@pytest.mark.parametrize(
    "typed", ["", "1380013800", "12800138000", "+1 212 555 0100", "13800138000x", "1" * 500, "١٣٨٠٠١٣٨٠٠٠a"]
)
def test_other_numbers_are_refused(typed):
    with pytest.raises(Invalid, match="mobile_unknown"):
        clean_mobile(typed)


def test_a_taken_number_is_refused_without_a_reason(bo, lin_graduate):
    accounts.set_mobile(user=bo, mobile="13800138000", proved=True)
    with pytest.raises(Conflict, match="mobile_unusable"):
        accounts.set_mobile(user=lin_graduate, mobile="138 0013 8000", proved=True)
    assert lin_graduate.mobile is None
    lin_graduate.refresh_from_db()
    assert lin_graduate.mobile is None


def test_a_number_is_removed_by_herself_and_only_beside_an_address(bo, lin_graduate):
    accounts.set_mobile(user=bo, mobile="13800138000", proved=True)
    with pytest.raises(NotAllowed, match="not_yours"):
        accounts.remove_mobile(user=bo, by=lin_graduate)
    accounts.remove_mobile(user=bo, by=bo)
    bo.refresh_from_db()
    assert (bo.mobile, bo.mobile_verified) == (None, False)
    bo.email, bo.mobile = None, "+8613800138000"
    bo.save()
    with pytest.raises(Invalid, match="login_needed"):
        accounts.remove_mobile(user=bo, by=bo)
