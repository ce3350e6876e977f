"""Pages around finding work: the list by shoot, saved searches, the chain, the ladder, trades."""

import re
from datetime import date

import pytest
from psycopg.types.range import DateRange

from jobs.enums import ShootState
from jobs.models import Application, ChainPlan, SavedSearch, Shoot
from tests.factories.hubs import JobFairFactory, ProgrammeFactory, RoleTypeFactory, SkillFactory, StepFactory
from tests.factories.jobs import (
    BookingFactory,
    ChainPlanFactory,
    RoleFactory,
    SavedSearchFactory,
    ShootFactory,
)
from tests.factories.profiles import CreditFactory, ProfileSkillFactory

pytestmark = pytest.mark.django_db


# -- the list ---------------------------------------------------------------------------------------------


def test_a_shoot_of_twenty_roles_takes_one_place_on_the_list(page, text, role, crew):
    for _n in range(19):
        RoleFactory(shoot=role.shoot)
    other = RoleFactory(shoot=ShootFactory(crew=crew, title="长安来信"))
    answer = page(None, "/roles/")
    titles = re.findall(r'shoot-card__title">([^<]+)<', answer.content.decode())
    assert titles == ["雨夜归人", other.shoot.title]
    assert "and 17 more roles of this shoot" in text(answer)
    assert "21 open roles on 2 shoots" in text(answer)
    whole = page(None, f"/roles/?shoot={role.shoot_id}")
    assert whole.content.decode().count('class="role-line"') == 20


def test_a_condition_can_be_taken_away(page, role):
    body = page(None, "/roles/?q=light&hub=zhengzhou&lodging=on").content.decode()
    links = re.findall(r'class="chip" href="([^"]+)"', body)
    assert links == ["?hub=zhengzhou&amp;lodging=on", "?q=light&amp;lodging=on", "?q=light&amp;hub=zhengzhou"]


# -- saved searches ---------------------------------------------------------------------------------------


def test_a_search_is_kept_from_the_list_renamed_and_forgotten(page, text, bo, role):
    assert "Keep this search" in text(page(bo, "/roles/?hub=zhengzhou&min_rate=300"))
    kept = page(bo, "/my/searches/save/", post={"hub": "zhengzhou", "min_rate": "300", "alert": "at_once"})
    assert kept.headers["Location"] == "/my/searches/"
    saved = SavedSearch.objects.get()
    assert (saved.profile, saved.name, saved.alert) == (bo.profile, "Zhengzhou · from ¥300 a day", "at_once")
    assert "You keep this search as “Zhengzhou · from ¥300 a day”." in text(
        page(bo, "/roles/?hub=zhengzhou&min_rate=300")
    )
    assert 'href="/roles/?hub=zhengzhou&amp;min_rate=300"' in page(bo, "/my/searches/").content.decode()
    page(bo, f"/my/searches/{saved.pk}/change/", post={"name": "家门口", "alert": "never"})
    saved.refresh_from_db()
    assert (saved.name, saved.alert) == ("家门口", "never")
    page(bo, f"/my/searches/{saved.pk}/forget/", post={})
    assert not SavedSearch.objects.exists()
    assert "You keep no search yet" in text(page(bo, "/my/searches/"))


def test_an_empty_search_is_refused_in_words(page, text, bo):
    refused = page(bo, "/my/searches/save/", post={"alert": "daily"})
    assert (refused.status_code, "Choose at least one filter" in text(refused)) == (400, True)


def test_nobody_touches_the_search_of_another(page, bo, lin_graduate):
    saved = SavedSearchFactory(profile=bo.profile)
    for act in ("change", "forget"):
        assert page(lin_graduate, f"/my/searches/{saved.pk}/{act}/", post={"name": "x"}).status_code == 404
    assert SavedSearch.objects.filter(pk=saved.pk).exists()


# -- the chain --------------------------------------------------------------------------------------------


@pytest.fixture
def second(role):
    days = DateRange(date(2026, 12, 20), date(2026, 12, 26))
    shoot = ShootFactory(crew=role.shoot.crew, base=role.shoot.base, days=days, title="渡口")
    return RoleFactory(shoot=shoot, role_type=role.role_type, headcount=1, day_rate=500)


