import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import lists, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import Arrival
from members.models import Membership
from projects.models import Project, RoleSuggestion, WantedRole
from projects.pages import partners, role_suggestions
from projects.services import call_matching, role_matching
from projects.services.arrivals import content_came
from tests import factories, statements
from tests.members import need_factories as needs
from tests.projects import factories as make

LIST = "/projects/partners/"


def idea(cluster, **values):
    made = make.project(cluster, **{"stage": "idea", "visibility": "members", **values})
    search.reindex(made)
    return made


def role(project, name="Siirrettävä varavoimakone", **values):
    """By default one that `power` fits."""
    made = WantedRole.objects.create(project=project, name_fi=name, **values)
    search.reindex(project)
    return made


def match_all():
    Project.objects.update(calls_matched_at=None)
    while call_matching.match_next():
        pass


@pytest.fixture
def provider(other_lead):
    return other_lead.affiliations.get().organisation


@pytest.fixture
def able(provider, home_cluster):
    return needs.power(provider, home_cluster)


@pytest.fixture
def wanted(home_cluster, company, able):
    return role(idea(home_cluster, organisation=company))


def suggested(project, user):
    return [row["title"] for row in role_suggestions.suggestions(project, user)]


def test_member_that_can_do_it_is_suggested_with_the_reason(wanted, lead, provider, able):
    match_all()

    (row,) = role_suggestions.suggestions(wanted.project, lead)

    assert row["title"] == provider.title
    told = [reason["text"] for reason in row["reasons"]]
    assert told[0].endswith(able.title)
    assert any(text.startswith("Yhteistä: ") for text in told)
    assert f"role={wanted.public_id}" in row["invite_url"]


def test_nobody_is_suggested_without_a_reason(home_cluster, company, lead, able):
    wanted = role(idea(home_cluster, organisation=company), name="Kuljetusyritys")

    match_all()

    assert not RoleSuggestion.objects.exists()
    assert suggested(wanted.project, lead) == []


def test_owner_is_not_suggested_to_itself(home_cluster, company, lead):
    needs.power(company, home_cluster)
    wanted = role(idea(home_cluster, organisation=company))
    match_all()

    assert suggested(wanted.project, lead) == []


@pytest.mark.parametrize("stage", ["invited", "interested", "accepted", "declined", "expired"])
@pytest.mark.parametrize("is_matched_after", [True, False])
def test_who_is_in_or_asked_or_said_no_is_not_suggested(
    stage, is_matched_after, wanted, lead, provider
):
    if not is_matched_after:
        match_all()
        assert suggested(wanted.project, lead)
    make.partnership(wanted.project, provider, stage=stage, wanted_role=wanted)
    if is_matched_after:
        match_all()

    assert suggested(wanted.project, lead) == []


def test_no_to_one_role_is_no_no_to_another(wanted, lead, provider):
    other = role(wanted.project, position=2)
    make.partnership(wanted.project, provider, stage="declined", wanted_role=wanted)
    match_all()

    rows = role_suggestions.suggestions(wanted.project, lead)
    assert [f"role={other.public_id}" in row["invite_url"] for row in rows] == [True]


def test_who_left_the_cluster_is_not_suggested(wanted, lead, provider):
    match_all()
    assert suggested(wanted.project, lead)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Membership.objects.filter(organisation=provider).update(until=yesterday)

    assert suggested(wanted.project, lead) == []


def test_filled_or_closed_role_and_running_project_have_no_suggestions(wanted, lead):
    match_all()
    assert suggested(wanted.project, lead)

    WantedRole.objects.update(is_closed=True)
    assert suggested(wanted.project, lead) == []
    WantedRole.objects.update(is_closed=False)
    Project.objects.update(stage="running")
    assert suggested(wanted.project, lead) == []


def test_only_editors_see_and_turn_down(client, wanted, lead, other_lead, office):
    match_all()
    address = reverse("projects:suggestion_dismiss", args=[wanted.project.slug])
    row = RoleSuggestion.objects.get()

    assert suggested(wanted.project, other_lead) == []
    client.force_login(other_lead)
    assert client.post(address, {"suggestion": row.pk}).status_code == 404
    with pytest.raises(Refused):
        role_matching.dismiss(row, by=other_lead)
    assert suggested(wanted.project, lead)
    assert suggested(wanted.project, office)


def test_dismissed_one_stays_away(client, wanted, lead):
    match_all()
    address = reverse("projects:suggestion_dismiss", args=[wanted.project.slug])
    row = RoleSuggestion.objects.get()
    client.force_login(lead)

    for _press in range(2):
        assert client.post(address, {"suggestion": row.pk}).status_code == 302
    match_all()

    assert suggested(wanted.project, lead) == []
    assert RoleSuggestion.objects.get().is_dismissed


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "٣", "-1"])
def test_broken_key_is_a_404(key, client, wanted, lead):
    client.force_login(lead)
    address = reverse("projects:suggestion_dismiss", args=[wanted.project.slug])

    assert client.post(address, {"suggestion": key}).status_code == 404


