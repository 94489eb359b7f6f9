import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from cluster_portal.core import search
from cluster_portal.core.facets import filters
from cluster_portal.core.vocabulary import Term
from tests import factories
from tests.theses import factories as made
from theses.filters import TopicFilters
from theses.models import Topic, TopicTerm

pytestmark = pytest.mark.server


LIST = "/theses/"


def statements(client, path):
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        answer = client.get(path)
    assert answer.status_code == 200
    return [q["sql"] for q in caught if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("path", [LIST, f"{LIST}?q=varautuminen", f"{LIST}?level=bachelor_uas"])
def test_list_costs_the_same_for_one_row_and_thirty(client, member, company, home_cluster, path):
    client.force_login(member)
    search.reindex(made.topic(company, home_cluster, fields=("06",)))
    one = statements(client, path)
    for _number in range(29):
        organisation = factories.organisation()
        search.reindex(made.topic(organisation, home_cluster, fields=("06", "07")))

    thirty = statements(client, path)

    assert len(thirty) <= len(one)  # where little is found, what is related is asked for too
    assert len(thirty) <= 8, "\n".join(thirty)


@pytest.mark.parametrize("places", [1, 3])
def test_topic_page_costs_at_most_ten_statements(client, lead, topic, places):
    for _number in range(places):
        made.application(topic)
    client.force_login(lead)

    found = statements(client, topic.get_absolute_url())

    assert len(found) <= 10, "\n".join(found)


def test_inflected_word_is_found(client, company, home_cluster):
    topic = made.topic(company, home_cluster, title="Hankkeiden vaikutusten arviointi")
    search.reindex(topic)

    assert topic.title in client.get(LIST, {"q": "hanke"}).content.decode()


def test_base_form_is_found_by_inflected_query(client, company, home_cluster):
    topic = made.topic(company, home_cluster, title="Hanke ja sen vaikutus")
    search.reindex(topic)

    assert topic.title in client.get(LIST, {"q": "hankkeiden"}).content.decode()


KEYS = (
    *("level", "field", "language", "region", "remote", "paid", "begins", "kind", "theme"),
    *("cluster", "supervisor"),
)


@pytest.mark.parametrize("key", KEYS)
def test_facet_counts_equal_the_results(
    client, company, home_cluster, other_cluster, outsider, key
):
    region, today = factories.region("11"), timezone.localdate()
    themes = Term.objects.filter(scheme="security_task").order_by("code")
    early = made.topic(company, home_cluster, fields=("06",), pay="yes", region=region)
    made.topic(company, home_cluster, fields=("06", "07"), levels=["master", "doctoral"])
    late = made.topic(
        factories.organisation(kind="municipality", sector="public"),
        other_cluster,
        languages=["sv", "fi"],
        is_remote=True,
        region=region,
        supervisor=outsider,
        starts_on=today + timezone.timedelta(days=900),
    )
    for topic, term in ((early, themes[0]), (late, themes[0]), (late, themes[1])):
        TopicTerm.objects.create(topic=topic, term=term)
    groups = client.get(LIST, {f"open-{key}": "yes"}).context["faceted"].groups
    group = next(group for group in groups if group.key == key)

    counted = [option for option in group.options if option.count]

    assert len(counted) > 1 or key == "region"
    for option in counted:
        answer = client.get(LIST, {key: option.value})
        assert answer.context["page"].paginator.count == option.count


def test_closing_soonest_comes_first_when_asked(client, company, home_cluster):
    today = timezone.localdate()
    late = made.topic(company, home_cluster, closes_on=today + timezone.timedelta(days=9))
    soon = made.topic(company, home_cluster, closes_on=today + timezone.timedelta(days=2))

    rows = client.get(LIST, {"sort": "closing"}).context["page"].object_list

    assert [row["title"] for row in rows] == [soon.title, late.title]


def test_topic_past_its_last_day_leaves_the_list(client, company, home_cluster):
    made.topic(company, home_cluster, closes_on=timezone.localdate() - timezone.timedelta(days=1))

    assert client.get(LIST).context["page"].paginator.count == 0


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"}, {"page": "x"}, {"page": "9" * 30}, {"page": "-1"},
    ],
)  # fmt: skip
def test_broken_page_is_missing(client, topic, query):
    assert client.get(LIST, query).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"level": "x' OR 1=1"}, {"sort": "password"}, {"q": "((" * 400}, {"q": "!|&:*<->"},
        {"cluster": "9" * 300}, {"region": ["06"] * 80}, {"order_by": "contact__password"},
        {"q": "\u202e\u0301"}, {"organisation": "%"},
    ],
)  # fmt: skip
def test_odd_parameters_are_harmless(client, topic, query):
    assert client.get(LIST, query).status_code == 200


def test_nul_is_a_bad_request(client):
    assert client.get(LIST, {"q": "a\0b"}).status_code == 400


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_pages_open_in_every_language(client, topic, language):
    with translation.override(language):
        paths = [reverse("theses:list"), topic.get_absolute_url()]

    assert [client.get(path).status_code for path in paths] == [200, 200]


def test_empty_list_says_what_to_do(client, home_cluster):
    page = client.get(LIST, {"q": "olematon"}).content.decode()

    assert "empty__title" in page


def test_fragment_alone_is_returned_to_htmx(client, topic):
    answer = client.get(LIST, headers={"HX-Request": "true"})

    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer.headers["Vary"]


