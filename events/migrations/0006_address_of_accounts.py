from django.db import migrations


class Migration(migrations.Migration):
    """The address of an account's registration is that of the account from now on."""

    dependencies = [("events", "0005_accounts_and_guests")]

    operations = [
        migrations.RunSQL(
            """
            UPDATE events_registration SET email = '' WHERE user_id IS NOT NULL;
            UPDATE events_registration SET mailbox = lower(email) WHERE user_id IS NULL;
            """,
            """
            UPDATE events_registration SET email = members_user.email FROM members_user
            WHERE members_user.id = user_id;
            """,
            elidable=True,
        )
    ]
