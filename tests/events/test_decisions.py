"""Decisions: who reads one, who tells how far it is, who is reminded."""

import contextlib
import datetime
import re
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import search
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events.models import Body, BodyMember, Decision, DecisionReport, Meeting
from events.models.decisions import Stage
from events.pages import decisions as page
from events.pages import meetings as meeting_page
from events.services import bodies as services_of_bodies
from events.services import body_links
from events.services import decisions as services
from events.services.decisions import Told
from tests import factories
from tests.events import body_factories as made
from tests.races import at_once, slowly


@pytest.fixture
def group(home_cluster):
    return made.body(home_cluster)


@pytest.fixture
def chair(group):
    return made.seat(group, factories.user("pj@example.org"), "chair").user


@pytest.fixture
def mate(group):
    return made.seat(group, factories.user("jasen@example.org"), "member").user


def taken(group, chair, stage="open", **values):
    """In approved minutes, unless it is a draft."""
    meeting = made.meeting(group, chair, stage="running")
    decision = made.decision(meeting.items.get(kind="opening"), chair, **values)
    Meeting.objects.filter(pk=meeting.pk).update(stage="approved", approved_at=timezone.now())
    Decision.objects.filter(pk=decision.pk).update(stage=stage)
    return Decision.objects.select_related("meeting__body", "owner").get(pk=decision.pk)


def told(decision, action="finish", text="Tehty.", **values):
    return Told(action, text, **{"version": decision.version, "form_key": uuid.uuid4(), **values})


def local(link):
    return "/" + link.partition("://")[2].partition("/")[2]


def test_outsider_sees_the_one_decision_that_they_may_and_nothing_else(client, group, chair, mate):
    shown = taken(group, chair, owner=mate, visibility="public", text="Julkinen päätös.")
    hidden = taken(group, chair, owner=mate, visibility="group", text="Sisäinen päätös.")

    page_of_one = client.get(shown.get_absolute_url())

    assert page_of_one.status_code == 200
    assert shown.meeting.get_absolute_url() not in page_of_one.content.decode()
    for other in (hidden, shown.meeting, group):
        assert client.get(other.get_absolute_url()).status_code == 404
    listed = client.get("/events/decisions/").content.decode()
    assert "Julkinen päätös." in listed
    assert "Sisäinen päätös." not in listed


@pytest.mark.parametrize("papers_by", ["body", "public"])
def test_minutes_that_others_read_do_not_tell_of_inner_decisions(client, home_cluster, papers_by):
    """Nor those that were approved before the body opened its papers."""
    group = made.body(home_cluster, visibility="public", papers_by=papers_by)
    chair = made.seat(group, factories.user(), "chair").user
    taken(group, chair, owner=chair, visibility="group", text="Sisäinen päätös.")
    taken(group, chair, owner=chair, visibility="public", text="Julkinen päätös.")
    Meeting.objects.update(starts_at=timezone.now() - datetime.timedelta(days=1))
    meeting = made.meeting(group, chair, stage="approved")
    item = meeting.items.get(kind="follow_up")
    item.snapshot = services.follow_up_words(meeting)
    item.save()

    group.papers_by = "public"
    group.save()

    told = {
        is_inside: [
            line.split(" · ")[1] for line in meeting_page.kept(item, group, is_inside=is_inside)
        ]
        for is_inside in (True, False)
    }

    assert told == {True: ["Sisäinen päätös", "Julkinen päätös"], False: ["Julkinen päätös"]}
    shown = client.get(meeting.get_absolute_url()).content.decode()
    assert "Sisäinen" not in shown


def test_matter_of_a_closed_agenda_is_not_found_by_search(group, chair, member):
    decision = taken(group, chair, owner=chair, visibility="public", text="Näin sovittiin.")
    decision.item.title = "Salainen hanke"
    search.reindex(decision)
    seen = Decision.objects.visible_to(member)
    assert not search.search(seen, "salainen").exists()

    services_of_bodies.edit_body(
        group, {"visibility": "public", "papers_by": "public", "regions": []},
        by=chair, seen="",
    )  # fmt: skip

    assert search.search(seen.all(), "opening").exists()


