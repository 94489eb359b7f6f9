"""Test environments: entered, published, asked about, shown with the laboratory they belong to."""

import uuid

import pytest
from django.urls import reverse

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from members.models import NeedMatch
from members.pages import need_page
from projects.models import TestEnvironment
from projects.services.testbeds import edit_testbed, move_testbed
from tests import factories
from tests.members import need_factories as needs
from tests.projects import factories as make


def sent(organisation, **values):
    return {
        "organisation": organisation.pk, "title_fi": "Kenttärata", "summary_fi": "Rata kuusikossa.",
        "offers": "Radioiden mittaus.", "permits": "Taajuuslupa.", "place": "Tampere",
        "availability": "Arkisin", "languages": ["fi", "en"], "title_en": "Field track",
        "summary_en": "A track.", "visibility": "public", "form_key": str(uuid.uuid4()), **values,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "visibility", "seen"),
    [
        ("draft", "public", {"lead", "member", "office", "admin"}),
        ("open", "public", "all"),
        ("paused", "public", "all"),
        ("open", "members", {"lead", "member", "other_lead", "office", "other_office", "admin"}),
        ("withdrawn", "public", {"lead", "member", "office", "admin"}),
    ],
)
def test_test_environment_is_seen(cast, home_cluster, company, stage, visibility, seen):
    make.testbed(home_cluster, company, stage=stage, visibility=visibility)

    found = {who for who, user in cast.items() if TestEnvironment.objects.visible_to(user).exists()}

    assert found == (set(cast) if seen == "all" else seen)


def test_entered_published_and_read_in_english(client, company, lead):
    client.force_login(lead)
    form = sent(company)

    for _twice in range(2):
        client.post(reverse("projects:testbed_propose"), form)

    made = TestEnvironment.objects.get()
    assert made.stage == "draft"
    client.post(reverse("projects:testbed_move", args=[made.slug, "publish"]))
    client.logout()
    page = client.get("/en/projects/testbeds/").content.decode()
    assert "Field track" in page
    assert "Taajuuslupa." in client.get(made.get_absolute_url()).content.decode()


def test_without_what_can_be_tried_it_is_not_published(home_cluster, company, lead):
    made = make.testbed(home_cluster, company, stage="draft", offers="", published_at=None)

    with pytest.raises(Refused, match="kokeilla"):
        move_testbed(made, "publish", by=lead)


def test_enquiry_reaches_the_contact(client, home_cluster, company, lead, other_lead):
    made = make.testbed(home_cluster, company)
    client.force_login(factories.verified(other_lead))
    address = reverse("members:contact", args=["testbed", made.slug])

    client.post(address, {"message": "Sopiiko maaliskuu?"})

    mail = OutboxMail.objects.get(kind="contact_request")
    assert mail.recipient == lead
    assert mail.values["message"] == "Sopiiko maaliskuu?"


def test_it_stands_on_the_page_of_its_laboratory(client, home_cluster, company):
    laboratory = factories.capability(company, home_cluster, kind="laboratory")
    made = make.testbed(home_cluster, company, capability=laboratory)

    assert made.get_absolute_url() in client.get(laboratory.get_absolute_url()).content.decode()
    assert laboratory.get_absolute_url() in client.get(made.get_absolute_url()).content.decode()


def test_hidden_laboratory_is_not_named(client, home_cluster, company):
    laboratory = factories.capability(
        company, home_cluster, kind="laboratory", visibility="private", title_fi="Salainen"
    )
    made = make.testbed(home_cluster, company, capability=laboratory)

    assert "Salainen" not in client.get(made.get_absolute_url()).content.decode()


def test_part_of_another_organisation_is_refused(client, home_cluster, company, lead, other_lead):
    rival = other_lead.affiliations.get().organisation
    foreign = factories.capability(rival, home_cluster, kind="laboratory")
    client.force_login(lead)

    answer = client.post(reverse("projects:testbed_propose"), sent(company, capability=foreign.pk))

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "bad",
    [
        {"title_fi": "www.example.org"}, {"offers": "TL II"}, {"link": "javascript:alert(1)"},
        {"region": "999999999999999999999"}, {"languages": ["xx"]}, {"visibility": "group"},
    ],
)  # fmt: skip
def test_bad_text_is_refused(client, company, lead, bad):
    client.force_login(lead)

    answer = client.post(reverse("projects:testbed_propose"), sent(company, **bad))

    assert answer.status_code == 422
    assert not TestEnvironment.objects.exists()


def test_second_editor_is_told_of_the_first(home_cluster, company, lead):
    made = make.testbed(home_cluster, company)
    seen = made.stamp
    edit_testbed(made, {"place": "Nokia", "terms": []}, by=lead, seen=seen)

    with pytest.raises(Refused, match="muuttanut"):
        edit_testbed(made, {"place": "Kuopio", "terms": []}, by=lead, seen=seen)


def test_stranger_changes_nothing(home_cluster, company, other_lead):
    made = make.testbed(home_cluster, company)

    with pytest.raises(Refused):
        edit_testbed(made, {"place": "Nokia", "terms": []}, by=other_lead)
    with pytest.raises(Refused):
        move_testbed(made, "pause", by=other_lead)


def test_one_says_that_it_is_not_available(client, home_cluster, company, lead, member):
    made = make.testbed(home_cluster, company)

    move_testbed(made, "pause", by=lead)

    assert "Ei nyt käytettävissä" in client.get(made.get_absolute_url()).content.decode()


def test_test_environment_answers_a_need(home_cluster, company, lead, other_lead):
    subject = "Radioiden kuuluvuuden mittaus metsässä"
    wanted = needs.need(home_cluster, company, teller=lead, kind="solution", what=subject)
    owner = other_lead.affiliations.get().organisation
    made = make.testbed(home_cluster, owner, title_fi=subject, stage="draft", published_at=None)
    needs.match_all()
    assert not NeedMatch.objects.filter(answers="testbeds").exists()

    move_testbed(made, "publish", by=other_lead)
    needs.match_all()

    assert NeedMatch.objects.get(answers="testbeds").object_id == made.pk
    shown = need_page.complete(lead).get(pk=wanted.pk)
    (row,) = need_page.fit_rows(shown, list(shown.matches.all()), lead)
    assert (row["title"], row["url"]) == (subject, made.get_absolute_url())
    assert row["ask_url"] == reverse("members:contact", args=["testbed", made.slug])
    assert OutboxMail.objects.filter(kind="need_for_you", recipient=other_lead).exists()
