from django.db import migrations

ADD = """
CREATE FUNCTION jobs_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER jobs_entry_append_only BEFORE UPDATE OR DELETE ON jobs_entry
    FOR EACH ROW EXECUTE FUNCTION jobs_entry_refuse();
"""
REMOVE = """
DROP TRIGGER jobs_entry_append_only ON jobs_entry;
DROP FUNCTION jobs_entry_refuse();
"""


class Migration(migrations.Migration):
    """The log refuses UPDATE and DELETE in the database itself."""

    dependencies = [("jobs", "0002_links")]
    operations = [migrations.RunSQL(ADD, REMOVE)]