def test_kind_of_a_hidden_organisation_is_not_counted(client, company, home_cluster):
    hidden = factories.organisation(visibility="members", kind="municipality", sector="public")
    for owner in (company, hidden):
        made.topic(owner, home_cluster)

    groups = client.get(LIST, {"open-kind": "yes"}).context["faceted"].groups
    narrowed = client.get(LIST, {"kind": "municipality"}).context["faceted"]

    kinds = next(group for group in groups if group.key == "kind")
    assert [(option.value, option.count) for option in kinds.options] == [("company", 1)]
    assert narrowed.count == 0


OPENED = {f"open-{name}": "yes" for name in TopicFilters.base_filters}
CHOSEN = {"level": ["master", "doctoral"], "language": ["fi"], "begins": ["now", "next"]}


@pytest.mark.parametrize("chosen", [("level",), ("level", "language"), tuple(CHOSEN)])
def test_own_choice_does_not_narrow_a_facet(client, company, home_cluster, chosen):
    today = timezone.localdate()
    for number in range(24):
        made.topic(
            company,
            home_cluster,
            levels=[("master", "doctoral", "bachelor")[number % 3]],
            languages=["fi", "sv"][number % 2 : number % 2 + 1],
            starts_on=today + timezone.timedelta(days=200 * (number % 4)),
        )
    asked = {key: CHOSEN[key] for key in chosen} | OPENED

    faceted = client.get(LIST, asked).context["faceted"]

    assert faceted.count == Topic.objects.filter(pk__in=faceted.qs).count() > 0
    for group in faceted.groups:
        for option in group.options:
            alone = client.get(LIST, asked | {group.key: option.value}).context["faceted"]
            assert option.count == alone.count, (group.key, option.value)


@pytest.fixture
def many(monkeypatch, company, home_cluster):
    """More than are counted: every other about preparedness, the oldest alone in Swedish."""
    monkeypatch.setattr(filters, "MAX_COUNTED", 10)
    now = timezone.now()
    found = [
        made.topic(
            company,
            home_cluster,
            title=f"Huoltovarmuus {number}" if number % 2 else f"Viestintä {number}",
            published_at=now + timezone.timedelta(minutes=number),
            languages=["fi"] if number else ["sv"],
        )
        for number in range(30)
    ]
    search.reindex(found)
    return found


def test_more_than_are_counted_are_said_to_be_at_least(client, many):
    page = client.get(LIST)

    assert page.context["faceted"].count == 30
    assert "30 aihetta" in page.content.decode()
    assert '<span class="facet__count">10+' in " ".join(page.content.decode().split())


def test_option_beyond_the_rows_counted_can_be_chosen(client, many):
    groups = client.get(LIST).context["faceted"].groups
    languages = next(group for group in groups if group.key == "language")

    found = client.get(LIST, {"language": "sv"}).context["faceted"]

    assert ("sv", "0+") in [(option.value, option.count_text) for option in languages.shown]
    assert found.count == 1


def test_search_with_more_hits_than_are_ranked_says_over(client, many):
    page = client.get(LIST, {"q": "huoltovarmuus"})

    assert "Yli 10 aihetta" in page.content.decode()
    assert len(page.context["page"].object_list) == 10


def test_organisations_page_leads_to_exactly_its_open_topics(client, company, home_cluster):
    """Not to those whose text or owner's name is alike."""
    mine = made.topic(company, home_cluster, title="Oma aihe", levels=["master"])
    made.topic(company, home_cluster, title="Toinen oma", levels=["bachelor_uas"])
    made.topic(company, home_cluster, title="Varattu", stage="reserved")
    namesake = factories.organisation(f"{company.name} II")
    made.topic(namesake, home_cluster, title=f"Aihe yritykselle {company.name}", levels=["master"])

    page = client.get(company.get_absolute_url()).content.decode()
    address = f"/theses/?organisation={company.slug}"
    everything = client.get(address).content.decode()
    narrowed = client.get(f"{address}&level=master").content.decode()

    assert f'href="{address}"' in page
    assert "avoimet aiheet (2)" in page
    assert "2 aihetta" in everything
    assert f"Organisaatio: {company.title}" in everything
    assert f'name="organisation" value="{company.slug}"' in everything
    assert "1 aihe" in narrowed
    assert mine.title in narrowed
    assert "searches/new" not in everything  # a saved search does not know this filter


@pytest.mark.parametrize("slug", ["%", "ei-ole", "x" * 900, "'; --", "\u202e"])
def test_unknown_organisation_narrows_nothing(client, company, home_cluster, slug):
    made.topic(company, home_cluster)

    page = client.get("/theses/", {"organisation": slug})

    assert "1 aihe" in page.content.decode()


def test_organisation_that_the_reader_may_not_see_is_not_named(client, home_cluster):
    hidden = factories.organisation("Salattu Oy", visibility="private")
    made.topic(hidden, home_cluster)

    page = client.get("/theses/", {"organisation": hidden.slug}).content.decode()

    assert "Salattu Oy" not in page


def test_related_topics_are_told_in_a_few_words(client, company, home_cluster):
    text = "Sähkökatko kaupungissa. " + "Pitkä selostus siitä, mitä silloin tehdään. " * 40
    search.reindex(made.topic(company, home_cluster, title="Sähkökatko", description=text))

    (row,) = client.get("/theses/", {"q": "power outage"}).context["related"]

    assert row["title"] == "Sähkökatko"
    assert len(row["text"]) < 300
