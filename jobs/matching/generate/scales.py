"""The sizes of synthetic markets, and the crew that every shoot of them asks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PRODUCTION_TYPES, LEAD_TYPES, EXTRA_TYPES = 24, 4, 4
ROLE_TYPES = PRODUCTION_TYPES + LEAD_TYPES + EXTRA_TYPES
DEPARTMENT = 4  # role types side by side; the trades of one department know each other's skills
SKILLS = ROLE_TYPES  # skill k is the trade of role type k
LANGUAGES = 6

# The crew of one shoot: 26 roles, 75 slots. Types 0..19 of production, four leads, two kinds of extras.
TEMPLATE_TYPES = np.array([*range(20), 24, 25, 26, 27, 28, 29], np.int32)
TEMPLATE_SLOTS = np.array([1] * 6 + [2] * 6 + [3] * 4 + [4] * 4 + [1, 1, 1, 1, 16, 9], np.int32)
EXTRAS_AT = 24  # of the template: the role that takes in slots of a role left out, or gives slots up
SINGLES = np.array([0, 1, 2, 3, 4, 5, 20, 21, 22, 23])  # of the template: roles of one slot may be left out
CREW = int(TEMPLATE_SLOTS.sum())

# Shoots and homes by hub, in thousandths; a market of fewer hubs has the first of them.
HUB_WEIGHTS = (164, 130, 110, 95, 85, 75, 65, 58, 50, 45, 40, 35, 27, 21)

SHORTEST, LONGEST = 5, 10  # days of a shoot


@dataclass(frozen=True)
class Scale:
    """A market at tightness 1. `roles` and `slots`: exact numbers; 0: as many as the shoots' crews have."""

    people: int
    shoots: int
    hubs: int
    days: int
    roles: int = 0
    slots: int = 0


SCALES = {
    "shoot": Scale(3_000, 1, 1, 30),
    "demo": Scale(3_000, 60, 1, 60),
    "eighth-hub": Scale(12_938, 68, 1, 40, 1_726, 5_062),
    "half-hub": Scale(51_750, 265, 1, 40, 6_755, 19_805),
    "hub": Scale(103_500, 527, 1, 40, 13_481, 39_524),
    "half-nation": Scale(345_000, 1_604, 14, 40, 40_547, 120_229),
    "nation": Scale(690_000, 3_208, 14, 40, 81_134, 240_572),
    "country": Scale(12_700_000, 60, 14, 14),
}
