"""Parts in goals, comments on a draft, reviews, the report and its file."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from projects.models import Comment, GoalPart, InfluenceGoal, Mandate, Review, Transfer
from projects.services import rounds
from projects.services.ownership import answer_part, ask_for_part
from projects.services.programmes import approve_programme, new_version
from projects.services.updates import Told, report
from tests import factories
from tests.notifications.test_rendering import letter
from tests.projects import factories as make
from tests.surveys import factories as surveys

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


@pytest.fixture
def programme(home_cluster, company):
    return make.approved_programme(home_cluster, company, visibility="public")


@pytest.fixture
def draft(programme, office):
    made = new_version(programme, by=office)
    made.comments_until = timezone.localdate() + datetime.timedelta(days=7)
    made.save()
    return made


def part_of(programme, organisation, **values):
    goal = programme.goals.get()
    return GoalPart(goal=goal, organisation=organisation, **{"part": "owner", **values})


def page(programme, name="programme_report"):
    return reverse(f"projects:{name}", args=[programme.home_cluster.slug, programme.version])


def test_organisation_is_asked_and_accepts_its_part(client, programme, company, lead, office):
    part = ask_for_part(part_of(programme, company), by=office)
    mail = OutboxMail.objects.get(kind="part_asked")
    assert mail.recipient == lead
    assert part.get_absolute_url() in letter(mail).text

    client.force_login(lead)
    assert client.get(part.get_absolute_url()).status_code == 200
    client.post(reverse("projects:goal_part_move", args=[part.public_id, "accept"]))

    part.refresh_from_db()
    assert (part.stage, part.person, part.answered_on) == (
        "accepted", str(lead), timezone.localdate()
    )  # fmt: skip
    assert programme.goals.get().owner == company
    assert OutboxMail.objects.get(kind="part_answered").recipient == office


def test_goal_has_one_owner_only(programme, company, lead, other_lead, office):
    mine = ask_for_part(part_of(programme, company), by=office)
    neighbour = other_lead.affiliations.get().organisation
    theirs = ask_for_part(part_of(programme, neighbour), by=office)
    answer_part(mine, "accept", by=lead)

    with pytest.raises(Refused):
        answer_part(theirs, "accept", by=other_lead)
    answer_part(mine, "decline", by=lead, reason="Emme ehdi.")
    assert programme.goals.get().owner is None
    assert answer_part(theirs, "accept", by=other_lead).stage == "accepted"


def test_declining_needs_a_reason(client, programme, company, lead, office):
    part = ask_for_part(part_of(programme, company), by=office)
    client.force_login(lead)

    client.post(reverse("projects:goal_part_move", args=[part.public_id, "decline"]))

    part.refresh_from_db()
    assert part.stage == "asked"


@pytest.mark.parametrize(
    ("person", "seen"),
    [("outsider", False), ("other_lead", False), ("lead", True), ("office", True)],
)
def test_part_is_answered_by_its_own_side(client, person, seen, programme, company, cast):
    part = ask_for_part(part_of(programme, company), by=cast["office"])
    client.force_login(cast[person])

    assert client.get(part.get_absolute_url()).status_code == (200 if seen else 404)


def test_part_in_a_draft_is_seen_by_who_is_asked(draft, lead, other_lead, company, office):
    ask_for_part(part_of(draft, company), by=office)

    assert GoalPart.objects.visible_to(lead).filter(goal__programme=draft).exists()
    assert not GoalPart.objects.visible_to(other_lead).filter(goal__programme=draft).exists()


def test_table_shows_gaps_and_who_has_not_answered(client, programme, company, office):
    ask_for_part(part_of(programme, company), by=office)

    text = client.get(programme.get_absolute_url()).content.decode()

    assert "(odottaa)" in text
    assert "ei ole omistajaa" in text


def test_commitments_lists_and_acts_go_on_in_the_next_version(programme, company, lead, office):
    answer_part(ask_for_part(part_of(programme, company), by=office), "accept", by=lead)
    Mandate.objects.create(
        programme=programme, task_fi="Tehtävä", role_fi="Tukee", authority=company
    )
    Transfer.objects.create(programme=programme, what_fi="Rekisteri")
    goal = InfluenceGoal.objects.create(programme=programme, title_fi="V", target="Ministeriö")
    goal.acts.create(kind="meeting", on=timezone.localdate(), title="Tapaaminen")

    draft = new_version(programme, by=office)

    assert draft.goals.get().parts.get().stage == "accepted"
    assert draft.mandates.count() == draft.transfers.count() == 1
    copied = draft.influence_goals.get()
    assert (copied.target, copied.acts.get().title) == ("Ministeriö", "Tapaaminen")
    assert programme.goals.get().parts.count() == goal.acts.count() == 1


# Comments


def test_named_person_comments_and_the_coordinator_hears(client, draft, outsider, office):
    client.force_login(outsider)
    assert client.get(page(draft, "programme_comment")).status_code == 404
    draft.commenters.add(outsider)

    answer = client.post(page(draft, "programme_comment"), {"text": "Lisätkää kunta."})

    assert answer.status_code == 302
    assert draft.comments.get().text == "Lisätkää kunta."
    mail = OutboxMail.objects.get(kind="programme_commented")
    assert mail.recipient == office
    assert "Lisätkää kunta." in letter(mail).text


def test_members_comment_where_the_round_is_open_to_them(draft, member, outsider):
    assert not rounds.may_comment(draft, member)
    draft.comments_of_members = True
    draft.save()

    assert rounds.may_comment(draft, member)
    assert not rounds.may_comment(draft, outsider)


def test_round_ends_with_its_day(draft, office):
    draft.comments_until = timezone.localdate() - datetime.timedelta(days=1)
    draft.save()

    with pytest.raises(Refused):
        rounds.comment(draft, "Myöhässä.", by=office)


def test_comment_sent_twice_is_one(draft, office):
    for _ in range(2):
        rounds.comment(draft, "Sama.", by=office)

    assert Comment.objects.count() == 1


def test_writer_reads_the_answer_once_the_version_is_in_force(
    client, draft, outsider, member, office
):
    for one in (outsider, member):
        draft.commenters.add(one)
        rounds.comment(draft, f"Sana: {one.email}", by=one)
    draft.comments.filter(author=outsider).update(outcome="taken", answer="Lisättiin kunta.")
    approved = approve_programme(draft, by=office)

    def read(user):
        client.force_login(user)
        return client.get(page(approved, "programme_stakeholders")).content.decode()

    own = read(outsider)
    assert "Lisättiin kunta." in own
    assert member.email not in own
    assert "Lisättiin kunta." not in read(member)
    everything = read(office)
    assert outsider.email in everything
    assert member.email in everything


def answered(client, office, comment, **values):
    client.force_login(office)
    address = reverse("admin:projects_comment_change", args=[comment.pk])
    return client.post(address, {"outcome": "taken", "answer": "Lisättiin kunta.", **values})


def test_whoever_commented_is_told_of_the_answer_once(client, draft, outsider, office):
    draft.commenters.add(outsider)
    said = rounds.comment(draft, "Lisätkää kunta.", by=outsider)

    answered(client, office, said)
    answered(client, office, said, answer="Lisättiin kunta tavoitteeseen 1.")

    mail = OutboxMail.objects.get(kind="comment_answered")
    assert mail.recipient == outsider
    text = letter(mail).text
    for words in (
        "Lisätkää kunta.",
        "Otettu huomioon",
        "tavoitteeseen 1.",
        draft.get_absolute_url(),
    ):
        assert words in text
    assert AuditEntry.objects.filter(action="comment answered").count() == 2


def test_answer_without_what_became_of_it_is_refused_and_told_to_nobody(
    client, draft, member, office
):
    draft.commenters.add(member)
    said = rounds.comment(draft, "Lisätkää kunta.", by=member)

    page_again = answered(client, office, said, outcome="new")

    assert page_again.status_code == 200
    said.refresh_from_db()
    assert said.answer == ""
    assert not OutboxMail.objects.filter(kind="comment_answered").exists()
    with pytest.raises(Refused):
        rounds.answer_comment(said, "new", "Kiitos.", by=office)


def test_comment_is_answered_by_the_coordinators_of_its_cluster(
    draft, member, other_office, office
):
    draft.commenters.add(member)
    said = rounds.comment(draft, "Lisätkää kunta.", by=member)

    for stranger in (member, other_office):
        with pytest.raises(Refused):
            rounds.answer_comment(said, "taken", "", by=stranger)

    assert rounds.answer_comment(said, "taken", "", by=office).outcome == "taken"


def test_own_comments_and_those_without_a_person_are_told_to_nobody(draft, member, office):
    draft.commenters.add(member)
    gone = rounds.comment(draft, "Lisätkää kunta.", by=member)
    Comment.objects.filter(pk=gone.pk).update(author=None)
    own = rounds.comment(draft, "Korjaan itse.", by=office)

    for said in (gone, own):
        rounds.answer_comment(said, "noted", "", by=office)

    assert not OutboxMail.objects.filter(kind="comment_answered").exists()


@pytest.mark.parametrize(("visibility", "seen"), [("public", True), ("cluster", False)])
def test_answer_after_the_approval_leads_to_where_it_is_read(
    client, draft, outsider, office, visibility, seen
):
    draft.commenters.add(outsider)
    said = rounds.comment(draft, "Lisätkää kunta.", by=outsider)
    draft.visibility = visibility
    draft.save()
    approved = approve_programme(draft, by=office)

    rounds.answer_comment(said, "taken", "Lisättiin.", by=office)

    text = letter(OutboxMail.objects.get(kind="comment_answered")).text
    where = page(approved, "programme_stakeholders")
    assert ("Lisättiin." in text, where in text) == (True, seen)
    client.force_login(outsider)
    assert ("Lisättiin." in client.get(where).content.decode()) is seen


def test_approval_is_told_to_owners_and_to_who_commented(draft, outsider, lead, office):
    for one in (outsider, lead):
        draft.commenters.add(one)
    for one in (outsider, office):
        rounds.comment(draft, f"Sana: {one.email}", by=one)

    approved = approve_programme(draft, by=office)

    mails = {mail.recipient: letter(mail).text
             for mail in OutboxMail.objects.filter(kind="programme_approved")}  # fmt: skip
    assert set(mails) == {outsider, lead}
    answers = page(approved, "programme_stakeholders")
    assert ("jonka luonnosta kommentoit" in mails[outsider], answers in mails[outsider]) == (
        True, True
    )  # fmt: skip
    assert ("vastaa ainakin yhdestä" in mails[lead], answers in mails[lead]) == (True, False)


def test_coordinator_is_led_to_the_next_version_and_the_comments(
    client, programme, member, outsider, office
):
    client.force_login(member)
    assert (
        "Valmistele seuraava versio"
        not in client.get(programme.get_absolute_url()).content.decode()
    )
    client.force_login(office)
    link = reverse("admin:projects_programme_change", args=[programme.pk])
    assert link in client.get(programme.get_absolute_url()).content.decode()

    draft = new_version(programme, by=office)
    draft.commenters.add(outsider)
    draft.comments_until = timezone.localdate()
    draft.save()
    rounds.comment(draft, "Lisätkää kunta.", by=outsider)

    assert link not in client.get(programme.get_absolute_url()).content.decode()
    text = client.get(draft.get_absolute_url()).content.decode()
    assert reverse("admin:projects_programme_change", args=[draft.pk]) in text
    answering = f"{reverse('admin:projects_comment_changelist')}?outcome__exact=new"
    assert answering in text
    assert str(outsider) in client.get(answering).content.decode()


def test_marked_comment_is_refused(client, draft, office):
    client.force_login(office)

    answer = client.post(page(draft, "programme_comment"), {"text": "TL IV KÄYTTÖ RAJOITETTU"})

    assert answer.status_code == 422
    assert Comment.objects.count() == 0


def test_people_of_the_round_are_told_once(client, draft, outsider, office):
    draft.commenters.add(outsider)
    client.force_login(office)
    for _ in range(2):
        client.post(page(draft, "comment_round_open"))

    mail = OutboxMail.objects.get(kind="comments_asked")
    assert page(draft, "programme_comment") in letter(mail).text


# Year clock


def test_approval_starts_the_clock_and_a_review_plans_the_next(draft, office):
    approved = approve_programme(draft, by=office)
    first = approved.reviews.get()
    assert (first.months, first.held_on) == (6, None)

    held = rounds.hold_review(first, "Kaikki etenee.", by=office)

    assert held.counts == {"in_progress": 1}
    assert [review.months for review in approved.reviews.all()] == [6, 12]
    assert approved.reviews.last().due_on == rounds.later(first.due_on)


@pytest.mark.parametrize(
    ("day", "after"),
    [("2026-08-31", "2027-02-28"), ("2026-01-15", "2026-07-15"), ("2026-07-01", "2027-01-01")],
)
def test_half_a_year_later(day, after):
    assert rounds.later(datetime.date.fromisoformat(day)).isoformat() == after


def test_review_is_held_once_and_by_the_coordinator(client, programme, office, lead):
    review = Review.objects.create(programme=programme, due_on=timezone.localdate())
    address = reverse("projects:review_hold", args=[review.public_id])
    client.force_login(lead)
    assert client.get(address).status_code == 404

    client.force_login(office)
    assert client.post(address, {"words": "Kaikki etenee."}).status_code == 302
    assert client.post(address, {"words": "Toinen."}).status_code == 422
    review.refresh_from_db()
    assert review.words == "Kaikki etenee."


# Report


def test_report_and_file_hold_every_measure(client, programme, company, lead):
    measure = programme.goals.get().measures.get()
    report(measure, Told("done", text="=Valmista"), by=lead)

    shown = client.get(page(programme)).content.decode()
    file = client.get(page(programme, "programme_csv")).content.decode()

    assert "=Valmista" in shown
    assert "'=Valmista" in file
    assert file.count("\n") == 2


def test_influence_mandates_and_transfers_stand_on_a_page(client, programme, company):
    Mandate.objects.create(
        programme=programme, task_fi="Yhteensovitus", role_fi="Tukee", authority=company
    )
    Transfer.objects.create(programme=programme, what_fi="Rekisteri jatkuu")
    goal = InfluenceGoal.objects.create(programme=programme, title_fi="V", target="Ministeriö")
    goal.acts.create(kind="statement", on=timezone.localdate(), title="Lausunto radoista")

    text = client.get(page(programme, "programme_continuity")).content.decode()

    for words in ("Yhteensovitus", "Rekisteri jatkuu", "Ministeriö", "Lausunto radoista"):
        assert words in text


@pytest.mark.parametrize(
    "name", ["programme_report", "programme_csv", "programme_continuity", "programme_stakeholders"]
)
def test_draft_has_no_report_for_others(client, draft, name, member):
    client.force_login(member)

    assert client.get(page(draft, name)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_programme_asks_twelve_statements(
    client, programme, lead, office, count, django_assert_max_num_queries
):
    company = programme.organisation
    for _ in range(count):
        measure = make.measure(programme, responsible=company)
        report(measure, Told("in_progress", text="Etenee."), by=lead)
        project = make.project(programme.home_cluster)
        project.measures.add(measure)
        goal = InfluenceGoal.objects.create(programme=programme, title_fi="V")
        goal.acts.create(kind="meeting", on=timezone.localdate(), title="Tapaaminen")
    ask_for_part(part_of(programme, company), by=office)
    client.get(programme.get_absolute_url())

    with django_assert_max_num_queries(12):
        assert client.get(programme.get_absolute_url()).status_code == 200


def test_closed_account_is_not_told(draft, office):
    gone = factories.user("gone@example.org", is_active=False)
    draft.commenters.add(gone)

    assert rounds.open_round(draft, by=office) == 0


# Stakeholders


def test_goal_is_proposed_in_the_comment_round(client, draft, outsider):
    draft.commenters.add(outsider)
    client.force_login(outsider)

    client.post(page(draft, "programme_comment"), {"kind": "goal", "text": "Vapaaehtoiset."})

    assert draft.comments.get().kind == "goal"
    text = client.get(page(draft, "programme_comment")).content.decode()
    assert "Ehdotus uudeksi tavoitteeksi" in text


@pytest.mark.parametrize(("person", "named"), [("visitor", False), ("office", True)])
def test_talks_tell_how_many_were_heard_and_the_coordinator_who(
    client, person, named, cast, programme, home_cluster
):
    asked = factories.organisation("Kuultu ry")
    talk = surveys.survey_round(home_cluster, mode="interviews", visibility="public")
    surveys.response(talk, organisation=asked, stage="held", held_on=timezone.localdate())
    programme.talks.add(talk)
    if person != "visitor":
        client.force_login(cast[person])

    text = client.get(page(programme, "programme_stakeholders")).content.decode()

    assert "Kuultu 1/1 kutsutusta" in text
    assert ("Kuultu ry" in text) == named
    assert (
        page(programme, "programme_stakeholders")
        in client.get(programme.get_absolute_url()).content.decode()
    )


def test_talks_go_on_in_the_next_version(programme, home_cluster, office):
    talk = surveys.survey_round(home_cluster)
    programme.talks.add(talk)

    assert list(new_version(programme, by=office).talks.all()) == [talk]