def test_suggestion_of_another_idea_is_a_404(client, wanted, lead, home_cluster, company):
    match_all()
    other = idea(home_cluster, organisation=company)
    client.force_login(lead)
    address = reverse("projects:suggestion_dismiss", args=[other.slug])

    key = RoleSuggestion.objects.get().pk
    assert client.post(address, {"suggestion": key}).status_code == 404


def test_suggestions_ask_as_much_for_many_as_for_one(wanted, lead, home_cluster):
    def asked():
        with CaptureQueriesContext(connection) as found:
            told = role_suggestions.suggestions(wanted.project, lead)
        return len(told), len(found)

    match_all()
    (_one, few) = asked()
    for number in range(3):
        other = factories.organisation(name=f"Voima {number}")
        factories.membership(other, home_cluster)
        needs.power(other, home_cluster)
    match_all()

    assert asked() == (2, few)


def test_company_sees_the_roles_that_fit_it_with_reasons(client, wanted, other_lead, lead):
    match_all()

    client.force_login(other_lead)
    page = client.get(LIST)
    (row,) = page.context["fitting_roles"]
    assert row["url"] == wanted.project.get_absolute_url()
    assert row["reasons"]
    client.force_login(lead)
    assert client.get(LIST).context["fitting_roles"] == []


def test_company_is_not_told_of_roles_of_ideas_it_cannot_see(client, wanted, other_lead):
    match_all()
    Project.objects.update(visibility="private")
    client.force_login(other_lead)

    page = client.get(LIST)

    assert page.context["fitting_roles"] == []
    assert wanted.name_fi not in page.content.decode()


def test_list_has_published_ideas_with_open_roles(client, member, home_cluster):
    one = idea(home_cluster)
    role(one, "Laitevalmistaja")
    full, draft, over = idea(home_cluster), idea(home_cluster), idea(home_cluster)
    taken = role(full, "Täynnä")
    make.partnership(full, factories.organisation(), wanted_role=taken)
    role(draft, "Luonnos")
    Project.objects.filter(pk=draft.pk).update(published_at=None)
    role(over, "Ohi", is_closed=True)
    idea(home_cluster)
    client.force_login(member)

    page = client.get(LIST)

    assert [(row["url"], row["roles"]) for row in page.context["page"]] == [
        (one.get_absolute_url(), ["Laitevalmistaja"])
    ]


def test_search_finds_the_role_by_its_words(client, member, home_cluster):
    one, other = idea(home_cluster), idea(home_cluster)
    role(one, "Laitevalmistaja")
    role(other, "Kuljetusyritys")
    client.force_login(member)

    found = [row["url"] for row in client.get(LIST, {"q": "laitevalmistajat"}).context["page"]]

    assert found == [one.get_absolute_url()]


def test_members_that_need_a_partner_are_told_and_only_where_seen(client, member, home_cluster):
    need = needs.need(home_cluster, kind="partner", person=factories.user(), what="Kumppania")
    needs.need(home_cluster, kind="solution", person=factories.user())
    client.force_login(member)

    assert [row["url"] for row in client.get(LIST).context["needs"]] == [need.get_absolute_url()]
    client.logout()
    assert client.get(LIST).context["needs"] == []


@pytest.mark.parametrize("query", ["", "?q=laite", "?sort=newest"])
def test_list_asks_as_much_for_three_as_for_one(query, client, other_lead, wanted, home_cluster):
    match_all()
    client.force_login(other_lead)

    def asked(number):
        for _each in range(number):
            role(idea(home_cluster, organisation=wanted.project.organisation), "Laite")
            needs.need(home_cluster, kind="partner", person=factories.user())
        client.get(f"{LIST}{query}")
        return len(statements.of_page(client, f"{LIST}{query}"))

    assert asked(1) == asked(2) <= 8


def test_new_idea_with_roles_comes_to_the_saved_searches(home_cluster, company):
    assert lists.get("partners") is partners.PARTNERS
    one = idea(home_cluster, organisation=company)
    content_came(one)

    assert Arrival.objects.filter(kind="partners", object_id=one.pk).exists()


@pytest.mark.parametrize(("others", "is_suggested"), [(1, True), (12, False)])
def test_one_common_theme_is_a_reason_only_where_it_is_rare(
    home_cluster, company, lead, others, is_suggested
):
    theme = Term.objects.get(scheme="vital_function", code="defence")
    wanted = role(idea(home_cluster, organisation=company), name="Kuljetusyritys")
    wanted.terms.add(theme)
    for number in range(others):
        firm = factories.organisation(f"Yritys {number} Oy", slug=f"yritys-{number}")
        factories.membership(firm, home_cluster)
        firm.terms.add(theme)
        search.reindex(firm)

    match_all()

    assert bool(suggested(wanted.project, lead)) == is_suggested


def test_invitation_is_begun_with_the_role_and_the_organisation(client, wanted, lead, provider):
    match_all()
    (row,) = role_suggestions.suggestions(wanted.project, lead)
    client.force_login(lead)

    form = client.get(row["invite_url"]).context["form"]

    assert (form.initial["role"], form.initial["organisation"]) == (wanted.pk, provider.pk)
    assert client.get(row["invite_url"].replace(str(wanted.public_id), "ei-ole")).status_code == 200
