from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE notifications_letters", "DROP SEQUENCE notifications_letters"
        ),
    ]
