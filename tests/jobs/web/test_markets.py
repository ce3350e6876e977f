"""Market runs on the admin's pages."""

import pytest

from jobs.enums import Right, RunState, WorkKind
from jobs.models import MarketRun, MatchRun, RoleSkill, WorkItem
from jobs.services import work
from profiles.models import ProfileSkill
from tests.factories.hubs import SkillFactory
from tests.factories.jobs import (
    MarketRunFactory,
    MatchFactory,
    MatchRunFactory,
    MembershipFactory,
    RoleFactory,
    RoleSkillFactory,
)
from tests.factories.profiles import ProfileFactory, UserFactory, fits

pytestmark = pytest.mark.django_db

FAIR = {
    "people": 90, "placed": 3, "placements": 3, "first_timers": 40, "first_timers_placed": 1,
    "first_timer_share": 0.3333, "entry_share": 0.5,
    "waiting": [
        {"days": 0, "people": 50, "placed": 1, "standby": 2}, {"days": 30, "people": 40, "placed": 2, "standby": 9},
    ],
    "reasons": {"better_elsewhere": 7, "lot": 2}, "passed_over": [],
}  # fmt: skip


def test_an_admin_starts_a_hub_and_is_led_to_its_progress(page, text, ada, hub, role):
    listed = text(page(ada, "/markets/"))
    assert "Zhengzhou" in listed
    asked = page(ada, "/markets/ask/", post={"where": "zhengzhou"})
    run = MarketRun.objects.get()
    assert asked.headers["Location"] == f"/markets/{run.pk}/"
    assert (run.hub, run.asked_by, run.slots) == (hub, ada, 2)
    assert WorkItem.objects.filter(kind=WorkKind.CLEAR_MARKET, subject_id=run.pk).count() == 1

    MarketRun.objects.filter(pk=run.pk).update(
        state=RunState.RUNNING, phase="prices", done=3, total=85, people=1200, shoots=4
    )
    progress = page(ada, f"/markets/{run.pk}/", htmx=True)
    assert 'hx-trigger="every 1s"' in progress.content.decode()
    assert 'max="85" value="3"' in progress.content.decode()
    assert "1,200 people are weighed for 2 places on 4 shoots." in text(progress)
    assert progress.headers["Cache-Control"] == "no-store"
    assert "HX-Refresh" not in progress.headers

    assert page(ada, f"/markets/{run.pk}/cancel/", post={}).status_code == 302
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert page(ada, f"/markets/{run.pk}/", htmx=True).headers["HX-Refresh"] == "true"


def test_the_whole_country_and_places_that_do_not_exist(page, ada, role):
    assert page(ada, "/markets/ask/", post={"where": "everywhere"}).status_code == 302
    assert MarketRun.objects.get().hub is None
    assert page(ada, "/markets/ask/", post={"where": "atlantis"}).status_code == 404
    assert page(ada, "/markets/ask/", post={}).status_code == 404


def test_a_finished_run_says_how_good_it_is_and_what_was_withheld_and_why(page, text, ada, hub, shoot, role):
    breach = {"rule": "booked", "facts": {"person": 12, "role": role.pk}}
    run = MarketRunFactory(
        hub=hub, shoots=2, slots=9, filled=7, people=1200, gap=0.000173, warm=True, memory_mb=210, withheld=1,
        breaches=[breach], fairness=FAIR,
    )  # fmt: skip
    MatchRunFactory(market=run, shoot=shoot, slots=9, filled=7)
    MatchRunFactory(market=run, state=RunState.QUARANTINED, breaches=[breach])
    said = text(page(ada, f"/markets/{run.pk}/"))
    for words in (
        "within 0.018% of the best possible plan",
        "warm, from the last prices",
        "210 MB",
        "1 shoot withheld, the others proposed",
        f"booked on these days booked person=12 role={role.pk}",
        "33.3% of the proposals go to people for whom it would be the first job.",
        "Of 40 people who have waited for a month or longer, 2 are proposed.",
        "7 are proposed for a role that suits them better",
        "雨夜归人",
    ):
        assert words in said


@pytest.mark.parametrize("runs", [1, 3])
def test_the_pages_cost_the_same_for_one_run_and_three(
    page, ada, hub, shoot, runs, django_assert_num_queries
):
    for _ in range(runs):
        run = MarketRunFactory(hub=hub)
    for _ in range(runs):
        MatchRunFactory(market=run)
        RoleFactory(shoot=shoot)
    page(ada, "/markets/")
    with django_assert_num_queries(6):
        page(ada, "/markets/")
    with django_assert_num_queries(5):
        page(ada, f"/markets/{run.pk}/")


def test_a_managers_page_of_her_part_tells_of_the_hub_but_not_of_others(
    page, text, mei, lin, hub, shoot, role
):
    market = MarketRunFactory(hub=hub, shoots=12, gap=0.0002, fairness=FAIR)
    run = MatchRunFactory(
        shoot=shoot, market=market, slots=2, filled=0,
        unfilled=[{"role": role.pk, "slots": 2, "reason": "taken_elsewhere", "eligible": 2}],
    )  # fmt: skip
    theirs = MatchRunFactory(market=market)
    said = text(page(mei, f"/runs/{run.pk}/"))
    assert "Matched together with all 12 open shoots in Zhengzhou" in said
    assert "within 0.02% of the best possible plan" in said
    assert "Lighting assistant 2 places · 2 eligible, both wanted by others" in said
    assert f"#{market.pk}" not in said
    assert page(mei, f"/runs/{theirs.pk}/").status_code == 404
    assert page(mei, f"/markets/{market.pk}/").status_code == 403


