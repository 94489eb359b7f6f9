"""What an answer states becomes records, once, when its organisation says so."""

import datetime
import re
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate

from cluster_portal.core import vocabulary
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.surveys.models import Fact, FundingNeed, Handover, SkillGap
from cluster_portal.surveys.services import facts
from members.models import Capability, Need
from members.models.affiliations import Role
from tests import factories
from tests.surveys import factories as surveys

pytestmark = pytest.mark.django_db

SECTIONS = {
    "able": [
        {"key": "title", "kind": "text", "fills": "title", "becomes": "capability"},
        {"key": "summary", "kind": "text", "fills": "summary"},
        {"key": "kind", "kind": "choice", "options": ["product", "service"], "fills": "kind"},
        {"key": "tasks", "kind": "many", "scheme": "security_task", "fills": "terms"},
    ],
    "need": [
        {"key": "what", "kind": "text", "fills": "what", "becomes": "need"},
        {"key": "purpose", "kind": "text", "fills": "purpose"},
    ],
    "gap": [
        {"key": "who", "kind": "text", "fills": "occupation", "becomes": "skill_gap"},
        {"key": "field", "kind": "choice", "scheme": "education_field", "fills": "field"},
        {"key": "bad", "kind": "choice", "options": ["1", "2", "3"], "fills": "shortage"},
        {"key": "year", "kind": "number", "fills": "year"},
    ],
    "money": [
        {"key": "for", "kind": "text", "fills": "what", "becomes": "funding_need"},
        {"key": "theme", "kind": "choice", "scheme": "vital_function", "fills": "theme"},
        {"key": "amount", "kind": "choice", "options": ["under-50"], "fills": "amount"},
        {"key": "first", "kind": "choice", "options": ["1", "2"], "fills": "priority"},
    ],
}  # fmt: skip
ALL = list(SECTIONS)


def answers():
    return {
        "title": "Siirrettävä varavoima", "summary": "Sähköt kahdeksi vuorokaudeksi.",
        "kind": "product", "tasks": ["search"],
        "what": "Kumppani kokeilemaan varavoimaa", "purpose": "Kokeilu kahdessa kunnassa.",
        "who": "Automaatioasentaja", "field": vocabulary.terms("education_field")[0].code,
        "bad": "3", "year": "2028",
        "for": "Varavoiman kokeilu", "theme": vocabulary.terms("vital_function")[0].code,
        "amount": "under-50", "first": "1",
    }  # fmt: skip


@pytest.fixture
def organisation(home_cluster):
    made = factories.organisation("Savon Varavoima Oy", region=factories.region("11"))
    factories.membership(made, home_cluster)
    return made


@pytest.fixture
def contact(organisation):
    person = factories.user()
    factories.affiliation(person, organisation, role=Role.CONTACT)
    return person


@pytest.fixture
def response(home_cluster, organisation, contact):
    asked = surveys.survey_round(
        home_cluster, version=surveys.version(SECTIONS), mode="interviews", title_fi="Haastattelut"
    )
    return surveys.response(asked, organisation=organisation, answers=answers(), stage="checked")


def test_confirmed_sections_become_records_with_their_source(response, contact, organisation):
    facts.confirm_facts(response, ALL, by=contact, revision=0)

    capability, need = Capability.objects.get(), Need.objects.get()
    gap, funding = SkillGap.objects.get(), FundingNeed.objects.get()
    assert (capability.stage, capability.source, capability.source_note) == (
        "published", "interview", "Haastattelut",
    )  # fmt: skip
    assert (need.stage, need.organisation, need.visibility) == ("open", organisation, "members")
    assert (gap.occupation, gap.shortage, gap.year, gap.region.code) == (
        "Automaatioasentaja", 3, 2028, "11",
    )  # fmt: skip
    assert (funding.amount, funding.priority, funding.visibility) == ("under-50", 1, "private")
    assert gap.response == response


def test_second_press_records_nothing(response, contact):
    facts.confirm_facts(response, ALL, by=contact, revision=0)
    again = facts.confirm_facts(response, ALL, by=contact, revision=0)

    assert again == []
    assert [m.objects.count() for m in (Capability, Need, SkillGap, Fact)] == [1, 1, 1, 4]


def test_refused_section_becomes_nothing_until_it_is_confirmed(response, contact):
    facts.refuse_facts(response, ["gap"], by=contact)
    before = SkillGap.objects.count()
    facts.confirm_facts(response, ["gap"], by=contact, revision=0)

    assert (before, SkillGap.objects.count()) == (0, 1)
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {
        "fact_refused", "fact_confirmed",
    }  # fmt: skip


