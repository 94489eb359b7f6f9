from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_unanswered_mail")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE notifications_letters", "DROP SEQUENCE notifications_letters"
        ),
    ]
