from django.db import migrations

CREATE = """
CREATE VIEW members_currentmember AS
SELECT id, organisation_id, cluster_id
FROM members_membership
WHERE organisation_id IS NOT NULL
  AND stage = 'active'
  AND since <= (now() AT TIME ZONE 'Europe/Helsinki')::date
  AND (until IS NULL OR until >= (now() AT TIME ZONE 'Europe/Helsinki')::date)
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, "DROP VIEW members_currentmember", elidable=False)]
