"""Places held for groups until a day: who takes them, who waits, what is let go and when."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import vocabulary
from cluster_portal.core.errors import Refused
from events.models import Quota, Registration, Seats
from events.services import copies, editing, organising, places, quotas
from events.services import registrations as services
from events.services.quotas import Wanted
from tests import factories
from tests.events.factories import details, event
from tests.events.test_places import in_parallel, registering, stages, unlock

pytestmark = pytest.mark.django_db


def until(days=7):
    return timezone.localdate() + datetime.timedelta(days=days)


def of_sector(count, sector="business", days=7):
    return Wanted("sector", count, until(days), sector=sector)


def put(made, *wanted, by):
    seats = quotas.seats_with_quotas(made)
    return quotas.put_quotas(seats, wanted, by=by)


def person(kind="company", **values):
    user = factories.user()
    factories.affiliation(user, factories.organisation(kind=kind, **values))
    return user


def register(made, user):
    return services.register(made, "on_site", details(user), by=user)


def invariants(made):
    """Counters tell what the rows tell, and nothing is given beyond what there is."""
    for seats in Seats.objects.filter(event=made):
        rows = Registration.objects.filter(seats=seats)
        assert seats.taken == rows.occupying().count()
        assert seats.held == sum(seats.quotas.values_list("held", flat=True))
        assert seats.taken + seats.held <= seats.total
        for quota in seats.quotas.all():
            assert rows.filter(quota=quota).count() + quota.held <= quota.places


@pytest.fixture
def made(home_cluster):
    return event(home_cluster, places=3)


def test_others_do_not_get_what_is_held_for_a_group(made, office):
    put(made, of_sector(2), by=office)

    others = [register(made, person("municipality")) for _ in range(2)]
    company = register(made, person())

    assert [row.stage for row in others] == ["confirmed", "waiting"]
    assert (company.stage, company.quota.sector) == ("confirmed", "business")
    invariants(made)


def test_group_takes_the_rest_when_its_own_are_taken(made, office):
    put(made, of_sector(1), by=office)

    rows = [register(made, person()) for _ in range(4)]

    assert [row.stage for row in rows] == ["confirmed"] * 3 + ["waiting"]
    assert [row.quota_id is None for row in rows] == [False, True, True, True]
    invariants(made)


def test_guest_proves_no_organisation(made, office):
    put(made, of_sector(3), by=office)
    guest = services.Details(name="Vieras", email="vieras@example.org")

    row = services.confirm_request(services.register(made, "on_site", guest, by=None))

    assert row.stage == "waiting"


def test_colleague_is_of_the_group_of_the_one_who_brings(made, office):
    put(made, of_sector(3), by=office)

    row = services.register_colleague(
        made, "on_site", services.Details(name="Kollega"), by=person()
    )

    assert (row.stage, row.quota.held_until) == ("confirmed", until())


def test_place_given_back_is_held_for_the_group_again(made, office):
    put(made, of_sector(3), by=office)
    company = person()
    waiting = register(made, person("municipality"))
    row = register(made, company)

    services.cancel_registration(row, by=company)

    waiting.refresh_from_db()
    assert (waiting.stage, Quota.objects.get().held) == ("waiting", 3)
    invariants(made)


def test_queue_is_passed_by_the_group_for_its_own_places_only(made, office):
    put(made, of_sector(1), by=office)
    first = [register(made, person("municipality")) for _ in range(3)]
    companies = [register(made, person()) for _ in range(2)]
    assert [row.stage for row in (*first, *companies)] == [
        "confirmed", "confirmed", "waiting", "confirmed", "waiting",
    ]  # fmt: skip

    services.cancel_registration(companies[0], by=companies[0].user)

    assert Registration.objects.get(pk=companies[1].pk).stage == "confirmed"
    assert Registration.objects.get(pk=first[2].pk).stage == "waiting"
    invariants(made)


def test_after_its_day_all_is_one_pot_and_the_queue_moves(made, office):
    put(made, of_sector(2, days=2), by=office)
    rows = [register(made, person("municipality")) for _ in range(4)]
    Quota.objects.update(held_until=until(-1))

    assert places.let_go_quotas() == 1
    assert places.let_go_quotas() == 0

    assert stages(made) == ["confirmed"] * 3 + ["waiting"]
    assert Registration.objects.get(pk=rows[3].pk).stage == "waiting"
    invariants(made)


def test_who_registers_after_the_day_needs_no_round(made, office):
    put(made, of_sector(3, days=2), by=office)
    Quota.objects.update(held_until=until(-1))

    assert register(made, person("municipality")).stage == "confirmed"
    assert Seats.objects.get(event=made).held == 0


def test_who_has_a_place_already_counts_as_of_the_quota(made, office):
    row = register(made, person())

    put(made, of_sector(2), by=office)

    assert (Quota.objects.get().held, Registration.objects.get(pk=row.pk).quota) == (
        1, Quota.objects.get(),
    )  # fmt: skip


def test_more_than_is_free_cannot_be_held(made, office):
    register(made, person("municipality"))

    with pytest.raises(Refused, match="Only 2 places are free"), transaction.atomic():
        put(made, of_sector(3), by=office)

    assert not Quota.objects.exists()


def test_places_without_limit_hold_nothing(home_cluster, office):
    with pytest.raises(Refused, match="how many places"):
        put(event(home_cluster, places=None), of_sector(1), by=office)


def test_capacity_does_not_go_below_what_is_held(made, office):
    put(made, of_sector(3), by=office)

    with pytest.raises(Refused, match="3 places are held"):
        places.set_capacity(made.seats.get(), 2, by=office)


def test_database_refuses_to_give_what_is_held(made, office):
    put(made, of_sector(3), by=office)

    with pytest.raises(IntegrityError, match="never_overbooked"), transaction.atomic():
        Seats.objects.filter(event=made).update(taken=1)


def test_taking_a_quota_away_moves_the_queue(made, office):
    put(made, of_sector(3), by=office)
    row = register(made, person("municipality"))

    editing.edit_event(made, editing.Changes({}, places={"on_site": 3}, quotas=()), by=office)

    assert Registration.objects.get(pk=row.pk).stage == "confirmed"
    invariants(made)


@pytest.mark.parametrize("group", ["sector", "region", "cluster", "invited"])
def test_each_kind_of_group_is_found(made, home_cluster, office, group):
    region = vocabulary.terms("region")[0]
    user = person(region=region)
    organisation = user.affiliations.get().organisation
    factories.membership(organisation, home_cluster)
    made.invited_organisations.add(organisation)
    named = {
        "sector": {"sector": "business"}, "region": {"region": region.pk},
        "cluster": {"cluster": home_cluster.pk}, "invited": {},
    }[group]  # fmt: skip

    put(made, Wanted(group, 3, until(), **named), by=office)

    assert register(made, user).stage == "confirmed"
    assert register(made, person("municipality")).stage == "waiting"


def test_copy_and_moved_event_carry_the_quotas(made, office):
    put(made, of_sector(2), by=office)
    days = datetime.timedelta(days=3)

    copy = copies.copy_event(made, by=office, key=uuid.uuid4())
    values = {"starts_at": made.starts_at + days, "ends_at": made.ends_at + days}
    editing.edit_event(made, editing.Changes(values), by=office)

    assert Quota.objects.get(seats__event=made).held_until == until() + days
    theirs = Quota.objects.get(seats__event=copy)
    assert (theirs.places, theirs.held) == (2, 2)
    gap = timezone.localdate(made.starts_at) - until()
    assert timezone.localdate(copy.starts_at) - theirs.held_until == gap


def test_form_sets_shows_and_takes_away(client, made, office):
    client.force_login(office)
    url = reverse("events:edit_step", args=[made.slug, "registration"])
    closes = timezone.localtime(made.registration_closes_at).strftime("%Y-%m-%dT%H:%M")
    data = {
        "places": "3", "registration_closes_at": closes, "queue": "at_once", "offer_hours": "24",
        "quota_1_group": "sector:business", "quota_1_places": "2",
        "quota_1_until": until().isoformat(),
    }  # fmt: skip

    assert client.post(url, data).status_code == 302

    assert Quota.objects.get().held == 2
    shown = client.get(made.get_absolute_url()).content.decode()
    assert "2 places are held until" in shown
    organiser = client.get(reverse("events:organiser", args=[made.slug])).content.decode()
    assert "0/2" in organiser
    client.post(url, {**data, "quota_1_group": ""})
    assert not Quota.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        {"quota_1_group": "sector:business"},
        {"quota_1_group": "sector:nothing", "quota_1_places": "1"},
        {"quota_1_group": "invited", "quota_1_places": "0"},
        {"quota_1_group": "invited", "quota_1_places": "1", "quota_1_until": "2999-01-01"},
        {"quota_1_group": "invited", "quota_1_places": "9", "quota_1_until": "TODAY"},
    ],
)
def test_form_refuses_half_and_impossible_rows(client, made, office, row):
    client.force_login(office)
    url = reverse("events:edit_step", args=[made.slug, "registration"])
    closes = timezone.localtime(made.registration_closes_at).strftime("%Y-%m-%dT%H:%M")
    row = {key: until(1).isoformat() if value == "TODAY" else value for key, value in row.items()}

    answer = client.post(url, {"places": "3", "registration_closes_at": closes, **row})

    assert (answer.status_code, Quota.objects.count()) == (422, 0)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def crowd(self):
        return [person() for _ in range(8)] + [person("municipality") for _ in range(8)]

    def test_group_gets_its_places_and_others_the_rest(self, home_cluster, office):
        made = event(home_cluster, places=6)
        put(made, of_sector(3), by=office)
        crowd = self.crowd()
        row = register(made, crowd[0])

        in_parallel([
            *registering(made, crowd[1:]),
            lambda: services.cancel_registration(row, by=crowd[0]),
            lambda: places.set_capacity(made.seats.get(), 7, by=office),
        ])  # fmt: skip

        assert stages(made).count("confirmed") == 7
        of_group = made.registrations.occupying().filter(quota__isnull=False)
        assert of_group.count() == 3
        invariants(made)

    def test_without_the_lock_the_group_loses_or_the_database_refuses(
        self, home_cluster, office, monkeypatch
    ):
        made = event(home_cluster, places=6)
        put(made, of_sector(3), by=office)
        unlock(monkeypatch)

        results = in_parallel(registering(made, self.crowd()))

        assert any(isinstance(result, IntegrityError) for result in results)

    def test_last_held_place_as_its_day_ends(self, home_cluster, office):
        made = event(home_cluster, places=1)
        put(made, of_sector(1, days=1), by=office)
        waiting = register(made, person("municipality"))
        company = person()
        Quota.objects.update(held_until=until(-1))

        in_parallel([
            places.let_go_quotas, lambda: register(made, company), places.let_go_quotas,
        ])  # fmt: skip

        assert stages(made) == ["confirmed", "waiting"]
        assert Registration.objects.get(pk=waiting.pk).stage == "confirmed"
        invariants(made)


def test_organiser_gives_a_guest_one_of_the_held_places(made, office):
    put(made, of_sector(2), by=office)
    quota = Quota.objects.get()
    guest = services.Details(name="Vieras", email="vieras@example.org")

    row = organising.add_participant(made, "on_site", guest, by=office, quota=quota.pk)

    quota.refresh_from_db()
    assert (row.stage, row.quota, quota.held) == ("confirmed", quota, 1)
    invariants(made)


def test_held_place_that_is_no_longer_there_is_refused(made, office):
    put(made, of_sector(1), by=office)
    register(made, person())
    guest = services.Details(name="Vieras", email="vieras@example.org")

    with pytest.raises(Refused):
        organising.add_participant(made, "on_site", guest, by=office, quota=Quota.objects.get().pk)

    invariants(made)


def test_form_of_the_organiser_offers_what_is_held(client, made, office):
    client.force_login(office)
    address = reverse("events:organiser_add", args=[made.slug])
    assert "quota" not in client.get(address).context["form"].fields
    put(made, of_sector(2), by=office)

    assert "2 places held" in client.get(address).content.decode()
    values = {"mode": "on_site", "name": "Vieras", "email": "vieras@example.org",
              "language": "fi", "quota": Quota.objects.get().pk}  # fmt: skip
    assert client.post(address, {**values, "quota": "0"}).status_code == 422
    assert client.post(address, values).status_code == 302

    assert Registration.objects.get().quota_id == values["quota"]
    client.logout()
    page = " ".join(client.get(made.get_absolute_url()).content.decode().split())
    assert "Without one you get one of the rest." in page
