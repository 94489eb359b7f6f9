"""The pages of suggestions, "not for me", and the night's run."""

from datetime import timedelta

import pytest
import time_machine
from celery.exceptions import Retry
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cluster_portal.celery import app as celery_app
from cluster_portal.core import request_cache
from cluster_portal.core.visibility import audiences_of
from cluster_portal.core.vocabulary import Term
from tests import factories
from tests.theses import factories as made
from theses import digest, tasks
from theses.desk import topics as topic_desk
from theses.models import Dismissal, MatchingRun, Suggestion
from theses.models.suggestions import MOST_TRIES
from theses.pages import suggestion_page
from theses.services import suggestions
from theses.templatetags.matching import why

LIST = "theses:suggestions"


@pytest.fixture(autouse=True)
def _broker(monkeypatch):
    """Tasks run at once; asking for one looks at the broker's address all the same."""
    monkeypatch.setattr(celery_app.conf, "broker_url", "memory://")
    monkeypatch.setattr(celery_app.conf, "broker_write_url", "memory://")


@pytest.fixture
def profile(student):
    return made.student_profile(student, interests="Varautuminen ja viestintä häiriöissä.")


@pytest.fixture
def fitting(topic):
    """The topic of the cast, with content."""
    topic.title, topic.description = "Kunnan varautuminen", "Varautuminen ja viestintä."
    topic.save()
    return topic


def post(client, name, **values):
    return client.post(reverse(f"theses:suggestion_{name}"), values)


def test_the_page_shows_topics_with_reasons(client, profile, fitting):
    client.force_login(profile.user)

    page = client.get(reverse(LIST))

    [row] = page.context["topics"]
    assert row["url"] == fitting.get_absolute_url()
    assert any("arautuminen" in reason["text"] for reason in row["reasons"])


def test_suggested_topic_is_applied_to_from_its_card(client, profile, fitting):
    client.force_login(profile.user)

    page = client.get(reverse(LIST)).content.decode()

    assert f'href="{fitting.get_absolute_url()}#apply"' in page


def test_without_a_profile_the_page_asks_for_one(client, student):
    client.force_login(student)

    page = client.get(reverse(LIST))

    assert reverse("theses:profile_student") in page.content.decode()


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(reverse(LIST)).status_code == 302


def test_not_for_me_and_undo(client, profile, fitting):
    client.force_login(profile.user)

    page = client.get(post(client, "dismiss", topic=fitting.slug).url)
    assert page.context["topics"] == []
    assert page.context["undo"].topic == fitting

    post(client, "restore", dismissal=page.context["undo"].pk)
    page = client.get(reverse(LIST))
    assert [row["title"] for row in page.context["topics"]] == [fitting.title]
    assert page.context["undo"] is None


def test_saying_it_twice_is_saying_it_once(client, profile, fitting):
    client.force_login(profile.user)
    post(client, "dismiss", topic=fitting.slug)
    post(client, "dismiss", topic=fitting.slug)

    assert Dismissal.objects.count() == 1


@pytest.mark.parametrize("values", [{}, {"topic": "olematon"}, {"topic": "x", "student": "y"}])
def test_bad_input_is_refused(client, profile, values):
    client.force_login(profile.user)

    assert post(client, "dismiss", **values).status_code == 400
    assert post(client, "restore", dismissal="abc").status_code == 400


def test_a_topic_that_she_cannot_see_cannot_be_dismissed(client, profile, company, home_cluster):
    hidden = made.topic(company, home_cluster, visibility="private")
    client.force_login(profile.user)

    assert post(client, "dismiss", topic=hidden.slug).status_code == 400


def test_another_persons_dismissal_cannot_be_taken_back(client, profile, fitting, outsider):
    theirs = suggestions.dismiss(fitting, by=outsider)
    client.force_login(profile.user)

    assert post(client, "restore", dismissal=theirs.pk).status_code == 400
    assert Dismissal.objects.filter(pk=theirs.pk).exists()


