"""Proposals to a challenge, questions, and the decision."""

import datetime
import re
import uuid

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import audit, origin
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.kinds import NothingToSay
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from projects import erasure, exports
from projects.models import Challenge, Proposal, Question
from projects.models.proposals import Stage
from projects.pages import proposal_desk
from projects.services import questions
from projects.services.challenges import close_overdue, move_challenge
from projects.services.decisions import Decision, Verdict, decide
from projects.services.proposal_reminders import remind_of_drafts
from projects.services.proposals import move_proposal, save_proposal
from tests import factories, statements
from tests.projects import factories as make

TOLD = {
    "title": "Metsäverkko-paikannin", "what": "Lähetin taskuun.", "evidence": "Maastokoe 5/2026.",
    "trl": 6, "wanted": "Yhden harjoituksen.", "price": "medium", "starts_on": None,
}  # fmt: skip


def mails(kind):
    return list(OutboxMail.objects.filter(kind=kind).values_list("recipient", flat=True))


def send(challenge, organisation, by, **values):
    told = {**TOLD, **values}
    return save_proposal(challenge, told, by=by, organisation=organisation, send=True)


def seen_of(page):
    return re.search(r'name="seen" value="([^"]*)"', page.content.decode())[1]


def close(challenge, poster):
    return move_challenge(challenge, "close", by=poster)


def past(challenge):
    now = timezone.now()
    Challenge.objects.filter(pk=challenge.pk).update(closes_at=now - datetime.timedelta(seconds=1))


def test_proposal_goes_from_draft_to_the_poster(client, challenge, poster, lead, company):
    client.force_login(lead)
    address = reverse("projects:proposal_write", args=[challenge.slug])
    draft = {"title": TOLD["title"], "organisation": company.pk, "then": "draft"}
    client.post(address, draft)
    kept = Proposal.objects.get()
    assert (kept.stage, mails("proposal_received")) == ("draft", [])

    client.post(address, {**TOLD, "starts_on": "", "organisation": company.pk, "then": "send",
                          "is_public": "on", "seen": kept.stamp})  # fmt: skip

    kept.refresh_from_db()
    assert (kept.stage, kept.author, kept.trl) == ("sent", lead, 6)
    assert mails("proposal_received") == [poster.pk]


def test_two_colleagues_who_both_write_the_first_draft(client, challenge, lead, company):
    client.force_login(lead)
    address = reverse("projects:proposal_write", args=[challenge.slug])
    mine = {"title": "Oma ratkaisu", "organisation": company.pk, "then": "draft"}
    began = seen_of(client.get(address))
    save_proposal(challenge, {**TOLD, "title": "Kollegan ratkaisu"}, by=lead, organisation=company)

    refused = client.post(address, {**mine, "seen": began})
    kept = Proposal.objects.get().title
    saved = client.post(address, {**mine, "seen": seen_of(refused)})

    assert (refused.status_code, kept) == (422, "Kollegan ratkaisu")
    assert "Kollegan ratkaisu" in refused.content.decode()
    assert (saved.status_code, Proposal.objects.get().title) == (302, "Oma ratkaisu")


def test_first_draft_that_is_sent_twice_is_kept_once_with_its_files(
    client, challenge, lead, company
):
    client.force_login(lead)
    address = reverse("projects:proposal_write", args=[challenge.slug])
    draft = {"title": TOLD["title"], "organisation": company.pk, "then": "draft"}
    draft["seen"] = seen_of(client.get(address))

    for _press in range(2):
        paper = SimpleUploadedFile("kuvaus.txt", b"Kuvaus", "text/plain")
        assert client.post(address, {**draft, "attachments": paper}).status_code == 302

    assert Proposal.objects.get().files.count() == 1


@pytest.mark.parametrize("missing", ["what", "evidence", "trl", "wanted", "is_public"])
def test_what_lacks_a_point_is_not_sent(client, challenge, lead, company, missing):
    client.force_login(lead)
    sent = {**TOLD, "starts_on": "", "organisation": company.pk, "then": "send", "is_public": "on"}

    page = client.post(
        reverse("projects:proposal_write", args=[challenge.slug]), {**sent, missing: ""}
    )

    assert page.status_code == 422
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("stage", "seen"),
    [
        ("draft", {"member", "lead"}),
        ("withdrawn", {"member", "lead"}),
        ("sent", {"member", "lead", "poster", "office", "admin_user"}),
        ("chosen", {"member", "lead", "poster", "office", "admin_user"}),
        ("declined", {"member", "lead", "poster", "office", "admin_user"}),
    ],
)
def test_proposal_is_seen(request, challenge, company, stage, seen):
    now = timezone.now()
    Proposal.objects.create(
        challenge=challenge, organisation=company, title="Ehdotus", stage=stage, sent_at=now,
        decided_at=now, reason="Perustelu.",
    )  # fmt: skip
    names = ["outsider", "member", "lead", "poster", "office", "other_office", "other_lead",
             "admin_user"]  # fmt: skip
    cast = {name: request.getfixturevalue(name) for name in names}
    cast["visitor"] = AnonymousUser()

    seers = {name for name, user in cast.items() if Proposal.objects.visible_to(user).exists()}

    assert seers == seen


