"""What ideas and their partners must never give away, and whom nobody may press again and again."""

import uuid

import pytest
from django.contrib import admin
from django.forms import modelform_factory
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from projects import erasure, exports
from projects.admin.ideas import ProjectEditorAdmin
from projects.admin.partners import PartnershipForm
from projects.digest import PROJECTS
from projects.models import (
    ActualCost,
    Budget,
    Partnership,
    Project,
    ProjectEditor,
    Support,
    WantedRole,
)
from projects.pages import budget, counts, idea_desk
from projects.pages import partnerships as partner_pages
from projects.services import call_matching, co_editors, ideas, partnerships
from projects.services.projects import move_project
from tests import factories
from tests.projects import factories as make


@pytest.fixture
def idea(home_cluster, company):
    return make.idea(home_cluster, organisation=company, visibility="members")


@pytest.fixture
def draft(home_cluster, company, member):
    """Written by a member for their organisation."""
    return make.idea(
        home_cluster, published=False, organisation=company, author=member, visibility="members"
    )


@pytest.fixture
def other(home_cluster):
    made = factories.organisation("Toinen Oy")
    factories.membership(made, home_cluster)
    return made


def test_draft_takes_no_step(draft, member):
    with pytest.raises(Refused):
        move_project(draft, "prepare", by=member)


def test_draft_is_its_authors_until_it_is_sent(draft, member, lead, office):
    for reader in (lead, office):
        assert not Project.objects.visible_to(reader).exists()
        assert not Project.objects.editable_by(reader).exists()
    assert Project.objects.editable_by(member).get() == draft

    draft.sent_at = draft.created_at
    draft.save()

    assert Project.objects.editable_by(office).get() == draft
    assert not Project.objects.visible_to(lead).exists()


def test_draft_is_news_once_it_is_published(draft, member):
    [news] = PROJECTS
    before = draft.created_at
    Project.objects.update(description_fi="Ajatus.")
    assert not list(news.items(member, before))

    ideas.publish_idea(draft, by=member)

    assert list(news.items(member, before)) == [draft]


def test_who_is_only_asked_to_edit_sees_no_offers(idea, other, outsider):
    editor = ProjectEditor.objects.create(project=idea, user=outsider)
    make.partnership(idea, other, stage="interested", note="Luottamuksella.")
    assert idea_desk.offers(outsider) == []

    editor.stage = "accepted"
    editor.save()

    assert len(idea_desk.offers(outsider)) == 1


def test_author_without_an_organisation_reads_the_budget_they_save(home_cluster, outsider):
    own = make.idea(home_cluster, author=outsider, visibility="members")
    made = Budget.objects.create(project=own)

    assert Budget.objects.visible_to(outsider).get() == made


@pytest.fixture
def other_contact(other):
    person = factories.user("toinen@example.org")
    factories.affiliation(person, other, role="contact")
    return person


# Who is asked to write along.


def test_page_tells_no_address_that_has_an_account(client, idea, lead, outsider):
    factories.verified(outsider)
    url = reverse("projects:idea_editors", args=[idea.slug])
    client.force_login(lead)
    pages = []
    for address in ("ei.ketaan@example.org", outsider.email):
        client.post(url, {"address": address})
        client.get(url)  # takes the message along
        pages.append(client.get(url).content.decode().count("row__title"))

    assert ProjectEditor.objects.get().user == outsider
    assert pages[0] == pages[1]


def test_who_has_said_no_is_not_asked_to_edit_again(idea, lead, outsider):
    factories.verified(outsider)
    co_editors.ask_editor(idea, outsider.email, by=lead)
    co_editors.answer_editor(idea, yes=False, by=outsider)

    assert co_editors.ask_editor(idea, outsider.email, by=lead) is None
    assert OutboxMail.objects.filter(kind="co_editor_asked").count() == 1


def test_one_person_asks_few_addresses_a_day(idea, lead):
    for number in range(co_editors.FROM_PERSON):
        co_editors.ask_editor(idea, f"joku{number}@example.org", by=lead)

    with pytest.raises(Refused):
        co_editors.ask_editor(idea, "viela@example.org", by=lead)


def test_coordinator_removes_a_co_editor(idea, office, outsider):
    editor = ProjectEditor.objects.create(project=idea, user=outsider, stage="accepted")
    request = RequestFactory().get("/")
    request.user = office
    screen = ProjectEditorAdmin(ProjectEditor, admin.site)

    assert screen.has_delete_permission(request, editor)
    assert not screen.has_change_permission(request, editor)


# Partners.


def test_nobody_accepts_for_an_organisation_in_the_admin(idea, other):
    asked = make.partnership(idea, other, stage="invited")
    form = modelform_factory(Partnership, form=PartnershipForm, fields=["stage"])
    bound = form({"stage": "accepted"}, instance=asked)
    assert bound.is_valid()
    bound.save()

    asked.refresh_from_db()
    assert asked.stage == "invited"


