import pytest
from django.utils.translation import override

from cluster_portal.core.imports import Outcome
from members.models import Membership, NamedPerson, Organisation
from members.services.member_import import Register, import_members
from tests.members import messy_list


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def take(data, cluster, **values):
    values = {"by": None, "dry_run": False, **values}
    return import_members(data, Register(cluster, "Jäsenrekisteri"), **values)


def test_messy(home_cluster):
    report = take(messy_list.workbook(), home_cluster)
    print("\n".join(report.sentences()))
    report = take(messy_list.workbook(is_mended=True), home_cluster, decisions={"*": "other"})
    print("\n".join(report.sentences()))
    for r in report.results[:12]: print(r)
    report = take(messy_list.workbook(is_mended=True), home_cluster, decisions={"*": "other"})
    print("\n".join(report.sentences()))
    assert 0
