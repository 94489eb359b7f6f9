"""Bodies: who sees one, who looks after it, and terms that begin and end."""

import contextlib
import datetime
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events import exports
from events.models import Body, BodyMember
from events.pages import bodies as page
from events.services import bodies as services
from tests import factories
from tests.events import body_factories as made
from tests.races import at_once, slowly

TODAY = datetime.date.today
YESTERDAY = datetime.timedelta(days=1)


@pytest.fixture
def group(home_cluster):
    return made.body(home_cluster)


def form(**values):
    return {
        "kind": "forum", "title_fi": "Kumppanuusfoorumi", "summary_fi": "Yhteinen pöytä.",
        "visibility": "public", "papers_by": "members", "form_key": uuid.uuid4(), **values,
    }  # fmt: skip


def seat_form(**values):
    return {
        "name": "Kerttu Kuvitelma", "email": "kerttu@example.org", "role": "member",
        "since": timezone.localdate(), "form_key": uuid.uuid4(), **values,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("visibility", "seen"),
    [
        ("public", {"visitor", "outsider", "member", "seated", "office"}),
        ("members", {"member", "seated", "office"}),
        ("group", {"seated", "office"}),
    ],
)
def test_body_is_seen_by_its_level(home_cluster, outsider, member, office, visibility, seen):
    body = made.body(home_cluster, visibility=visibility)
    seated = factories.user()
    made.seat(body, seated)
    readers = {"visitor": AnonymousUser(), "outsider": outsider, "member": member,
               "seated": seated, "office": office}  # fmt: skip

    found = {name for name, one in readers.items() if Body.objects.visible_to(one).exists()}

    assert found == seen


@pytest.mark.parametrize("role", ["chair", "secretary", "member", "deputy", "vice_chair"])
def test_chair_and_secretary_look_after_the_body_while_their_terms_last(group, outsider, role):
    seat = made.seat(group, outsider, role)

    assert Body.objects.editable_by(outsider).exists() == (role in {"chair", "secretary"})
    seat.until = timezone.localdate() - YESTERDAY
    seat.save()
    assert not Body.objects.editable_by(outsider).exists()
    assert not Body.objects.visible_to(outsider).exists()


def test_only_an_own_seat_gets_the_papers(group, outsider):
    seat = made.seat(group, outsider, "deputy")
    assert not Body.objects.attended_by(outsider).exists()

    BodyMember.objects.filter(pk=seat.pk).update(role="member")
    assert Body.objects.attended_by(outsider).exists()


@pytest.mark.parametrize(
    ("since", "until", "current"),
    [(0, 0, True), (0, None, True), (1, None, False), (-9, -1, False)],
)
def test_both_days_of_a_term_belong_to_it(group, since, until, current):
    days = [timezone.localdate() + datetime.timedelta(days=n) if n is not None else None
            for n in (since, until)]  # fmt: skip

    seat = made.seat(group, since=days[0], until=days[1])

    assert BodyMember.objects.current().exists() == current == seat.is_current


def test_coordinator_makes_a_body_names_a_member_and_ends_the_term(client, office, home_cluster):
    client.force_login(office)
    sent = form(home_cluster=home_cluster.pk)
    first = client.post("/events/bodies/propose/", sent)
    assert client.post("/events/bodies/propose/", sent).url == first.url
    body = Body.objects.get()
    guest = factories.verified(factories.user("kerttu@example.org"))

    client.post(f"{first.url}members/add/", seat_form(email="KERTTU@example.org"))

    seat = body.seats.get()
    assert (seat.user, seat.name, seat.email) == (guest, "", "")
    mail = letter(OutboxMail.objects.get(kind="body_member_added", recipient=guest))
    assert mail.subject == "Sinulla on paikka: Kumppanuusfoorumi"
    BodyMember.objects.update(since=timezone.localdate() - YESTERDAY)
    client.post(f"/events/bodies/seats/{seat.public_id}/end/")
    seat.refresh_from_db()
    assert not seat.is_current
    assert str(guest) in client.get(first.url).content.decode()


