import pytest
from django.utils import timezone

from jobs.enums import MatchState, OfferState, RunState, WorkKind
from jobs.models import Match, MatchRun, Offer, WorkItem
from jobs.services import work
from tests.factories.jobs import ApplicationFactory, MatchFactory, MatchRunFactory, RoleFactory
from tests.factories.profiles import ProfileFactory, fits

pytestmark = pytest.mark.django_db


def solve(run) -> None:
    """Do the piece of work that the page has asked for."""
    item = WorkItem.objects.get(kind=WorkKind.RUN_MATCH, subject_id=run.pk)
    assert work.perform(item.pk, now=timezone.now())


def test_from_match_to_offers(page, text, mei, fitting_bo, role, shoot):
    """The main road of a manager: Match, progress, review, count, send."""
    asked = page(mei, f"/shoots/{shoot.pk}/match/", post={})
    run = MatchRun.objects.get()
    assert asked.headers["Location"] == f"/runs/{run.pk}/"
    assert 'hx-trigger="every 1s"' in page(mei, f"/runs/{run.pk}/").content.decode()
    assert "Watch the match run" in text(page(mei, f"/shoots/{shoot.pk}/"))

    solve(run)
    ready = page(mei, f"/runs/{run.pk}/", htmx=True)
    assert "hx-trigger" not in ready.content.decode()
    assert "1 of 2 places have a proposal" in text(ready)
    review = text(page(mei, f"/shoots/{shoot.pk}/roles/{role.pk}/"))
    assert "博" in review
    assert "lives in Zhengzhou" in review
    assert "Send 1 offer" in text(page(mei, f"/shoots/{shoot.pk}/"))

    check = text(page(mei, f"/shoots/{shoot.pk}/send-offers/"))
    assert "1 person is told at once, here and by e-mail." in check
    assert "1 place stays empty: nobody fits it." in check
    assert Offer.objects.count() == 0
    assert page(mei, f"/shoots/{shoot.pk}/send-offers/", post={}).status_code == 302
    assert list(Offer.objects.values_list("profile", "state")) == [(fitting_bo.profile.pk, OfferState.OPEN)]


def test_a_second_match_beside_the_first_is_refused(page, text, mei, fitting_bo, shoot):
    page(mei, f"/shoots/{shoot.pk}/match/", post={})
    again = page(mei, f"/shoots/{shoot.pk}/match/", post={})
    assert (again.status_code, "is running already" in text(again)) == (409, True)


def test_nothing_to_send_before_a_match(page, text, mei, shoot):
    answer = page(mei, f"/shoots/{shoot.pk}/send-offers/")
    assert (answer.status_code, "Press Match first" in text(answer)) == (409, True)


@pytest.mark.parametrize("path", ["match/", "send-offers/", "strike/", "publish/", "wrap/", "cancel/"])
@pytest.mark.parametrize(("who", "status"), [("lin", 404), ("bo", 404), ("ada", 403), (None, 302)])
def test_strangers_move_nothing(request, page, shoot, path, who, status):
    user = request.getfixturevalue(who) if who else None
    assert page(user, f"/shoots/{shoot.pk}/{path}", post={}).status_code == status
    assert (MatchRun.objects.count(), Offer.objects.count()) == (0, 0)


def test_striking_moves_the_next_one_up(page, mei, shoot, role):
    run = MatchRunFactory(shoot=shoot)
    first = MatchFactory(run=run, role=role, rank=1)
    second = MatchFactory(run=run, role=role, rank=2, state=MatchState.STANDBY)
    answer = page(mei, f"/shoots/{shoot.pk}/strike/", post={"match": first.pk})
    assert answer.headers["Location"] == f"/shoots/{shoot.pk}/roles/{role.pk}/"
    assert list(
        Match.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk").values_list("state", flat=True)
    ) == [
        MatchState.STRUCK,
        MatchState.CHOSEN,
    ]


@pytest.mark.parametrize("number", ["", "abc", "-1", "99999999999999999999", "²"])
def test_a_match_that_is_no_number_is_not_found(page, mei, shoot, number):
    assert page(mei, f"/shoots/{shoot.pk}/strike/", post={"match": number}).status_code == 404


def test_a_match_of_another_crew_is_not_found(page, mei, shoot):
    other = MatchFactory(role=RoleFactory())
    assert page(mei, f"/shoots/{shoot.pk}/strike/", post={"match": other.pk}).status_code == 404
    assert Match.objects.get(pk=other.pk).state == MatchState.CHOSEN


