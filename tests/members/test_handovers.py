"""What is open in a cluster is listed, gone through and kept when a coordinator leaves."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cluster_portal.core import content
from cluster_portal.core.errors import Refused
from members.models import CoordinatorTerm, Handover
from members.services import handovers
from members.services.handovers import NewHost
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/admin/members/handovers/"


@pytest.fixture
def waiting(home_cluster, other_cluster):
    """One application here, two in the other cluster."""
    for cluster in (home_cluster, other_cluster, other_cluster):
        person = factories.user()
        factories.membership(
            person, cluster, stage="submitted", applicant=person, submitted_at=timezone.now()
        )


@pytest.fixture
def handover(home_cluster, office, waiting):
    return handovers.begin(home_cluster, by=office, occasion="coordinator", to_whom="Seuraaja")


def line_of(handover, key="applications"):
    return handover.items.get(key=key)


def everything(handover, note="Sovittu."):
    return {item.pk: (True, note) for item in handover.items.all()}


def test_only_what_is_open_in_the_own_cluster_is_listed(handover):
    line = line_of(handover)

    assert (line.count, line.done_at) == (1, None)
    assert line.oldest is not None


def test_every_declared_queue_answers_for_one_cluster(home_cluster):
    """A new queue must not need more of its reader than what groups they belong to."""
    assert len(content.parts(lambda one: one.queues)) > len(handovers.open_lines(home_cluster))


def test_ticks_and_notes_say_who_and_the_first_stays(handover, office, admin_user):
    line = line_of(handover)
    handovers.go_through(handover, {line.pk: (True, "Soitettu.")}, by=office)
    handovers.go_through(handover, {line.pk: (True, "Soitettu kahdesti.")}, by=admin_user)

    line.refresh_from_db()
    assert (line.done_by, line.note) == (office, "Soitettu kahdesti.")

    handovers.go_through(handover, {line.pk: (False, "")}, by=office)
    line.refresh_from_db()
    assert line.done_by is line.done_at is None


def test_it_is_finished_once_every_line_is_settled(handover, office):
    with pytest.raises(Refused):
        handovers.finish(handover, by=office)
    handovers.go_through(handover, everything(handover), by=office)

    done = handovers.finish(handover, by=office)

    assert done.finished_by == office
    for act in (
        lambda: handovers.finish(handover, by=office),
        lambda: handovers.go_through(handover, everything(handover), by=office),
    ):
        with pytest.raises(Refused):
            act()


def test_new_host_begins_a_term_with_its_source(handover, office, company, home_cluster):
    old = CoordinatorTerm.objects.create(
        cluster=home_cluster, organisation=factories.organisation(), from_year=2017,
        is_current=True, source="Pöytäkirja",
    )  # fmt: skip
    handovers.go_through(handover, everything(handover), by=office)

    handovers.finish(handover, by=office, host=NewHost(company, 2027, "Kokous 3.2.2027"))

    old.refresh_from_db()
    new = CoordinatorTerm.objects.get(is_current=True)
    assert (old.is_current, old.to_year) == (False, 2027)
    assert (new.organisation, new.from_year, new.source) == (company, 2027, "Kokous 3.2.2027")


def test_one_open_handover_per_cluster(handover, home_cluster, office):
    with pytest.raises(Refused):
        handovers.begin(home_cluster, by=office, occasion="host")
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(cluster=home_cluster)


@pytest.mark.parametrize("who", ["other_office", "member", "outsider"])
def test_others_neither_see_nor_touch_it(client, request, handover, home_cluster, who):
    reader = request.getfixturevalue(who)
    client.force_login(reader)

    answers = [
        client.get(f"{LIST}{handover.pk}/"), client.post(f"{LIST}{handover.pk}/"),
        client.post(f"{LIST}{handover.pk}/finish/"),
    ]  # fmt: skip

    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert (who == "other_office") == (answers[0].status_code == 404)
    assert not Handover.objects.in_scope_of(reader).exists()
    for act in (
        lambda: handovers.begin(home_cluster, by=reader, occasion="host"),
        lambda: handovers.go_through(handover, everything(handover), by=reader),
    ):
        with pytest.raises(Refused):
            act()


def test_pages_begin_go_through_and_finish(client, office, home_cluster, waiting, company):
    client.force_login(office)
    client.post(LIST, {"cluster": home_cluster.pk, "occasion": "coordinator", "to_whom": "Hän"})
    made = Handover.objects.get()
    page = f"{LIST}{made.pk}/"
    assert "Jäsenhakemukset" in client.get(page).content.decode()

    ticks = {f"done_{item.pk}": "on" for item in made.items.all()}
    client.post(page, ticks)
    host = {"organisation": company.name, "from_year": "2027", "source": "Kokous"}
    client.post(f"{page}finish/", host)

    made.refresh_from_db()
    assert made.is_finished
    assert CoordinatorTerm.objects.get().organisation == company
    assert "Kokous" not in client.get(page).content.decode()  # a form no more


@pytest.mark.parametrize(
    "bad",
    [
        {"organisation": "Ei ole"},
        {"organisation": "Esimerkki Sensoritekniikka Oy"},
        {"from_year": "x"},
    ],
)
def test_bad_input_is_told_at_the_form(client, office, handover, company, bad):
    handovers.go_through(handover, everything(handover), by=office)
    client.force_login(office)

    answer = client.post(f"{LIST}{handover.pk}/finish/", bad)

    assert answer.status_code == 422
    assert not Handover.objects.get().is_finished


def test_note_that_bears_a_marking_is_refused(client, office, handover):
    client.force_login(office)

    answer = client.post(f"{LIST}{handover.pk}/", {f"note_{line_of(handover).pk}": "TL III asia"})

    assert answer.status_code == 422
    assert line_of(handover).note == ""
