"""Related initiatives: members propose, coordinators publish, all see where work overlaps."""

import datetime
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cluster_portal.core.errors import Refused
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import Follow, OutboxMail
from members.models import RelatedCluster
from members.models.regions import address_of
from members.services import related
from projects.models import Goal
from projects.pages import initiatives, region_leads
from tests import factories, statements
from tests.projects import factories as projects

pytestmark = pytest.mark.django_db
FORM = {
    "name_fi": "Rannikon kokeilualusta", "summary_fi": "Kokeillaan yhdessä.",
    "relation": "parallel", "owner": "Malliyhdistys ry", "source": "Seminaari",
    "visibility": "public",
}  # fmt: skip


@pytest.fixture
def theme(db):
    return Term.objects.filter(scheme="vital_function").first()


def initiative(cluster, *themes, **values):
    values = {
        "name_fi": "Aloite", "summary_fi": "Lyhyesti.", "relation": "partner",
        "source": "example.org", "checked_on": "2026-01-01", **values,
    }  # fmt: skip
    made = RelatedCluster.objects.create(home_cluster=cluster, **values)
    made.terms.set(themes)
    made.regions.add(factories.region())
    return made


def propose(client, cluster, theme, **values):
    data = {**FORM, "home_cluster": cluster.pk, "terms": [theme.pk], "form_key": uuid.uuid4()}
    return client.post(reverse("projects:initiative_propose"), data | values)


def test_member_proposes_and_the_coordinator_publishes(client, lead, office, home_cluster, theme):
    client.force_login(lead)
    key = uuid.uuid4()
    propose(client, home_cluster, theme, form_key=key)
    propose(client, home_cluster, theme, form_key=key)  # pressed twice

    made = RelatedCluster.objects.get()
    assert (made.stage, made.proposer) == ("proposed", lead)
    assert not RelatedCluster.objects.visible_to(AnonymousUser()).exists()
    assert client.get(made.get_absolute_url()).status_code == 200

    client.force_login(office)
    client.post(reverse("projects:initiative_move", args=[made.slug, "publish"]))

    made.refresh_from_db()
    assert made.stage == "published"
    assert RelatedCluster.objects.visible_to(AnonymousUser()).get() == made
    told = OutboxMail.objects.get(recipient=lead, kind="followed")
    assert told.values["news"] == "publish"


def test_declining_needs_a_reason_and_its_proposer_alone_sees_it(
    lead, office, member, home_cluster
):
    made = initiative(home_cluster, stage="proposed", proposer=lead, published_at=None)
    with pytest.raises(Refused):
        related.move(made, "decline", by=office)

    related.move(made, "decline", by=office, reason="Se on jo rekisterissä.")

    assert RelatedCluster.objects.visible_to(lead).exists()
    assert not RelatedCluster.objects.visible_to(member).exists()


def test_only_coordinators_publish(lead, other_office, home_cluster):
    made = initiative(home_cluster, stage="proposed", proposer=lead, published_at=None)
    for person in (lead, other_office):
        with pytest.raises(Refused):
            related.move(made, "publish", by=person)


@pytest.mark.parametrize(
    "values",
    [
        {"name_fi": "Ks. TL IV"}, {"summary_fi": "TL III"}, {"link": "javascript:alert(1)"},
        {"name_fi": "www.example.org"}, {"summary_fi": "a" * 1_000_000}, {"relation": "own"},
        {"owner": "a\x00b"}, {"home_cluster": "999999"}, {"form_key": "no"},
    ],
)  # fmt: skip
def test_bad_input_is_refused(client, lead, home_cluster, theme, values):
    client.force_login(lead)

    assert propose(client, home_cluster, theme, **values).status_code in {400, 422}
    assert not RelatedCluster.objects.exists()


def test_outsider_is_told_why_not(client, outsider, home_cluster, theme):
    client.force_login(outsider)
    address = reverse("projects:initiative_propose")

    assert '<form class="form"' not in client.get(address).content.decode()
    propose(client, home_cluster, theme)
    assert not RelatedCluster.objects.exists()


