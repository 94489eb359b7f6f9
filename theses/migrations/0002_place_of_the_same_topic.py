"""A key over two columns, which Django cannot declare: an application's place is its own topic's."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("theses", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=[
                "ALTER TABLE theses_place ADD CONSTRAINT theses_place_with_topic UNIQUE (id, topic_id)",
                (
                    "ALTER TABLE theses_application ADD CONSTRAINT theses_application_place_of_topic"
                    " FOREIGN KEY (place_id, topic_id) REFERENCES theses_place (id, topic_id)"
                    " DEFERRABLE INITIALLY DEFERRED"
                ),
            ],
            reverse_sql=[
                "ALTER TABLE theses_application DROP CONSTRAINT theses_application_place_of_topic",
                "ALTER TABLE theses_place DROP CONSTRAINT theses_place_with_topic",
            ],
        ),
    ]
