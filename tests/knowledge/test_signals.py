"""Signals of the future: proposed, assessed, supported, told to whom they are an opportunity."""

import uuid

import pytest
from django.urls import reverse

from cluster_portal.core.errors import Refused
from cluster_portal.core.vocabulary import Term
from cluster_portal.knowledge.models import Signal, SignalSupport, SignalUse
from cluster_portal.knowledge.services import signals as services
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter as rendered
from members.services import erasure
from tests import factories
from tests.knowledge import situation_factories as make

SEEN = {
    ("proposed", "public"): "author office admin",
    ("rejected", "public"): "author office admin",
    ("open", "public"): "visitor outsider author lead other_lead office other_office admin",
    ("open", "members"): "author lead other_lead office other_office admin",
    ("open", "cluster"): "author lead other_lead office admin",
    ("closed", "public"): "visitor outsider author lead other_lead office other_office admin",
}


@pytest.fixture
def people(cast, member):
    """The cast, in which the member is who has proposed the signal."""
    return {**{who: user for who, user in cast.items() if who != "member"}, "author": member}


@pytest.mark.parametrize(("stage", "visibility"), SEEN)
def test_who_sees_a_signal(stage, visibility, people, member, home_cluster):
    make.signal(home_cluster, author=member, stage=stage, visibility=visibility)

    seen = {who for who, user in people.items() if Signal.objects.visible_to(user).exists()}

    assert seen == set(SEEN[stage, visibility].split())


def words(**values):
    return {"title_fi": "Huijaus tulee uudella tavalla", "kind": "weak", "horizon": "year",
            "visibility": "members", "form_key": uuid.uuid4(), **values}  # fmt: skip


def test_member_proposes_and_a_coordinator_publishes_in_the_browser(
    member, office, home_cluster, client
):
    client.force_login(member)
    form = words(source="Lehti", source_url="https://www.example.org/")
    client.post("/situation/signals/propose/", form)
    client.post("/situation/signals/propose/", form)

    signal = Signal.objects.get()
    assert signal.sources.get().title == "Lehti"
    assert [mail.recipient for mail in OutboxMail.objects.filter(kind="signal_proposed")] == [
        office
    ]
    assert "Ehdottamani signaalit" in client.get("/situation/signals/").content.decode()

    client.force_login(office)
    page = signal.get_absolute_url()
    client.post(f"{page}move/open/")
    signal.refresh_from_db()
    assert signal.stage == "proposed"  # not assessed yet
    edit = {"seen": signal.stamp, "kind": "risk", "horizon": "now", "title_fi": signal.title_fi,
            "likelihood": "5", "impact": "4", "visibility": "public"}  # fmt: skip
    assert client.post(f"{page}edit/", edit).status_code == 302
    assert client.post(f"{page}edit/", edit).status_code == 422  # an old form
    client.post(f"{page}move/open/")

    client.logout()
    assert "5 × 4 = 20" in " ".join(client.get(page).content.decode().split())
    mail = OutboxMail.objects.get(kind="signal_moved", recipient=member)
    assert "Seurataan" in rendered(mail).text


@pytest.mark.parametrize(
    "wrong",
    [{"title_fi": ""}, {"kind": "x"}, {"title_fi": "TL III asia tässä"},
     {"source_url": "javascript:x"}, {"source_url": "https://www.example.org/"}, {"form_key": "x"}],
)  # fmt: skip
def test_bad_proposal_is_answered_in_the_form(wrong, member, client):
    client.force_login(member)

    answer = client.post("/situation/signals/propose/", words(**wrong))

    assert answer.status_code in {200, 422}
    assert not Signal.objects.exists()


def test_visitor_and_outsider_read_what_it_is_for(client, outsider):
    for _each in range(2):
        page = client.get("/situation/signals/propose/")
        assert page.status_code == 200
        assert "form_key" not in page.content.decode()
        client.force_login(outsider)


def test_support_counts_once_and_not_ones_own(member, lead, home_cluster):
    signal = make.signal(home_cluster, author=member)
    services.support(signal, by=lead, is_on=True)
    services.support(signal, by=lead, is_on=True)
    assert SignalSupport.objects.count() == 1
    with pytest.raises(Refused):
        services.support(signal, by=member, is_on=True)

    services.support(signal, by=lead, is_on=False)

    assert not SignalSupport.objects.exists()


