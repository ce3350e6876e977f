"""People and roles as the loops read them: flags as bits of 64-bit words, figures side by side in one cache line.

A person's words are her free days, free nights, skills at level 1, 2 and 3 and more, and languages; a role's
words are what it needs of each. She may where need & ~has is 0 in every word: one test for five rules.
In the lists the same bits stand in planes (`postings`): a role names the planes it needs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jobs.matching.columns import DAY, NEVER, NIGHT, PRODUCTION
from jobs.matching.core.compiled import in_blocks, kernel, threads
from jobs.matching.eligibility import ADULT_AGE, LEAST_AGE, latest_birth
from jobs.matching.problem import Problem
from jobs.matching.scoring import HALF_EXPERIENCE

BLOCK = 1 << 15  # people whose words are made at a time
SOME = 1 << 12  # roles whose planes are looked up at a time
LATER = 2**31 - 1  # born after any day: fails every age limit

# Columns of `Crowd.figures`.
FLOOR, BIRTH, MINOR, FLAGS, COMPANY, HUB, END, YOUNGEST, OLDEST, HEIGHT, CAMERA, LOOK, LOOK_UNTIL = range(13)
FIRST_TIMER, BUSY, KNOWN, FAN, SEX_AT = 1, 2, 4, 8, 4  # flags; her sex stands two bits wide from SEX_AT on
# Columns of `Openings.figures`.
(
    GROUP, RATE, START, LAST, KIND, CREW, PLACE, TYPE, CAST, ADULTS, MINORS, AGE_LOW, AGE_HIGH, SEX, LOW, HIGH,
    NEEDS_LOOK, ENTRY, REST, SPEAKS_ANY,
) = range(20)  # fmt: skip


class Layout(NamedTuple):
    """Where the words of each kind begin: days, nights, three planes of skills, languages; and how many in all."""

    night: int
    skill: int
    plane: int
    speech: int
    words: int


class Relations(NamedTuple):
    """What few people have: commitments as (start, end, kind, role, look), dealings as (crew, what, value)."""

    first_busy: np.ndarray
    busy: np.ndarray
    first_known: np.ndarray
    known: np.ndarray


BLOCKED, MARKED, STARRED = 0, 1, 2


class Openings(NamedTuple):
    """Roles: int64[m, 20] figures, uint64[m, W] needs, uint64[m, ...] languages of which one will do; ids; and of
    role o in `plane`, from first_plane[o, k] to first_plane[o, k + 1]: 0 the planes it needs, 1 those of which one
    will do, 2 those of the skills it names, at level 1.
    """

    figures: np.ndarray
    needs: np.ndarray
    one_of: np.ndarray
    ids: np.ndarray
    first_plane: np.ndarray
    plane: np.ndarray


NEEDED, ANY_OF, NAMES = range(3)  # of `Openings.first_plane`


def layout_of(problem: Problem) -> Layout:
    days, skills = _words(problem.days), _words(len(problem.vocabulary.skills))
    speech = 2 * days + 3 * skills
    return Layout(days, 2 * days, skills, speech, speech + _words(len(problem.vocabulary.languages)))


def plane_of_word(problem: Problem) -> np.ndarray:
    """int64[W + 1]: where the bits of each word begin among the planes; no plane for a bit that nothing uses."""
    v, layout = problem.vocabulary, layout_of(problem)
    kinds = [(problem.days, layout.night)] * 2 + [(len(v.skills), layout.plane)] * 3
    kinds.append((len(v.languages), layout.words - layout.speech))
    sizes = [min(64, max(0, bits - 64 * word)) for bits, words in kinds for word in range(words)]
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _words(flags: int) -> int:
    return max(1, -(-flags // 64))


@kernel
def _put(table, first, least, at, out):
    """Bits of `table >= least` into the words of `out` from row `first` and word `at` on."""
    for row in range(len(table)):
        for k in range(table.shape[1]):
            if table[row, k] >= least:
                out[first + row, at + (k >> 6)] |= np.uint64(1) << np.uint64(k & 63)


def _packed(
    tables: list[tuple[np.ndarray, dict[int, int]]], rows: int, words: int, workers: int
) -> np.ndarray:
    """uint64[rows, words] from (table, {least value: first word})."""
    out = np.zeros((rows, words), np.uint64)

    def one(block: int) -> None:
        low = block * BLOCK
        for table, least_at in tables:
            some = np.ascontiguousarray(table[low : low + BLOCK]).view(np.uint8)
            for least, at in least_at.items():
                _put(some, low, least, at, out)

    in_blocks(one, -(-rows // BLOCK), workers)
    return out


def pack_words(problem: Problem, layout: Layout, workers: int | None = None) -> np.ndarray:
    """uint64[n, W]: what each person has."""
    p = problem.people
    tables = [
        (p.free_day, {1: 0}),
        (p.free_night, {1: layout.night}),
        (p.languages, {1: layout.speech}),
        (p.skills, {level: layout.skill + (level - 1) * layout.plane for level in (1, 2, 3)}),
    ]
    return _packed(tables, problem.n_people, layout.words, threads(workers))


def pack_figures(problem: Problem, relations: Relations) -> np.ndarray:
    """int32[n, 16], a cache line each."""
    p = problem.people
    out = np.zeros((problem.n_people, 16), np.int32)
    said = np.where(p.birth_day == 0, LATER, p.birth_day)
    flags = p.sex.astype(np.int32) << SEX_AT
    flags |= np.where(p.credits == 0, FIRST_TIMER, 0)
    flags |= np.where(np.diff(relations.first_busy) > 0, BUSY, 0)
    flags |= np.where(np.diff(relations.first_known) > 0, KNOWN, 0)
    flags |= np.where(p.stars.any(axis=1), FAN, 0)
    columns = {
        FLOOR: p.rate_floor, BIRTH: said, MINOR: np.where(p.guardian_consent, said, LATER), FLAGS: flags,
        COMPANY: p.last_company, HUB: p.last_hub, END: p.last_end, YOUNGEST: p.playable_min,
        OLDEST: p.playable_max, HEIGHT: p.height_cm, CAMERA: p.appearance_until, LOOK: p.look,
        LOOK_UNTIL: p.look_until,
    }  # fmt: skip
    for at, column in columns.items():
        out[:, at] = column
    return out


def static_points(problem: Problem) -> np.ndarray:
    """int32[n]: what a person brings to any role, experience and reliability."""
    p, w = problem.people, problem.weights
    done = p.credits.astype(np.int64)
    points = (
        w.experience * done // (done + HALF_EXPERIENCE)
        + w.reliability * p.reliability.astype(np.int64) // 200
    )
    return points.astype(np.int32)


def pack_relations(problem: Problem) -> Relations:
    """Commitments, pins among them, and dealings with crews, in lists by person."""
    c = problem.commitments
    kind = c.hub * 3 + c.part - 1
    cast = problem.roles.category != PRODUCTION
    look = np.where(c.role >= 0, (problem.roles.look * cast)[c.role] if problem.n_roles else 0, 0)
    busy = np.stack([c.start, c.end, kind, c.role, look], axis=1).astype(np.int64).reshape(-1, 5)
    pairs = (
        (problem.block_person, problem.block_company, np.full(len(problem.block_person), BLOCKED), BLOCKED),
        (problem.mark_person, problem.mark_company, problem.mark, MARKED),
        (problem.star_person, problem.star_company, np.full(len(problem.star_person), STARRED), STARRED),
    )
    who = np.concatenate([person for person, *_ in pairs])
    known = np.concatenate(
        [np.stack([crew, np.full(len(crew), what), value], axis=1) for _, crew, value, what in pairs]
    ).astype(np.int64)
    return Relations(*listed(c.person, busy, problem.n_people), *listed(who, known, problem.n_people))


def listed(person: np.ndarray, rows: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows in lists by person, as (first int64[n + 1], rows)."""
    order = np.argsort(person, kind="stable")
    first = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(person, minlength=n), out=first[1:])
    return first, np.ascontiguousarray(rows[order])


