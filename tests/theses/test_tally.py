"""The tally of open topics says what counting would say, whoever asks and whatever was written."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.core import newest, tokens
from cluster_portal.core.newest import Newest
from cluster_portal.core.search import reindex
from cluster_portal.core.visibility import audience
from cluster_portal.core.vocabulary import Term
from tests import factories
from tests.theses import factories as made
from theses.models import Approach, Topic, TopicEducationField, TopicTally, tally
from theses.models.choices import Stage

LIST = "/theses/"


def counted(user):
    """One by one, from the rows that the user sees."""
    rows = Topic.objects.visible_to(user).open()
    found = Counter(token for topic in rows for token in [tally.ALL, *topic.facets])
    return {token: n for token, n in found.items() if n}


@pytest.fixture
def topics(company, home_cluster, other_cluster, lead, outsider):
    hidden = factories.organisation(visibility="members", kind="municipality")
    for visibility in ("public", "accounts", "members", "cluster", "private"):
        made.topic(company, home_cluster, visibility=visibility, fields=("06",))
        made.topic(hidden, other_cluster, visibility=visibility, is_remote=True)
    made.topic(company, home_cluster, closes_on=timezone.localdate() - timedelta(days=1))
    made.topic(company, home_cluster, stage=Stage.EXPIRED)
    made.topic(None, other_cluster, visibility="private", contact=outsider)


@pytest.mark.parametrize(
    "reader", ["anonymous", "outsider", "member", "lead", "office", "other_office", "admin_user"]
)
def test_tally_is_what_the_reader_could_count(request, topics, reader):
    user = AnonymousUser() if reader == "anonymous" else request.getfixturevalue(reader)

    assert dict(tally.tally(user)) == counted(user)


@pytest.mark.parametrize("part", ["applied", "proposed", "supervises", "works there", "asked"])
def test_tally_counts_hidden_topics_that_the_reader_has_a_part_in(
    company, home_cluster, other_cluster, outsider, part
):
    hidden = made.topic(company, other_cluster, visibility="private")
    made.topic(company, home_cluster, visibility="private")
    if part == "applied":
        made.application(hidden, outsider)
    elif part == "works there":
        factories.affiliation(outsider, company)
    elif part == "asked":
        today = timezone.localdate()
        Approach.objects.create(
            kind="invite_student", topic=hidden, by=factories.user(), to=outsider,
            answer_by=today, message="Hae tätä.",
        )  # fmt: skip
    elif part == "proposed":
        Topic.objects.filter(pk=hidden.pk).update(origin="student", student=outsider)
    else:
        Topic.objects.filter(pk=hidden.pk).update(supervisor=outsider)

    assert dict(tally.tally(outsider)) == counted(outsider)
    assert Topic.objects.visible_to(outsider).open().contains(hidden)


def test_kind_of_a_hidden_organisation_is_not_counted(topics, client):
    groups = client.get(LIST).context["faceted"].groups
    kinds = next(group for group in groups if group.key == "kind")

    assert [option.value for option in kinds.options] == ["company"]


@pytest.mark.parametrize(
    "change",
    [
        lambda topic: Topic.objects.filter(pk=topic.pk).update(pay="yes", levels=["doctoral"]),
        lambda topic: Topic.objects.filter(pk=topic.pk).update(stage=Stage.EXPIRED),
        lambda topic: Topic.objects.filter(pk=topic.pk).update(visibility="members"),
        lambda topic: TopicEducationField.objects.filter(topic=topic).delete(),
        lambda topic: TopicEducationField.objects.create(
            topic=topic, term=Term.objects.get(scheme="education_field", code="07")
        ),
        lambda topic: type(topic.organisation).objects.update(kind="state_authority"),
        lambda topic: type(topic.organisation).objects.update(visibility="private"),
        lambda topic: topic.save(),
        lambda topic: Topic.objects.filter(pk=topic.pk).delete(),
    ],
)
def test_tally_follows_every_way_of_writing(topics, admin_user, office, change):
    change(Topic.objects.filter(visibility="public", stage=Stage.OPEN).earliest("pk"))

    for user in (admin_user, office):
        assert dict(tally.tally(user)) == counted(user)


def test_differences_are_folded_together(monkeypatch, topics, admin_user):
    topic = Topic.objects.open().earliest("pk")
    before = counted(admin_user)
    for pay in ("yes", "no") * 350:
        Topic.objects.filter(pk=topic.pk).update(pay=pay)
    Topic.objects.filter(pk=topic.pk).update(pay=topic.pay)

    assert TopicTally.objects.count() < tally.FOLD_AFTER
    assert dict(tally.tally(admin_user)) == before


def test_what_is_rolled_back_leaves_no_trace(topics, admin_user):
    before = dict(tally.tally(admin_user))
    with transaction.atomic():
        Topic.objects.update(stage=Stage.EXPIRED)
        transaction.set_rollback(True)

    assert dict(tally.tally(admin_user)) == before


def test_tally_is_one_statement(topics, admin_user, django_assert_num_queries):
    audience(admin_user)
    with django_assert_num_queries(1):
        tally.tally(admin_user)


@pytest.fixture
def many(monkeypatch, company, home_cluster):
    """Sixty topics of as many weeks; of what matches only the ten newest are counted."""
    monkeypatch.setattr(Newest, "MAX_COUNTED", 10)
    monkeypatch.setattr(Newest, "PROBE", 6)
    now = timezone.now()
    found = [
        made.topic(
            company,
            home_cluster,
            title=f"Huoltovarmuus {number}" if number % 2 else f"Viestintä {number}",
            published_at=now - timedelta(weeks=number),
            languages=["sv"] if number % 12 == 1 else ["fi"],
            pay="yes" if number % 3 else "no",
        )
        for number in range(60)
    ]
    reindex(found)
    return found


def shown(client, **query):
    context = client.get(LIST, query).context
    options = {
        (group.key, option.value): (option.count, option.is_least)
        for group in context["faceted"].groups
        for option in group.options
    }
    return context["faceted"], options


def test_whole_list_is_counted_exactly(client, many):
    faceted, options = shown(client)

    assert (faceted.count, faceted.is_capped) == (60, False)
    assert options["language", "sv"] == (5, False)
    assert options["paid", "yes"] == (40, False)


def test_one_choice_is_counted_exactly_and_the_rest_at_least(client, many):
    faceted, options = shown(client, paid="yes")

    assert (faceted.count, faceted.is_capped) == (40, False)
    assert options["paid", "no"] == (20, False)
    assert options["language", "fi"][1]


def test_search_with_many_hits_ranks_and_counts_the_newest(client, many):
    faceted, options = shown(client, q="huoltovarmuus")

    assert (faceted.count, faceted.is_capped) == (10, True)
    assert set(faceted.best) == {topic.pk for topic in many[1:20:2]}
    assert options["paid", "yes"] == (7, True)


@pytest.mark.parametrize(
    "query", [{"q": "huoltovarmuus"}, {"q": "viestintä huoltovarmuus"}, {"language": "fi"}]
)
def test_list_looks_once_how_much_there_is_among_the_newest(client, many, query):
    with CaptureQueriesContext(connection) as queries:
        shown(client, **query)

    found = [q["sql"] for q in queries if q["sql"].startswith("SELECT (WITH h AS MATERIALIZED")]
    assert len(found) == 1


@pytest.mark.parametrize(
    "query", [{"q": "huoltovarmuus", "language": "sv"}, {"language": "sv", "paid": "yes"}]
)
def test_few_rows_among_many_are_all_found(client, many, query):
    faceted, options = shown(client, **query)

    wanted = [t for t in many if t.languages == ["sv"] and ("q" in query or t.pay == "yes")]
    assert (faceted.count, faceted.is_capped) == (len(wanted), False)
    assert set(faceted.queryset.values_list("pk", flat=True)) == {t.pk for t in wanted}
    assert options["cluster", many[0].home_cluster.slug] == (len(wanted), False)


def test_what_was_written_long_ago_is_found_though_the_newest_promise_enough(
    monkeypatch, client, many
):
    """Two of the six newest promise three in fourteen; there are only these two, and older ones."""
    monkeypatch.setattr(Newest, "MAX_COUNTED", 3)
    monkeypatch.setattr(newest, "CHANCE", 0)  # with it, so little found would promise nothing
    drones = [*many[1:5:2], *many[40:44]]
    Topic.objects.filter(pk__in=[topic.pk for topic in drones]).update(title="Drooni")
    reindex(Topic.objects.all())

    faceted, _options = shown(client, q="drooni")

    assert (faceted.count, faceted.is_capped) == (3, True)
    assert set(faceted.best) == {topic.pk for topic in drones[:3]}


@pytest.mark.parametrize("expected", [0, 10_000])
def test_each_of_many_choices_is_counted_without_itself(monkeypatch, client, many, expected):
    """Whether the rows that miss one choice at most are read at once or each facet's apart."""
    monkeypatch.setattr(tokens, "MAX_NEAR", expected)
    chosen = {"language": "sv", "paid": "yes", "remote": "no", "supervisor": "no"}

    faceted, options = shown(client, **chosen)

    paid = [topic for topic in many if topic.pay == "yes"]
    swedish = [topic for topic in many if topic.languages == ["sv"]]
    both = [topic.pk for topic in paid if topic in swedish]
    assert faceted.best == both
    assert (faceted.count, faceted.is_capped) == (len(both), False)
    assert options["language", "sv"] == (len(both), True)  # of those paid only ten are counted
    assert options["paid", "no"] == (len(swedish) - len(both), False)
    assert options["remote", "yes"] == (0, False)


