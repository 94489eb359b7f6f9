import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import Arrival, OutboxMail
from members.models import Need, NeedOffer
from members.models.needs import GRACE
from members.services import contacts, needs
from members.services.needs import Answered
from tests import factories, statements
from tests.members import need_factories as make

LIST = "/members/needs/"
PROPOSE = f"{LIST}propose/"
A_DAY = datetime.timedelta(days=1)
GIVEN = {
    "what": "Lämmitettävä teltta harjoitukseen",
    "purpose": "Ihmiset odottavat kuljetusta evakuoinnissa.",
    "needed_by": "",
    "kind": "solution",
    "visibility": "members",
    "form_key": "3f0b6c0e-5b0e-4a43-9a9b-0d7f3d2f0a11",
}


def given(**values):
    return {**GIVEN, "form_key": uuid.uuid4(), "needed_by": None, **values}


def mails(kind):
    return list(OutboxMail.objects.filter(kind=kind).values_list("recipient", flat=True))


def plain(response):
    return response.content.decode().replace("\u00ad", "")


def test_member_tells_a_need_in_two_steps(client, member, company):
    client.force_login(member)

    first = client.post(PROPOSE, {**GIVEN, "organisation": company.pk})
    made = Need.objects.get()
    second = client.post(first.url, {"then": "publish", "seen": made.stamp})

    made.refresh_from_db()
    assert first.url == reverse("members:need_check", args=[made.slug])
    assert second.url == made.get_absolute_url()
    assert (made.stage, made.organisation, made.teller) == ("open", company, member)
    assert Arrival.objects.filter(kind="needs", object_id=made.pk).exists()


def test_need_that_is_refused_its_publishing_is_not_changed_either(client, member, company):
    client.force_login(member)
    first = client.post(PROPOSE, {**GIVEN, "organisation": company.pk})
    made = Need.objects.get()
    Need.objects.update(needed_by=timezone.localdate() - A_DAY)
    region = Term.objects.filter(scheme="region").first()
    sent = {"then": "publish", "region": region.pk, "seen": made.stamp}

    refused = client.post(first.url, sent)
    Need.objects.update(needed_by=None)
    published = client.post(first.url, sent)

    assert refused.status_code == 422
    assert "on jo mennyt" in plain(refused) or "ohi" in plain(refused)
    assert published.status_code == 302
    made.refresh_from_db()
    assert (made.stage, made.region) == ("open", region)


def test_private_member_tells_a_need_of_their_own(client, home_cluster):
    person = factories.user()
    factories.membership(person, home_cluster)
    client.force_login(person)

    client.post(PROPOSE, GIVEN)

    made = Need.objects.get()
    assert (made.person, made.organisation, made.home_cluster) == (person, None, home_cluster)


def test_themes_are_found_in_the_text(member, company):
    made = needs.tell_need(given(organisation=company), by=member)

    assert "evacuation" in {term.code for term in made.terms.all()}


def test_same_form_sent_twice_makes_one_need(client, member, company):
    client.force_login(member)

    answers = [client.post(PROPOSE, {**GIVEN, "organisation": company.pk}).url for _ in range(2)]

    assert Need.objects.count() == 1
    assert answers[0] == answers[1]


def test_visitor_reads_what_it_is_for(client, db):
    page = client.get(PROPOSE)

    assert page.status_code == 200
    assert 'name="purpose"' not in page.content.decode()
    assert "/accounts/login/?next=/members/needs/propose/" in page.content.decode()


def test_account_without_membership_is_led_to_joining(client, outsider):
    client.force_login(outsider)

    answer = client.post(PROPOSE, GIVEN)

    assert "/members/join/" in answer.content.decode()
    assert not Need.objects.exists()


def test_nobody_tells_a_need_for_a_foreign_organisation(member, other_lead):
    theirs = other_lead.affiliations.get().organisation

    with pytest.raises(Refused):
        needs.tell_need(given(organisation=theirs), by=member)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("what", "Teltta, ks. TL IV liite"),
        ("purpose", "Kohde on SALAINEN"),
        ("what", "www.evil.fi teltta"),
        ("what", "x" * 1_000_000),
        ("purpose", "x" * 1_000_000),
        ("needed_by", "2020-01-01"),
        ("needed_by", "1e309"),
        ("kind", "kaikki"),
        ("visibility", "group"),
        ("form_key", "ei"),
        ("organisation", "9" * 30),
    ],
)
def test_bad_input_is_a_field_error(client, member, company, field, text):
    client.force_login(member)

    page = client.post(PROPOSE, {**GIVEN, "organisation": company.pk, field: text})

    assert page.status_code == 422
    assert not Need.objects.exists()


