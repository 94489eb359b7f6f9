from django.db import migrations

CREATE = """
CREATE FUNCTION theses_facets_of_organisation() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE theses_topic SET facets = '{}' WHERE organisation_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER theses_facets AFTER UPDATE OF kind, visibility ON members_organisation
    FOR EACH ROW WHEN (OLD.kind <> NEW.kind OR OLD.visibility <> NEW.visibility)
    EXECUTE FUNCTION theses_facets_of_organisation();
ALTER TABLE theses_topic ALTER COLUMN headline SET STORAGE MAIN,
    ALTER COLUMN facets SET STORAGE MAIN;
"""
DROP = """
DROP TRIGGER theses_facets ON members_organisation;
DROP FUNCTION theses_facets_of_organisation();
"""


class Migration(migrations.Migration):
    dependencies = [("theses", "0002_place_of_the_same_topic")]

    operations = [migrations.RunSQL(CREATE, DROP)]