def test_of_several_facets_each_is_counted_apart_among_fewer(monkeypatch, client, many):
    monkeypatch.setattr(tokens, "MAX_APART", 6)
    monkeypatch.setattr(tokens, "MIN_APART", 1)

    _faceted, options = shown(client, language="fi", paid="yes")

    assert options["paid", "no"] == (2, True)  # of the three newest in Finnish
    assert options["language", "sv"] == (1, True)


def test_best_of_very_many_are_sought_by_their_titles_first(monkeypatch, client, many):
    """Of ten three are ranked by all words: those that name it in the title, however old."""
    monkeypatch.setattr(Newest, "MAX_RANKED", 3)
    moments = [topic.published_at for topic in many]
    many.sort(key=lambda topic: -topic.pk)  # the newest has been made last
    for topic, moment in zip(many, moments, strict=True):
        topic.published_at = moment
        topic.save()
    for topic in many[:10]:
        topic.description = "Drooni " * (10 - many.index(topic)) + "kelluu satamassa"
        topic.title = "Drooni" if topic in many[8:10] else "Lennokki"
        topic.save()
    reindex(many)

    for query in ("drooni", "satama drooni"):  # one of the words in the title is enough
        faceted, _options = shown(client, q=query)
        assert {many[8].pk, many[9].pk} < set(faceted.best[:3])
        assert faceted.best[3:] == [topic.pk for topic in many[1:8]]


