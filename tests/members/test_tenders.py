"""Tender notices: proposed, published, matched with capabilities, told once, imported."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from cluster_portal.core import search
from cluster_portal.core.errors import Refused
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import OutboxMail
from members import exports
from members.models import TenderNotice
from members.models.tenders import Stage
from members.services import tender_fits, tender_import, tenders
from members.services.tenders import Draft
from tests import factories, statements

READERS = ("visitor", "outsider", "member", "office", "other_office", "admin_user")
SEES = {
    "public": READERS,
    "accounts": READERS[1:],
    "members": ("member", "office", "other_office", "admin_user"),
    "cluster": ("member", "office", "admin_user"),
    "private": ("office", "admin_user"),
}


def term(code):
    return Term.objects.get(scheme="security_task", code=code)


def tender(home_cluster, *terms, **values):
    """A published one that is open for a month unless `values` say otherwise."""
    number = TenderNotice.objects.count()
    now = timezone.now()
    values = {
        "title": "Paikantimet etsintöihin", "buyer": "Pelastuslaitos", "source": "example.org",
        "summary": "Hankitaan paikantimia.", "slug": f"kilpailutus-{number}",
        "link": f"https://example.org/{number}", "closes_at": now + datetime.timedelta(days=30),
        "stage": Stage.PUBLISHED, "published_at": now, "decision_reason": "–", **values,
    }  # fmt: skip
    made = TenderNotice.objects.create(home_cluster=home_cluster, **values)
    made.terms.set(terms)
    search.reindex(made)
    return made


def offering(home_cluster, name, *terms, **values):
    """A member organisation with a contact and one published capability."""
    owner, contact = factories.organisation(name), factories.user()
    factories.membership(owner, home_cluster)
    factories.affiliation(contact, owner, role="contact")
    values = {"title_fi": "Paikannin", "summary_fi": "Paikantaa etsijän maastossa.", **values}
    made = factories.capability(owner, home_cluster, **values)
    made.terms.set(terms)
    search.reindex(made)
    return made, contact


def reader_of(request, name):
    return AnonymousUser() if name == "visitor" else request.getfixturevalue(name)


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("visibility", SEES)
def test_published_notice_is_seen_by_its_visibility(request, who, visibility, home_cluster):
    made = tender(home_cluster, visibility=visibility)

    seen = TenderNotice.objects.visible_to(reader_of(request, who)).contains(made)

    assert seen == (who in SEES[visibility])


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("stage", [Stage.PROPOSED, Stage.REJECTED, Stage.WITHDRAWN])
def test_other_notices_are_the_coordinators_and_the_proposers(request, who, stage, home_cluster):
    proposer = factories.user()
    made = tender(home_cluster, stage=stage, proposed_by=proposer)

    seen = TenderNotice.objects.visible_to(reader_of(request, who)).contains(made)

    assert seen == (who in {"office", "admin_user"})
    assert TenderNotice.objects.visible_to(proposer).contains(made)
    assert not TenderNotice.objects.editable_by(proposer).contains(made)


def draft(**values):
    later = timezone.now() + datetime.timedelta(days=9)
    values = {
        "title": "Radiot", "buyer": "Säätiö", "link": "https://example.org/radiot",
        "closes_at": later, "summary": "Radioita.", "conditions": "", "source": "x", **values,
    }  # fmt: skip
    return Draft(values, [])


def test_proposal_waits_and_the_coordinator_is_told(home_cluster, member, office):
    made, is_new = tenders.propose(draft(), home_cluster, by=member)

    assert is_new
    assert made.stage == Stage.PROPOSED
    assert [(m.kind, m.recipient_id) for m in OutboxMail.objects.all()] == [
        ("tender_proposed", office.pk)
    ]


def test_same_link_is_taken_once(home_cluster, member):
    first, _is_new = tenders.propose(draft(), home_cluster, by=member)

    second, is_new = tenders.propose(draft(title="Toinen nimi"), home_cluster, by=member)

    assert (second, is_new) == (first, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        tender(home_cluster, link=first.link)


def test_one_member_proposes_so_many_a_day(home_cluster, member, outsider):
    for number in range(tenders.FROM_PERSON):
        tenders.propose(draft(link=f"https://example.org/{number}"), home_cluster, by=member)

    with pytest.raises(Refused):
        tenders.propose(draft(link="https://example.org/last"), home_cluster, by=member)
    TenderNotice.objects.update(created_at=timezone.now() - datetime.timedelta(hours=25))
    tenders.propose(draft(link="https://example.org/last"), home_cluster, by=member)

    assert TenderNotice.objects.count() == tenders.FROM_PERSON + 1


def test_only_members_of_the_cluster_propose_to_it(home_cluster, other_cluster, member):
    with pytest.raises(Refused):
        tenders.propose(draft(), other_cluster, by=member)


def test_published_notice_is_told_to_owners_of_what_fits_once(home_cluster, office):
    made = tender(home_cluster, term("search"), stage=Stage.PROPOSED, published_at=None)
    _fits, contact = offering(home_cluster, "Sopiva Oy", term("search"))
    _other, _stranger = offering(
        home_cluster, "Muu Oy", term("catering"), title_fi="Leipä", summary_fi="Leipoo leipää."
    )  # fmt: skip

    tenders.move(made, "publish", by=office)
    tender_fits.find_for_open()

    told = OutboxMail.objects.filter(kind="tender_fits")
    assert [mail.recipient_id for mail in told] == [contact.pk]


def test_capability_that_comes_later_is_told_by_the_round(home_cluster):
    made = tender(home_cluster, term("search"))
    assert tender_fits.find(made) == 0
    _fits, contact = offering(home_cluster, "Sopiva Oy", term("search"))

    tender_fits.find_for_open()

    assert OutboxMail.objects.get(kind="tender_fits").recipient_id == contact.pk


def test_region_of_the_notice_is_a_condition(home_cluster):
    made = tender(home_cluster, term("search"), factories.region("06"))
    near, _contact = offering(home_cluster, "Lähellä Oy", term("search"))
    far, _contact = offering(home_cluster, "Kaukana Oy", term("search"))
    near.regions.add(factories.region("06"))
    far.regions.add(factories.region("19"))

    tender_fits.find(made)

    assert [fit.capability for fit in made.fits.all()] == [near]


def test_people_of_what_fits_see_why_and_who_could_bid_with_them(client, home_cluster, member):
    made = tender(home_cluster, term("search"))
    _mine, contact = offering(home_cluster, "Sopiva Oy", term("search"))
    theirs, _other = offering(home_cluster, "Kumppani Oy", term("search"))
    tender_fits.find(made)

    client.force_login(contact)
    page = client.get(made.get_absolute_url())
    client.force_login(member)
    other_page = client.get(made.get_absolute_url())

    assert [each["capability"] for each in page.context["partners"]] == [theirs]
    assert page.context["own_fits"][0].reasons
    assert f"/contact/organisation/{theirs.organisation.slug}/" in page.content.decode()
    assert "Kumppani Oy" not in other_page.content.decode()


def test_partners_are_only_those_whom_the_reader_sees(client, home_cluster):
    made = tender(home_cluster, term("search"))
    _mine, contact = offering(home_cluster, "Sopiva Oy", term("search"))
    hidden, _other = offering(home_cluster, "Piilo Oy", term("search"), visibility="private")
    tender_fits.find(made)
    client.force_login(contact)

    page = client.get(made.get_absolute_url())

    assert page.context["partners"] == []
    assert hidden.title not in page.content.decode().replace(_mine.title, "")


def form(home_cluster, **values):
    day = timezone.localdate() + datetime.timedelta(days=20)
    return {
        "title": "Radiot", "buyer": "Säätiö", "link": "https://example.org/radiot",
        "closes_on": day.isoformat(), "closes_time": "12:00", "summary": "Radioita.",
        "cluster": home_cluster.pk, **values,
    }  # fmt: skip


def test_member_proposes_in_the_form(client, home_cluster, member):
    client.force_login(member)

    for _twice in range(2):
        client.post("/en/members/tenders/propose/", form(home_cluster))

    made = TenderNotice.objects.get()
    assert timezone.localtime(made.closes_at).hour == 12
    assert exports.tender_data(member) == [
        {"title": "Radiot", "link": made.link, "state": "proposed", "proposed": made.created_at}
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("link", "javascript:alert(1)"), ("title", "x" * 1_000_000), ("summary", "TL III"),
        ("title", "TL III"), ("buyer", "TL III"),
        ("closes_on", "2020-01-01"), ("closes_on", "31.2.2027"), ("closes_time", "25:00"),
        ("buyer", ""), ("cluster", "999"), ("themes", "abc"),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_field(client, home_cluster, member, name, value):
    client.force_login(member)

    answer = client.post("/en/members/tenders/propose/", form(home_cluster, **{name: value}))

    assert answer.status_code == 422
    assert name in answer.context["form"].errors
    assert not TenderNotice.objects.exists()


def test_visitor_and_outsider_are_told_what_proposing_is_for(client, outsider, db):
    visited = client.get("/en/members/tenders/propose/")
    client.force_login(outsider)

    assert "Sign in" in visited.content.decode()
    assert client.get("/en/members/tenders/propose/").context["form"] is None


def test_list_costs_the_same_for_one_and_ten(client, home_cluster, member):
    tender(home_cluster)
    client.force_login(member)
    few = statements.of_page(client, "/members/tenders/")
    for _number in range(9):
        tender(home_cluster)

    many = statements.of_page(client, "/members/tenders/")

    assert len(many) == len(few) <= 8


def test_every_text_of_a_notice_is_escaped(client, home_cluster):
    made = tender(home_cluster, title="<b>x", buyer="<b>y", summary="<b>z", conditions="<b>q")

    for address in (made.get_absolute_url(), "/members/tenders/"):
        assert "<b>" not in client.get(address).content.decode()


FILE = """external_id;title;buyer;summary;link;closes;source;checked;terms
1;Radiot;Säätiö;Radioita.;https://example.org/r;31.3.2027 16.15;example.org;1.2.2027;Etsintä|06
"""


def test_file_comes_in_once(home_cluster, office):
    given = {"by": office, "cluster": home_cluster}

    first = tender_import.import_tenders(FILE.encode(), **given)
    again = tender_import.import_tenders(FILE.encode(), **given)

    made = TenderNotice.objects.get()
    assert not first.faults
    assert made.stage == Stage.PUBLISHED
    assert timezone.localtime(made.closes_at).strftime("%H.%M") == "16.15"
    assert [result.outcome for result in again.results] == ["unchanged"]


def test_file_of_another_clusters_coordinator_is_refused(home_cluster, other_office):
    report = tender_import.import_tenders(FILE.encode(), by=other_office, cluster=home_cluster)

    assert report.faults
    assert not TenderNotice.objects.exists()


def test_feed_and_calendar_tell_of_public_notices(client, home_cluster):
    tender(home_cluster, title="Julkinen")
    tender(home_cluster, title="Salattu", visibility="members")

    for address in ("/members/tenders/feed.xml", "/members/tenders/feed.ics"):
        told = client.get(address).content.decode()
        assert "Julkinen" in told
        assert "Salattu" not in told


def test_coordinator_of_another_cluster_does_not_see_a_proposal_in_the_admin(
    client, home_cluster, other_office
):
    made = tender(home_cluster, stage=Stage.PROPOSED)
    client.force_login(other_office)

    assert not TenderNotice.objects.in_scope_of(other_office).exists()
    assert client.get(f"/admin/members/tendernotice/{made.pk}/change/").status_code == 302
