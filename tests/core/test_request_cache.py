"""Rights are asked once per request, per task and per letter, and not carried any further."""

from django.core import mail
from django.http import HttpRequest, HttpResponse

from cluster_portal.celery import app as celery_app
from cluster_portal.core import request_cache
from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from cluster_portal.notifications.sending.delivery import deliver_due
from members.models import Membership
from members.services import affiliations, coordinators, memberships
from tests import factories

NUMBERS: Part[int] = Part("numbers of a test")


def counted():
    """A function that says how often it was asked."""
    asked = []

    def find() -> int:
        asked.append(None)
        return len(asked)

    return find


def test_outside_of_a_scope_nothing_is_kept():
    find = counted()

    assert [NUMBERS.get("a", find), NUMBERS.get("a", find)] == [1, 2]


def test_scope_keeps_by_key_and_ends():
    find = counted()

    with request_cache.scope():
        inside = [NUMBERS.get(key, find) for key in "aba"]

    assert (inside, NUMBERS.get("a", find)) == ([1, 2, 1], 3)


def test_parts_of_one_key_are_apart():
    other: Part[int] = Part("other numbers")

    with request_cache.scope():
        NUMBERS.put("a", 1)
        other.put("a", 2)
        other.clear()

        assert (NUMBERS.has("a"), other.has("a")) == (True, False)


def test_scope_inside_another_begins_empty_and_gives_it_back():
    with request_cache.scope():
        NUMBERS.put("a", 1)
        with request_cache.scope():
            inside = NUMBERS.has("a")

        assert (inside, NUMBERS.has("a")) == (False, True)


def test_two_requests_share_nothing():
    find = counted()

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{NUMBERS.get('a', find)}{NUMBERS.get('a', find)}")

    handler = request_cache.request_scope(view)

    assert [handler(HttpRequest()).content for _ in range(2)] == [b"11", b"22"]


def test_two_users_in_one_request_are_each_themselves(member, office, home_cluster):
    with request_cache.scope():
        known = [audience(user) for user in (member, office, member)]

    assert [one.user_id for one in known] == [member.pk, office.pk, member.pk]
    assert [bool(one.coordinates) for one in known] == [False, True, False]


def test_confirmed_colleague_is_one_within_the_same_request(company, lead, outsider):
    asked = factories.affiliation(outsider, company, stage="requested")

    with request_cache.scope():
        before = audience(outsider).organisations
        affiliations.confirm(asked, by=lead)

        assert (before, audience(outsider).organisations) == (frozenset(), {company.pk})


def test_revoked_coordinator_is_none_within_the_same_request(admin_user, office, home_cluster):
    with request_cache.scope():
        before = audience(office).coordinates
        coordinators.revoke(office.coordinatorships.get(), by=admin_user)

        assert (before, audience(office).coordinates) == ({home_cluster.pk}, frozenset())


def test_ended_membership_ends_for_colleagues_within_the_same_request(member, office, company):
    with request_cache.scope():
        before = audience(member).is_member
        own = Membership.objects.get(organisation=company)
        memberships.end(own, by=office, reason="Sopimus päättyi.")

        assert (before, audience(member).is_member) == (True, False)


def test_rights_end_at_the_next_request(client, member, company):
    client.force_login(member)
    hidden = factories.organisation(visibility="members")
    statuses = [client.get(hidden.get_absolute_url()).status_code]

    Membership.objects.filter(organisation=company).update(stage="ended")
    statuses.append(client.get(hidden.get_absolute_url()).status_code)

    assert statuses == [200, 404]


def test_task_begins_anew(db):
    find = counted()

    @celery_app.task
    def ask() -> int:
        return NUMBERS.get("a", find) + NUMBERS.get("a", find)

    with request_cache.scope():
        NUMBERS.put("a", 100)

        assert [ask.apply().get(), ask.apply().get()] == [2, 4]


def test_worker_keeps_nothing_between_letters(member, company, home_cluster):
    """The right that the first letter was sent by is gone before the second."""
    hidden = factories.organisation(visibility="members")
    for key in ("1", "2"):
        outbox.post("organisations_merged", to=member, key=key, about=hidden, values={"gone": "X"})

    with request_cache.scope():
        deliver_due(seconds=0)
        Membership.objects.update(stage="ended")
        deliver_due()

    assert len(mail.outbox) == 1