def test_overlap_names_ours_of_the_same_theme(home_cluster, company, theme):
    other = Term.objects.filter(scheme="vital_function").last()
    made = initiative(home_cluster, theme, other, is_lead=True)
    project = projects.project(home_cluster)
    project.terms.add(theme, other)
    hidden = projects.project(home_cluster, visibility="members")
    hidden.terms.add(theme)
    programme = projects.approved_programme(home_cluster, company)
    project.measures.add(projects.measure(programme, responsible=company))

    found = {one["label"]: one for one in initiatives.overlap(AnonymousUser())["themes"]}
    shown = found[theme.label]

    assert set(found) == {theme.label, other.label}
    assert shown["regions"][0]["rows"] == [made]
    assert shown["regions"][0]["leads"]
    assert sorted(row["kind"] for row in shown["ours"]) == ["Hanke", "Tavoite"]
    assert hidden.title not in {row["title"] for row in shown["ours"]}


def test_pages_cost_the_same_for_one_and_ten(client, member, home_cluster, theme):
    client.force_login(member)
    made = initiative(home_cluster, theme)
    addresses = [
        reverse("projects:initiatives"), reverse("projects:initiative_overlap"),
        made.get_absolute_url(),
    ]  # fmt: skip
    projects.project(home_cluster).terms.add(theme)
    few = [len(statements.of_page(client, each)) for each in addresses]
    for _number in range(9):
        initiative(home_cluster, theme)
        projects.project(home_cluster).terms.add(theme)
        projects.challenge(home_cluster).terms.add(theme)

    many = [len(statements.of_page(client, each)) for each in addresses]

    assert many == few
    assert many[0] <= 8
    assert max(many) <= 12


def test_erased_proposer_leaves_the_initiative(lead, home_cluster):
    made = initiative(home_cluster, proposer=lead)
    assert related.proposed_by(lead)

    related.erase(lead)

    made.refresh_from_db()
    assert made.proposer is None
    assert not Follow.objects.filter(user=lead).exists()


def test_goal_tells_its_lead_region(client, home_cluster, company):
    programme = projects.approved_programme(home_cluster, company)
    programme.goals.update(lead_region=factories.region())

    page = client.get(reverse("projects:programme")).content.decode()

    assert factories.region().label in page


def test_profile_of_the_lead_region_says_so(client, home_cluster, company, theme):
    region, other = factories.region(), Term.objects.get(scheme="region", code="11")
    programme = projects.approved_programme(home_cluster, company)
    programme.goals.update(lead_region=region)
    leading = initiative(home_cluster, theme, region, is_lead=True)
    ended = initiative(home_cluster, theme, region, name_fi="Päättynyt", stage="ended")

    page, elsewhere = (
        client.get(reverse("members:region", args=[address_of(each)])).content.decode()
        for each in (region, other)
    )

    assert str(programme.goals.first()) in page
    assert leading.get_absolute_url() in page
    assert "kansallinen veturi" in page
    assert ended.name not in page
    assert "leads-title" not in elsewhere


def test_there_is_one_register(client, home_cluster):
    answer = client.get(reverse("members:related") + "?q=koe")

    assert (answer.status_code, answer.url) == (301, reverse("projects:initiatives") + "?q=koe")


def test_reason_bears_no_marking(home_cluster, office):
    made = initiative(home_cluster, stage="proposed")

    with pytest.raises(Refused, match="TL IV"):
        related.move(made, "decline", by=office, reason="Lähde on TL IV.")


def test_lead_region_takes_one_statement_whatever_leads(home_cluster, other_cluster, company):
    region = factories.region()
    for cluster in (home_cluster, other_cluster):
        projects.approved_programme(cluster, company, visibility="public")
    Goal.objects.update(lead_region=region)

    with CaptureQueriesContext(connection) as seen:
        assert len(region_leads.values(region, AnonymousUser())["goals"]) == 2

    assert len(seen) == 1


def test_day_of_publishing_is_that_of_finland(home_cluster):
    late = datetime.datetime(2026, 3, 1, 22, 30, tzinfo=datetime.UTC)
    made = initiative(home_cluster, stage="published", published_at=late)
    made.refresh_from_db()
    values = initiatives.values(made, AnonymousUser())

    facts = {row["name"]: row["value"] for row in values["facts"]}

    assert facts["Julkaistu"] == "2.3.2026"
