import cluster_portal.core.search.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """The words of title and keywords in the row itself; the day of publication as a token."""

    dependencies = [
        ('theses', '0013_told_to_be_ready'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='topic',
            name='write_facets',
        ),
        migrations.AddField(
            model_name='topic',
            name='headline',
            field=models.GeneratedField(db_persist=True, expression=models.Func('search', models.Value('{a,b}'), function='ts_filter'), output_field=cluster_portal.core.search.fields.VectorField(default='', editable=False)),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topic',
            trigger=pgtrigger.compiler.Trigger(name='write_facets', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        NEW.facets := ARRAY(\n            SELECT 'level=' || v FROM unnest(NEW.levels) v\n            UNION SELECT 'language=' || v FROM unnest(NEW.languages) v\n            UNION SELECT 'region=' || NEW.region_id WHERE NEW.region_id IS NOT NULL\n            UNION SELECT 'remote=' || NEW.is_remote\n            UNION SELECT 'paid=' || NEW.pay\n            UNION SELECT 'begins=' || coalesce(to_char(NEW.starts_on, 'YYYY') || CASE\n                WHEN extract(month FROM NEW.starts_on) < 8 THEN '-spring' ELSE '-autumn' END, '')\n            UNION SELECT v FROM unnest(ARRAY[\n                    'day=' || to_char(NEW.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'),\n                    'week=' || to_char(NEW.published_at AT TIME ZONE 'UTC', 'IYYY-IW')]) v\n                WHERE NEW.published_at IS NOT NULL\n            UNION SELECT 'supervisor=' || (NEW.supervisor_id IS NOT NULL)\n            UNION SELECT 'cluster=' || NEW.home_cluster_id\n            UNION SELECT 'field=' || term_id FROM theses_topiceducationfield\n                WHERE topic_id = NEW.id\n            UNION SELECT 'theme=' || term_id FROM theses_topicterm WHERE topic_id = NEW.id\n            UNION SELECT 'kind=' || o.kind FROM members_organisation o\n                WHERE o.id = NEW.organisation_id\n                AND array_position(ARRAY['public', 'accounts', 'members', 'cluster', 'group', 'private'], o.visibility::text)\n                    <= array_position(ARRAY['public', 'accounts', 'members', 'cluster', 'group', 'private'], NEW.visibility::text));\n        RETURN NEW;\n    ", hash='8309b294588719b2603e23cfdef48419fd9546b0', operation='INSERT OR UPDATE OF "levels", "languages", "region_id", "is_remote", "pay", "starts_on", "organisation_id", "visibility", "home_cluster_id", "supervisor_id", "published_at", "facets"', pgid='pgtrigger_write_facets_20a54', table='theses_topic', when='BEFORE')),
        ),
        migrations.RunSQL(
            # Both stay in the row while longer texts leave it: searches read them of very many.
            "ALTER TABLE theses_topic ALTER COLUMN headline SET STORAGE MAIN,"
            " ALTER COLUMN facets SET STORAGE MAIN",
            migrations.RunSQL.noop,
        ),
    ]