def test_headline_holds_the_words_of_title_and_keywords_alone(company, home_cluster):
    topic = made.topic(
        company, home_cluster, title="Drooni", keywords=["tulva"], description="Satama"
    )
    reindex(topic)

    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(headline) FROM theses_topic")
        words = cursor.fetchone()[0]

    assert {"drooni", "tulva"} <= set(words)
    assert "satama" not in words


def test_newest_are_sought_by_days_and_further_back_by_weeks():
    today = timezone.localdate()
    days = {f"day={today - timedelta(days=n)}": 10 for n in range(14)}
    weeks = {f"week=2026-{40 - n}": 70 for n in range(20)}
    found = Newest("facets", ("-pk",), Counter({newest.EVERY: 1400, **days, **weeks}))

    assert found.window(25) == (list(days)[:3], 30)
    assert found.window(141) == (list(weeks)[:3], 210)
    assert found.window(1300) == ([], 1400)


def test_little_that_was_seen_promises_less(monkeypatch):
    """Ten in a hundred may be chance, a thousand in ten thousand hardly."""
    days = {f"day=2026-10-{day}": 100 for day in range(10, 31)}
    found = Newest("facets", ("-pk",), Counter({newest.EVERY: 10_000, **days}))
    found.probed = 100

    assert len(found._reaching(10, 50)) == 12  # as if five had been seen
    monkeypatch.setattr(newest, "CHANCE", 0)
    assert len(found._reaching(10, 50)) == 6


