"""The report of what members expect, and the commitment to the shared values."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from members.models import Membership
from members.pages import expectations
from members.services.commitments import commit
from tests import factories
from tests.statements import of_page

pytestmark = pytest.mark.django_db
REPORT = "/admin/members/expectations/"


def answered(cluster, kind, *wishes, **values):
    of = factories.organisation(kind=kind) if kind else factories.user()
    return factories.membership(of, cluster, expectations=list(wishes), **values)


@pytest.fixture
def answers(home_cluster, other_cluster):
    for _number in range(4):
        answered(home_cluster, "company", "projects")
    answered(home_cluster, "company", "projects", "theses")
    answered(home_cluster, "university", "theses")
    answered(home_cluster, "", "learning")
    answered(home_cluster, "company", "brand", stage="ended")
    answered(home_cluster, "company")  # has not said
    answered(other_cluster, "municipality", "brand")


def test_tasks_are_counted_by_sector_in_scope(answers, office):
    found = expectations.table(office, "sector")
    rows = {row["label"]: [cell["count"] for cell in row["cells"]] for row in found.rows}

    assert found.answered == [1, 5, 1, 7]  # education, business, private persons, all
    assert list(rows.values()) == [[0, 0, 1], [0, 5, 0], [0, 0, 0], [1, 1, 0], [0, 0, 0]]


def test_share_is_told_from_five_answers_on(answers, office):
    found = expectations.table(office, "kind")
    theses = found.rows[3]

    assert [cell["share"] for cell in theses["cells"]] == [None, 20, None]
    assert theses["total"]["share"] == 29


def test_report_and_file_are_of_the_own_cluster(client, answers, office, other_office):
    for user, own, other in ((office, "Yritys", "Kunta"), (other_office, "Kunta", "Yritys")):
        client.force_login(user)
        for path in (REPORT, f"{REPORT}csv/"):
            page = client.get(path).content.decode()
            assert own in page
            assert other not in page


def test_report_is_closed_to_others(client, member):
    client.force_login(member)

    assert client.get(REPORT).status_code in {302, 403}


def test_report_without_answers_says_so(client, office):
    client.force_login(office)

    assert "Kukaan ei ole vielä kertonut" in client.get(REPORT).content.decode()


def test_report_costs_the_same_for_many(client, office, home_cluster):
    answered(home_cluster, "company", "projects").interests.add(factories.region())
    client.force_login(office)
    few = of_page(client, REPORT)
    for _number in range(5):
        answered(home_cluster, "municipality", "theses").interests.add(factories.region("11"))

    assert len(of_page(client, REPORT)) == len(few)


def test_contact_commits_and_the_first_day_stays(client, lead, company):
    membership = company.memberships.get()
    client.force_login(lead)
    path = reverse("members:values", args=[membership.public_id])
    assert "Sitoudumme" in client.get(path).content.decode()

    client.post(path)
    first = Membership.objects.get(pk=membership.pk).values_accepted_at
    client.post(path)

    assert first is not None
    assert Membership.objects.get(pk=membership.pk).values_accepted_at == first
    day = timezone.localtime(first).strftime("%-d.%-m.%Y")
    assert f"Sitoutunut yhteisiin arvoihin {day}" in client.get(path).content.decode()
    client.logout()
    assert day in client.get(company.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("who", "status"), [("office", 200), ("member", 404), ("outsider", 404)])
def test_others_do_not_commit_it(client, request, company, who, status):
    reader = request.getfixturevalue(who)
    membership = company.memberships.get()
    client.force_login(reader)

    page = client.get(reverse("members:values", args=[membership.public_id]))

    assert page.status_code == status
    with pytest.raises(Refused):
        commit(membership, by=reader)
