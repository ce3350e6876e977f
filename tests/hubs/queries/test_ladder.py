"""The ladder of trades, as published and as asked for."""

from datetime import date

import pytest
from psycopg.types.range import DateRange

from hubs.models import RoleType, Step
from hubs.queries import ladder
from hubs.services.loading import load_hubs
from tests.factories.hubs import JobFairFactory, ProgrammeFactory, RoleTypeFactory, SkillFactory, StepFactory

pytestmark = pytest.mark.django_db


def test_nobody_climbs_in_a_circle_and_every_entry_trade_of_a_crew_leads_on():
    load_hubs()
    above: dict[str, set[str]] = {}
    for below, up in Step.objects.values_list("below__code", "above__code"):
        above.setdefault(below, set()).add(up)

    def reach(code: str, path: tuple[str, ...]) -> None:
        assert code not in path, (*path, code)
        for up in above.get(code, ()):
            reach(up, (*path, code))

    for code in above:
        reach(code, ())
    entry = RoleType.objects.filter(entry_level=True, department__field__in=["crew", "cast"])
    assert set(entry.values_list("code", flat=True)) - above.keys() == set()


def test_the_ways_the_industry_names_are_there():
    """群演 → 前景 → 特约 → 角色; 灯光小助 → 大助 → 灯光师; 场务 → 现场制片; 场记 → 副导演; concept artist → prompts."""
    load_hubs()
    ways = set(Step.objects.values_list("below__code", "above__code"))
    assert {
        ("extra", "foreground"), ("foreground", "featured"), ("featured", "supporting"),
        ("electrician", "best-boy"), ("best-boy", "gaffer"), ("set-hand", "on-set-producer"),
        ("script-supervisor", "assistant-director"), ("concept-artist", "prompt-engineer"),
    } <= ways  # fmt: skip


def test_a_rung_names_what_is_missing_and_who_teaches_it(django_assert_num_queries):
    below, above = RoleTypeFactory(), RoleTypeFactory()
    held, missing = SkillFactory(), SkillFactory()
    above.typical_skills.set([held, missing])
    StepFactory(below=below, above=above, days_below=60)
    teaches, leads, neither = (ProgrammeFactory(slug=slug) for slug in ("a", "b", "c"))
    teaches.teaches.add(missing)
    leads.leads_to.add(above)
    neither.teaches.add(held)
    with django_assert_num_queries(5):
        rungs = ladder.rungs([below.pk, above.pk], {held.pk: 2})
    assert rungs == {below.pk: [ladder.Rung(below, above, 60, [missing], [teaches, leads])]}


@pytest.mark.parametrize(
    ("today", "name"),
    [
        (date(2026, 1, 1), "spring"),
        (date(2026, 3, 3), "spring"),
        (date(2026, 3, 4), "autumn"),
        (date(2027, 1, 1), "undated"),
    ],
)
def test_the_next_fair_is_the_one_that_is_not_over(today, name):
    spans = {"spring": (date(2026, 3, 1), date(2026, 3, 4)), "autumn": (date(2026, 9, 1), date(2026, 9, 2))}
    for slug, span in spans.items():
        JobFairFactory(slug=slug, days=DateRange(*span))
    JobFairFactory(slug="undated", days=None)
    assert ladder.next_fair(today).slug == name
