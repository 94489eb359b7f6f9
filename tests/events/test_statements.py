"""Joint statements: who reads one, who signs for whom."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from cluster_portal.core import search
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events.models import Signature, Statement
from events.models.statements import Stage
from events.services import statements as services
from tests import factories
from tests.events import body_factories as made


@pytest.fixture
def forum(home_cluster):
    return made.body(home_cluster, kind="forum", visibility="public")


def statement(forum, stage="open"):
    return Statement.objects.create(
        body=forum, title="Yhteinen kannanotto", text="Varautuminen on yhteistä.", stage=stage,
        published_at="2026-01-01T00:00Z" if stage == "published" else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "seen"),
    [("draft", {"office"}), ("open", {"office", "member"}),
     ("published", {"office", "member", "outsider", "visitor"})],
)  # fmt: skip
def test_statement_is_read_by_its_stage(forum, office, member, outsider, stage, seen):
    statement(forum, stage)
    readers = {"office": office, "member": member, "outsider": outsider,
               "visitor": AnonymousUser()}  # fmt: skip

    assert seen == {
        name for name, one in readers.items() if Statement.objects.visible_to(one).exists()
    }


def test_organisation_signs_through_its_contact_once(client, forum, lead, member, company):
    made_one = statement(forum)
    address = reverse("events:statement_sign", args=[made_one.public_id])
    client.force_login(member)
    client.post(address, {"organisation": company.pk})
    assert not Signature.objects.exists()
    with pytest.raises(Refused):
        services.sign(made_one, company, by=member)

    client.force_login(lead)
    client.post(address, {"organisation": company.pk})
    client.post(address, {"organisation": company.pk})
    assert Signature.objects.get().signer == lead
    assert company.title in client.get(made_one.get_absolute_url()).content.decode()
    client.post(address, {"organisation": company.pk, "take_back": "1"})

    assert not Signature.objects.exists()


@pytest.mark.parametrize("stage", Stage.values)
def test_words_and_signatures_go_by_the_stage(forum, office, lead, company, stage):
    one = statement(forum, stage)
    for act, legal in (
        (lambda: services.edit_statement(one, {"title": "Muu otsikko"}, by=office), "draft"),
        (lambda: services.sign(one, company, by=lead), "open"),
    ):
        if stage == legal:
            act()
        else:
            with pytest.raises(Refused):
                act()


def test_forum_shows_members_by_region_and_writes_a_statement(client, forum, office, home_cluster):
    of_region = factories.organisation("Alueen Oy", region=factories.region("11"))
    factories.membership(of_region, home_cluster)
    made.seat(forum, factories.user(), organisation=of_region)
    client.force_login(office)
    sent = {"title": "Kannanotto varautumisesta", "text": "Yhdessä.", "form_key": uuid.uuid4()}

    answer = client.post(f"/events/bodies/{forum.slug}/statements/add/", sent)
    shown = client.get(f"/events/bodies/{forum.slug}/").content.decode()

    assert answer.status_code == 302
    assert "Pohjois-Savo" in shown
    assert Statement.objects.get(title=sent["title"]).get_absolute_url() in shown


def to_sign(client, user):
    client.force_login(user)
    cards = client.get("/me/").context["waiting"]
    return [row["title"] for card in cards if card["key"] == "statements" for row in card["rows"]]


def test_contacts_of_who_sits_there_are_asked_to_sign_until_they_have(
    client, forum, office, lead, member, company
):
    group = made.body(forum.home_cluster, kind="theme_group", parent=forum)
    made.seat(group, member, organisation=company)
    other = factories.organisation("Muu Oy")
    factories.membership(other, forum.home_cluster)
    stranger = factories.user("muu@example.org")
    factories.affiliation(stranger, other, role="contact")
    one = statement(forum, "draft")
    assert to_sign(client, lead) == []

    services.move_statement(one, "open", by=office)

    mails = {each.recipient: each for each in OutboxMail.objects.filter(kind="statement_open")}
    assert set(mails) == {lead, member}
    assert company.title in letter(mails[lead]).text
    assert company.title not in letter(mails[member]).text
    shown = [to_sign(client, each) for each in (lead, member, stranger)]
    assert shown == [["Yhteinen kannanotto"], [], []]

    services.sign(one, company, by=lead)
    assert to_sign(client, lead) == []


def test_publishing_is_told_to_signers_and_who_sits_there(
    forum, office, lead, member, company, outsider
):
    made.seat(forum, outsider)
    one = statement(forum)
    services.sign(one, company, by=lead)

    services.move_statement(one, "publish", by=office)

    mails = OutboxMail.objects.filter(kind="statement_published")
    assert {each.recipient for each in mails} == {lead, outsider}
    assert "yksi organisaatio" in letter(mails[0]).text
    assert member


@pytest.mark.parametrize("stage", ["open", "published"])
def test_hidden_body_is_told_by_its_kind_alone(client, home_cluster, member, stage):
    hidden = made.body(home_cluster, visibility="group", title_fi="Salainen ryhmä")
    one = statement(hidden, stage)
    search.reindex(one)
    seated = made.seat(hidden, factories.user()).user

    client.force_login(member)
    answer = client.get(one.get_absolute_url())
    shown = answer.content.decode()
    found = client.get("/search/", {"q": "kannanotto"}).content.decode()
    client.force_login(seated)
    inside = client.get(one.get_absolute_url()).content.decode()

    assert "Yhteinen kannanotto" in shown
    assert one.get_absolute_url() in found
    assert "Salainen" not in shown + found
    assert hidden.get_absolute_url() not in shown
    assert answer.context["body_words"] in {"Ohjausryhmä", "Steering group"}
    assert hidden.get_absolute_url() in inside
    assert "Salainen ryhmä" in inside
