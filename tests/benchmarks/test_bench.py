"""The bench itself, at 1/64 of a hub: every method's plan is checked, and nothing is said of time."""

import json
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from jobs.matching.generate import Scale, generate_instance
from jobs.matching.instance import save_instance
from tests.benchmarks import (
    __main__ as bench,
)
from tests.benchmarks import (
    again,
    environments,
    growth,
    labels,
    latency,
    markets,
    methods,
    picture,
    readme,
    rosters,
    table,
)
from tests.benchmarks.methods import Limits, Market, Row, measure
from tests.benchmarks.running import measured

DOCS = Path(__file__).resolve().parents[2] / "docs"
SIMPLE = ("greedy", "first_come", "deferred")
MACHINE = {"cpu": "A & B", "cores": 2, "python": "3.11.7", "numpy": "2.4.6", "load_average": [0.5, 0, 0]}
ROW = {
    "market",
    "method",
    "seconds",
    "wall",
    "cpu",
    "peak_mb",
    "objective",
    "filled",
    "gap",
    "verified",
    "note",
}
MARKET = {"name", "scale", "people_percent", "slots", "people", "pairs", "bound", "run", "rows"}
REPORT = {"format", "date", "seed", "solver_seconds", "seconds", "machine", "markets", "figures"}


@pytest.fixture
def market(tmp_path) -> Market:
    """A sixty-fourth of a hub with a quarter of its people."""
    instance = generate_instance(Scale(people=1_600, shoots=8, hubs=1, days=40), tightness=0.25, seed=1)
    path = tmp_path / "hub64.npz"
    save_instance(instance, path)
    slots = int(instance.role_headcount.sum())
    return Market("1/64 hub", "hub64", 25, path, slots, instance.n_people, len(instance.pair_person))


def test_every_plan_is_checked_and_none_beats_the_bound(market):
    facts = measure(market, Limits(), SIMPLE, tell=lambda *words, **how: None).as_json()
    assert set(facts) == MARKET
    assert [row["method"] for row in facts["rows"]] == [methods.OURS, *SIMPLE]
    assert [set(row) for row in facts["rows"]] == [ROW] * 4
    assert [row["verified"] for row in facts["rows"]] == [True] * 4
    assert [row["note"] for row in facts["rows"]] == [""] * 4
    assert all(0 < row["objective"] <= facts["bound"] for row in facts["rows"])
    assert all(0 <= row["gap"] < 0.5 for row in facts["rows"])
    assert all(0 < row["seconds"] <= row["wall"] for row in facts["rows"])
    ours, *others = (row["objective"] for row in facts["rows"])
    assert ours > max(others)
    assert json.loads(json.dumps(facts)) == facts

    drawing = ElementTree.fromstring(picture.draw([facts], MACHINE, "2026-11-21"))
    told = {
        element.tag.split("}")[1]: element.text
        for element in drawing
        if element.tag.endswith(("title", "desc"))
    }
    assert "1/64 hub: Jinzu" in told["desc"]
    assert set(told) == {"title", "desc"}
    lines = table.markets_table([facts]).splitlines()
    assert [line.split("  ")[0] for line in lines[2:]] == ["1/64 hub"] * 4
    assert growth.figures([facts]) == []


def test_a_plan_that_breaks_a_rule_counts_for_nothing(market, tmp_path):
    plan = tmp_path / "plan.npz"
    with np.load(market.instance) as file:
        someone = file["pair_person"][:1], file["pair_role"][:1]
    np.savez(plan, person=np.concatenate([someone[0]] * 2), role=np.concatenate([someone[1]] * 2))
    done = measured([sys.executable, "-c", "print('{\"filled\": 2}')"], 30)
    row, bound = methods._judged(market, "greedy", done, plan, Limits())
    assert (row.verified, row.objective, row.gap, bound) == (False, None, None, None)
    assert row.note.startswith("NOT VERIFIED")


def test_a_method_that_takes_too_long_is_stopped_and_says_so(market):
    done = measured([sys.executable, "-c", "import time; time.sleep(60)"], 0.5)
    row, _ = methods._judged(market, "greedy", done, market.instance, Limits())
    assert (done.in_time, row.objective) == (False, None)
    assert row.note.startswith("stopped after")


