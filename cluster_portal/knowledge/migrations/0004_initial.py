import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from cluster_portal.core.database.batches import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0002_initial'),
        ('knowledge', '0003_initial'),
        ('members', '0001_initial'),
        ('notifications', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('surveys', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='measurement',
                name='survey_round',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.round', verbose_name='survey'),
            ),
            migrations.AddField(
                model_name='correctionevent',
                name='measurement',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.measurement', verbose_name='measurement'),
            ),
            migrations.AddField(
                model_name='correction',
                name='measurement',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='knowledge.measurement', verbose_name='measurement'),
            ),
            migrations.AddField(
                model_name='measurementevent',
                name='entered_by',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
            ),
            migrations.AddField(
                model_name='measurementevent',
                name='indicator',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.indicator', verbose_name='indicator'),
            ),
            migrations.AddField(
                model_name='measurementevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='measurementevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.measurement'),
            ),
            migrations.AddField(
                model_name='measurementevent',
                name='region',
                field=models.ForeignKey(db_constraint=False, limit_choices_to={'scheme': 'region'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='measurementevent',
                name='survey_round',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='surveys.round', verbose_name='survey'),
            ),
            migrations.AddField(
                model_name='pageversion',
                name='saved_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
            ),
            migrations.AddField(
                model_name='pageversionevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='pageversionevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.pageversion'),
            ),
            migrations.AddField(
                model_name='pageversionevent',
                name='saved_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
            ),
            migrations.AddField(
                model_name='producer',
                name='indicator',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='producers', to='knowledge.indicator', verbose_name='indicator'),
            ),
            migrations.AddField(
                model_name='producer',
                name='organisation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='producer',
                name='region',
                field=models.ForeignKey(limit_choices_to={'scheme': 'region'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='producerevent',
                name='indicator',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.indicator', verbose_name='indicator'),
            ),
            migrations.AddField(
                model_name='producerevent',
                name='organisation',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='producerevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='producerevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.producer'),
            ),
            migrations.AddField(
                model_name='producerevent',
                name='region',
                field=models.ForeignKey(db_constraint=False, limit_choices_to={'scheme': 'region'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='signal',
                name='author',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
            ),
            migrations.AddField(
                model_name='signal',
                name='home_cluster',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='signal',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='signal',
                name='region',
                field=models.ForeignKey(blank=True, limit_choices_to={'scheme': 'region'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='signal',
                name='terms',
                field=models.ManyToManyField(blank=True, related_name='+', to='core.term', verbose_name='themes'),
            ),
            migrations.AddField(
                model_name='signalevent',
                name='author',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
            ),
            migrations.AddField(
                model_name='signalevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='signalevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='signalevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='signalevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.signal'),
            ),
            migrations.AddField(
                model_name='signalevent',
                name='region',
                field=models.ForeignKey(blank=True, db_constraint=False, limit_choices_to={'scheme': 'region'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='signalsource',
                name='signal',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='knowledge.signal', verbose_name='signal of the future'),
            ),
            migrations.AddField(
                model_name='signalsourceevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='signalsourceevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.signalsource'),
            ),
            migrations.AddField(
                model_name='signalsourceevent',
                name='signal',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.signal', verbose_name='signal of the future'),
            ),
            migrations.AddField(
                model_name='signalsupport',
                name='signal',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='knowledge.signal', verbose_name='signal of the future'),
            ),
            migrations.AddField(
                model_name='signalsupport',
                name='user',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='supporter'),
            ),
            migrations.AddField(
                model_name='signalsupportevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='signalsupportevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.signalsupport'),
            ),
            migrations.AddField(
                model_name='signalsupportevent',
                name='signal',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.signal', verbose_name='signal of the future'),
            ),
            migrations.AddField(
                model_name='signalsupportevent',
                name='user',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='supporter'),
            ),
            migrations.AddField(
                model_name='signaltermsevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='signaltermsevent',
                name='signal',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.signal'),
            ),
            migrations.AddField(
                model_name='signaltermsevent',
                name='term',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term'),
            ),
            migrations.AddField(
                model_name='signaluse',
                name='signal',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='knowledge.signal', verbose_name='signal of the future'),
            ),
            migrations.AddField(
                model_name='signaluseevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='signaluseevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.signaluse'),
            ),
            migrations.AddField(
                model_name='signaluseevent',
                name='signal',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.signal', verbose_name='signal of the future'),
            ),
            migrations.AddField(
                model_name='situationreview',
                name='home_cluster',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='situationreview',
                name='letter',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='notifications.letter', verbose_name='letter'),
            ),
            migrations.AddField(
                model_name='situationreview',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='assessmentevent',
                name='review',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.situationreview', verbose_name='situation review'),
            ),
            migrations.AddField(
                model_name='assessment',
                name='review',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='knowledge.situationreview', verbose_name='situation review'),
            ),
            migrations.AddField(
                model_name='agreementevent',
                name='review',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.situationreview', verbose_name='situation review'),
            ),
            migrations.AddField(
                model_name='agreement',
                name='review',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='knowledge.situationreview', verbose_name='situation review'),
            ),
            migrations.AddField(
                model_name='situationreviewevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='situationreviewevent',
                name='letter',
                field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='notifications.letter', verbose_name='letter'),
            ),
            migrations.AddField(
                model_name='situationreviewevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='situationreviewevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='situationreviewevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.situationreview'),
            ),
            migrations.AddIndex(
                model_name='article',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='knowledge_article_search'),
            ),
            migrations.AddIndex(
                model_name='article',
                index=models.Index(fields=['-published_at', '-id'], name='knowledge_article_latest'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'in_review', 'scheduled', 'published', 'withdrawn'])), name='knowledge_article_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['news', 'publication', 'guide', 'story', 'argument', 'recording', 'reading'])), name='knowledge_article_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='knowledge_article_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(('languages__contained_by', ['fi', 'sv', 'en'])), name='knowledge_article_languages_known'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(('sectors__contained_by', ['education', 'research', 'public', 'business', 'third'])), name='knowledge_article_sectors_known'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['feed', 'files', 'pictures', 'press', 'propose', 'stories']), _negated=True), name='knowledge_article_slug_not_reserved'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'scheduled'), _negated=True), ('publish_at__isnull', False), _connector='OR'), name='knowledge_article_scheduled_has_moment'),
            ),
            migrations.AddConstraint(
                model_name='article',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='knowledge_article_published_has_moment'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='article',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_articleevent" ("answer", "author_id", "body_en", "body_fi", "body_sv", "created_at", "form_key", "home_cluster_id", "id", "kind", "languages", "link", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "published_at", "region_id", "sectors", "shows_author", "slug", "stage", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."answer", NEW."author_id", NEW."body_en", NEW."body_fi", NEW."body_sv", NEW."created_at", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."kind", NEW."languages", NEW."link", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."publish_at", NEW."published_at", NEW."region_id", NEW."sectors", NEW."shows_author", NEW."slug", NEW."stage", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='79885edeb07ecfa1351174e812d7d571fa801668', operation='INSERT', pgid='pgtrigger_insert_insert_e52aa', table='knowledge_article', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='article',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."body_en" IS DISTINCT FROM (NEW."body_en") OR OLD."body_fi" IS DISTINCT FROM (NEW."body_fi") OR OLD."body_sv" IS DISTINCT FROM (NEW."body_sv") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."languages" IS DISTINCT FROM (NEW."languages") OR OLD."link" IS DISTINCT FROM (NEW."link") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."publish_at" IS DISTINCT FROM (NEW."publish_at") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."sectors" IS DISTINCT FROM (NEW."sectors") OR OLD."shows_author" IS DISTINCT FROM (NEW."shows_author") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_fi" IS DISTINCT FROM (NEW."summary_fi") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "knowledge_articleevent" ("answer", "author_id", "body_en", "body_fi", "body_sv", "created_at", "form_key", "home_cluster_id", "id", "kind", "languages", "link", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "published_at", "region_id", "sectors", "shows_author", "slug", "stage", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."answer", NEW."author_id", NEW."body_en", NEW."body_fi", NEW."body_sv", NEW."created_at", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."kind", NEW."languages", NEW."link", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."publish_at", NEW."published_at", NEW."region_id", NEW."sectors", NEW."shows_author", NEW."slug", NEW."stage", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='62cadc0640088be9afe8dcd67500cc24dfe92ee3', operation='UPDATE', pgid='pgtrigger_update_update_020d0', table='knowledge_article', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='article',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_articleevent" ("answer", "author_id", "body_en", "body_fi", "body_sv", "created_at", "form_key", "home_cluster_id", "id", "kind", "languages", "link", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "published_at", "region_id", "sectors", "shows_author", "slug", "stage", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (OLD."answer", OLD."author_id", OLD."body_en", OLD."body_fi", OLD."body_sv", OLD."created_at", OLD."form_key", OLD."home_cluster_id", OLD."id", OLD."kind", OLD."languages", OLD."link", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."publish_at", OLD."published_at", OLD."region_id", OLD."sectors", OLD."shows_author", OLD."slug", OLD."stage", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at", OLD."visibility"); RETURN NULL;', hash='b6dfd2abddc9cd67e350320ce25453f9972be382', operation='DELETE', pgid='pgtrigger_delete_delete_67746', table='knowledge_article', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='articleentry',
                constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('article', 'position'), name='knowledge_articleentry_place_once'),
            ),
            migrations.AddConstraint(
                model_name='articleentry',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='knowledge_articleentry_title_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articleentry',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_articleentryevent" ("article_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text", "title", "url") VALUES (NEW."article_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."text", NEW."title", NEW."url"); RETURN NULL;', hash='b0cea98a3ad0aea52204ea037ed95c2761664fce', operation='INSERT', pgid='pgtrigger_insert_insert_9aa71', table='knowledge_articleentry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articleentry',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_articleentryevent" ("article_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text", "title", "url") VALUES (NEW."article_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."text", NEW."title", NEW."url"); RETURN NULL;', hash='bea5506bb115e4587b9d6b64075eb4f3f2fffb81', operation='UPDATE', pgid='pgtrigger_update_update_49c7f', table='knowledge_articleentry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articleentry',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_articleentryevent" ("article_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "text", "title", "url") VALUES (OLD."article_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."text", OLD."title", OLD."url"); RETURN NULL;', hash='2170b72205036e60b8837ea32360d8d20782bcba', operation='DELETE', pgid='pgtrigger_delete_delete_e12fb', table='knowledge_articleentry', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articleentryevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='fdf5b1f71558babb1c3de84e7adb1cc15378343d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ef99e', table='knowledge_articleentryevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articleevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='61e959086729fb8b5cd5004fc5834b41c87f6fae', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f9975', table='knowledge_articleevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='articlefile',
                constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='knowledge_articlefile_name_given'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articlefile',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_articlefileevent" ("article_id", "created_at", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "size") VALUES (NEW."article_id", NEW."created_at", NEW."file", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."size"); RETURN NULL;', hash='d664d9c9715983962ee17bab297ee4432cf46423', operation='INSERT', pgid='pgtrigger_insert_insert_72a6f', table='knowledge_articlefile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articlefile',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_articlefileevent" ("article_id", "created_at", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "size") VALUES (NEW."article_id", NEW."created_at", NEW."file", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."size"); RETURN NULL;', hash='83ed2651e765171541b67ff7e9cbf6f19929a4a8', operation='UPDATE', pgid='pgtrigger_update_update_8f4b5', table='knowledge_articlefile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articlefile',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_articlefileevent" ("article_id", "created_at", "file", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "size") VALUES (OLD."article_id", OLD."created_at", OLD."file", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."size"); RETURN NULL;', hash='430d6f0a3432dd1c82beb404a1aa993d255df4d6', operation='DELETE', pgid='pgtrigger_delete_delete_363b4', table='knowledge_articlefile', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articlefileevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='126f9772d474cf44b535536aa3b0a089936b42d7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0eed8', table='knowledge_articlefileevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='articlepicture',
                constraint=models.CheckConstraint(condition=models.Q(('licence__in', ['own', 'cc0', 'by', 'by_sa', 'permission', 'generated'])), name='knowledge_articlepicture_licence_known'),
            ),
            migrations.AddConstraint(
                model_name='articlepicture',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('alt_fi', ''), _negated=True), models.Q(('credit', ''), _negated=True)), name='knowledge_articlepicture_told'),
            ),
            migrations.AddConstraint(
                model_name='articlepicture',
                constraint=models.UniqueConstraint(condition=models.Q(('is_cover', True)), fields=('article',), name='knowledge_articlepicture_one_cover'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articlepicture',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_articlepictureevent" ("alt_en", "alt_fi", "alt_sv", "article_id", "created_at", "credit", "id", "is_cover", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "stored") VALUES (NEW."alt_en", NEW."alt_fi", NEW."alt_sv", NEW."article_id", NEW."created_at", NEW."credit", NEW."id", NEW."is_cover", NEW."licence", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."stored"); RETURN NULL;', hash='75cb6e5d9219d5bc6006a24de3c18b039e30ab98', operation='INSERT', pgid='pgtrigger_insert_insert_407f0', table='knowledge_articlepicture', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articlepicture',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_articlepictureevent" ("alt_en", "alt_fi", "alt_sv", "article_id", "created_at", "credit", "id", "is_cover", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "stored") VALUES (NEW."alt_en", NEW."alt_fi", NEW."alt_sv", NEW."article_id", NEW."created_at", NEW."credit", NEW."id", NEW."is_cover", NEW."licence", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."stored"); RETURN NULL;', hash='e8fe3cd4f83b239e1b4871d09a171df82004626e', operation='UPDATE', pgid='pgtrigger_update_update_89ec2', table='knowledge_articlepicture', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articlepicture',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_articlepictureevent" ("alt_en", "alt_fi", "alt_sv", "article_id", "created_at", "credit", "id", "is_cover", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "stored") VALUES (OLD."alt_en", OLD."alt_fi", OLD."alt_sv", OLD."article_id", OLD."created_at", OLD."credit", OLD."id", OLD."is_cover", OLD."licence", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."stored"); RETURN NULL;', hash='c5ab51d728859f1c09fd672a795e4014fd50f690', operation='DELETE', pgid='pgtrigger_delete_delete_a850c', table='knowledge_articlepicture', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articlepictureevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='8947be5147a6cc47d0977edf469d00eb91fa0382', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c524b', table='knowledge_articlepictureevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='articletermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='1241a90f6e4c315badeba8e0b7aa11fa773ff122', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c3ace', table='knowledge_articletermsevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='evaluationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='bfd1f9e8ab9cea62c8a05bdabfd1d9d1c62a5cf4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4ae86', table='knowledge_evaluationevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='indicator',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='knowledge_indicator_search'),
            ),
            migrations.AddConstraint(
                model_name='indicator',
                constraint=models.CheckConstraint(condition=models.Q(('bad_when__in', ['above', 'below'])), name='knowledge_indicator_direction_known'),
            ),
            migrations.AddConstraint(
                model_name='indicator',
                constraint=models.CheckConstraint(condition=models.Q(('interval__in', ['month', 'quarter', 'half', 'year'])), name='knowledge_indicator_interval_known'),
            ),
            migrations.AddConstraint(
                model_name='indicator',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='knowledge_indicator_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='indicator',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('name_fi', ''), _negated=True), models.Q(('definition_fi', ''), _negated=True), models.Q(('unit_fi', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='knowledge_indicator_told'),
            ),
            migrations.AddConstraint(
                model_name='indicator',
                constraint=models.CheckConstraint(condition=models.Q(('decimals__lte', 4)), name='knowledge_indicator_decimals_sane'),
            ),
            migrations.AddConstraint(
                model_name='indicator',
                constraint=models.CheckConstraint(condition=models.Q(('warning', None), ('alarm__isnull', False), _connector='OR'), name='knowledge_indicator_warning_has_alarm'),
            ),
            migrations.AddConstraint(
                model_name='indicator',
                constraint=models.CheckConstraint(condition=models.Q(('warning', None), ('alarm', None), models.Q(('bad_when', 'above'), ('warning__lte', models.F('alarm'))), models.Q(('bad_when', 'below'), ('warning__gte', models.F('alarm'))), _connector='OR'), name='knowledge_indicator_warning_comes_first'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='indicator',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_indicatorevent" ("alarm", "bad_when", "created_at", "decimals", "definition_en", "definition_fi", "definition_sv", "home_cluster_id", "id", "interval", "is_headline", "name_en", "name_fi", "name_sv", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "retired_on", "slug", "source", "source_url", "theme_id", "unit_en", "unit_fi", "unit_sv", "updated_at", "visibility", "warning") VALUES (NEW."alarm", NEW."bad_when", NEW."created_at", NEW."decimals", NEW."definition_en", NEW."definition_fi", NEW."definition_sv", NEW."home_cluster_id", NEW."id", NEW."interval", NEW."is_headline", NEW."name_en", NEW."name_fi", NEW."name_sv", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."retired_on", NEW."slug", NEW."source", NEW."source_url", NEW."theme_id", NEW."unit_en", NEW."unit_fi", NEW."unit_sv", NEW."updated_at", NEW."visibility", NEW."warning"); RETURN NULL;', hash='4991b8371de6557cb1910e6581f2cf2bc478b766', operation='INSERT', pgid='pgtrigger_insert_insert_cb380', table='knowledge_indicator', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='indicator',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."alarm" IS DISTINCT FROM (NEW."alarm") OR OLD."bad_when" IS DISTINCT FROM (NEW."bad_when") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."decimals" IS DISTINCT FROM (NEW."decimals") OR OLD."definition_en" IS DISTINCT FROM (NEW."definition_en") OR OLD."definition_fi" IS DISTINCT FROM (NEW."definition_fi") OR OLD."definition_sv" IS DISTINCT FROM (NEW."definition_sv") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interval" IS DISTINCT FROM (NEW."interval") OR OLD."is_headline" IS DISTINCT FROM (NEW."is_headline") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."name_fi" IS DISTINCT FROM (NEW."name_fi") OR OLD."name_sv" IS DISTINCT FROM (NEW."name_sv") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."retired_on" IS DISTINCT FROM (NEW."retired_on") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."theme_id" IS DISTINCT FROM (NEW."theme_id") OR OLD."unit_en" IS DISTINCT FROM (NEW."unit_en") OR OLD."unit_fi" IS DISTINCT FROM (NEW."unit_fi") OR OLD."unit_sv" IS DISTINCT FROM (NEW."unit_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility") OR OLD."warning" IS DISTINCT FROM (NEW."warning"))', func='INSERT INTO "knowledge_indicatorevent" ("alarm", "bad_when", "created_at", "decimals", "definition_en", "definition_fi", "definition_sv", "home_cluster_id", "id", "interval", "is_headline", "name_en", "name_fi", "name_sv", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "retired_on", "slug", "source", "source_url", "theme_id", "unit_en", "unit_fi", "unit_sv", "updated_at", "visibility", "warning") VALUES (NEW."alarm", NEW."bad_when", NEW."created_at", NEW."decimals", NEW."definition_en", NEW."definition_fi", NEW."definition_sv", NEW."home_cluster_id", NEW."id", NEW."interval", NEW."is_headline", NEW."name_en", NEW."name_fi", NEW."name_sv", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."retired_on", NEW."slug", NEW."source", NEW."source_url", NEW."theme_id", NEW."unit_en", NEW."unit_fi", NEW."unit_sv", NEW."updated_at", NEW."visibility", NEW."warning"); RETURN NULL;', hash='836adba6a96c4c1f9dd8e3483ba847a83a194ca9', operation='UPDATE', pgid='pgtrigger_update_update_c7ea4', table='knowledge_indicator', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='indicator',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_indicatorevent" ("alarm", "bad_when", "created_at", "decimals", "definition_en", "definition_fi", "definition_sv", "home_cluster_id", "id", "interval", "is_headline", "name_en", "name_fi", "name_sv", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "retired_on", "slug", "source", "source_url", "theme_id", "unit_en", "unit_fi", "unit_sv", "updated_at", "visibility", "warning") VALUES (OLD."alarm", OLD."bad_when", OLD."created_at", OLD."decimals", OLD."definition_en", OLD."definition_fi", OLD."definition_sv", OLD."home_cluster_id", OLD."id", OLD."interval", OLD."is_headline", OLD."name_en", OLD."name_fi", OLD."name_sv", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."retired_on", OLD."slug", OLD."source", OLD."source_url", OLD."theme_id", OLD."unit_en", OLD."unit_fi", OLD."unit_sv", OLD."updated_at", OLD."visibility", OLD."warning"); RETURN NULL;', hash='b235764826c10b995a31fceb377cb59d022eb1af', operation='DELETE', pgid='pgtrigger_delete_delete_06725', table='knowledge_indicator', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='evaluationindicatorsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='81cd39a50e84fb4e76181517c9708de8de94b85f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b9a6e', table='knowledge_evaluationindicatorsevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='evaluation',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='knowledge_evaluation_search'),
            ),
            migrations.AddConstraint(
                model_name='evaluation',
                constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['continue', 'change', 'stop'])), name='knowledge_evaluation_verdict_known'),
            ),
            migrations.AddConstraint(
                model_name='evaluation',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='knowledge_evaluation_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='evaluation',
                constraint=models.CheckConstraint(condition=models.Q(('ended_on__gte', models.F('began_on')), ('ended_on__isnull', True), ('began_on__isnull', True), _connector='OR'), name='knowledge_evaluation_ends_after_beginning'),
            ),
            migrations.AddConstraint(
                model_name='evaluation',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('title_fi', ''), _negated=True), models.Q(('tried_fi', ''), _negated=True), models.Q(('told_fi', ''), _negated=True)), name='knowledge_evaluation_told'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='evaluation',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_evaluationevent" ("began_on", "created_at", "ended_on", "home_cluster_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "slug", "title_en", "title_fi", "title_sv", "told_en", "told_fi", "told_sv", "tried_en", "tried_fi", "tried_sv", "updated_at", "verdict", "visibility") VALUES (NEW."began_on", NEW."created_at", NEW."ended_on", NEW."home_cluster_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."pilot_id", NEW."slug", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."told_en", NEW."told_fi", NEW."told_sv", NEW."tried_en", NEW."tried_fi", NEW."tried_sv", NEW."updated_at", NEW."verdict", NEW."visibility"); RETURN NULL;', hash='e8b6b5a59bc2ff3870b6940ea08b9fbf4af5269b', operation='INSERT', pgid='pgtrigger_insert_insert_5146f', table='knowledge_evaluation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='evaluation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."began_on" IS DISTINCT FROM (NEW."began_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."pilot_id" IS DISTINCT FROM (NEW."pilot_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."told_en" IS DISTINCT FROM (NEW."told_en") OR OLD."told_fi" IS DISTINCT FROM (NEW."told_fi") OR OLD."told_sv" IS DISTINCT FROM (NEW."told_sv") OR OLD."tried_en" IS DISTINCT FROM (NEW."tried_en") OR OLD."tried_fi" IS DISTINCT FROM (NEW."tried_fi") OR OLD."tried_sv" IS DISTINCT FROM (NEW."tried_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "knowledge_evaluationevent" ("began_on", "created_at", "ended_on", "home_cluster_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "slug", "title_en", "title_fi", "title_sv", "told_en", "told_fi", "told_sv", "tried_en", "tried_fi", "tried_sv", "updated_at", "verdict", "visibility") VALUES (NEW."began_on", NEW."created_at", NEW."ended_on", NEW."home_cluster_id", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."pilot_id", NEW."slug", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."told_en", NEW."told_fi", NEW."told_sv", NEW."tried_en", NEW."tried_fi", NEW."tried_sv", NEW."updated_at", NEW."verdict", NEW."visibility"); RETURN NULL;', hash='90ffe7b0bea09df75bddf93f25499b0dadbbb42f', operation='UPDATE', pgid='pgtrigger_update_update_b49ea', table='knowledge_evaluation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='evaluation',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_evaluationevent" ("began_on", "created_at", "ended_on", "home_cluster_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pilot_id", "slug", "title_en", "title_fi", "title_sv", "told_en", "told_fi", "told_sv", "tried_en", "tried_fi", "tried_sv", "updated_at", "verdict", "visibility") VALUES (OLD."began_on", OLD."created_at", OLD."ended_on", OLD."home_cluster_id", OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."pilot_id", OLD."slug", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."told_en", OLD."told_fi", OLD."told_sv", OLD."tried_en", OLD."tried_fi", OLD."tried_sv", OLD."updated_at", OLD."verdict", OLD."visibility"); RETURN NULL;', hash='8e2cab6a5aaab02ab133ac70b791fd865ca03408', operation='DELETE', pgid='pgtrigger_delete_delete_bc48d', table='knowledge_evaluation', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='begunchallengeevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='1cf6d002437e0f4de66ef96d9b8a4c642d28f65d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3e179', table='knowledge_begunchallengeevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='begunchallenge',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_begunchallengeevent" ("challenge_id", "created_at", "form_key", "id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id") VALUES (NEW."challenge_id", NEW."created_at", NEW."form_key", NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region_id"); RETURN NULL;', hash='fd7420d075f20811d285fa24950cbbb726c8a676', operation='INSERT', pgid='pgtrigger_insert_insert_5e367', table='knowledge_begunchallenge', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='begunchallenge',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_begunchallengeevent" ("challenge_id", "created_at", "form_key", "id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id") VALUES (NEW."challenge_id", NEW."created_at", NEW."form_key", NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id"); RETURN NULL;', hash='179d148119eaaa4051ed3db4d14d8490b9710d89', operation='UPDATE', pgid='pgtrigger_update_update_bd5b7', table='knowledge_begunchallenge', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='begunchallenge',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_begunchallengeevent" ("challenge_id", "created_at", "form_key", "id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id") VALUES (OLD."challenge_id", OLD."created_at", OLD."form_key", OLD."id", OLD."indicator_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id"); RETURN NULL;', hash='034e2068366ff0e97cf2a282976aeb8509dac27b', operation='DELETE', pgid='pgtrigger_delete_delete_80289', table='knowledge_begunchallenge', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='indicatorevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='3e5c2c1402ad1114859bcde5e712746d69d11802', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_67477', table='knowledge_indicatorevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='librarydocument',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='knowledge_library_search'),
            ),
            migrations.AddConstraint(
                model_name='librarydocument',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['guide', 'report', 'template', 'material', 'minutes', 'other'])), name='knowledge_library_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='librarydocument',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='knowledge_library_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='librarydocument',
                constraint=models.CheckConstraint(condition=models.Q(('title_fi', ''), _negated=True), name='knowledge_library_titled'),
            ),
            migrations.AddConstraint(
                model_name='librarydocument',
                constraint=models.CheckConstraint(condition=models.Q(('body', None), ('organisation', None), _connector='OR'), name='knowledge_library_one_owner'),
            ),
            migrations.AddConstraint(
                model_name='librarydocument',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('visibility', 'group'), _negated=True), ('body__isnull', False), _connector='OR'), name='knowledge_library_group_is_a_body', violation_error_message='Choose the body whose members read it.'),
            ),
            migrations.AddConstraint(
                model_name='librarydocument',
                constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['add', 'feed', 'files']), _negated=True), name='knowledge_library_slug_not_reserved'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='librarydocument',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_librarydocumentevent" ("author_id", "body_id", "changed_at", "created_at", "form_key", "home_cluster_id", "id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."author_id", NEW."body_id", NEW."changed_at", NEW."created_at", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."kind", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='a9cddc8a922a76b1337000c8c5bae23f27eb0182', operation='INSERT', pgid='pgtrigger_insert_insert_f890b', table='knowledge_librarydocument', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='librarydocument',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."summary_fi" IS DISTINCT FROM (NEW."summary_fi") OR OLD."summary_sv" IS DISTINCT FROM (NEW."summary_sv") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "knowledge_librarydocumentevent" ("author_id", "body_id", "changed_at", "created_at", "form_key", "home_cluster_id", "id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."author_id", NEW."body_id", NEW."changed_at", NEW."created_at", NEW."form_key", NEW."home_cluster_id", NEW."id", NEW."kind", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."summary_en", NEW."summary_fi", NEW."summary_sv", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='d77444929714335e925553784ae2e23bef331faa', operation='UPDATE', pgid='pgtrigger_update_update_6d9c7', table='knowledge_librarydocument', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='librarydocument',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_librarydocumentevent" ("author_id", "body_id", "changed_at", "created_at", "form_key", "home_cluster_id", "id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "summary_en", "summary_fi", "summary_sv", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (OLD."author_id", OLD."body_id", OLD."changed_at", OLD."created_at", OLD."form_key", OLD."home_cluster_id", OLD."id", OLD."kind", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."summary_en", OLD."summary_fi", OLD."summary_sv", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at", OLD."visibility"); RETURN NULL;', hash='24f7f0c31d2cbb3e5515c733d029810f535fc979', operation='DELETE', pgid='pgtrigger_delete_delete_ffa3f', table='knowledge_librarydocument', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='librarydocumentevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='64326ae414dfbcaf70a74b21b50860b13e79341c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_41480', table='knowledge_librarydocumentevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='librarydocumenttermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='bf3a2fac05f932f984f5fb199859dbf71551ad84', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a3a36', table='knowledge_librarydocumenttermsevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='libraryversion',
                constraint=models.UniqueConstraint(fields=('document', 'number'), name='knowledge_libraryversion_number_once'),
            ),
            migrations.AddConstraint(
                model_name='libraryversion',
                constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), models.Q(('name', ''), _negated=True)), name='knowledge_libraryversion_sane'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='libraryversion',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_libraryversionevent" ("document_id", "file", "form_key", "id", "name", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sender_id", "sent_at", "size") VALUES (NEW."document_id", NEW."file", NEW."form_key", NEW."id", NEW."name", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_id", NEW."sender_id", NEW."sent_at", NEW."size"); RETURN NULL;', hash='518e8076b8520738571dd34853cfec363c967db8', operation='INSERT', pgid='pgtrigger_insert_insert_57421', table='knowledge_libraryversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='libraryversion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_libraryversionevent" ("document_id", "file", "form_key", "id", "name", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sender_id", "sent_at", "size") VALUES (NEW."document_id", NEW."file", NEW."form_key", NEW."id", NEW."name", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_id", NEW."sender_id", NEW."sent_at", NEW."size"); RETURN NULL;', hash='fb430321963e5e7052245c54827d7e560bf98d9a', operation='UPDATE', pgid='pgtrigger_update_update_3eef4', table='knowledge_libraryversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='libraryversion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_libraryversionevent" ("document_id", "file", "form_key", "id", "name", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "sender_id", "sent_at", "size") VALUES (OLD."document_id", OLD."file", OLD."form_key", OLD."id", OLD."name", OLD."note", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_id", OLD."sender_id", OLD."sent_at", OLD."size"); RETURN NULL;', hash='f34f446fb05b158ab3118ab893b5f9411cafbbbf', operation='DELETE', pgid='pgtrigger_delete_delete_bb053', table='knowledge_libraryversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='libraryversionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='218ca9c2c7b7e4ad6837c823df3c4709f65f690d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6cc4d', table='knowledge_libraryversionevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='measurement',
                constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['form', 'file', 'survey'])), name='knowledge_measurement_origin_known'),
            ),
            migrations.AddConstraint(
                model_name='measurement',
                constraint=models.UniqueConstraint(fields=('indicator', 'region', 'starts_on'), name='knowledge_measurement_once'),
            ),
            migrations.AddConstraint(
                model_name='measurement',
                constraint=models.CheckConstraint(condition=models.Q(('starts_on__day', 1)), name='knowledge_measurement_period_begins'),
            ),
            migrations.AddConstraint(
                model_name='measurement',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin', 'survey'), ('survey_round__isnull', False)), models.Q(models.Q(('origin', 'survey'), _negated=True), ('survey_round', None)), _connector='OR'), name='knowledge_measurement_survey_named'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measurement',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_measurementevent" ("created_at", "entered_by_id", "id", "indicator_id", "note", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "starts_on", "survey_round_id", "updated_at", "value") VALUES (NEW."created_at", NEW."entered_by_id", NEW."id", NEW."indicator_id", NEW."note", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region_id", NEW."starts_on", NEW."survey_round_id", NEW."updated_at", NEW."value"); RETURN NULL;', hash='8254b3e2f523ee9eddfe97acd24706bd764db88e', operation='INSERT', pgid='pgtrigger_insert_insert_10434', table='knowledge_measurement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measurement',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_measurementevent" ("created_at", "entered_by_id", "id", "indicator_id", "note", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "starts_on", "survey_round_id", "updated_at", "value") VALUES (NEW."created_at", NEW."entered_by_id", NEW."id", NEW."indicator_id", NEW."note", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."starts_on", NEW."survey_round_id", NEW."updated_at", NEW."value"); RETURN NULL;', hash='20f253a89f50098a3b2b97f72b32fe48ba4b9236', operation='UPDATE', pgid='pgtrigger_update_update_ae518', table='knowledge_measurement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measurement',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_measurementevent" ("created_at", "entered_by_id", "id", "indicator_id", "note", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "starts_on", "survey_round_id", "updated_at", "value") VALUES (OLD."created_at", OLD."entered_by_id", OLD."id", OLD."indicator_id", OLD."note", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id", OLD."starts_on", OLD."survey_round_id", OLD."updated_at", OLD."value"); RETURN NULL;', hash='95cd9164017d0d5ab84f644cd226b366c0d02942', operation='DELETE', pgid='pgtrigger_delete_delete_c0ffc', table='knowledge_measurement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='correctionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='0a6836748a7e339e6a244984661c9b73a19bd15c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2f545', table='knowledge_correctionevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='correction',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('before', models.F('after')), _negated=True)), name='knowledge_correction_told'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='correction',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_correctionevent" ("after", "before", "corrected_at", "corrected_by_id", "id", "measurement_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."after", NEW."before", NEW."corrected_at", NEW."corrected_by_id", NEW."id", NEW."measurement_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;', hash='1adc866425d1f14d5edbc25af15417db29e82198', operation='INSERT', pgid='pgtrigger_insert_insert_cb665', table='knowledge_correction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='correction',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_correctionevent" ("after", "before", "corrected_at", "corrected_by_id", "id", "measurement_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."after", NEW."before", NEW."corrected_at", NEW."corrected_by_id", NEW."id", NEW."measurement_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;', hash='ce1921dee66fe556152d61b13343670e09a92c2e', operation='UPDATE', pgid='pgtrigger_update_update_450b6', table='knowledge_correction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='correction',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_correctionevent" ("after", "before", "corrected_at", "corrected_by_id", "id", "measurement_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."after", OLD."before", OLD."corrected_at", OLD."corrected_by_id", OLD."id", OLD."measurement_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;', hash='2078e3ad0e59c4903538536bfc7b11c163b31c42', operation='DELETE', pgid='pgtrigger_delete_delete_f4b54', table='knowledge_correction', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='measurementevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='31c1db7498d3453601a14b3ebbd8d6f703503bc9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d26fa', table='knowledge_measurementevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='pageversion',
                constraint=models.CheckConstraint(condition=models.Q(('key__in', ['about', 'contact', 'press'])), name='knowledge_pageversion_key_known'),
            ),
            migrations.AddConstraint(
                model_name='pageversion',
                constraint=models.UniqueConstraint(fields=('key', 'number'), name='knowledge_pageversion_number_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pageversion',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_pageversionevent" ("body_en", "body_fi", "body_sv", "id", "key", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id") VALUES (NEW."body_en", NEW."body_fi", NEW."body_sv", NEW."id", NEW."key", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."saved_at", NEW."saved_by_id"); RETURN NULL;', hash='f3ac16a6edec84c4ff2ebaf2d1af59699bb7c1b5', operation='INSERT', pgid='pgtrigger_insert_insert_2352f', table='knowledge_pageversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pageversion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_pageversionevent" ("body_en", "body_fi", "body_sv", "id", "key", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id") VALUES (NEW."body_en", NEW."body_fi", NEW."body_sv", NEW."id", NEW."key", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."saved_at", NEW."saved_by_id"); RETURN NULL;', hash='bb3799237921515db7b394c01460677975bb6ea0', operation='UPDATE', pgid='pgtrigger_update_update_eea89', table='knowledge_pageversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pageversion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_pageversionevent" ("body_en", "body_fi", "body_sv", "id", "key", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id") VALUES (OLD."body_en", OLD."body_fi", OLD."body_sv", OLD."id", OLD."key", OLD."note", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."saved_at", OLD."saved_by_id"); RETURN NULL;', hash='acdd55ad883258e7782c11d7575ca591f833a617', operation='DELETE', pgid='pgtrigger_delete_delete_c5c38', table='knowledge_pageversion', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='pageversionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='f1a580036774c80c132f775fc6396fc67a8f4e60', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_74334', table='knowledge_pageversionevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='producer',
                constraint=models.UniqueConstraint(fields=('indicator', 'region'), name='knowledge_producer_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='producer',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_producerevent" ("id", "indicator_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id") VALUES (NEW."id", NEW."indicator_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region_id"); RETURN NULL;', hash='dd4a8e397ebe16470428cb14e5c208965b9d34f2', operation='INSERT', pgid='pgtrigger_insert_insert_76642', table='knowledge_producer', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='producer',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_producerevent" ("id", "indicator_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id") VALUES (NEW."id", NEW."indicator_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id"); RETURN NULL;', hash='acd239e042642218db36c8f900397492f3774522', operation='UPDATE', pgid='pgtrigger_update_update_5e559', table='knowledge_producer', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='producer',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_producerevent" ("id", "indicator_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id") VALUES (OLD."id", OLD."indicator_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id"); RETURN NULL;', hash='5a0f2d1eb283cf5079a639f48428cc2b68c3657a', operation='DELETE', pgid='pgtrigger_delete_delete_a5701', table='knowledge_producer', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='producerevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='929078b66156ff3768d22ba7d0a2c81ffa128f34', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_33b7a', table='knowledge_producerevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='signal',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='knowledge_signal_search'),
            ),
            migrations.AddConstraint(
                model_name='signal',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['proposed', 'open', 'closed', 'rejected'])), name='knowledge_signal_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='signal',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['weak', 'trend', 'risk', 'scenario'])), name='knowledge_signal_kind_known'),
            ),
            migrations.AddConstraint(
                model_name='signal',
                constraint=models.CheckConstraint(condition=models.Q(('horizon__in', ['now', 'year', 'five', 'later'])), name='knowledge_signal_horizon_known'),
            ),
            migrations.AddConstraint(
                model_name='signal',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='knowledge_signal_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='signal',
                constraint=models.CheckConstraint(condition=models.Q(('title_fi', ''), _negated=True), name='knowledge_signal_titled'),
            ),
            migrations.AddConstraint(
                model_name='signal',
                constraint=models.CheckConstraint(condition=models.Q(('likelihood', None), ('likelihood__range', (1, 5)), _connector='OR'), name='knowledge_signal_likelihood_sane'),
            ),
            migrations.AddConstraint(
                model_name='signal',
                constraint=models.CheckConstraint(condition=models.Q(('impact', None), ('impact__range', (1, 5)), _connector='OR'), name='knowledge_signal_impact_sane'),
            ),
            migrations.AddConstraint(
                model_name='signal',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['closed', 'open']), _negated=True), models.Q(('impact__isnull', False), ('likelihood__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='knowledge_signal_out_is_assessed'),
            ),
            migrations.AddConstraint(
                model_name='signal',
                constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['feed', 'propose', 'report']), _negated=True), name='knowledge_signal_slug_not_reserved'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signal',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_signalevent" ("answer", "author_id", "created_at", "form_key", "home_cluster_id", "horizon", "id", "impact", "kind", "likelihood", "matched_at", "opportunity_en", "opportunity_fi", "opportunity_sv", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "region_id", "slug", "stage", "text_en", "text_fi", "text_sv", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."answer", NEW."author_id", NEW."created_at", NEW."form_key", NEW."home_cluster_id", NEW."horizon", NEW."id", NEW."impact", NEW."kind", NEW."likelihood", NEW."matched_at", NEW."opportunity_en", NEW."opportunity_fi", NEW."opportunity_sv", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."region_id", NEW."slug", NEW."stage", NEW."text_en", NEW."text_fi", NEW."text_sv", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='2cd53d5a640cd2f6724b5dbf13241133dfbf3617', operation='INSERT', pgid='pgtrigger_insert_insert_d8eeb', table='knowledge_signal', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signal',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."horizon" IS DISTINCT FROM (NEW."horizon") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."impact" IS DISTINCT FROM (NEW."impact") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."likelihood" IS DISTINCT FROM (NEW."likelihood") OR OLD."matched_at" IS DISTINCT FROM (NEW."matched_at") OR OLD."opportunity_en" IS DISTINCT FROM (NEW."opportunity_en") OR OLD."opportunity_fi" IS DISTINCT FROM (NEW."opportunity_fi") OR OLD."opportunity_sv" IS DISTINCT FROM (NEW."opportunity_sv") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."text_en" IS DISTINCT FROM (NEW."text_en") OR OLD."text_fi" IS DISTINCT FROM (NEW."text_fi") OR OLD."text_sv" IS DISTINCT FROM (NEW."text_sv") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en") OR OLD."title_fi" IS DISTINCT FROM (NEW."title_fi") OR OLD."title_sv" IS DISTINCT FROM (NEW."title_sv") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "knowledge_signalevent" ("answer", "author_id", "created_at", "form_key", "home_cluster_id", "horizon", "id", "impact", "kind", "likelihood", "matched_at", "opportunity_en", "opportunity_fi", "opportunity_sv", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "region_id", "slug", "stage", "text_en", "text_fi", "text_sv", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (NEW."answer", NEW."author_id", NEW."created_at", NEW."form_key", NEW."home_cluster_id", NEW."horizon", NEW."id", NEW."impact", NEW."kind", NEW."likelihood", NEW."matched_at", NEW."opportunity_en", NEW."opportunity_fi", NEW."opportunity_sv", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."region_id", NEW."slug", NEW."stage", NEW."text_en", NEW."text_fi", NEW."text_sv", NEW."title_en", NEW."title_fi", NEW."title_sv", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='1780770f72de26b1caac29ff651921434a13a1a5', operation='UPDATE', pgid='pgtrigger_update_update_4ec2c', table='knowledge_signal', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signal',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_signalevent" ("answer", "author_id", "created_at", "form_key", "home_cluster_id", "horizon", "id", "impact", "kind", "likelihood", "matched_at", "opportunity_en", "opportunity_fi", "opportunity_sv", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "region_id", "slug", "stage", "text_en", "text_fi", "text_sv", "title_en", "title_fi", "title_sv", "updated_at", "visibility") VALUES (OLD."answer", OLD."author_id", OLD."created_at", OLD."form_key", OLD."home_cluster_id", OLD."horizon", OLD."id", OLD."impact", OLD."kind", OLD."likelihood", OLD."matched_at", OLD."opportunity_en", OLD."opportunity_fi", OLD."opportunity_sv", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."region_id", OLD."slug", OLD."stage", OLD."text_en", OLD."text_fi", OLD."text_sv", OLD."title_en", OLD."title_fi", OLD."title_sv", OLD."updated_at", OLD."visibility"); RETURN NULL;', hash='19ac4bf41c3805a10e7a96adf05afcd97ead9795', operation='DELETE', pgid='pgtrigger_delete_delete_af101', table='knowledge_signal', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signalevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='a3dcb3b46f1881fd28bfe91ddc6dfac14e59d7e5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ff866', table='knowledge_signalevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='signalsource',
                constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='knowledge_signalsource_titled'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signalsource',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_signalsourceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id", "title", "url") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."signal_id", NEW."title", NEW."url"); RETURN NULL;', hash='534e07964b02bf00af1713e62cfd46950acfe84d', operation='INSERT', pgid='pgtrigger_insert_insert_8668f', table='knowledge_signalsource', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signalsource',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_signalsourceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id", "title", "url") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."signal_id", NEW."title", NEW."url"); RETURN NULL;', hash='1bde2dc0f5c9b9f8d3aa8c2dbc3cc739c556e1e9', operation='UPDATE', pgid='pgtrigger_update_update_eb699', table='knowledge_signalsource', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signalsource',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_signalsourceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id", "title", "url") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."signal_id", OLD."title", OLD."url"); RETURN NULL;', hash='96b6cc5b1342658cf24373f0afa12e7b45f454b9', operation='DELETE', pgid='pgtrigger_delete_delete_f3cd6', table='knowledge_signalsource', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signalsourceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='844693fe08adf40e5502a84c74bf140db997a75f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d71ad', table='knowledge_signalsourceevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='signalsupport',
                constraint=models.UniqueConstraint(fields=('signal', 'user'), name='knowledge_support_once'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signalsupport',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_signalsupportevent" ("given_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id", "user_id") VALUES (NEW."given_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."signal_id", NEW."user_id"); RETURN NULL;', hash='0ef899e8322eabb89d9de434525d399c3a9654a3', operation='INSERT', pgid='pgtrigger_insert_insert_41db6', table='knowledge_signalsupport', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signalsupport',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_signalsupportevent" ("given_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id", "user_id") VALUES (NEW."given_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."signal_id", NEW."user_id"); RETURN NULL;', hash='915c0b3c5b373a1c8105d4b877d810bc3d2b4c73', operation='UPDATE', pgid='pgtrigger_update_update_5e62f', table='knowledge_signalsupport', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signalsupport',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_signalsupportevent" ("given_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id", "user_id") VALUES (OLD."given_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."signal_id", OLD."user_id"); RETURN NULL;', hash='de57657a43d5fbe9066a94b2144af6363f455623', operation='DELETE', pgid='pgtrigger_delete_delete_9b591', table='knowledge_signalsupport', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signalsupportevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='2c237960abed5f70d72a66d7365815d69bedbff4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_97e8b', table='knowledge_signalsupportevent', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signaltermsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='06bf221b90ffb6f47b04bd881e5cb551adf1f9b9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bca77', table='knowledge_signaltermsevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='signaluse',
                constraint=models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='knowledge_signaluse_told'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signaluse',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_signaluseevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id", "url", "used_on", "what") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."signal_id", NEW."url", NEW."used_on", NEW."what"); RETURN NULL;', hash='8526d6efb401d22ec196e6dbb888c38ac1625da9', operation='INSERT', pgid='pgtrigger_insert_insert_cfb8c', table='knowledge_signaluse', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signaluse',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_signaluseevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id", "url", "used_on", "what") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."signal_id", NEW."url", NEW."used_on", NEW."what"); RETURN NULL;', hash='2313098a4a2d1d844a7cdc8de6685dcec171dbe8', operation='UPDATE', pgid='pgtrigger_update_update_51114', table='knowledge_signaluse', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signaluse',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_signaluseevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signal_id", "url", "used_on", "what") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."signal_id", OLD."url", OLD."used_on", OLD."what"); RETURN NULL;', hash='16517d0ff82db2ebbadf70e031d26643f8635637', operation='DELETE', pgid='pgtrigger_delete_delete_7c68c', table='knowledge_signaluse', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='signaluseevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='aabd216bcec10c8dca5c64fc79d957eaad7be24a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d5f4f', table='knowledge_signaluseevent', when='BEFORE')),
            ),
            migrations.AddIndex(
                model_name='situationreview',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search'], name='knowledge_review_search'),
            ),
            migrations.AddConstraint(
                model_name='situationreview',
                constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'proposed', 'approved'])), name='knowledge_review_stage_known'),
            ),
            migrations.AddConstraint(
                model_name='situationreview',
                constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'accounts', 'members', 'cluster', 'group', 'private'])), name='knowledge_review_visibility_known'),
            ),
            migrations.AddConstraint(
                model_name='situationreview',
                constraint=models.UniqueConstraint(fields=('home_cluster', 'starts_on'), name='knowledge_review_once_a_quarter'),
            ),
            migrations.AddConstraint(
                model_name='situationreview',
                constraint=models.CheckConstraint(condition=models.Q(('starts_on__day', 1), ('starts_on__month__in', [1, 4, 7, 10])), name='knowledge_review_quarter_begins'),
            ),
            migrations.AddConstraint(
                model_name='situationreview',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('stage', 'approved')), models.Q(models.Q(('stage', 'approved'), _negated=True), ('approved_at', None)), _connector='OR'), name='knowledge_review_approved_has_moment'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='situationreview',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_situationreviewevent" ("answer", "approved_at", "approved_in", "created_at", "home_cluster_id", "id", "lead_en", "lead_fi", "lead_sv", "letter_id", "meaning_en", "meaning_fi", "meaning_sv", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "stage", "starts_on", "updated_at", "visibility") VALUES (NEW."answer", NEW."approved_at", NEW."approved_in", NEW."created_at", NEW."home_cluster_id", NEW."id", NEW."lead_en", NEW."lead_fi", NEW."lead_sv", NEW."letter_id", NEW."meaning_en", NEW."meaning_fi", NEW."meaning_sv", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."stage", NEW."starts_on", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='23006ebc6f172c8bd19ad6799c9ebd13d4633b50', operation='INSERT', pgid='pgtrigger_insert_insert_e1ccd', table='knowledge_situationreview', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='situationreview',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."approved_at" IS DISTINCT FROM (NEW."approved_at") OR OLD."approved_in" IS DISTINCT FROM (NEW."approved_in") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."home_cluster_id" IS DISTINCT FROM (NEW."home_cluster_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."lead_en" IS DISTINCT FROM (NEW."lead_en") OR OLD."lead_fi" IS DISTINCT FROM (NEW."lead_fi") OR OLD."lead_sv" IS DISTINCT FROM (NEW."lead_sv") OR OLD."letter_id" IS DISTINCT FROM (NEW."letter_id") OR OLD."meaning_en" IS DISTINCT FROM (NEW."meaning_en") OR OLD."meaning_fi" IS DISTINCT FROM (NEW."meaning_fi") OR OLD."meaning_sv" IS DISTINCT FROM (NEW."meaning_sv") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."visibility" IS DISTINCT FROM (NEW."visibility"))', func='INSERT INTO "knowledge_situationreviewevent" ("answer", "approved_at", "approved_in", "created_at", "home_cluster_id", "id", "lead_en", "lead_fi", "lead_sv", "letter_id", "meaning_en", "meaning_fi", "meaning_sv", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "stage", "starts_on", "updated_at", "visibility") VALUES (NEW."answer", NEW."approved_at", NEW."approved_in", NEW."created_at", NEW."home_cluster_id", NEW."id", NEW."lead_en", NEW."lead_fi", NEW."lead_sv", NEW."letter_id", NEW."meaning_en", NEW."meaning_fi", NEW."meaning_sv", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."stage", NEW."starts_on", NEW."updated_at", NEW."visibility"); RETURN NULL;', hash='1785a43d8f5bfb2e2672f21b58474b1821e49c23', operation='UPDATE', pgid='pgtrigger_update_update_99252', table='knowledge_situationreview', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='situationreview',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_situationreviewevent" ("answer", "approved_at", "approved_in", "created_at", "home_cluster_id", "id", "lead_en", "lead_fi", "lead_sv", "letter_id", "meaning_en", "meaning_fi", "meaning_sv", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "stage", "starts_on", "updated_at", "visibility") VALUES (OLD."answer", OLD."approved_at", OLD."approved_in", OLD."created_at", OLD."home_cluster_id", OLD."id", OLD."lead_en", OLD."lead_fi", OLD."lead_sv", OLD."letter_id", OLD."meaning_en", OLD."meaning_fi", OLD."meaning_sv", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."stage", OLD."starts_on", OLD."updated_at", OLD."visibility"); RETURN NULL;', hash='23b372dc53b5c12532e0b95fc06b0279a8406cd0', operation='DELETE', pgid='pgtrigger_delete_delete_2d035', table='knowledge_situationreview', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='assessmentevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='6da8b5ce83a96620db787e1fc798f700eca63d5e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c9f6c', table='knowledge_assessmentevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='assessment',
                constraint=models.CheckConstraint(condition=models.Q(('level__in', ['green', 'yellow', 'red'])), name='knowledge_assessment_level_known'),
            ),
            migrations.AddConstraint(
                model_name='assessment',
                constraint=models.CheckConstraint(condition=models.Q(('trend__in', ['better', 'same', 'worse'])), name='knowledge_assessment_trend_known'),
            ),
            migrations.AddConstraint(
                model_name='assessment',
                constraint=models.CheckConstraint(condition=models.Q(('forecast__in', ['green', 'yellow', 'red'])), name='knowledge_assessment_forecast_known'),
            ),
            migrations.AddConstraint(
                model_name='assessment',
                constraint=models.UniqueConstraint(fields=('review', 'theme'), name='knowledge_assessment_once_a_theme'),
            ),
            migrations.AddConstraint(
                model_name='assessment',
                constraint=models.CheckConstraint(condition=models.Q(('reasons_fi', ''), _negated=True), name='knowledge_assessment_has_reasons'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='assessment',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_assessmentevent" ("forecast", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons_en", "reasons_fi", "reasons_sv", "review_id", "theme_id", "trend") VALUES (NEW."forecast", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons_en", NEW."reasons_fi", NEW."reasons_sv", NEW."review_id", NEW."theme_id", NEW."trend"); RETURN NULL;', hash='0ca2233bbdb742f7a01ab7a35ca5e83f83662f36', operation='INSERT', pgid='pgtrigger_insert_insert_5833f', table='knowledge_assessment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='assessment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_assessmentevent" ("forecast", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons_en", "reasons_fi", "reasons_sv", "review_id", "theme_id", "trend") VALUES (NEW."forecast", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons_en", NEW."reasons_fi", NEW."reasons_sv", NEW."review_id", NEW."theme_id", NEW."trend"); RETURN NULL;', hash='23eda2b69139d6a08b5388c9142d76fe458bb1bf', operation='UPDATE', pgid='pgtrigger_update_update_afb46', table='knowledge_assessment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='assessment',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_assessmentevent" ("forecast", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons_en", "reasons_fi", "reasons_sv", "review_id", "theme_id", "trend") VALUES (OLD."forecast", OLD."id", OLD."level", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reasons_en", OLD."reasons_fi", OLD."reasons_sv", OLD."review_id", OLD."theme_id", OLD."trend"); RETURN NULL;', hash='e49531ceeafe39ac28229ab57b3eebd3f7a1645a', operation='DELETE', pgid='pgtrigger_delete_delete_bca3d', table='knowledge_assessment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agreementevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='39a9661083f750279dfd80d960e2ea2b33767351', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_92958', table='knowledge_agreementevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='agreement',
                constraint=models.UniqueConstraint(fields=('review', 'organisation'), name='knowledge_agreement_once'),
            ),
            migrations.AddConstraint(
                model_name='agreement',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('agrees', True), ('otherwise', '')), models.Q(('agrees', False), models.Q(('otherwise', ''), _negated=True)), _connector='OR'), name='knowledge_agreement_says_what_otherwise'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agreement',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_agreementevent" ("agrees", "given_at", "given_by_id", "id", "organisation_id", "otherwise", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id") VALUES (NEW."agrees", NEW."given_at", NEW."given_by_id", NEW."id", NEW."organisation_id", NEW."otherwise", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."review_id"); RETURN NULL;', hash='aa62994b310bef9875f0a47db1fea6e2884971fd', operation='INSERT', pgid='pgtrigger_insert_insert_099db', table='knowledge_agreement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agreement',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "knowledge_agreementevent" ("agrees", "given_at", "given_by_id", "id", "organisation_id", "otherwise", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id") VALUES (NEW."agrees", NEW."given_at", NEW."given_by_id", NEW."id", NEW."organisation_id", NEW."otherwise", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."review_id"); RETURN NULL;', hash='cdb9e8176b891cdf153a4d6c1d5b4c54522d5864', operation='UPDATE', pgid='pgtrigger_update_update_97b2b', table='knowledge_agreement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='agreement',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "knowledge_agreementevent" ("agrees", "given_at", "given_by_id", "id", "organisation_id", "otherwise", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id") VALUES (OLD."agrees", OLD."given_at", OLD."given_by_id", OLD."id", OLD."organisation_id", OLD."otherwise", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review_id"); RETURN NULL;', hash='996d5f4b316fbc795913e70d53a967206fd806c3', operation='DELETE', pgid='pgtrigger_delete_delete_91e8e', table='knowledge_agreement', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='situationreviewevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF current_setting('portal.retention', true) IS DISTINCT FROM 'on' THEN\n                RAISE EXCEPTION 'the ledger % is append-only', TG_TABLE_NAME\n                    USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n            RETURN NEW;\n        ", hash='b9279137dde6ca63b727c646ac8923f5bb3eb136', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1af95', table='knowledge_situationreviewevent', when='BEFORE')),
            ),
        ]),
    ]
