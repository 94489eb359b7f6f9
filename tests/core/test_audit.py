import pytest
from django.db import DatabaseError, transaction

from cluster_portal.core import audit
from cluster_portal.core.audit import AuditEntry
from members.models import Organisation

pytestmark = pytest.mark.server


def test_bulk_update_cannot_escape_the_row_history(company):
    Organisation.objects.filter(pk=company.pk).update(name="Uusi nimi")

    versions = list(company.events.order_by("pgh_id").values_list("pgh_label", "name"))
    assert versions == [
        ("insert", "Esimerkki Sensoritekniikka Oy"),
        ("update", "Uusi nimi"),
    ]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_acts_cannot_be_changed(company, office, change):
    entry = audit.record(company, "approved", by=office)
    rows = AuditEntry.objects.filter(pk=entry.pk)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(action="x") if change == "update" else rows.delete()


def test_row_history_cannot_be_deleted(company):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        company.events.all().delete()


def test_retention_may_trim_the_ledger(company, office):
    entry = audit.record(company, "approved", by=office)

    audit.trim(AuditEntry.objects.filter(pk=entry.pk))

    assert not audit.of(company).exists()
