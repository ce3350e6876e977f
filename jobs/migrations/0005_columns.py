import django.db.models.deletion
from django.db import migrations, models

# What a packed row holds, in this order; numbers are big-endian. `jobs.queries.columns.PERSON` reads it.
# Days are counted from 0001-01-01 (day 1). Free days are a ring: the bit of a day is its number modulo 384, and
# `base` is the first day it speaks of; nobody says her days more than a year ahead.
TABLES = """
CREATE TABLE jobs_personcolumns (
    profile_id bigint PRIMARY KEY REFERENCES profiles_profile (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    data bytea NOT NULL
);
ALTER TABLE jobs_personcolumns ALTER COLUMN data SET STORAGE PLAIN;
"""

PACK = """
CREATE FUNCTION jobs_bits(mask bit varying) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT substring(varbit_send(mask) FROM 5)
$$;

CREATE FUNCTION jobs_day(day date) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(day - DATE '0001-01-01' + 1, 0)
$$;

CREATE FUNCTION jobs_bit(of_kind integer, of_subject bigint) RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT position::integer FROM jobs_codebit WHERE kind = of_kind AND subject_id = of_subject
$$;

CREATE FUNCTION jobs_ring(span bit, base integer) RETURNS bit LANGUAGE sql IMMUTABLE AS $$
    SELECT (span >> (base % 384)) | (span << (384 - base % 384))
$$;

CREATE FUNCTION jobs_packed(ids bigint[]) RETURNS TABLE (person bigint, packed bytea) LANGUAGE sql STABLE AS $$
SELECT p.id,
    int8send(p.id)
    || int4send(coalesce(free.base, 0))
    || int4send(p.day_rate_floor)
    || int4send(jobs_day(p.birth_date))
    || int4send(jobs_day(p.waiting_since))
    || int4send(0)
    || int4send((SELECT count(*) FROM profiles_credit c WHERE c.profile_id = p.id)::integer)
    || int2send(coalesce(jobs_bit(3, p.home_hub_id), -1)::smallint)
    || int2send(coalesce(wants.first, -1)::smallint)
    || int2send(CASE WHEN p.acting AND p.playable_age_min IS NOT NULL THEN p.playable_age_min ELSE 0 END::smallint)
    || int2send(CASE WHEN p.acting AND p.playable_age_min IS NOT NULL THEN p.playable_age_max ELSE 0 END::smallint)
    || int2send(coalesce(p.height_cm, 0)::smallint)
    || int2send(p.reliability::smallint)
    || int2send(((p.listed AND u.is_active)::integer
        + CASE p.sex WHEN 'female' THEN 2 WHEN 'male' THEN 4 ELSE 0 END)::smallint)
    || int2send(0::smallint)
    || jobs_bits(coalesce(willing.bits, B'0'::bit(64)))
    || jobs_bits(coalesce(speaks.bits, B'0'::bit(64)))
    || jobs_bits(coalesce(wants.bits, B'0'::bit(192)))
    || jobs_bits(coalesce(skills.low, B'0'::bit(192)))
    || jobs_bits(coalesce(skills.high, B'0'::bit(192)))
    || jobs_bits(jobs_ring(coalesce(free.day, B'0'::bit(384)), coalesce(free.base, 0)))
    || jobs_bits(jobs_ring(coalesce(free.night, B'0'::bit(384)), coalesce(free.base, 0)))
FROM profiles_profile p
JOIN profiles_user u ON u.id = p.user_id
CROSS JOIN LATERAL (
    SELECT bit_or(B'1'::bit(192) >> b.position) AS bits,
        (array_agg(b.position ORDER BY w.rank, w.id))[1] AS first
    FROM profiles_wantedrole w JOIN jobs_codebit b ON b.kind = 1 AND b.subject_id = w.role_type_id
    WHERE w.profile_id = p.id
) wants
CROSS JOIN LATERAL (
    SELECT bit_or(CASE WHEN s.level & 1 = 1 THEN B'1'::bit(192) ELSE B'0'::bit(192) END >> b.position) AS low,
        bit_or(CASE WHEN s.level & 2 = 2 THEN B'1'::bit(192) ELSE B'0'::bit(192) END >> b.position) AS high
    FROM profiles_profileskill s JOIN jobs_codebit b ON b.kind = 2 AND b.subject_id = s.skill_id
    WHERE s.profile_id = p.id
) skills
CROSS JOIN LATERAL (
    SELECT bit_or(B'1'::bit(64) >> b.position) AS bits
    FROM jobs_codebit b
    WHERE b.kind = 3 AND (b.subject_id = p.home_hub_id OR b.subject_id IN (
        SELECT w.hub_id FROM profiles_profile_willing_hubs w WHERE w.profile_id = p.id))
) willing
CROSS JOIN LATERAL (
    SELECT bit_or(B'1'::bit(64) >> b.position) AS bits
    FROM profiles_profile_languages l JOIN jobs_codebit b ON b.kind = 4 AND b.subject_id = l.language_id
    WHERE l.profile_id = p.id
) speaks
LEFT JOIN LATERAL (
    SELECT base.base,
        bit_or(CASE WHEN a.part <> 'night' THEN span.bits ELSE B'0'::bit(384) END) AS day,
        bit_or(CASE WHEN a.part <> 'day' THEN span.bits ELSE B'0'::bit(384) END) AS night
    FROM (
        SELECT greatest(jobs_day(min(lower(s.days))), jobs_day(max(upper(s.days))) - 384) AS base
        FROM profiles_availability s WHERE s.profile_id = p.id
    ) base
    JOIN profiles_availability a ON a.profile_id = p.id
    CROSS JOIN LATERAL (
        SELECT (~ B'0'::bit(384) >> greatest(jobs_day(lower(a.days)) - base.base, 0))
            & ~ (~ B'0'::bit(384) >> greatest(jobs_day(upper(a.days)) - base.base, 0)) AS bits
    ) span
    GROUP BY base.base
) free ON true
WHERE p.id = ANY (ids)
$$;
"""

