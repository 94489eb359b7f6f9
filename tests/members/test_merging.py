import pytest
from django.urls import reverse

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.core.search import search
from cluster_portal.notifications.models import OutboxMail
from members.models import Affiliation, Membership, Organisation
from members.services.merging import merge_organisations
from members.services.organisations import find_organisation, likely_doubles
from tests import factories
from tests.projects import factories as make
from tests.theses import factories as theses_make


@pytest.fixture
def double(home_cluster):
    """The same company once more, with people and content of its own."""
    made = factories.organisation(
        "Esimerkin Sensorit", slug="toinen", email_domains=["sensorit.example.org"],
        business_id="9000001-1", introduced_by=home_cluster,
    )  # fmt: skip
    factories.membership(made, home_cluster)
    return made


@pytest.fixture
def colleague(double):
    person = factories.user("colleague@example.org")
    factories.affiliation(person, double, role="contact")
    return person


def test_people_memberships_and_content_are_kept(
    company, double, colleague, lead, admin_user, home_cluster
):
    topic = theses_make.topic(double, home_cluster)
    project = make.project(home_cluster, organisation=double, funder=double)
    challenge = make.challenge(home_cluster, organisation=double)

    merge_organisations(company, double, by=admin_user, reason="Sama yritys")

    for row in (topic, project, challenge):
        row.refresh_from_db()
        assert row.organisation == company
    current = Affiliation.objects.confirmed().filter(organisation=company)
    assert set(current.values_list("user", "role")) == {
        (colleague.pk, "contact"), (lead.pk, "contact"),
    }  # fmt: skip
    stages = Membership.objects.filter(organisation=company).values_list("stage", flat=True)
    assert sorted(stages) == ["active", "ended"]


def test_names_and_facts_are_kept_and_found(company, double, office):
    merge_organisations(company, double, by=office, reason="Sama yritys")

    company.refresh_from_db()
    assert company.former_names == ["Esimerkin Sensorit"]
    assert company.business_id == "9000001-1"
    assert "sensorit.example.org" in company.email_domains
    visible = Organisation.objects.visible_to(office)
    assert company in search(visible, "esimerkin sensorit")


def test_old_address_leads_to_the_kept_one(client, company, double, office):
    merge_organisations(company, double, by=office, reason="Sama yritys")

    answer = client.get("/members/toinen/")

    assert (answer.status_code, answer.url) == (301, company.get_absolute_url())


def test_what_both_have_stays_with_the_closed_one(company, double, office, home_cluster):
    project = make.project(home_cluster)
    both = [make.partnership(project, each) for each in (company, double)]

    merge_organisations(company, double, by=office, reason="Sama yritys")

    for row, organisation in zip(both, (company, double), strict=True):
        row.refresh_from_db()
        assert row.organisation == organisation


def test_person_in_both_goes_on_once_as_contact(company, double, member, office):
    factories.affiliation(member, double, role="contact")

    merge_organisations(company, double, by=office, reason="Sama yritys")

    rows = Affiliation.objects.confirmed().filter(user=member)
    assert list(rows.values_list("organisation", "role")) == [(company.pk, "contact")]


def test_reason_of_merging_bears_no_marking(company, double, admin_user):
    with pytest.raises(Refused, match="TL III"):
        merge_organisations(company, double, by=admin_user, reason="Ks. TL III")


def test_merging_is_an_act_with_its_reason_and_contacts_are_told(
    company, double, colleague, lead, admin_user
):
    merge_organisations(company, double, by=admin_user, reason="Sama yritys")

    acts = AuditEntry.objects.filter(action="merged")
    assert {(act.object_id, act.actor, act.reason) for act in acts} == {
        (company.pk, admin_user, "Sama yritys"), (double.pk, admin_user, "Sama yritys"),
    }  # fmt: skip
    told = OutboxMail.objects.filter(kind="organisations_merged")
    assert {mail.recipient for mail in told} == {colleague, lead}


@pytest.mark.parametrize("who", ["lead", "member", "outsider", "other_office"])
def test_who_may_not_edit_both_merges_nothing(who, request, company, double):
    with pytest.raises(Refused):
        merge_organisations(company, double, by=request.getfixturevalue(who), reason="Oma etu")

    assert Organisation.objects.filter(merged_at__isnull=False).count() == 0


def test_coordinator_of_one_of_them_merges_nothing(company, office, other_cluster):
    foreign = factories.organisation("Kaukainen Oy")
    factories.membership(foreign, other_cluster)

    for kept, gone in ((company, foreign), (foreign, company)):
        with pytest.raises(Refused):
            merge_organisations(kept, gone, by=office, reason="Sama")


def test_coordinator_merges_on_the_page(client, settings, company, double, office):
    settings.DEMO = True
    client.force_login(office)
    address = reverse("admin:members_organisation_merge", args=[company.pk])

    page = client.get(address)
    refused = client.post(address, {"other": "Esimerkin Sensorit", "reason": "Sama"})
    done = client.post(
        address, {"other": "Esimerkin Sensorit", "reason": "Sama", "is_confirmed": "on"}
    )

    assert page.status_code == 200
    assert refused.status_code == 422
    assert done.status_code == 302
    assert Organisation.objects.get(slug="toinen").successor == company


def test_organisation_out_of_scope_is_not_named_on_the_page(
    client, settings, company, office, other_cluster
):
    settings.DEMO = True
    foreign = factories.organisation("Kaukainen Oy")
    factories.membership(foreign, other_cluster)
    client.force_login(office)
    address = reverse("admin:members_organisation_merge", args=[company.pk])

    answer = client.post(address, {"other": "Kaukainen Oy", "reason": "Sama", "is_confirmed": "on"})

    assert answer.status_code == 422
    assert not Organisation.objects.filter(merged_at__isnull=False).exists()


def test_coordinator_decides_not_for_another_cluster(company, double, office, other_cluster):
    factories.membership(double, other_cluster)

    for kept, gone in ((company, double), (double, company)):
        with pytest.raises(Refused):
            merge_organisations(kept, gone, by=office, reason="Sama yritys")


def test_coordinator_does_not_choose_between_two_contacts(company, double, colleague, lead, office):
    for kept, gone in ((company, double), (double, company)):
        with pytest.raises(Refused):
            merge_organisations(kept, gone, by=office, reason="Sama yritys")


def test_closed_entry_is_found_no_more_and_leads_to_the_kept_one(company, double, office):
    merge_organisations(company, double, by=office, reason="Sama yritys")

    assert find_organisation("Esimerkin Sensorit") == company
    assert find_organisation("9000001-1") == company
    assert list(likely_doubles(["Esimerkin Sensorit"])) == [company]


def test_moved_content_is_found_by_the_kept_name(company, double, office, home_cluster):
    topic = theses_make.topic(double, home_cluster)

    merge_organisations(company, double, by=office, reason="Sama yritys")

    assert topic in search(type(topic).objects.visible_to(office), "sensoritekniikka")


def test_unit_below_the_closed_one_stands_for_itself(company, double, office):
    between = factories.organisation("Välissä", parent=double)
    company.parent = between
    company.save()

    merge_organisations(company, double, by=office, reason="Sama yritys")

    company.refresh_from_db()
    between.refresh_from_db()
    assert (company.parent, between.parent) == (None, company)
