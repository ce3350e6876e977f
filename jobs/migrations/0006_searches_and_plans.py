import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0005_columns'),
        ('profiles', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChainLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'link of a chain plan',
                'verbose_name_plural': 'links of chain plans',
                'ordering': ['plan', 'role__days', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ChainPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aim', models.CharField(choices=[('score', 'best fit'), ('days', 'most paid days'), ('pay', 'most yuan')], max_length=5, verbose_name='planned for')),
                ('held_at', models.DateTimeField(verbose_name='held')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='let go')),
            ],
            options={
                'verbose_name': 'chain plan',
                'verbose_name_plural': 'chain plans',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('query', models.JSONField(default=dict, verbose_name='what is looked for')),
                ('alert', models.CharField(choices=[('at_once', 'at once'), ('daily', 'once a day'), ('never', 'never')], default='daily', max_length=8, verbose_name='tell me')),
                ('created_at', models.DateTimeField(verbose_name='saved')),
            ],
            options={
                'verbose_name': 'saved search',
                'verbose_name_plural': 'saved searches',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SearchHit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found_at', models.DateTimeField(verbose_name='found')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='told')),
            ],
            options={
                'verbose_name': 'hit of a saved search',
                'verbose_name_plural': 'hits of saved searches',
                'ordering': ['-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='workitem',
            name='work_kind_known',
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('offer_received', 'an offer'), ('offer_withdrawn', 'an offer was withdrawn'), ('offer_expired', 'an offer has expired'), ('booking_confirmed', 'you are booked'), ('booking_cancelled', 'a booking was cancelled'), ('match_ready', 'a match is ready'), ('offer_answered', 'an answer to an offer'), ('crew_full', 'a crew is complete'), ('application_received', 'an application'), ('wage_paid', 'a crew says it has paid'), ('search_found', 'new roles for a saved search')], max_length=24, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='workitem',
            name='kind',
            field=models.CharField(choices=[('run_match', 'solve a match run'), ('expire_offer', 'expire an offer'), ('refill_role', 'refill a role'), ('deliver_notice', 'deliver a notice'), ('search_shoot', 'hold a new shoot against saved searches'), ('search_role', 'hold a changed role against saved searches'), ('tell_search', 'tell what a saved search has found'), ('simulate_answer', 'answer for a simulated graduate')], max_length=20, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['offer_received', 'offer_withdrawn', 'offer_expired', 'booking_confirmed', 'booking_cancelled', 'match_ready', 'offer_answered', 'crew_full', 'application_received', 'wage_paid', 'search_found'])), name='notice_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='workitem',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['run_match', 'expire_offer', 'refill_role', 'deliver_notice', 'search_shoot', 'search_role', 'tell_search', 'simulate_answer'])), name='work_kind_known'),
        ),
        migrations.AddField(
            model_name='chainlink',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='jobs.application', verbose_name='application'),
        ),
        migrations.AddField(
            model_name='chainlink',
            name='role',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='jobs.role', verbose_name='role'),
        ),
        migrations.AddField(
            model_name='chainplan',
            name='profile',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chain_plans', to='profiles.profile', verbose_name='graduate'),
        ),
        migrations.AddField(
            model_name='chainlink',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='jobs.chainplan', verbose_name='chain plan'),
        ),
        migrations.AddField(
            model_name='savedsearch',
            name='profile',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='searches', to='profiles.profile', verbose_name='graduate'),
        ),
        migrations.AddField(
            model_name='searchhit',
            name='role',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='jobs.role', verbose_name='role'),
        ),
        migrations.AddField(
            model_name='searchhit',
            name='search',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hits', to='jobs.savedsearch', verbose_name='saved search'),
        ),
        migrations.AddConstraint(
            model_name='chainplan',
            constraint=models.UniqueConstraint(condition=models.Q(('released_at__isnull', True)), fields=('profile',), name='chain_plan_held_once'),
        ),
        migrations.AddConstraint(
            model_name='chainplan',
            constraint=models.CheckConstraint(condition=models.Q(('aim__in', ['score', 'days', 'pay'])), name='chain_plan_aim_known'),
        ),
        migrations.AddConstraint(
            model_name='chainlink',
            constraint=models.UniqueConstraint(fields=('plan', 'role'), name='chain_link_once_a_role'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.UniqueConstraint(fields=('profile', 'query'), name='saved_search_once_a_person'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.CheckConstraint(condition=models.Q(('alert__in', ['at_once', 'daily', 'never'])), name='saved_search_pace_known'),
        ),
        migrations.AddIndex(
            model_name='searchhit',
            index=models.Index(condition=models.Q(('told_at__isnull', True)), fields=['search'], name='search_hit_to_be_told'),
        ),
        migrations.AddConstraint(
            model_name='searchhit',
            constraint=models.UniqueConstraint(fields=('search', 'role'), name='search_hit_once_a_role'),
        ),
    ]
