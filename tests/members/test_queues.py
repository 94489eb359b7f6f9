"""The coordinators' today page, and the queues that are gone through without leaving them."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import content
from cluster_portal.core.admin import queues
from cluster_portal.core.content import Queue, QueueState
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from members.models import Membership, NamedPerson, Organisation, ToldApart
from members.models.doubles import likely_pairs
from members.models.gaps import Gap, with_gap
from members.models.memberships import Stage
from members.models.profiles import CONFIRMED_FOR
from members.pages.queues import to_invite
from members.services.doubles import tell_apart
from members.services.named_people import Named, record_person
from tests import factories
from tests.statements import of_page

pytestmark = pytest.mark.django_db


def application(cluster, days_ago=1, **values):
    person = factories.user()
    sent = timezone.now() - datetime.timedelta(days=days_ago)
    values = {"stage": Stage.SUBMITTED, "since": None, "applicant": person, **values}
    return factories.membership(person, cluster, submitted_at=sent, **values)


def state_of(user, key):
    (queue,) = [each for each in content.parts(lambda one: one.queues) if each.key == key]
    return queue.state(user)


def counts(user, *keys):
    return {key: state_of(user, key).count for key in keys}


def change_page(row):
    return reverse(f"admin:members_{row._meta.model_name}_change", args=[row.pk])


def test_decided_application_leads_to_the_next_and_says_how_many_are_left(
    client, office, home_cluster
):
    first, second, third = [application(home_cluster, days_ago=days) for days in (9, 5, 2)]
    client.force_login(office)
    assert state_of(office, "applications").first == change_page(first)
    page = client.get(change_page(first)).content.decode()
    (move,) = re.findall(r'formaction="([^"]*/move/approve/[^"]*)"', page)

    answer = client.post(move, follow=True)

    assert answer.redirect_chain[-1][0] == f"{change_page(second)}?of=3"
    assert "2/3" in answer.content.decode()
    assert f'href="{change_page(third)}?of=3"' in answer.content.decode()


def test_last_one_leads_back_to_the_today_page(client, office, home_cluster):
    only = application(home_cluster)
    client.force_login(office)

    answer = client.post(f"{change_page(only)[:-7]}move/approve/")

    assert answer["Location"] == reverse("admin:index")


def test_step_that_settles_nothing_stays_on_the_case(client, office, home_cluster):
    one, _other = application(home_cluster, days_ago=4), application(home_cluster)
    client.force_login(office)

    answer = client.post(f"{change_page(one)[:-7]}move/take_up/")

    assert answer["Location"] == change_page(one)


@pytest.mark.parametrize("of", ["", "x", "-1", "٣", "9" * 5000, "0"])
def test_made_up_count_does_no_harm(client, office, home_cluster, of):
    one, _other = application(home_cluster, days_ago=4), application(home_cluster)
    client.force_login(office)

    page = client.get(change_page(one), {"of": of})

    assert "2/2" in page.content.decode()


def test_own_application_is_no_case_of_the_coordinator(office, home_cluster):
    application(home_cluster, applicant=office)

    assert counts(office, "applications") == {"applications": 0}


def test_confirmed_colleague_leads_to_the_next_where_there_is_no_contact(
    client, office, company, lead
):
    bare = factories.organisation()
    factories.membership(bare, company.memberships.get().cluster)
    asked = [
        factories.affiliation(factories.user(), bare, stage="requested") for _number in range(2)
    ]
    factories.affiliation(factories.user(), company, stage="requested")  # its contact's to answer
    client.force_login(office)
    assert counts(office, "colleagues") == {"colleagues": 2}

    answer = client.post(f"{change_page(asked[0])[:-7]}move/confirm/")

    assert answer["Location"] == f"{change_page(asked[1])}?of=2"
    assert counts(office, "colleagues") == {"colleagues": 1}


@pytest.fixture
def twins(home_cluster):
    rows = [factories.organisation(name) for name in ("Sama Oy", "SAMA OY", "Eri Oy")]
    for row in rows:
        factories.membership(row, home_cluster)
    return rows[:2]


def double_page(pair):
    return reverse("admin:members_double", args=pair)


def test_merged_double_leads_to_the_next_pair(client, office, twins, home_cluster):
    others = [factories.organisation("Toinen Oy"), factories.organisation("Toinen Oy")]
    for row in others:
        factories.membership(row, home_cluster)
    pairs = [tuple(row.pk for row in rows) for rows in (twins, others)]
    client.force_login(office)
    assert likely_pairs(office) == pairs
    assert state_of(office, "doubles").first == double_page(pairs[0])

    given = {"kept": twins[1].pk, "reason": "Sama yritys kahdesti."}
    answer = client.post(double_page(pairs[0]), given, follow=True)

    assert answer.redirect_chain[-1][0] == f"{double_page(pairs[1])}?of=2"
    assert "1/2" in answer.content.decode()
    twins[0].refresh_from_db()
    assert twins[0].successor == twins[1]


def test_pair_told_apart_is_not_proposed_again(client, office, twins):
    pair = tuple(row.pk for row in twins)
    client.force_login(office)

    answer = client.post(f"{double_page(pair)}apart/")

    assert answer["Location"] == reverse("admin:index")
    assert likely_pairs(office) == []
    assert ToldApart.objects.get().by == office
    assert client.post(f"{double_page(pair)}apart/").status_code == 302  # a second press


@pytest.mark.parametrize("who", ["other_office", "member"])
def test_pair_of_another_cluster_is_not_there(client, request, twins, who):
    reader = request.getfixturevalue(who)
    pair = tuple(row.pk for row in twins)
    client.force_login(reader)

    answers = [client.get(double_page(pair)), client.post(f"{double_page(pair)}apart/")]

    assert likely_pairs(reader) == []
    assert {answer.status_code for answer in answers} <= {302, 404}
    assert not ToldApart.objects.exists()
    assert not ToldApart.objects.in_scope_of(reader).exists()


def test_merging_without_a_reason_or_a_choice_says_so(client, office, twins):
    pair = tuple(row.pk for row in twins)
    client.force_login(office)

    answer = client.post(double_page(pair), {"kept": "7777", "reason": " "})

    assert answer.status_code == 422
    assert Organisation.objects.standing().filter(pk__in=pair).count() == 2


def test_units_and_successors_are_no_doubles(home_cluster, office):
    parent = factories.organisation("Yliopisto", business_id="0827616-7")
    units = [
        factories.organisation(f"Yksikkö {n}", business_id="0827616-7", parent=parent)
        for n in range(2)
    ]
    heir = factories.organisation("Vanha Oy")
    former = factories.organisation("Vanha Oy", successor=heir)
    for row in (parent, *units, heir, former):
        factories.membership(row, home_cluster)

    assert likely_pairs(office) == []


def test_telling_apart_needs_both_in_scope(other_office, twins):
    with pytest.raises(Refused):
        tell_apart(*twins, by=other_office)


LONG_AGO = timezone.localdate() - CONFIRMED_FOR - datetime.timedelta(days=1)


def test_gaps_are_counted_of_members_in_scope_and_listed(client, office, other_office, company):
    region = factories.region()
    full = {"region": region, "confirmed_on": timezone.localdate()}
    Organisation.objects.filter(pk=company.pk).update(**full)
    company.terms.add(region)
    factories.affiliation(factories.user(), company, role="contact")
    assert all(not with_gap(office, gap).exists() for gap in Gap)

    bare = factories.organisation(confirmed_on=LONG_AGO)
    factories.membership(bare, company.memberships.get().cluster)
    client.force_login(office)

    for gap in Gap:
        page = client.get(reverse("admin:members_organisation_changelist"), {"lacks": gap.value})
        assert list(page.context["cl"].queryset) == [bare]
        assert not with_gap(other_office, gap).exists()


def test_queue_is_late_once_its_target_is_over(monkeypatch, office):
    now = timezone.now()

    def line(days, target):
        oldest = now - datetime.timedelta(days=days)
        state = QueueState("Jono", 1, oldest, "/")
        return queues.Line("key", state, target, Queue("key", lambda _user: state).waits).is_late

    assert [line(8, 7), line(6, 7), line(99, 0)] == [True, False, False]


def test_today_page_tells_what_waits_and_asks_the_same_for_many(client, office, home_cluster):
    application(home_cluster, days_ago=20)
    client.force_login(office)
    few = of_page(client, reverse("admin:index"))
    page = client.get(reverse("admin:index")).content.decode()
    for _number in range(3):
        application(home_cluster)

    assert len(of_page(client, reverse("admin:index"))) == len(few)
    assert "myöhässä" in page
    assert change_page(Membership.objects.earliest("submitted_at")) in page


def test_invited_contact_leads_to_the_next_member_without_one(client, office, home_cluster):
    first, second = [factories.organisation(name) for name in ("Alfa Oy", "Beeta Oy")]
    for row in (first, second):
        factories.membership(row, home_cluster)
    client.force_login(office)
    page = state_of(office, "lacks-contact").first
    given = {"email": "uusi.yhteyshenkilo@example.org", "reason": "Nimetty sopimuksessa."}

    refused = client.post(page, {**given, "reason": ""})
    answer = client.post(page, given, follow=True)

    assert refused.status_code == 422
    target = reverse("admin:members_contact_invite", args=[second.pk])
    assert answer.redirect_chain[-1][0] == f"{target}?of=2"
    assert "1/2" in answer.content.decode()
    assert state_of(office, "lacks-contact").first == target
    letters = OutboxMail.objects.filter(kind="organisation_invitation")
    assert [mail.guest_address for mail in letters] == ["uusi.yhteyshenkilo@example.org"]


def test_member_whose_named_contact_is_invited_is_not_asked_about_again(
    client, office, home_cluster
):
    first, second = [factories.organisation(name) for name in ("Alfa Oy", "Beeta Oy")]
    people = []
    for row in (first, second):
        factories.membership(row, home_cluster)
        aino = Named("Aino Malli", f"aino{row.pk}@example.org", "contact")
        people.append(
            record_person(aino, home_cluster, by=office, source="Luettelo", organisation=row)
        )
    client.force_login(office)
    page = client.get(reverse("admin:members_contact_invite", args=[first.pk])).content.decode()
    NamedPerson.objects.filter(pk=people[0].pk).update(stage="invited", invited_at=timezone.now())

    waiting = list(to_invite(office))
    listed = client.get(state_of(office, "lacks-contact").url).context["cl"].queryset
    shown = [*listed]
    counted = state_of(office, "lacks-contact").count
    NamedPerson.objects.filter(pk=people[0].pk).update(
        invited_at=timezone.now() - datetime.timedelta(days=31)
    )

    assert people[0].email in page
    assert waiting == shown == [second]
    assert counted == 1
    assert list(to_invite(office)) == [first, second]


def test_contact_of_another_clusters_member_is_not_invited(client, other_office, company):
    client.force_login(other_office)
    page = reverse("admin:members_contact_invite", args=[company.pk])

    assert client.get(page).status_code == client.post(page, {}).status_code == 404


def test_every_queue_leads_to_a_page_of_the_portal(client, office, home_cluster):
    client.force_login(office)

    for queue in content.parts(lambda one: one.queues):
        address = queue.state(office).url
        assert address.startswith("/"), queue.key
        assert client.get(address, follow=True).status_code == 200, queue.key