KEEP = """
CREATE FUNCTION jobs_tell(of_kind integer, ids bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO jobs_change (kind, subject_id, xid, made_at)
    SELECT of_kind, id, pg_current_xact_id()::text::bigint, clock_timestamp() FROM unnest(ids) AS id WHERE id IS NOT NULL
$$;

CREATE FUNCTION jobs_repack(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    told bigint[];
BEGIN
    -- Two who change one person at once: the second waits here, and its next statement sees what the first wrote.
    PERFORM 1 FROM jobs_personcolumns WHERE profile_id = ANY (ids) ORDER BY profile_id FOR UPDATE;
    WITH kept AS (
        INSERT INTO jobs_personcolumns AS kept (profile_id, data)
        SELECT person, packed FROM jobs_packed(ids) ORDER BY person
        ON CONFLICT (profile_id) DO UPDATE SET data = EXCLUDED.data WHERE kept.data <> EXCLUDED.data
        RETURNING profile_id
    )
    SELECT array_agg(profile_id) INTO told FROM kept;
    PERFORM jobs_tell(1, told);
END
$$;

CREATE FUNCTION jobs_profile_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM jobs_tell(1, (SELECT array_agg(id) FROM old_rows));
    ELSE
        PERFORM jobs_repack((SELECT array_agg(id) FROM new_rows));
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION jobs_about_profile_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM jobs_repack((SELECT array_agg(DISTINCT profile_id) FROM new_rows));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM jobs_repack((SELECT array_agg(DISTINCT profile_id) FROM old_rows));
    ELSE
        PERFORM jobs_repack((SELECT array_agg(DISTINCT id) FROM (
            SELECT profile_id AS id FROM new_rows UNION SELECT profile_id FROM old_rows) AS both_rows));
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION jobs_user_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM new_rows n JOIN old_rows o USING (id) WHERE n.is_active <> o.is_active) THEN
        PERFORM jobs_repack((SELECT array_agg(p.id) FROM profiles_profile p JOIN new_rows n ON n.id = p.user_id));
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION jobs_commitment_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM jobs_tell(1, (SELECT array_agg(DISTINCT profile_id) FROM old_rows));
    ELSE
        PERFORM jobs_tell(1, (SELECT array_agg(DISTINCT profile_id) FROM new_rows));
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION jobs_role_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM jobs_tell(2, (SELECT array_agg(id) FROM old_rows));
    ELSE
        PERFORM jobs_tell(2, (SELECT array_agg(id) FROM new_rows));
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION jobs_about_role_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM jobs_tell(2, (SELECT array_agg(DISTINCT role_id) FROM old_rows));
    ELSE
        PERFORM jobs_tell(2, (SELECT array_agg(DISTINCT role_id) FROM new_rows));
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION jobs_shoot_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM jobs_tell(2, (SELECT array_agg(r.id) FROM jobs_role r JOIN new_rows n ON n.id = r.shoot_id));
    RETURN NULL;
END
$$;

CREATE FUNCTION jobs_code_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_kind integer := TG_ARGV[0];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('jobs_codebit'), of_kind);
    IF TG_OP = 'DELETE' THEN
        DELETE FROM jobs_codebit WHERE kind = of_kind AND subject_id IN (SELECT id FROM old_rows);
        PERFORM jobs_tell(3, (SELECT array_agg(id) FROM old_rows));
    ELSE
        PERFORM jobs_give_bits(of_kind, (SELECT array_agg(id ORDER BY id) FROM new_rows));
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION jobs_give_bits(of_kind integer, ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jobs_codebit (kind, subject_id, position)
    SELECT of_kind, wanted.subject, free.position
    FROM (
        SELECT given.subject, row_number() OVER (ORDER BY given.subject) AS place
        FROM unnest(ids) AS given (subject)
        WHERE NOT EXISTS (SELECT 1 FROM jobs_codebit b WHERE b.kind = of_kind AND b.subject_id = given.subject)
    ) wanted
    JOIN (
        SELECT bit.position, row_number() OVER (ORDER BY bit.position) AS place
        FROM generate_series(0, (SELECT count(*) FROM jobs_codebit WHERE kind = of_kind) + cardinality(ids))
            AS bit (position)
        WHERE NOT EXISTS (SELECT 1 FROM jobs_codebit b WHERE b.kind = of_kind AND b.position = bit.position)
    ) free USING (place);
    PERFORM jobs_tell(3, ids);
END
$$;
"""
INSERTED = "REFERENCING NEW TABLE AS new_rows"
UPDATED = "REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows"
DELETED = "REFERENCING OLD TABLE AS old_rows"
EVERY = {"insert": INSERTED, "update": UPDATED, "delete": DELETED}