def test_who_offers_a_topic_sees_who_fits_it(client, profile, fitting, lead):
    client.force_login(lead)
    address = reverse("theses:topic_suggestions", args=[fitting.slug])

    page = client.get(address)
    part = client.get(address, headers={"hx-request": "true"})

    assert [row["url"] for row in page.context["students"]] == [profile.get_absolute_url()]
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert profile.user.get_full_name() in part.content.decode()


def test_others_do_not_see_who_fits_a_topic(client, profile, fitting, member):
    client.force_login(member)

    address = reverse("theses:topic_suggestions", args=[fitting.slug])

    assert client.get(address).status_code == 404


def test_an_invitation_goes_from_the_list(client, profile, fitting, lead):
    client.force_login(lead)
    page = client.get(reverse("theses:topic_suggestions", args=[fitting.slug]))
    [row] = page.context["students"]

    client.post(row["invite_url"], {"topic": row["topic"], "message": row["message"]})

    assert fitting.approaches.get().to == profile.user


def test_the_page_asks_the_same_number_of_statements_of_one_topic_and_of_three(
    client, profile, fitting, company, home_cluster
):
    client.force_login(profile.user)
    client.get(reverse(LIST))
    with _counted() as one:
        client.get(reverse(LIST))
    for _n in range(2):
        made.topic(company, home_cluster, title="Varautuminen", description="Viestintä.")
    with _counted() as three:
        page = client.get(reverse(LIST))

    assert len(page.context["topics"]) == 3
    assert len(three) == len(one)


def _counted():
    return CaptureQueriesContext(connection)


# The night.


@pytest.fixture(autouse=True)
def _by_night():
    with time_machine.travel(at_hour(11), tick=True):
        yield


def at_hour(hour, minute=15):
    return timezone.localtime().replace(hour=hour, minute=minute)


def compute():
    """A night's run, however soon after the one before."""
    MatchingRun.objects.update(started_at=timezone.now() - timedelta(days=1))
    tasks.match_students()


def test_the_night_writes_suggestions_and_closes_its_run(profile, fitting):
    tasks.match_students()

    run = MatchingRun.objects.get()
    assert Suggestion.objects.get().topic == fitting
    assert (run.students, run.done, run.failed) == (1, 1, 0)
    assert run.finished_at is not None


def test_night_that_nobody_began_is_begun_once_when_the_clock_is_back(profile, fitting):
    for moment in (at_hour(1), at_hour(11), at_hour(12), at_hour(23)):
        with time_machine.travel(moment, tick=False):
            tasks.match_students()

    run = MatchingRun.objects.get()
    assert (timezone.localtime(run.started_at).hour, run.done) == (11, 1)


def test_next_night_is_begun_though_the_last_one_was_late(profile, fitting):
    for moment in (at_hour(22), at_hour(2) + timedelta(days=1)):
        with time_machine.travel(moment, tick=False):
            tasks.match_students()

    assert MatchingRun.objects.count() == 2


def test_night_that_was_cut_off_is_gone_on_with_where_it_was(profile, fitting, monkeypatch):
    other = made.student_profile(factories.user(), interests="Viestintä.")
    monkeypatch.setattr(suggestions, "CHUNK", 1)
    suggestions.begin_run_if_due(timezone.now())
    suggestions.match_next_chunk()
    first = Suggestion.objects.get()

    tasks.match_students()

    run = MatchingRun.objects.get()
    assert (run.done, run.finished_at is not None) == (2, True)
    assert set(Suggestion.objects.values_list("profile", flat=True)) == {profile.pk, other.pk}
    assert first in Suggestion.objects.all()


def test_a_killed_chunk_is_done_by_the_next_worker(profile, fitting, monkeypatch):
    suggestions.begin_run_if_due(timezone.now())
    with monkeypatch.context() as patch:
        patch.setattr(suggestions, "_keep", _die)
        with pytest.raises(SystemExit):
            suggestions.match_next_chunk()
    assert not Suggestion.objects.exists()

    tasks.match_students()

    assert Suggestion.objects.count() == 1
    assert MatchingRun.objects.get().done == 1
    assert MatchingRun.objects.get().finished_at is not None


def _die(*_args):
    raise SystemExit


