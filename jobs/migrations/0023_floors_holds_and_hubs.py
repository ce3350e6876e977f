from django.conf import settings
from django.db import migrations, models

# Where somebody works was a row of 64 bits. A country has more hubs than that: 256, of which the last is remote work.
WIDEN = """
DO $do$
DECLARE
    packed text := pg_get_functiondef('jobs_packed(bigint[])'::regprocedure);
    wider text := replace(replace(packed,
        $a$coalesce(willing.bits, B'0'::bit(%(from)d))$a$, $b$coalesce(willing.bits, B'0'::bit(%(to)d))$b$),
        $a$SELECT bit_or(B'1'::bit(%(from)d) >> b.position) AS bits
    FROM jobs_codebit b
    WHERE b.kind = 3$a$, $b$SELECT bit_or(B'1'::bit(%(to)d) >> b.position) AS bits
    FROM jobs_codebit b
    WHERE b.kind = 3$b$);
BEGIN
    IF length(wider) <> length(packed) + 2 * (length('%(to)d') - length('%(from)d')) THEN
        RAISE EXCEPTION 'jobs_packed is not as this migration knows it';
    END IF;
    EXECUTE wider;
END
$do$;
SELECT jobs_repack((SELECT coalesce(array_agg(id), '{}') FROM profiles_profile));
"""

