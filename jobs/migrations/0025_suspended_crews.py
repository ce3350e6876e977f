from django.db import migrations

# The roles of a crew that was suspended, or let back, are other ones to whoever keeps the market in memory.
WATCH_CREWS = """
CREATE FUNCTION jobs_crew_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM jobs_tell(2, (
        SELECT array_agg(r.id)
        FROM jobs_role r JOIN jobs_shoot s ON s.id = r.shoot_id
        JOIN new_rows n ON n.id = s.crew_id JOIN old_rows o ON o.id = n.id
        WHERE n.state <> o.state
    ));
    RETURN NULL;
END
$$;
CREATE TRIGGER jobs_columns_update AFTER UPDATE ON jobs_crew REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jobs_crew_written();
"""
UNWATCH_CREWS = """
DROP TRIGGER jobs_columns_update ON jobs_crew;
DROP FUNCTION jobs_crew_written();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0024_market_sums'),
    ]

    operations = [
        migrations.RunSQL(WATCH_CREWS, UNWATCH_CREWS),
    ]