@pytest.mark.parametrize("stage", ["invited", "answered"])
def test_nothing_is_offered_before_the_organisation_has_checked(response, contact, stage):
    response.stage = stage
    response.save()

    assert facts.offers(response) == []
    with pytest.raises(Refused):
        facts.confirm_facts(response, ALL, by=contact, revision=0)


def test_only_who_speaks_for_the_organisation_confirms(response, organisation, home_cluster):
    colleague = factories.user()
    factories.affiliation(colleague, organisation)

    for other in (colleague, factories.coordinator(home_cluster)):
        with pytest.raises(Refused):
            facts.confirm_facts(response, ALL, by=other, revision=0)


def test_half_answered_section_is_not_offered(response):
    del response.answers["what"], response.answers["purpose"]

    assert [offer.section.key for offer in facts.offers(response)] == ["able", "gap", "money"]


def test_refusal_of_one_records_none_and_names_the_section(response, contact):
    response.answers["bad"] = "7"
    response.save()

    with pytest.raises(Refused, match="Gap"):
        facts.confirm_facts(response, ALL, by=contact, revision=0)
    assert Fact.objects.count() == 0
    assert Capability.objects.count() == 0


def test_capability_that_tells_too_little_stays_a_draft(response, contact):
    del response.answers["tasks"]
    response.save()

    facts.confirm_facts(response, ["able"], by=contact, revision=0)

    assert Capability.objects.get().stage == "draft"


def test_changed_answer_leaves_the_record_and_says_so(client, response, contact):
    facts.confirm_facts(response, ["gap"], by=contact, revision=0)
    response.answers["who"] = "Hitsaaja"
    response.save()
    client.force_login(contact)

    page = client.get(response.get_absolute_url()).content.decode()

    assert SkillGap.objects.get().occupation == "Automaatioasentaja"
    assert "Olet muuttanut vastausta" in page


def test_page_records_what_is_ticked(client, response, contact):
    client.force_login(contact)

    client.post(
        reverse("surveys:records", args=[response.public_id]),
        {"section": ["need", "able", "nowhere"], "do": "confirm", "revision": 0},
    )

    assert sorted(Fact.objects.values_list("section_key", flat=True)) == ["able", "need"]


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 5000])
def test_answer_that_was_not_read_is_not_recorded(client, response, contact, revision):
    client.force_login(contact)
    url = reverse("surveys:records", args=[response.public_id])

    answer = client.post(url, {"section": ALL, "do": "confirm", "revision": revision})

    assert answer.status_code == 302
    assert not Fact.objects.exists()


def test_stranger_finds_no_answer_to_record(client, response, outsider):
    client.force_login(outsider)
    url = reverse("surveys:records", args=[response.public_id])

    assert client.post(url, {"section": ALL}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_record(response, contact):
    both = threading.Barrier(2)
    refused = []

    def press():
        try:
            both.wait(timeout=10)
            facts.confirm_facts(response, ["gap"], by=contact, revision=0)
        except Exception as error:  # noqa: BLE001 - told by the assertion
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == []
    assert SkillGap.objects.count() == 1


def test_colleague_reads_only_what_becomes_of_their_section(
    client, response, organisation, contact
):
    colleague = factories.user()
    factories.affiliation(colleague, organisation)
    section = response.round.version.sections.get(key="need")
    Handover.objects.create(response=response, section=section, user=colleague, by=contact)
    facts.confirm_facts(response, ["money"], by=contact, revision=0)
    client.force_login(colleague)

    page = client.get(response.get_absolute_url()).content.decode()

    assert "Kumppani kokeilemaan varavoimaa" in page
    assert "Automaatioasentaja" not in page
    assert "Varavoiman kokeilu" not in page


def test_what_was_recorded_in_an_earlier_round_is_not_ticked_again(client, response, contact):
    facts.confirm_facts(response, ["need"], by=contact, revision=0)
    need = Need.objects.get()
    before = response.round
    type(before).objects.filter(pk=before.pk).update(
        opened_at=before.opened_at - datetime.timedelta(days=365)
    )
    now = surveys.survey_round(
        before.home_cluster, version=before.version, mode="interviews", previous=before
    )
    again = surveys.response(
        now, organisation=response.organisation, answers=answers(), stage="checked"
    )
    client.force_login(contact)

    page = client.get(again.get_absolute_url())

    box = r'<input[^>]*name="section"[^>]*value="(\w+)"([^>]*)>'
    ticks = re.findall(box, page.content.decode())
    assert {key: "checked" in rest for key, rest in ticks} == {
        "able": True, "need": False, "gap": True, "money": True
    }  # fmt: skip
    assert need.get_absolute_url() in page.content.decode()
    assert f"kirjattiin {date_format(localdate(), 'SHORT_DATE_FORMAT')}" in page.content.decode()