def test_a_plan_is_shown_held_and_let_go(page, text, fitting_bo, role, second):
    words = text(page(fitting_bo, "/my/chain/?for=days"))
    assert "Paid days 13 / 30" in words
    assert "Hold this plan: 2 shoots, ¥5,450" in words
    held = page(fitting_bo, "/my/chain/hold/", post={"role": [role.pk, second.pk], "aim": "days"})
    assert held.headers["Location"] == "/my/chain/#held"
    words = text(page(fitting_bo, "/my/chain/"))
    assert ("The plan you hold" in words, "This is the plan you hold." in words) == (True, True)
    assert Application.objects.filter(profile=fitting_bo.profile, state="sent").count() == 2
    page(fitting_bo, "/my/chain/release/", post={})
    assert not ChainPlan.objects.filter(released_at=None).exists()


def test_a_shoot_that_was_taken_shows_and_the_rest_is_planned_anew(page, text, fitting_bo, role, second):
    ChainPlanFactory(profile=fitting_bo.profile, roles=[role, second])
    BookingFactory(role=second)
    spare = RoleFactory(shoot=second.shoot, role_type=role.role_type, day_rate=310)
    words = text(page(fitting_bo, "/my/chain/"))
    for said in ("has a hole", "taken by others", "Below is the best plan now"):
        assert said in words
    body = page(fitting_bo, "/my/chain/").content.decode()
    assert re.findall(r'name="role" value="(\d+)"', body) == [str(role.pk), str(spare.pk)]


def test_without_anything_open_the_page_says_what_to_do(page, text, bo):
    assert "No open shoot fits into these thirty days" in text(page(bo, "/my/chain/"))


@pytest.mark.parametrize("query", ["?for=days", "?for=pay", "?for=score", "?for=fame", ""])
def test_each_aim_has_its_page(page, fitting_bo, role, query):
    assert page(fitting_bo, f"/my/chain/{query}").status_code == 200


# -- the ladder -------------------------------------------------------------------------------------------


def test_the_ladder_counts_served_days_and_names_what_is_missing(page, text, fitting_bo, role):
    best_boy = RoleTypeFactory(name_en="Best boy")
    held, missing = SkillFactory(name_en="Cables"), SkillFactory(name_en="Rigging lights")
    best_boy.typical_skills.set([held, missing])
    StepFactory(below=role.role_type, above=best_boy, days_below=60)
    ProfileSkillFactory(profile=fitting_bo.profile, skill=held)
    programme = ProgrammeFactory(name_en="Light school")
    programme.teaches.add(missing)
    JobFairFactory(name_en="Spring fair", days=DateRange(date(2027, 3, 1), date(2027, 3, 3)))
    JobFairFactory(name_en="Old fair", days=DateRange(date(2026, 3, 1), date(2026, 3, 3)))
    CreditFactory(profile=fitting_bo.profile, role_type=role.role_type, days_served=7, reference="booking:1")
    CreditFactory(profile=fitting_bo.profile, role_type=role.role_type, days_served=40)
    RoleFactory(shoot=role.shoot, role_type=best_boy)

    words = text(page(fitting_bo, "/my/ladder/"))

    for said in (
        "7 days served on set so far",
        "40 days more by your own account",
        "7 of about 60 days",
        "Rigging lights",
        "Light school",
        "Spring fair",
        "1 open role of this trade",
    ):
        assert said in words
    assert ("Cables" in words, "Old fair" in words) == (False, False)


def test_a_trade_has_a_page_with_both_directions(page, text, role):
    above, below = RoleTypeFactory(name_en="Best boy"), RoleTypeFactory(name_en="Set hand")
    StepFactory(below=role.role_type, above=above)
    StepFactory(below=below, above=role.role_type, days_below=20)
    words = text(page(None, f"/trades/{role.role_type.code}/"))
    assert words.index("Where it leads") < words.index("Best boy") < words.index("Where people come from")
    assert "after about 20 days on set" in words
    assert page(None, "/trades/nothing/").status_code == 404
    assert "Lighting assistant" in text(page(None, "/trades/"))


# -- the front page ---------------------------------------------------------------------------------------


def test_the_front_page_shows_a_crew_that_fills(page, text, role, shoot, bo):
    BookingFactory(role=role, profile=bo.profile)
    words = text(page(None, "/"))
    assert "雨夜归人 Zhengzhou · 1 of 2 booked" in words
    Shoot.objects.filter(pk=shoot.pk).update(state=ShootState.CANCELLED)
    assert "booked" not in text(page(None, "/")).split("For graduates")[0]