def pack_roles(problem: Problem, layout: Layout) -> Openings:
    """Every role of the problem as the loops read it."""
    r, w, m = problem.roles, problem.weights, problem.n_roles
    out = np.zeros((m, 20), np.int64)
    cast = r.category != PRODUCTION
    named = (r.must > 0) | r.nice
    columns = {
        GROUP: r.role_type.astype(np.int64) * max(1, len(problem.vocabulary.hubs)) + r.hub, RATE: r.day_rate,
        START: r.start, LAST: r.end, KIND: problem.place_kind, CREW: r.company, PLACE: r.hub, TYPE: r.role_type,
        CAST: cast, AGE_LOW: r.age_min, AGE_HIGH: r.age_max, SEX: r.sex, LOW: r.height_min, HIGH: r.height_max,
        NEEDS_LOOK: r.look * cast, ENTRY: r.entry_level, SPEAKS_ANY: r.speaks_any.any(axis=1),
    }  # fmt: skip
    for at, column in columns.items():
        out[:, at] = column
    strict = ((r.part & NIGHT) > 0) | r.hazard
    for day in np.unique(r.start).tolist():
        at = r.start == day
        out[at, ADULTS] = latest_birth(problem.date(day), ADULT_AGE)
        out[at, MINORS] = np.where(strict[at], NEVER, latest_birth(problem.date(day), LEAST_AGE))
    marked = np.isin(r.company, problem.mark_company)
    starred = np.asarray(problem.people.stars.any(axis=0))
    liked = np.isin(r.company, problem.star_company) | starred[r.role_type]
    out[:, REST] = (
        np.where(named.any(axis=1), w.skills, 0)
        + max(w.same_company, w.same_hub)
        + r.entry_level * w.first_job
        + w.headroom
        + marked * w.marked
        + liked * w.starred
    )
    days = np.arange(problem.days)
    span = (days >= r.start[:, None]) & (days <= r.end[:, None])
    tables = [
        (span & ((r.part & DAY) > 0)[:, None], {1: 0}),
        (span & ((r.part & NIGHT) > 0)[:, None], {1: layout.night}),
        (r.speaks_all, {1: layout.speech}),
    ]
    tables += [(r.must == level, {1: layout.skill + (level - 1) * layout.plane}) for level in (1, 2, 3)]
    needs = _packed(tables, m, layout.words, 1)
    one_of = _packed([(r.speaks_any, {1: 0})], m, layout.words - layout.speech, 1)
    return Openings(out, needs, one_of, np.ascontiguousarray(r.role_ids), *_planes(problem))