def test_address_fills_the_form_in(client, member):
    client.force_login(member)

    page = client.get(PROPOSE, {"what": "<b>Teltta</b>", "visibility": "public"}).content.decode()

    assert "&lt;b&gt;Teltta&lt;/b&gt;" in page
    assert '<option value="public" selected' in page


def test_what_is_told_on_behalf_waits_for_the_organisation(office, lead, company, client):
    made = needs.tell_need(given(organisation=company), by=office)

    waiting = needs.move_need(made, "publish", by=office)

    assert (waiting.is_on_behalf, waiting.stage) == (True, "waiting")
    assert mails("need_to_confirm") == [lead.pk]
    confirmed = needs.move_need(waiting, "confirm", by=lead)
    assert confirmed.stage == "open"
    assert mails("need_confirmed") == [office.pk]


def test_organisation_says_that_it_is_not_its_need(office, lead, company):
    made = needs.tell_need(given(organisation=company), by=office)
    waiting = needs.move_need(made, "publish", by=office)

    declined = needs.move_need(waiting, "decline", by=lead, reason="Tämä on naapurin tarve.")

    assert declined.stage == "withdrawn"
    assert mails("need_declined") == [office.pk]


def test_where_nobody_can_confirm_the_coordinator_publishes(office, company):
    made = needs.tell_need(given(organisation=company), by=office)

    assert needs.move_need(made, "publish", by=office).stage == "open"


def test_contact_hears_what_a_colleague_publishes(member, lead, company):
    made = needs.tell_need(given(organisation=company), by=member)

    needs.move_need(made, "publish", by=member)

    assert mails("need_published") == [lead.pk]


def test_organisation_hears_what_a_coordinator_changes(home_cluster, company, lead, office):
    made = make.need(home_cluster, company)
    needs.edit_need(made, {"visibility": "cluster"}, by=lead)
    assert mails("need_edited") == []

    needs.edit_need(made, {"visibility": "public"}, by=office)
    needs.move_need(made, "close", by=office, reason="Vanhentunut.")

    assert mails("need_edited") == [lead.pk, lead.pk]


def test_second_editor_sees_a_conflict(client, home_cluster, company, lead):
    need = make.need(home_cluster, company)
    stamp = need.stamp
    needs.edit_need(need, {"what": "Ensimmäinen muutos"}, by=lead)
    client.force_login(lead)

    page = client.post(f"{need.get_absolute_url()}edit/", {**GIVEN, "seen": stamp})

    need.refresh_from_db()
    assert page.status_code == 422
    assert need.what == "Ensimmäinen muutos"


def test_help_is_counted_once_for_each_who_offers(home_cluster, company, lead, other_lead):
    need = make.need(home_cluster, company)

    for _time in range(2):
        contacts.write(need, "Voimme auttaa.", by=other_lead)

    need.refresh_from_db()
    offer = NeedOffer.objects.get()
    assert need.offer_count == 1
    assert offer.organisation == other_lead.affiliations.get().organisation
    assert set(mails("contact_request")) == {lead.pk}


def test_nobody_offers_help_with_what_is_over(home_cluster, company, lead, other_lead):
    need = make.need(home_cluster, company, stage="answered")

    with pytest.raises(Refused):
        contacts.write(need, "Voimme auttaa.", by=other_lead)

    assert not OutboxMail.objects.exists()


def test_offers_are_seen_by_the_own_side_alone(client, home_cluster, company, lead, other_lead):
    need = make.need(home_cluster, company)
    contacts.write(need, "Voimme auttaa.", by=other_lead)
    name = str(other_lead)

    seen = {}
    for who in (lead, factories.coordinator(home_cluster)):
        if who.is_staff:
            factories.second_factor(who)
        client.force_login(who)
        seen[who] = name in plain(client.get(need.get_absolute_url()))
    neighbour = factories.user()
    factories.membership(neighbour, home_cluster)
    client.force_login(neighbour)

    assert set(seen.values()) == {True}
    assert name not in plain(client.get(need.get_absolute_url()))


