"""Why a role is for her, in one sentence she would say to a friend; the codes and facts are the engine's.

Twelve cards that all praise "you live in Zhengzhou" say nothing: what few of them share is said first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.formats import yuan
from jobs.matching.problem import Weights
from jobs.queries.matching import Pair
from jobs.web.reasons import Names

CLAUSES = 2
CONSIDERED = 5
SEVERAL = 3
SUPERLATIVE = 150.0
"""As much as living in the hub of the role."""

COMMON = 0.75
"""How much of its weight a clause loses when every card of the page could say it."""


def write(pairs: Sequence[Pair], names: Names, *, repeat: bool = True) -> list[str]:
    """Return a sentence for each pair of a page, no two alike while there is something else to say.

    Without `repeat`, a sentence that could only say again what stands above it is left empty.
    """
    clauses = [_clauses(pair, names) for pair in pairs]
    for place, words in _superlatives(pairs).items():
        clauses[place] |= words
    shared = Counter(words for said in clauses for words in said)
    used: set[tuple[str, ...]] = set()
    return [_sentence(said, shared, len(pairs), used, repeat) for said in clauses]


def _clauses(pair: Pair, names: Names) -> dict[str, float]:
    """Each clause with the points it gave."""
    said: dict[str, float] = {}
    for each in pair.contributions:
        # A rule without a clause says nothing here; the list of reasons below the sentence has it.
        clause = CLAUSE_OF.get(each["rule"])
        if clause and (words := clause(each["amount"], each.get("facts") or {}, names, pair)):
            said[words] = each["amount"]
    return said


def _superlatives(pairs: Sequence[Pair]) -> dict[int, dict[str, float]]:
    """What one role of a page has before all others: the best pay, the first day, the most days."""
    found: dict[int, dict[str, float]] = {}
    if len(pairs) < SEVERAL:
        return found
    for measure, words in (
        (lambda role: role.day_rate, _("it is the best paid of these")),
        (lambda role: -role.days.lower.toordinal(), _("it starts before all others here")),
        (lambda role: role.day_count, _("it is the longest of these")),
    ):
        values = [measure(pair.role) for pair in pairs]
        if values.count(max(values)) == 1:
            found.setdefault(values.index(max(values)), {})[words] = SUPERLATIVE
    return found


def _sentence(
    said: Mapping[str, float], shared: Counter[str], cards: int, used: set[tuple[str, ...]], repeat: bool
) -> str:
    def telling(words: str) -> float:
        return said[words] * (1 - COMMON * (shared[words] - 1) / max(1, cards - 1))

    best = sorted(said, key=telling, reverse=True)[:CONSIDERED]
    choices = list(combinations(best, CLAUSES)) or [tuple(best)]
    fresh = next((choice for choice in choices if choice not in used), None)
    if fresh is None and not repeat:
        return ""
    chosen = fresh or choices[0]
    used.add(chosen)
    if not chosen:
        return _("Work, place, pay and days all fit what you have said.")
    if len(chosen) == 1:
        # Translators: a whole sentence made of one clause, such as "it is in Zhengzhou, where you live".
        return _upper(_("%(first)s.") % {"first": chosen[0]})
    # Translators: a whole sentence made of two clauses.
    return _upper(_("%(first)s, and %(second)s.") % {"first": chosen[0], "second": chosen[1]})


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _skills(amount: int, facts: Mapping, names: Names, pair: Pair) -> str:
    held = [names.skills.get(code, code) for code, level in facts.get("levels", {}).items() if level]
    if not held:
        return ""
    return _("they ask for %(skills)s, which you can do") % {"skills": _(", ").join(held[:2])}


def _experience(amount: int, facts: Mapping, names: Names, pair: Pair) -> str:
    count = facts.get("credits", 0)
    if not count:
        return ""
    return ngettext(
        "the %(count)d shoot behind you counts here", "the %(count)d shoots behind you count here", count
    ) % {"count": count}


def _proximity(amount: int, facts: Mapping, names: Names, pair: Pair) -> str:
    home, hub, days = facts.get("home"), facts.get("hub"), facts.get("travel_days")
    place = {"hub": names.hubs.get(hub, hub)}
    if home is None:
        return ""
    if home == hub:
        return _("it is in %(hub)s, where you live") % place
    if days is not None and days <= 1 and pair.role.shoot.lodging:
        return _("%(hub)s is a day away and the crew has a bed for you") % place
    return _("%(hub)s is a day away at most") % place if days is not None and days <= 1 else ""


def _primary(amount: int, facts: Mapping, names: Names, pair: Pair) -> str:
    if not amount:
        return ""
    return _("%(role)s is the work you want most") % {"role": pair.role.role_type.name}


def _continuity(amount: int, facts: Mapping, names: Names, pair: Pair) -> str:
    if not amount:
        return ""
    if amount >= Weights().same_company:
        return _("you have worked with %(crew)s before") % {"crew": pair.role.shoot.crew.name}
    hub = facts.get("last_hub")
    return _("you were on a shoot in %(hub)s just now") % {"hub": names.hubs.get(hub, hub)}


def _first_job(amount: int, facts: Mapping, names: Names, pair: Pair) -> str:
    return _("nobody minds that it is your first crew") if amount else ""


def _headroom(amount: int, facts: Mapping, names: Names, pair: Pair) -> str:
    floor, offered = facts.get("floor", 0), facts.get("offered", 0)
    if not amount or not floor or offered <= floor:
        return ""
    return _("it pays %(yuan)s a day more than you ask") % {"yuan": yuan(offered - floor)}


CLAUSE_OF = {
    "skills": _skills,
    "experience": _experience,
    "proximity": _proximity,
    "primary": _primary,
    "continuity": _continuity,
    "first_job": _first_job,
    "headroom": _headroom,
    "marked": lambda amount, facts, names, pair: _("crews liked to work with you") if amount > 0 else "",
}
"""Clauses for the soft rules that are worth a sentence. Her reliability is not: it is the crew's reason, not hers."""