# A role that is held, or let go, is another one to whoever keeps the market in memory.
WATCH_HOLDS = """
CREATE TRIGGER jobs_columns_insert AFTER INSERT ON jobs_hold REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jobs_about_role_written();
CREATE TRIGGER jobs_columns_delete AFTER DELETE ON jobs_hold REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION jobs_about_role_written();
"""
UNWATCH_HOLDS = """
DROP TRIGGER jobs_columns_insert ON jobs_hold;
DROP TRIGGER jobs_columns_delete ON jobs_hold;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0022_village'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='workitem',
            name='work_kind_known',
        ),
        migrations.AddField(
            model_name='offer',
            name='piece_yuan',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='yuan a unit'),
        ),
        migrations.AddField(
            model_name='role',
            name='below_floor',
            field=models.BooleanField(default=False, editable=False, verbose_name='below the floor of piecework'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('offer_received', 'an offer'), ('offer_withdrawn', 'an offer was withdrawn'), ('offer_expired', 'an offer has expired'), ('booking_confirmed', 'you are booked'), ('booking_cancelled', 'a booking was cancelled'), ('match_ready', 'a match is ready'), ('offer_answered', 'an answer to an offer'), ('crew_full', 'a crew is complete'), ('application_received', 'an application'), ('wage_paid', 'a crew says it has paid'), ('search_found', 'new roles for a saved search'), ('call_sheet', 'a call sheet'), ('export_ready', 'a copy of my data is ready'), ('leaving', 'an account will be deleted'), ('set_free', 'a set or a base has come free'), ('crew_decided', 'the check of a crew'), ('crew_right', 'a right in a crew'), ('unit_changed', 'news of a unit'), ('unit_settled', 'an offer to a unit is decided'), ('crew_message', 'a message from a crew'), ('application_closed', 'an answer to an application'), ('confirm_asked', 'confirm that you are coming'), ('strike', 'a strike'), ('appeal_filed', 'an appeal'), ('appeal_decided', 'an appeal is decided'), ('wage_overdue', 'a wage is overdue'), ('wage_denied', 'money has not arrived'), ('refill_stuck', 'nobody left to ask'), ('case_decided', 'a report is decided'), ('likeness_asked', 'a crew asks for your likeness'), ('role_below_floor', 'a role pays less than the floor'), ('likeness_answered', 'an answer about a likeness'), ('village_call', 'the call for tomorrow'), ('village_news', 'news for somebody of the village'), ('hours_disputed', 'an objection to hours'), ('hours_answered', 'an answer about hours')], max_length=24, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='noticechoice',
            name='kind',
            field=models.CharField(choices=[('offer_received', 'an offer'), ('offer_withdrawn', 'an offer was withdrawn'), ('offer_expired', 'an offer has expired'), ('booking_confirmed', 'you are booked'), ('booking_cancelled', 'a booking was cancelled'), ('match_ready', 'a match is ready'), ('offer_answered', 'an answer to an offer'), ('crew_full', 'a crew is complete'), ('application_received', 'an application'), ('wage_paid', 'a crew says it has paid'), ('search_found', 'new roles for a saved search'), ('call_sheet', 'a call sheet'), ('export_ready', 'a copy of my data is ready'), ('leaving', 'an account will be deleted'), ('set_free', 'a set or a base has come free'), ('crew_decided', 'the check of a crew'), ('crew_right', 'a right in a crew'), ('unit_changed', 'news of a unit'), ('unit_settled', 'an offer to a unit is decided'), ('crew_message', 'a message from a crew'), ('application_closed', 'an answer to an application'), ('confirm_asked', 'confirm that you are coming'), ('strike', 'a strike'), ('appeal_filed', 'an appeal'), ('appeal_decided', 'an appeal is decided'), ('wage_overdue', 'a wage is overdue'), ('wage_denied', 'money has not arrived'), ('refill_stuck', 'nobody left to ask'), ('case_decided', 'a report is decided'), ('likeness_asked', 'a crew asks for your likeness'), ('role_below_floor', 'a role pays less than the floor'), ('likeness_answered', 'an answer about a likeness'), ('village_call', 'the call for tomorrow'), ('village_news', 'news for somebody of the village'), ('hours_disputed', 'an objection to hours'), ('hours_answered', 'an answer about hours')], max_length=24, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='workitem',
            name='kind',
            field=models.CharField(choices=[('run_match', 'solve a match run'), ('clear_market', 'match a whole hub'), ('expire_offer', 'expire an offer'), ('refill_role', 'refill a role'), ('tend_booking', 'ask whether a booking holds'), ('tend_wage', 'watch a wage that is due'), ('settle_unit', 'decide an offer to a unit'), ('deliver_notice', 'deliver a notice'), ('deliver_digest', 'deliver several notices as one'), ('invite_member', 'invite a member to a crew'), ('export_data', "put a person's data together"), ('erase_person', 'delete an account'), ('search_shoot', 'hold a new shoot against saved searches'), ('search_role', 'hold a changed role against saved searches'), ('tell_search', 'tell what a saved search has found'), ('review_floors', 'hold roles against the floors of piecework'), ('lapse_set', 'pass on a set nobody confirmed'), ('simulate_answer', 'answer for a simulated graduate')], max_length=20, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['offer_received', 'offer_withdrawn', 'offer_expired', 'booking_confirmed', 'booking_cancelled', 'match_ready', 'offer_answered', 'crew_full', 'application_received', 'wage_paid', 'search_found', 'call_sheet', 'export_ready', 'leaving', 'set_free', 'crew_decided', 'crew_right', 'unit_changed', 'unit_settled', 'crew_message', 'application_closed', 'confirm_asked', 'strike', 'appeal_filed', 'appeal_decided', 'wage_overdue', 'wage_denied', 'refill_stuck', 'case_decided', 'likeness_asked', 'role_below_floor', 'likeness_answered', 'village_call', 'village_news', 'hours_disputed', 'hours_answered'])), name='notice_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='workitem',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['run_match', 'clear_market', 'expire_offer', 'refill_role', 'tend_booking', 'tend_wage', 'settle_unit', 'deliver_notice', 'deliver_digest', 'invite_member', 'export_data', 'erase_person', 'search_shoot', 'search_role', 'tell_search', 'review_floors', 'lapse_set', 'simulate_answer'])), name='work_kind_known'),
        ),
        migrations.RunSQL(WATCH_HOLDS, UNWATCH_HOLDS),
        migrations.RunSQL(WIDEN % {"from": 64, "to": 256}, WIDEN % {"from": 256, "to": 64}),
    ]