def test_answer_names_who_helped(client, home_cluster, company, lead, other_lead, member):
    need = make.need(home_cluster, company)
    contacts.write(need, "Voimme auttaa.", by=other_lead)
    offer = NeedOffer.objects.get()
    client.force_login(lead)

    client.post(f"{need.get_absolute_url()}answered/", {"by": f"offer-{offer.pk}", "words": ""})

    need.refresh_from_db()
    assert need.stage == "answered"
    assert mails("need_answered") == [other_lead.pk]
    client.force_login(member)
    page = plain(client.get(need.get_absolute_url()))
    assert "Naapuri Oy" in page
    assert str(other_lead) not in page


def test_answer_needs_a_thing_or_words(client, home_cluster, company, lead):
    need = make.need(home_cluster, company)
    client.force_login(lead)

    page = client.post(f"{need.get_absolute_url()}answered/", {"by": "", "words": " "})

    assert page.status_code == 422
    with pytest.raises(Refused):
        needs.answer_need(need, Answered(), by=lead)


def test_it_is_asked_once_whether_a_need_is_open_and_then_it_expires(home_cluster, company, lead):
    today = timezone.localdate()
    late = make.need(home_cluster, company, needed_by=today - A_DAY)
    make.need(home_cluster, company, needed_by=today)

    for _round in range(2):
        needs.ask_or_expire()
    asked = mails("need_still_open")
    Need.objects.filter(pk=late.pk).update(asked_at=timezone.now() - GRACE - A_DAY)
    needs.ask_or_expire()

    late.refresh_from_db()
    assert asked == [lead.pk]
    assert late.stage == "expired"
    assert mails("need_expired") == [lead.pk]
    assert Need.objects.open().count() == 1


def test_form_that_is_open_while_it_is_asked_is_not_overtaken(client, home_cluster, company, lead):
    need = make.need(home_cluster, company, needed_by=timezone.localdate() - A_DAY)
    began = need.stamp
    client.force_login(lead)
    needs.ask_or_expire()

    page = client.post(f"{need.get_absolute_url()}edit/", {**GIVEN, "seen": began})

    need.refresh_from_db()
    assert mails("need_still_open") == [lead.pk]
    assert (page.status_code, need.what) == (302, GIVEN["what"])


def test_need_with_a_new_day_is_asked_about_again(home_cluster, company, lead):
    today = timezone.localdate()
    need = make.need(home_cluster, company, needed_by=today - A_DAY)
    needs.ask_or_expire()
    needs.edit_need(need, {"needed_by": today + A_DAY}, by=lead)
    Need.objects.update(needed_by=today - A_DAY)

    needs.ask_or_expire()

    need.refresh_from_db()
    assert (need.stage, need.asked_at is None) == ("open", False)


def test_need_without_a_day_is_asked_about_after_half_a_year(home_cluster, company, lead):
    long_ago = timezone.now() - datetime.timedelta(days=181)
    make.need(home_cluster, company, published_at=long_ago)

    needs.ask_or_expire()

    assert mails("need_still_open") == [lead.pk]


def test_renewed_need_is_open_again(client, home_cluster, company, lead):
    need = make.need(home_cluster, company, stage="expired", asked_at=timezone.now())
    day = timezone.localdate() + A_DAY
    client.force_login(lead)

    client.post(f"{need.get_absolute_url()}renew/", {"needed_by": day.isoformat()})

    need.refresh_from_db()
    assert (need.stage, need.needed_by, need.asked_at) == ("open", day, None)


@pytest.mark.parametrize(
    "values",
    [
        {"person": None, "organisation": None},
        {"visibility": "group"},
        {"published_at": None},
        {"slug": "propose"},
        {"kind": "muu"},
    ],
)
def test_database_refuses(home_cluster, company, values):
    owner = values.pop("organisation", company)

    with pytest.raises(IntegrityError), transaction.atomic():
        make.need(home_cluster, owner, **values)


