"""Projects, challenges, events and organisations: a search of each list can be saved, and is told
of what its services bring there."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import lists, search
from cluster_portal.notifications import matching, saved_searches
from cluster_portal.notifications.models import Arrival, SavedSearch, SavedSearchHit
from events.models import Event
from events.services.events import publish_event, save_event
from members.models import Organisation
from members.services import applications
from members.services.organisations import edit_organisation, make_shadow
from projects.models import Challenge, Project
from projects.services.challenges import move_challenge
from projects.services.projects import move_project
from tests import factories
from tests.browser_form import fields
from tests.events import factories as events
from tests.members.factories import submitted
from tests.projects import factories as projects

LISTS = {
    "members": "members:list",
    "projects": "projects:list",
    "challenges": "projects:challenges",
    "events": "events:list",
}
WORD = "sensoriverkko"


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


def listening(kind, by, query=f"q={WORD}"):
    """A search saved some minutes ago."""
    found = lists.get(kind)
    made = saved_searches.save(found, QueryDict(query), name="Haku", frequency="at_once", by=by)
    return since(made, minutes=5)


def since(saved, **ago):
    then = timezone.now() - timedelta(**ago)
    SavedSearch.objects.filter(pk=saved.pk).update(created_at=then, listens_since=then)
    return saved


def told():
    matching.match_arrivals()
    return list(SavedSearchHit.objects.values_list("search__kind", "object_id"))


def aged(obj, **values):
    """It was there long before the search."""
    long_ago = timezone.now() - timedelta(days=30)
    values = {"created_at": long_ago, **values}
    type(obj).objects.filter(pk=obj.pk).update(**values)
    search.reindex(obj)
    obj.refresh_from_db()
    return obj


@pytest.mark.parametrize(("kind", "address"), LISTS.items())
@pytest.mark.parametrize("prefix", ["", "sv/", "en/"])
def test_list_leads_to_saving_what_was_searched(client, company, kind, address, prefix):
    page = client.get(f"/{prefix}{reverse(address)[1:]}", {"q": WORD}).content.decode()

    assert f'href="/{prefix}me/searches/new/{kind}/?q={WORD}"' in page


def test_past_events_are_no_list_to_listen_to(client, db):
    assert b"/me/searches/new/" not in client.get("/events/?past").content


def test_organisation_that_is_no_member_is_no_news_among_members(member, office, home_cluster):
    listening("members", member)

    make_shadow(f"{WORD} Oy", cluster=home_cluster, by=office)

    assert told() == []


def test_applicants_organisation_comes_when_it_is_approved(member, office, home_cluster):
    listening("members", member)
    made = submitted(factories.user(), home_cluster, name=f"{WORD} Oy")
    assert told() == []

    applications.approve(applications.take_up(made, by=office), by=office)

    assert told() == [("members", made.organisation_id)]


def test_organisation_that_was_there_is_no_news_when_it_is_edited(member, lead, company):
    old = listening("members", member)
    aged(company)

    edit_organisation(company, {"description": WORD}, by=lead)

    assert told() == []
    since(old, days=60)
    edit_organisation(company, {"description": f"{WORD} uusi"}, by=lead)
    assert told() == [("members", company.pk)]


def test_hidden_organisation_is_told_to_nobody_else(member, office, home_cluster):
    listening("members", member)

    make_shadow(f"{WORD} Oy", cluster=home_cluster, by=office, visibility="private")

    assert Arrival.objects.exists()
    assert told() == []


def opened(client, obj):
    address = reverse(f"admin:{obj._meta.label_lower.replace('.', '_')}_change", args=[obj.pk])
    form = fields(client.get(address).content.decode(), f"{obj._meta.model_name}_form")
    return address, form


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("members", lambda cluster: factories.membership(
            factories.organisation(f"{WORD} Oy", visibility="private"), cluster).organisation),
        ("projects", lambda cluster: projects.project(cluster, title_fi=WORD,
                                                      visibility="private")),
        ("challenges", lambda cluster: projects.challenge(
            cluster, title_fi=WORD, organisation=factories.organisation(), visibility="private")),
        ("events", lambda cluster: events.event(cluster, title_fi=WORD, visibility="private")),
    ],
)  # fmt: skip
def test_what_is_opened_in_the_admin_comes_to_the_list(
    client, office, outsider, home_cluster, kind, make
):
    listening(kind, outsider)
    hidden = aged(make(home_cluster))
    client.force_login(office)
    address, form = opened(client, hidden)

    answer = client.post(address, {**form, "visibility": "public", "_save": "1"})

    assert answer.status_code == 302
    assert told() == [(kind, hidden.pk)]


def test_new_project_of_the_admin(client, office, outsider, home_cluster):
    listening("projects", outsider)
    client.force_login(office)
    address = reverse("admin:projects_project_add")
    form = fields(client.get(address).content.decode(), "project_form")
    hers = {"title_fi": WORD, "summary_fi": "Lyhyesti", "slug": "uusi-hanke"}

    answer = client.post(address, {**form, **hers, "home_cluster": home_cluster.pk})

    assert answer.status_code == 302
    assert told() == [("projects", Project.objects.get().pk)]


def test_step_of_an_old_project_tells_who_listened_before_it(office, outsider, home_cluster):
    search_by_stage = listening("projects", outsider, "stage=ended")
    long_ago = timezone.now() - timedelta(days=30)
    project = aged(projects.project(home_cluster, stage="closing"), published_at=long_ago)

    projects.legacy(project)
    move_project(project, "end", by=office)
    assert told() == []

    since(search_by_stage, days=60)
    Project.objects.update(stage="closing")
    move_project(project, "end", by=office)
    assert told() == [("projects", project.pk)]


def test_challenge_comes_when_it_is_published(office, outsider, home_cluster):
    listening("challenges", outsider)
    challenge = projects.challenge(
        home_cluster, title_fi=WORD, stage="in_review", published_at=None
    )
    aged(challenge)

    move_challenge(challenge, "publish", by=office)

    assert told() == [("challenges", challenge.pk)]


def test_draft_of_a_challenge_is_news_to_nobody(client, office, member, company, home_cluster):
    """Its own organisation sees it."""
    listening("challenges", member)
    draft = projects.challenge(
        home_cluster, organisation=company, title_fi=WORD, stage="draft", published_at=None
    )
    search.reindex(draft)
    client.force_login(office)
    address, form = opened(client, draft)

    assert client.post(address, {**form, "need": "Toinen", "_save": "1"}).status_code == 302
    assert Challenge.objects.visible_to(member).contains(draft)
    assert told() == []


def test_event_comes_when_it_is_published_and_not_when_it_is_moved(office, outsider, home_cluster):
    draft = aged(events.event(home_cluster, title_fi=WORD, stage="draft", published_at=None))
    listening("events", outsider)

    publish_event(draft, by=office)
    assert told() == [("events", draft.pk)]

    SavedSearch.objects.all().delete()
    listening("events", outsider)
    Event.objects.update(published_at=timezone.now() - timedelta(days=3))
    draft.refresh_from_db()
    draft.venue = "Toinen"
    save_event(draft, by=office)
    assert told() == []


def test_member_s_event_is_told_to_members_alone(office, outsider, member, home_cluster):
    for reader in (outsider, member):
        listening("events", reader)
    draft = events.event(
        home_cluster, title_fi=WORD, stage="draft", published_at=None, visibility="members"
    )
    search.reindex(draft)

    publish_event(draft, by=office)

    matching.match_arrivals()
    assert [hit.search.user for hit in SavedSearchHit.objects.all()] == [member]


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize(
    "query", ["", "q=%00", "stage=nonsense&cluster=x", "q=" + "%C3%A4" * 300, "theme=%F0%9F%92%A9"]
)
def test_any_search_may_be_asked_to_be_saved(client, outsider, kind, query):
    client.force_login(outsider)

    assert client.get(f"/me/searches/new/{kind}/?{query}").status_code in {200, 400}


def test_what_is_told_is_described_for_each_list(company, home_cluster):
    """The message names the thing and leads to it."""
    things = [company, projects.project(home_cluster), projects.challenge(home_cluster),
              events.event(home_cluster)]  # fmt: skip

    for thing, kind in zip(things, ("members", "projects", "challenges", "events"), strict=True):
        assert lists.get(kind).told_to(factories.user()).contains(thing)
        assert thing.search_title
        assert thing.get_absolute_url()
    assert Organisation.objects.contains(company)


@pytest.mark.parametrize("page", lists.every(), ids=lambda page: page.key)
@pytest.mark.parametrize("sort", ["", "newest"])
def test_every_list_counts_its_options_among_the_hits_of_a_search(page, sort, admin_user):
    opened = "".join(f"&open-{name}=yes" for name in page.filters.base_filters)
    found = page.found(admin_user, QueryDict(f"q={WORD}&sort={sort}{opened}"))

    shown = list(found.rows[:5])

    assert (shown, found.filters.count) == ([], 0)
    assert all(option.count == 0 for group in found.filters.groups for option in group.options)