def test_other_proposers_see_only_how_many_there_are(
    client, challenge, lead, company, other_lead, rival
):
    send(challenge, company, lead, title="Salainen keksintö")
    client.force_login(factories.verified(other_lead))

    page = client.get(challenge.get_absolute_url()).content.decode()

    assert "Salainen keksintö" not in page
    assert company.name not in page
    assert client.get(Proposal.objects.get().get_absolute_url()).status_code == 404
    compare = reverse("projects:proposal_compare", args=[challenge.slug])
    assert client.get(compare).status_code == 404


def test_late_proposal_is_kept_as_the_draft(client, challenge, poster, lead, company):
    client.force_login(lead)
    address = reverse("projects:proposal_write", args=[challenge.slug])
    past(challenge)

    page = client.post(address, {**TOLD, "starts_on": "", "organisation": company.pk,
                                 "then": "send", "is_public": "on"}, follow=True)  # fmt: skip

    kept = Proposal.objects.get()
    assert (kept.stage, kept.what, kept.sent_at) == ("draft", TOLD["what"], None)
    assert "määräaika on päättynyt" in page.content.decode().lower()
    assert mails("proposal_received") == []
    assert not Proposal.objects.visible_to(poster).exists()


def test_writer_of_a_draft_hears_before_the_deadline_once_for_each_day(
    challenge, lead, member, company
):
    told = {"title": "Kesken", "what": "Alku."}
    draft = save_proposal(challenge, told, by=lead, organisation=company).proposal
    closes_at = timezone.now() + datetime.timedelta(days=9)
    Challenge.objects.update(closes_at=closes_at)
    counts = []
    for hours in (80, 71, 30, 23, 1, -1):
        with time_machine.travel(closes_at - datetime.timedelta(hours=hours), tick=False):
            remind_of_drafts()
            counts.append(len(mails("proposal_draft_due")))

    assert counts == [0, 1, 1, 2, 2, 2]
    assert set(mails("proposal_draft_due")) == {lead.pk}
    text = letter(OutboxMail.objects.filter(kind="proposal_draft_due").first()).text
    assert "Kesken" in text
    assert "näyttö" in text.lower()
    assert f"?organisation={company.slug}" in text
    assert draft.stage == "draft"


@pytest.mark.parametrize(
    "reason", ["sent", "withdrawn challenge", "begun late", "left the organisation"]
)
def test_who_has_nothing_to_send_is_not_reminded(challenge, lead, company, reason):
    begun = timezone.now() - datetime.timedelta(hours=1 if reason == "begun late" else 99)
    near = timezone.now() + datetime.timedelta(hours=50)
    save_proposal(challenge, TOLD, by=lead, organisation=company, send=reason == "sent")
    Proposal.objects.update(created_at=begun)
    Challenge.objects.update(closes_at=near)
    if reason == "withdrawn challenge":
        Challenge.objects.update(stage="withdrawn")
    if reason == "left the organisation":
        lead.affiliations.all().delete()

    remind_of_drafts()

    assert mails("proposal_draft_due") == []


def test_reminder_is_silent_when_the_draft_was_sent_meanwhile(challenge, lead, company):
    save_proposal(challenge, TOLD, by=lead, organisation=company)
    Proposal.objects.update(created_at=timezone.now() - datetime.timedelta(days=9))
    Challenge.objects.update(closes_at=timezone.now() + datetime.timedelta(hours=50))
    remind_of_drafts()
    challenge.refresh_from_db()
    send(challenge, company, lead)

    with pytest.raises(NothingToSay):
        letter(OutboxMail.objects.get(kind="proposal_draft_due"))


