"""Bits of packed rows against the same read day by day and code by code."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jobs.matching import flags
from jobs.queries.packed import PERSON, RING, first_bits, free_days
from jobs.queries.wide import flags_of, free_of

TODAY = 739_942  # 22 November 2026
seeds = st.integers(0, 10_000)


def rings(draw, people):
    """Rings of so many people, and the days from which on they speak."""
    packed = draw.integers(0, 256, (people, RING // 8), dtype=np.uint8)
    return packed, (TODAY + draw.integers(-RING - 20, 60, people)).astype(">i4")


@given(seeds, st.integers(1, RING + 20), st.integers(-40, 400))
def test_a_ring_says_of_each_day_what_its_bit_says_and_nothing_of_others(seed, days, later):
    packed, base = rings(np.random.default_rng(seed), 6)
    first = TODAY + later
    found = np.unpackbits(free_days(packed, base, first, days), axis=1)
    for bits, begin, said in zip(np.unpackbits(packed, axis=1), base.tolist(), found, strict=True):
        expected = [
            int(begin <= day < begin + RING and bits[day % RING]) for day in range(first, first + days)
        ]
        assert said[:days].tolist() == expected
        assert not said[days:].any()


@given(seeds, st.integers(0, 48))
def test_the_first_bits_are_as_they_are_and_none_is_behind_them(seed, count):
    packed = np.random.default_rng(seed).integers(0, 256, (5, 6), dtype=np.uint8)
    found = np.unpackbits(first_bits(packed, count), axis=1)
    assert found[:, :count].tolist() == np.unpackbits(packed, axis=1)[:, :count].tolist()
    assert not found[:, count:].any()


def test_a_table_of_many_people_says_the_same_as_one_of_few(monkeypatch):
    draw = np.random.default_rng(7)
    rows = np.zeros(80, PERSON)
    rows["free_day"], rows["base"] = rings(draw, 80)
    rows["wants"] = draw.integers(0, 256, rows["wants"].shape)

    def tables():
        some = flags_of(rows["wants"], np.array([3, 17, 94])), flags_of(rows["wants"], np.arange(95))
        return [*some, free_of(rows, "free_day", TODAY, 38)]

    few = tables()
    monkeypatch.setattr(flags, "PLAIN", 50)
    many = tables()
    assert [type(each) for each in many] == [flags.Flags] * 3
    assert [np.asarray(each).tolist() for each in many] == [each.tolist() for each in few]
