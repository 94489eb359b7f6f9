from django.db import migrations


class Migration(migrations.Migration):
    """Every topic gets its day as a token; until then the weeks are looked through."""

    dependencies = [("theses", "0015_student_index")]

    operations = [
        migrations.RunSQL(
            "UPDATE theses_topic SET facets = '{}'", migrations.RunSQL.noop, elidable=True
        )
    ]
