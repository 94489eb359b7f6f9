import cluster_portal.core.search.fields
import cluster_portal.core.text.web_addresses
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import events.models.events
import uuid
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='AgendaItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_at', models.DateTimeField(verbose_name='starts')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('speaker', models.CharField(blank=True, default='', max_length=200, verbose_name='speaker')),
                ],
                options={
                    'verbose_name': 'programme item',
                    'verbose_name_plural': 'programme',
                    'ordering': ['starts_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='CalendarFeed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('search', cluster_portal.core.search.fields.VectorField(default='', editable=False)),
                    ('visibility', models.CharField(choices=[('public', 'Public'), ('accounts', 'Signed-in users'), ('members', 'Members of any cluster'), ('cluster', 'Members of the home cluster'), ('group', 'A named group'), ('private', 'Only the owner and the coordinators')], default='public', max_length=20, verbose_name='visibility')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('form_key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('slug', models.SlugField(max_length=100, unique=True, validators=[events.models.events.refuse_reserved], verbose_name='address')),
                    ('kind', models.CharField(choices=[('gathering', 'Gathering'), ('seminar', 'Seminar'), ('training', 'Training'), ('workshop', 'Workshop'), ('webinar', 'Webinar'), ('forum', 'Partnership forum'), ('steering_group', 'Steering group')], max_length=20, verbose_name='kind')),
                    ('stage', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'In review'), ('published', 'Published'), ('cancelled', 'Cancelled'), ('withdrawn', 'Withdrawn')], default='draft', max_length=20, verbose_name='state')),
                    ('title_fi', models.CharField(max_length=200, verbose_name='title in Finnish')),
                    ('title_sv', models.CharField(blank=True, default='', max_length=200, verbose_name='title in Swedish')),
                    ('title_en', models.CharField(blank=True, default='', max_length=200, verbose_name='title in English')),
                    ('summary_fi', models.CharField(max_length=500, verbose_name='summary in Finnish')),
                    ('summary_sv', models.CharField(blank=True, default='', max_length=500, verbose_name='summary in Swedish')),
                    ('summary_en', models.CharField(blank=True, default='', max_length=500, verbose_name='summary in English')),
                    ('description', models.TextField(blank=True, default='', help_text='Markdown.', max_length=20000, verbose_name='description')),
                    ('language', models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], default='fi', max_length=2, verbose_name='language of the event')),
                    ('starts_at', models.DateTimeField(verbose_name='starts')),
                    ('ends_at', models.DateTimeField(verbose_name='ends')),
                    ('venue', models.CharField(blank=True, default='', max_length=200, verbose_name='venue')),
                    ('municipality', models.CharField(blank=True, default='', max_length=80, verbose_name='municipality')),
                    ('remote_link', models.URLField(blank=True, default='', help_text='Shown only to those whose remote place is confirmed.', validators=[cluster_portal.core.text.web_addresses.BeginsWith('https')], verbose_name='remote link')),
                    ('registration_opens_at', models.DateTimeField(blank=True, null=True, verbose_name='registration opens')),
                    ('registration_closes_at', models.DateTimeField(verbose_name='registration closes')),
                    ('asks_diet', models.BooleanField(default=False, verbose_name='catering: ask for dietary needs')),
                    ('has_photography', models.BooleanField(default=False, verbose_name='photographs are taken')),
                    ('gives_certificate', models.BooleanField(default=False, verbose_name='gives a certificate')),
                    ('registrations_kept_until', models.DateField(blank=True, help_text='Empty: 24 months after the event. The evidence of an event that is funded by the EU is kept five years from the end of the year of the last payment.', null=True, verbose_name='registrations are kept until')),
                    ('recording_link', models.URLField(blank=True, default='', validators=[cluster_portal.core.text.web_addresses.BeginsWith('https')], verbose_name='recording')),
                    ('aftermath', models.TextField(blank=True, default='', help_text='Materials, recording and feedback in a few words. Markdown.', max_length=5000, verbose_name='after the event')),
                    ('modes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('on_site', 'On site'), ('remote', 'Remotely')], max_length=10), blank=True, default=list, editable=False, size=None)),
                    ('ics_uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('ics_sequence', models.PositiveIntegerField(default=0, editable=False)),
                    ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ],
                options={
                    'verbose_name': 'event',
                    'verbose_name_plural': 'events',
                    'ordering': ['starts_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='EventEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('visibility', models.CharField(choices=[('public', 'Public'), ('accounts', 'Signed-in users'), ('members', 'Members of any cluster'), ('cluster', 'Members of the home cluster'), ('group', 'A named group'), ('private', 'Only the owner and the coordinators')], default='public', max_length=20, verbose_name='visibility')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('form_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('slug', models.SlugField(db_index=False, max_length=100, validators=[events.models.events.refuse_reserved], verbose_name='address')),
                    ('kind', models.CharField(choices=[('gathering', 'Gathering'), ('seminar', 'Seminar'), ('training', 'Training'), ('workshop', 'Workshop'), ('webinar', 'Webinar'), ('forum', 'Partnership forum'), ('steering_group', 'Steering group')], max_length=20, verbose_name='kind')),
                    ('stage', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'In review'), ('published', 'Published'), ('cancelled', 'Cancelled'), ('withdrawn', 'Withdrawn')], default='draft', max_length=20, verbose_name='state')),
                    ('title_fi', models.CharField(max_length=200, verbose_name='title in Finnish')),
                    ('title_sv', models.CharField(blank=True, default='', max_length=200, verbose_name='title in Swedish')),
                    ('title_en', models.CharField(blank=True, default='', max_length=200, verbose_name='title in English')),
                    ('summary_fi', models.CharField(max_length=500, verbose_name='summary in Finnish')),
                    ('summary_sv', models.CharField(blank=True, default='', max_length=500, verbose_name='summary in Swedish')),
                    ('summary_en', models.CharField(blank=True, default='', max_length=500, verbose_name='summary in English')),
                    ('description', models.TextField(blank=True, default='', help_text='Markdown.', max_length=20000, verbose_name='description')),
                    ('language', models.CharField(choices=[('fi', 'Finnish'), ('sv', 'Swedish'), ('en', 'English')], default='fi', max_length=2, verbose_name='language of the event')),
                    ('starts_at', models.DateTimeField(verbose_name='starts')),
                    ('ends_at', models.DateTimeField(verbose_name='ends')),
                    ('venue', models.CharField(blank=True, default='', max_length=200, verbose_name='venue')),
                    ('municipality', models.CharField(blank=True, default='', max_length=80, verbose_name='municipality')),
                    ('remote_link', models.URLField(blank=True, default='', help_text='Shown only to those whose remote place is confirmed.', validators=[cluster_portal.core.text.web_addresses.BeginsWith('https')], verbose_name='remote link')),
                    ('registration_opens_at', models.DateTimeField(blank=True, null=True, verbose_name='registration opens')),
                    ('registration_closes_at', models.DateTimeField(verbose_name='registration closes')),
                    ('asks_diet', models.BooleanField(default=False, verbose_name='catering: ask for dietary needs')),
                    ('has_photography', models.BooleanField(default=False, verbose_name='photographs are taken')),
                    ('gives_certificate', models.BooleanField(default=False, verbose_name='gives a certificate')),
                    ('registrations_kept_until', models.DateField(blank=True, help_text='Empty: 24 months after the event. The evidence of an event that is funded by the EU is kept five years from the end of the year of the last payment.', null=True, verbose_name='registrations are kept until')),
                    ('recording_link', models.URLField(blank=True, default='', validators=[cluster_portal.core.text.web_addresses.BeginsWith('https')], verbose_name='recording')),
                    ('aftermath', models.TextField(blank=True, default='', help_text='Materials, recording and feedback in a few words. Markdown.', max_length=5000, verbose_name='after the event')),
                    ('modes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('on_site', 'On site'), ('remote', 'Remotely')], max_length=10), blank=True, default=list, editable=False, size=None)),
                    ('ics_uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('ics_sequence', models.PositiveIntegerField(default=0, editable=False)),
                    ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='EventMeasuresEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='GuestRequests',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('network', models.CharField(max_length=50, verbose_name='network')),
                    ('hour', models.DateTimeField(verbose_name='hour')),
                    ('count', models.PositiveIntegerField(default=0, verbose_name='count')),
                ],
                options={
                    'verbose_name': 'forms of guests',
                    'verbose_name_plural': 'forms of guests',
                },
            ),
            migrations.CreateModel(
                name='Registration',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('email', models.EmailField(blank=True, default='', max_length=254, verbose_name='e-mail address')),
                    ('mailbox', models.CharField(blank=True, default='', editable=False, max_length=254)),
                    ('organisation_name', models.CharField(blank=True, default='', max_length=200, verbose_name='organisation')),
                    ('language', models.CharField(default='fi', max_length=2, verbose_name='language')),
                    ('stage', models.CharField(choices=[('requested', 'Waits for confirmation by e-mail'), ('confirmed', 'Confirmed'), ('waiting', 'On the waiting list'), ('cancelled', 'Cancelled'), ('attended', 'Attended'), ('absent', 'Absent')], default='requested', max_length=20, verbose_name='state')),
                    ('diet', models.CharField(blank=True, default='', help_text='Seen by the organisers only; deleted 14 days after the event.', max_length=500, verbose_name='dietary needs')),
                    ('accessibility', models.CharField(blank=True, default='', help_text='Seen by the organisers only; deleted 14 days after the event.', max_length=500, verbose_name='accessibility needs')),
                    ('is_listed', models.BooleanField(default=False, verbose_name='my name may be on the list of participants')),
                    ('queued_at', models.DateTimeField(auto_now_add=True, verbose_name='came to the queue')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='registered')),
                    ('reminded_for', models.DateField(blank=True, editable=False, null=True)),
                    ('declined_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'verbose_name': 'registration',
                    'verbose_name_plural': 'registrations',
                    'ordering': ['queued_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='RegistrationEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('email', models.EmailField(blank=True, default='', max_length=254, verbose_name='e-mail address')),
                    ('organisation_name', models.CharField(blank=True, default='', max_length=200, verbose_name='organisation')),
                    ('language', models.CharField(default='fi', max_length=2, verbose_name='language')),
                    ('stage', models.CharField(choices=[('requested', 'Waits for confirmation by e-mail'), ('confirmed', 'Confirmed'), ('waiting', 'On the waiting list'), ('cancelled', 'Cancelled'), ('attended', 'Attended'), ('absent', 'Absent')], default='requested', max_length=20, verbose_name='state')),
                    ('is_listed', models.BooleanField(default=False, verbose_name='my name may be on the list of participants')),
                    ('queued_at', models.DateTimeField(auto_now_add=True, verbose_name='came to the queue')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='registered')),
                    ('declined_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Seats',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mode', models.CharField(choices=[('on_site', 'On site'), ('remote', 'Remotely')], max_length=10, verbose_name='way of taking part')),
                    ('capacity', models.PositiveIntegerField(blank=True, help_text='Leave empty for no limit.', null=True, validators=[django.core.validators.MaxValueValidator(100000)], verbose_name='places')),
                    ('extra', models.PositiveIntegerField(default=0, editable=False, verbose_name='extra places')),
                    ('taken', models.PositiveIntegerField(default=0, editable=False, verbose_name='taken')),
                ],
                options={
                    'verbose_name': 'places',
                    'verbose_name_plural': 'places',
                    'ordering': ['mode'],
                },
            ),
            migrations.CreateModel(
                name='SeatsEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('mode', models.CharField(choices=[('on_site', 'On site'), ('remote', 'Remotely')], max_length=10, verbose_name='way of taking part')),
                    ('capacity', models.PositiveIntegerField(blank=True, help_text='Leave empty for no limit.', null=True, validators=[django.core.validators.MaxValueValidator(100000)], verbose_name='places')),
                    ('extra', models.PositiveIntegerField(default=0, editable=False, verbose_name='extra places')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='AgendaItemEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('starts_at', models.DateTimeField(verbose_name='starts')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('speaker', models.CharField(blank=True, default='', max_length=200, verbose_name='speaker')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.agendaitem')),
                ],
                options={
                    'abstract': False,
                },
            ),
        ]),
    ]
