"""Every code of the engine has words, for both readers."""

import pytest
from django.utils import translation

from jobs.matching import Barrier
from jobs.matching.scoring import SOFT_RULES
from jobs.queries.matching import Pair
from jobs.web import barrier_words, reasons

FACTS = {
    "wrong_role_type": {"role_type": "gaffer", "wants": ["editor"]},
    "hub_not_wanted": {"hub": "zhengzhou"},
    "rate_floor": {"floor": 400, "offered": 350},
    "missing_skill": {"skills": ["rigging", "power"]},
    "skill_level": {"skills": [{"skill": "rigging", "level": 1, "needed": 2}]},
    "language": {"missing": ["yue"], "one_of": []},
    "not_free": {"days": ["2026-12-12", "2026-12-13", "2026-12-14", "2026-12-15"], "nights": []},
    "character_age": {"needed": [18, 25], "plays": [30, 40]},
    "height": {"needed": [170, 0], "height": 160},
    "booked": {"with": [{"first": "2026-12-10", "last": "2026-12-14", "hub": "xian", "role_id": None}]},
}


class Words:
    """Names without a database."""

    hubs = {"zhengzhou": "Zhengzhou", "xian": "Xi'an"}
    skills = {"rigging": "Rigging", "power": "Power safety"}
    role_types = {"gaffer": "Gaffer"}
    languages = {"yue": "Cantonese"}


def test_every_hard_rule_has_a_label_and_a_sentence():
    codes = {str(barrier) for barrier in Barrier}
    assert set(barrier_words.LABELS) == codes
    assert set(barrier_words._SENTENCES) == codes


def test_every_soft_rule_has_words():
    assert set(reasons.CONTRIBUTIONS) == {rule.name for rule in SOFT_RULES}


@pytest.mark.parametrize("barrier", list(Barrier))
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_barrier_can_be_said_even_without_its_facts(barrier, language):
    with translation.override(language):
        for facts in ({}, FACTS.get(str(barrier), {})):
            assert barrier_words.sentence(str(barrier), facts, Words(), to_her=True)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("rate_floor", "It pays ¥350 a day; your lowest rate is ¥400."),
        ("missing_skill", "It needs a skill that is not in your profile: Rigging, Power safety."),
        ("hub_not_wanted", "Zhengzhou is not among the hubs you would work in."),
        ("height", "The character is 170 cm or taller."),
    ],
)
def test_she_reads_the_facts(code, words):
    with translation.override("en"):
        assert barrier_words.sentence(code, FACTS[code], Words(), to_her=True) == words


def test_the_crew_reads_no_private_figures():
    with translation.override("en"):
        assert (
            barrier_words.sentence("rate_floor", FACTS["rate_floor"], Words(), to_her=False)
            == "asking for more pay"
        )


def test_a_fit_names_its_strongest_reasons_in_one_sentence():
    pair = Pair(
        role=None,
        profile=None,
        score=550,
        contributions=[
            {"rule": "skills", "amount": 70, "facts": {"levels": {"rigging": 2, "power": 0}}},
            {"rule": "experience", "amount": 0, "facts": {"credits": 0}},
            {
                "rule": "proximity",
                "amount": 150,
                "facts": {"home": "zhengzhou", "hub": "zhengzhou", "travel_days": 0},
            },
            {"rule": "primary", "amount": 60, "facts": {"role_type": "gaffer"}},
            {"rule": "headroom", "amount": 30, "facts": {"floor": 250, "offered": 350}},
        ],
        barriers=[],
    )
    with translation.override("en"):
        said = reasons.fit(pair, Words(), to_her=True)
        assert said.sentence == "lives in Zhengzhou, can do: Rigging, the work you want most"
    assert (said.score, said.points) == (69, 550)  # of 800 a newcomer can reach here, not of 1100
    assert [reason.words for reason in said.reasons] == [
        "can do: Rigging",
        "lives in Zhengzhou",
        "the work you want most",
        "¥100 a day above your lowest rate",
    ]


@pytest.mark.parametrize(
    ("score", "levels", "share"),
    [(400, {"rigging": 2}, 50), (295, {}, 50), (605, {"rigging": 3}, 76), (0, {}, 0), (1100, {}, 100)],
)
def test_a_score_is_a_share_of_what_the_role_can_give(score, levels, share):
    said = [{"rule": "skills", "amount": 0, "facts": {"levels": levels}}]
    assert reasons.percent(score, said) == share