def test_the_run_page_and_the_board_show_what_is_different(page, text, mei, shoot, role):
    before, now = MatchRunFactory(shoot=shoot), MatchRunFactory(shoot=shoot, slots=2, filled=1)
    gone = MatchFactory(run=before, role=role)
    come = MatchFactory(run=now, role=role)
    said = text(page(mei, f"/runs/{now.pk}/"))
    assert "What is different 1 new · 0 in another role · 1 no longer proposed · 0 as before" in said
    assert f"New: {come.profile.user.name}" in said
    assert f"No longer proposed: {gone.profile.user.name}" in said
    assert "Since the last match: 1 new · 1 no longer proposed" in text(page(mei, f"/shoots/{shoot.pk}/"))
    review = text(page(mei, f"/shoots/{shoot.pk}/roles/{role.pk}/"))
    assert f"{come.profile.user.name} new" in review


def test_what_a_requirement_costs_is_one_tap_from_being_eased(page, text, mei, shoot, role, now):
    viewer = MembershipFactory(crew=shoot.crew, right=Right.VIEWER).user
    gimbal = SkillFactory(code="gimbal", name_zh="稳定器", name_en="gimbal")
    RoleSkillFactory(role=role, skill=gimbal, level=2)
    for n in range(3):
        person = fits(ProfileFactory(), role)
        if n:
            ProfileSkill.objects.filter(profile=person).delete()
    page(mei, f"/shoots/{shoot.pk}/match/", post={})
    work.perform(WorkItem.objects.get(kind=WorkKind.RUN_MATCH).pk, now=now)
    assert MatchRun.objects.get().filled == 1
    assert "only 1 person meets all its requirements" in text(
        page(mei, f"/runs/{MatchRun.objects.get().pk}/")
    )

    address = f"/shoots/{shoot.pk}/roles/{role.pk}/"
    said = text(page(mei, address))
    assert "1 person may take this role today." in said
    assert "without the skill “gimbal” 1 becomes 3 Make it a wish" in said
    assert "Make it a wish" not in text(page(viewer, address))
    assert page(mei, f"{address}ease/", post={"skill": "gimbal"}).status_code == 302
    assert RoleSkill.objects.get(role=role).must is False
    assert page(mei, f"{address}ease/", post={"skill": "gimbal"}).status_code in (302, 409)
    assert page(mei, f"{address}ease/", post={"skill": "nothing"}).status_code == 404

    away = text(page(mei, f"{address}?who={person.user.name}"))
    assert "Cannot take this role:" in away
    assert "without a skill that is a must" in away
    assert "Nobody called “nobody”" in text(page(mei, f"{address}?who=nobody"))


def test_who_was_passed_over_is_named_to_admins_alone(page, text, ada, mei, hub, shoot, role):
    """Bai is needed more on another crew's shoot: Mei must not read what others propose."""
    an, bai, chen = (ProfileFactory(user=UserFactory(name=name)) for name in ("安", "白", "陈"))
    elsewhere = RoleFactory(shoot__title="山河")
    line = {"role_id": role.pk, "placed_id": an.pk, "placed_score": 500}
    report = FAIR | {
        "passed_over": [
            line | {"person_id": bai.pk, "score": 530, "why": "needed_elsewhere", "other_role_id": elsewhere.pk},
            line | {"person_id": chen.pk, "score": 500, "why": "lot", "other_role_id": None},
            line | {"person_id": 999_999, "score": 500, "why": "lot", "other_role_id": None},
            line | {"person_id": bai.pk, "score": 500, "why": "gap", "other_role_id": None, "role_id": elsewhere.pk},
        ]
    }  # fmt: skip
    market = MarketRunFactory(hub=hub, shoots=2, fairness=report)
    part = MatchRunFactory(shoot=shoot, market=market, slots=2, filled=2)
    name, other = role.role_type.name_en, elsewhere.role_type.name_en

    whole = text(page(ada, f"/markets/{market.pk}/"))
    hers = text(page(ada, f"/runs/{part.pk}/"))
    managers = text(page(mei, f"/runs/{part.pk}/"))

    mine = (
        f"白 {name} {shoot.title} · {shoot.crew.name} 530 安 500 is needed more as {other} · 山河 on the same days "
        f"陈 {name} {shoot.title} · {shoot.crew.name} 500 安 500 the same points; the lot decided"
    )
    assert "3 of them by name" in whole
    assert mine in whole
    assert f"白 {other} 山河" in whole
    assert "2 of them by name" in hers
    assert mine in hers
    assert f"白 {other} 山河" not in hers
    assert "How fairly it chose" in managers
    assert [word for word in ("by name", "白", "陈", "山河") if word in managers] == []
