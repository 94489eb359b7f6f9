from django.db import migrations

# An application writes the organisation's row and then its own in one transaction, or has been a
# draft before; what was made by hand has an act in the ledger that says so.
TELL = """
UPDATE members_organisation SET is_brought = true, brought_by_id = bringing.applicant_id
FROM (
    SELECT DISTINCT ON (m.organisation_id) m.organisation_id, m.applicant_id
    FROM members_membership m
    JOIN members_organisation o ON o.id = m.organisation_id
    WHERE m.created_at <= o.created_at + interval '5 seconds' AND o.introduced_by_id IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM core_auditentry a JOIN django_content_type t ON t.id = a.content_type_id
        WHERE t.app_label = 'members' AND t.model = 'organisation' AND a.object_id = o.id
          AND a.action IN ('added in admin', 'organisation made', 'organisation imported'))
    ORDER BY m.organisation_id, m.id
) AS bringing
WHERE members_organisation.id = bringing.organisation_id
"""


class Migration(migrations.Migration):
    """Until now who had brought an organisation was guessed from its first application."""

    dependencies = [
        ("members", "0006_organisation_brought_by"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunSQL(TELL, migrations.RunSQL.noop, elidable=True)]