def test_list_opens_where_a_body_has_met_and_decided_nothing(client, home_cluster, group, chair):
    taken(group, chair, owner=chair, visibility="public", text="Julkinen päätös.")
    made.meeting(made.body(home_cluster), chair)
    made.body(home_cluster)

    assert "Julkinen päätös." in client.get("/events/decisions/").content.decode()


def test_promise_of_an_organisation_stands_on_the_desk_of_its_contact(group, chair):
    org = factories.organisation()
    contact = factories.affiliation(factories.user(), org, role="contact").user
    decision = taken(group, chair, organisation=org)

    assert [each["url"] for each in page.mine(contact)] == [decision.get_absolute_url()]
    assert page.mine(chair) == []


@pytest.mark.parametrize("stage", Stage.values)
def test_draft_is_read_inside_only(client, group, mate, stage, member, office):
    """Who is responsible and does not sit there hears of it once the minutes are approved."""
    owner, org = factories.user(), factories.organisation()
    chair = made.seat(group, factories.user(), "chair").user
    contact = factories.affiliation(factories.user(), org, role="contact").user
    readers = {"visitor": AnonymousUser(), "member": member, "mate": mate, "owner": owner,
               "contact": contact, "office": office, "chair": chair}  # fmt: skip
    decision = taken(group, chair, stage, owner=owner, organisation=org, visibility="public")

    seen, edits = (
        {name for name, one in readers.items() if getattr(Decision.objects, rows)(one).exists()}
        for rows in ("visible_to", "editable_by")
    )

    inside = {"mate", "office", "chair"}
    assert seen == (inside if stage == "draft" else set(readers))
    assert edits == {"office", "chair"} | (set() if stage == "draft" else {"owner", "contact"})
    client.force_login(owner)
    opened = client.get(decision.get_absolute_url()).status_code
    assert opened == (404 if stage == "draft" else 200)


@pytest.mark.parametrize(("stage", "times"), [("draft", 0), ("open", 1)])
def test_search_finds_no_draft_not_even_for_those_who_sit_there(
    client, group, chair, mate, stage, times
):
    decision = taken(group, chair, stage, owner=mate, text="Hankitaan varavoimakone.")
    client.force_login(mate)

    found = client.get("/search/", {"q": "varavoimakone"}).content.decode()

    assert found.count(f'href="{decision.get_absolute_url()}"') == times


def test_owner_without_an_account_tells_by_the_link(client, group, chair):
    decision = taken(group, chair, owner_name="Kerttu", owner_email="kerttu@example.org")
    services.tell_owner("decision_given", decision, 1)
    mail = letter(OutboxMail.objects.get(kind="decision_given"))
    link = re.search(r"https?://\S+/decisions/link/[^/\s]+/", mail.text)[0]
    sent = {"action": "finish", "text": "Lähetetty.", "version": 0, "form_key": uuid.uuid4()}

    assert client.get(local(link)).status_code == 200
    decision.refresh_from_db()
    assert decision.stage == "open"
    assert client.post(local(link), sent).status_code == 302
    client.post(local(link), sent)

    decision.refresh_from_db()
    assert (decision.stage, decision.reports.count()) == ("done", 1)
    assert decision.reports.get().by_link
    kinds = list(OutboxMail.objects.values_list("kind", flat=True))
    assert kinds.count("decision_reported_by_link") == kinds.count("decision_reported") == 1


def test_link_cannot_drop_a_decision_and_dies_with_its_owner(client, group, chair, mate):
    decision = taken(group, chair, owner=mate)
    link = local(body_links.report_link(decision, mate.email))
    sent = {"action": "drop", "text": "Ei.", "version": 0, "form_key": uuid.uuid4()}
    assert client.post(link, sent).status_code == 422

    BodyMember.objects.filter(user=mate).update(
        until=timezone.localdate() - datetime.timedelta(days=1)
    )
    assert client.get(link).status_code == 404
    assert client.get(reverse("events:report_by_link", args=["vale"])).status_code == 404


