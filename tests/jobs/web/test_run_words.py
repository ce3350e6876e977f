"""The words of a run's findings: whatever the referee may find has some."""

import re
from pathlib import Path

from jobs.matching import Barrier
from jobs.matching.fairness import WhyPassedOver
from jobs.web import run_words

REFEREE = Path(run_words.__file__).parents[1] / "matching"
OF_FILES = {"clash", "not_eligible"}
"""What only a plan for somebody's file can have wrong; no run of ours is one."""


def test_everything_that_the_referee_may_find_has_a_name():
    sources = [(REFEREE / name).read_text(encoding="utf-8") for name in ("verification.py", "remainder.py")]
    found = set(re.findall(r'Breach\(\s*"(\w+)"', "".join(sources)))
    assert len(found) > 10
    assert found - OF_FILES == set(run_words.RULES)
    assert [each for each in (*found - OF_FILES, *Barrier) if run_words.rule(each) == each] == []


def test_why_somebody_was_passed_over_has_words_for_a_number_and_for_one_name():
    assert set(WhyPassedOver) == set(run_words.WHY) == set(run_words.WHY_SHE)
