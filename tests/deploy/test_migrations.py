"""A migration that the version before could not live with is refused: both run during an update.

The initial set makes tables that nobody reads yet and is left out: the files made anew and the
hand-written steps that belong to them. What comes after the first installation is never added here.
"""

import shutil

import pytest
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import get_sql_analyser_class
from django_migration_linter.sql_analyser.analyser import analyse_sql_statements

from cluster_portal.home.demo.places import CHECKOUT

INITIAL_STEPS = ["0002_letters_counted", "0002_current_member", "0002_place_of_the_same_topic"]
OURS = ["core", "home", "notifications", "members", "surveys", "projects", "theses", "events"]
pytestmark = pytest.mark.server


UNSAFE = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("members", "{last}")]
    operations = [migrations.RemoveField("cluster", "founded")]
"""


def lint(apps):
    linter = MigrationLinter(
        str(CHECKOUT),
        analyser_string="postgresql",
        no_cache=True,
        include_apps=apps,
        ignore_name=INITIAL_STEPS,
        ignore_name_contains="initial",
    )
    linter.lint_all_migrations()
    return linter.has_errors


def test_version_before_runs_on_the_new_tables(db, capsys):
    assert not lint([*OURS, "knowledge"]), capsys.readouterr().out


def test_migration_that_takes_a_column_away_is_refused(db, capsys, tmp_path, monkeypatch, settings):
    """All the way: a migration beside ours, as somebody would add it."""
    folder = tmp_path / "members_and_one_more"
    shutil.copytree(CHECKOUT / "members" / "migrations", folder)
    last = max(path.stem for path in folder.glob("0*.py"))
    (folder / "0099_unsafe.py").write_text(UNSAFE.format(last=last))
    monkeypatch.syspath_prepend(str(tmp_path))
    settings.MIGRATION_MODULES = {"members": folder.name}

    assert lint(["members"])
    assert "0099_unsafe" in capsys.readouterr().out


@pytest.mark.parametrize(
    "step",
    [
        'ALTER TABLE "members_user" DROP COLUMN "title" CASCADE',
        'ALTER TABLE "members_user" RENAME COLUMN "title" TO "job"',
        'ALTER TABLE "members_user" ADD COLUMN "job" text NOT NULL',
        'DROP TABLE "members_user" CASCADE',
    ],
)
def test_unsafe_step_is_refused(step):
    errors, _ignored, _warnings = analyse_sql_statements(
        get_sql_analyser_class("postgresql", "postgresql"), [step]
    )

    assert errors