def _planes(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """`first_plane` and `plane` of every role, some roles at a time: what is found on the way takes more room than what
    is kept.
    """
    ends, planes, count = np.zeros((problem.n_roles, 4), np.int64), [np.zeros(0, np.int64)], 0
    for low in range(0, problem.n_roles, SOME):
        some = slice(low, low + SOME)
        ends[some], plane = _planes_of(problem, some)
        ends[some] += count
        planes.append(plane)
        count += len(plane)
    return ends, np.concatenate(planes)


def _planes_of(problem: Problem, some: slice) -> tuple[np.ndarray, np.ndarray]:
    """The same of `some` roles. What fewest people have, skills, comes first."""
    r, days, skills = problem.roles, problem.days, len(problem.vocabulary.skills)
    speech, must, part = 2 * days + 3 * skills, r.must[some], r.part[some]
    day, m = np.arange(days), len(part)
    span = (day >= r.start[some, None]) & (day <= r.end[some, None])

    def marked(table: np.ndarray, kind: int, at: int) -> np.ndarray:
        role, bit = np.nonzero(table)
        return np.stack([3 * role + kind, bit + at], axis=1)

    rows = np.concatenate(
        [
            *(marked(must == level, NEEDED, 2 * days + (level - 1) * skills) for level in (3, 2, 1)),
            marked(span & ((part & DAY) > 0)[:, None], NEEDED, 0),
            marked(span & ((part & NIGHT) > 0)[:, None], NEEDED, days),
            marked(r.speaks_all[some], NEEDED, speech),
            marked(r.speaks_any[some], ANY_OF, speech),
            marked((must > 0) | r.nice[some], NAMES, 2 * days),
        ]
    )
    first = np.concatenate([[0], np.cumsum(np.bincount(rows[:, 0], minlength=3 * m))])
    return first[np.arange(m)[:, None] * 3 + np.arange(4)], rows[np.argsort(rows[:, 0], kind="stable"), 1]
