"""Pilots: makers of two sectors, the way from draft to learnings, and the library of these."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import origin
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from projects.forms.pilots import PilotEditForm
from projects.models import Challenge, Learning, Pilot, PilotMaker, Proposal
from projects.pages import pilot_desk
from projects.services import pilot_makers
from projects.services.learnings import Written, write_learnings
from projects.services.pilot_makers import answer_maker, ask_maker, remove_maker
from projects.services.pilots import begin_pilot, edit_pilot, end_overdue, move_pilot
from tests import factories, statements
from tests.projects import factories as make

LESSON = Written("advice", "Kaksi pistettä on parempi kuin yksi")


@pytest.fixture
def town(home_cluster):
    made = factories.organisation("Esimerkkikunta", kind="municipality", slug="kunta")
    factories.membership(made, home_cluster)
    return made


@pytest.fixture
def official(town):
    person = factories.user("kunta@example.org")
    factories.affiliation(person, town, role="contact")
    return person


@pytest.fixture
def rival(other_lead):
    return other_lead.affiliations.get().organisation


def card(organisation, **values):
    return {
        "organisation": organisation, "title_fi": "Tarra ja tabletti", "summary_fi": "Riittääkö?",
        "aim": "Tavoite.", "how": "", "place": "Kuopio", "starts_on": timezone.localdate(),
        "ends_on": timezone.localdate(), "participants": "", "costs": "", "reuse": "",
        "testbed": None, "visibility": "members", "form_key": uuid.uuid4(), **values,
    }  # fmt: skip


def mails(kind):
    return list(OutboxMail.objects.filter(kind=kind).values_list("recipient", flat=True))


def maker_of(pilot, organisation):
    return PilotMaker.objects.get(pilot=pilot, organisation=organisation)


def post(client, name, pilot, *args, **data):
    address = reverse(f"projects:{name}", args=[pilot.slug, *args])
    return client.post(address, data, follow=True).content.decode()


def test_authority_begins_a_pilot_from_the_chosen_proposal(
    client, home_cluster, town, official, company, lead
):
    now = timezone.now()
    challenge = make.challenge(home_cluster, organisation=town, stage="solved", decided_at=now)
    chosen = Proposal.objects.create(
        challenge=challenge, organisation=company, title="Tarra", stage="chosen", sent_at=now,
        decided_at=now, reason="Toimii.",
    )  # fmt: skip
    client.force_login(official)
    starts = origin.starts_of(challenge, official)
    address = next(row["url"] for row in starts if "pilots" in row["url"])
    form = client.get(address).context["form"]
    assert form.initial["ask"] == [town.pk, company.pk]
    assert town not in form.fields["ask"].queryset  # it runs the pilot
    assert company in form.fields["ask"].queryset
    told = {name: value for name, value in card(town).items() if value is not None}

    client.post(address, {**told, "organisation": town.pk, "ask": [company.pk]})

    pilot = Pilot.objects.get()
    assert (pilot.challenge, pilot.proposal, pilot.stage) == (challenge, chosen, "draft")
    assert mails("pilot_asked") == [lead.pk]
    assert "vähintään kahdelta sektorilta" in post(client, "pilot_move", pilot, "publish")
    page = client.get(challenge.get_absolute_url()).content.decode()
    assert pilot.get_absolute_url() in page


def test_makers_take_a_pilot_to_its_learnings(client, home_cluster, town, official, company, lead):
    pilot = make.pilot(home_cluster, town)
    ask_maker(pilot, company, by=official)
    client.force_login(lead)
    post(client, "maker_answer", pilot, company.slug, answer="yes")
    for action in ("publish", "start"):
        post(client, "pilot_move", pilot, action)
    rows = {"learnings-TOTAL_FORMS": 1, "learnings-INITIAL_FORMS": 0, "learnings-0-kind": "failed",
            "learnings-0-title": "Tarra irtosi märästä takista", "then": "close"}  # fmt: skip

    post(client, "pilot_learnings", pilot, **rows)

    pilot.refresh_from_db()
    assert (pilot.stage, pilot.sectors) == ("closed", ["business", "public"])
    client.logout()
    library = client.get(reverse("projects:learnings"), {"q": "takki"}).content.decode()
    assert "Tarra irtosi märästä takista" in library


@pytest.mark.parametrize("missing", ["summary_fi", "aim", "place", "starts_on", "ends_on"])
def test_plan_that_lacks_something_is_not_published(home_cluster, company, town, lead, missing):
    pilot = make.pilot(home_cluster, company, town)
    Pilot.objects.filter(pk=pilot.pk).update(**{missing: None if missing.endswith("_on") else ""})

    with pytest.raises(Refused, match="puuttuu"):
        move_pilot(pilot, "publish", by=lead)


def test_one_sector_is_not_enough(home_cluster, company, rival, lead):
    pilot = make.pilot(home_cluster, company, rival)

    with pytest.raises(Refused, match="vähintään kahdelta sektorilta"):
        move_pilot(pilot, "publish", by=lead)


def test_database_refuses_a_published_pilot_of_one_sector(home_cluster, company):
    pilot = make.pilot(home_cluster, company)

    with pytest.raises(IntegrityError), transaction.atomic():
        Pilot.objects.filter(pk=pilot.pk).update(stage="planned", published_at=timezone.now())


def test_who_is_only_asked_is_neither_counted_nor_shown(
    client, home_cluster, company, town, lead, outsider
):
    pilot = make.pilot(home_cluster, company)
    ask_maker(pilot, town, by=lead, role="tester")

    pilot.refresh_from_db()
    assert pilot.sectors == ["business"]
    assert not PilotMaker.objects.visible_to(outsider).filter(organisation=town).exists()


def test_pilot_that_lacks_a_sector_says_who_has_been_asked_already(
    client, home_cluster, company, rival, town, lead
):
    pilot = make.pilot(home_cluster, company)
    ask_maker(pilot, rival, by=lead)
    client.force_login(lead)
    same_sector = client.get(pilot.get_absolute_url()).content.decode()
    assert "Vastausta odotetaan jo" not in same_sector

    ask_maker(pilot, town, by=lead)

    page = client.get(pilot.get_absolute_url()).content.decode()
    assert f"Vastausta odotetaan jo: {town.title}." in page


def test_only_the_asked_organisation_answers(home_cluster, company, town, lead, official):
    pilot = make.pilot(home_cluster, company)
    maker = ask_maker(pilot, town, by=lead)

    with pytest.raises(Refused):
        answer_maker(maker, accept=True, by=lead)
    answer_maker(maker, accept=True, by=official)
    answer_maker(maker, accept=True, by=official)

    pilot.refresh_from_db()
    assert pilot.sectors == ["business", "public"]
    assert mails("pilot_answered") == [lead.pk]


def test_coordinator_answers_for_an_organisation_without_a_contact(
    home_cluster, company, town, lead, office, other_office
):
    pilot = make.pilot(home_cluster, company)
    maker = ask_maker(pilot, town, by=lead)
    assert mails("pilot_asked") == [office.pk]

    with pytest.raises(Refused):
        answer_maker(maker, accept=True, by=other_office)
    answer_maker(maker, accept=True, by=office)

    assert maker_of(pilot, town).answer == "accepted"


def test_declined_organisation_is_not_asked_again(home_cluster, company, town, lead, official):
    pilot = make.pilot(home_cluster, company)
    answer_maker(ask_maker(pilot, town, by=lead), accept=False, by=official)

    with pytest.raises(Refused):
        ask_maker(pilot, town, by=lead)
    assert not Pilot.objects.visible_to(official).exists()


def test_second_sector_does_not_leave_a_published_pilot(
    home_cluster, company, town, lead, official
):
    pilot = make.pilot(home_cluster, company, town, stage="running")

    with pytest.raises(Refused):
        remove_maker(maker_of(pilot, town), by=lead)

    assert pilot.makers.count() == 2


def test_last_maker_of_a_sector_leaves_and_the_pilot_is_a_draft_again(
    home_cluster, company, town, lead, official
):
    pilot = make.pilot(home_cluster, company, town, stage="running")

    remove_maker(maker_of(pilot, town), by=official)

    pilot.refresh_from_db()
    assert (pilot.stage, pilot.sectors) == ("draft", ["business"])
    assert mails("pilot_left") == [lead.pk]


def test_removed_maker_is_told_once_and_nothing_of_the_pilot(
    home_cluster, company, town, lead, official
):
    pilot = make.pilot(home_cluster, company, town, visibility="group")
    maker = maker_of(pilot, town)

    remove_maker(maker, by=lead)
    remove_maker(maker, by=lead)

    told = letter(OutboxMail.objects.get(kind="pilot_removed", recipient=official))
    assert town.title in told.text
    assert pilot.title not in told.text


def test_no_of_an_organisation_stays(home_cluster, company, town, lead, official):
    pilot = make.pilot(home_cluster, company)
    maker = answer_maker(ask_maker(pilot, town, by=lead), accept=False, by=official)

    with pytest.raises(Refused):
        remove_maker(maker, by=lead)
    assert maker_of(pilot, town).answer == "declined"


def test_asking_again_and_again_ends(home_cluster, company, town, lead, monkeypatch):
    monkeypatch.setattr(pilot_makers, "FROM_PERSON", 2)
    pilot = make.pilot(home_cluster, company)
    for _ in range(2):
        remove_maker(ask_maker(pilot, town, by=lead), by=lead)

    with pytest.raises(Refused, match="tänään"):
        ask_maker(pilot, town, by=lead)


def test_pilot_waits_for_few_answers_at_a_time(
    home_cluster, company, town, rival, lead, monkeypatch
):
    monkeypatch.setattr(pilot_makers, "MOST_WAITING", 1)
    values = card(company, title_fi="Monta tekijää")

    with pytest.raises(Refused):
        begin_pilot(values, by=lead, ask=[town, rival])


def test_hidden_maker_is_not_named_to_the_editors(client, home_cluster, company, town, lead):
    pilot = make.pilot(home_cluster, company)
    ask_maker(pilot, town, by=lead)
    town.visibility = "private"
    town.save()
    client.force_login(lead)

    page = client.get(reverse("projects:pilot_makers", args=[pilot.slug])).content.decode()

    assert town.title not in page
    assert "Kumppani, jota ei nimetä" in page


def test_card_keeps_the_readers_that_a_coordinator_has_set(home_cluster, company, lead):
    pilot = make.pilot(home_cluster, company, visibility="private")

    form = PilotEditForm(user=lead, pilot=pilot)

    assert str(form["visibility"]).index('value="private" selected') > 0


def test_maker_that_was_removed_edits_no_more(home_cluster, company, town, lead, official):
    pilot = make.pilot(home_cluster, company, town)
    assert Pilot.objects.editable_by(official).contains(pilot)

    remove_maker(maker_of(pilot, town), by=lead)

    with pytest.raises(Refused):
        edit_pilot(pilot, {"aim": "Toinen."}, by=official)
    assert mails("pilot_left") == [lead.pk] or mails("pilot_left") == []


def test_pilot_without_learnings_is_not_closed(home_cluster, company, town, lead):
    pilot = make.pilot(home_cluster, company, town, stage="closing")

    with pytest.raises(Refused, match="oppi"):
        move_pilot(pilot, "close", by=lead)
    write_learnings(pilot, [LESSON], by=lead, close=True)

    pilot.refresh_from_db()
    assert pilot.stage == "closed"


def test_closed_pilot_keeps_a_learning(home_cluster, company, town, lead):
    pilot = make.pilot(home_cluster, company, town, stage="closed")
    make.learning(pilot)

    with pytest.raises(Refused):
        write_learnings(pilot, [Written("advice", "", number=1, is_gone=True)], by=lead)

    assert Learning.objects.count() == 1


def test_learnings_are_told_when_the_pilot_is_over(home_cluster, company, town, lead, cast):
    pilot = make.pilot(home_cluster, company, town, stage="running")
    make.learning(pilot)
    before = {who for who, user in cast.items() if Learning.objects.visible_to(user).exists()}
    Pilot.objects.update(stage="closed", closed_at=timezone.now())
    after = {who for who, user in cast.items() if Learning.objects.visible_to(user).exists()}

    assert before == {"lead", "office", "admin"}
    assert after == set(cast)


@pytest.mark.parametrize(
    ("stage", "visibility", "seen"),
    [
        ("draft", "public", {"lead", "member", "office", "admin"}),
        ("planned", "public", "all"),
        ("running", "members", {"lead", "member", "other_lead", "office", "other_office", "admin"}),
        ("closed", "cluster", {"lead", "member", "other_lead", "office", "admin"}),
        ("closed", "group", {"lead", "member", "office", "admin"}),
    ],
)
def test_pilot_is_seen(cast, company, town, stage, visibility, seen):
    cluster = company.memberships.get().cluster
    make.pilot(cluster, town, company, stage=stage, visibility=visibility)

    found = {who for who, user in cast.items() if Pilot.objects.visible_to(user).exists()}

    assert found == (set(cast) if seen == "all" else seen)


def test_pilot_stopped_as_a_draft_is_told_to_nobody(
    client, home_cluster, company, town, lead, outsider
):
    pilot = make.pilot(home_cluster, company, town)
    move_pilot(pilot, "stop", by=lead, reason="Ei lupaa.")
    assert not Pilot.objects.visible_to(outsider).exists()

    planned = make.pilot(home_cluster, company, town, stage="planned")
    move_pilot(planned, "stop", by=lead, reason="Tulva tuli aikaisin.")
    assert "Tulva tuli aikaisin" in client.get(planned.get_absolute_url()).content.decode()


def test_same_form_makes_one_pilot_and_asks_once(home_cluster, company, town, lead, official):
    told = card(company)

    first = begin_pilot(told, by=lead, ask=[town])
    second = begin_pilot(told, by=lead, ask=[town])

    assert (first, mails("pilot_asked")) == (second, [official.pk])


def test_nobody_begins_a_pilot_for_another(home_cluster, company, other_lead):
    with pytest.raises(Refused):
        begin_pilot(card(company), by=other_lead)


@pytest.mark.parametrize("action", ["finish", "close"])
def test_pilot_does_not_end_before_its_first_day(home_cluster, company, town, lead, action):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    pilot = make.pilot(home_cluster, company, town, stage="running", starts_on=tomorrow,
                       ends_on=tomorrow)  # fmt: skip
    pilot.learnings.create(number=1, kind="advice", title="Oppi")

    with pytest.raises(Refused, match="ensimmäinen päivä on vielä edessä"):
        move_pilot(pilot, action, by=lead)

    Pilot.objects.update(starts_on=timezone.localdate())
    assert move_pilot(pilot, action, by=lead).stage in {"closing", "closed"}


def test_coordinator_begins_a_pilot_for_whose_challenge_it_is(
    client, home_cluster, company, town, office
):
    challenge = make.challenge(home_cluster, organisation=town, slug="haaste")
    client.force_login(office)

    page = client.get(reverse("projects:pilot_propose"), {"challenge": challenge.slug})

    assert f'<option value="{town.pk}" selected>' in page.content.decode()


def test_second_editor_is_told_of_the_first(client, home_cluster, company, town, lead):
    pilot = make.pilot(home_cluster, company, town)
    seen = pilot.stamp
    edit_pilot(pilot, {"aim": "Ensimmäinen."}, by=lead, seen=seen)

    with pytest.raises(Refused, match="muuttanut"):
        edit_pilot(pilot, {"aim": "Toinen."}, by=lead, seen=seen)


def test_last_day_has_passed_and_makers_are_reminded_thrice(
    home_cluster, company, town, lead, official
):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    pilot = make.pilot(home_cluster, company, town, stage="running", starts_on=yesterday,
                       ends_on=yesterday)  # fmt: skip
    for _round in range(5):
        end_overdue()
        Pilot.objects.filter(reminded_on__isnull=False).update(
            reminded_on=yesterday - datetime.timedelta(days=20)
        )

    pilot.refresh_from_db()
    assert (pilot.stage, pilot.reminders) == ("closing", 3)
    assert sorted(mails("pilot_learnings_due")) == sorted([lead.pk, official.pk] * 3)
    assert [row["title"] for row in pilot_desk.waiting_for_us(lead)] == [pilot.title]


def test_mails_of_a_pilot_say_what_they_are_about(home_cluster, company, town, lead, official):
    pilot = make.pilot(home_cluster, company, summary_fi="Riittääkö tarra?")
    maker = ask_maker(pilot, town, by=lead, role="tester")
    asked = letter(OutboxMail.objects.get(kind="pilot_asked"))
    assert "Riittääkö tarra?" in asked.text
    assert company.title in asked.text

    answer_maker(maker, accept=True, by=official)

    assert "Esimerkkikunta on mukana" in letter(OutboxMail.objects.get(kind="pilot_answered")).text


def test_desk_shows_what_waits(home_cluster, company, town, lead, official):
    pilot = make.pilot(home_cluster, company)
    ask_maker(pilot, town, by=lead)

    assert [row["title"] for row in pilot_desk.asked_of_us(official)] == [pilot.title]
    assert [row["title"] for row in pilot_desk.mine(lead)] == [pilot.title]


def test_measured_values_become_a_picture(client, home_cluster, company, town, lead):
    pilot = make.pilot(home_cluster, company, town, stage="running")
    client.force_login(lead)
    rows = {
        "measured_words": "Kirjattua tunnissa", "measured_goal": "100", "permits-TOTAL_FORMS": "1",
        "permits-INITIAL_FORMS": "0", "permits-0-name": "Tilalupa", "permits-0-state": "granted",
        "permits-0-granted_on": "2026-11-01", "values-TOTAL_FORMS": "3",
        "values-INITIAL_FORMS": "0", "values-0-label": "Ennen", "values-0-value": "62",
        "values-0-is_before": "on", "values-1-label": "1. harjoitus", "values-1-value": "84,5",
        "values-2-label": "", "values-2-value": "", "seen": pilot.stamp,
    }  # fmt: skip

    client.post(reverse("projects:pilot_facts", args=[pilot.slug]), rows)

    page = client.get(pilot.get_absolute_url()).content.decode()
    for words in ("Kirjattua tunnissa", "84,5", "Tavoite oli 100", "Tilalupa", "1.11.2026"):
        assert words in page


@pytest.mark.parametrize(
    "rows",
    [
        {"values-TOTAL_FORMS": "9999999999"},
        {"values-0-label": "Ennen", "values-0-value": "-1"},
        {"values-0-label": "Ennen", "values-0-value": "1e309"},
        {"values-0-label": "Ennen", "values-0-value": "NaN"},
        {"values-0-label": "Ennen"},
        {"values-0-value": "3"},
        {"permits-0-name": "TL IV lupa", "permits-0-state": "granted"},
        {"permits-0-name": "Lupa", "permits-0-state": "<b>"},
        {"permits-0-name": "Lupa", "permits-0-state": "needed",
         "permits-0-granted_on": "0001-01-01"},
        {},
    ],
)  # fmt: skip
def test_bad_rows_are_refused_with_words(client, home_cluster, company, town, lead, rows):
    pilot = make.pilot(home_cluster, company, town, stage="running")
    client.force_login(lead)
    frame = {"permits-TOTAL_FORMS": "1", "permits-INITIAL_FORMS": "0", "values-TOTAL_FORMS": "1",
             "values-INITIAL_FORMS": "0"} if rows else {"measured_words": "Jotain"}  # fmt: skip

    answer = client.post(reverse("projects:pilot_facts", args=[pilot.slug]), {**frame, **rows})

    assert answer.status_code == 422
    assert not pilot.measured.exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"title_fi": "https://example.org"},
        {"title_fi": "TL IV kokeilu"},
        {"aim": "Luokiteltu TL III"},
        {"ends_on": "0206-01-01"},
        {"visibility": "private"},
        {"testbed": "99999999999999999999"},
        {"form_key": "x"},
    ],
)
def test_bad_card_is_refused(client, home_cluster, company, lead, bad):
    client.force_login(lead)
    sent = {
        "organisation": company.pk, "title_fi": "Kokeilu salissa", "visibility": "members",
        "form_key": str(uuid.uuid4()), **bad,
    }  # fmt: skip

    assert client.post(reverse("projects:pilot_propose"), sent).status_code == 422
    assert not Pilot.objects.exists()


def test_visitor_reads_what_a_pilot_is_for(client, db):
    page = client.get(reverse("projects:pilot_propose"))

    assert page.status_code == 200
    assert reverse("account_login") in page.content.decode()


def test_page_names_no_hidden_maker(client, home_cluster, company, town):
    hidden = factories.organisation("Salainen Oy", visibility="private")
    pilot = make.pilot(home_cluster, town, company, hidden, stage="closed")

    page = client.get(pilot.get_absolute_url()).content.decode()

    assert company.title in page
    assert "Salainen" not in page


def test_challenge_that_is_hidden_stays_hidden_on_the_page(client, home_cluster, company, town):
    challenge = make.challenge(home_cluster, organisation=town, visibility="private",
                               title_fi="Salainen haaste")  # fmt: skip
    pilot = make.pilot(home_cluster, town, company, stage="closed", challenge=challenge)

    assert "Salainen haaste" not in client.get(pilot.get_absolute_url()).content.decode()
    assert Challenge.objects.count() == 1


def test_pages_cost_few_statements(client, home_cluster, company, town, lead):
    """Whatever belongs to it, and however many there are."""
    client.force_login(lead)
    bed = make.testbed(home_cluster, town)
    challenge = make.challenge(home_cluster, organisation=town)
    pilot = make.pilot(home_cluster, town, company, stage="closed", testbed=bed,
                       challenge=challenge)  # fmt: skip
    for number in range(3):
        make.learning(pilot)
        pilot.permits.create(name=f"Lupa {number}")
        pilot.measured.create(label=f"{number}. kerta", value=number)
        make.pilot(home_cluster, town, company, stage="running")

    assert len(statements.of_page(client, pilot.get_absolute_url())) <= 12
    assert len(statements.of_page(client, reverse("projects:pilots"))) <= 8
    assert len(statements.of_page(client, reverse("projects:learnings"))) <= 8
    assert len(statements.of_page(client, reverse("projects:testbeds"))) <= 8
    assert len(statements.of_page(client, bed.get_absolute_url())) <= 10
