"""Meetings of two: asked, agreed at a time at which both are free, told of."""

import datetime
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events import erasure
from events.models import OneToOne
from events.models.one_to_one import Stage
from events.services import busy
from events.services import one_to_one as services
from members.models import NeedMatch, Organisation
from tests import factories
from tests.events import factories as made
from tests.members import need_factories
from tests.races import Together

DAY = datetime.timedelta(days=1)
CARD, ALL = "meet-each-other", "Keitä kannattaa tavata, ja kaikki tapaamisesi"


def noon(days: int) -> datetime.datetime:
    at = timezone.localtime() + days * DAY
    return at.replace(hour=12, minute=0, second=0, microsecond=0)


def values(**more):
    return {"topic": "Vesilaitoksen varavoima", "words": "", "minutes": 30, **more}


def asked(by, organisation, *times, **more):
    told = values(asked_organisation=organisation, **more)
    return services.ask(told, list(times) or [noon(5)], form_key=uuid.uuid4(), by=by)


@pytest.fixture
def theirs(other_cluster):
    organisation = factories.organisation("Toinen Oy")
    factories.membership(organisation, other_cluster)
    return organisation


@pytest.fixture
def contact(theirs):
    person = factories.user("toinen@example.com")
    factories.affiliation(person, theirs, role="contact")
    return person


@pytest.mark.usefixtures("contact")
def test_same_form_asks_once_and_the_contacts_are_told(member, theirs):
    key = uuid.uuid4()
    told = values(asked_organisation=theirs)

    first = services.ask(dict(told), [noon(5)], form_key=key, by=member)
    again = services.ask(dict(told), [noon(5)], form_key=key, by=member)

    assert first == again
    mails = OutboxMail.objects.filter(kind="one_to_one_asked")
    assert [mail.recipient.email for mail in mails] == ["toinen@example.com"]


@pytest.mark.parametrize("times", [[], [noon(-1)], [noon(400)], [noon(n) for n in range(3, 9)]])
@pytest.mark.usefixtures("contact")
def test_times_lie_ahead_and_are_at_most_five(member, theirs, times):
    with pytest.raises(Refused):
        services.ask(
            values(asked_organisation=theirs), times, form_key=uuid.uuid4(), by=member
        )  # fmt: skip


def test_outsider_and_own_side_are_refused(outsider, member, company, theirs, contact):
    with pytest.raises(Refused):
        asked(outsider, theirs)
    with pytest.raises(Refused):
        asked(member, company)
    assert contact


@pytest.mark.parametrize(
    ("who", "status"),
    [("member", 200), ("contact", 200), ("office", 404), ("other_office", 404), ("outsider", 404)],
)
@pytest.mark.usefixtures("contact")
def test_only_the_two_see_it(request, client, member, theirs, who, status):
    meeting = asked(member, theirs)
    client.force_login(request.getfixturevalue(who))

    assert client.get(meeting.get_absolute_url()).status_code == status


def test_another_contact_sees_it_no_more_once_one_has_agreed(member, theirs, contact):
    second = factories.user("kolmas@example.com")
    factories.affiliation(second, theirs, role="contact")
    meeting = asked(member, theirs)
    assert OneToOne.objects.visible_to(second).exists()

    services.accept(meeting, noon(5), by=contact)

    assert not OneToOne.objects.visible_to(second).exists()
    assert OneToOne.objects.visible_to(contact).exists()


def test_agreed_time_comes_with_an_entry_to_both(member, theirs, contact):
    meeting = services.accept(asked(member, theirs), noon(5), "Kuopio", by=contact)

    assert (meeting.stage, meeting.asked, meeting.place) == ("agreed", contact, "Kuopio")
    told = OutboxMail.objects.filter(kind="one_to_one_agreed")
    assert {mail.recipient for mail in told} == {member, contact}


def test_time_that_was_not_offered_is_refused(member, theirs, contact):
    with pytest.raises(Refused):
        services.accept(asked(member, theirs), noon(6), by=contact)


@pytest.mark.parametrize("busy_one", ["member", "contact"])
def test_time_at_which_either_is_at_an_event_is_refused(
    request, member, theirs, contact, home_cluster, busy_one
):
    meeting = asked(member, theirs)
    event = made.event(
        home_cluster, starts_at=noon(5), ends_at=noon(5) + datetime.timedelta(hours=1),
        registration_closes_at=noon(4),
    )  # fmt: skip
    made.registration(event, request.getfixturevalue(busy_one))

    with pytest.raises(Refused):
        services.accept(meeting, noon(5), by=contact)


