"""The auditor's lists: acts and refusals, for the administrator alone, to read and to filter."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.audit import AuditEntry, refusals
from members.models import User

LISTS = ("admin:core_auditentry_changelist", "admin:core_refusal_changelist")


@pytest.fixture
def entries(company, office, member):
    audit.record(member, "signed in", by=member, details={"network": "192.0.2.7"})
    change = audit.change(is_superuser=(False, True))
    audit.record(member, "changed in admin", by=office, reason="Sijainen", details=change)
    audit.record(company, "organisation edited", by=office)
    refusals.count(refusals.Act.NOT_SHOWN, member.pk, "192.0.2.7", company)


def shown(client, query):
    response = client.get(f"{reverse(LISTS[0])}?{query}")
    assert response.status_code == 200
    return [entry.action for entry in response.context["cl"].result_list]


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_the_administrators_alone(client, entries, office, name):
    client.force_login(office)

    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("act=signed+in", ["signed in"]),
        ("kind=members.organisation", ["organisation edited"]),
        ("q=member%40example.org&kind=members.user", ["signed in"]),
        ("q=Sijainen", ["changed in admin"]),
        ("at__gte=2999-01-01+00:00:00%2B00:00&at__lt=2999-02-01+00:00:00%2B00:00", []),
    ],
)
def test_acts_are_filtered_by_act_object_person_and_period(
    client, entries, admin_user, query, expected
):
    client.force_login(admin_user)

    assert shown(client, query)[-1:] == expected


def test_acts_of_a_person_are_found_by_address(client, entries, admin_user, office):
    client.force_login(admin_user)

    assert shown(client, f"q={office.email}") == ["organisation edited", "changed in admin"]


def test_a_row_says_who_did_what_to_what_with_before_and_after(client, entries, admin_user, member):
    client.force_login(admin_user)
    entry = AuditEntry.objects.get(action="changed in admin")

    page = client.get(reverse("admin:core_auditentry_change", args=[entry.pk])).content.decode()

    assert "Muutettu hallinnassa" in page
    assert f"{User._meta.get_field('is_superuser').verbose_name}: ei → kyllä" in page
    assert f"{member} ({member.pk})" in page


def test_nothing_is_changed_or_deleted_there(client, entries, admin_user):
    client.force_login(admin_user)
    entry = AuditEntry.objects.first()

    for action in ("change", "delete"):
        path = reverse(f"admin:core_auditentry_{action}", args=[entry.pk])
        assert client.post(path, {"reason": "x", "post": "yes"}).status_code == 403
    assert client.get(reverse("admin:core_auditentry_add")).status_code == 403


def test_refusals_show_account_network_hour_and_object(
    client, entries, admin_user, member, company
):
    client.force_login(admin_user)

    page = client.get(reverse(LISTS[1])).content.decode()

    hour = timezone.localtime().replace(minute=0)
    for text in (str(member), "192.0.2.7", str(company), f"{hour:%-H.%M}"):
        assert text in page