@pytest.mark.parametrize(("name", "field"), [("proposal_write", "what"), ("question_ask", "text")])
@pytest.mark.parametrize("slug", [None, "ei-ole"])
def test_who_was_left_out_while_writing_gets_the_text_back(
    client, challenge, lead, slug, name, field
):
    client.force_login(factories.verified(lead))
    Challenge.objects.update(visibility="group")
    address = reverse(f"projects:{name}", args=[slug or challenge.slug])

    answer = client.post(address, {field: "Viikon <b>työ</b>."})

    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Viikon &lt;b&gt;työ&lt;/b&gt;." in page
    assert challenge.title not in page
    assert not Proposal.objects.exists()
    assert client.post(address, {}).status_code == 404


def test_page_of_what_closed_early_names_no_deadline_ahead(
    client, challenge, poster, lead, company
):
    send(challenge, company, lead)
    close(challenge, poster)
    client.force_login(poster)

    page = client.get(reverse("projects:proposal_compare", args=[challenge.slug])).content.decode()

    assert "Ehdotuksia ei enää oteta vastaan." in page
    assert "Ehdotusaika päättyi" not in page


def test_sent_proposal_is_changed_until_the_deadline(challenge, lead, company):
    send(challenge, company, lead)
    send(challenge, company, lead, what="Parempi.")
    past(challenge)

    with pytest.raises(Refused):
        send(challenge, company, lead, what="Myöhässä.")

    kept = Proposal.objects.get()
    assert (kept.stage, kept.what) == ("sent", "Parempi.")
    assert OutboxMail.objects.filter(kind="proposal_received").count() == 1


def test_withdrawn_proposal_leaves_the_poster_and_can_come_back(challenge, poster, lead, company):
    sent = send(challenge, company, lead).proposal

    move_proposal(sent, "withdraw", by=lead)

    assert mails("proposal_withdrawn") == [poster.pk]
    assert not Proposal.objects.visible_to(poster).exists()
    assert send(challenge, company, lead).proposal.stage == "sent"
    assert Proposal.objects.count() == 1


def test_poster_and_outsider_cannot_propose(challenge, poster, outsider, company):
    for person in (poster, outsider):
        with pytest.raises(Refused):
            send(challenge, challenge.organisation, person)
        with pytest.raises(Refused):
            send(challenge, company, person)


@pytest.mark.parametrize(
    ("sectors", "may"), [([], True), (["business"], True), (["research"], False)]
)
def test_sector_that_is_asked_may_propose(client, challenge, lead, company, sectors, may):
    Challenge.objects.update(proposer_sectors=sectors)
    challenge.refresh_from_db()
    client.force_login(factories.verified(lead))

    page = client.get(challenge.get_absolute_url())

    assert bool(page.context["propose_url"]) is may
    if not may:
        with pytest.raises(Refused):
            send(challenge, company, lead)
        told = client.get(reverse("projects:proposal_write", args=[challenge.slug]), follow=True)
        assert "Tutkimus" in told.content.decode()


def test_draft_of_a_sector_that_is_asked_no_more_is_not_sent(challenge, lead, company):
    save_proposal(challenge, TOLD, by=lead, organisation=company)
    Challenge.objects.update(proposer_sectors=["research"])

    with pytest.raises(Refused):
        send(challenge, company, lead)

    assert Proposal.objects.get().stage == "draft"


def test_who_has_left_the_named_group_sends_and_changes_nothing(challenge, lead, company):
    Challenge.objects.update(visibility="group")
    challenge.named_organisations.set([company])
    sent = send(challenge, company, lead).proposal
    challenge.named_organisations.clear()

    with pytest.raises(Refused):
        send(challenge, company, lead, what="Parempi.")
    with pytest.raises(Refused):
        ask(challenge, lead)

    sent.refresh_from_db()
    assert sent.what == TOLD["what"]


def test_addresses_tell_no_numbers(challenge, lead, company):
    sent, asked = send(challenge, company, lead).proposal, ask(challenge, lead)

    assert sent.get_absolute_url().endswith(f"/proposals/{sent.public_id}/")
    assert asked.get_absolute_url().endswith(f"#question-{asked.form_key}")


def test_former_colleague_loses_the_proposal(challenge, member, company):
    sent = send(challenge, company, member).proposal
    member.affiliations.all().delete()

    assert not Proposal.objects.visible_to(member).contains(sent)
    assert not Proposal.objects.editable_by(member).contains(sent)


def test_database_holds_one_proposal_of_an_organisation(challenge, company):
    Proposal.objects.create(challenge=challenge, organisation=company, title="Yksi")

    with pytest.raises(IntegrityError, match="projects_proposal_one_each"), transaction.atomic():
        Proposal.objects.create(challenge=challenge, organisation=company, title="Toinen")


