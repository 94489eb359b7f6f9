"""An idea from the first words to an application: who writes it, who comes in, who is told."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import origin
from cluster_portal.core.errors import Refused
from cluster_portal.core.http.overtaken import saved_meanwhile
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from cluster_portal.notifications.sending.rendering import letter as rendered
from projects import desk, erasure, exports
from projects.admin.partners import tell_newly_invited
from projects.models import (
    Application,
    Partnership,
    Project,
    ProjectEditor,
    Support,
    WantedRole,
)
from projects.pages import idea_desk
from projects.pages import ideas as idea_pages
from projects.services import applications, co_editors, ideas, partnerships
from projects.services.ideas import RoleLine
from projects.services.partnerships import Ask
from tests import factories
from tests.projects import factories as make

PROPOSE = "/projects/propose/"
THOUGHT = {
    "title_fi": "Paikannus metsässä", "summary_fi": "Paikka tiedetään ilman verkkoa.",
    "description_fi": "Yhdistetään anturit ja kartta.", "aim": "",
}  # fmt: skip


def tomorrow(days=1):
    return timezone.localdate() + datetime.timedelta(days=days)


def mails(kind):
    return set(OutboxMail.objects.filter(kind=kind).values_list("recipient", flat=True))


def propose(client, user, query="", **values):
    client.force_login(user)
    return client.post(PROPOSE + query, {**THOUGHT, "form_key": uuid.uuid4(), **values})


@pytest.fixture
def idea(home_cluster, company):
    made = make.idea(home_cluster, organisation=company, visibility="members")
    make.partnership(made, company, role="lead")
    return made


@pytest.fixture
def other(home_cluster):
    made = factories.organisation("Toinen Oy")
    factories.membership(made, home_cluster)
    return made


@pytest.fixture
def other_contact(other):
    person = factories.user("toinen@example.org")
    factories.affiliation(person, other, role="contact")
    return person


# Writing.


def test_idea_is_written_in_four_steps_and_published(client, member, company, home_cluster):
    first = propose(client, member, organisation=company.pk)
    made = Project.objects.get()
    assert made.is_draft
    second = client.post(first.url, {"name_0": "Laitevalmistaja", "name_1": "Käyttäjä"})
    third = client.post(second.url, {"size_cents": "600 000", "duration_months": "24",
                                     "trl_now": "4", "trl_goal": "6"})  # fmt: skip
    last = client.post(third.url, {"visibility": "members", "then": "publish"})

    made.refresh_from_db()
    assert last.url == made.get_absolute_url()
    assert not made.is_draft
    assert (made.size_cents, made.trl_goal, made.author) == (60_000_000, 6, member)
    assert [role.name_fi for role in made.wanted_roles.all()] == ["Laitevalmistaja", "Käyttäjä"]
    assert made.partnerships.get().role == "lead"
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Laitevalmistaja" in page
    assert "1 / 3" in page


def test_same_form_sent_twice_makes_one_idea(client, member, company):
    key = uuid.uuid4()
    for _each in range(2):
        propose(client, member, organisation=company.pk, form_key=key)

    assert Project.objects.count() == 1


def test_idea_keeps_the_tie_to_its_challenge(client, member, lead, company, home_cluster):
    challenge = make.challenge(home_cluster, organisation=company)
    start = next(row for row in origin.starts_of(challenge, member) if "propose" in row["url"])
    assert start["url"] == f"{PROPOSE}?challenge={challenge.slug}"

    propose(client, member, f"?challenge={challenge.slug}", organisation=company.pk)

    assert list(Project.objects.get().challenges.all()) == [challenge]


def test_choosing_themes_keeps_those_of_the_origin_that_are_not_offered(client, idea, lead):
    goal = Term.objects.filter(scheme="sdg").first()
    theme = Term.objects.filter(scheme="security_task").first()
    idea.terms.add(goal)
    client.force_login(lead)

    client.post(
        reverse("projects:idea_edit", args=[idea.slug, "check"]),
        {"visibility": "members", "terms": [theme.pk], "then": "later"},
    )

    assert set(idea.terms.all()) == {goal, theme}


def test_who_is_no_member_has_a_coordinator_publish_the_idea(
    client, outsider, office, home_cluster
):
    first = propose(client, outsider, cluster=home_cluster.pk)
    made = Project.objects.get()
    check = reverse("projects:idea_edit", args=[made.slug, "check"])
    client.post(check, {"visibility": "members", "then": "publish"})

    made.refresh_from_db()
    assert first.status_code == 302
    assert made.is_draft
    assert mails("idea_asked") == {office.pk}
    assert desk.ideas_to_answer(office).count == 1

    client.force_login(office)
    client.post(check, {"visibility": "members", "then": "publish"})

    made.refresh_from_db()
    assert not made.is_draft
    assert mails("idea_answered") == {outsider.pk}


def test_everyone_reads_an_idea_once_a_coordinator_says_yes(client, idea, lead, office):
    ideas.edit_idea(idea, {"asks_public": True}, by=lead)
    assert mails("idea_asked") == {office.pk}
    url = reverse("projects:idea_public", args=[idea.slug, "yes"])
    client.force_login(lead)
    assert client.post(url).status_code == 404

    client.force_login(office)
    client.post(url)

    idea.refresh_from_db()
    assert idea.visibility == "public"


def test_second_of_two_editors_loses_nothing(client, idea, lead):
    client.force_login(lead)
    url = reverse("projects:idea_edit", args=[idea.slug, "thought"])
    seen = idea.stamp
    client.post(url, {**THOUGHT, "seen": seen})

    answer = client.post(url, {**THOUGHT, "title_fi": "Toinen nimi", "seen": seen})

    assert answer.status_code == 422
    assert "Toinen nimi" in answer.content.decode()
    idea.refresh_from_db()
    assert idea.title_fi == THOUGHT["title_fi"]


@pytest.mark.parametrize(
    "words",
    ["x" * 1_000_000, "TL IV suunnitelma", "https://example.org/ osta"],
    ids=["1 MB", "marking", "link"],
)
def test_bad_words_make_no_idea(client, member, company, words):
    answer = propose(client, member, organisation=company.pk, title_fi=words)

    assert answer.status_code == 422
    assert not Project.objects.exists()


def test_role_with_somebody_in_it_is_not_dropped(idea, lead, other):
    role = make.role(idea)
    make.partnership(idea, other, wanted_role=role)

    with pytest.raises(Refused):
        ideas.set_roles(idea, [RoleLine("Uusi")], by=lead)
    assert WantedRole.objects.get() == role


def hidden_and_typed(answer):
    """What a browser sends of the form as it was shown."""
    form = answer.context["form"]
    return {field.html_name: "" if field.value() is None else field.value() for field in form}


def test_role_that_a_colleague_removed_is_made_anew_at_the_second_press(client, idea, lead):
    gone, kept, last = [make.role(idea, name_fi=f"Rooli {number}") for number in "ABC"]
    client.force_login(lead)
    url = reverse("projects:idea_edit", args=[idea.slug, "roles"])
    shown = client.get(url)
    mine = {**hidden_and_typed(shown), "name_0": "Rooli A, omani"}
    mine = {name: value for name, value in mine.items() if not name.startswith("closed")}
    lines = [RoleLine("Rooli B", pk=kept.pk), RoleLine("Rooli C", pk=last.pk)]
    began = idea.stamp
    ideas.set_roles(idea, lines, by=lead)

    refused = client.post(url, {**mine, "seen": began})
    again = {**hidden_and_typed(refused), "seen": Project.objects.get().stamp}
    again = {name: value for name, value in again.items() if not name.startswith("closed")}
    saved = client.post(url, again)

    assert (refused.status_code, saved.status_code) == (422, 302)
    roles = list(idea.wanted_roles.order_by("position").values_list("name_fi", flat=True))
    assert roles == ["Rooli A, omani", "Rooli B", "Rooli C"]
    assert {kept, last} < set(idea.wanted_roles.all())
    assert not WantedRole.objects.filter(pk=gone.pk).exists()


def test_role_that_a_colleague_added_stands_beside(client, idea, lead):
    first = make.role(idea, name_fi="Rooli A")
    client.force_login(lead)
    url = reverse("projects:idea_edit", args=[idea.slug, "roles"])
    began = idea.stamp
    lines = [RoleLine("Rooli D"), RoleLine("Rooli A", pk=first.pk)]
    ideas.set_roles(idea, lines, by=lead)

    mine = {"name_0": "Rooli A, omani", "note_0": "", "pk_0": first.pk, "seen": began}
    refused = client.post(url, mine)

    said = {row["text"] for row in saved_meanwhile(refused.context["form"])}
    assert said == {"Rooli A", "Rooli D"}


# Coming in.


def test_invited_company_is_told_and_answers_on_its_desk(client, idea, lead, other, other_contact):
    role = make.role(idea, name_fi="Laitevalmistaja")

    made = partnerships.invite(role, other, by=lead, ask=Ask("Tulkaa.", tomorrow()))

    assert mails("partner_invited") == {other_contact.pk}
    [row] = idea_desk.invitations(other_contact)
    assert row["url"] == made.get_absolute_url()
    client.force_login(other_contact)
    page = client.get(row["url"]).content.decode()
    assert ("Tulkaa." in page, "Kutsu mukaan ideaan" in page) == (True, True)
    client.post(f"{row['url']}accept/")

    assert "Kutsu mukaan ideaan" not in client.get(row["url"]).content.decode()
    made.refresh_from_db()
    assert made.stage == "accepted"
    assert not WantedRole.objects.missing().exists()
    assert mails("partner_answered") == {lead.pk}
    assert idea_desk.invitations(other_contact) == []


def test_invitation_is_declined_and_the_role_stays_open(client, idea, lead, other, other_contact):
    role = make.role(idea)
    made = partnerships.invite(role, other, by=lead)
    client.force_login(other_contact)

    client.post(f"{made.get_absolute_url()}decline/", {"reason": "Ei nyt."})

    assert WantedRole.objects.missing().get() == role
    assert mails("partner_answered") == {lead.pk}
    assert "Rooli on taas auki" in letter(OutboxMail.objects.get(kind="partner_answered")).text
    with pytest.raises(Refused):  # who has said no is not asked again
        partnerships.invite(role, other, by=lead)


def test_role_that_another_took_is_not_said_to_be_open(idea, lead, company, other, other_contact):
    role = make.role(idea)
    made = partnerships.invite(role, other, by=lead)
    Partnership.objects.filter(organisation=company).update(wanted_role=role)
    partnerships.answer(made, "decline", by=other_contact)

    told = letter(OutboxMail.objects.get(kind="partner_answered")).text

    assert "vastattiin kieltävästi" in told
    assert "Rooli on taas auki" not in told


def test_partners_are_listed_by_the_roles_that_they_took(client, idea, lead, other, other_contact):
    made = partnerships.invite(make.role(idea), other, by=lead)
    partnerships.answer(made, "accept", by=other_contact)
    client.force_login(lead)
    begun = client.post(f"{idea.get_absolute_url()}applications/")

    page = client.get(begun.url).content.decode()

    assert made.wanted_role.name in page


def test_invitation_expires_and_both_sides_are_told(idea, lead, other, other_contact):
    made = partnerships.invite(make.role(idea), other, by=lead)
    Partnership.objects.filter(pk=made.pk).update(answer_by=timezone.localdate())
    assert partnerships.expire_overdue() == 0
    Partnership.objects.filter(pk=made.pk).update(answer_by=tomorrow(-1))

    with pytest.raises(Refused):
        partnerships.answer(made, "accept", by=other_contact)
    assert partnerships.expire_overdue() == 1

    made.refresh_from_db()
    assert made.stage == "expired"
    assert mails("partner_answered") == {lead.pk}
    assert mails("offer_answered") == {other_contact.pk}


def test_organisation_without_a_contact_is_not_invited(idea, lead, other):
    with pytest.raises(Refused):
        partnerships.invite(make.role(idea), other, by=lead)


def test_nobody_else_answers_for_the_invited(idea, lead, outsider, other, other_contact):
    made = partnerships.invite(make.role(idea), other, by=lead)

    for person in (lead, outsider):
        with pytest.raises(Refused):
            partnerships.answer(made, "accept", by=person)


def test_offer_is_taken_and_the_company_is_in(client, idea, lead, other, other_contact):
    role = make.role(idea)
    client.force_login(other_contact)

    client.post(
        reverse("projects:idea_join", args=[idea.slug]),
        {"role": role.pk, "organisation": other.pk, "note": "Tuomme laitteen."},
    )

    made = Partnership.objects.get(organisation=other)
    assert mails("partner_offered") == {lead.pk}
    [row] = idea_desk.offers(lead)
    client.force_login(lead)
    assert "Tuomme laitteen." in client.get(idea.get_absolute_url()).content.decode()
    client.post(f"{row['url']}welcome/")
    made.refresh_from_db()
    assert made.stage == "accepted"
    assert mails("offer_answered") == {other_contact.pk}


def test_co_editor_does_not_take_in_the_offer_of_their_own_company(
    idea, lead, other_contact, other
):
    made = partnerships.offer(idea, other, role=make.role(idea), note="", by=other_contact)
    ProjectEditor.objects.create(project=idea, user=other_contact, stage="accepted")

    assert idea_desk.offers(lead)
    with pytest.raises(Refused):
        partnerships.answer(made, "welcome", by=other_contact)


def test_who_fits_none_of_the_roles_can_choose_something_else(client, idea, other, other_contact):
    role = make.role(idea)
    client.force_login(other_contact)

    page = client.get(reverse("projects:idea_join", args=[idea.slug]))

    offered = [value for value, _name in page.context["form"].fields["role"].choices]
    assert [str(value) for value in offered] == ["", str(role.pk)]


def test_offer_of_another_organisation_is_refused(idea, outsider, other):
    with pytest.raises(Refused):
        partnerships.offer(idea, other, by=outsider)


def test_page_that_was_open_survives_the_partner_being_removed(
    client, idea, lead, other, other_contact
):
    idea.visibility = "group"
    idea.save()
    made = partnerships.invite(make.role(idea), other, by=lead)
    url = made.get_absolute_url()
    client.force_login(other_contact)
    assert client.get(url).status_code == 200
    partnerships.remove(made, by=lead)

    assert client.post(f"{url}accept/").status_code == 404
    assert client.get(idea.get_absolute_url()).status_code == 404
    assert mails("partner_removed") == {other_contact.pk}
    with pytest.raises(Refused):
        partnerships.answer(made, "accept", by=other_contact)


def test_partner_leaves_but_the_lead_does_not(idea, lead, other, other_contact):
    made = make.partnership(idea, other)
    with pytest.raises(Refused):
        partnerships.remove(idea.partnerships.get(role="lead"), by=lead)

    partnerships.remove(made, by=other_contact, reason="Tuotanto vie ajan.")

    assert mails("partner_left") == {lead.pk}
    assert "Tuotanto vie ajan." in letter(OutboxMail.objects.get(kind="partner_left")).text


def test_who_leaves_is_told_so_and_edits_no_more(
    client, idea, lead, other, other_contact, outsider
):
    made = make.partnership(idea, other)
    for person in (other_contact, outsider):
        idea.editors.create(user=person, named_by=lead, stage="accepted")
    client.force_login(other_contact)

    page = client.post(f"{made.get_absolute_url()}remove/", follow=True).content.decode()

    assert "Ette ole enää mukana. Muille on kerrottu." in page
    assert [editor.user for editor in idea.editors.all()] == [outsider]


def test_who_is_also_of_another_partner_goes_on_editing(idea, lead, other, other_contact, company):
    made = make.partnership(idea, other)
    factories.affiliation(other_contact, company)
    idea.editors.create(user=other_contact, named_by=lead, stage="accepted")

    partnerships.remove(made, by=lead, reason="Ei enää.")

    assert idea.editors.get().user == other_contact


def test_nobody_is_invited_to_what_only_its_owner_reads(idea, lead, other, other_contact):
    idea.visibility = "private"
    idea.save()

    with pytest.raises(Refused):
        partnerships.invite(make.role(idea), other, by=lead)


def test_letters_are_read_in_every_language(settings, idea, lead, office, other, other_contact):
    role = make.role(idea, name_fi="Laitevalmistaja")
    made = partnerships.invite(role, other, by=lead, ask=Ask("Tulkaa mukaan.", tomorrow()))
    for language in ("fi", "sv", "en"):
        other_contact.language = language
        other_contact.save()
        mail = OutboxMail.objects.get(kind="partner_invited")
        told = letter(mail)
        assert idea.title_fi in told.subject
        assert "Laitevalmistaja" in told.text
        assert made.get_absolute_url() in told.text


# Co-editors and supporters.


def test_co_editor_edits_after_saying_yes(client, idea, lead, outsider):
    factories.verified(outsider)
    url = reverse("projects:idea_editors", args=[idea.slug])
    client.force_login(lead)
    client.post(url, {"address": outsider.email})
    client.post(url, {"address": "ei.ketaan@example.org"})

    assert mails("co_editor_asked") == {outsider.pk}
    assert not idea.is_editable_by(outsider)
    assert len(idea_desk.invitations(outsider)) == 1
    client.force_login(outsider)
    client.post(reverse("projects:editor_answer", args=[idea.slug, "yes"]))

    assert Project.objects.editable_by(outsider).get() == idea
    assert mails("co_editor_answered") == {lead.pk}
    co_editors.remove_editor(ProjectEditor.objects.get(), by=lead)
    assert not Project.objects.editable_by(outsider).exists()


def test_support_is_counted_once_and_taken_back(client, idea, other_contact):
    client.force_login(other_contact)
    url = reverse("projects:support", args=[idea.slug])
    for _each in range(2):
        client.post(url)

    assert "1 kannattaja" in client.get(idea.get_absolute_url()).content.decode()
    client.post(url, {"then": "undo"})
    assert not Support.objects.exists()


# An application.


def test_idea_becomes_an_application_without_typing_twice(client, idea, lead, other, other_contact):
    ideas.edit_idea(idea, {**THOUGHT, "size_cents": 60_000_000, "duration_months": 24}, by=lead)
    make.partnership(idea, other, wanted_role=make.role(idea, name_fi="Laitevalmistaja"))
    client.force_login(lead)
    for _each in range(2):
        client.post(reverse("projects:application_begin", args=[idea.slug]))

    made = Application.objects.get()
    assert (made.title, made.plan, made.amount_cents) == (
        THOUGHT["title_fi"], THOUGHT["description_fi"], 60_000_000,
    )  # fmt: skip
    idea.refresh_from_db()
    assert idea.stage == "preparing"
    client.force_login(other_contact)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Toinen Oy" in page
    assert client.post(f"{made.get_absolute_url()}move/submit/").status_code == 404

    applications.move_application(made, "submit", by=lead)
    applications.move_application(made, "reject", by=lead)

    idea.refresh_from_db()
    made.refresh_from_db()
    assert (idea.stage, made.stage) == ("rejected", "rejected")
    assert made.decided_on == timezone.localdate()


def test_page_of_an_idea_takes_a_constant_number_of_statements(
    client, idea, other_contact, home_cluster
):
    def count():
        with CaptureQueriesContext(connection) as statements:
            client.get(idea.get_absolute_url())
        return len(statements)

    client.force_login(other_contact)
    client.get(idea.get_absolute_url())
    before = count()
    for _each in range(5):
        role = make.role(idea)
        make.partnership(idea, factories.organisation(), wanted_role=role)
        ProjectEditor.objects.create(project=idea, user=factories.user(), stage="accepted")

    assert count() == before


# A person's data.


def test_data_of_the_author_is_given_and_erased(home_cluster, idea, other):
    person = factories.user("lahtee@example.org")
    alone = make.idea(home_cluster, author=person, title_fi="Oma ajatus")
    shared = make.idea(home_cluster, author=person)
    make.partnership(shared, other)
    Support.objects.create(project=idea, user=person)
    partner = make.partnership(idea, other, offered_by=person, note="Minä tarjosin.")
    assert {row["idea"] for row in exports.ideas(person)} >= {"Oma ajatus"}
    assert exports.partner_acts(person)[0]["words"] == "Minä tarjosin."
    assert len(erasure.idea_effects(person)) == 3

    erasure.erase_ideas(person)

    assert not Project.objects.filter(pk=alone.pk).exists()
    shared.refresh_from_db()
    partner.refresh_from_db()
    assert (shared.author, partner.offered_by) == (None, None)
    assert not Support.objects.exists()
    assert exports.ideas(person) == []


def test_partner_of_a_running_project_finds_the_invitation_there(
    client, home_cluster, company, other, other_contact
):
    project = make.project(home_cluster, organisation=company, visibility="members")
    invited = make.partnership(project, other, stage="invited")
    client.force_login(other_contact)

    page = client.get(project.get_absolute_url()).content.decode()
    assert invited.get_absolute_url() in page
    client.post(f"{invited.get_absolute_url()}accept/")

    invited.refresh_from_db()
    assert invited.stage == "accepted"


def test_who_is_invited_in_the_admin_is_told(home_cluster, company, office, other, other_contact):
    project = make.project(home_cluster, organisation=company)

    with tell_newly_invited(project, by=office):
        make.partnership(project, other, stage="invited")

    assert mails("partner_invited") == {other_contact.pk}


def test_day_of_publishing_is_that_of_finland(idea):
    idea.published_at = datetime.datetime(2026, 3, 1, 22, 30, tzinfo=datetime.UTC)

    assert idea_pages.ahead(idea, None)[0]["when_text"] == "2.3.2026"


def test_queue_leads_to_the_ideas_that_it_counts(client, office, home_cluster):
    asked = make.idea(home_cluster, stage="preparing", public_asked_at=timezone.now())
    make.idea(home_cluster, title_fi="Muu idea")
    client.force_login(office)

    queue = desk.ideas_to_answer(office)
    listed = client.get(queue.url).context["cl"].result_list

    assert queue.count == 1
    assert [row.pk for row in listed] == [asked.pk]


def test_who_edits_no_more_and_who_was_only_asked_are_told(idea, lead, outsider, other_contact):
    asked = ProjectEditor.objects.create(project=idea, user=outsider, named_by=lead)
    editing = ProjectEditor.objects.create(project=idea, user=other_contact, stage="accepted")

    co_editors.remove_editor(asked, by=lead)
    co_editors.remove_editor(editing, by=lead)

    told = {
        mail.recipient: rendered(mail).text
        for mail in OutboxMail.objects.filter(kind="co_editor_ended")
    }
    assert "Pyyntö on peruttu" in told[outsider]
    assert "Et enää kirjoita tätä ideaa" in told[other_contact]
    assert len(told) == 2


def test_question_to_the_people_of_a_partner_that_leaves_is_not_taken_back_silently(
    idea, lead, other, other_contact, office
):
    row = make.partnership(idea, other)
    ProjectEditor.objects.create(project=idea, user=other_contact, named_by=lead)

    partnerships.remove(row, by=office, reason="Rooli muuttui.")

    told = {
        mail.recipient: rendered(mail).text
        for mail in OutboxMail.objects.filter(kind="co_editor_ended")
    }
    assert not ProjectEditor.objects.exists()
    assert set(told) == {lead, other_contact}
    assert other_contact.get_full_name() in told[lead]
