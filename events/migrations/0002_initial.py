import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('events', '0001_initial'),
        ('members', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='calendarfeed',
                name='user',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='event',
                name='co_hosts',
                field=models.ManyToManyField(blank=True, help_text='Their coordinators manage the event too, and their members see it.', related_name='+', to='members.cluster', verbose_name='other clusters that host it'),
            ),
        ]),
    ]
