"""Truths that must hold whatever happened: each is a query whose every row is a breach."""

from dataclasses import dataclass

from django.db import connection

INVARIANTS: dict[str, str] = {
    "a person's bookings never overlap": """
        SELECT a.id, b.id FROM jobs_booking a JOIN jobs_booking b
        ON a.profile_id = b.profile_id AND a.id < b.id AND a.days && b.days
        WHERE a.state IN ('confirmed', 'served') AND b.state IN ('confirmed', 'served')""",
    "a role is never overfilled": "SELECT id, filled, headcount FROM jobs_role WHERE filled > headcount",
    "a role counts exactly its standing bookings": """
        SELECT r.id, r.filled, count(b.id) FROM jobs_role r
        LEFT JOIN jobs_booking b ON b.role_id = r.id AND b.state IN ('confirmed', 'served')
        GROUP BY r.id HAVING r.filled <> count(b.id)""",
    "an accepted offer has its booking": """
        SELECT o.id FROM jobs_offer o LEFT JOIN jobs_booking b ON b.offer_id = o.id
        WHERE o.state = 'accepted' AND b.id IS NULL""",
    "a booking stands on an accepted offer of the same role and person": """
        SELECT b.id FROM jobs_booking b JOIN jobs_offer o ON o.id = b.offer_id
        WHERE o.state <> 'accepted' OR o.role_id <> b.role_id OR o.profile_id <> b.profile_id""",
    "one live offer a role and person": """
        SELECT role_id, profile_id FROM jobs_offer WHERE state IN ('drafted', 'open', 'accepted')
        GROUP BY 1, 2 HAVING count(*) > 1""",
    "an offer was answered before its deadline, or expired after it": """
        SELECT id FROM jobs_offer WHERE (state IN ('accepted', 'declined') AND answered_at >= expires_at)
        OR (state = 'expired' AND answered_at < expires_at)""",
    "open offers and bookings of a role fit its headcount": """
        SELECT r.id FROM jobs_role r JOIN jobs_offer o ON o.role_id = r.id AND o.state = 'open'
        GROUP BY r.id HAVING r.filled + count(DISTINCT coalesce(o.vacancy_id, -o.id)) > r.headcount""",
    "an open offer has its expiry in the queue": """
        SELECT o.id FROM jobs_offer o LEFT JOIN jobs_workitem w
        ON w.kind = 'expire_offer' AND w.subject_id = o.id AND w.done_at IS NULL
        WHERE o.state = 'open' AND w.id IS NULL""",
    "no open offers on shoots that are not open": """
        SELECT o.id FROM jobs_offer o JOIN jobs_role r ON r.id = o.role_id JOIN jobs_shoot s ON s.id = r.shoot_id
        WHERE o.state = 'open' AND s.state <> 'open'""",
    "every person is packed for the engine": """
        SELECT p.id FROM profiles_profile p LEFT JOIN jobs_personcolumns c ON c.profile_id = p.id
        WHERE c.profile_id IS NULL""",
    "the newest people are packed as their rows say": """
        SELECT now.person FROM jobs_packed(ARRAY(SELECT id FROM profiles_profile ORDER BY id DESC LIMIT 500)) now
        JOIN jobs_personcolumns c ON c.profile_id = now.person WHERE c.data <> now.packed""",
    "a cancelled shoot has no confirmed booking": """
        SELECT b.id FROM jobs_booking b JOIN jobs_role r ON r.id = b.role_id JOIN jobs_shoot s ON s.id = r.shoot_id
        WHERE b.state = 'confirmed' AND s.state = 'cancelled'""",
    "a role lies within its shoot": """
        SELECT r.id FROM jobs_role r JOIN jobs_shoot s ON s.id = r.shoot_id WHERE NOT r.days <@ s.days""",
    "a booking has the days of its role, or the rest of them that its offer named": """
        SELECT b.id FROM jobs_booking b JOIN jobs_role r ON r.id = b.role_id JOIN jobs_offer o ON o.id = b.offer_id
        WHERE b.state = 'confirmed'
        AND b.days <> daterange(greatest(lower(r.days), coalesce(o.first_day, lower(r.days))), upper(r.days))""",
    "a vacancy is filled once, and nobody is asked for one that is closed": """
        SELECT v.id FROM jobs_vacancy v JOIN jobs_offer o ON o.vacancy_id = v.id AND o.state IN ('accepted', 'open')
        WHERE v.closed_at IS NOT NULL GROUP BY v.id
        HAVING count(*) FILTER (WHERE o.state = 'open') > 0 OR count(*) > 1""",
    "who gave up and who did not show is not booked any more": """
        SELECT c.id FROM jobs_cancellation c JOIN jobs_booking b ON b.id = c.booking_id WHERE b.state <> 'cancelled'""",
    "only verified crews have open shoots": """
        SELECT s.id FROM jobs_shoot s JOIN jobs_crew c ON c.id = s.crew_id
        WHERE s.state = 'open' AND c.state = 'applied'""",
    "a published run proposes at most its free places and each person once a day": """
        SELECT a.id, b.id FROM jobs_match a JOIN jobs_match b
        ON a.run_id = b.run_id AND a.profile_id = b.profile_id AND a.id < b.id
        JOIN jobs_role ra ON ra.id = a.role_id JOIN jobs_role rb ON rb.id = b.role_id
        JOIN jobs_matchrun run ON run.id = a.run_id AND run.state = 'published'
        WHERE a.state = 'chosen' AND b.state = 'chosen' AND ra.days && rb.days
        AND NOT EXISTS (SELECT 1 FROM jobs_offer o WHERE o.match_id IN (a.id, b.id))""",
    "a sent notice says when": "SELECT id FROM jobs_notice WHERE state = 'sent' AND sent_at IS NULL",
    "a done work item holds no lease and was not set aside": """
        SELECT id FROM jobs_workitem WHERE done_at IS NOT NULL AND (lease_until IS NOT NULL OR failed_at IS NOT NULL)""",
    "a crew has an owner": """
        SELECT c.id FROM jobs_crew c WHERE NOT EXISTS
        (SELECT 1 FROM jobs_membership m WHERE m.crew_id = c.id AND m."right" = 'owner')""",
    "a credit that grew from a booking stands on one that was served": """
        SELECT c.id FROM profiles_credit c LEFT JOIN jobs_booking b ON c.reference = 'booking:' || b.id
        WHERE c.reference LIKE 'booking:%' AND (b.id IS NULL OR b.state <> 'served')""",
}
"""Name, and the SQL that finds its breaches. Read by `manage.py check_integrity`."""


@dataclass(frozen=True)
class Finding:
    """An invariant with the number of rows that break it and the first of them."""

    name: str
    count: int
    first: tuple


def findings() -> list[Finding]:
    """Return the invariants that are broken; an empty list is the only good answer."""
    out = []
    with connection.cursor() as cursor:
        for name, sql in INVARIANTS.items():
            cursor.execute(sql)
            rows = cursor.fetchall()
            if rows:
                out.append(Finding(name, len(rows), rows[0]))
    return out