def test_removed_partner_of_a_group_hears_it_without_the_ideas_words(idea, lead, other_contact):
    Project.objects.update(visibility="group", title_fi="Salainen nimi")
    row = make.partnership(idea, other_contact.affiliations.get().organisation)
    partnerships.remove(row, by=lead, reason="Syy.")

    told = letter(OutboxMail.objects.get(kind="partner_removed"))
    assert "Toinen Oy" in told.text
    assert "Salainen nimi" not in told.text + told.subject


def test_invitation_to_what_became_private_tells_nothing(idea, other, other_contact):
    make.partnership(idea, other, stage="invited")
    assert len(idea_desk.invitations(other_contact)) == 1

    Project.objects.update(visibility="private")

    assert idea_desk.invitations(other_contact) == []


def test_hidden_partner_is_not_named_to_those_inside(idea, lead, other):
    make.partnership(idea, other)
    type(other).objects.filter(pk=other.pk).update(visibility="private")
    plan = Budget.objects.create(project=idea)
    ActualCost.objects.create(
        budget=plan, organisation=other, form_key=uuid.uuid4(), day=timezone.localdate(),
        amount_cents=100,
    )  # fmt: skip
    page = budget.spending_values(plan, None, lead)
    application = idea.applications.create(title="Hakemus")

    assert "Toinen Oy" not in str(page["entries"])
    assert list(partner_pages.application_values(application, lead)["partners"]) == []


# Drafts and what others see.


def test_draft_takes_no_place_among_the_ideas_of_a_call(home_cluster, draft, idea):
    call = make.call(home_cluster, title_fi="Paikannus metsässä", summary_fi="Paikannus.")
    Project.objects.update(title_fi="Paikannus metsässä", summary_fi="Paikannus.")
    Project.objects.reindex()
    call.__class__.objects.reindex()
    call_matching.match_next()

    assert [fit.project for fit in call.fits.all()] == [idea]


def test_idea_that_changes_while_it_is_matched_waits_again(idea, monkeypatch):
    found = call_matching.found_for_roles

    def meanwhile(matched):
        Project.objects.get(pk=matched.pk).save()
        return found(matched)

    monkeypatch.setattr(call_matching, "found_for_roles", meanwhile)
    call_matching.match_next()
    idea.refresh_from_db()
    assert idea.calls_matched_at is None

    monkeypatch.undo()
    call_matching.match_next()
    idea.refresh_from_db()
    assert idea.calls_matched_at is not None


def test_draft_is_in_no_count(draft, home_cluster):
    assert not counts.PROJECTS.rows(home_cluster).exists()


def test_closed_role_is_not_found_by_search(idea):
    make.role(idea, name_fi="Laitevalmistaja")
    make.role(idea, name_fi="Drooniyritys", is_closed=True)
    words = str(idea.search_parts())

    assert "Laitevalmistaja" in words
    assert "Drooniyritys" not in words


def test_nobody_is_pressed_to_become_a_partner(idea, lead, other, other_contact):
    asked = partnerships.invite_to(idea, other, by=lead)
    for _each in range(partnerships.MOST_AGAIN):
        partnerships.remove(asked, by=lead)
        if _each + 1 < partnerships.MOST_AGAIN:
            asked = partnerships.invite_to(idea, other, by=lead)
    with pytest.raises(Refused):
        partnerships.invite_to(idea, other, by=lead)


def test_who_has_declined_is_not_invited_again(idea, lead, other, other_contact):
    asked = partnerships.invite_to(idea, other, by=lead)
    partnerships.answer(asked, "decline", by=other_contact)

    with pytest.raises(Refused):
        partnerships.invite_to(idea, other, by=lead)
    assert partnerships.offer(idea, other, by=other_contact).stage == "interested"


def test_one_person_invites_few_a_day(idea, lead, other, other_contact, monkeypatch):
    monkeypatch.setattr(partnerships, "FROM_PERSON", 0)
    with pytest.raises(Refused):
        partnerships.invite_to(idea, other, by=lead)


def test_one_person_keeps_few_drafts(client, draft, member, company, monkeypatch):
    monkeypatch.setattr(ideas, "MOST_DRAFTS", 1)
    client.force_login(member)
    told = {"title_fi": "Toinen ajatus", "form_key": uuid.uuid4(), "organisation": company.pk}

    assert client.post(reverse("projects:project_propose"), told).status_code == 422
    assert Project.objects.get() == draft


def test_history_of_a_deleted_idea_goes_with_it(home_cluster, outsider):
    own = make.idea(home_cluster, author=outsider)
    make.role(own, name_fi="Salainen rooli")
    versions = WantedRole.pgh_event_model.objects
    assert versions.exists()

    erasure.erase_ideas(outsider)

    assert not versions.exists()


def test_export_gives_no_title_that_is_hidden_now(idea, outsider):
    Support.objects.create(project=idea, user=outsider)
    Project.objects.update(visibility="private")

    assert [row["idea"] for row in exports.ideas(outsider)] == ["–"]
