import cluster_portal.core.audit.refusals
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('core', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='auditentry',
                name='actor',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='actor'),
            ),
            migrations.AddField(
                model_name='auditentry',
                name='content_type',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype'),
            ),
            migrations.AddConstraint(
                model_name='conceptaddition',
                constraint=models.CheckConstraint(condition=models.Q(('en', ''), ('fi', ''), ('near', ''), ('sv', ''), _negated=True), name='core_conceptaddition_says_something'),
            ),
            migrations.AddField(
                model_name='importedcells',
                name='content_type',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype'),
            ),
            migrations.AddField(
                model_name='importjob',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='matchfeatures',
                name='content_type',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype'),
            ),
            migrations.AddField(
                model_name='refusal',
                name='account',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account'),
            ),
            migrations.AddField(
                model_name='refusal',
                name='content_type',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype'),
            ),
            migrations.AddIndex(
                model_name='searchword',
                index=models.Index(fields=['word'], name='core_searchword_word'),
            ),
            migrations.AddIndex(
                model_name='searchword',
                index=models.Index(fields=['folded'], name='core_searchword_folded'),
            ),
            migrations.AddIndex(
                model_name='searchword',
                index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('folded', name='gin_trgm_ops'), name='core_searchword_trigram'),
            ),
            migrations.AddField(
                model_name='term',
                name='broader',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='narrower', to='core.term', verbose_name='broader term'),
            ),
            migrations.AddIndex(
                model_name='auditentry',
                index=models.Index(fields=['content_type', 'object_id', '-id'], name='core_audit_about'),
            ),
            migrations.AddConstraint(
                model_name='auditentry',
                constraint=models.CheckConstraint(condition=models.Q(('action', ''), _negated=True), name='core_auditentry_action_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='auditentry',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='7376e9a3dae874cc1c34bd6c30397bc553dec566', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_97da0', table='core_auditentry', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='importedcells',
                constraint=models.UniqueConstraint(fields=('content_type', 'object_id'), name='core_importedcells_once'),
            ),
            migrations.AddConstraint(
                model_name='importjob',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['waiting', 'running', 'done', 'failed'])), name='core_importjob_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='matchfeatures',
                constraint=models.UniqueConstraint(fields=('content_type', 'object_id'), name='core_matchfeatures_once'),
            ),
            migrations.AddConstraint(
                model_name='refusal',
                constraint=models.UniqueConstraint(fields=('act', 'account', 'network', 'hour'), name='core_refusal_once_an_hour', nulls_distinct=False),
            ),
            migrations.AddConstraint(
                model_name='refusal',
                constraint=models.CheckConstraint(condition=models.Q(('act__in', cluster_portal.core.audit.refusals.Act)), name='core_refusal_act_known'),
            ),
            migrations.AddConstraint(
                model_name='term',
                constraint=models.UniqueConstraint(fields=('scheme', 'code'), name='core_term_code_once'),
            ),
            migrations.AddConstraint(
                model_name='term',
                constraint=models.CheckConstraint(condition=models.Q(('scheme__in', ['region', 'education_field', 'vital_function', 'critical_sector', 'supply_pool', 'security_task', 'dual_use', 'smart_specialisation', 'trl', 'decision_level', 'att_theme', 'sdg'])), name='core_term_scheme_known'),
            ),
            migrations.AddConstraint(
                model_name='term',
                constraint=models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from')), ('valid_until__isnull', True), ('valid_from__isnull', True), _connector='OR'), name='core_term_validity_in_order'),
            ),
        ]),
    ]