def test_unverified_address_gives_no_seat_to_its_account(group, office):
    factories.user("kerttu@example.org")

    seat = services.add_member(group, seat_form(organisation=None, until=None), by=office)

    assert (seat.user, str(seat)) == (None, "Kerttu Kuvitelma")


@pytest.mark.parametrize("who", ["outsider", "member", "other_office"])
def test_body_is_made_by_coordinators_of_its_cluster_only(client, request, who, home_cluster):
    client.force_login(request.getfixturevalue(who))

    answer = client.post("/events/bodies/propose/", form(home_cluster=home_cluster.pk))

    assert answer.status_code in {404, 422}
    assert not Body.objects.exists()


def test_second_chair_and_second_seat_are_refused(group, office):
    made.seat(group, office, "chair")
    with pytest.raises(Refused):
        services.add_member(group, seat_form(role="chair"), by=office)
    services.add_member(group, seat_form(), by=office)
    with pytest.raises(Refused):
        services.add_member(group, seat_form(name="KERTTU kuvitelma"), by=office)


@pytest.mark.parametrize(
    "fault",
    [{"until": "2020-01-01"}, {"name": "SALAINEN TL III"}, {"email": "ei"}, {"role": "keisari"}],
)
def test_faulty_seat_is_answered_in_the_form(client, office, group, fault):
    client.force_login(office)

    answer = client.post(f"/events/bodies/{group.slug}/members/add/", seat_form(**fault))

    assert answer.status_code == 422
    assert not group.seats.exists()


def test_change_made_meanwhile_is_not_overwritten(client, office, group):
    client.force_login(office)
    sent = form(seen="2020-01-01T00:00:00+00:00")

    assert client.post(f"/events/bodies/{group.slug}/edit/", sent).status_code == 422
    assert client.post(
        f"/events/bodies/{group.slug}/edit/", form(seen=group.stamp)
    ).status_code == 302  # fmt: skip


def name_two_chairs(group, office, monkeypatch):
    step = slowly(monkeypatch, services.audit, "record")
    people = [factories.verified(factories.user()) for _ in range(2)]

    def named(person):
        with contextlib.suppress(Refused):
            sent = seat_form(role="chair", email=person.email, organisation=None, until=None)
            services.add_member(group, sent, by=office)

    at_once(*(lambda person=person: named(person) for person in people), step=step)
    return group.seats.filter(role="chair").count()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_name_a_chair_at_once_leave_one(home_cluster, office, monkeypatch):
    assert name_two_chairs(made.body(home_cluster), office, monkeypatch) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_there_would_be_two_chairs(home_cluster, office, monkeypatch):
    monkeypatch.setattr(services, "lock", lambda body, by: body)

    assert name_two_chairs(made.body(home_cluster), office, monkeypatch) == 2


def test_cluster_page_and_desk_show_the_bodies(client, home_cluster, outsider):
    body = made.body(home_cluster, visibility="public", title_fi="Näkyvä ryhmä")
    made.body(home_cluster, title_fi="Piilossa oleva ryhmä")
    made.seat(body, outsider)

    page_of_cluster = client.get(f"/clusters/{home_cluster.slug}/").content.decode()
    client.force_login(outsider)

    assert "Näkyvä ryhmä" in page_of_cluster
    assert "Piilossa" not in page_of_cluster
    assert [row["title"] for row in page.mine(outsider)] == ["Näkyvä ryhmä"]
    assert "Näkyvä ryhmä" in client.get("/me/").content.decode()
    assert exports.body_seats(outsider)[0]["body"] == "Näkyvä ryhmä"


def test_hidden_organisation_is_not_named_beside_its_member(client, home_cluster):
    body = made.body(home_cluster, visibility="public")
    hidden = factories.organisation("Piilo Oy", visibility="private")
    made.seat(body, factories.user(), organisation=hidden)

    assert "Piilo" not in client.get(body.get_absolute_url()).content.decode()
