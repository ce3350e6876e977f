"""What people said about roles, beyond their own words: who applied, and who said no."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from jobs.enums import ApplicationState, MatchState, OfferState
from jobs.models import Role
from jobs.queries.problems import Wishes

SAID = """
SELECT profile_id, role_id, true FROM jobs_application WHERE role_id = ANY(%(roles)s) AND state = %(sent)s
UNION ALL
SELECT profile_id, role_id, false FROM jobs_offer WHERE role_id = ANY(%(roles)s) AND state = ANY(%(ended)s)
UNION ALL
SELECT profile_id, role_id, false FROM jobs_match WHERE role_id = ANY(%(roles)s) AND state = %(struck)s
"""
"""Written out: each shortlist and each refill asks, and Django takes longer to word it than PostgreSQL to answer."""

ENDED = [OfferState.DECLINED.value, OfferState.EXPIRED.value, OfferState.WITHDRAWN.value]


def of_roles(roles: Iterable[Role]) -> Wishes:
    """Return who applied for one of the roles, and who said no, let an offer lapse or was struck. Reads `role_type` of
    each; one query.
    """
    code_of = {each.pk: each.role_type.code for each in roles}
    wants: dict[int, set[str]] = {}
    not_again: dict[int, set[str]] = {}
    if code_of:
        facts: dict[str, Any] = {
            "roles": list(code_of),
            "sent": ApplicationState.SENT.value,
            "ended": ENDED,
            "struck": MatchState.STRUCK.value,
        }
        with connection.cursor() as cursor:
            cursor.execute(SAID, facts)
            for profile_id, role_id, wanted in cursor.fetchall():
                (wants if wanted else not_again).setdefault(profile_id, set()).add(code_of[role_id])
    return Wishes(wants, not_again)
