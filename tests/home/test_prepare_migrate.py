"""A database of another version is left alone, with one sentence."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from cluster_portal.home.demo import prepare

pytestmark = [pytest.mark.django_db, pytest.mark.server]


@pytest.fixture
def _older_database():
    MigrationRecorder.Migration.objects.create(app="members", name="0003_of_an_older_version")


@pytest.mark.usefixtures("_older_database")
def test_demo_of_another_version_says_what_to_do():
    with pytest.raises(SystemExit) as stopped:
        prepare.migrate()

    assert str(stopped.value).startswith("Another version of the portal made this demo's data: ")


@pytest.mark.usefixtures("_older_database")
def test_migrate_refuses_the_database_of_another_version():
    with pytest.raises(CommandError, match="Another version of the portal"):
        call_command("migrate", verbosity=0)


@pytest.mark.parametrize("made_of", ["older files", None])
def test_demo_whose_tables_were_built_from_other_files_says_what_to_do(made_of):
    prepare.mark_as_own()
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON COLUMN django_migrations.name IS %s", [made_of])

    with pytest.raises(SystemExit, match="Another version"):
        prepare.migrate()


def test_demo_of_this_version_starts_again():
    prepare.migrate()
    prepare.mark_as_own()

    prepare.migrate()

    assert prepare.built_from() == prepare.files_of_steps()
