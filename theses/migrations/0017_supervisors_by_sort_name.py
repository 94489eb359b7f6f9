from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("theses", "0016_days_of_topics")]

    operations = [
        migrations.AlterModelOptions(
            name="supervisorprofile",
            options={
                "ordering": ["user__sort_name", "user__first_name", "pk"],
                "verbose_name": "supervisor profile",
                "verbose_name_plural": "supervisor profiles",
            },
        )
    ]
