from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0006_address_of_accounts")]

    operations = [
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', ''), ('mailbox', ''), ('user__isnull', False)), models.Q(('user__isnull', True), models.Q(('email', ''), _negated=True)), _connector='OR'), name='events_registration_account_or_guest'),
        ),
    ]