def test_opportunity_is_told_once_to_companies_that_fit(
    home_cluster, company, lead, office, member
):
    term = Term.objects.get(scheme="security_task", code="search")
    other = factories.organisation("Toinen Oy")
    factories.membership(other, home_cluster)
    stranger = factories.user()
    factories.affiliation(stranger, other, role="contact")
    factories.capability(company, home_cluster, title_fi="Paikannus etsintään", terms=[term])
    make.signal(
        home_cluster, terms=[term], title_fi="Paikannus pätkii etsinnässä",
        opportunity_fi="Häiriöitä kestävä paikannus etsintään",
    )  # fmt: skip
    make.signal(home_cluster, terms=[term])  # no opportunity

    assert services.match_waiting() == 1
    assert services.match_waiting() == 0

    mail = OutboxMail.objects.get(kind="signal_for_you")
    assert mail.recipient == lead
    assert "Paikannus etsintään" in rendered(mail).text


def test_new_opportunity_of_a_signal_is_told_anew(home_cluster, company, lead, office):
    term = Term.objects.get(scheme="security_task", code="search")
    factories.capability(company, home_cluster, title_fi="Paikannus etsintään", terms=[term])
    signal = make.signal(
        home_cluster, terms=[term], title_fi="Paikannus pätkii etsinnässä",
        opportunity_fi="Häiriöitä kestävä paikannus etsintään",
    )  # fmt: skip
    services.match_waiting()

    for words in ("Häiriöitä kestävä paikannus etsintään", "Paikannus etsintään ilman verkkoa"):
        signal.refresh_from_db()
        changed = {"opportunity_fi": words}
        services.edit_signal(signal, changed, by=office, seen=signal.stamp)
        services.match_waiting()

    told = OutboxMail.objects.filter(kind="signal_for_you")
    assert [mail.recipient for mail in told] == [lead, lead]


def test_opportunity_is_told_to_companies_alone(home_cluster, company, lead, office):
    term = Term.objects.get(scheme="security_task", code="search")
    for kind in ("university", "association"):
        place = factories.organisation(kind=kind)
        factories.membership(place, home_cluster)
        factories.affiliation(factories.user(), place, role="contact")
        factories.affiliation(lead, place, role="contact")
        factories.capability(place, home_cluster, title_fi=f"Oma: {kind}", terms=[term])
    factories.capability(company, home_cluster, title_fi="Yrityksen paikannin", terms=[term])
    signal = make.signal(
        home_cluster, terms=[term], title_fi="Paikannus pätkii etsinnässä",
        opportunity_fi="Häiriöitä kestävä paikannus etsintään",
    )  # fmt: skip

    services.match_waiting()

    mail = OutboxMail.objects.get(kind="signal_for_you")
    assert mail.recipient == lead
    fits = services.fits_of(signal, lead)
    assert [match.object.title_fi for match in fits] == ["Yrityksen paikannin"]
    assert "Oma:" not in rendered(mail).text


def test_use_in_a_decision_is_recorded_once(home_cluster, office, member, client):
    signal = make.signal(home_cluster)
    url = reverse("situation:signal_use", args=[signal.slug])
    values = {"what": "Kokeilu alkoi <b>, ohjausryhmä", "used_on": "2026-11-02",
              "url": "https://www.example.org/"}  # fmt: skip
    client.force_login(member)
    assert client.post(url, values).status_code == 404
    client.force_login(office)

    client.post(url, values)
    client.post(url, values)

    assert SignalUse.objects.count() == 1
    client.logout()
    for path in ("/situation/signals/", "/situation/signals/report/", signal.get_absolute_url()):
        page = client.get(path).content.decode()
        assert "Kokeilu alkoi &lt;b&gt;" in page


def test_register_and_list_have_the_same_numbers(home_cluster, client):
    make.signal(home_cluster, title_fi="Pieni", likelihood=1, impact=1)
    make.signal(home_cluster, title_fi="Suuri", likelihood=5, impact=5)

    context = client.get("/situation/signals/").context

    assert [row[:2] for row in context["pic"]["rows"]] == [["1", "Suuri"], ["2", "Pieni"]]
    assert [row["title"] for row in context["page"].object_list] == ["Suuri", "Pieni"]


def test_erasing_takes_proposals_and_support_and_leaves_what_is_out(home_cluster, member, lead):
    make.signal(home_cluster, author=member, stage="proposed")
    out = make.signal(home_cluster, author=member)
    theirs = make.signal(home_cluster, author=lead)
    services.support(theirs, by=member, is_on=True)

    erasure.erase_account(member, by=member)

    assert set(Signal.objects.values_list("pk", "author")) == {(out.pk, None), (theirs.pk, lead.pk)}
    assert not SignalSupport.objects.exists()