@pytest.mark.parametrize("why", ["term", "account", "named other"])
def test_owner_who_has_left_is_replaced_by_chair_and_secretary(group, chair, mate, why):
    decision = taken(group, chair, owner=mate, due_on=timezone.localdate())
    if why == "term":
        BodyMember.objects.filter(user=mate).update(until="2026-01-01", since="2025-01-01")
    if why == "account":
        mate.is_active = False
        mate.save()
    if why == "named other":
        Decision.objects.filter(pk=decision.pk).update(owner=None)

    assert services.remind() == 1
    assert services.remind() == 0

    assert set(OutboxMail.objects.values_list("kind", "recipient")) == {
        ("decision_ownerless", chair.pk)
    }


@pytest.mark.parametrize(
    ("days", "kinds"),
    [(30, set()), (6, {"decision_due"}), (0, {"decision_due"}),
     (-8, {"decision_due", "decision_late"})],
)  # fmt: skip
def test_reminders_before_and_after_the_day(group, chair, mate, days, kinds):
    due = timezone.localdate() + datetime.timedelta(days=days)
    taken(group, chair, owner=mate, due_on=due)
    taken(group, chair, "done", owner=mate, due_on=due)

    services.remind()

    assert set(OutboxMail.objects.values_list("kind", flat=True)) == kinds


def test_reminded_a_week_before_on_the_day_and_a_week_after(group, chair, mate, monkeypatch):
    today = timezone.localdate()
    taken(group, chair, owner=mate, due_on=today + datetime.timedelta(days=8))
    sent = []

    for number in range(30):
        day = today + datetime.timedelta(days=number)
        monkeypatch.setattr(services.timezone, "localdate", lambda *_args, day=day: day)
        sent += [number] * (services.remind() + services.remind())

    assert sent == [1, 8, 15]
    assert OutboxMail.objects.filter(kind="decision_due", recipient=mate).count() == 3


def test_a_new_day_is_reminded_of_anew(group, chair, mate):
    decision = taken(group, chair, owner=mate, due_on=timezone.localdate())
    services.remind()

    Decision.objects.filter(pk=decision.pk).update(
        due_on=timezone.localdate() + datetime.timedelta(days=3)
    )

    assert services.remind() == 1


