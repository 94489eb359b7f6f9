"""Rounds: opened, invited, reminded, closed; who is told, how often, and who never is."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from cluster_portal.notifications.kinds import NothingToSay
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import rendering
from cluster_portal.surveys.kinds import rounds as kinds
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.services import (
    invitations,
    letter_receivers,
    reminders,
    responses,
    rounds,
)
from tests import factories
from tests.surveys import factories as make

A_WEEK = datetime.timedelta(days=7)


def told(kind):
    rows = OutboxMail.objects.filter(kind=kind).order_by("recipient_id")
    return list(rows.values_list("recipient_id", flat=True))


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


@pytest.fixture
def draft(home_cluster):
    return make.survey_round(home_cluster, stage="draft")


def invited(in_round, organisations, by, **how):
    return invitations.invite(in_round, organisations, by=by, **how)


def waits(in_round, **values):
    """A response that was invited ten days ago."""
    return make.response(in_round, **{"invited_at": ago(10), **values})


def test_invited_are_told_when_the_round_opens_and_not_before(draft, company, lead, office):
    invited(draft, [company], office)
    assert told("survey_invitation") == []

    rounds.open_round(draft, by=office)

    draft.refresh_from_db()
    assert (draft.stage, told("survey_invitation")) == ("open", [lead.pk])
    assert draft.responses.get().invited_at is not None


def test_whoever_is_invited_later_is_told_at_once_and_only_they(
    draft, company, lead, other_lead, office
):
    invited(draft, [company], office)
    rounds.open_round(draft, by=office)
    OutboxMail.objects.all().delete()

    done = invited(draft, [company, other_lead.affiliations.get().organisation], office)

    assert (len(done.new), done.known) == (1, 1)
    assert told("survey_invitation") == [other_lead.pk]


def test_organisation_without_anybody_is_invited_and_named(draft, home_cluster, office):
    silent = factories.organisation("Hiljainen Oy")
    factories.membership(silent, home_cluster)

    done = invited(draft, [silent], office)

    assert (len(done.new), done.silent) == (1, [silent])


@pytest.mark.parametrize(
    ("role", "whom"), [("contact", "lead"), ("representative", "rep"), ("deputy", "lead")]
)
def test_role_says_who_is_asked_and_the_contact_where_nobody_has_it(
    role, whom, home_cluster, company, lead, office
):
    rep = factories.user("rep@example.org")
    factories.affiliation(rep, company, role="representative")
    in_round = make.survey_round(home_cluster, role=role)

    invited(in_round, [company], office)

    people = {"lead": lead, "rep": rep}
    assert told("survey_invitation") == [people[whom].pk]
    assert Response.objects.mine(people[whom]).filter(round=in_round).exists()


def test_representative_who_left_is_no_more_asked(home_cluster, company, lead, office):
    rep = factories.user()
    post = factories.affiliation(rep, company, role="representative")
    in_round = make.survey_round(home_cluster, role="representative")
    (response,) = invited(in_round, [company], office).new
    assert invitations.asked_of([response])[response.pk] == [rep]

    post.delete()

    assert invitations.asked_of([response])[response.pk] == [lead]


def test_persons_are_asked_each_for_themselves(home_cluster, member, lead, office):
    in_round = make.survey_round(home_cluster, mode="persons")

    done = invited(in_round, [member, lead, member], office)

    assert [row.organisation for row in done.new] == [None, None]
    assert told("survey_invitation") == sorted([member.pk, lead.pk])


@pytest.mark.parametrize("who", ["lead", "other_office", "outsider"])
def test_only_the_clusters_coordinators_invite(who, request, draft, company):
    with pytest.raises(Refused):
        invited(draft, [company], request.getfixturevalue(who))
    assert not draft.responses.exists()


@pytest.mark.parametrize("values", [{"mode": "open"}, {"mode": "anonymous"}, {"stage": "closed"}])
def test_nobody_is_invited_to_what_is_open_to_all_or_over(values, home_cluster, company, office):
    in_round = make.survey_round(home_cluster, **values)

    with pytest.raises(Refused):
        invited(in_round, [company], office)


@pytest.mark.parametrize(
    "values",
    [
        {},  # nobody is invited
        {"mode": "open", "closes_at": ago(1)},
        {"mode": "open", "version": "draft"},
    ],
)
def test_round_that_is_not_ready_does_not_open(values, home_cluster, office):
    if values.get("version"):
        values = {**values, "version": make.version(published=False)}
    in_round = make.survey_round(home_cluster, stage="draft", **values)

    with pytest.raises(Refused):
        rounds.open_round(in_round, by=office)


def test_open_round_keeps_its_questions(home_cluster):
    in_round = make.survey_round(home_cluster)
    other = make.version(template=in_round.version.template)

    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=in_round.pk).update(version=other)


def test_reminder_goes_to_who_has_not_answered_once_in_so_many_days(
    home_cluster, company, lead, other_lead, office
):
    in_round = make.survey_round(home_cluster, reminder_days=7, reminder_limit=2)
    waiting = waits(in_round, organisation=company)
    waits(in_round, organisation=other_lead.affiliations.get().organisation, stage="checked")

    assert [reminders.remind(in_round, by=office) for _again in range(2)] == [1, 0]

    waiting.refresh_from_db()
    assert (waiting.reminders, told("survey_reminder")) == (1, [lead.pk])


def test_reminders_stop_at_the_limit(home_cluster, company, lead, office):
    in_round = make.survey_round(home_cluster, reminder_days=7, reminder_limit=2)
    waiting = waits(in_round, organisation=company)

    for _again in range(4):
        reminders.remind(in_round, by=office)
        Response.objects.update(reminded_at=ago(8))
        OutboxMail.objects.update(created_at=ago(8))

    waiting.refresh_from_db()
    assert waiting.reminders == 2
    rows = OutboxMail.objects.filter(kind="survey_reminder").order_by("pk")
    assert [row.values["is_last"] for row in rows] == [0, 1]


def test_contact_of_several_organisations_gets_one_reminder(home_cluster, company, lead, office):
    second = factories.organisation()
    factories.membership(second, home_cluster)
    factories.affiliation(lead, second, role="contact")
    in_round = make.survey_round(home_cluster)
    for organisation in (company, second):
        waits(in_round, organisation=organisation)

    assert reminders.remind(in_round, by=office) == 1

    assert told("survey_reminder") == [lead.pk]
    assert set(in_round.responses.values_list("reminders", flat=True)) == {1}


def test_one_invited_yesterday_is_not_reminded(home_cluster, company, lead, office):
    in_round = make.survey_round(home_cluster)
    waits(in_round, organisation=company, invited_at=ago(1))

    assert reminders.remind(in_round, by=office) == 0


@pytest.mark.parametrize("who", ["lead", "other_office"])
def test_only_the_clusters_coordinators_remind(who, request, home_cluster, company, lead):
    in_round = make.survey_round(home_cluster)
    waits(in_round, organisation=company)

    with pytest.raises(Refused):
        reminders.remind(in_round, by=request.getfixturevalue(who))


def test_reminder_that_waits_is_dropped_when_the_answer_came(home_cluster, company, lead, office):
    in_round = make.survey_round(home_cluster)
    response = waits(in_round, organisation=company)
    reminders.remind(in_round, by=office)
    mail = OutboxMail.objects.get(kind="survey_reminder")
    assert kinds.reminded(mail)["organisations"] == company.name

    Response.objects.filter(pk=response.pk).update(stage="declined")

    with pytest.raises(NothingToSay):
        kinds.reminded(mail)


def test_of_interviews_only_what_is_to_be_checked_is_reminded(
    home_cluster, company, lead, other_lead, office
):
    in_round = make.survey_round(home_cluster, mode="interviews")
    waits(in_round, organisation=company, stage="invited")
    written = {"stage": "answered", "answered_at": ago(9)}
    waits(in_round, organisation=other_lead.affiliations.get().organisation, **written)

    assert reminders.remind(in_round, by=office) == 1
    assert told("survey_reminder") == [other_lead.pk]


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        ("2026-11-30T10:00:00+02:00", 1),  # a Monday
        ("2026-11-30T03:00:00+02:00", 0),
        ("2026-11-29T10:00:00+02:00", 0),  # a Sunday
    ],
)
def test_chore_reminds_in_working_hours(moment, count, home_cluster, company, lead, monkeypatch):
    now = datetime.datetime.fromisoformat(moment)
    in_round = make.survey_round(
        home_cluster, opened_at=now - 2 * A_WEEK, closes_at=now + A_WEEK
    )  # fmt: skip
    waits(in_round, organisation=company, invited_at=now - 2 * A_WEEK)
    monkeypatch.setattr(timezone, "now", lambda: now)

    assert reminders.remind_due() == count


def test_closing_tells_the_other_coordinators_once(home_cluster, office):
    second = factories.coordinator(home_cluster)
    in_round = make.survey_round(home_cluster)

    rounds.close_round(in_round, by=office)
    with pytest.raises(Refused):
        rounds.close_round(in_round, by=office)

    assert told("survey_closed") == [second.pk]


def test_chore_closes_what_is_over_and_nothing_else(home_cluster, office):
    over = make.survey_round(home_cluster, closes_at=ago(1))
    going = make.survey_round(home_cluster)

    assert [rounds.close_overdue() for _again in range(2)] == [1, 0]

    over.refresh_from_db()
    going.refresh_from_db()
    assert (over.stage, going.stage) == ("closed", "open")
    assert told("survey_closed") == [office.pk]


def test_closed_round_takes_no_answers_until_it_is_opened_again(
    home_cluster, company, lead, office
):
    in_round = make.survey_round(home_cluster)
    response = waits(in_round, organisation=company)
    rounds.close_round(in_round, by=office)
    with pytest.raises(Refused):
        responses.save_answers(response, {"suppliers": "3"}, by=lead)

    rounds.reopen_round(in_round, by=office, reason="Yksi unohtui.")
    responses.save_answers(response, {"suppliers": "3"}, by=lead)

    response.refresh_from_db()
    assert response.answers == {"suppliers": "3"}
    assert audit.of(in_round)[0].reason == "Yksi unohtui."


@pytest.mark.parametrize(
    ("closes_at", "reason"), [(ago(1), "Syy"), (None, ""), (None, "Ks. TL III")]
)
def test_round_is_opened_again_with_a_plain_reason_and_a_coming_day(
    closes_at, reason, home_cluster, office
):
    values = {"closes_at": closes_at} if closes_at else {}
    in_round = make.survey_round(home_cluster, stage="closed", **values)

    with pytest.raises(Refused):
        rounds.reopen_round(in_round, by=office, reason=reason)


def test_next_round_asks_the_same_with_the_newest_questions(
    home_cluster, company, other_lead, office
):
    before = make.survey_round(home_cluster, stage="closed")
    waits(before, organisation=company, stage="checked")
    gone = factories.organisation("Poistunut Oy")
    waits(before, organisation=gone, stage="declined")
    newest = make.version(template=before.version.template)

    made = rounds.repeat_round(before, by=office)

    assert (made.stage, made.previous, made.version) == ("draft", before, newest)
    assert [row.organisation for row in made.responses.all()] == [company]
    assert made.slug != before.slug


def test_day_is_agreed_by_either_side_and_the_other_is_told(home_cluster, company, lead, office):
    in_round = make.survey_round(home_cluster, mode="interviews")
    talk = waits(in_round, organisation=company, interviewer=office)
    day = timezone.localdate() + A_WEEK

    invitations.agree(talk, day, by=office)
    assert told("survey_day_agreed") == [lead.pk]
    invitations.agree(talk, day + A_WEEK, by=lead)
    assert told("survey_day_agreed") == sorted([lead.pk, office.pk])

    talk.refresh_from_db()
    assert (talk.stage, talk.agreed_on) == ("agreed", day + A_WEEK)


def test_talk_is_held_today_and_not_in_the_future(home_cluster, company, office):
    in_round = make.survey_round(home_cluster, mode="interviews")
    talk = waits(in_round, organisation=company)
    with pytest.raises(Refused):
        invitations.hold(talk, by=office, day=timezone.localdate() + A_WEEK)

    held = invitations.hold(talk, by=office)

    assert (held.stage, held.held_on, held.interviewer) == ("held", timezone.localdate(), office)


def test_interviewer_is_a_coordinator_or_a_colleague_of_one(home_cluster, company, office, member):
    host = factories.organisation("Hanketoimisto")
    colleague = factories.user()
    for person in (office, colleague):
        factories.affiliation(person, host)
    in_round = make.survey_round(home_cluster, mode="interviews")
    talk = waits(in_round, organisation=company)

    assert [each.pk for each in invitations.give_to_interviewer([talk], colleague, by=office)]
    assert told("survey_interviewer") == [colleague.pk]
    assert Response.objects.visible_to(colleague).contains(talk)
    with pytest.raises(Refused):
        invitations.give_to_interviewer([talk], member, by=office)


def test_invitation_is_taken_back_unless_somebody_has_begun(home_cluster, company, lead, office):
    in_round = make.survey_round(home_cluster)
    response = waits(in_round, organisation=company)
    with pytest.raises(Refused):
        invitations.withdraw_invitation(response, by=lead)
    responses.save_answers(response, {"suppliers": "3"}, by=lead)
    with pytest.raises(Refused):
        invitations.withdraw_invitation(response, by=office)

    Response.objects.update(answers={})
    invitations.withdraw_invitation(response, by=office)

    assert not in_round.responses.exists()


def test_campaign_letter_reaches_those_who_have_not_answered(
    home_cluster, other_cluster, company, lead, other_lead, member
):
    in_round = make.survey_round(home_cluster)
    done = make.survey_round(home_cluster, stage="closed")
    waits(in_round, organisation=company)
    waits(in_round, organisation=other_lead.affiliations.get().organisation, stage="checked")
    waits(done, person=member)

    def reached(cluster, **narrowed):
        people = letter_receivers.people_who_wait(cluster.pk, narrowed)
        return {person.pk for person in people}

    assert reached(home_cluster) == {lead.pk}
    assert reached(home_cluster, round=[in_round.slug]) == {lead.pk}
    assert reached(home_cluster, round=["other"]) == set()
    assert reached(other_cluster) == set()


def test_every_letter_says_what_it_is_and_keeps_words_as_words(home_cluster, company, lead, office):
    in_round = make.survey_round(home_cluster, title_fi="<b>Kysely</b>", intro_fi="<b>Miksi</b>")
    talks = make.survey_round(home_cluster, mode="interviews", title_fi="<b>Haastattelu</b>")
    over = make.survey_round(home_cluster, stage="closed", title_fi="<b>Ohi</b>")
    done = make.survey_round(home_cluster, stage="published", title_fi="<b>Tulos</b>")
    asked = waits(in_round, organisation=company)
    talk = waits(talks, organisation=company, interviewer=office, stage="agreed")
    last = {"number": 3, "is_last": 1}
    for kind, about, to, values in (
        ("survey_invitation", asked, lead, {}), ("survey_interview", talk, lead, {}),
        ("survey_reminder", in_round, lead, {"number": 1, "is_last": 0}),
        ("survey_reminder", in_round, lead, last),
        ("survey_day_agreed", talk, lead, {}), ("survey_interviewer", talks, office, {}),
        ("survey_closed", over, office, {}), ("survey_results", done, lead, {}),
    ):  # fmt: skip
        outbox.post(kind, to=to, key=str(values), about=about, values=values)

    letters = [rendering.letter(mail) for mail in OutboxMail.objects.order_by("pk")]

    assert len(letters) == 8
    assert all("<b>" in letter.subject and "<b>" not in letter.html for letter in letters)
    assert [letter.subject for letter in letters[2:4]] == [
        "Vastauksesi puuttuu vielä: <b>Kysely</b>", "Viimeinen muistutus: <b>Kysely</b>",
    ]  # fmt: skip


def test_who_answered_is_told_once_that_the_results_are_there(
    home_cluster, company, lead, other_lead, member
):
    done = make.survey_round(home_cluster, stage="published")
    waits(done, organisation=company, stage="checked")
    waits(done, organisation=other_lead.affiliations.get().organisation, stage="declined")
    persons = make.survey_round(home_cluster, stage="published", mode="persons")
    waits(persons, person=member, stage="checked")
    waits(make.survey_round(home_cluster), organisation=company, stage="checked")

    assert [rounds.tell_results() for _again in range(2)] == [2, 0]

    assert told("survey_results") == sorted([lead.pk, member.pk])


def test_only_whom_the_coordinator_may_ask_is_invited(
    draft, other_cluster, company, member, outsider, office
):
    home_cluster = draft.home_cluster
    strange = factories.organisation("Vieras Oy")
    factories.membership(strange, other_cluster)
    persons = make.survey_round(home_cluster, mode="persons")
    talks = make.survey_round(home_cluster, mode="interviews")

    for in_round, asked, how in (
        (draft, [company, strange], {}),
        (persons, [member, outsider], {}),
        (talks, [company], {"interviewer": outsider}),
    ):
        with pytest.raises(Refused):
            invited(in_round, asked, office, **how)

    assert not Response.objects.exists()


def test_private_member_is_invited(home_cluster, outsider, office):
    factories.membership(outsider, home_cluster)
    in_round = make.survey_round(home_cluster, mode="persons")

    assert [row.person for row in invited(in_round, [outsider], office).new] == [outsider]
