"""Best schedules and chances against all schedules written out; any prices prove a bound, found ones a good one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings

from jobs.matching.core import best, demand
from jobs.matching.core.clearing import clear
from jobs.matching.core.graph import blocks_of
from jobs.matching.core.prices import Ladder, certify, find_prices, first_prices
from tests.jobs.matching.core.markets import best_total, market, schedules, seeds


def profit(graph, some, prices):
    return sum(float(graph.score[k]) - float(prices[graph.role[k]]) for k in some)


@settings(deadline=None)
@given(seeds)
def test_the_best_schedule_is_the_best_of_all(seed):
    graph = market(seed)
    prices = np.random.default_rng(seed).integers(0, 80, graph.n_roles)
    worth, chosen = best.best_plan(graph, blocks_of(graph.first_of), prices, 1)
    for w in range(graph.n_people):
        low, high = graph.first_of[w], graph.first_of[w + 1]
        mine = tuple(k for k in range(low, high) if chosen[k])
        assert mine in schedules(graph, w)
        assert worth[w] == profit(graph, mine, prices)
        assert worth[w] == max(profit(graph, some, prices) for some in schedules(graph, w))


@settings(deadline=None)
@given(seeds)
def test_chances_are_those_of_a_draw_in_favour_of_profit(seed):
    graph, temperature = market(seed), 7.0
    prices = np.random.default_rng(seed).random(graph.n_roles) * 60
    chance = np.empty(len(graph.role))
    wanted = demand.demand(graph, blocks_of(graph.first_of), prices, temperature, 1, chance)
    expected = np.zeros(len(graph.role))
    for w in range(graph.n_people):
        all_of_hers = schedules(graph, w)
        weights = [math.exp(profit(graph, some, prices) / temperature) for some in all_of_hers]
        for some, weight in zip(all_of_hers, weights, strict=True):
            expected[list(some)] += weight / sum(weights)
    # Pairs of next to no chance are left out.
    assert chance == pytest.approx(expected, abs=1e-4)
    assert wanted == pytest.approx(np.bincount(graph.role, chance, graph.n_roles), abs=1e-9)


def test_tables_and_comparing_each_with_each_agree_with_the_cold_draw():
    """People of more roles than MANY are looked up in tables; here people come in both ways."""
    small, large = market(3, people=3, roles=12, days=20), market(3, people=3, roles=90, days=90)
    for graph in (small, large):
        prices = np.random.default_rng(1).integers(0, 80, graph.n_roles)
        worth, chosen = best.best_plan(graph, blocks_of(graph.first_of), prices, 1)
        chance = np.empty(len(graph.role))
        demand.demand(graph, blocks_of(graph.first_of), prices.astype(float), 0.01, 1, chance)
        by_chance = (chance * (graph.score - prices[graph.role])).sum()
        assert by_chance == pytest.approx(worth.sum(), abs=0.5)
        assert (graph.score - prices[graph.role])[chosen > 0].sum() == worth.sum()


@settings(deadline=None)
@given(seeds)
def test_any_prices_prove_a_bound_and_found_ones_a_tight_one(seed):
    graph = market(seed)
    floor, most = np.zeros(graph.n_roles, np.int64), best_total(graph)
    any_prices = np.random.default_rng(seed).random(graph.n_roles) * 120
    assert certify(graph, any_prices, floor, 1).bound >= most
    if not len(graph.role):
        return
    found = find_prices(
        graph, first_prices(graph, floor), floor, Ladder(50.0, 0.9), 1, lambda done, total: None
    )
    assert most <= found.bound <= most * 1.06 + 4


def test_prices_stay_at_or_above_the_floor():
    graph = market(5)
    floor = np.full(graph.n_roles, 70)
    found = find_prices(
        graph, first_prices(graph, floor), floor, Ladder(50.0, 0.9), 1, lambda done, total: None
    )
    assert (found.prices >= 70).all()


def test_threads_change_nothing():
    graph = market(8, people=400, roles=60, days=30)
    blocks = blocks_of(graph.first_of, 500)
    prices = np.random.default_rng(1).random(graph.n_roles) * 60
    alone, together = (demand.demand(graph, blocks, prices, 5.0, workers) for workers in (1, 3))
    assert alone.tolist() == together.tolist()


def test_scores_that_tower_above_the_rest_do_not_spoil_the_proof():
    """At 1/1100 of the best of these a draw cannot tell the others apart: 5 % off, and 0.01 % with their own point."""
    graph = market(8, people=400, roles=60, days=30)
    graph.score[:] = np.minimum(2**30, 1 + 10 * np.random.default_rng(3).pareto(0.6, len(graph.score)))
    plan = clear(graph)
    assert plan.objective <= plan.bound <= 1.001 * plan.objective
