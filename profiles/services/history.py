"""Where she has learned and worked: lines she adds and removes one by one."""

from datetime import date

from config.errors import Conflict, Invalid
from hubs.models import Institution, RoleType
from profiles.models import Credit, Education, Profile, User

from .profiles import may_edit
from .text import clean_line

MOST_LINES = 30
EARLIEST_YEAR = 1950
STILL_STUDYING = 8
"""A year of graduation may lie this many years ahead."""


def add_education(
    *,
    profile: Profile,
    by: User,
    degree: str,
    today: date,
    institution: Institution | None = None,
    school: str = "",
    major: str = "",
    graduated: int | None = None,
) -> Education:
    """Add a degree or course: `institution` from our list, or the school's name in her own words.

    Raises Invalid `school_required`, `degree_unknown`, `year_out_of_range`, `too_many`, and from clean_line.
    """
    may_edit(profile, by)
    school = "" if institution else clean_line(school, field="school", longest=120)
    if not institution and not school:
        raise Invalid("school_required", field="school")
    if degree not in Education.Degree.values:
        raise Invalid("degree_unknown", field="degree")
    if graduated is not None:
        _check_year(graduated, field="graduated", last=today.year + STILL_STUDYING)
    _check_room(profile.educations.count(), field="school")
    return Education.objects.create(
        profile=profile,
        institution=institution,
        school=school,
        degree=degree,
        major=clean_line(major, field="major", longest=120),
        graduated=graduated,
    )


def remove_education(*, profile: Profile, by: User, education: Education) -> None:
    """Remove a line of education. Raises NotAllowed `not_yours`."""
    may_edit(profile, by)
    may_edit(education.profile, by)
    education.delete()


def add_credit(
    *,
    profile: Profile,
    by: User,
    title: str,
    role_type: RoleType,
    year: int,
    today: date,
    crew_name: str = "",
    days_served: int = 0,
) -> Credit:
    """Add a shoot she has worked on elsewhere, in her own words. Shoots from here write themselves, as proof.

    Raises Invalid `year_out_of_range`, `days_out_of_range`, `too_many`, and what clean_line raises.
    """
    may_edit(profile, by)
    title = clean_line(title, field="title", longest=120, required=True)
    crew_name = clean_line(crew_name, field="crew_name", longest=120)
    _check_year(year, field="year", last=today.year)
    if not 0 <= days_served <= 366:
        raise Invalid("days_out_of_range", field="days_served")
    _check_room(profile.credits.filter(reference__isnull=True).count(), field="title")
    return Credit.objects.create(
        profile=profile,
        title=title,
        role_type=role_type,
        year=year,
        crew_name=crew_name,
        days_served=days_served,
    )


def remove_credit(*, profile: Profile, by: User, credit: Credit) -> None:
    """Remove a credit she wrote. Raises Conflict `credit_proven` for one that grew from a booking."""
    may_edit(profile, by)
    may_edit(credit.profile, by)
    if credit.proven:
        raise Conflict("credit_proven")
    credit.delete()


def _check_year(year: int, *, field: str, last: int) -> None:
    if not EARLIEST_YEAR <= year <= last:
        raise Invalid("year_out_of_range", field=field, first=EARLIEST_YEAR, last=last)


def _check_room(lines: int, *, field: str) -> None:
    if lines >= MOST_LINES:
        raise Invalid("too_many", field=field, most=MOST_LINES)
