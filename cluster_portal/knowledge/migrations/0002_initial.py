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
        ('knowledge', '0001_initial'),
        ('members', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='article',
                name='author',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
            ),
            migrations.AddField(
                model_name='article',
                name='home_cluster',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='article',
                name='organisation',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='article',
                name='region',
                field=models.ForeignKey(blank=True, limit_choices_to={'scheme': 'region'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='article',
                name='terms',
                field=models.ManyToManyField(blank=True, related_name='+', to='core.term', verbose_name='themes'),
            ),
            migrations.AddField(
                model_name='articleentry',
                name='article',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='knowledge.article', verbose_name='article'),
            ),
            migrations.AddField(
                model_name='articleentryevent',
                name='article',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.article', verbose_name='article'),
            ),
            migrations.AddField(
                model_name='articleentryevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='articleentryevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.articleentry'),
            ),
            migrations.AddField(
                model_name='articleevent',
                name='author',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
            ),
            migrations.AddField(
                model_name='articleevent',
                name='home_cluster',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.cluster', verbose_name='home cluster'),
            ),
            migrations.AddField(
                model_name='articleevent',
                name='organisation',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='members.organisation', verbose_name='organisation'),
            ),
            migrations.AddField(
                model_name='articleevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='articleevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.article'),
            ),
            migrations.AddField(
                model_name='articleevent',
                name='region',
                field=models.ForeignKey(blank=True, db_constraint=False, limit_choices_to={'scheme': 'region'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term', verbose_name='region'),
            ),
            migrations.AddField(
                model_name='articlefile',
                name='article',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='knowledge.article', verbose_name='article'),
            ),
            migrations.AddField(
                model_name='articlefileevent',
                name='article',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.article', verbose_name='article'),
            ),
            migrations.AddField(
                model_name='articlefileevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='articlefileevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.articlefile'),
            ),
            migrations.AddField(
                model_name='articlepicture',
                name='article',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='knowledge.article', verbose_name='article'),
            ),
            migrations.AddField(
                model_name='articlepictureevent',
                name='article',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.article', verbose_name='article'),
            ),
            migrations.AddField(
                model_name='articlepictureevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='articlepictureevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='knowledge.articlepicture'),
            ),
            migrations.AddField(
                model_name='articletermsevent',
                name='article',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='knowledge.article'),
            ),
            migrations.AddField(
                model_name='articletermsevent',
                name='pgh_context',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
            ),
            migrations.AddField(
                model_name='articletermsevent',
                name='term',
                field=models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.term'),
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
        ]),
    ]