WATCHED = [
    ("profiles_profile", "jobs_profile_written()", EVERY),
    ("profiles_user", "jobs_user_written()", {"update": UPDATED}),
    *((table, "jobs_about_profile_written()", EVERY) for table in (
        "profiles_profileskill", "profiles_wantedrole", "profiles_availability", "profiles_credit",
        "profiles_profile_willing_hubs", "profiles_profile_languages",
    )),
    ("jobs_booking", "jobs_commitment_written()", EVERY),
    ("jobs_offer", "jobs_commitment_written()", EVERY),
    ("jobs_role", "jobs_role_written()", EVERY),
    ("jobs_roleskill", "jobs_about_role_written()", EVERY),
    ("jobs_role_languages", "jobs_about_role_written()", EVERY),
    ("jobs_shoot", "jobs_shoot_written()", {"update": UPDATED}),
    *((table, f"jobs_code_written({kind})", {"insert": INSERTED, "delete": DELETED}) for kind, table in enumerate(
        ("hubs_roletype", "hubs_skill", "hubs_hub", "hubs_language"), start=1
    )),
]  # fmt: skip

WATCH = "\n".join(
    f"CREATE TRIGGER jobs_columns_{event} AFTER {event.upper()} ON {table} {rows}"
    f" FOR EACH STATEMENT EXECUTE FUNCTION {function};"
    for table, function, events in WATCHED
    for event, rows in events.items()
)

FILL = "\n".join(
    f"SELECT jobs_give_bits({kind}, (SELECT coalesce(array_agg(id), '{{}}') FROM {table}));"
    for kind, table in enumerate(("hubs_roletype", "hubs_skill", "hubs_hub", "hubs_language"), start=1)
) + "\nSELECT jobs_repack((SELECT coalesce(array_agg(id), '{}') FROM profiles_profile));"

UNWATCH = "\n".join(
    f"DROP TRIGGER jobs_columns_{event} ON {table};" for table, _, events in WATCHED for event in events
) + """
DROP FUNCTION jobs_give_bits(integer, bigint[]), jobs_code_written(), jobs_shoot_written(),
    jobs_about_role_written(), jobs_role_written(), jobs_commitment_written(), jobs_user_written(),
    jobs_about_profile_written(), jobs_profile_written(), jobs_repack(bigint[]), jobs_tell(integer, bigint[]),
    jobs_packed(bigint[]), jobs_ring(bit, integer), jobs_bit(integer, bigint), jobs_day(date),
    jobs_bits(bit varying);
"""


class Migration(migrations.Migration):
    """People as the engine reads them, packed by triggers; and what changed, for processes with a snapshot."""

    dependencies = [
        ("jobs", "0004_attendance_and_wages"),
        ("profiles", "0001_initial"),
        ("hubs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.PositiveSmallIntegerField(choices=[(1, "person"), (2, "role"), (3, "codes")], verbose_name="kind")),
                ("subject_id", models.BigIntegerField(verbose_name="about row")),
                ("xid", models.BigIntegerField(verbose_name="transaction")),
                ("made_at", models.DateTimeField(verbose_name="made")),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["xid"], name="change_by_transaction"),
                    models.Index(fields=["made_at"], name="change_by_age"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeBit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.PositiveSmallIntegerField(choices=[(1, "role type"), (2, "skill"), (3, "hub"), (4, "language")], verbose_name="kind")),
                ("subject_id", models.BigIntegerField(verbose_name="about row")),
                ("position", models.PositiveSmallIntegerField(verbose_name="bit")),
            ],
            options={
                "verbose_name": "bit of a code",
                "verbose_name_plural": "bits of codes",
                "ordering": ["kind", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "subject_id"), name="code_has_one_bit"),
                    models.UniqueConstraint(fields=("kind", "position"), name="bit_stands_for_one_code"),
                ],
            },
        ),
        # The row goes with the profile by the database's own cascade, which Django's tables do not have.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLES, "DROP TABLE jobs_personcolumns")],
            state_operations=[
                migrations.CreateModel(
                    name="PersonColumns",
                    fields=[
                        ("profile", models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name="columns", serialize=False, to="profiles.profile", verbose_name="profile")),
                        ("data", models.BinaryField(verbose_name="packed")),
                    ],
                    options={
                        "verbose_name": "columns of a person",
                        "verbose_name_plural": "columns of people",
                        "ordering": ["profile"],
                    },
                ),
            ],
        ),
        migrations.RunSQL(PACK + KEEP + WATCH, UNWATCH),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
