"""Readable rows for whoever builds a problem: the loader that reads tables, the tests, the generator.

Codes (role types, skills, hubs, languages, companies) are any text or number; both sides must use the same
ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jobs.matching.columns import BOTH, PRODUCTION

Code = str | int


@dataclass(frozen=True)
class FreeSpan:
    """Days a person is free, first and last both counted. `part`: 1 the day, 2 the night, 3 both."""

    first: dt.date
    last: dt.date
    part: int = BOTH


@dataclass(frozen=True)
class BookedSpan:
    """Days already promised elsewhere, first and last both counted, in `hub`. May lie before or after the
    window.
    """

    first: dt.date
    last: dt.date
    hub: Code
    part: int = BOTH


@dataclass(frozen=True)
class PersonRow:
    """One person who looks for work."""

    id: int
    wants: Iterable[Code]  # role types she looks for
    primary: Code | None = None  # the one she names first; counts only for the score
    skills: Mapping[Code, int] | None = None  # skill -> level 1 learnt, 2 practised, 3 expert
    rate_floor: int = 0  # least pay she takes, yuan a day
    home_hub: Code | None = None
    willing_hubs: Iterable[Code] = ()  # every hub she would work in, her own included
    languages: Iterable[Code] = ()  # languages and dialects
    born: dt.date | None = None  # None: not said, and then no role may be given (age law)
    guardian_consent: bool = False  # on file; needed at 16 and 17
    sex: int = 0  # 0 not said, 1 female, 2 male; read for characters only
    playable_ages: tuple[int, int] | None = None  # youngest and oldest character; None: does no acting
    height_cm: int = 0  # 0 not said
    appearance_until: dt.date | None = None  # last day she may not be on camera (shaved for a part, ...)
    free: Iterable[FreeSpan] = ()  # what she says is free; promised days go into `booked`, not out of here
    booked: Iterable[BookedSpan] = ()  # bookings that are not pins of this problem
    credits: int = 0  # completed bookings; 0 makes it a first job
    reliability: int = 100  # 0..200
    last_company: Code | None = None
    last_hub: Code | None = None
    last_end: dt.date | None = None  # last day of her last shoot
    waiting_days: int = 0  # days since she last worked or signed up
    look: Code | None = None  # the look her commitments need (a beard, a shaved head, ...), the strictest one
    look_until: dt.date | None = None  # and the last day they need it
    starred_types: Iterable[Code] = ()  # role types she has starred


@dataclass(frozen=True)
class RoleRow:
    """One role with its slots. Each slot takes every day from `first` to `last`, both counted."""

    id: int
    role_type: Code
    hub: Code
    first: dt.date
    last: dt.date
    company: Code  # the hiring crew: blocks and continuity go by it
    shoot: int = 0  # any number that names the shoot
    part: int = BOTH  # 1 the day, 2 the night, 3 both
    headcount: int = 1  # slots to fill, those held by pins included
    day_rate: int = 0  # yuan a day
    category: int = PRODUCTION  # 0 production, 1 leads, 2 extras; 1 and 2 are cast
    must_skills: Mapping[Code, int] | None = None  # skill -> least level 1..3
    nice_skills: Iterable[Code] = ()
    languages_all: Iterable[Code] = ()  # every one of these
    languages_any: Iterable[Code] = ()  # at least one of these
    ages: tuple[int, int] | None = None  # of the character; cast only
    sex: int = 0  # of the character, 0 any; cast only
    heights: tuple[int, int] | None = None  # cm, 0 open-ended; cast only
    entry_level: bool = False  # friendly to a first job
    hazard: bool = False  # wire work, fire, water, height: not for under-18s
    look: Code | None = None  # the part needs it; cast only
    urgency: int | None = None  # days until the first day; None: counted from the window's first day