def test_free_times_leave_out_what_is_taken(member, theirs, contact):
    before = busy.free_times([member], datetime.timedelta(minutes=30))
    services.accept(asked(member, theirs, before[0]), before[0], by=contact)

    assert before[0] not in busy.free_times([member], datetime.timedelta(minutes=30))


def test_other_times_turn_the_question_round(member, theirs, contact):
    meeting = services.offer_other(asked(member, theirs), [noon(8)], by=contact)

    with pytest.raises(Refused):
        services.accept(meeting, noon(8), by=contact)
    assert services.accept(meeting, noon(8), by=member).stage == "agreed"


@pytest.mark.parametrize(
    ("action", "who", "stage"),
    [
        ("decline", "contact", "declined"), ("withdraw", "member", "withdrawn"),
        ("decline", "member", None), ("withdraw", "contact", None), ("cancel", "member", None),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("contact")
def test_steps_of_what_waits(request, member, theirs, action, who, stage):
    meeting = asked(member, theirs)
    by = request.getfixturevalue(who)
    if stage is None:
        with pytest.raises(Refused):
            services.move(meeting, action, by=by, reason="Ei käy")
    else:
        assert services.move(meeting, action, by=by, reason="Ei käy").stage == stage


def held(member, theirs, contact):
    meeting = services.accept(asked(member, theirs), noon(5), by=contact)
    past = timezone.now() - DAY
    OneToOne.objects.filter(pk=meeting.pk).update(
        starts_at=past, ends_at=past + datetime.timedelta(minutes=30)
    )
    meeting.refresh_from_db()
    return meeting


def test_outcome_is_told_after_the_meeting_by_either(member, theirs, contact):
    ahead = services.accept(asked(member, theirs), noon(5), by=contact)
    with pytest.raises(Refused):
        services.tell_outcome(ahead, "project", "Aloitamme.", by=member)
    services.move(ahead, "cancel", by=member, reason="Sairas")
    meeting = held(member, theirs, contact)

    meeting = services.tell_outcome(meeting, "project", "Aloitamme.", by=contact)

    assert (meeting.stage, meeting.outcome) == ("told", "project")
    assert OutboxMail.objects.filter(kind="one_to_one_outcome").get().recipient == member


def test_outcome_of_an_old_page_does_not_overwrite_the_other_one(member, theirs, contact):
    meeting = held(member, theirs, contact)
    seen = meeting.stamp
    services.tell_outcome(meeting, "known", "Tutustuimme.", by=contact, seen=seen)

    with pytest.raises(Refused):
        services.tell_outcome(meeting, "none", "", by=member, seen=seen)


def test_what_nobody_answers_lapses(member, theirs, contact):
    meeting = asked(member, theirs)
    OneToOne.objects.update(answer_by=timezone.now() - DAY)

    assert services.expire() == 1
    assert services.expire() == 0
    meeting.refresh_from_db()
    assert meeting.stage == "expired"
    assert contact


def test_both_hear_of_what_lapses_once_a_person_has_answered(member, theirs, contact):
    meeting = asked(member, theirs)
    services.offer_other(meeting, [noon(6)], by=contact)
    OneToOne.objects.update(answer_by=timezone.now() - DAY)

    services.expire()

    told = OutboxMail.objects.filter(kind="one_to_one_off")
    assert {mail.recipient for mail in told} == {member, contact}


def test_entry_of_a_meeting_with_an_erased_account_is_taken_out(member, theirs, contact):
    meeting = asked(member, theirs)
    services.accept(meeting, noon(5), by=contact)

    services.take_off_person(contact)

    meeting.refresh_from_db()
    assert (meeting.stage, meeting.ics_sequence) == ("cancelled", 1)


@pytest.mark.parametrize("stage", [*Stage.values])
def test_meeting_whose_asked_person_is_erased_opens_to_no_other_contact(
    member, theirs, contact, stage
):
    other = factories.affiliation(factories.user(), theirs, role="contact").user
    meeting = held(member, theirs, contact)
    outcome = "known" if stage == "told" else ""
    OneToOne.objects.filter(pk=meeting.pk).update(stage=stage, outcome=outcome)

    erasure.erase_one_to_one(contact)

    meeting.refresh_from_db()
    assert meeting.asked is None
    assert not OneToOne.objects.visible_to(other).exists()
    assert meeting.side_of(other) is None
    assert OneToOne.objects.visible_to(member).exists()


@pytest.mark.parametrize("action", ["decline", "withdraw"])
def test_who_declines_for_an_organisation_keeps_the_meeting(member, theirs, contact, action):
    """A request that was taken back is closed to those who could have answered it."""
    meeting = asked(member, theirs)

    services.move(meeting, action, by=contact if action == "decline" else member, reason="Ei.")

    seen = action == "decline"
    assert OneToOne.objects.visible_to(contact).exists() == seen
    if not seen:
        mail = letter(OutboxMail.objects.get(kind="one_to_one_off", recipient=contact))
        assert str(member) in mail.text
        assert meeting.get_absolute_url() not in mail.text


def test_both_are_asked_once_what_came_of_it(member, theirs, contact):
    held(member, theirs, contact)

    services.remind()
    services.remind()

    assert OutboxMail.objects.filter(kind="one_to_one_held").count() == 2


def test_page_asks_answers_and_tells(client, member, theirs, contact):
    client.force_login(member)
    ask = f"{reverse('events:one_to_one_ask')}?organisation={theirs.slug}"
    page = client.get(ask)
    at = page.context["form"].fields["times"].choices[0][0]
    answer = client.post(ask, {
        "topic": "Vesilaitoksen varavoima", "minutes": "30", "times": [at],
        "form_key": str(uuid.uuid4()),
    })  # fmt: skip
    meeting = OneToOne.objects.get()
    assert answer.url == meeting.get_absolute_url()

    client.force_login(contact)
    client.post(reverse("events:one_to_one_accept", args=[meeting.public_id]), {"at": at})

    meeting.refresh_from_db()
    assert meeting.stage == "agreed"
    ics = client.get(reverse("events:one_to_one_ics", args=[meeting.public_id]))
    assert b"BEGIN:VEVENT" in ics.content


@pytest.mark.parametrize("at", ["", "huomenna", "2026-01-01T10:00", "x" * 99])
def test_hostile_time_is_answered_with_words(client, member, theirs, contact, at):
    meeting = asked(member, theirs)
    client.force_login(contact)

    answer = client.post(reverse("events:one_to_one_accept", args=[meeting.public_id]), {"at": at})

    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert meeting.stage == "asked"


def test_coordinators_see_figures_without_names(client, member, theirs, contact, office):
    asked(member, theirs)
    client.force_login(office)

    page = client.get(reverse("events:one_to_ones"))

    assert page.context["figures"][0]["value"] == 1
    assert "Vesilaitoksen varavoima" not in page.content.decode()
    assert contact


def agree_at_once(contact, meetings):
    def agree(meeting):
        try:
            services.accept(meeting, noon(5), by=contact)
        except Refused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(agree, meetings))
    return OneToOne.objects.filter(stage="agreed").count()


@pytest.fixture
def two(member, lead, theirs, contact, monkeypatch):
    """Two requests for the same time; whoever has looked whether it is free waits for the other."""
    assert contact
    rows = [asked(member, theirs), asked(lead, theirs)]
    Together().after(monkeypatch, busy, "is_free")
    return rows


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_person_agrees_on_one_meeting_at_a_time(contact, two):
    assert agree_at_once(contact, two) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_agrees_on_both(contact, two, monkeypatch):
    monkeypatch.setattr(services, "_lock_people", lambda *_people: None)

    assert agree_at_once(contact, two) == 2


def card_of(client, user):
    client.force_login(user)
    cards = client.get("/me/").context["mine"]
    return next(([row["title"] for row in c["rows"]] for c in cards if c["key"] == CARD), None)


def test_desk_leads_to_the_meetings_of_whoever_has_any(client, member, theirs, contact, office):
    assert [card_of(client, each) for each in (member, contact)] == [None, None]

    asked(member, theirs)

    assert card_of(client, member) == ["Vesilaitoksen varavoima", ALL]
    assert card_of(client, contact) == [ALL]  # the meeting waits for them: in a card of its own
    assert card_of(client, office) is None
    assert reverse("events:one_to_ones") in client.get("/events/").content.decode()


def test_desk_leads_to_the_meetings_where_something_fits_a_need(
    client, home_cluster, company, member, theirs, contact
):
    need = need_factories.need(home_cluster, company)
    assert card_of(client, member) is None

    NeedMatch.objects.create(
        need=need, content_type=ContentType.objects.get_for_model(Organisation),
        object_id=theirs.pk, answers="members",
    )  # fmt: skip

    assert card_of(client, member) == [ALL]
    assert card_of(client, contact) == [ALL]


def test_times_are_not_called_optional_as_one_is_needed(client, member, theirs, contact):
    client.force_login(member)
    address = f"{reverse('events:one_to_one_ask')}?organisation={theirs.slug}"

    form = client.get(address).context["form"]
    refused = client.post(address, {"topic": "abc", "minutes": 30, "form_key": uuid.uuid4()})

    assert form.fields["times"].needed
    assert list(refused.context["form"].errors) == ["topic", "times"]  # both at once
    assert contact
