import cluster_portal.notifications.models.mail
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('since', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='notifications_arrival_of_a_list')],
            },
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(default='weekly', max_length=20)),
                ('period', models.CharField(max_length=8)),
                ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('composed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='DigestItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('day', models.CharField(blank=True, default='', max_length=10)),
                ('content_type', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('digest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='notifications.digest')),
                ('user', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='OutboxMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('key', models.CharField(max_length=200)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('priority', models.PositiveSmallIntegerField(default=1)),
                ('guest_address', models.EmailField(blank=True, max_length=254, verbose_name='guest’s address')),
                ('guest_name', models.CharField(blank=True, max_length=200)),
                ('guest_language', models.CharField(blank=True, max_length=2)),
                ('message_id', models.CharField(default=cluster_portal.notifications.models.mail.new_message_id, max_length=200, unique=True)),
                ('values', models.JSONField(blank=True, default=dict)),
                ('secrets', models.TextField(blank=True)),
                ('titles', models.JSONField(blank=True, default=dict)),
                ('about_id', models.BigIntegerField(null=True)),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('sent', 'Sent'), ('weekly', 'Left for the weekly digest'), ('dropped', 'Not sent'), ('failed', 'Failed')], default='queued', max_length=10, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('is_unanswered', models.BooleanField(default=False)),
                ('last_error', models.CharField(blank=True, max_length=500, verbose_name='last error')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='due')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                ('is_notice', models.BooleanField(default=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('about_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to=settings.AUTH_USER_MODEL, verbose_name='recipient')),
            ],
            options={
                'verbose_name': 'outgoing mail',
                'verbose_name_plural': 'outgoing mail',
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(choices=[('account', 'My account'), ('membership', 'Memberships'), ('theses', 'Theses'), ('events', 'Events'), ('projects', 'Projects and challenges'), ('saved', 'Saved searches'), ('digest', 'Weekly digest')], max_length=20)),
                ('channel', models.CharField(choices=[('at_once', 'By e-mail at once'), ('weekly', 'In the weekly digest'), ('off', 'In the portal only')], max_length=10)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notice_preferences', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=100)),
                ('query', models.CharField(blank=True, max_length=1000)),
                ('frequency', models.CharField(choices=[('at_once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week'), ('off', 'Paused')], default='daily', max_length=10)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('listens_since', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_told_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SavedSearchHit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.BigIntegerField()),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('letter', models.UUIDField(null=True)),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hits', to='notifications.savedsearch')),
            ],
        ),
        Together([
            migrations.AddConstraint(
                model_name='digest',
                constraint=models.UniqueConstraint(fields=('user', 'kind', 'period'), name='notifications_digest_one_per_period'),
            ),
            migrations.AddConstraint(
                model_name='digest',
                constraint=models.CheckConstraint(condition=models.Q(('period__regex', '^[0-9]{4}-W[0-5][0-9]$')), name='notifications_digest_period'),
            ),
            migrations.AddConstraint(
                model_name='digest',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['weekly'])), name='notifications_digest_kind'),
            ),
            migrations.AddConstraint(
                model_name='digestitem',
                constraint=models.UniqueConstraint(fields=('user', 'content_type', 'object_id', 'section', 'day'), name='notifications_digest_item_once'),
            ),
            migrations.AddIndex(
                model_name='outboxmail',
                index=models.Index(condition=models.Q(('state', 'queued')), fields=['priority', 'due_at', 'id'], name='notifications_mail_due'),
            ),
            migrations.AddIndex(
                model_name='outboxmail',
                index=models.Index(condition=models.Q(('is_notice', True)), fields=['recipient', '-created_at', '-id'], name='notifications_mail_inbox'),
            ),
            migrations.AddIndex(
                model_name='outboxmail',
                index=models.Index(condition=models.Q(('is_notice', True), ('read_at', None)), fields=['recipient'], name='notifications_mail_unread'),
            ),
            migrations.AddConstraint(
                model_name='outboxmail',
                constraint=models.UniqueConstraint(condition=models.Q(('recipient__isnull', False)), fields=('kind', 'key', 'recipient'), name='notifications_mail_once_per_user'),
            ),
            migrations.AddConstraint(
                model_name='outboxmail',
                constraint=models.UniqueConstraint(models.F('kind'), models.F('key'), django.db.models.functions.text.Lower('guest_address'), condition=models.Q(('recipient', None)), name='notifications_mail_once_per_guest'),
            ),
            migrations.AddConstraint(
                model_name='outboxmail',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('guest_address', ''), ('guest_language', ''), ('guest_name', ''), ('recipient__isnull', False)), models.Q(('guest_language__in', ['fi', 'sv', 'en']), ('recipient', None), models.Q(('guest_address', ''), _negated=True)), _connector='OR'), name='notifications_mail_user_or_guest'),
            ),
            migrations.AddConstraint(
                model_name='outboxmail',
                constraint=models.CheckConstraint(condition=models.Q(('recipient__isnull', False), ('is_notice', False), _connector='OR'), name='notifications_mail_notice_has_reader'),
            ),
            migrations.AddConstraint(
                model_name='outboxmail',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent', 'weekly', 'dropped', 'failed'])), name='notifications_mail_state'),
            ),
            migrations.AddConstraint(
                model_name='outboxmail',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='notifications_mail_sent_has_moment'),
            ),
            migrations.AddConstraint(
                model_name='outboxmail',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('about_id__isnull', True), ('about_type__isnull', True)), models.Q(('about_id__isnull', False), ('about_type__isnull', False)), _connector='OR'), name='notifications_mail_about_whole'),
            ),
            migrations.AddConstraint(
                model_name='outboxmail',
                constraint=models.CheckConstraint(condition=models.Q(('state', 'queued'), ('secrets__in', ['', '-']), _connector='OR'), name='notifications_mail_secrets_blanked'),
            ),
            migrations.AddConstraint(
                model_name='preference',
                constraint=models.UniqueConstraint(fields=('user', 'group'), name='notifications_preference_one_per_group'),
            ),
            migrations.AddConstraint(
                model_name='preference',
                constraint=models.CheckConstraint(condition=models.Q(('group__in', ['account', 'membership', 'theses', 'events', 'projects', 'saved', 'digest'])), name='notifications_preference_group'),
            ),
            migrations.AddConstraint(
                model_name='preference',
                constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['at_once', 'weekly', 'off'])), name='notifications_preference_channel'),
            ),
            migrations.AddConstraint(
                model_name='preference',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('group', 'digest'), _negated=True), models.Q(('channel', 'at_once'), _negated=True), _connector='OR'), name='notifications_preference_digest_is_weekly'),
            ),
            migrations.AddIndex(
                model_name='savedsearch',
                index=models.Index(condition=models.Q(('frequency', 'off'), _negated=True), fields=['kind', 'query'], name='notifications_search_listens'),
            ),
            migrations.AddConstraint(
                model_name='savedsearch',
                constraint=models.UniqueConstraint(fields=('user', 'kind', 'query'), name='notifications_search_saved_once'),
            ),
            migrations.AddConstraint(
                model_name='savedsearch',
                constraint=models.CheckConstraint(condition=models.Q(('frequency__in', ['at_once', 'daily', 'weekly', 'off'])), name='notifications_search_frequency'),
            ),
            migrations.AddConstraint(
                model_name='savedsearch',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='notifications_search_named'),
            ),
            migrations.AddConstraint(
                model_name='savedsearch',
                constraint=models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='notifications_search_of_a_list'),
            ),
            migrations.AddConstraint(
                model_name='savedsearch',
                constraint=models.CheckConstraint(condition=models.Q(('listens_since__gte', models.F('created_at')), ('listens_since__isnull', True), ('created_at__isnull', True), _connector='OR'), name='notifications_search_listens_after_saving'),
            ),
            migrations.AddIndex(
                model_name='savedsearchhit',
                index=models.Index(condition=models.Q(('letter', None)), fields=['search', 'found_at'], name='notifications_hit_untold'),
            ),
            migrations.AddConstraint(
                model_name='savedsearchhit',
                constraint=models.UniqueConstraint(fields=('search', 'object_id'), name='notifications_search_hit_once'),
            ),
        ]),
    ]
