import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cluster_portal.core.matching import themes
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import OutboxMail
from members import matching
from members.models import AnswerArrival, Need, NeedMatch
from members.pages import need_page
from members.pages.need_desk import unanswered_queue
from members.services import needs
from members.services.arrivals import came
from tests import factories, statements
from tests.members import need_factories as make
from tests.theses import factories as theses
from tests.theses import parties


@pytest.fixture
def provider(other_lead):
    return other_lead.affiliations.get().organisation


def mails(kind):
    return list(OutboxMail.objects.filter(kind=kind).values_list("recipient", flat=True))


def found(need):
    return set(need.matches.values_list("answers", "object_id"))


def reasons_for(need, user):
    shown = need_page.complete(user).get(pk=need.pk)
    rows = need_page.fit_rows(shown, list(need.matches.standing()), user)
    return {row["title"]: [each["text"] for each in row["reasons"]] for row in rows}


def test_both_sides_are_told_once_of_a_pair(home_cluster, company, lead, provider, other_lead):
    need = make.need(home_cluster, company, teller=lead)
    fitting = make.power(provider, home_cluster)

    make.match_all()
    Need.objects.update(matched_at=None)
    make.match_all()

    assert found(need) == {("capabilities", fitting.pk)}
    assert mails("need_fits") == [lead.pk]
    assert mails("need_for_you") == [other_lead.pk]


def test_new_capability_is_held_against_open_needs(
    home_cluster, company, lead, provider, other_lead
):
    need = make.need(home_cluster, company, teller=lead)
    over = make.need(home_cluster, company, teller=lead, stage="closed")
    make.match_all()

    fitting = make.power(provider, home_cluster)
    came("capabilities", fitting, since=timezone.now())
    make.match_all()

    assert found(need) == {("capabilities", fitting.pk)}
    assert found(over) == set()
    assert (mails("need_fits"), mails("need_for_you")) == ([lead.pk], [other_lead.pk])
    assert not AnswerArrival.objects.exists()


def test_what_comes_together_is_told_in_one_message(home_cluster, company, lead, provider):
    need = make.need(home_cluster, company, teller=lead)
    make.match_all()

    fitting = [make.power(provider, home_cluster) for _ in range(3)]
    for each in fitting:
        came("capabilities", each, since=timezone.now())
    make.match_all()

    assert found(need) == {("capabilities", each.pk) for each in fitting}
    assert mails("need_fits") == [lead.pk]


def test_nothing_without_a_good_reason(home_cluster, company, lead, provider):
    need = make.need(home_cluster, company, teller=lead)
    factories.capability(provider, home_cluster, title_fi="Kahvitus", summary_fi="Tarjoilua.")

    make.match_all()

    assert found(need) == set()
    assert mails("need_fits") == []


def test_nobody_is_offered_their_own(home_cluster, company, lead):
    need = make.need(home_cluster, company, teller=lead)
    make.power(company, home_cluster)

    make.match_all()

    assert found(need) == set()


@pytest.mark.parametrize(
    ("kind", "capability", "fits"),
    [
        ("solution", "product", True),
        ("solution", "volunteering", False),
        ("volunteers", "volunteering", True),
        ("volunteers", "product", False),
        ("knowledge", "course", True),
        ("knowledge", "product", False),
        ("funding", "product", False),
        ("partner", "product", True),
    ],
)
def test_kind_of_need_asks_for_kinds_of_capability(lead, provider, kind, capability, fits):
    company = lead.affiliations.get().organisation
    home_cluster = company.clusters.get()
    need = make.need(home_cluster, company, teller=lead, kind=kind)
    make.power(provider, home_cluster, kind=capability)

    make.match_all()

    assert bool(found(need)) is fits


def test_what_the_owner_of_the_need_cannot_see_is_not_suggested(
    home_cluster, other_cluster, company, lead, provider
):
    need = make.need(home_cluster, company, teller=lead)
    factories.membership(provider, other_cluster)
    make.power(provider, other_cluster, visibility="private")

    make.match_all()

    assert found(need) == set()


def test_who_cannot_see_the_need_is_not_told_of_it(home_cluster, company, lead, provider):
    need = make.need(home_cluster, company, teller=lead, visibility="private")
    fitting = make.power(provider, home_cluster)

    make.match_all()

    assert found(need) == {("capabilities", fitting.pk)}
    assert mails("need_for_you") == []


def test_category_of_dual_use_is_in_no_reason(home_cluster, company, lead, provider):
    category = Term.objects.filter(scheme="dual_use").first()
    need = make.need(home_cluster, company, teller=lead, what=f"Varavoimaa: {category.label_fi}")
    fitting = make.power(provider, home_cluster, dual_use=category)
    fitting.terms.add(category)
    need.terms.add(category)
    make.match_all()

    told = reasons_for(need, lead)

    assert list(told) == ["Siirrettävä varavoimakone"]
    assert category.label_fi.lower() not in " ".join(told["Siirrettävä varavoimakone"]).lower()


