import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hubs', '0004_institution_also_called'),
    ]

    operations = [
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edited_by_hand', models.BooleanField(default=False, help_text='Loading the data files leaves this row alone. Untick to let the files win next time.', verbose_name='edited by hand')),
                ('days_below', models.PositiveSmallIntegerField(verbose_name='days served before, estimate')),
                ('above', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps_down', to='hubs.roletype', verbose_name='to')),
                ('below', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps_up', to='hubs.roletype', verbose_name='from')),
            ],
            options={
                'verbose_name': 'step of the ladder',
                'verbose_name_plural': 'steps of the ladder',
                'ordering': ['below__position', 'above__position'],
                'constraints': [models.UniqueConstraint(fields=('below', 'above'), name='ladder_step_once'), models.CheckConstraint(condition=models.Q(('below', models.F('above')), _negated=True), name='ladder_step_leads_on')],
            },
        ),
    ]