@pytest.mark.parametrize("text", ["Tämä on TL III aineistoa", "a" * 1_000_000])
def test_bad_proposal_is_refused(client, challenge, lead, company, text):
    client.force_login(lead)
    page = client.post(
        reverse("projects:proposal_write", args=[challenge.slug]),
        {"title": "Nimi", "what": text, "organisation": company.pk, "then": "draft"},
    )

    assert page.status_code == 422
    assert not Proposal.objects.exists()


@pytest.fixture
def sent(challenge, lead, company, other_lead, rival):
    """Of the company and of its rival."""
    return [
        send(challenge, company, lead).proposal,
        send(challenge, rival, other_lead, title="Toinen").proposal,
    ]


def test_decision_answers_each_once(challenge, poster, sent, lead, other_lead):
    first, second = sent
    close(challenge, poster)
    verdicts = {
        first.pk: Verdict(is_chosen=True, reason="Toimii."),
        second.pk: Verdict(is_chosen=False, reason="Liian raskas."),
    }

    decided = decide(challenge, Decision(verdicts, "Kokeillaan keväällä."), by=poster)
    with pytest.raises(Refused):
        decide(challenge, Decision(verdicts, "Uudelleen."), by=poster)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (decided.stage, decided.solution) == ("solved", "Kokeillaan keväällä.")
    assert (first.stage, second.stage) == ("chosen", "declined")
    assert sorted(mails("proposal_decided")) == sorted([lead.pk, other_lead.pk])
    told = letter(OutboxMail.objects.get(kind="proposal_decided", recipient=other_lead))
    assert "Liian raskas." in told.text
    assert "Toimii." not in told.text
    assert "vain haasteen antaja ja koordinaattori" in told.text


def test_nothing_chosen_is_kept_as_demand(client, challenge, poster, lead, company):
    sent = send(challenge, company, lead).proposal
    close(challenge, poster)
    client.force_login(poster)

    client.post(
        reverse("projects:proposal_compare", args=[challenge.slug]),
        {f"verdict_{sent.public_id.hex}": "declined",
         f"reason_{sent.public_id.hex}": "Ei kestä pakkasta.",
         "words": "Yksikään ei kestänyt pakkasta."},
    )  # fmt: skip

    challenge.refresh_from_db()
    assert challenge.stage == "unmatched"
    assert list(Challenge.objects.unmatched()) == [challenge]
    assert "Yksikään ei kestänyt" in client.get(challenge.get_absolute_url()).content.decode()


def test_decision_without_a_reason_to_each_is_refused(client, challenge, poster, lead, company):
    sent = send(challenge, company, lead).proposal
    close(challenge, poster)
    client.force_login(poster)

    page = client.post(
        reverse("projects:proposal_compare", args=[challenge.slug]),
        {
            f"verdict_{sent.public_id.hex}": "chosen",
            f"reason_{sent.public_id.hex}": "",
            "words": "Valittiin.",
        },
    )

    challenge.refresh_from_db()
    assert (page.status_code, challenge.stage) == (422, "closed")
    assert mails("proposal_decided") == []


@pytest.mark.parametrize("action", ["solve", "give_up"])
def test_challenge_does_not_end_past_its_proposals(challenge, poster, lead, company, action):
    send(challenge, company, lead)
    close(challenge, poster)

    with pytest.raises(Refused):
        move_challenge(challenge, action, by=poster, reason="Syy.")


def test_everyone_reads_who_solved_it_and_how(client, challenge, poster, sent, other_lead):
    first, second = sent
    close(challenge, poster)
    verdicts = {
        first.pk: Verdict(is_chosen=True, reason="Toimii."),
        second.pk: Verdict(is_chosen=False, reason="Ei."),
    }
    decide(challenge, Decision(verdicts, "Kokeillaan keväällä."), by=poster)
    client.force_login(factories.verified(other_lead))

    page = client.get(challenge.get_absolute_url())

    assert [row["organisation"] for row in page.context["winners"]] == [first.organisation]
    assert "Kokeillaan keväällä." in page.content.decode()
    assert "Toimii." not in page.content.decode()


def test_withdrawn_challenge_tells_who_proposed(challenge, poster, lead, company):
    send(challenge, company, lead)

    move_challenge(challenge, "withdraw", by=poster, reason="Tarve poistui.")

    assert mails("challenge_withdrawn") == [lead.pk]
    assert "Tarve poistui." in letter(OutboxMail.objects.get(kind="challenge_withdrawn")).text


