from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_lean_digest_items")]

    operations = [
        migrations.AddField(
            "outboxmail", "is_unanswered", models.BooleanField(default=False)
        ),
    ]