def test_hidden_topic_of_long_ago_tells_of_no_day(company, other_cluster, outsider):
    """A day far back, of which the days between are not told, would be read as the next one."""
    long_ago = timezone.now() - timedelta(days=300)
    made.topic(None, other_cluster, visibility="private", contact=outsider, published_at=long_ago)

    told = tally.tally(outsider)

    assert told[newest.EVERY] == 1
    assert not [token for token in told if token.startswith(newest.DAY)]


def test_day_of_a_topic_is_the_same_in_every_session(company, home_cluster):
    late = timezone.now().replace(hour=22, minute=30)
    topic = made.topic(company, home_cluster, published_at=late)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Europe/Helsinki'")
        cursor.execute("UPDATE theses_topic SET facets = '{}'")

    topic.refresh_from_db()

    assert f"{newest.DAY}{late.date()}" in topic.facets


def test_what_may_be_beyond_the_rows_counted_can_be_chosen(client, many):
    """Of the ten newest about Viestintä none is in Swedish; whether an older one is, is open."""
    faceted, options = shown(client, q="viestintä")
    page = client.get(LIST, {"q": "viestintä"}).content.decode()

    assert faceted.is_capped
    assert options["language", "sv"] == (0, True)
    assert options["language", "en"] == (0, False)
    assert 'name="language" value="sv">' in page
    assert 'name="language" value="en">' not in page


def test_tally_tells_of_the_last_days_only(company, home_cluster):
    now = timezone.now()
    for days in (0, 13, 40):
        made.topic(company, home_cluster, published_at=now - timedelta(days=days))

    told = [token for token in tally.tally(AnonymousUser()) if token.startswith(newest.DAY)]

    assert len(told) == 2
    assert TopicTally.objects.filter(token__startswith=newest.DAY).count() == 3


def test_pages_of_what_is_narrowed_go_on_after_what_was_counted(client, many):
    paid = [topic.get_absolute_url() for topic in many if topic.pay == "yes"]

    rows = [
        row
        for page in (1, 2)
        for row in client.get(LIST, {"paid": "yes", "page": page}).context["page"].object_list
    ]

    assert [row["url"] for row in rows] == paid


def test_counts_that_may_be_more_say_so(client, many):
    page = client.get(LIST, {"q": "huoltovarmuus"}).content.decode()

    assert '<span class="facet__count">7+' in page


def test_tokens_and_headline_stay_in_the_row_of_a_long_text(company, home_cluster):
    """What is moved out of it is read piece by piece: a search does so for thousands."""
    chance = random.Random(1)  # noqa: S311
    texts = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyzåäö  ", k=190)) for _n in range(9)]
    topic = made.topic(
        company, home_cluster, title=texts[0], title_sv=texts[1], title_en=texts[2],
        summary_sv=texts[3], summary_en=texts[4], description=" ".join(texts[5:] * 3),
    )  # fmt: skip
    reindex(topic)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_column_toast_chunk_id(search) IS NULL, pg_column_toast_chunk_id(facets)"
            " IS NULL, pg_column_toast_chunk_id(headline) IS NULL FROM theses_topic"
            if connection.pg_version >= 170000
            else "SELECT false, attstorage = 'm', attstorage = 'm' FROM pg_attribute"
            " WHERE attrelid = 'theses_topic'::regclass AND attname IN ('facets', 'headline')"
        )
        assert set(cursor.fetchall()) == {(False, True, True)}


@pytest.mark.django_db
def test_index_finds_words_and_tokens_together():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'theses_topic_search'")
        assert "(search, facets)" in cursor.fetchone()[0]