def test_region_of_delivery_is_told_for_and_against(home_cluster, company, lead, provider):
    here, there = factories.region("06"), factories.region("11")
    need = make.need(home_cluster, company, teller=lead, region=here)
    make.power(provider, home_cluster, title_fi="Lähellä", regions=[here])
    make.power(provider, home_cluster, title_fi="Kaukana", regions=[there])
    make.match_all()

    told = reasons_for(need, lead)

    assert list(told) == ["Lähellä", "Kaukana"]
    assert any(here.label_fi in reason for reason in told["Lähellä"])
    assert any(there.label_fi in reason for reason in told["Kaukana"])


def test_reader_sees_only_the_suggestions_that_they_may_see(home_cluster, company, lead, provider):
    need = make.need(home_cluster, company, teller=lead, visibility="public")
    make.power(provider, home_cluster, visibility="members")
    make.match_all()

    assert reasons_for(need, lead)
    assert reasons_for(need, AnonymousUser()) == {}


def test_dismissed_suggestion_stays_away(client, home_cluster, company, lead, provider):
    need = make.need(home_cluster, company, teller=lead)
    make.power(provider, home_cluster)
    make.match_all()
    match = NeedMatch.objects.get()
    client.force_login(lead)

    client.post(f"/members/needs/suggestions/{match.pk}/dismiss/")
    Need.objects.update(matched_at=None)
    make.match_all()

    assert reasons_for(need, lead) == {}


def test_stranger_dismisses_nothing(client, home_cluster, company, lead, provider, other_lead):
    make.need(home_cluster, company, teller=lead)
    make.power(provider, home_cluster)
    make.match_all()
    client.force_login(other_lead)

    answer = client.post(f"/members/needs/suggestions/{NeedMatch.objects.get().pk}/dismiss/")

    assert answer.status_code == 404
    assert NeedMatch.objects.standing().exists()


def test_finished_thesis_answers_a_need_for_knowledge(home_cluster, company, lead, provider):
    school = factories.organisation(kind="university")
    supervisor = parties.supervisor(school, room=3)
    topic = theses.topic(provider, home_cluster)
    today = timezone.localdate()
    thesis = parties.working(
        topic, factories.user(), supervisor, stage="finished", finished_on=today,
        finished_year=today.year, slug="valmis", title="Varavoima sähkökatkossa",
        abstract="Miten varavoima riittää sähkökatkon ajan.",
    )  # fmt: skip
    need = make.need(home_cluster, company, teller=lead, kind="knowledge", visibility="public")

    make.match_all()

    assert ("theses", thesis.pk) in found(need)
    assert "Varavoima sähkökatkossa" in reasons_for(need, lead)
    assert supervisor.pk in mails("need_for_you")


def test_organisation_answers_a_need_for_a_partner(home_cluster, company, lead, provider):
    provider.description = "Rakennamme varavoimaa sähkökatkojen varalle."
    provider.save()
    provider.__class__.objects.filter(pk=provider.pk).reindex()
    need = make.need(home_cluster, company, teller=lead, kind="partner")

    make.match_all()

    assert ("members", provider.pk) in found(need)


def test_needs_that_nothing_answers_wait_for_the_coordinator(
    home_cluster, company, lead, provider, office, other_office
):
    long_ago = timezone.now() - datetime.timedelta(days=15)
    make.need(home_cluster, company, published_at=long_ago, teller=lead, kind="funding")
    make.need(home_cluster, company, teller=lead, kind="funding")
    make.need(home_cluster, company, published_at=long_ago, teller=lead)
    make.power(provider, home_cluster)
    make.match_all()

    assert unanswered_queue(office).count == 1
    assert unanswered_queue(other_office).count == 0


def test_desk_shows_needs_that_fit_something_of_ones_own(
    home_cluster, company, lead, provider, other_lead
):
    need = make.need(home_cluster, company, teller=lead)
    make.power(provider, home_cluster)
    make.match_all()

    assert [row["title"] for row in need_page.answerable(other_lead)] == [need.what]
    assert need_page.answerable(lead) == []


def test_edited_need_is_matched_anew(home_cluster, company, lead, provider):
    need = make.need(home_cluster, company, teller=lead, what="Kahvia", purpose="Kahvia.")
    make.power(provider, home_cluster)
    make.match_all()

    needs.edit_need(need, {"what": "Varavoimaa sähkökatkoon"}, by=lead)
    make.match_all()

    assert len(found(need)) == 1


def test_terms_are_found_by_name_and_by_concept(db):
    found = themes.found_in("Evakuoinnissa ihmiset odottavat", matching.NAMED)
    codes = {term.code for term in found}

    assert "evacuation" in codes
    assert themes.found_in("", matching.NAMED) == []


def test_page_of_a_need_asks_little_however_much_fits(
    client, home_cluster, company, lead, provider
):
    need = make.need(home_cluster, company, teller=lead)
    client.force_login(lead)
    counts = []
    for _more in range(2):
        make.power(provider, home_cluster)
        Need.objects.update(matched_at=None)
        make.match_all()
        counts.append(len(statements.of_page(client, need.get_absolute_url())))

    assert counts[0] == counts[1] <= 11
