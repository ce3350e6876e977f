from django.db import migrations

ADD = """
CREATE FUNCTION jobs_berth_within_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE most integer;
BEGIN
    SELECT daily_crew_capacity INTO most FROM hubs_base WHERE id = NEW.base_id FOR SHARE;
    IF NEW.berth > most THEN
        RAISE EXCEPTION 'base % takes % crews a day', NEW.base_id, most
            USING ERRCODE = 'check_violation', CONSTRAINT = 'base_never_above_its_crews';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER jobs_berth_within_capacity BEFORE INSERT OR UPDATE OF base_id, berth ON jobs_baseday
    FOR EACH ROW EXECUTE FUNCTION jobs_berth_within_capacity();

CREATE FUNCTION jobs_set_booking_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.place_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM jobs_baseday
        WHERE id = NEW.place_id AND shoot_id = NEW.shoot_id AND base_id = NEW.base_id AND day = NEW.day
    ) THEN
        RAISE EXCEPTION 'the place is of another shoot, base or day'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'set_booking_in_its_own_place';
    END IF;
    IF NEW.set_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM hubs_set WHERE id = NEW.set_id AND base_id = NEW.base_id
    ) THEN
        RAISE EXCEPTION 'the set stands in another base'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'set_booking_set_of_its_base';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER jobs_set_booking_fits BEFORE INSERT OR UPDATE ON jobs_setbooking
    FOR EACH ROW EXECUTE FUNCTION jobs_set_booking_fits();

CREATE FUNCTION jobs_fair_seat_within_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE most integer;
BEGIN
    SELECT capacity INTO most FROM hubs_jobfair WHERE id = NEW.fair_id FOR SHARE;
    IF most IS NULL OR NEW.number > most THEN
        RAISE EXCEPTION 'fair % has % seats', NEW.fair_id, most
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fair_never_above_its_seats';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER jobs_fair_seat_within_capacity BEFORE INSERT OR UPDATE OF fair_id, number ON jobs_fairseat
    FOR EACH ROW EXECUTE FUNCTION jobs_fair_seat_within_capacity();
"""
REMOVE = """
DROP TRIGGER jobs_fair_seat_within_capacity ON jobs_fairseat;
DROP FUNCTION jobs_fair_seat_within_capacity();
DROP TRIGGER jobs_set_booking_fits ON jobs_setbooking;
DROP FUNCTION jobs_set_booking_fits();
DROP TRIGGER jobs_berth_within_capacity ON jobs_baseday;
DROP FUNCTION jobs_berth_within_capacity();
"""


class Migration(migrations.Migration):
    """A base never above its crews a day, a fair never above its seats: what a CHECK of one table cannot see.

    The row that holds the limit is locked FOR SHARE, so that the limit cannot be lowered between look and commit.
    """

    dependencies = [("jobs", "0014_sets_and_fair_seats")]
    operations = [migrations.RunSQL(ADD, REMOVE)]
