"""The table of cancelling in words: what it costs whom, from when on; the same on the offer and when it is needed."""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.formats import yuan
from jobs.models import Offer, Step
from jobs.queries import cancelling
from jobs.queries.cancelling import Outcome


@dataclass(frozen=True)
class Row:
    """One line of the table; `here` marks the one that holds now."""

    when: str
    crew: str
    her: str
    here: bool = False


@dataclass(frozen=True)
class Table:
    """Rows from far to near, then a missed confirmation and not showing up; `grace` minutes are free of all that."""

    rows: list[Row]
    grace: int


def table(offer: Offer, *, reached: Outcome | None = None) -> Table:
    """Put words on an offer's own terms; with `reached`, the line that holds now is marked."""
    terms = cancelling.terms(offer)
    steps = sorted(terms.steps, key=lambda step: -step.within)
    here = reached.step if reached else None
    first = _("%(n)s hours before the first call, or earlier") % {"n": steps[0].within} if steps else ""
    free = reached is not None and here is None
    rows = [Row(first, _("costs nothing"), _("costs nothing"), free)] if steps else []
    for place, step in enumerate(steps):
        after = steps[place + 1].within if place + 1 < len(steps) else 0
        when = (
            _("%(from)s to %(to)s hours before") % {"from": step.within, "to": after}
            if after
            else _("under %(n)s hours before") % {"n": step.within}
        )
        rows.append(Row(when, _crew(step, offer), _hers(step), step == here))
    rows.append(Row(_("not confirmed in time"), "–", _strikes(terms.unconfirmed)))
    rows.append(Row(_("did not show up"), "–", _strikes(terms.no_show)))
    return Table(rows, terms.grace)


def _crew(step: Step, offer: Offer) -> str:
    if not step.percent:
        return _("costs nothing, counts as late")
    amount = yuan(math.ceil(offer.day_rate * step.percent / 100))
    return _("%(amount)s (%(percent)s %% of the first day)") % {"amount": amount, "percent": step.percent}


def _hers(step: Step) -> str:
    return _strikes(step.strikes) if step.strikes else _("costs nothing, counts as late")


def _strikes(count: int) -> str:
    return ngettext("%(n)d strike", "%(n)d strikes", count) % {"n": count}
