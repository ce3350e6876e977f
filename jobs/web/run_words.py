"""Words for what a run found: why places stay empty, how fairly people were treated, what failed the check."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.formats import count, percent
from jobs import policies
from jobs.models import MarketRun, MatchRun
from jobs.queries import run_costs, run_why, runs
from jobs.queries.passed_over import PassedOver
from jobs.web import barrier_words

PHASES = {
    "compile": gettext_lazy("getting the engine ready, once on this machine"),
    "load": gettext_lazy("reading people and days"),
    "eligibility": gettext_lazy("finding who may do what"),
    "prices": gettext_lazy("weighing all places against each other"),
    "plan": gettext_lazy("placing people, urgent roles first"),
    "improve": gettext_lazy("improving the plan"),
    "verify": gettext_lazy("checking the plan with a second program"),
    "publish": gettext_lazy("writing the proposals down"),
}

RULES = {
    "unknown_row": gettext_lazy("a person or a role that is not in the question"),
    "repeated": gettext_lazy("one person twice on one role"),
    "over_headcount": gettext_lazy("more people than places"),
    "pin_moved": gettext_lazy("a confirmed person was moved"),
    "wrong_score": gettext_lazy("a score that does not add up"),
    "wrong_objective": gettext_lazy("a total that does not add up"),
    "wrong_unfilled": gettext_lazy("empty places counted wrongly"),
    "wrong_standby": gettext_lazy("somebody stands by who could not come"),
    "wrong_premiums": gettext_lazy("urgency that counts for one role and not for another"),
    "wrong_prices": gettext_lazy("prices that prove nothing"),
    "wrong_bound": gettext_lazy("a proof that does not hold"),
    "over_bound": gettext_lazy("a plan better than its own proof allows"),
    "unit_split": gettext_lazy("people who come together were parted"),
}
"""What the referee may find, beside the barriers."""

WHY = {
    "better_elsewhere": gettext_lazy("are proposed for a role that suits them better"),
    "needed_elsewhere": gettext_lazy("are needed more on another role of the same days"),
    "confirmed": gettext_lazy("came after somebody was confirmed"),
    "lot": gettext_lazy("had the same points, and the lot decided"),
    "gap": gettext_lazy("would have made the plan better, but were not found in time"),
}
"""Read after a number of people who were passed over."""


LEFT = {
    "struck": gettext_lazy("you took her off"),
    "gone": gettext_lazy("does not look for this work any more"),
    "barrier": gettext_lazy("cannot be asked for this role any more"),
    "behind": gettext_lazy("others fit better now"),
}
"""Read after the name of somebody who is no longer proposed."""


@dataclass(frozen=True)
class Finding:
    """A breach in words: the rule's code and name, its facts as pairs, and how often it was found."""

    rule: str
    words: str
    facts: list[tuple[str, Any]]


def phase(code: str) -> str:
    """Return what the engine is doing; an unknown phase is said as it is called."""
    return str(PHASES.get(code, code))


def rule(code: str) -> str:
    """Return the name of a rule that a plan broke."""
    if code in RULES:
        return str(RULES[code])
    try:
        return barrier_words.label(code)
    except KeyError:
        return code


def findings(run: MatchRun | MarketRun) -> list[Finding]:
    """What the check found, for the admin: each rule by name, with the facts that show it."""
    return [
        Finding(each["rule"], rule(each["rule"]), sorted((each.get("facts") or {}).items()))
        for each in run.breaches
    ]


def empty(line: runs.EmptyRole) -> str:
    """Say why places of a role stay empty."""
    if line.reason == "nobody_eligible":
        return _("nobody meets all its requirements")
    if line.reason == "too_few_eligible":
        return ngettext(
            "only %(n)s person meets all its requirements",
            "only %(n)s people meet all its requirements",
            line.eligible,
        ) % {"n": count(line.eligible)}
    if line.eligible == 2:
        return _("2 eligible, both wanted by others")
    return ngettext(
        "%(n)s eligible, wanted by another role of the same days",
        "%(n)s eligible, all wanted by others on the same days",
        line.eligible,
    ) % {"n": count(line.eligible)}


def left(why: run_why.Why) -> str:
    """Say why somebody is no longer proposed; what is her own affair stays it."""
    if why.code == "standby":
        return _("stands by, place %(place)s: somebody fits better now") % {"place": why.place}
    if why.code == "taken" and why.by is not None:
        return _("proposed as %(role)s instead") % {"role": why.by.role_type.name}
    if why.code == "barrier" and why.barrier["barrier"] in policies.NAMED_TO_CREWS:
        return barrier_words.label(why.barrier["barrier"])
    return str(LEFT.get(why.code, LEFT["behind"]))


def risk(line: run_costs.Risk) -> str:
    """Say on how few people a role stands."""
    if not line.eligible:
        return _("nobody meets all its requirements")
    if line.wanted == line.eligible == 2:
        return _("2 eligible, both wanted by others")
    terms = {"n": count(line.eligible), "slots": count(line.slots), "wanted": count(line.wanted)}
    if line.wanted:
        return (
            ngettext(
                "%(n)s eligible for %(slots)s places, %(wanted)s wanted by others",
                "%(n)s eligible for %(slots)s places, %(wanted)s of them wanted by others",
                line.eligible,
            )
            % terms
        )
    return (
        ngettext("%(n)s eligible for %(slots)s places", "%(n)s eligible for %(slots)s places", line.eligible)
        % terms
    )


def fairness(report: Mapping[str, Any]) -> list[str]:
    """Return the fairness report in plain sentences; nothing where there is none or nobody was placed."""
    if not report or not report.get("placements"):
        return []
    out = [
        _("%(share)s of the proposals go to people for whom it would be the first job.")
        % {"share": percent(report["first_timer_share"])}
    ]
    long = [each for each in report["waiting"] if each["days"] >= 30]
    waiting, seen = (sum(each[name] for each in long) for name in ("people", "placed"))
    if waiting:
        out.append(
            _("Of %(people)s people who have waited for a month or longer, %(placed)s are proposed.")
            % {"people": count(waiting), "placed": count(seen)}
        )
    passed = sum(report["reasons"].values())
    if not passed:
        out.append(_("Nobody with more points was passed over."))
    return out


def passed_over(report: Mapping[str, Any]) -> list[str]:
    """Return how many people with as many points or more are not on a role, by reason, the commonest first."""
    reasons = sorted((report.get("reasons") or {}).items(), key=lambda each: (-each[1], each[0]))
    return [f"{count(number)} {WHY[code]}" for code, number in reasons if code in WHY]


WHY_SHE = {
    "better_elsewhere": gettext_lazy("is proposed for %(role)s, which suits her better"),
    "needed_elsewhere": gettext_lazy("is needed more as %(role)s on the same days"),
    "confirmed": gettext_lazy("the other one was confirmed before the run"),
    "lot": gettext_lazy("the same points; the lot decided"),
    "gap": gettext_lazy("would have made the plan better, but was not found in time"),
}
"""Read after one name: why somebody was passed over."""


def by_name(lines: list[PassedOver]) -> list[dict[str, Any]]:
    """Put words beside those who were passed over."""
    return [{"line": each, "words": _why_she(each)} for each in lines]


def _why_she(line: PassedOver) -> str:
    """Say why one person is not on a role on which somebody of no more points is."""
    other = f"{line.other.role_type.name} · {line.other.shoot.title}" if line.other else _("another role")
    return str(WHY_SHE[line.why]) % {"role": other} if line.why in WHY_SHE else line.why