def _fail(*_args):
    raise ValueError("unreadable")


def test_night_whose_chunk_always_fails_is_given_up_and_shown(
    client, profile, fitting, monkeypatch, office
):
    monkeypatch.setattr(suggestions, "corpus_of_open", _fail)
    suggestions.begin_run_if_due(timezone.now())

    for _try in range(MOST_TRIES):
        assert MatchingRun.objects.get().finished_at is None
        with pytest.raises(ValueError, match="unreadable"):
            suggestions.match_next_chunk()

    assert MatchingRun.objects.get().finished_at is not None
    assert suggestions.match_next_chunk() is False
    client.force_login(office)
    assert "Ajo jätettiin kesken" in client.get("/admin/theses/boards/").content.decode()


def test_chunk_that_succeeds_again_starts_the_tries_anew(profile, fitting, monkeypatch):
    suggestions.begin_run_if_due(timezone.now())
    with monkeypatch.context() as patch:
        patch.setattr(suggestions, "corpus_of_open", _fail)
        with pytest.raises(ValueError, match="unreadable"):
            suggestions.match_next_chunk()
    assert MatchingRun.objects.get().tries == 1

    tasks.match_students()

    run = MatchingRun.objects.get()
    assert (run.tries, run.done, run.is_given_up) == (0, 1, False)


def test_a_student_whose_matching_fails_is_left_out_and_counted(
    client, profile, fitting, monkeypatch, office
):
    compute()
    kept = Suggestion.objects.get()
    other = made.student_profile(factories.user(), interests="Viestintä.")
    matched = suggestions.topics_for
    monkeypatch.setattr(
        suggestions,
        "topics_for",
        lambda who, *rest: _fail() if who == profile else matched(who, *rest),
    )

    compute()

    run = MatchingRun.objects.first()
    assert (run.students, run.done, run.failed) == (2, 1, 1)
    assert run.finished_at is not None
    assert kept in Suggestion.objects.filter(profile=profile)
    assert Suggestion.objects.filter(profile=other).exists()
    client.force_login(office)
    page = client.get("/admin/theses/boards/").content.decode()
    assert "1/2 opiskelijaa käsitelty, 1 jäi pois" in page


def test_a_topic_deleted_meanwhile_fails_one_student_and_no_other(profile, fitting, monkeypatch):
    made.student_profile(factories.user(), interests="Viestintä.")
    ranked = suggestions.topics_for

    def then_deleted(*args):
        found = ranked(*args)
        if args[0] == profile:
            fitting.delete()
        return found

    monkeypatch.setattr(suggestions, "topics_for", then_deleted)
    tasks.match_students()

    run = MatchingRun.objects.get()
    assert (run.done, run.failed) == (1, 1)


def test_the_chain_outlives_a_database_that_was_away_for_a_moment(profile, fitting, monkeypatch):
    matched, away = suggestions.match_next_chunk, [OperationalError("away")]

    def away_once():
        if away:
            raise away.pop()
        return matched()

    monkeypatch.setattr(suggestions, "match_next_chunk", away_once)

    with pytest.raises(Retry) as asked:  # a worker would wait a moment and send it again
        tasks.match_students()
    asked.value.sig.apply()

    assert away == []
    assert MatchingRun.objects.get().done == 1
    assert MatchingRun.objects.get().finished_at is not None


def test_a_run_that_was_left_is_closed_and_the_night_begins_anew(profile, fitting):
    suggestions.begin_run_if_due(timezone.now())
    left = MatchingRun.objects.get()

    compute()

    left.refresh_from_db()
    assert left.finished_at is not None
    assert left.done == 0
    assert MatchingRun.objects.exclude(pk=left.pk).get().done == 1


def test_what_is_found_again_stays_the_same_row_and_what_is_gone_goes(
    profile, fitting, company, home_cluster
):
    compute()
    kept = Suggestion.objects.get()
    made.topic(company, home_cluster, title="Viestintä häiriöissä", description="Varautuminen.")
    compute()
    assert Suggestion.objects.count() == 2

    Suggestion.objects.exclude(pk=kept.pk).get().topic.delete()
    compute()

    assert Suggestion.objects.get() == kept