def test_a_peer_that_cannot_be_installed_is_named_and_the_rest_goes_on(market, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(environments, "HOME", tmp_path)
    monkeypatch.setattr(environments, "_made", lambda *where: False)
    row = methods._peer(market, "highs", Limits())
    assert row == Row("1/64 hub", "highs", note="not available")
    assert "NOT AVAILABLE: highs" in capsys.readouterr().out


def test_the_memory_of_a_child_is_its_own():
    """What its parent had when it was started is no part of it."""
    hoard = np.ones(50_000_000)  # 400 MB, touched
    small = measured([sys.executable, "-c", "import time; time.sleep(0.3)"], 30)
    large = measured([sys.executable, "-c", "import time; x = b'1' * 300_000_000; time.sleep(0.3)"], 30)
    assert hoard.nbytes == 400_000_000
    assert 1 < small.peak_mb < 100
    assert 280 < large.peak_mb < 400


def test_latency_is_measured_in_a_process_of_its_own():
    (few,), (refill, chain) = latency.shortlists((300,), seconds=0.2), latency.refills(1200, seconds=0.2)
    assert [each["key"] for each in (few, refill, chain)] == ["shortlist_300", "refill", "refill_chain"]
    for found in (few, refill, chain):
        assert {"p50", "p95", "p99", "max", "first", "times", "peak_mb"} == set(found["numbers"]) - {"built"}


def test_a_market_is_cleared_again_beside_the_plan_of_the_day_before():
    (found,) = again.figures("shoot")
    numbers = found["numbers"]
    assert (found["key"], numbers["verified"], numbers["filled"]) == ("again", True, numbers["filled_first"])
    assert numbers["kept"] >= numbers["kept_first"]


def test_growth_is_the_exponent_of_seconds_against_slots():
    row = {"method": methods.OURS, "verified": True}
    sizes = [
        {"slots": n, "people_percent": 10, "rows": [row | {"seconds": n**1.2 / 1000, "cpu": n / 500}]}
        for n in (900, 100)
    ]
    (found,) = growth.figures(sizes)
    assert found["numbers"] == {
        "seconds_exponent": 1.2,
        "seconds_a_slot": 1.552,
        "cpu_exponent": 1.0,
        "cpu_a_slot": 1.0,
    }
    assert found["value"] == "slots^1.20"


def test_what_there_is_no_time_for_is_left_out_and_said(market):
    facts = measure(market, Limits(end=0.0), SIMPLE, tell=lambda *words, **how: None).as_json()
    assert {row["note"] for row in facts["rows"]} == {"not run: the bench was out of time"}


def test_rosters_are_covered_and_counted():
    (found,) = rosters.figures(quick=True)
    assert found["numbers"] == found["numbers"] | {"full": 9, "rosters": 9, "covered": 630, "tasks": 630}


def test_words_choose_a_part():
    assert markets.wanted(["hub", "tight"]) == [("hub", 25), ("hub", 10)]
    assert markets.wanted(["plenty"]) == [("eighth-hub", 100), ("hub", 100), ("nation", 100)]
    assert len(markets.wanted([])) == 9
    asked = bench._parser().parse_args
    assert bench._markets(asked(["shortlist", "site"])) == ()
    assert bench._markets(asked(["rosters", "hub", "plenty"])) == [("hub", 100)]
    assert bench._markets(asked(["--quick"])) == markets.QUICK
    with pytest.raises(SystemExit, match="hubb is none of"):
        bench._markets(asked(["hubb"]))


def test_a_part_leaves_the_rest_of_the_report_as_it_was(tmp_path):
    old = {"format": bench.FORMAT, "figures": [{"key": "refill", "numbers": {}}]}
    hub, nation = (
        {"scale": scale, "people_percent": 100, "rows": [], "slots": 1} for scale in ("hub", "nation")
    )
    (tmp_path / "bench.json").write_text(json.dumps(old | {"markets": [hub, nation]}))
    again = hub | {"slots": 2}
    merged = bench._merged(tmp_path / "bench.json", [again], [{"key": "site", "numbers": {}}])
    assert merged["markets"] == [again, nation]
    assert [each["key"] for each in merged["figures"]] == ["refill", "site"]


def test_markets_of_two_runs_say_nothing_of_growth(tmp_path):
    row = {"method": methods.OURS, "verified": True, "seconds": 2.0, "cpu": 3.0}
    small, large = (
        {"scale": scale, "people_percent": 10, "rows": [row], "slots": slots}
        for scale, slots in (("eighth-hub", 5_000), ("nation", 240_000))
    )
    old = {"format": bench.FORMAT, "figures": [], "markets": [large]}
    (tmp_path / "bench.json").write_text(json.dumps(old))
    keys = [
        [each["key"] for each in bench._merged(tmp_path / "bench.json", made, [])["figures"]]
        for made in ([small], [small, large])
    ]
    assert keys == [[], ["growth_10"]]


def test_no_name_in_the_picture_lies_over_another_or_over_a_mark():
    draw = np.random.Generator(np.random.PCG64(7))
    frame = labels.Box(0, 0, 300, 220)
    for _ in range(200):
        x, y = draw.normal(150, 30, 8).clip(20, 280), draw.normal(60, 12, 8).clip(20, 200)
        marks = [(float(a), float(b), 6.0, name) for a, b, name in zip(x, y, "abcdefgh", strict=True)]
        marks = [(a, b, r, name * 8) for a, b, r, name in marks]
        boxes = [
            labels.Box(left, base + 2.75 - 12.5, left + 0.56 * 12.5 * 8, base + 2.75)
            for left, base, _ in labels.place(marks, frame, 12.5)
        ]
        taken = [labels.Box(a - r, b - r, a + r, b + r) for a, b, r, _ in marks]
        for i, box in enumerate(boxes):
            assert not any(box.meets(other) for other in [*boxes[:i], *taken])


def test_picture_and_readme_show_the_figures_beside_them():
    report = json.loads((DOCS / "bench.json").read_text())
    assert set(report) == REPORT
    assert [set(market) for market in report["markets"]] == [MARKET] * len(report["markets"])
    drawn = picture.draw(report["markets"], report["machine"], report["date"])
    assert (DOCS / "bench.svg").read_text() == drawn
    assert (
        f"{readme.BEGIN}\n{readme.section(report)}\n{readme.END}" in (DOCS.parent / "README.md").read_text()
    )
