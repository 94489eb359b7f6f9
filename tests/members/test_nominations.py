"""A second coordinator is named by one person and confirmed by another."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications.models import OutboxMail
from members.models import Coordinator, Nomination, User
from members.models.nominations import Stage
from members.services import coordinators, nominations
from members.services.nominations import Named
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/admin/members/nomination/"
TODAY = timezone.localdate()


@pytest.fixture
def second(db):
    return factories.verified(factories.user("toinen@example.org"))


def named(cluster, address="toinen@example.org", **values):
    given = {"since": TODAY, "until": None, "reason": "Työ on kahden.", **values}
    return Named(cluster, address, **given)


@pytest.fixture
def nomination(home_cluster, second, office, admin_user):
    return nominations.name_coordinator(named(home_cluster), by=office)


def kinds_to(user):
    rows = OutboxMail.objects.filter(recipient=user).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_naming_makes_nobody_a_coordinator_and_tells_the_administrators(
    nomination, second, admin_user
):
    assert not Coordinator.objects.filter(user=second).exists()
    assert kinds_to(admin_user) == ["coordinator_named"]


def test_confirmed_one_coordinates_and_both_are_told(nomination, second, office, admin_user):
    nominations.confirm(nomination, by=admin_user)

    second.refresh_from_db()
    assert second.is_staff
    assert nomination.cluster_id in audience(second).coordinates
    assert kinds_to(second) == ["coordinator_granted"]
    assert kinds_to(office) == ["coordinator_confirmed"]


def test_refusal_has_a_reason_and_both_are_told(nomination, second, office, admin_user):
    with pytest.raises(Refused):
        nominations.refuse(nomination, by=admin_user, reason=" ")
    nominations.refuse(nomination, by=admin_user, reason="Liian aikaista.")

    assert kinds_to(second) == kinds_to(office) == ["coordinator_refused"]
    assert not Coordinator.objects.filter(user=second).exists()


@pytest.mark.parametrize("who", ["second", "office", "admin_user"])
def test_either_ends_it_and_the_other_is_told(request, nomination, second, office, who):
    nominations.confirm(nomination, by=request.getfixturevalue("admin_user"))
    by = request.getfixturevalue(who)

    nominations.end(nomination, by=by, reason="Tehtävä siirtyy.")

    second.refresh_from_db()
    assert not second.is_staff
    assert not Coordinator.objects.current().filter(user=second).exists()
    told = {user for user in (second, office) if "coordinator_ended" in kinds_to(user)}
    assert told == {second, office} - {by}


def test_first_coordinator_is_not_ended_by_the_second(nomination, second, office, admin_user):
    nominations.confirm(nomination, by=admin_user)
    second.refresh_from_db()
    other = Nomination(cluster=nomination.cluster, user=office, named_by=admin_user, stage="ended")

    assert not Nomination.objects.filter(user=office).exists()
    with pytest.raises(Refused):
        nominations._step(other, "end", by=second, reason="Syy.")


def test_term_over_ends_naming_and_administration(nomination, second, admin_user):
    nominations.confirm(nomination, by=admin_user)
    yesterday = TODAY - datetime.timedelta(days=1)
    for rows in (Nomination.objects.all(), Coordinator.objects.filter(user=second)):
        rows.update(since=yesterday, until=yesterday)

    assert nominations.close_expired() == 1
    coordinators.follow_terms()

    second.refresh_from_db()
    assert not second.is_staff
    assert Nomination.objects.get().stage == Stage.ENDED


def test_term_that_begins_later_opens_the_administration_on_its_day(
    home_cluster, office, second, admin_user
):
    later = TODAY + datetime.timedelta(days=3)
    made = nominations.name_coordinator(named(home_cluster, since=later), by=office)
    nominations.confirm(made, by=admin_user)
    second.refresh_from_db()
    assert not second.is_staff

    Coordinator.objects.filter(user=second).update(since=TODAY)
    coordinators.follow_terms()

    second.refresh_from_db()
    assert second.is_staff


def test_unconfirmed_or_unknown_address_is_refused_politely(home_cluster, office):
    factories.user("vahvistamaton@example.org")
    for address in ("vahvistamaton@example.org", "tuntematon@example.org"):
        with pytest.raises(Refused, match="Pyydä henkilöä luomaan tunnus"):
            nominations.name_coordinator(named(home_cluster, address), by=office)


def test_nobody_names_themselves_or_a_coordinator_or_twice(
    nomination, home_cluster, office, admin_user
):
    factories.verified(office)
    for address in (office.email, "toinen@example.org"):
        with pytest.raises(Refused):
            nominations.name_coordinator(named(home_cluster, address), by=office)


@pytest.mark.parametrize("who", ["other_office", "member", "outsider"])
def test_others_name_nobody(request, home_cluster, second, who):
    with pytest.raises(Refused):
        nominations.name_coordinator(named(home_cluster), by=request.getfixturevalue(who))


def test_administrator_who_named_needs_another_one(home_cluster, second, admin_user):
    made = nominations.name_coordinator(named(home_cluster), by=admin_user)

    with pytest.raises(Refused):
        nominations.confirm(made, by=admin_user)

    other = User.objects.create_superuser("toinen.yllapito@example.org", "x", first_name="Y")
    assert nominations.confirm(made, by=other).stage == Stage.CONFIRMED


def test_database_refuses_who_decides_on_their_own_naming(nomination, office):
    rows = Nomination.objects.filter(pk=nomination.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(stage="confirmed", decided_by=office, decided_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(stage="confirmed")


READERS = ("visitor", "outsider", "member", "second", "office", "other_office", "admin_user")


@pytest.mark.parametrize("who", READERS)
def test_naming_is_seen_by_the_two_the_cluster_and_the_administrator(request, nomination, who):
    reader = AnonymousUser() if who == "visitor" else request.getfixturevalue(who)

    seen = Nomination.objects.visible_to(reader).contains(nomination)

    assert seen == (who in {"second", "office", "admin_user"})


def test_form_names_by_address_and_keeps_other_clusters_out(
    client, office, home_cluster, other_cluster, second
):
    client.force_login(office)
    page = client.get(f"{LIST}add/")
    assert list(page.context["adminform"].form.fields["cluster"].queryset) == [home_cluster]
    given = {"cluster": other_cluster.pk, "address": second.email, "since": TODAY, "reason": "Syy"}

    refused = client.post(f"{LIST}add/", given)
    client.post(f"{LIST}add/", {**given, "cluster": home_cluster.pk})

    assert refused.status_code == 200
    made = Nomination.objects.get()
    assert (made.user, made.named_by, made.cluster) == (second, office, home_cluster)


@pytest.mark.parametrize(
    "bad",
    [
        {"address": "tuntematon@example.org"},
        {"reason": "TL IV tietoa"},
        {"reason": " "},
        {"since": "2026-13-45"},
        {"until": "2020-01-01"},
        {"cluster": "x"},
    ],
)
def test_bad_input_is_told_at_the_form(client, office, home_cluster, second, bad):
    given = {"cluster": home_cluster.pk, "address": second.email, "since": TODAY, "reason": "Syy"}
    client.force_login(office)

    answer = client.post(f"{LIST}add/", {**given, **bad})

    assert answer.status_code == 200
    assert answer.context["errors"]
    assert not Nomination.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("office", 200), ("other_office", 302)])
def test_naming_of_another_cluster_is_not_there(client, request, nomination, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(f"{LIST}{nomination.pk}/change/").status_code == status


def test_administrator_confirms_from_the_queue(client, nomination, admin_user, settings, second):
    settings.DEMO = True  # second factors are tested apart
    client.force_login(admin_user)
    today = client.get(reverse("admin:index")).content.decode()

    client.post(f"{LIST}{nomination.pk}/move/confirm/")

    assert f'href="{LIST}{nomination.pk}/change/"' in today
    assert Coordinator.objects.current().filter(user=second).exists()


def test_coordinator_does_not_confirm(client, nomination, office, second):
    client.force_login(office)

    client.post(f"{LIST}{nomination.pk}/move/confirm/")

    assert not Coordinator.objects.filter(user=second).exists()
