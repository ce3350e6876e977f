"""A long step of a solve that says nothing by itself: somebody keeps its lease meanwhile."""

import gc
import time

import pytest

from jobs.services import solving
from jobs.services.later import LeaseLost


def test_a_step_that_says_nothing_keeps_the_lease(monkeypatch):
    monkeypatch.setattr(solving, "QUIET", 0.02)
    told = []
    with solving.keeping(lambda *args: told.append(args), "verify"):
        while len(told) < 3:
            time.sleep(0.01)
    assert told[:3] == [("verify", 1, 0), ("verify", 2, 0), ("verify", 3, 0)]


def test_a_lease_lost_during_such_a_step_is_lost(monkeypatch):
    monkeypatch.setattr(solving, "QUIET", 0.01)

    def lost(*args):
        raise LeaseLost(1)

    with pytest.raises(LeaseLost), solving.keeping(lost, "verify"):
        time.sleep(0.1)


def test_the_search_for_cycles_rests_for_a_solve_and_goes_on_after_it_whatever_happened():
    def lost():
        assert not gc.isenabled()
        raise LeaseLost(1)

    with pytest.raises(LeaseLost), solving.uncollected():
        lost()
    assert gc.isenabled()
    gc.disable()
    try:
        with solving.uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
