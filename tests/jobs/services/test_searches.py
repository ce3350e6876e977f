from datetime import datetime, timedelta
from random import Random

import pytest

from config.errors import Conflict, Invalid, NotAllowed
from hubs.timespan import SHANGHAI
from jobs.channels import words
from jobs.enums import AlertPace, NoticeKind, ShootState, WorkKind
from jobs.models import Notice, Role, SavedSearch, SearchHit, Shoot, WorkItem
from jobs.queries import roles as questions
from jobs.queries.search import Search
from jobs.services import roles, searches, shoots, work
from tests.factories.hubs import BaseFactory, HubFactory, RoleTypeFactory
from tests.factories.jobs import NOW, RoleFactory, SavedSearchFactory, ShootFactory
from tests.factories.profiles import ProfileFactory

pytestmark = pytest.mark.django_db

ZHENGZHOU = {"hub": "zhengzhou"}


def told(user) -> list[dict]:
    rows = Notice.objects.filter(recipient=user, kind=NoticeKind.SEARCH_FOUND).order_by("pk")
    return [row.facts for row in rows]


def do_all(now, kind: str) -> int:
    """Do all work of a kind that is due; return how many items were done."""
    due = WorkItem.objects.filter(kind=kind, done_at__isnull=True, due_at__lte=now).order_by("pk")
    return sum(work.perform(pk, now=now) for pk in due.values_list("pk", flat=True))


# -- keeping ----------------------------------------------------------------------------------------------


def test_a_search_is_kept_once_changed_and_forgotten(bo, lin_graduate, now):
    search = Search(hub="zhengzhou", min_rate=300, entry_level=True)
    kept = searches.save(profile=bo.profile, by=bo, name=" 郑州 ", search=search, alert="daily", now=now)
    assert (kept.name, kept.query) == ("郑州", {"hub": "zhengzhou", "min_rate": "300", "entry_level": "on"})
    assert Search.from_query(kept.query) == search
    with pytest.raises(Conflict, match="search_saved"):
        searches.save(profile=bo.profile, by=bo, name="again", search=search, alert="never", now=now)
    searches.change(kept, by=bo, name="家门口", alert="at_once")
    kept.refresh_from_db()
    assert (kept.name, kept.alert) == ("家门口", "at_once")
    for act in (
        lambda: searches.save(
            profile=bo.profile, by=lin_graduate, name="x", search=search, alert="daily", now=now
        ),
        lambda: searches.change(kept, by=lin_graduate, name="x", alert="daily"),
        lambda: searches.forget(kept, by=lin_graduate),
    ):
        with pytest.raises(NotAllowed, match="not_yours"):
            act()
    searches.forget(kept, by=bo)
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("search", "alert", "code"),
    [(Search(), "daily", "search_empty"), (Search(hub="x"), "hourly", "alert_unknown")],
)
def test_what_is_no_search_is_refused(bo, now, search, alert, code):
    with pytest.raises(Invalid, match=code):
        searches.save(profile=bo.profile, by=bo, name="x", search=search, alert=alert, now=now)


def test_there_is_an_end_to_searches(bo, now):
    for number in range(searches.MOST):
        SavedSearchFactory(profile=bo.profile, query={"min_rate": str(number + 1)})
    with pytest.raises(Conflict, match="too_many_searches"):
        searches.save(profile=bo.profile, by=bo, name="x", search=Search(q="灯光"), alert="daily", now=now)


# -- telling ----------------------------------------------------------------------------------------------


@pytest.fixture
def draft(shoot, role):
    """Mei's shoot before it is published: one role for lighting assistants at 350."""
    Shoot.objects.filter(pk=shoot.pk).update(state=ShootState.DRAFT, published_at=None)
    shoot.refresh_from_db()
    return shoot


