"""What is kept is served exactly as long as the data it shows stays as it is."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.core import dataversion, vocabulary
from cluster_portal.core.dataversion import DataVersion
from cluster_portal.core.facets import Facet, FacetSet
from cluster_portal.core.models import SearchState, Term
from tests import factories
from tests.theses import factories as made
from theses.models import Topic

FACETS = FacetSet(Facet("scheme", "Scheme", "scheme"), shows=("terms",))


def version_elsewhere(*data: str) -> str | None:
    """What another connection sees: a thread of its own has one."""
    seen: list[str | None] = []

    def ask() -> None:
        seen.append(dataversion.current(*data))
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    return seen[0]


@pytest.mark.django_db
def test_there_is_no_version_inside_a_transaction_that_has_written() -> None:
    assert dataversion.current("terms")
    SearchState.objects.create(table="x", analyser="y")

    assert dataversion.current("terms") is None


@pytest.mark.django_db
def test_counts_of_unchanged_data_are_kept() -> None:
    cache.clear()
    first = FACETS.apply(Term.objects.all(), QueryDict("")).groups

    with CaptureQueriesContext(connection) as queries:
        second = FACETS.apply(Term.objects.all(), QueryDict("")).groups

    assert second == first
    assert len(queries) == 1


@pytest.mark.django_db
def test_counts_are_not_kept_for_another_audience() -> None:
    FACETS.apply(Term.objects.all(), QueryDict(""))

    fewer = FACETS.apply(Term.objects.filter(scheme="trl"), QueryDict(""))

    assert fewer.count == Term.objects.filter(scheme="trl").count()


@pytest.fixture
def _vocabulary_again(transactional_db: None) -> None:
    """Tests that flush the database take the vocabulary with them."""
    vocabulary.load()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_vocabulary_again")
class TestCommitted:
    def test_only_the_written_data_gets_another_version(self) -> None:
        terms, clusters = dataversion.current("terms"), dataversion.current("clusters")

        Term.objects.filter(scheme="trl").update(label_en="Changed")

        assert dataversion.current("terms") != terms
        assert dataversion.current("clusters") == clusters
        assert dataversion.current("terms", "clusters") != terms

    def test_sessions_and_words_leave_all_versions_alone(self) -> None:
        before = dataversion.current("terms", "topics", "organisations", "clusters")

        SearchState.objects.create(table="x", analyser="y")

        assert dataversion.current("terms", "topics", "organisations", "clusters") == before

    def test_the_version_changes_exactly_at_commit(self) -> None:
        before = dataversion.current("terms")

        with transaction.atomic():
            Term.objects.filter(scheme="trl").update(label_en="Changed")
            assert version_elsewhere("terms") == before

        assert version_elsewhere("terms") not in (before, None)

    def test_what_is_rolled_back_has_no_version(self) -> None:
        before = dataversion.current("terms")

        with transaction.atomic():
            Term.objects.filter(scheme="trl").delete()
            transaction.set_rollback(True)

        assert dataversion.current("terms") == before

    def test_writers_do_not_wait_for_each_other(self) -> None:
        first, second = Term.objects.order_by("pk")[:2]

        def write() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            Term.objects.filter(pk=second.pk).update(label_en="Second")
            connection.close()

        with transaction.atomic():
            Term.objects.filter(pk=first.pk).update(label_en="First")
            thread = threading.Thread(target=write)
            thread.start()
            thread.join()

        first.refresh_from_db()
        second.refresh_from_db()
        assert [first.label_en, second.label_en] == ["First", "Second"]

    def test_old_notes_are_removed_and_no_version_comes_back(self) -> None:
        long_ago = timezone.now() - timezone.timedelta(hours=1)
        Term.objects.filter(scheme="trl").update(label_en="One")
        DataVersion.objects.update(at=long_ago)
        seen = {dataversion.current("terms")}

        for word in ("Two", "Three", "Four"):
            Term.objects.filter(scheme="trl").update(label_en=word)
            version = dataversion.current("terms")
            assert version not in seen
            seen.add(version)

        assert not DataVersion.objects.filter(name="terms", at__lte=long_ago).exists()

    @pytest.mark.parametrize(
        "change", [{"visibility": "private"}, {"stage": "withdrawn", "closing_reason": "x"}]
    )
    def test_a_hidden_topic_leaves_the_kept_list_at_once(self, change: dict[str, str]) -> None:
        topic = made.topic(factories.organisation(), factories.cluster("pirkanmaa"))
        visitor = Client()
        assert topic.title in visitor.get("/theses/").content.decode()
        assert topic.title in visitor.get("/theses/").content.decode()

        Topic.objects.filter(pk=topic.pk).update(**change)

        assert topic.title not in visitor.get("/theses/").content.decode()

    def test_the_list_is_kept_while_others_sign_in(self) -> None:
        made.topic(factories.organisation(), factories.cluster("pirkanmaa"))
        cache.clear()
        Client().get("/theses/")
        Client().force_login(factories.user("somebody@example.org"))

        with CaptureQueriesContext(connection) as queries:
            Client().get("/theses/")

        assert len(queries) == 1

    def test_an_organisation_s_new_name_is_shown_at_once(self) -> None:
        organisation = factories.organisation()
        made.topic(organisation, factories.cluster("pirkanmaa"))
        Client().get("/theses/")

        type(organisation).objects.filter(pk=organisation.pk).update(name="Uusi nimi Oy")

        assert "Uusi nimi Oy" in Client().get("/theses/").content.decode()
