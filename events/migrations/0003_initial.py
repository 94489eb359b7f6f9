import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_initial'),
        ('events', '0002_initial'),
        ('members', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('projects', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='event',
                name='from_challenge',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.challenge', verbose_name='challenge behind it'),
            ),
            migrations.AddField(
                model_name='event',
                name='from_project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.project', verbose_name='idea or project behind it'),
            ),
            migrations.AddField(
                model_name='event',
                name='home_cluster',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='event',
                name='invited_organisations',
                field=models.ManyToManyField(blank=True, related_name='invitations', to='members.organisation', verbose_name='invited organisations'),
            ),
            migrations.AddField(
                model_name='event',
                name='measures',
                field=models.ManyToManyField(blank=True, help_text='The measures of the action programme that this event is evidence of.', related_name='+', to='projects.measure', verbose_name='measures'),
            ),
            migrations.AddField(
                model_name='event',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='event',
                name='teller',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
            ),
            migrations.AddField(
                model_name='event',
                name='terms',
                field=models.ManyToManyField(blank=True, related_name='+', to='core.term', verbose_name='themes'),
            ),
            migrations.AddField(
                model_name='agendaitemevent',
                name='event',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event'),
            ),
            migrations.AddField(
                model_name='agendaitem',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='events.event'),
            ),
            migrations.AddField(
                model_name='eventcohostsevent',
                name='cluster',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster'),
            ),
            migrations.AddField(
                model_name='eventcohostsevent',
                name='event',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event'),
            ),
            migrations.AddField(
                model_name='eventcohostsevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='eventevent',
                name='from_challenge',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.challenge', verbose_name='challenge behind it'),
            ),
            migrations.AddField(
                model_name='eventevent',
                name='from_project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='idea or project behind it'),
            ),
            migrations.AddField(
                model_name='eventevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='eventevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='eventevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='eventevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.event'),
            ),
            migrations.AddField(
                model_name='eventevent',
                name='teller',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
            ),
            migrations.AddField(
                model_name='eventmeasuresevent',
                name='event',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event'),
            ),
            migrations.AddField(
                model_name='eventmeasuresevent',
                name='measure',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.measure'),
            ),
            migrations.AddField(
                model_name='eventmeasuresevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddConstraint(
                model_name='eventseries',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='events_eventseries_title_given'),
            ),
            migrations.AddField(
                model_name='eventevent',
                name='series',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.eventseries', verbose_name='series'),
            ),
            migrations.AddField(
                model_name='event',
                name='series',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='events.eventseries', verbose_name='series'),
            ),
            migrations.AddField(
                model_name='eventtemplate',
                name='made_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='eventtemplate',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddConstraint(
                model_name='guestrequests',
                constraint=models.UniqueConstraint(fields=('network', 'hour'), name='events_guestrequests_one_row'),
            ),
            migrations.AddField(
                model_name='material',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='events.event'),
            ),
            migrations.AddField(
                model_name='material',
                name='sender',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='materialevent',
                name='event',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event'),
            ),
            migrations.AddField(
                model_name='materialevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='materialevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.material'),
            ),
            migrations.AddField(
                model_name='materialevent',
                name='sender',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='participantletter',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='events.event'),
            ),
            migrations.AddField(
                model_name='participantletter',
                name='sender',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sender'),
            ),
            migrations.AddField(
                model_name='participantletterevent',
                name='event',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event'),
            ),
            migrations.AddField(
                model_name='participantletterevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='participantletterevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.participantletter'),
            ),
            migrations.AddField(
                model_name='participantletterevent',
                name='sender',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sender'),
            ),
            migrations.AddField(
                model_name='registration',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to='events.event'),
            ),
            migrations.AddField(
                model_name='registration',
                name='user',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='registrations', to=settings.AUTH_USER_MODEL, verbose_name='user'),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='event',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event'),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.registration'),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='user',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user'),
            ),
            migrations.AddField(
                model_name='seats',
                name='event',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='events.event'),
            ),
            migrations.AddField(
                model_name='registrationevent',
                name='seats',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.seats', verbose_name='way of taking part'),
            ),
            migrations.AddField(
                model_name='registration',
                name='seats',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.seats', verbose_name='way of taking part'),
            ),
            migrations.AddField(
                model_name='seatsevent',
                name='event',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event'),
            ),
            migrations.AddField(
                model_name='seatsevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='seatsevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='events.seats'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agendaitemevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6605f8d7b80b8fa8166c6f30df1951e546eb59cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_71253', table='events_agendaitemevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='agendaitem',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='events_agendaitem_title_given'),
            ),
            migrations.AddConstraint(
                model_name='agendaitem',
                constraint=models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at')), ('ends_at__isnull', True), ('starts_at__isnull', True), _connector='OR'), name='events_agendaitem_in_order'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agendaitem',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_agendaitemevent" ("ends_at", "event_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "speaker", "speaker_agreed", "starts_at", "stream", "title") VALUES (NEW."ends_at", NEW."event_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."room", NEW."speaker", NEW."speaker_agreed", NEW."starts_at", NEW."stream", NEW."title"); RETURN NULL;', hash='b91739a114f94d56a80556430d3640fbf6294686', operation='INSERT', pgid='pgtrigger_insert_insert_d2e2a', table='events_agendaitem', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agendaitem',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_agendaitemevent" ("ends_at", "event_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "speaker", "speaker_agreed", "starts_at", "stream", "title") VALUES (NEW."ends_at", NEW."event_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."room", NEW."speaker", NEW."speaker_agreed", NEW."starts_at", NEW."stream", NEW."title"); RETURN NULL;', hash='ee02ba876e42216b989241da2f503d8f5d264112', operation='UPDATE', pgid='pgtrigger_update_update_c8d1c', table='events_agendaitem', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agendaitem',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_agendaitemevent" ("ends_at", "event_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "speaker", "speaker_agreed", "starts_at", "stream", "title") VALUES (OLD."ends_at", OLD."event_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."room", OLD."speaker", OLD."speaker_agreed", OLD."starts_at", OLD."stream", OLD."title"); RETURN NULL;', hash='5785e6b2abad42b982268658d5d986c114a01d72', operation='DELETE', pgid='pgtrigger_delete_delete_be097', table='events_agendaitem', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventcohostsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='cd0a51ec90cb2925f0233ea926bd1458035309e1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a91df', table='events_eventcohostsevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventmeasuresevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='3397ae5018a97b11634e9ce082c832fb41d2e5b6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_85096', table='events_eventmeasuresevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='eventevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='16c3318d5129f1c68f677850854b8c1208cf1ba5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5b378', table='events_eventevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(fields=['stage', 'starts_at'], name='events_event_by_start'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='events_event_search'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['gathering', 'seminar', 'training', 'workshop', 'webinar', 'forum', 'steering_group'])), name='events_event_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'proposed', 'published', 'cancelled', 'withdrawn'])), name='events_event_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='events_event_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('admission__in', ['open', 'approval', 'invited'])), name='events_event_admission_known'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('starts_at')), ('ends_at__isnull', True), ('starts_at__isnull', True), _connector='OR'), name='events_event_ends_after_start'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('registration_closes_at__gte', models.F('registration_opens_at')), ('registration_closes_at__isnull', True), ('registration_opens_at__isnull', True), _connector='OR'), name='events_event_registration_in_order'),
            ),
            migrations.AddConstraint(
                model_name='event',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'proposed', 'withdrawn']), ('published_at__isnull', False), _connector='OR'), name='events_event_published_at_a_moment'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='event',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_eventevent" ("admission", "aftermath", "asks_diet", "clusters", "created_at", "description", "ends_at", "form_key", "from_challenge_id", "from_project_id", "gives_certificate", "has_photography", "home_cluster_id", "ics_sequence", "ics_uid", "id", "is_restricted", "kind", "language", "modes", "municipality", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "recording_link", "registration_closes_at", "registration_opens_at", "registrations_kept_until", "remote_link", "series_id", "slug", "stage", "starts_at", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "venue", "visibility") VALUES (NEW."admission", NEW."aftermath", NEW."asks_diet", NEW."clusters", NEW."created_at", NEW."description", NEW."ends_at", NEW."form_key", NEW."from_challenge_id", NEW."from_project_id", NEW."gives_certificate", NEW."has_photography", NEW."home_cluster_id", NEW."ics_sequence", NEW."ics_uid", NEW."id", NEW."is_restricted", NEW."kind", NEW."language", NEW."modes", NEW."municipality", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."recording_link", NEW."registration_closes_at", NEW."registration_opens_at", NEW."registrations_kept_until", NEW."remote_link", NEW."series_id", NEW."slug", NEW."stage", NEW."starts_at", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."venue", NEW."visibility"); RETURN NULL;', hash='5c6ba4e102518dcc32d640c3fc34f595ca768045', operation='INSERT', pgid='pgtrigger_insert_insert_82b94', table='events_event', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='event',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."admission" IS DISTINCT FROM (NEW."admission") OR OLD."aftermath" IS DISTINCT FROM (NEW."aftermath") OR OLD."asks_diet" IS DISTINCT FROM (NEW."asks_diet") OR OLD."clusters" IS DISTINCT FROM (NEW."clusters") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."from_challenge_id" IS DISTINCT FROM (NEW."from_challenge_id") OR OLD."from_project_id" IS DISTINCT FROM (NEW."from_project_id") OR OLD."gives_certificate" IS DISTINCT FROM (NEW."gives_certificate") OR OLD."has_photography" IS DISTINCT FROM (NEW."has_photography") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."ics_sequence" IS DISTINCT FROM (NEW."ics_sequence") OR OLD."ics_uid" IS DISTINCT FROM (NEW."ics_uid") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_restricted" IS DISTINCT FROM (NEW."is_restricted") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."modes" IS DISTINCT FROM (NEW."modes") OR OLD."municipality" IS DISTINCT FROM (NEW."municipality") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."recording_link" IS DISTINCT FROM (NEW."recording_link") OR OLD."registration_closes_at" IS DISTINCT FROM (NEW."registration_closes_at") OR OLD."registration_opens_at" IS DISTINCT FROM (NEW."registration_opens_at") OR OLD."registrations_kept_until" IS DISTINCT FROM (NEW."registrations_kept_until") OR OLD."remote_link" IS DISTINCT FROM (NEW."remote_link") OR OLD."series_id" IS DISTINCT FROM (NEW."series_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_fi" IS DISTINCT FROM (NEW."summary_fi") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."teller_id" IS DISTINCT FROM (NEW."teller_id") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."venue" IS DISTINCT FROM (NEW."venue") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "events_eventevent" ("admission", "aftermath", "asks_diet", "clusters", "created_at", "description", "ends_at", "form_key", "from_challenge_id", "from_project_id", "gives_certificate", "has_photography", "home_cluster_id", "ics_sequence", "ics_uid", "id", "is_restricted", "kind", "language", "modes", "municipality", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "recording_link", "registration_closes_at", "registration_opens_at", "registrations_kept_until", "remote_link", "series_id", "slug", "stage", "starts_at", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "venue", "visibility") VALUES (NEW."admission", NEW."aftermath", NEW."asks_diet", NEW."clusters", NEW."created_at", NEW."description", NEW."ends_at", NEW."form_key", NEW."from_challenge_id", NEW."from_project_id", NEW."gives_certificate", NEW."has_photography", NEW."home_cluster_id", NEW."ics_sequence", NEW."ics_uid", NEW."id", NEW."is_restricted", NEW."kind", NEW."language", NEW."modes", NEW."municipality", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."recording_link", NEW."registration_closes_at", NEW."registration_opens_at", NEW."registrations_kept_until", NEW."remote_link", NEW."series_id", NEW."slug", NEW."stage", NEW."starts_at", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."teller_id", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."venue", NEW."visibility"); RETURN NULL;', hash='b8da0008b9416957d9d29566bd89399a5f146841', operation='UPDATE', pgid='pgtrigger_update_update_73f59', table='events_event', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='event',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_eventevent" ("admission", "aftermath", "asks_diet", "clusters", "created_at", "description", "ends_at", "form_key", "from_challenge_id", "from_project_id", "gives_certificate", "has_photography", "home_cluster_id", "ics_sequence", "ics_uid", "id", "is_restricted", "kind", "language", "modes", "municipality", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "recording_link", "registration_closes_at", "registration_opens_at", "registrations_kept_until", "remote_link", "series_id", "slug", "stage", "starts_at", "summary_en", "summary_fi", "summary_sv", "teller_id", "title_en", "title_fi", "title_sv", "updated_at", "venue", "visibility") VALUES (OLD."admission", OLD."aftermath", OLD."asks_diet", OLD."clusters", OLD."created_at", OLD."description", OLD."ends_at", OLD."form_key", OLD."from_challenge_id", OLD."from_project_id", OLD."gives_certificate", OLD."has_photography", OLD."home_cluster_id", OLD."ics_sequence", OLD."ics_uid", OLD."id", OLD."is_restricted", OLD."kind", OLD."language", OLD."modes", OLD."municipality", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."recording_link", OLD."registration_closes_at", OLD."registration_opens_at", OLD."registrations_kept_until", OLD."remote_link", OLD."series_id", OLD."slug", OLD."stage", OLD."starts_at", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."teller_id", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at", OLD."venue", OLD."visibility"); RETURN NULL;', hash='94972929017469c5f6c0f37ec11af1d8735e4174', operation='DELETE', pgid='pgtrigger_delete_delete_d74a6', table='events_event', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='eventtemplate',
                constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='events_eventtemplate_name_once'),
            ),
            migrations.AddConstraint(
                model_name='material',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['material', 'recording'])), name='events_material_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='material',
                constraint=models.CheckConstraint(condition=models.Q(('read_by__in', ['everyone', 'participants'])), name='events_material_read_by_known'),
            ),
            migrations.AddConstraint(
                model_name='material',
                constraint=models.CheckConstraint(condition=models.Q(('shown__in', ['at_once', 'afterwards'])), name='events_material_shown_known'),
            ),
            migrations.AddConstraint(
                model_name='material',
                constraint=models.CheckConstraint(condition=models.Q(('file', ''), ('link', ''), _connector='XOR'), name='events_material_file_or_link'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='material',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_materialevent" ("added_at", "event_id", "file", "form_key", "id", "kind", "link", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "read_by", "sender_id", "shown", "size", "title") VALUES (NEW."added_at", NEW."event_id", NEW."file", NEW."form_key", NEW."id", NEW."kind", NEW."link", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."read_by", NEW."sender_id", NEW."shown", NEW."size", NEW."title"); RETURN NULL;', hash='786bbf5088c69ee0ffaa8dba6ea2579dc0f04262', operation='INSERT', pgid='pgtrigger_insert_insert_50b97', table='events_material', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='material',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_materialevent" ("added_at", "event_id", "file", "form_key", "id", "kind", "link", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "read_by", "sender_id", "shown", "size", "title") VALUES (NEW."added_at", NEW."event_id", NEW."file", NEW."form_key", NEW."id", NEW."kind", NEW."link", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."read_by", NEW."sender_id", NEW."shown", NEW."size", NEW."title"); RETURN NULL;', hash='b8a4d19d9f35abafc17387024cfc6aea9a44f6eb', operation='UPDATE', pgid='pgtrigger_update_update_a75c0', table='events_material', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='material',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_materialevent" ("added_at", "event_id", "file", "form_key", "id", "kind", "link", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "read_by", "sender_id", "shown", "size", "title") VALUES (OLD."added_at", OLD."event_id", OLD."file", OLD."form_key", OLD."id", OLD."kind", OLD."link", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."read_by", OLD."sender_id", OLD."shown", OLD."size", OLD."title"); RETURN NULL;', hash='07bbcc2f55eda16c277047523f40c3d24ecfc7ab', operation='DELETE', pgid='pgtrigger_delete_delete_48d59', table='events_material', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='materialevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='53c09154a01997233af4dd7898cc8838234562f9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_61881', table='events_materialevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='participantletter',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='events_participantletter_says_it'),
            ),
            migrations.AddConstraint(
                model_name='participantletter',
                constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['', 'on_site', 'remote']), ('stage__in', ['', 'requested', 'confirmed', 'applied', 'waiting', 'refused', 'cancelled', 'attended', 'absent'])), name='events_participantletter_readers_known'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='participantletter',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_participantletterevent" ("event_id", "form_key", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receivers", "sender_id", "sent_at", "stage") VALUES (NEW."event_id", NEW."form_key", NEW."id", NEW."mode", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."receivers", NEW."sender_id", NEW."sent_at", NEW."stage"); RETURN NULL;', hash='3a633a7d9baa22fe6fb29f908b5a4f3b9db00cd2', operation='INSERT', pgid='pgtrigger_insert_insert_11b40', table='events_participantletter', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='participantletter',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."mode" IS DISTINCT FROM (NEW."mode") OR OLD."receivers" IS DISTINCT FROM (NEW."receivers") OR OLD."sender_id" IS DISTINCT FROM (NEW."sender_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."stage" IS DISTINCT FROM (NEW."stage"))', func='INSERT INTO "events_participantletterevent" ("event_id", "form_key", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receivers", "sender_id", "sent_at", "stage") VALUES (NEW."event_id", NEW."form_key", NEW."id", NEW."mode", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."receivers", NEW."sender_id", NEW."sent_at", NEW."stage"); RETURN NULL;', hash='244fbab09c6ea7114ab89d1519f48cf83ccdf925', operation='UPDATE', pgid='pgtrigger_update_update_f7b4e', table='events_participantletter', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='participantletter',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_participantletterevent" ("event_id", "form_key", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "receivers", "sender_id", "sent_at", "stage") VALUES (OLD."event_id", OLD."form_key", OLD."id", OLD."mode", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."receivers", OLD."sender_id", OLD."sent_at", OLD."stage"); RETURN NULL;', hash='30fea290aa434c028a88aa88a92e159cf72f9da9', operation='DELETE', pgid='pgtrigger_delete_delete_b64ba', table='events_participantletter', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='participantletterevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='34bc1ce79db413a19d3143d84ed6554b5da44446', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d6170', table='events_participantletterevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='seats',
                constraint=models.CheckConstraint(condition=models.Q(('mode__in', ['on_site', 'remote'])), name='events_seats_mode_known'),
            ),
            migrations.AddConstraint(
                model_name='seats',
                constraint=models.UniqueConstraint(fields=('event', 'mode'), name='events_seats_mode_once'),
            ),
            migrations.AddConstraint(
                model_name='seats',
                constraint=models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('taken__lte', django.db.models.expressions.CombinedExpression(models.F('capacity'), '+', models.F('extra'))), _connector='OR'), name='events_seats_never_overbooked'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='seats',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_seatsevent" ("capacity", "event_id", "extra", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."capacity", NEW."event_id", NEW."extra", NEW."id", NEW."mode", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='c5d8630ce21fb1416875c1c87da933ae99bcdfb3', operation='INSERT', pgid='pgtrigger_insert_insert_fea7a', table='events_seats', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='seats',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."capacity" IS DISTINCT FROM (NEW."capacity") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."extra" IS DISTINCT FROM (NEW."extra") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."mode" IS DISTINCT FROM (NEW."mode"))', func='INSERT INTO "events_seatsevent" ("capacity", "event_id", "extra", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."capacity", NEW."event_id", NEW."extra", NEW."id", NEW."mode", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='7ca5250232501a52490951685541ee3cb5eda3fa', operation='UPDATE', pgid='pgtrigger_update_update_9c86d', table='events_seats', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='seats',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_seatsevent" ("capacity", "event_id", "extra", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."capacity", OLD."event_id", OLD."extra", OLD."id", OLD."mode", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='7221e918b2d7cfdaa4de4a1b8b33ca472fd4eacc', operation='DELETE', pgid='pgtrigger_delete_delete_848cc', table='events_seats', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='registrationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='eebeba2c8ea6704a0d7c81f01bc64670b5cb81c3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e12c4', table='events_registrationevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='registration',
                index=models.Index(condition=models.Q(('stage', 'waiting')), fields=['seats', 'queued_at', 'id'], name='events_registration_queue'),
            ),
            migrations.AddIndex(
                model_name='registration',
                index=models.Index(condition=models.Q(('stage', 'requested')), fields=['mailbox'], name='events_registration_mailbox'),
            ),
            migrations.AddIndex(
                model_name='registration',
                index=models.Index(django.db.models.functions.text.Lower('email'), condition=models.Q(('user', None)), name='events_registration_guest'),
            ),
            migrations.AddConstraint(
                model_name='registration',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['requested', 'confirmed', 'applied', 'waiting', 'refused', 'cancelled', 'attended', 'absent'])), name='events_registration_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='registration',
                constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['absent', 'applied', 'attended', 'confirmed', 'requested', 'waiting'])), fields=('event', 'user'), name='events_registration_user_once'),
            ),
            migrations.AddConstraint(
                model_name='registration',
                constraint=models.UniqueConstraint(models.F('event'), django.db.models.functions.text.Lower('email'), django.db.models.functions.text.Lower('name'), condition=models.Q(('stage__in', ['absent', 'applied', 'attended', 'confirmed', 'requested', 'waiting']), ('user', None)), name='events_registration_guest_once'),
            ),
            migrations.AddConstraint(
                model_name='registration',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', ''), ('mailbox', ''), ('user__isnull', False)), models.Q(('user__isnull', True), models.Q(('email', ''), _negated=True)), _connector='OR'), name='events_registration_account_or_guest'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='registration',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_registrationevent" ("created_at", "declined_at", "email", "event_id", "id", "is_listed", "language", "name", "organisation_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "queued_at", "seats_id", "stage", "user_id") VALUES (NEW."created_at", NEW."declined_at", NEW."email", NEW."event_id", NEW."id", NEW."is_listed", NEW."language", NEW."name", NEW."organisation_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."queued_at", NEW."seats_id", NEW."stage", NEW."user_id"); RETURN NULL;', hash='ff4aa6a31c5cc61c86505c5a6f6b2f6ffce96a1b', operation='INSERT', pgid='pgtrigger_insert_insert_c84d7', table='events_registration', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='registration',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."declined_at" IS DISTINCT FROM (NEW."declined_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_listed" IS DISTINCT FROM (NEW."is_listed") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."organisation_name" IS DISTINCT FROM (NEW."organisation_name") OR OLD."public_id" IS DISTINCT FROM (NEW."public_id") OR OLD."queued_at" IS DISTINCT FROM (NEW."queued_at") OR OLD."seats_id" IS DISTINCT FROM (NEW."seats_id") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "events_registrationevent" ("created_at", "declined_at", "email", "event_id", "id", "is_listed", "language", "name", "organisation_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "queued_at", "seats_id", "stage", "user_id") VALUES (NEW."created_at", NEW."declined_at", NEW."email", NEW."event_id", NEW."id", NEW."is_listed", NEW."language", NEW."name", NEW."organisation_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."queued_at", NEW."seats_id", NEW."stage", NEW."user_id"); RETURN NULL;', hash='20460a3d5a30f7c0472334b0d8a787a9e258ac9f', operation='UPDATE', pgid='pgtrigger_update_update_87442', table='events_registration', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='registration',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_registrationevent" ("created_at", "declined_at", "email", "event_id", "id", "is_listed", "language", "name", "organisation_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "queued_at", "seats_id", "stage", "user_id") VALUES (OLD."created_at", OLD."declined_at", OLD."email", OLD."event_id", OLD."id", OLD."is_listed", OLD."language", OLD."name", OLD."organisation_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."queued_at", OLD."seats_id", OLD."stage", OLD."user_id"); RETURN NULL;', hash='6f9bed194bd8ae39b2aeba79fca549ade95be8f6', operation='DELETE', pgid='pgtrigger_delete_delete_893c7', table='events_registration', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='seatsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='87e22935a885ce1f7175e6c73aeaae323581d82c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3c570', table='events_seatsevent', when='BEFORE')),
            ),
        ]),
    ]