def test_marking_is_refused_in_the_admin_too(home_cluster, company):
    need = make.need(home_cluster, company, purpose="Ks. TL III")

    with pytest.raises(ValidationError):
        need.clean()


def test_list_shows_open_ones_first_and_no_drafts(client, home_cluster, company, member):
    make.need(home_cluster, company, what="Vanha tarve", stage="answered")
    make.need(home_cluster, company, what="Avoin tarve")
    make.need(home_cluster, company, what="Luonnos", stage="draft")
    client.force_login(member)

    page = plain(client.get(LIST, headers={"HX-Request": "true"}))

    assert page.index("Avoin tarve") < page.index("Vanha tarve")
    assert "Luonnos" not in page


def test_list_costs_the_same_statements_for_one_and_for_three(
    client, home_cluster, company, member
):
    client.force_login(member)
    make.need(home_cluster, company, region=factories.region())
    one = statements.of_page(client, LIST)
    for _more in range(2):
        make.need(home_cluster, company, region=factories.region())

    three = statements.of_page(client, LIST)

    assert len(three) == len(one) <= 8


def test_name_of_a_hidden_owner_is_not_told(client, home_cluster):
    hidden = factories.organisation("Salainen Oy", visibility="private")
    factories.membership(hidden, home_cluster)
    need = make.need(home_cluster, hidden, visibility="public")

    assert "Salainen Oy" not in plain(client.get(LIST))
    assert "Salainen Oy" not in plain(client.get(need.get_absolute_url()))


def test_texts_are_escaped_everywhere(client, home_cluster, company, lead):
    make.need(home_cluster, company, what="<b>x</b> tarve", purpose="<b>x</b>", answer="<b>x</b>")
    need = Need.objects.get()
    client.force_login(lead)

    pages = [LIST, need.get_absolute_url(), f"{need.get_absolute_url()}edit/", "/me/", "/"]

    assert [page for page in pages if "<b>x" in client.get(page).content.decode()] == []


def test_page_says_that_it_looks_until_it_has_looked(client, home_cluster, company, lead):
    need = make.need(home_cluster, company)
    client.force_login(lead)

    texts = []
    for moment in (None, timezone.now()):
        Need.objects.update(matched_at=moment)
        texts.append(client.get(need.get_absolute_url()).content.decode())

    assert ["Palvelu etsii sopivaa" in text for text in texts] == [True, False]
    assert ["Mikään ei vielä sovi" in text for text in texts] == [False, True]


def test_themes_and_region_can_be_changed(client, home_cluster, company, lead):
    need = make.need(home_cluster, company)
    region = factories.region("11")
    term = Term.objects.filter(scheme="security_task").first()
    client.force_login(lead)

    client.post(
        f"{need.get_absolute_url()}check/",
        {"region": region.pk, "terms": [term.pk], "seen": need.stamp},
    )

    need.refresh_from_db()
    assert (need.region, list(need.terms.all()), need.matched_at) == (region, [term], None)


@pytest.mark.parametrize(("stage", "action"), [("draft", "publish"), ("expired", "renew")])
def test_former_member_publishes_nothing_more(stage, action, home_cluster, company, lead):
    made = make.need(home_cluster, company, stage=stage)
    company.memberships.all().delete()

    with pytest.raises(Refused):
        needs.move_need(made, action, by=lead)

    made.refresh_from_db()
    assert made.stage == stage


def test_open_need_ends_with_the_membership(home_cluster, company, lead, member):
    left = make.need(home_cluster, company, teller=lead)
    shadow = factories.organisation(is_shadow=True, introduced_by=home_cluster)
    kept = make.need(home_cluster, shadow)
    assert needs.ask_or_expire() == 0
    company.memberships.update(stage="ended")

    assert [needs.ask_or_expire() for _again in range(2)] == [1, 0]

    left.refresh_from_db()
    kept.refresh_from_db()
    assert (left.stage, kept.stage) == ("expired", "open")
    assert mails("need_expired") == [lead.pk]


def test_reason_bears_no_marking(home_cluster, company, lead):
    made = make.need(home_cluster, company)

    with pytest.raises(Refused, match="TL III"):
        needs.move_need(made, "close", by=lead, reason="Ks. TL III.")