def test_the_digest_tells_each_find_with_its_reasons(profile, fitting):
    field = Term.objects.get(scheme="education_field", code="03")
    fitting.education_fields.add(field)
    profile.education_fields.add(field)
    tasks.match_students()
    since = timezone.now() - timedelta(days=7)

    [found] = digest.topics_for(profile.user, since)

    assert found.title == fitting.title
    assert "arautuminen" in why(found)


def test_the_digest_of_many_asks_only_about_those_for_whom_something_was_found(
    profile, fitting, outsider, django_assert_num_queries
):
    tasks.match_students()
    since = timezone.now() - timedelta(days=7)

    with request_cache.scope():
        audiences_of([profile.user, outsider])
        with django_assert_num_queries(2):
            found = digest.topics_for_many([profile.user, outsider], since)

    assert found == {profile.user.pk: digest.topics_for(profile.user, since)}


def test_the_digest_forgets_what_was_dismissed(profile, fitting):
    tasks.match_students()
    suggestions.dismiss(fitting, by=profile.user)

    assert digest.topics_for(profile.user, timezone.now() - timedelta(days=7)) == []


def test_a_suggestion_is_its_students_own(profile, fitting, outsider, lead):
    tasks.match_students()

    assert Suggestion.objects.visible_to(profile.user).count() == 1
    for other in (outsider, lead):
        assert not Suggestion.objects.visible_to(other).exists()


def test_the_desk_has_a_card_for_those_with_a_profile(profile, outsider, company):
    made.supervisor_profile(outsider, company)

    assert topic_desk.suggests(profile.user) == [True]
    assert topic_desk.suggests(outsider) == [True]
    assert topic_desk.suggests(factories.user()) == []


# "Does not fit", of people.


def test_who_does_not_fit_a_topic_is_named_and_can_be_taken_back(client, profile, fitting, lead):
    client.force_login(lead)
    address = reverse("theses:topic_suggestions", args=[fitting.slug])
    name = profile.user.get_full_name()

    post(client, "dismiss", topic=fitting.slug, student=profile.public_id, next=address)
    page = client.get(address)
    assert page.context["students"] == []
    assert page.context["undo"].title == name
    [one] = page.context["dismissed"]

    back = post(client, "restore", dismissal=one.pk, next=address)
    page = client.get(back.url)
    assert [row["title"] for row in page.context["students"]] == [name]
    assert page.context["dismissed"] == []


def test_of_a_profile_that_was_closed_the_list_of_the_dismissed_tells_nothing(
    client, profile, fitting, lead
):
    suggestions.dismiss(fitting, by=lead, student=profile)
    client.force_login(lead)
    address = reverse("theses:topic_suggestions", args=[fitting.slug])
    assert profile.user.get_full_name() in client.get(address).content.decode()

    type(profile).objects.filter(pk=profile.pk).update(openness="private")

    assert profile.user.get_full_name() not in client.get(address).content.decode()


def test_a_supervisor_who_does_not_fit_is_named_too(fitting, lead, company):
    supervisor = made.supervisor_profile(factories.user(), company)
    dismissal = suggestions.dismiss(fitting, by=lead, supervisor=supervisor)

    assert suggestion_page.dismissed_people(fitting, lead) == [dismissal]
    assert dismissal.title == supervisor.user.get_full_name()


def test_students_own_idea_seeks_no_other_student(client, student, home_cluster, fitting, lead):
    idea = made.idea(student, home_cluster)

    client.force_login(student)
    own = client.get(reverse("theses:topic_suggestions", args=[idea.slug]))
    client.force_login(lead)
    offered = client.get(reverse("theses:topic_suggestions", args=[fitting.slug]))

    assert (own.context["seeks_student"], own.context["seeks_supervisor"]) == (False, True)
    assert offered.context["seeks_student"] is True


def test_profile_leads_to_the_topics_that_fit_it(client, profile):
    client.force_login(profile.user)

    page = client.get(reverse("theses:profile")).content.decode()

    assert f'<a class="button" href="{reverse(LIST)}">' in page
