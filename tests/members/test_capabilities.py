"""Capabilities: who sees what, their way from draft to renewal, and what is told of it."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import OutboxMail
from members.models import Capability, ContactMessage, Membership
from members.pages.capability_page import enquiries_of
from members.services import capabilities, capability_enquiries, capability_renewals, contacts
from tests import factories

pytestmark = pytest.mark.django_db


def task(code: str = "search") -> Term:
    return Term.objects.get(scheme="security_task", code=code)


@pytest.fixture
def capability(company, home_cluster):
    return factories.capability(company, home_cluster, terms=[task()], regions=[factories.region()])


def seen_by(person) -> bool:
    return Capability.objects.visible_to(person).exists()


SIGNED_IN = "outsider other_lead other_office"
OWN = "member lead office admin"


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ({}, f"visitor {SIGNED_IN} {OWN}"),
        ({"visibility": "accounts"}, f"{SIGNED_IN} {OWN}"),
        ({"visibility": "members"}, f"other_lead other_office {OWN}"),
        ({"visibility": "cluster"}, f"other_lead {OWN}"),
        ({"visibility": "private"}, OWN),
        ({"stage": "draft", "confirmed_on": None, "expires_on": None}, OWN),
        ({"stage": "unconfirmed"}, OWN),
        ({"stage": "expired"}, OWN),
        ({"stage": "withdrawn"}, OWN),
        ({"expires_on": timezone.localdate() - datetime.timedelta(days=1)}, OWN),
    ],
    ids=lambda each: str(each)[:60],
)
def test_capability_is_seen_by_visibility_and_stage(values, seen, cast, company, home_cluster):
    factories.capability(company, home_cluster, **values)

    assert {name for name, person in cast.items() if seen_by(person)} == set(seen.split())


def test_capability_of_who_left_is_hidden_from_all_but_its_own_side(
    cast, capability, company, client, lead
):
    assert seen_by(cast["visitor"])
    Membership.objects.filter(organisation=company).update(
        stage="ended", until=timezone.localdate() - datetime.timedelta(days=1)
    )

    assert not seen_by(cast["visitor"])
    client.force_login(lead)
    page = client.get(capability.get_absolute_url())
    assert "organisaatio ei ole nyt jäsen" in page.content.decode()
    with pytest.raises(Refused):
        capabilities.move_capability(capability, "renew", by=lead)


def test_dual_use_is_shown_to_the_owner_and_the_coordinator_alone(
    cast, company, home_cluster, client, lead, office
):
    category = Term.objects.get(scheme="dual_use", code="sensors-lasers")
    row = factories.capability(company, home_cluster, dual_use=category, terms=[task()])
    outsider = cast["outsider"]

    def words(person) -> bool:
        client.logout()
        if person is not None:
            client.force_login(person)
        texts = [
            client.get(url).content.decode()
            for url in (
                row.get_absolute_url(),
                reverse("members:capabilities"),
                reverse("members:capability_feed"),
                f"{reverse('members:capability_compare')}?pick={row.slug}",
                f"{reverse('home:search')}?q=anturit",
            )
        ]
        return any("anturit ja laserit" in text.lower() for text in texts)

    assert [words(each) for each in (None, outsider)] == [False, False]
    assert [words(each) for each in (lead, office)] == [True, True]
    row.refresh_from_db()
    assert "laser" not in str(row.search)
    assert f"t:{category.pk}" not in row.match_features()


def test_publishing_confirms_for_as_long_as_the_cluster_says(company, home_cluster, lead):
    home_cluster.capability_months = 6
    home_cluster.save()
    row = factories.capability(
        company, home_cluster, stage="draft", confirmed_on=None, expires_on=None,
        published_at=None, is_nationwide=True, terms=[task()],
    )  # fmt: skip

    moved = capabilities.move_capability(row, "publish", by=lead)

    assert (moved.stage, moved.confirmed_by) == ("published", lead)
    assert moved.expires_on == moved.last_day(timezone.localdate())
    assert 180 <= (moved.expires_on - moved.confirmed_on).days <= 184


def test_last_day_of_a_short_month(capability):
    capability.home_cluster.capability_months = 1

    assert capability.last_day(datetime.date(2027, 1, 31)) == datetime.date(2027, 2, 28)
    assert capability.last_day(datetime.date(2027, 12, 15)) == datetime.date(2028, 1, 15)


@pytest.mark.parametrize(
    "values",
    [{"kind": ""}, {"summary_fi": " "}, {"terms": []}, {"is_nationwide": False}],
    ids=str,
)
def test_what_lacks_an_answer_is_not_published(values, company, home_cluster, lead):
    whole = {"terms": [task()], "is_nationwide": True, "stage": "draft", "confirmed_on": None,
             "expires_on": None, "published_at": None}  # fmt: skip
    row = factories.capability(company, home_cluster, **{**whole, **values})

    with pytest.raises(Refused):
        capabilities.move_capability(row, "publish", by=lead)

    row.refresh_from_db()
    assert row.stage == "draft"


def test_what_a_coordinator_enters_waits_for_the_contact(company, home_cluster, office, lead):
    values = {
        "organisation": company, "home_cluster": home_cluster, "kind": "service",
        "title_fi": "Muonitus", "summary_fi": "Lämmin ruoka sadalle.", "is_nationwide": True,
        "source": "interview",
    }  # fmt: skip

    row = capabilities.create_capability(values, by=office, terms=[task("catering")])
    row = capabilities.move_capability(row, "propose", by=office)

    mail = OutboxMail.objects.get(kind="capability_to_confirm")
    assert (row.stage, row.source, mail.recipient) == ("unconfirmed", "interview", lead)
    assert not Capability.objects.visible_to(AnonymousUser()).exists()


def test_a_stranger_enters_nothing(company, home_cluster, outsider):
    values = {"organisation": company, "home_cluster": home_cluster, "title_fi": "Vieras"}

    with pytest.raises(Refused):
        capabilities.create_capability(values, by=outsider)

    assert not Capability.objects.exists()


def test_the_same_form_sent_twice_makes_one(company, home_cluster, lead):
    values = {"organisation": company, "home_cluster": home_cluster, "title_fi": "Kerran"}

    first = capabilities.create_capability(values, by=lead)
    second = capabilities.create_capability(values, by=lead)

    assert first == second


def test_a_second_editor_is_told_of_the_first(capability, lead):
    seen = capability.stamp
    capabilities.edit_capability(capability, {"title_fi": "Ensimmäinen"}, by=lead, seen=seen)

    with pytest.raises(Refused):
        capabilities.edit_capability(capability, {"title_fi": "Toinen"}, by=lead, seen=seen)

    capability.refresh_from_db()
    assert capability.title_fi == "Ensimmäinen"


def test_saving_by_the_owner_confirms_and_by_a_coordinator_tells_the_owner(
    capability, lead, office
):
    old = timezone.localdate() - datetime.timedelta(days=100)
    Capability.objects.update(confirmed_on=old)

    capabilities.edit_capability(capability, {"title_fi": "Koordinaattorin"}, by=office)
    capability.refresh_from_db()
    assert (capability.confirmed_on, capability.source) == (old, "coordinator")
    assert OutboxMail.objects.get(kind="capability_edited").recipient == lead

    capabilities.edit_capability(capability, {"title_fi": "Omistajan"}, by=lead)
    capability.refresh_from_db()
    assert (capability.confirmed_on, capability.source) == (timezone.localdate(), "owner")


def ending_in(capability: Capability, days: int) -> None:
    day = timezone.localdate() + datetime.timedelta(days=days)
    Capability.objects.filter(pk=capability.pk).update(expires_on=day)
    capability.refresh_from_db()


def test_reminders_come_once_in_each_window(capability, lead):
    ending_in(capability, 25)
    assert [capability_renewals.remind_of_expiry() for _again in range(2)] == [1, 0]

    ending_in(capability, 40)
    assert capability_renewals.remind_of_expiry() == 0

    ending_in(capability, 5)
    assert [capability_renewals.remind_of_expiry() for _again in range(2)] == [1, 0]
    assert OutboxMail.objects.filter(kind="capability_expiring", recipient=lead).count() == 2


def test_what_is_over_expires_and_the_owner_is_told(capability, lead):
    ending_in(capability, -1)

    assert [capabilities.expire_overdue() for _again in range(2)] == [1, 0]

    capability.refresh_from_db()
    assert capability.stage == "expired"
    assert OutboxMail.objects.get(kind="capability_expired").recipient == lead


def test_the_link_of_a_mail_renews_by_post_only_and_once(capability, lead, client):
    ending_in(capability, 5)
    path = capability_renewals.path_of("renew", capability, lead)

    shown = client.get(path)
    capability.refresh_from_db()
    until = capability.expires_on
    done = client.post(path)
    capability.refresh_from_db()

    assert (shown.status_code, done.status_code) == (200, 200)
    assert until == timezone.localdate() + datetime.timedelta(days=5)
    assert capability.expires_on == capability.last_day(timezone.localdate())
    assert client.post(path).status_code == 404


def test_the_link_dies_with_the_right_of_its_reader(capability, lead, client, company):
    path = capability_renewals.path_of("renew", capability, lead)
    company.affiliations.filter(user=lead).delete()

    assert client.get(path).status_code == 404


def test_the_link_confirms_what_a_coordinator_entered(company, home_cluster, lead, client):
    row = factories.capability(
        company, home_cluster, stage="unconfirmed", confirmed_on=None, expires_on=None,
        published_at=None, terms=[task()], is_remote=True,
    )  # fmt: skip

    client.post(capability_renewals.path_of("confirm", row, lead))

    row.refresh_from_db()
    assert (row.stage, row.confirmed_by) == ("published", lead)


def test_an_enquiry_reaches_the_contact_and_is_counted(capability, lead, outsider):
    contacts.write(capability, "Tarvitsemme kaksi laitetta.", by=outsider)

    assert OutboxMail.objects.get(kind="contact_request").recipient == lead
    assert enquiries_of(capability) == 1


def test_the_count_is_shown_to_the_owner_and_coordinator_alone(
    capability, client, lead, office, outsider
):
    contacts.write(capability, "Tarvitsemme kaksi laitetta.", by=outsider)

    def sees(person) -> bool:
        client.force_login(person)
        page = client.get(capability.get_absolute_url())
        return "1 yhteydenotto palvelun kautta" in " ".join(page.content.decode().split())

    assert [sees(each) for each in (lead, office, outsider)] == [True, True, False]


def test_asking_several_is_all_or_none(capability, company, home_cluster, outsider):
    rows = [
        capability,
        *(factories.capability(company, home_cluster) for _number in range(3)),
    ]
    for number in range(contacts.FROM_PERSON - 2):
        contacts.write(capability, f"Viesti {number}", by=outsider)

    with pytest.raises(Refused):
        capability_enquiries.ask(rows, "Liikaa yhdelle päivälle.", by=outsider)

    assert ContactMessage.objects.count() == contacts.FROM_PERSON - 2
    assert capability_enquiries.ask(rows[:2], "Mahtuu.", by=outsider) == 2


def test_the_link_confirms_only_what_its_reader_has_seen(company, home_cluster, lead, client):
    row = factories.capability(
        company, home_cluster, stage="unconfirmed", confirmed_on=None, expires_on=None,
        published_at=None, terms=[task()], is_remote=True,
    )  # fmt: skip
    path = capability_renewals.path_of("confirm", row, lead)
    shown = client.get(path).content.decode()
    assert f'name="seen" value="{row.stamp}"' in shown

    row.save()  # a coordinator changes it meanwhile
    client.post(path, {"seen": shown.split('name="seen" value="')[1].split('"')[0]})

    row.refresh_from_db()
    assert row.stage == "unconfirmed"


def test_the_link_shows_all_that_is_confirmed(company, home_cluster, lead, client):
    row = factories.capability(
        company, home_cluster, stage="unconfirmed", confirmed_on=None, expires_on=None,
        published_at=None, terms=[task()], is_remote=True, description="Koko kuvaus tässä.",
        references="Pelastuslaitos 2025", association_terms="Ilmaiseksi yhdistyksille",
        power_cut="yes", power_cut_note="Akku kestää vuorokauden", title_sv="På svenska",
    )  # fmt: skip

    shown = client.get(capability_renewals.path_of("confirm", row, lead)).content.decode()

    told = ["Koko kuvaus", "Pelastuslaitos 2025", "Ilmaiseksi yhdist", "Akku kestää", "På svenska"]
    assert [text for text in told if text not in shown] == []


def test_confirming_when_signed_in_names_the_version_that_was_seen(
    company, home_cluster, lead, client
):
    row = factories.capability(
        company, home_cluster, stage="unconfirmed", confirmed_on=None, expires_on=None,
        published_at=None, terms=[task()], is_remote=True,
    )  # fmt: skip
    client.force_login(lead)
    shown = client.get(row.get_absolute_url()).content.decode()
    assert f'name="seen" value="{row.stamp}"' in shown
    stamp = row.stamp

    row.save()  # a coordinator changes it meanwhile
    client.post(f"{row.get_absolute_url()}confirm/", {"seen": stamp})

    row.refresh_from_db()
    assert row.stage == "unconfirmed"
    client.post(f"{row.get_absolute_url()}confirm/", {"seen": row.stamp})
    row.refresh_from_db()
    assert row.stage == "published"


def test_source_that_a_coordinator_vouches_for_bears_no_marking(company, home_cluster, office):
    row = factories.capability(
        company, home_cluster, stage="unconfirmed", confirmed_on=None, expires_on=None,
        published_at=None, terms=[task()], is_remote=True,
    )  # fmt: skip

    with pytest.raises(Refused, match="TL III"):
        capabilities.move_capability(row, "vouch", by=office, reason="Puhelu, TL III")