def test_a_shoot_that_opens_is_told_at_once_to_those_whose_search_it_fits(draft, role, bo, mei, now):
    hers = SavedSearchFactory(profile=bo.profile, query=ZHENGZHOU, name="郑州")
    SavedSearchFactory(query={"hub": "xian"})
    SavedSearchFactory(query=ZHENGZHOU, alert="never")
    SavedSearchFactory(query=ZHENGZHOU | {"min_rate": "351"})

    shoots.publish(draft, by=mei, now=now)
    assert do_all(now, WorkKind.SEARCH_SHOOT) == 0, "changes of a minute are looked at together"
    later = now + timedelta(minutes=2)
    assert do_all(later, WorkKind.SEARCH_SHOOT) == 1

    (facts,) = told(bo)
    assert (facts["search"], facts["count"], facts["role"]) == (hers.pk, 1, role.pk)
    assert list(SearchHit.objects.values_list("search", "role")) == [(hers.pk, role.pk)]
    assert Notice.objects.filter(kind=NoticeKind.SEARCH_FOUND).count() == 1
    said = words.words(NoticeKind.SEARCH_FOUND, facts)
    assert said.path == f"/roles/{role.pk}/"
    assert "¥350" in said.text


def test_the_same_role_is_never_told_twice(draft, role, bo, mei, now):
    SavedSearchFactory(profile=bo.profile, query=ZHENGZHOU)
    shoots.publish(draft, by=mei, now=now)
    later = now + timedelta(minutes=2)
    for _again in range(3):
        searches.look_at_shoot(draft.pk, now=later)
        searches.look_at_role(role.pk, now=later)
    assert len(told(bo)) == 1


def test_a_change_that_makes_a_role_fit_is_told_and_others_are_not(shoot, role, bo, mei, now):
    SavedSearchFactory(profile=bo.profile, query={"min_rate": "400"})
    RoleFactory(shoot=shoot, day_rate=900)  # was open before the search was kept: before her eyes already

    roles.change(role, by=mei, now=now, day_rate=420)
    do_all(now + timedelta(minutes=2), WorkKind.SEARCH_ROLE)

    assert [facts["role"] for facts in told(bo)] == [role.pk]


def test_what_was_open_when_the_search_was_kept_is_no_news(draft, role, bo, mei, now):
    shoots.publish(draft, by=mei, now=now)
    SavedSearchFactory(profile=bo.profile, query=ZHENGZHOU, created_at=now)
    do_all(now + timedelta(minutes=2), WorkKind.SEARCH_SHOOT)
    assert told(bo) == []


def test_once_a_day_means_one_notice_at_eight(draft, role, bo, mei, base, now):
    SavedSearchFactory(profile=bo.profile, query=ZHENGZHOU, alert="daily", name="郑州")
    other = ShootFactory(crew=draft.crew, base=base, state=ShootState.DRAFT, published_at=None)
    RoleFactory(shoot=other, day_rate=500)
    for opened in (draft, other):
        shoots.publish(opened, by=mei, now=now)
    do_all(now + timedelta(minutes=2), WorkKind.SEARCH_SHOOT)
    assert told(bo) == []
    item = WorkItem.objects.get(kind=WorkKind.TELL_SEARCH)
    assert item.due_at == datetime(2026, 12, 2, 8, tzinfo=SHANGHAI)

    for _twice in range(2):
        work.perform(item.pk, now=item.due_at)

    (facts,) = told(bo)
    assert (facts["count"], facts["day_rate"]) == (2, 500)
    assert not SearchHit.objects.filter(told_at__isnull=True).exists()
    said = words.words(NoticeKind.SEARCH_FOUND, facts)
    assert (said.path, "2" in said.title) == ("/roles/?hub=zhengzhou&order=newest", True)


