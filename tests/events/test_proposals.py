"""An event from a member's plan to its publishing."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import audit, origin
from cluster_portal.core.errors import Refused
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events import desk, exports
from events.models import Event
from events.models.events import Mode
from events.services import proposals
from events.services.editing import Changes, edit_event
from events.services.events import move_event
from projects.services import entries
from tests import factories
from tests.events import factories as made
from tests.projects import factories as projects
from tests.races import at_once, slowly

PROPOSE = "/events/propose/"


def moment(days, hour=9):
    day = timezone.localtime() + datetime.timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def form(company, **values):
    """The first step, which makes the draft."""
    return {
        "organisation": company.pk, "form_key": uuid.uuid4(), "title_fi": "Varavoiman päivä",
        "kind": "workshop", "summary_fi": "Kunnille ja yrityksille.", "language": "fi", **values,
    }  # fmt: skip


def when(**values):
    told = {
        "starts_at": moment(30), "ends_at": moment(30, 15), "modes": ["on_site", "remote"],
        "municipality": "Kuopio", **values,
    }  # fmt: skip
    return told | {name: f"{told[name]:%Y-%m-%dT%H:%M}" for name in ("starts_at", "ends_at")}


def registering(**values):
    told = {"places": "20", "registration_closes_at": moment(20), **values}
    closes = told["registration_closes_at"]
    return told | {"registration_closes_at": f"{closes:%Y-%m-%dT%H:%M}"}


def step(event, name):
    return reverse("events:edit_step", args=[event.slug, name])


def values(company, **given):
    fields = form(company) | {"organisation": company, "ends_at": moment(30, 15)}
    fields |= {"starts_at": moment(30), "registration_closes_at": moment(20)}
    return fields | {"municipality": "Kuopio", "visibility": "public", **given}


def mails(kind):
    return list(OutboxMail.objects.filter(kind=kind).values_list("recipient", flat=True))


@pytest.fixture
def draft(member, company):
    return proposals.propose_event(values(company), {Mode.ON_SITE: 20}, by=member)


def test_event_is_planned_in_steps_reviewed_and_published(client, member, lead, office, company):
    client.force_login(member)
    begun = client.post(PROPOSE, form(company))
    event = Event.objects.get()
    assert begun.url == step(event, "when")
    assert (event.stage, event.teller, event.organisation) == ("draft", member, company)
    assert event.starts_at > timezone.now()

    assert client.post(step(event, "when"), when()).url == step(event, "who")
    who = {"visibility": "public", "admission": "open"}
    assert client.post(step(event, "who"), who).url == step(event, "registration")
    answer = client.post(step(event, "registration"), registering(has_photography="on"))
    assert answer.url == step(event, "publish")
    assert dict(event.seats.values_list("mode", "capacity")) == {"on_site": 20, "remote": None}

    client.post(step(event, "publish"), {"then": "submit"})
    assert mails("event_submitted") == [office.pk]
    client.force_login(office)
    client.post(step(event, "publish"), {"then": "publish"})

    event.refresh_from_db()
    assert (event.stage, event.has_photography, event.clusters) == (
        "published", True, [event.home_cluster_id]
    )  # fmt: skip
    assert set(mails("event_proposal_moved")) == {member.pk, lead.pk}
    client.logout()
    assert event.takes_registrations()
    assert client.get(event.get_absolute_url()).status_code == 200


def test_last_step_says_what_is_missing_and_sends_nothing(client, member, company):
    client.force_login(member)
    client.post(PROPOSE, form(company))
    event = Event.objects.get()

    answer = client.get(step(event, "publish"))

    assert [row["url"] for row in answer.context["missing"]] == [step(event, "when")]
    assert not answer.context["can_submit"]


def test_event_sent_back_says_why_until_it_is_sent_again(client, draft, member, office):
    move_event(draft, "submit", by=member)
    move_event(draft, "send_back", by=office, reason="Kerro ohjelma.")

    client.force_login(member)
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "Kerro ohjelma." in page
    mail = letter(OutboxMail.objects.get(kind="event_proposal_moved", recipient=member))
    assert "Kerro ohjelma." in mail.text
    client.post(reverse("events:move", args=[draft.slug, "submit"]))
    assert "Kerro ohjelma." not in client.get(draft.get_absolute_url()).content.decode()


def test_one_withdrawn_in_review_is_told_to_the_coordinator_and_listed_nowhere(
    client, draft, member, office
):
    move_event(draft, "submit", by=member)
    move_event(draft, "withdraw", by=member)

    assert mails("event_submitted") == mails("event_taken_back") == [office.pk]
    assert draft.title in letter(OutboxMail.objects.get(kind="event_taken_back")).text
    client.force_login(office)
    assert draft.title not in client.get("/events/").content.decode()


def test_only_who_speaks_for_a_member_organisation_gets_the_form(client, outsider, member):
    assert "form_key" not in client.get(PROPOSE).content.decode()
    client.force_login(outsider)
    assert "form_key" not in client.get(PROPOSE).content.decode()
    client.force_login(member)
    assert "form_key" in client.get(PROPOSE).content.decode()


def test_nobody_proposes_for_a_strange_organisation(member):
    strange = factories.organisation()

    with pytest.raises(Refused):
        proposals.propose_event(values(strange), {Mode.ON_SITE: 20}, by=member)


@pytest.mark.parametrize(
    ("name", "changed", "field"),
    [
        ("when", {"ends_at": moment(29)}, "ends_at"),
        ("when", {"starts_at": moment(-1)}, "starts_at"),
        ("when", {"modes": []}, "modes"),
        ("when", {"municipality": ""}, "municipality"),
        ("when", {"remote_link": "javascript:alert(1)"}, "remote_link"),
        ("registration", {"registration_closes_at": moment(31)}, "registration_closes_at"),
        ("registration", {"registration_closes_at": moment(-1)}, "registration_closes_at"),
        ("registration", {"places": "0"}, "places"),
        ("registration", {"places": "9" * 30}, "places"),
        ("what", {"title_fi": "Katso https://example.org"}, "title_fi"),
        ("what", {"description": "TL IV"}, "description"),
        ("what", {"description": "x" * 1_000_000}, "description"),
        ("what", {"kind": "steering_group"}, "kind"),
        ("who", {"visibility": "private"}, "visibility"),
        ("who", {"visibility": "group"}, "invited_organisations"),
        ("who", {"admission": "invited"}, "invited_organisations"),
    ],
)
def test_steps_refuse_with_an_error_at_the_field(client, draft, member, name, changed, field):
    given = {
        "when": when, "registration": registering,
        "what": lambda **given: form(draft.organisation, **given),
        "who": lambda **given: {"visibility": "public", "admission": "open", **given},
    }  # fmt: skip
    client.force_login(member)
    before = Event.objects.filter(pk=draft.pk).values().get()

    answer = client.post(step(draft, name), given[name](**changed))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Event.objects.filter(pk=draft.pk).values().get() == before


def test_first_step_makes_nothing_of_a_bad_form(client, member, company):
    client.force_login(member)

    assert client.post(PROPOSE, form(company, title_fi="")).status_code == 422
    assert not Event.objects.exists()


def test_what_has_begun_is_not_sent_for_review(draft, member):
    Event.objects.filter(pk=draft.pk).update(starts_at=moment(-1), ends_at=moment(2))

    with pytest.raises(Refused):
        move_event(draft, "submit", by=member)


def test_steps_change_places_and_ways_of_taking_part(client, draft, member):
    client.force_login(member)

    client.post(step(draft, "when"), when(modes=["remote"], seen=draft.stamp))
    client.post(step(draft, "registration"), registering(remote_places="50"))

    draft.refresh_from_db()
    assert dict(draft.seats.values_list("mode", "capacity")) == {"remote": 50}
    assert draft.modes == ["remote"]


def test_registration_step_says_how_the_waiting_list_goes_and_who_can_come(client, draft, member):
    before = made.event(
        draft.home_cluster, starts_at=moment(-30), ends_at=moment(-30, 15), teller=member,
        organisation=draft.organisation, registration_closes_at=moment(-31),
    )  # fmt: skip
    client.force_login(member)

    client.post(
        step(draft, "registration"),
        registering(queue="offer", offer_hours="48", requires=before.pk, asks_access="on"),
    )

    draft.refresh_from_db()
    told = (draft.queue, draft.offer_hours, draft.requires, draft.asks_access)
    assert told == ("offer", 48, before, True)


def test_registration_step_offers_no_event_of_others_nor_a_later_one(client, draft, member):
    later = made.event(draft.home_cluster, teller=member, organisation=draft.organisation,
                       starts_at=moment(60), ends_at=moment(60, 15))  # fmt: skip
    theirs = made.event(draft.home_cluster, starts_at=moment(-30), ends_at=moment(-30, 15),
                        registration_closes_at=moment(-31))  # fmt: skip
    client.force_login(member)

    for event in (later, theirs, draft):
        answer = client.post(step(draft, "registration"), registering(requires=event.pk))
        assert "requires" in answer.context["form"].errors


def test_two_editors_do_not_overwrite_each_other(client, draft, member, company):
    client.force_login(member)
    page, seen = step(draft, "what"), draft.stamp
    client.post(page, form(company, title_fi="Ensimmäinen nimi", seen=seen))

    answer = client.post(page, form(company, title_fi="Toinen nimi", seen=seen))

    draft.refresh_from_db()
    assert answer.status_code == 422
    assert draft.title_fi == "Ensimmäinen nimi"


def test_published_event_is_moved_by_its_proposer_and_participants_are_told_once(
    client, draft, member, office
):
    move_event(draft, "publish", by=office)
    made.registration(draft, None, name="Vieras", email="v@example.com")
    client.force_login(member)
    later = when(starts_at=moment(37), ends_at=moment(37, 15), modes=["on_site"])

    client.post(step(draft, "when"), later)
    client.post(step(draft, "when"), later)

    was = draft.registration_closes_at
    draft.refresh_from_db()
    assert OutboxMail.objects.filter(kind="event_moved").count() == 1
    assert (draft.ics_sequence, draft.starts_at) == (1, moment(37))
    assert timezone.localtime(draft.registration_closes_at) - timezone.localtime(was) == (
        datetime.timedelta(days=7)
    )


def test_published_event_keeps_a_way_that_has_participants_and_its_readers(
    client, draft, member, office
):
    move_event(draft, "publish", by=office)
    made.registration(draft, None, name="Vieras", email="v@example.com")
    client.force_login(member)

    assert client.post(step(draft, "when"), when(modes=["remote"])).status_code == 422
    assert client.get(step(draft, "who")).status_code == 404
    with pytest.raises(Refused):
        edit_event(draft, Changes({"visibility": "members"}), by=member)
    assert edit_event(draft, Changes({"visibility": "members"}), by=office)


def test_places_below_those_taken_are_refused(draft, member, office):
    move_event(draft, "publish", by=office)
    for number in range(2):
        made.registration(draft, None, name="V", email=f"v{number}@example.com")

    with pytest.raises(Refused):
        edit_event(draft, Changes(places={Mode.ON_SITE: 1}), by=member)
    edit_event(draft, Changes(places={Mode.ON_SITE: 2}), by=member)
    assert draft.seats.get().capacity == 2


def test_event_begins_from_a_decided_challenge_and_keeps_the_tie(
    client, member, company, home_cluster
):
    challenge = projects.challenge(
        home_cluster, organisation=company, teller=member, stage="solved",
        decided_at=timezone.now(),
    )  # fmt: skip
    term = Term.objects.get(scheme="vital_function", code="defence")
    challenge.terms.add(term)
    client.force_login(member)
    starts = {row["title"]: row["url"] for row in origin.starts_of(challenge, member)}
    assert f"{reverse('events:propose')}?challenge={challenge.slug}" in starts.values()

    client.post(f"{PROPOSE}?challenge={challenge.slug}", form(company))

    event = Event.objects.get()
    assert event.from_challenge == challenge
    assert list(event.terms.all()) == [term]
    assert event.title in [row["title"] for row in origin.thread_of(challenge, member)]


def test_event_begins_from_an_idea_of_ones_own_side_only(client, lead, company, home_cluster):
    mine = projects.project(home_cluster, organisation=company)
    strange = projects.project(home_cluster)
    client.force_login(lead)
    assert not [row for row in origin.starts_of(strange, lead) if PROPOSE in row["url"]]

    client.post(f"{PROPOSE}?project={strange.slug}", form(company))
    client.post(f"{PROPOSE}?project={mine.slug}", form(company, title_fi="Idean työpaja"))

    ties = dict(Event.objects.values_list("title_fi", "from_project"))
    assert ties == {"Varavoiman päivä": None, "Idean työpaja": mine.pk}
    assert [row["title"] for row in origin.sources_of(
        Event.objects.get(from_project=mine), lead)] == [mine.title]  # fmt: skip


@pytest.mark.parametrize("stage", ["idea", "running", "ended"])
def test_page_of_an_idea_or_a_project_offers_its_people_to_plan_an_event(
    client, lead, outsider, company, home_cluster, stage
):
    project = projects.project(home_cluster, organisation=company, stage=stage)
    address = f"{PROPOSE}?project={project.slug}"

    shown = []
    for reader in (lead, outsider):
        client.force_login(reader)
        shown.append(address in client.get(project.get_absolute_url()).content.decode())

    assert shown == [True, False]


def test_coordinators_queue_holds_what_members_have_sent(draft, member, office, home_cluster):
    own = made.event(home_cluster, stage="draft", published_at=None)
    assert desk.to_publish(office).count == 1
    assert [row["title"] for row in desk.my_proposals(member)] == [draft.title]

    move_event(draft, "submit", by=member)

    assert desk.to_publish(office).count == 2
    assert own.teller is None


def test_export_names_what_one_has_proposed(draft, member, outsider):
    assert [row["event"] for row in exports.proposals(member)] == [draft.title]
    assert exports.proposals(outsider) == []


def test_every_step_is_recorded(draft, member, office):
    move_event(draft, "submit", by=member)
    move_event(draft, "publish", by=office)

    acts = audit.of(draft).order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["created", "submit", "published"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_locked", [True, False])
def test_form_sent_twice_at_once_makes_one_event(monkeypatch, member, company, is_locked):
    told = values(company)
    if not is_locked:
        monkeypatch.setattr(
            entries, "sent_before",
            lambda model, key, by: model.objects.filter(form_key=key, teller=by).first(),
        )  # fmt: skip
    step = slowly(monkeypatch, entries, "refuse_stranger")

    results = at_once(
        *[lambda: proposals.propose_event(dict(told), {Mode.ON_SITE: 5}, by=member)] * 2,
        step=step,
    )

    assert Event.objects.count() == 1
    assert any(isinstance(each, Exception) for each in results) == (not is_locked)
