"""Time that runs out ends the work within a few looks at the clock, with a plan that fits and a bound that holds."""

import numpy as np
import pytest

from jobs.matching import verification
from jobs.matching.core import clearing, planning
from jobs.matching.generate import SCALES, generate_instance
from jobs.matching.instance_clearing import clear_instance

# Looks at the clock after time is over: the ladder's last steps, and one for each stage and 500 roles.
FEW = 40


class Clock:
    """Every look at it costs `tick` seconds."""

    def __init__(self, tick):
        self.tick, self.now, self.looks = tick, 0.0, 0

    def perf_counter(self):
        self.now += self.tick
        self.looks += 1
        return self.now


@pytest.fixture(scope="module")
def tight():
    return generate_instance(SCALES["eighth-hub"], tightness=0.1, seed=5)


@pytest.mark.parametrize("looks", [1, 10, 40, 200])
def test_a_second_on_a_tight_eighth_of_a_hub_is_a_second(tight, looks, monkeypatch):
    clock = Clock(1.0 / looks)
    monkeypatch.setattr(clearing, "time", clock)
    monkeypatch.setattr(planning, "time", clock)
    monkeypatch.setattr("jobs.matching.instance_clearing.time", clock)
    cleared = clear_instance(tight, seconds=1.0, workers=1)
    assert clock.looks <= looks + FEW
    verdict = verification.verify_instance(tight, cleared.plan)
    assert verdict.ok
    assert (verdict.objective, verdict.bound) == (cleared.objective, cleared.bound)
    assert cleared.gap < 0.3


def test_more_time_makes_a_smaller_gap(tight, monkeypatch):
    gaps = []
    for looks in (1, 40, 1000):
        clock = Clock(1.0 / looks)
        monkeypatch.setattr(clearing, "time", clock)
        monkeypatch.setattr(planning, "time", clock)
        monkeypatch.setattr("jobs.matching.instance_clearing.time", clock)
        gaps.append(clear_instance(tight, seconds=1.0, workers=1).gap)
    assert np.diff(gaps).max() <= 0
    assert gaps[-1] < 0.002
