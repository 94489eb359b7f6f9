"""What an organisation owns is found by its new name, whichever way it was renamed."""

import pytest

from cluster_portal.core.search import reindex, search
from members.services.organisation_import import import_organisations
from members.services.organisations import edit_organisation
from tests import browser_form, factories
from tests.events import factories as events_make
from tests.projects import factories as make
from tests.theses import factories as theses_make
from tests.theses import parties
from tests.theses.test_turns import thesis_at
from theses.models.works import Stage

NEW = "Pohjoinen Luotausyhtiö Oy"


def owned(company, cluster, student):
    """One of each searchable type, as it stands in the index before."""
    topic = theses_make.topic(company, cluster)
    supervisor = parties.supervisor(company)
    programme = make.approved_programme(cluster, company)
    made = [
        topic,
        thesis_at(Stage.FINISHED, topic, student, supervisor),
        supervisor.supervisor_profile,
        make.project(cluster, organisation=company),
        make.challenge(cluster, organisation=company),
        make.measure(programme, responsible=company),
        events_make.event(cluster, organisation=company),
    ]
    for each in made:
        reindex(each)
    return made


def by_contact(company, office, client):
    edit_organisation(company, {"name": NEW}, by=office)


def by_file(company, office, client):
    company.external_id = "a"
    company.save()
    report = import_organisations(f"external_id;name;kind\na;{NEW};company\n".encode(), by=office)
    assert report.faults == []


def by_admin(company, office, client):
    client.force_login(office)
    url = f"/admin/members/organisation/{company.pk}/change/"
    data = browser_form.fields(client.get(url).text, "organisation_form")
    answer = client.post(url, {**data, "name": NEW})
    assert answer.status_code == 302


@pytest.mark.parametrize("rename", [by_contact, by_file, by_admin])
def test_renamed_organisations_content_is_found_by_the_new_name(
    client, company, home_cluster, office, rename
):
    student = factories.user("opiskelija@example.org")
    rows = owned(company, home_cluster, student)

    rename(company, office, client)

    missing = [row for row in rows if row not in search(type(row).objects.all(), "luotausyhtiö")]
    assert missing == []
