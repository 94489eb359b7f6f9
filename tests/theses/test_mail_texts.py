"""What the letters say is true of their reader, and what they lead to can be opened."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone, translation

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from theses.kinds.applications import addresses_in
from theses.models import Agreement
from theses.services import applications, approaches, interviews, supervision, topics, workspace

ROOM = "https://meet.example.org/haastattelu-1?a=1&b=2"


def text_of(kind, reader):
    return letter(OutboxMail.objects.get(kind=kind, recipient=reader)).text


def lines_of(text):
    return [line.strip() for line in text.splitlines()]


@pytest.fixture
def invited(topic, student, lead):
    """To an interview behind a web address."""
    sent = applications.apply(topic, by=student, motivation="Kiinnostaa.", school="Koulu")
    soon = timezone.now() + datetime.timedelta(days=2)
    meeting = f"Etänä ({ROOM}), älä avaa www.evil.example."
    return interviews.propose_times(sent, [soon], by=lead, minutes=30, meeting=meeting)


def test_address_of_an_interview_can_be_opened_from_the_letter(invited, student):
    mail = letter(OutboxMail.objects.get(kind="thesis_interview_proposed", recipient=student))

    assert ROOM in lines_of(mail.text)
    assert f'<a href="{ROOM.replace("&", "&amp;")}"' in mail.html
    assert 'href="www.evil' not in mail.html


def test_address_that_stands_alone_is_said_once(topic, student, lead):
    sent = applications.apply(topic, by=student, motivation="Kiinnostaa.", school="Koulu")
    soon = timezone.now() + datetime.timedelta(days=2)
    interviews.propose_times(sent, [soon], by=lead, minutes=30, meeting=ROOM)

    assert text_of("thesis_interview_proposed", student).count(ROOM) == 1


def test_agreed_interview_names_its_address_too(invited, student, lead):
    interviews.pick_time(invited, invited.interview_times.get(), by=student)

    assert ROOM in lines_of(text_of("thesis_interview_agreed", lead))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (f"Täällä: {ROOM}.", [ROOM]),
        ("(http://example.org/a), HTTPS://EXAMPLE.ORG", ["http://example.org/a", "HTTPS://EXAMPLE.ORG"]),
        ("javascript:alert(1) data:text/html,x ftp://example.org file:///etc/passwd", []),
        ("https://bank.fi@evil.example/ https://xn@ https://", []),
        ("https://\u0440\u0430yp\u0430l.com https://example.org/\u202egnp.exe", []),
        ("www.example.org example.org", []),
        ("https://example.org/" + "a" * 300, []),
        (" ".join(f"https://example.org/{n}" for n in range(9)),
         [f"https://example.org/{n}" for n in range(3)]),
    ],
)  # fmt: skip
def test_only_plain_web_addresses_stay_whole(typed, found):
    assert addresses_in(typed) == found


def test_student_whose_idea_opens_is_not_told_of_applications(student, office, home_cluster):
    idea = made.idea(student, home_cluster, stage="in_review", published_at=None)
    student.language = "en"
    student.save()

    topics.publish_topic(idea, by=office)

    said = text_of("topic_published", student)
    assert "Organisations can now offer to commission it" in said
    assert "apply" not in said


def test_student_whose_idea_is_commissioned_is_led_to_her_workspace(
    student, lead, company, home_cluster
):
    idea = made.idea(student, home_cluster)
    offer = approaches.send(idea, "commission", by=lead, organisation=company, message="Tilaamme.")

    approaches.answer(offer, "accept", by=student)

    said = text_of("thesis_application_accepted", student)
    assert "Ideallasi on nyt toimeksiantaja" in said
    assert student.thesis_applications.get().thesis.workspace_url in said


def test_supervisor_is_addressed_herself(topic, lead, company):
    mentor = parties.supervisor(company, name="mentor")

    approaches.send(topic, "invite_supervisor", by=lead, to=mentor, message="Voisitko?")

    assert "Sinua pyydetään ohjaamaan" in text_of("approach_received", mentor)


def test_student_hears_whom_the_coordinator_has_found_for_her_idea(
    student, office, company, home_cluster
):
    idea = made.idea(student, home_cluster)
    mentor = parties.supervisor(company, name="mentor")
    sent = approaches.send(idea, "invite_supervisor", by=office, to=mentor, message="Voisitko?")

    approaches.answer(sent, "accept", by=mentor)

    mail = letter(OutboxMail.objects.get(kind="topic_joined", recipient=student))
    assert mail.subject == f"Aiheellasi on ohjaaja: {idea.title}"
    assert f"{mentor.get_full_name()} on luvannut ohjata" in mail.text
    assert not OutboxMail.objects.filter(kind="topic_joined").exclude(recipient=student).exists()


def test_supervisor_hears_which_organisation_commissions_her_topic(
    office, lead, company, home_cluster
):
    mentor = parties.supervisor(company, name="mentor")
    topic = made.topic(None, home_cluster, origin="supervisor", supervisor=mentor, contact=mentor)
    sent = approaches.send(
        topic, "invite_commissioner", by=office, organisation=company, message="Voisitteko?"
    )

    approaches.answer(sent, "accept", by=lead)

    said = text_of("topic_joined", mentor)
    assert f"{company.title} on nyt aiheesi toimeksiantaja." in said


def test_topic_that_nobody_stands_for_is_no_coordinators_own(office, company, home_cluster):
    factories.coordinator(home_cluster)
    topic = made.topic(company, home_cluster, contact=None)
    mentor = parties.supervisor(company)
    asked = approaches.send(topic, "invite_supervisor", by=office, to=mentor, message="Hei")

    approaches.answer(asked, "accept", by=mentor)

    assert not OutboxMail.objects.filter(kind="topic_joined").exists()


def test_who_asked_is_answered_once(student, lead, company, home_cluster):
    idea = made.idea(student, home_cluster)
    offer = approaches.send(idea, "commission", by=lead, organisation=company, message="Tilaamme.")

    approaches.answer(offer, "accept", by=student)

    assert not OutboxMail.objects.filter(kind="topic_joined").exists()


def test_who_waits_for_room_is_named_where_nobody_else_is_left(topic, student, company):
    full = parties.supervisor(company, room=0, name="full")
    other = parties.supervisor(company, name="other")
    thesis = parties.thesis(topic, student)
    request = supervision.choose_supervisors(thesis, [full, other], by=student)

    supervision.answer(request, "decline", by=other, reason="Virkavapaalla.")

    said = text_of("supervision_answered", student)
    assert f"{full.get_full_name()} ottaa työn ohjattavakseen, kun tilaa on" in said
    assert "Seuraavaksi" not in said


def test_first_filling_of_the_agreement_undoes_no_confirmations(topic, student, lead, company):
    topic.contact = lead
    topic.save()
    mentor = parties.supervisor(company, name="mentor")
    thesis = parties.thesis(topic, student, mentor)
    workspace.change_agreement(thesis, {"permits": "not_needed"}, by=mentor)
    Agreement.objects.filter(thesis=thesis).update(student_at=timezone.now())
    workspace.change_agreement(thesis, {"data": "public"}, by=mentor)

    kept = OutboxMail.objects.filter(kind="agreement_changed", recipient=student).order_by("pk")
    first, second = (letter(mail) for mail in kept)

    assert first.subject.startswith("Sopimusta on täytetty")
    assert second.subject.startswith("Sopimus on muuttunut")
    undone = "Aiemmat vahvistukset"
    assert (undone in first.text, undone in second.text) == (False, True)


def test_confirmation_of_one_says_who_is_still_to_confirm(topic, student, lead, company):
    topic.contact = lead
    topic.save()
    mentor = parties.supervisor(company, name="mentor")
    thesis = parties.thesis(topic, student, mentor)
    values = {"permits": "not_needed", "data": "public", "rights": "licence"}
    Agreement.objects.filter(thesis=thesis).update(signed_on=timezone.localdate(), **values)

    workspace.confirm_agreement(thesis, by=mentor)

    mail = letter(OutboxMail.objects.get(kind="agreement_confirmed", recipient=student))
    assert mail.subject == f"Sopimus on vahvistettu: {thesis.title}"
    assert f"Vahvistus puuttuu: {student}, {company.title}" in mail.text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_agreement_that_several_are_to_confirm_is_said_in_the_plural(
    language, topic, student, company
):
    with translation.override(language):
        one, many = (translation.gettext(f"confirm{s} the agreement") for s in ("s", ""))

    assert (one != many) is (language != "sv")  # Swedish verbs do not tell


def test_stepping_back_is_told_in_each_readers_language(client, topic, student, company):
    student.language = "sv"
    student.save()
    mentor = parties.supervisor(company, name="mentor")
    thesis = parties.thesis(topic, student, mentor)
    with translation.override("sv"):
        applications.withdraw_application(thesis.application, by=student)
    client.force_login(factories.verified(mentor))

    page = client.get(thesis.workspace_url).content.decode()

    assert "Perustelu: Opiskelija vetäytyi." in text_of("thesis_ended", mentor)
    assert "Opiskelija vetäytyi." in page
    assert "Studenten drog sig ur." not in page