def ask(challenge, by, **values):
    values = {"form_key": uuid.uuid4(), "is_anonymous": False, **values}
    return questions.ask(challenge, "Saako käyttää satelliittia?", by=by, **values)


def test_question_and_answer_are_seen_by_all_who_see_the_challenge(
    client, challenge, poster, lead, other_lead
):
    question = ask(challenge, lead)
    questions.answer(question, "Saa käyttää.", by=poster)
    questions.answer(question, "Saa, jos hinta kerrotaan.", by=poster)
    client.force_login(factories.verified(other_lead))

    page = client.get(challenge.get_absolute_url()).content.decode()

    assert "Saa, jos hinta kerrotaan." in page
    assert mails("question_asked") == [poster.pk]
    assert mails("question_answered") == [lead.pk]


def test_anonymous_asker_is_known_to_the_poster_alone(
    client, challenge, poster, lead, company, other_lead
):
    ask(challenge, lead, is_anonymous=True)

    names = {}
    for person in (poster, other_lead):
        client.force_login(factories.verified(person))
        names[person] = client.get(challenge.get_absolute_url()).context["questions"][0]["who"]

    assert company.title in names[poster]
    assert company.title not in names[other_lead]


def test_question_without_a_name_is_refused_where_the_poster_does_not_take_one(challenge, lead):
    Challenge.objects.update(takes_anonymous=False)

    with pytest.raises(Refused):
        ask(challenge, lead, is_anonymous=True)

    assert not Question.objects.exists()


def test_same_form_asks_once(challenge, lead):
    key = uuid.uuid4()

    assert ask(challenge, lead, form_key=key) == ask(challenge, lead, form_key=key)


def test_outsider_and_late_member_ask_nothing(challenge, outsider, lead):
    with pytest.raises(Refused):
        ask(challenge, outsider)
    past(challenge)
    with pytest.raises(Refused):
        ask(challenge, lead)


def test_only_the_poster_answers(client, challenge, lead, other_lead):
    question = ask(challenge, lead)
    client.force_login(other_lead)

    page = client.post(
        reverse("projects:question_answer", args=[challenge.slug, question.form_key]),
        {"answer": "Joo."},
    )

    question.refresh_from_db()
    assert (page.status_code, question.answer) == (404, "")


def test_opening_of_a_graded_challenge_is_shown_to_the_poster(client, challenge, poster, lead):
    Challenge.objects.update(visibility="group", named_sectors=["business"])
    client.force_login(factories.verified(lead))
    for _time in range(2):
        client.get(challenge.get_absolute_url())
    client.force_login(poster)

    page = client.get(challenge.get_absolute_url())

    assert [row["what"] for row in page.context["opened"]] == [str(lead)]
    assert AuditEntry.objects.filter(action="challenge opened").count() == 1


def test_all_openings_stand_on_pages_of_their_own(client, challenge, poster, lead):
    Challenge.objects.update(visibility="group", named_sectors=["business"])
    for _number in range(55):
        audit.record(challenge, "challenge opened", by=lead)
    client.force_login(poster)
    page = client.get(challenge.get_absolute_url())
    assert len(page.context["opened"]) == 12

    first = client.get(page.context["all_opened_url"])
    second = client.get(page.context["all_opened_url"] + "?page=2")

    assert [len(one.context["rows"]) for one in (first, second)] == [50, 5]
    client.force_login(lead)
    assert client.get(page.context["all_opened_url"]).status_code == 404


def test_opening_of_an_ungraded_challenge_is_not_written_down(client, challenge, lead):
    client.force_login(factories.verified(lead))
    client.get(challenge.get_absolute_url())

    assert not AuditEntry.objects.filter(action="challenge opened").exists()


def test_reading_of_the_proposals_is_written_down(client, challenge, poster, lead, company):
    send(challenge, company, lead)
    client.force_login(poster)
    client.get(reverse("projects:proposal_compare", args=[challenge.slug]))

    assert AuditEntry.objects.filter(action="proposals opened", actor=poster).count() == 1


def test_topic_is_started_from_a_challenge(client, challenge, poster):
    addresses = [row["url"] for row in origin.starts_of(challenge, poster)]
    topic = next(url for url in addresses if "theses" in url)
    client.force_login(factories.verified(poster))

    form = client.get(topic).context["form"]

    assert form.initial["challenge"] == challenge.pk


