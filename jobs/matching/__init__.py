"""The matching core: one frozen `Problem` in, one `Solution` out, checked by `verify`. Plain Python and
NumPy.

It knows no database, clock, setting or language; whoever calls it brings rows in and puts words on codes.
"""

from jobs.matching.barriers import Barrier, BarrierFact
from jobs.matching.building import build_problem
from jobs.matching.chain import Chain, Continuity, best_chain
from jobs.matching.columns import BOTH, DAY, EXTRAS, LEADS, NIGHT, PRODUCTION, InvalidProblem
from jobs.matching.eligibility import barriers, eligible_people, eligible_roles
from jobs.matching.explanation import Explanation, RequirementCost, Status, WhatIf, explain, what_if
from jobs.matching.fairness import FairnessReport, PassedOver, Waiting, WhyPassedOver, report
from jobs.matching.judging import Breach
from jobs.matching.problem import RULES_VERSION, Problem, Unit, Weights
from jobs.matching.refilling import Placed, refill
from jobs.matching.rows import BookedSpan, FreeSpan, PersonRow, RoleRow
from jobs.matching.scoring import (
    Contribution,
    contributions,
    contributions_of,
    contributions_on,
    score,
    scores_on,
)
from jobs.matching.shortlist import Candidate, Opening, best_people, best_roles
from jobs.matching.solution import Assignment, Score, Solution, Standby, Unfilled, WhyUnfilled
from jobs.matching.solving import solve
from jobs.matching.verification import Verdict, verify

__all__ = [
    "BOTH",
    "DAY",
    "EXTRAS",
    "LEADS",
    "NIGHT",
    "PRODUCTION",
    "RULES_VERSION",
    "Assignment",
    "Barrier",
    "BarrierFact",
    "BookedSpan",
    "Breach",
    "Candidate",
    "Chain",
    "Continuity",
    "Contribution",
    "Explanation",
    "FairnessReport",
    "FreeSpan",
    "InvalidProblem",
    "Opening",
    "PassedOver",
    "PersonRow",
    "Placed",
    "Problem",
    "RequirementCost",
    "RoleRow",
    "Score",
    "Solution",
    "Standby",
    "Status",
    "Unfilled",
    "Unit",
    "Verdict",
    "Waiting",
    "Weights",
    "WhatIf",
    "WhyPassedOver",
    "WhyUnfilled",
    "barriers",
    "best_chain",
    "best_people",
    "best_roles",
    "build_problem",
    "contributions",
    "contributions_of",
    "contributions_on",
    "eligible_people",
    "eligible_roles",
    "explain",
    "refill",
    "report",
    "score",
    "scores_on",
    "solve",
    "verify",
    "what_if",
]