def test_one_offer_ahead_of_the_others(page, mei, fitting_bo, role, shoot):
    match = MatchFactory(run=MatchRunFactory(shoot=shoot), role=role, profile=fitting_bo.profile)
    assert (
        page(mei, f"/shoots/{shoot.pk}/roles/{role.pk}/offer/", post={"match": match.pk}).status_code == 302
    )
    assert list(Offer.objects.values_list("profile", "match")) == [(fitting_bo.profile.pk, match.pk)]


def test_the_review_counts_why_the_others_were_not_proposed(page, text, mei, fitting_bo, role, shoot):
    busy = fits(ProfileFactory(), role)
    busy.availabilities.all().delete()
    page(mei, f"/shoots/{shoot.pk}/match/", post={})
    solve(MatchRun.objects.get())
    ApplicationFactory(role=role, profile=ProfileFactory(user__name="申请人"), message="我会打灯")
    words = text(page(mei, f"/shoots/{shoot.pk}/roles/{role.pk}/"))
    assert "1 not free on all days" in words.split("Why not the others")[1]
    assert busy.user.name in words.split("Only just missed")[1]
    assert "我会打灯" in words


def test_age_and_dislikes_of_one_person_stay_hers(page, text, mei, role, shoot):
    young = fits(ProfileFactory(user__name="小岁"), role)
    young.birth_date = young.birth_date.replace(year=2009)
    young.save(update_fields=["birth_date"])
    page(mei, f"/shoots/{shoot.pk}/match/", post={})
    solve(MatchRun.objects.get())
    assert "小岁" not in text(page(mei, f"/shoots/{shoot.pk}/roles/{role.pk}/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_review_costs_the_same_for_one_and_three(
    page, mei, shoot, role, django_assert_num_queries, number
):
    run = MatchRunFactory(shoot=shoot)
    for n in range(number):
        MatchFactory(run=run, role=role, rank=n + 1)
        MatchFactory(run=run, role=role, rank=10 + n, state=MatchState.STANDBY, facts={"status": "standby"})
    page.sign_in(mei)
    with django_assert_num_queries(11):
        page(mei, f"/shoots/{shoot.pk}/roles/{role.pk}/")


def test_a_role_is_added_and_removed(page, text, mei, role, shoot):
    wishes = {
        "role_type": role.role_type_id,
        "headcount": "3",
        "day_rate": "420",
        "part": "day",
        "note": "要会爬梯子",
    }
    assert page(mei, f"/shoots/{shoot.pk}/roles/new/", post=wishes).status_code == 302
    made = shoot.roles.latest("pk")
    assert (made.headcount, made.day_rate, made.note) == (3, 420, "要会爬梯子")
    url = f"/shoots/{shoot.pk}/roles/{made.pk}/"
    assert page(mei, url + "remove/", post={}).status_code == 302
    assert not shoot.roles.filter(pk=made.pk).exists()


def test_a_withheld_run_shows_its_breaches_to_admins_only(page, text, mei, ada, shoot):
    run = MatchRunFactory(
        shoot=shoot, state=RunState.QUARANTINED, breaches=[{"rule": "over_headcount", "facts": {}}]
    )
    hers = text(page(mei, f"/runs/{run.pk}/"))
    assert ("withheld" in hers, "over_headcount" in hers) == (True, False)
    assert "over_headcount" in text(page(ada, f"/runs/{run.pk}/"))
    assert "over_headcount" in text(page(ada, "/runs/"))


@pytest.mark.parametrize(("who", "status"), [("mei", 403), ("bo", 403), ("ada", 200), (None, 302)])
def test_the_desk_of_all_runs_is_for_admins(request, page, who, status):
    user = request.getfixturevalue(who) if who else None
    assert page(user, "/runs/").status_code == status


def test_a_run_is_stopped_by_its_crew(page, mei, lin, shoot, role):
    run = MatchRunFactory(shoot=shoot, state=RunState.WAITING, started_at=None, ended_at=None)
    assert page(lin, f"/runs/{run.pk}/cancel/", post={}).status_code == 404
    assert page(mei, f"/runs/{run.pk}/cancel/", post={}).status_code == 302
    assert MatchRun.objects.get().state == RunState.CANCELLED
