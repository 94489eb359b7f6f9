"""What the database itself guards of the ledgers, from the owner and from the portal's own role."""

import datetime

import pghistory
import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.audit import AuditEntry, forgetting
from cluster_portal.core.database import ledgers
from members.models import Organisation, User
from members.services.erasure import erase_account
from tests.ledgers import as_portal, opened

pytestmark = pytest.mark.server


LEDGERS = ("core_auditentry", "members_organisationevent")
ATTACKS = (
    "TRUNCATE {}",
    "DELETE FROM {}",
    "UPDATE {} SET {} = now()",
    "ALTER TABLE {} DISABLE TRIGGER ALL",
    "DROP TABLE {}",
)


def attempt(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def moment_of(ledger):
    return "at" if ledger == "core_auditentry" else "pgh_created_at"


@pytest.fixture
def written(company, office):
    """A row in each of the ledgers."""
    return audit.record(company, "approved", by=office)


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_portals_role_can_only_read_the_ledgers_and_add_to_them(written, ledger, attack):
    with as_portal():
        attempt(f"SELECT set_config('{ledgers.DOOR_SETTING}', 'on', true)")
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            attempt(attack.format(ledger, moment_of(ledger)))
        assert AuditEntry.objects.filter(pk=written.pk).exists()


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize("attack", ATTACKS[:3])
def test_owner_is_refused_too(written, ledger, attack):
    attempt(f"SET LOCAL {ledgers.TRUNCATE_SETTING} = 'off'; SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="append-only"):
        attempt(attack.format(ledger, moment_of(ledger)))


@pytest.mark.parametrize("table", sorted(m._meta.db_table for m in ledgers.ledger_models()))
def test_no_ledger_is_truncated(db, table):
    attempt(f"SET LOCAL {ledgers.TRUNCATE_SETTING} = 'off'")

    with pytest.raises(IntegrityError, match="append-only"):
        attempt(f'TRUNCATE "{table}" CASCADE')


def test_time_is_the_databases(company, office):
    long_ago = timezone.now() - datetime.timedelta(days=400)
    entry = AuditEntry(about=company, action="forged", actor=office)
    entry.at = long_ago
    AuditEntry.objects.bulk_create([entry])
    version = company.events.first()
    version.pk = version.pgh_id = None
    version.pgh_created_at = long_ago
    version.save(force_insert=True)

    assert AuditEntry.objects.get(action="forged").at > long_ago + datetime.timedelta(days=399)
    assert not company.events.filter(pgh_created_at__lte=long_ago).exists()


def test_portals_role_does_its_work(company, office, outsider):
    """Rows, their versions with who wrote them, acts, erasure and retention."""
    with as_portal():
        with pghistory.context(user=office.pk):
            Organisation.objects.filter(pk=company.pk).update(website="https://uusi.example.org")
        audit.record(company, "edited", by=office)
        erase_account(outsider, by=None)
        forgetting.trim_ledgers()

        newest = company.events.order_by("-pgh_id").first()
        assert newest.website == "https://uusi.example.org"
        assert newest.pgh_context.metadata == {"user": office.pk}
        assert not User.pgh_event_model.objects.filter(email=outsider.email).exists()


def test_portals_role_does_not_say_who_wrote(db):
    with as_portal(), pytest.raises(ProgrammingError, match="permission denied"):
        attempt("INSERT INTO pghistory_context (id) VALUES (gen_random_uuid())")


def test_what_is_amended_early_leaves_a_row_of_its_own(written):
    with as_portal():
        assert audit.trim(AuditEntry.objects.filter(pk=written.pk)) == 1

    entry = AuditEntry.objects.get(action="ledger amended")
    assert entry.details == {"ledger": "core_auditentry", "rows": 1, "columns": None}


def test_what_is_trimmed_in_its_time_leaves_none(written):
    with opened():
        AuditEntry.objects.update(at=timezone.now() - datetime.timedelta(days=731))

    assert forgetting.trim_ledgers() == 1
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("column", ["at", "action", "id"])
def test_what_happened_and_when_is_never_overwritten(written, column):
    with pytest.raises(DatabaseError, match="what happened and when"), transaction.atomic():
        audit.overwrite(AuditEntry.objects.filter(pk=written.pk), **{column: "x"})


def test_only_ledgers_are_amended(company):
    with pytest.raises(DatabaseError, match="is no ledger"), transaction.atomic():
        audit.trim(Organisation.objects.filter(pk=company.pk))


def test_table_of_a_later_migration_is_the_portals_to_write(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE core_later (id int)")

    with as_portal():
        attempt("INSERT INTO core_later VALUES (1)")


@pytest.mark.django_db(transaction=True)
def test_migrations_run_as_the_owner_and_the_rest_does_not(settings):
    host = connection.settings_dict["HOST"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        cursor.execute("DROP ROLE IF EXISTS portal_twin")
        cursor.execute("CREATE ROLE portal_twin LOGIN SUPERUSER")
    settings.DATABASE_OWNER_URL = f"postgres://portal_twin@/{host}/any"
    try:
        with ledgers.as_owner():
            assert connection.cursor().connection.info.user == "portal_twin"
        assert connection.cursor().connection.info.user == owner
    finally:
        attempt("DROP ROLE portal_twin")


def test_only_the_moment_of_the_version_is_stamped(db):
    """A tracked row may have a moment of its own that is called like the acts'."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT relname, proname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
            " JOIN pg_proc p ON p.oid = tgfoid WHERE proname LIKE 'portal_stamp%'"
        )
        stamped = dict(cursor.fetchall())

    versions = {model._meta.db_table for model in ledgers.models_of_versions()}
    assert stamped.pop("core_auditentry") == "portal_stamp_at"
    assert stamped == dict.fromkeys(versions, "portal_stamp_pgh_created_at")