def test_pages_keep_their_number_of_statements(client, request, challenge, poster, lead):
    client.force_login(factories.verified(poster))
    pages = [challenge.get_absolute_url(),
             reverse("projects:proposal_compare", args=[challenge.slug])]  # fmt: skip
    ask(challenge, lead)
    send(challenge, lead.affiliations.get().organisation, lead)
    for page in pages:
        client.get(page)
    one = [len(statements.of_page(client, page)) for page in pages]
    other = request.getfixturevalue("other_lead")
    send(challenge, request.getfixturevalue("rival"), other)
    ask(challenge, other)

    assert [len(statements.of_page(client, page)) for page in pages] == one


def test_overdue_challenge_closes_and_waits_for_its_decision(challenge, poster, lead, company):
    send(challenge, company, lead)
    past(challenge)

    close_overdue()

    challenge.refresh_from_db()
    assert challenge.stage == "closed"
    assert Proposal.objects.get().stage == Stage.SENT


def test_desks_of_both_sides_show_what_waits(challenge, poster, lead, company):
    send(challenge, company, lead)
    question = ask(challenge, lead)

    asked = [row["title"] for row in proposal_desk.questions_to_answer(poster)]
    proposed = [row["title"] for row in proposal_desk.my_proposals(lead)]
    questions.answer(question, "Saa.", by=poster)

    assert (asked, proposed) == (["Saako käyttää satelliittia?"], [TOLD["title"]])
    assert proposal_desk.questions_to_answer(poster) == []
    assert proposal_desk.questions_to_answer(lead) == []
    assert proposal_desk.my_proposals(poster) == []


def test_person_is_exported_and_erased_with_their_words_left(challenge, member, company):
    send(challenge, company, member)
    ask(challenge, member)
    exported = [*exports.proposals(member), *exports.questions(member)]
    told = erasure.effects(member)

    erasure.erase(member)

    assert [row["challenge"] for row in exported] == [challenge.title_fi] * 2
    assert len(told) == 2
    assert Proposal.objects.get().author is None
    assert Question.objects.get().asker is None


def test_hidden_asker_is_named_to_the_challenges_side_alone(
    client, challenge, poster, lead, company, other_lead
):
    company.visibility = "private"
    company.save()
    ask(challenge, lead)

    names = []
    for person in (poster, other_lead):
        client.force_login(factories.verified(person))
        names.append(client.get(challenge.get_absolute_url()).context["questions"][0]["who"])

    assert names == [company.title, "Jäsen"]


def test_second_of_two_who_answer_a_question_is_told(client, challenge, poster, lead):
    question = ask(challenge, lead)
    client.force_login(factories.verified(poster))
    address = reverse("projects:question_answer", args=[challenge.slug, question.form_key])
    began = seen_of(client.get(address))
    questions.answer(question, "Saa.", by=poster)

    refused = client.post(address, {"answer": "Ei saa.", "seen": began})

    question.refresh_from_db()
    assert (refused.status_code, question.answer) == (422, "Saa.")
    client.post(address, {"answer": "Ei saa.", "seen": seen_of(refused)})
    question.refresh_from_db()
    assert question.answer == "Ei saa."


def test_drafts_that_can_no_longer_be_sent_hide_nothing(
    home_cluster, company, lead, challenge, monkeypatch
):
    monkeypatch.setattr(proposal_desk, "ON_DESK", 1)
    over = make.challenge(home_cluster, visibility="members")
    save_proposal(over, {"title": "Vanha luonnos"}, by=lead, organisation=company, send=False)
    past(over)
    send(challenge, company, lead)

    assert [row["title"] for row in proposal_desk.my_proposals(lead)] == [TOLD["title"]]
    assert proposal_desk.live_proposals(lead).count() == 1


def test_chosen_proposal_stays_on_the_desk_for_a_while(challenge, poster, lead, company):
    chosen = send(challenge, company, lead).proposal
    past(challenge)
    close_overdue()
    challenge.refresh_from_db()
    verdicts = {chosen.pk: Verdict(is_chosen=True, reason="Kevyin.")}
    decide(challenge, Decision(verdicts, "Kokeillaan keväällä."), by=poster)

    (row,) = proposal_desk.my_proposals(lead)

    assert (row["title"], row["text"]) == (TOLD["title"], challenge.title)
    past_months = timezone.now() - proposal_desk.CHOSEN_FOR - datetime.timedelta(days=1)
    Challenge.objects.update(decided_at=past_months)
    assert proposal_desk.my_proposals(lead) == []