def report_twice(decision, chair, mate, monkeypatch):
    step = slowly(monkeypatch, services.audit, "record")
    refused = []

    def report(person, action):
        try:
            services.report(decision, told(decision, action, person.email), by=person)
        except Refused:
            refused.append(action)

    at_once(lambda: report(mate, "finish"), lambda: report(chair, "start"), step=step)
    return DecisionReport.objects.count(), len(refused)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_reports_at_once_the_second_is_refused(group, chair, mate, monkeypatch):
    decision = taken(group, chair, owner=mate)

    assert report_twice(decision, chair, mate, monkeypatch) == (1, 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_stand(group, chair, mate, monkeypatch):
    decision = taken(group, chair, owner=mate)
    monkeypatch.setattr(Decision.objects, "select_for_update", lambda **_of: Decision.objects.all())

    assert report_twice(decision, chair, mate, monkeypatch) == (2, 0)


def test_decision_needs_exactly_one_who_does_it(client, group, chair, mate):
    meeting = made.meeting(group, chair, stage="running")
    item = meeting.items.get(kind="opening")
    client.force_login(chair)
    address = reverse("events:decision_take", args=[item.public_id])
    sent = {"text": "Tehdään näin.", "due_on": "2030-01-01", "visibility": "group",
            "form_key": uuid.uuid4()}  # fmt: skip

    assert client.post(address, sent).status_code == 422
    both = {**sent, "owner": mate.pk, "owner_email": "x@example.org", "owner_name": "Äiti"}
    assert client.post(address, both).status_code == 422
    assert client.post(address, {**sent, "owner": mate.pk}).status_code == 302
    assert client.post(address, {**sent, "owner": mate.pk}).status_code == 302
    assert Decision.objects.get().owner == mate


def test_promise_stands_on_the_desk_and_in_the_calendar(client, group, chair, mate):
    taken(group, chair, owner=mate, text="Lähetän kyselyn.")
    client.force_login(mate)

    assert [row["title"] for row in page.mine(mate)] == ["Lähetän kyselyn."]
    assert [one.title for one in page.deadlines(mate)] == ["Lähetän kyselyn."]
    assert page.mine(AnonymousUser()) == []


def test_decisions_of_several_regions_stand_in_one_list(client, other_cluster, chair, group):
    other = made.body(other_cluster)
    secretary = made.seat(other, factories.user(), "secretary").user
    taken(group, chair, visibility="public", text="Pirkanmaan päätös.")
    taken(other, secretary, visibility="public", text="Toisen maakunnan päätös.")

    both = client.get("/events/decisions/").content.decode()
    one = client.get(f"/events/decisions/?cluster={other_cluster.slug}").content.decode()

    assert "Pirkanmaan päätös." in both
    assert "Toisen maakunnan päätös." in both
    assert "Pirkanmaan päätös." not in one
    assert Body.objects.count() == 2


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_bar_above_the_decisions_counts_what_is_found(client, chair, group, headers):
    taken(group, chair, visibility="public", text="Ensimmäinen päätös.")
    for stage in ("done", "dropped"):
        taken(group, chair, stage, visibility="public", text="Toinen päätös.")

    def shown(query):
        answer = client.get(f"/events/decisions/{query}", headers=headers)
        return {each["look"]: each["count"] for each in answer.context["shares"]["key"]}

    assert shown("") == {"waiting": 1, "done": 1, "stopped": 1}
    assert shown("?state=dropped") == {"stopped": 1}
    assert shown("?q=ensimmäinen") == {"waiting": 1}
    assert b"shares__bar" in client.get("/events/decisions/", headers=headers).content


def test_words_stay_once_the_minutes_are_approved(group, chair, mate):
    decision = taken(group, chair, owner=mate)
    due = timezone.localdate() + datetime.timedelta(days=99)
    services.edit_decision(decision, {"text": "Toisin.", "due_on": due, "owner": chair}, by=chair)

    decision.refresh_from_db()
    assert (decision.text, decision.due_on, decision.owner) == ("Näin päätettiin.", due, chair)
    with pytest.raises(Refused):
        services.remove_decision(decision, by=chair)
    with contextlib.suppress(Refused):
        services.edit_decision(decision, {"due_on": due}, by=mate)
        pytest.fail("who is responsible changes nothing")


def test_hidden_organisation_that_is_responsible_is_not_named(client, group, chair, member):
    hidden = factories.organisation("Piilo Oy", visibility="private")
    contact = factories.affiliation(factories.user(), hidden, role="contact").user
    for text in ("Julkinen päätös.", "Toinen päätös."):
        decision = taken(group, chair, organisation=hidden, visibility="public", text=text)
    pages = ["/events/decisions/", decision.get_absolute_url()]
    read = {}
    for name, one in {"visitor": None, "member": member, "contact": contact}.items():
        client.logout() if one is None else client.force_login(one)
        read[name] = "".join(client.get(url).content.decode() for url in pages)

    assert [name for name, text in read.items() if "Piilo Oy" in text] == ["contact"]
    assert "Julkinen päätös." in read["visitor"]
    assert "Piilo" not in services.follow_up_words(later_than(decision, group, chair))


def later_than(decision, group, chair):
    Meeting.objects.update(starts_at=timezone.now() - datetime.timedelta(days=1))
    return made.meeting(group, chair)


def test_owners_of_a_list_are_named_by_one_statement(group, chair, django_assert_num_queries):
    org = factories.organisation()
    for number in range(3):
        taken(group, chair, organisation=org, visibility="public", text=f"Päätös {number}.")

    with django_assert_num_queries(1):
        owners = {each.owner_words for each in page._rows(AnonymousUser())}

    assert owners == {str(org)}
