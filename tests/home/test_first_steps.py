"""The checklist on a new member's desk: it ticks itself, and can be put away."""

import pytest
from django.utils import timezone

from cluster_portal.home.pages import first_steps
from cluster_portal.notifications import preferences
from members.models import Organisation, User
from tests import factories

pytestmark = pytest.mark.django_db


def ticks(user):
    """By address, whether the step is done; asked as the next request would."""
    found = first_steps.checklist(User.objects.get(pk=user.pk))
    return {row["url"]: row["is_done"] for row in found["rows"]} if found else None


def test_contact_gets_the_steps_of_the_organisation(lead, company):
    found = first_steps.checklist(lead)

    last = [row["url"].split("/")[-2] for row in found["rows"]]
    assert last == ["edit", "edit", "propose", "values", "people", "expert", "preferences"]
    assert (found["done"], found["total"]) == (0, 7)


def test_steps_tick_themselves_from_what_is_there(lead, company, home_cluster):
    Organisation.objects.filter(pk=company.pk).update(confirmed_on=timezone.localdate())
    company.terms.add(factories.region())
    company.memberships.update(values_accepted_at=timezone.now())
    factories.affiliation(factories.user(), company)
    factories.capability(company, home_cluster)
    preferences.set_channels(lead, {"digest": "off"})

    found = ticks(lead)

    assert {url for url, is_done in found.items() if not is_done} == {"/me/expert/"}


def test_colleague_and_private_member_get_what_concerns_them(member, home_cluster):
    private = factories.user()
    own = factories.membership(private, home_cluster)

    assert "/me/expert/" in ticks(member)
    assert not any("/edit/" in url for url in ticks(member))
    assert f"/members/applications/{own.public_id}/values/" in ticks(private)


def test_outsider_gets_none(client, outsider):
    client.force_login(outsider)

    assert ticks(outsider) is None
    assert client.get("/me/").status_code == 200


def test_put_away_and_brought_back(client, lead):
    client.force_login(lead)
    assert "Ensimmäiset askeleet" in client.get("/me/").content.decode()

    client.post("/me/first-steps/hide/")
    assert ticks(lead) is None
    assert "/me/first-steps/show/" in client.get("/me/").content.decode()

    client.post("/me/first-steps/show/")
    assert ticks(lead) is not None


@pytest.mark.parametrize("path", ["/me/first-steps/hide/", "/me/first-steps/show/"])
def test_opening_the_address_changes_nothing(client, lead, path):
    client.force_login(lead)

    assert client.get(path).status_code == 405
    assert User.objects.get(pk=lead.pk).first_steps_hidden_at is None