def test_a_search_that_was_silenced_or_forgotten_tells_nothing(draft, role, bo, mei, now):
    saved = SavedSearchFactory(profile=bo.profile, query=ZHENGZHOU, alert="daily")
    shoots.publish(draft, by=mei, now=now)
    do_all(now + timedelta(minutes=2), WorkKind.SEARCH_SHOOT)
    searches.change(saved, by=bo, name=saved.name, alert=AlertPace.NEVER)
    searches.tell(saved.pk, now=now + timedelta(days=1))
    searches.forget(saved, by=bo)
    searches.tell(saved.pk, now=now + timedelta(days=1))
    assert told(bo) == []


@pytest.mark.parametrize(
    ("at", "told_at"), [((7, 59), (2, 8)), ((8, 0), (3, 8)), ((23, 0), (3, 8)), ((0, 30), (2, 8))]
)
def test_eight_in_the_morning_is_eight_in_shanghai(at, told_at):
    now = datetime(2026, 12, 2, *at, tzinfo=SHANGHAI)
    assert searches.next_telling(now) == datetime(2026, 12, told_at[0], told_at[1], tzinfo=SHANGHAI)


@pytest.mark.parametrize("number", [1, 30])
def test_a_shoot_is_looked_at_in_a_fixed_number_of_queries(
    shoot, role, now, number, django_assert_num_queries
):
    for _n in range(number):
        RoleFactory(shoot=shoot)
        for pace in ("at_once", "daily", "never"):
            SavedSearchFactory(query=ZHENGZHOU, profile=ProfileFactory(), alert=pace)
    # Roles, searches, hits known, hits written; villagers, notices, their work; the daily work. Bells ring on commit.
    with django_assert_num_queries(10):
        assert searches.look_at_shoot(shoot.pk, now=now) == 2 * number * (number + 1)


# -- one question, asked twice ----------------------------------------------------------------------------


def test_the_list_and_the_worker_agree_on_what_fits(crew, hub):
    """A saved search is asked in memory, the page asks the database: three hundred searches, forty roles."""
    rng = Random(7)
    hubs = [hub, HubFactory(slug="xian", name_zh="西安", name_en="Xi'an")]
    bases = [BaseFactory(hub=hub) for hub in hubs for _n in range(2)]
    trades = [
        RoleTypeFactory(name_zh="灯光助理", name_en="Electrician"),
        RoleTypeFactory(name_zh="场记", name_en="Script supervisor", category="extras"),
    ]
    made = []
    for _n in range(10):
        shoot = ShootFactory(crew=crew, base=rng.choice(bases), lodging=rng.random() < 0.5, title="雨夜归人")
        for _m in range(4):
            days = shoot.days
            made.append(
                RoleFactory(
                    shoot=shoot,
                    role_type=rng.choice(trades),
                    day_rate=rng.randint(100, 900),
                    part=rng.choice(["day", "night", "both"]),
                    lodging=rng.choice([None, None, True, False]),
                    entry_level=rng.random() < 0.5,
                    days=type(days)(days.lower + timedelta(days=rng.randint(0, 3)), days.upper),
                )
            )
    rows = list(questions.open_roles())
    for _n in range(300):
        search = Search(
            q=rng.choice(["", "", "灯光", "dg", "changji", "xian 场", "雨夜", "an", "script", "nothing"]),
            hub=rng.choice(["", "xian", "zhengzhou", "nowhere"]),
            base=rng.choice(["", "", bases[0].slug]),
            category=rng.choice(["", "extras", "production"]),
            department=rng.choice(["", "", trades[0].department.code]),
            role_type=rng.choice(["", "", trades[1].code]),
            min_rate=rng.choice([None, 300, 600]),
            first_day=rng.choice([None, NOW.date() + timedelta(days=13)]),
            last_day=rng.choice([None, NOW.date() + timedelta(days=17), NOW.date() + timedelta(days=5)]),
            part=rng.choice(["", "day", "night"]),
            entry_level=rng.random() < 0.3,
            lodging=rng.random() < 0.3,
        )
        assert {role.pk for role in rows if search.takes(role)} == {
            role.pk for role in questions.open_roles(search)
        }, search
    assert len(rows) == Role.objects.count() == len(made)
