"""Before a shoot is published: how many people could take each of its roles today, and what each requirement costs."""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from jobs.models import Role, Shoot
from jobs.queries.matching import load_problem
from jobs.queries.standing import Without, without_each


@dataclass(frozen=True)
class Forecast:
    """A role with the number of people nothing keeps from it; `without` as in `standing.without`, the dearest first."""

    role: Role
    eligible: int
    without: list[Without] = field(default_factory=list)

    @property
    def scarce(self) -> bool:
        """Fewer than two for each place: one refusal and the place stays empty."""
        return self.eligible < 2 * self.role.open_slots


def forecast(shoot: Shoot, *, now: datetime) -> list[Forecast]:
    """Return a line for each role with a free place, the scarcest first; 12 queries, whatever the size.

    Reads the tables, not the market in memory: the roles of a draft are not in it.
    """
    problem = load_problem(shoot, now)
    places = {int(role_id): at for at, role_id in enumerate(problem.roles.role_ids.tolist())}
    rows = Role.objects.filter(pk__in=places).select_related("role_type__department", "shoot")
    out = []
    for role in rows:
        place = places[role.pk]
        bars, costs = without_each(problem, place)
        out.append(Forecast(role, int(np.count_nonzero(~bars.any(axis=0))), costs))
    return sorted(out, key=lambda each: (each.eligible / each.role.open_slots, each.role.pk))
