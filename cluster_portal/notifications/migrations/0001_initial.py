import cluster_portal.notifications.models.mail
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('members', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='GuestRefusal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fingerprint', models.CharField(max_length=64, unique=True)),
                    ('refused_at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
            ),
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
                    ('kind', models.CharField(choices=[('at_once', 'By e-mail at once'), ('weekly', 'In the digest'), ('off', 'In the portal only'), ('daily', 'Every day'), ('monthly', 'Once a month')], default='weekly', max_length=10)),
                    ('period', models.CharField(max_length=10)),
                    ('batch', models.UUIDField(default=uuid.uuid4)),
                    ('left', models.JSONField(default=list)),
                    ('composed_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='DigestItem',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('section', models.CharField(max_length=40)),
                    ('group', models.CharField(choices=[('waiting', 'Waits for you'), ('near', 'Deadline near'), ('fits', 'Fits you'), ('followed', 'What you follow'), ('new', 'New in the network'), ('others', 'From other sectors')], max_length=10)),
                    ('reason', models.CharField(max_length=30)),
                    ('reason_value', models.CharField(blank=True, default='', max_length=60)),
                    ('organisation_id', models.BigIntegerField(blank=True, null=True)),
                    ('object_id', models.BigIntegerField()),
                    ('day', models.CharField(blank=True, default='', max_length=10)),
                    ('content_type', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                    ('digest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='notifications.digest')),
                    ('user', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Follow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('about_id', models.PositiveBigIntegerField()),
                    ('is_muted', models.BooleanField(default=False)),
                    ('since', models.DateTimeField(auto_now_add=True)),
                    ('about_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='FollowNews',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('about_id', models.PositiveBigIntegerField()),
                    ('key', models.CharField(max_length=200)),
                    ('news', models.CharField(max_length=40)),
                    ('since', models.DateTimeField()),
                    ('by_id', models.BigIntegerField(null=True)),
                    ('cursor', models.BigIntegerField(default=0)),
                    ('about_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ],
            ),
            migrations.CreateModel(
                name='Letter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('sender_name', models.CharField(blank=True, default='', max_length=100, verbose_name='sender’s name')),
                    ('reply_to', models.EmailField(blank=True, default='', help_text='Answers to the letter go to this address.', max_length=254, verbose_name='address for replies')),
                    ('subject_fi', models.CharField(max_length=120, verbose_name='subject in Finnish')),
                    ('body_fi', models.TextField(max_length=10000, verbose_name='text in Finnish')),
                    ('subject_sv', models.CharField(blank=True, default='', max_length=120, verbose_name='subject in Swedish')),
                    ('body_sv', models.TextField(blank=True, default='', max_length=10000, verbose_name='text in Swedish')),
                    ('subject_en', models.CharField(blank=True, default='', max_length=120, verbose_name='subject in English')),
                    ('body_en', models.TextField(blank=True, default='', max_length=10000, verbose_name='text in English')),
                    ('audience', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, size=None, verbose_name='to whom')),
                    ('stage', models.CharField(choices=[('draft', 'Draft'), ('scheduled', 'Waits for its moment'), ('sending', 'Is being sent'), ('sent', 'Sent'), ('cancelled', 'Stopped')], default='draft', max_length=20, verbose_name='state')),
                    ('send_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='moment of sending')),
                    ('sent_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sent')),
                    ('cursor', models.BigIntegerField(default=0, editable=False)),
                    ('composed_at', models.DateTimeField(editable=False, null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='members.cluster', verbose_name='cluster')),
                    ('sender', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letters', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ],
                options={
                    'verbose_name': 'letter',
                    'verbose_name_plural': 'letters',
                    'ordering': ['-created_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='LetterEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('public_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                    ('sender_name', models.CharField(blank=True, default='', max_length=100, verbose_name='sender’s name')),
                    ('reply_to', models.EmailField(blank=True, default='', help_text='Answers to the letter go to this address.', max_length=254, verbose_name='address for replies')),
                    ('subject_fi', models.CharField(max_length=120, verbose_name='subject in Finnish')),
                    ('body_fi', models.TextField(max_length=10000, verbose_name='text in Finnish')),
                    ('subject_sv', models.CharField(blank=True, default='', max_length=120, verbose_name='subject in Swedish')),
                    ('body_sv', models.TextField(blank=True, default='', max_length=10000, verbose_name='text in Swedish')),
                    ('subject_en', models.CharField(blank=True, default='', max_length=120, verbose_name='subject in English')),
                    ('body_en', models.TextField(blank=True, default='', max_length=10000, verbose_name='text in English')),
                    ('audience', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, size=None, verbose_name='to whom')),
                    ('stage', models.CharField(choices=[('draft', 'Draft'), ('scheduled', 'Waits for its moment'), ('sending', 'Is being sent'), ('sent', 'Sent'), ('cancelled', 'Stopped')], default='draft', max_length=20, verbose_name='state')),
                    ('send_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='moment of sending')),
                    ('sent_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sent')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                    ('cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='cluster')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='notifications.letter')),
                    ('sender', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='LetterReceiver',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.EmailField(blank=True, default='', max_length=254)),
                    ('audience', models.CharField(max_length=60)),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receivers', to='notifications.letter')),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters_received', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='MailTrouble',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.EmailField(max_length=254, unique=True, verbose_name='address')),
                    ('status', models.CharField(max_length=12, verbose_name='status')),
                    ('words', models.CharField(blank=True, default='', max_length=300, verbose_name='what the server says')),
                    ('count', models.PositiveIntegerField(default=1, verbose_name='times')),
                    ('is_stopped', models.BooleanField(default=False, verbose_name='mail is stopped')),
                    ('first_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                    ('last_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last time')),
                ],
                options={
                    'verbose_name': 'address from which mail comes back',
                    'verbose_name_plural': 'addresses from which mail comes back',
                    'ordering': ['-last_at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('address', django.db.models.functions.text.Lower('address'))), name='notifications_trouble_small_letters'), models.CheckConstraint(condition=models.Q(('count__gte', 1), ('last_at__gte', models.F('first_at'))), name='notifications_trouble_in_order')],
                },
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
                    ('state', models.CharField(choices=[('queued', 'Waiting'), ('sent', 'Sent'), ('weekly', 'Left for the digest'), ('dropped', 'Not sent'), ('failed', 'Failed')], default='queued', max_length=10, verbose_name='state')),
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
                    ('group', models.CharField(choices=[('account', 'My account'), ('membership', 'Memberships'), ('capabilities', 'Capabilities and needs'), ('theses', 'Theses'), ('events', 'Events'), ('surveys', 'Surveys'), ('projects', 'Projects and challenges'), ('knowledge', 'News and articles'), ('saved', 'Saved searches'), ('following', 'What I follow'), ('letters', 'Letters from clusters'), ('digest', 'Digest')], max_length=20)),
                    ('channel', models.CharField(choices=[('at_once', 'By e-mail at once'), ('weekly', 'In the digest'), ('off', 'In the portal only'), ('daily', 'Every day'), ('monthly', 'Once a month')], max_length=10)),
                    ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], default=0)),
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
        ]),
        Together([
            migrations.AddConstraint(
                model_name='digest',
                constraint=models.UniqueConstraint(fields=('user', 'kind', 'period'), name='notifications_digest_one_per_period'),
            ),
            migrations.AddConstraint(
                model_name='digest',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'daily'), ('period__regex', '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')), models.Q(('kind', 'weekly'), ('period__regex', '^[0-9]{4}-W[0-5][0-9]$')), models.Q(('kind', 'monthly'), ('period__regex', '^[0-9]{4}-[01][0-9]$')), _connector='OR'), name='notifications_digest_period'),
            ),
            migrations.AddConstraint(
                model_name='digestitem',
                constraint=models.UniqueConstraint(fields=('user', 'content_type', 'object_id', 'day'), name='notifications_digest_item_once'),
            ),
            migrations.AddConstraint(
                model_name='digestitem',
                constraint=models.CheckConstraint(condition=models.Q(('group__in', ['waiting', 'near', 'fits', 'followed', 'new', 'others'])), name='notifications_digest_item_group'),
            ),
            migrations.AddIndex(
                model_name='follow',
                index=models.Index(fields=['about_type', 'about_id'], name='notifications_follow_about'),
            ),
            migrations.AddConstraint(
                model_name='follow',
                constraint=models.UniqueConstraint(fields=('user', 'about_type', 'about_id'), name='notifications_follow_once'),
            ),
            migrations.AddConstraint(
                model_name='follownews',
                constraint=models.UniqueConstraint(fields=('about_type', 'about_id', 'key'), name='notifications_news_once'),
            ),
            migrations.AddConstraint(
                model_name='letter',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'scheduled', 'sending', 'sent', 'cancelled'])), name='notifications_letter_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='letter',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject_fi', ''), _negated=True), models.Q(('body_fi', ''), _negated=True)), name='notifications_letter_in_finnish'),
            ),
            migrations.AddConstraint(
                model_name='letter',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('body_sv', ''), ('subject_sv', '')), models.Q(models.Q(('subject_sv', ''), _negated=True), models.Q(('body_sv', ''), _negated=True)), _connector='OR'), name='notifications_letter_whole_sv'),
            ),
            migrations.AddConstraint(
                model_name='letter',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('body_en', ''), ('subject_en', '')), models.Q(models.Q(('subject_en', ''), _negated=True), models.Q(('body_en', ''), _negated=True)), _connector='OR'), name='notifications_letter_whole_en'),
            ),
            migrations.AddConstraint(
                model_name='letter',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'scheduled'), _negated=True), ('send_at__isnull', False), _connector='OR'), name='notifications_letter_scheduled_has_moment'),
            ),
            migrations.AddConstraint(
                model_name='letter',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('composed_at__isnull', False), ('sent_at__isnull', False), ('stage', 'sent')), models.Q(models.Q(('stage', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='notifications_letter_sent_has_moment'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='letter',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notifications_letterevent" ("audience", "body_en", "body_fi", "body_sv", "cluster_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reply_to", "send_at", "sender_id", "sender_name", "sent_at", "stage", "subject_en", "subject_fi", "subject_sv", "updated_at") VALUES (NEW."audience", NEW."body_en", NEW."body_fi", NEW."body_sv", NEW."cluster_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."reply_to", NEW."send_at", NEW."sender_id", NEW."sender_name", NEW."sent_at", NEW."stage", NEW."subject_en", NEW."subject_fi", NEW."subject_sv", NEW."updated_at"); RETURN NULL;', hash='99ba5f7045ea61c65cbacc755dbdca696e687777', operation='INSERT', pgid='pgtrigger_insert_insert_56ded', table='notifications_letter', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='letter',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."audience" IS DISTINCT FROM (NEW."audience") OR OLD."body_en" IS DISTINCT FROM (NEW."body_en") OR OLD."body_fi" IS DISTINCT FROM (NEW."body_fi") OR OLD."body_sv" IS DISTINCT FROM (NEW."body_sv") OR OLD."cluster_id" IS DISTINCT FROM (NEW."cluster_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."reply_to" IS DISTINCT FROM (NEW."reply_to") OR OLD."send_at" IS DISTINCT FROM (NEW."send_at") OR OLD."sender_id" IS DISTINCT FROM (NEW."sender_id") OR OLD."sender_name" IS DISTINCT FROM (NEW."sender_name") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."subject_en" IS DISTINCT FROM (NEW."subject_en") OR OLD."subject_fi" IS DISTINCT FROM (NEW."subject_fi") OR OLD."subject_sv" IS DISTINCT FROM (NEW."subject_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at"))', func='INSERT INTO "notifications_letterevent" ("audience", "body_en", "body_fi", "body_sv", "cluster_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reply_to", "send_at", "sender_id", "sender_name", "sent_at", "stage", "subject_en", "subject_fi", "subject_sv", "updated_at") VALUES (NEW."audience", NEW."body_en", NEW."body_fi", NEW."body_sv", NEW."cluster_id", NEW."created_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."reply_to", NEW."send_at", NEW."sender_id", NEW."sender_name", NEW."sent_at", NEW."stage", NEW."subject_en", NEW."subject_fi", NEW."subject_sv", NEW."updated_at"); RETURN NULL;', hash='f0c9dfac14366882fd3446f566661366cb9f2023', operation='UPDATE', pgid='pgtrigger_update_update_faf53', table='notifications_letter', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='letter',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "notifications_letterevent" ("audience", "body_en", "body_fi", "body_sv", "cluster_id", "created_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reply_to", "send_at", "sender_id", "sender_name", "sent_at", "stage", "subject_en", "subject_fi", "subject_sv", "updated_at") VALUES (OLD."audience", OLD."body_en", OLD."body_fi", OLD."body_sv", OLD."cluster_id", OLD."created_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."reply_to", OLD."send_at", OLD."sender_id", OLD."sender_name", OLD."sent_at", OLD."stage", OLD."subject_en", OLD."subject_fi", OLD."subject_sv", OLD."updated_at"); RETURN NULL;', hash='50fd18aff4d36c39ae043d3708059938ca64539f', operation='DELETE', pgid='pgtrigger_delete_delete_e882e', table='notifications_letter', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='letterevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='f5b2ad1d67eb28f4f5a290f05502113839ab7b52', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cb410', table='notifications_letterevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='letterreceiver',
                constraint=models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('letter', 'user'), name='notifications_receiver_once_per_user'),
            ),
            migrations.AddConstraint(
                model_name='letterreceiver',
                constraint=models.UniqueConstraint(models.F('letter'), django.db.models.functions.text.Lower('address'), condition=models.Q(('user', None)), name='notifications_receiver_once_per_guest'),
            ),
            migrations.AddConstraint(
                model_name='letterreceiver',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('user__isnull', False)), models.Q(('user', None), models.Q(('address', ''), _negated=True)), _connector='OR'), name='notifications_receiver_user_or_guest'),
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
                constraint=models.CheckConstraint(condition=models.Q(('group__in', ['account', 'membership', 'capabilities', 'theses', 'events', 'surveys', 'projects', 'knowledge', 'saved', 'following', 'letters', 'digest'])), name='notifications_preference_group'),
            ),
            migrations.AddConstraint(
                model_name='preference',
                constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['at_once', 'weekly', 'off', 'daily', 'monthly'])), name='notifications_preference_channel'),
            ),
            migrations.AddConstraint(
                model_name='preference',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('group', 'digest'), _negated=True), models.Q(('channel', 'at_once'), _negated=True), _connector='OR'), name='notifications_preference_digest_has_period'),
            ),
            migrations.AddConstraint(
                model_name='preference',
                constraint=models.CheckConstraint(condition=models.Q(('group', 'digest'), models.Q(models.Q(('channel__in', ['daily', 'monthly']), _negated=True), ('weekday', 0)), _connector='OR'), name='notifications_preference_period_is_of_digest'),
            ),
            migrations.AddConstraint(
                model_name='preference',
                constraint=models.CheckConstraint(condition=models.Q(('weekday__in', [0, 1, 2, 3, 4, 5, 6])), name='notifications_preference_weekday'),
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
