"""Who may and how well, for all pairs of a market, in compiled loops over lists by role type and hub.

`eligibility` and `scoring` say the same, rule by rule and readable; a test compares the two pair by pair.
People are packed once (`packing`), listed by what they look for and where (`postings`), and each role reads its
list from the best base score down until nobody further can matter (`search`). `index.Index` is the object to
keep; `pairs` makes the candidates of a clearing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobs.matching.candidates.index import Index
    from jobs.matching.problem import Problem


def index_of(problem: Problem) -> Index:
    """The index of a large problem, made when first asked for and kept with it."""
    from jobs.matching.candidates.index import Index  # compiled: only who needs it waits for it

    kept = problem.__dict__.get("index")
    if kept is None:
        kept = problem.__dict__["index"] = Index(problem)
    return kept
