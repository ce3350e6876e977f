"""Why a role is for her, in one sentence she would say to a friend; the codes and facts are the engine's.

Twelve cards that all praise "you live in Zhengzhou" say nothing: what few of them share is said first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.formats import yuan
from jobs.matching.problem import Weights
from jobs.queries.matching import Pair
from jobs.web.reasons import Names

CLAUSES = 2
COMMON = 0.75
"""How much of its weight a clause loses when every card of the page could say it."""


def write(pairs: Sequence[Pair], names: Names) -> list[str]:
    """Return a sentence for each pair of a page."""
    clauses = [_clauses(pair, names) for pair in pairs]
    shared = Counter(words for said in clauses for words in said)
    return [_sentence(said, shared, len(pairs)) for said in clauses]


def _clauses(pair: Pair, names: Names) -> dict[str, int]:
    """Each clause with the points it gave."""
    said = {}
    for each in pair.contributions:
        # A rule without a clause says nothing here; the list of reasons below the sentence has it.
        clause = CLAUSE_OF.get(each["rule"])
        if clause and (words := clause(each["amount"], each.get("facts") or {}, names, pair)):
            said[words] = each["amount"]
    return said


def _sentence(said: Mapping[str, int], shared: Counter[str], pages: int) -> str:
    def telling(words: str) -> float:
        return said[words] * (1 - COMMON * (shared[words] - 1) / max(1, pages - 1))

    best = sorted(said, key=telling, reverse=True)[:CLAUSES]
    if not best:
        return _("Work, place, pay and days all fit what you have said.")
    if len(best) == 1:
        # Translators: a whole sentence made of one clause, such as "it is in Zhengzhou, where you live".
        return _upper(_("%(first)s.") % {"first": best[0]})
    # Translators: a whole sentence made of two clauses.
    return _upper(_("%(first)s, and %(second)s.") % {"first": best[0], "second": best[1]})


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
