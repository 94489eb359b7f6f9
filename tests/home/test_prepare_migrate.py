"""A database of another version is left alone, with one sentence."""

import pytest
from django.core.management import CommandError, call_command
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
