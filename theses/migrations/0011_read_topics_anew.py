from django.db import migrations


class Migration(migrations.Migration):
    """Every topic is noted, so that the index gets its masks; until then nothing rules it out."""

    dependencies = [("theses", "0010_matching_masks")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO theses_topicchange (topic_id) SELECT id FROM theses_topic ORDER BY id",
            migrations.RunSQL.noop,
            elidable=True,
        )
    ]
