"""What the administrator adds to the concepts of the search."""

import pytest
from django.urls import reverse

from cluster_portal.core import search, tasks
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.matching import additions, concepts
from cluster_portal.core.matching.additions import ConceptAddition
from tests import factories
from tests.theses import factories as made
from theses.models import Topic

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:concepts")
ADD = reverse("admin:core_conceptaddition_add")


@pytest.fixture(autouse=True)
def _read_anew(monkeypatch):
    monkeypatch.setattr(additions, "added", additions.read)


@pytest.fixture
def administrator(client, admin_user):
    client.force_login(admin_user)
    return client


def test_added_words_find_what_was_written_before(administrator, company, home_cluster):
    topic = made.topic(company, home_cluster, title="Kiristyshaittaohjelmasta toipuminen")
    tasks.heed_additions()
    assert search.related(Topic.objects.all(), "lukkolunni") == []

    answer = administrator.post(ADD, {"name": "ransomware", "fi": "lukkolunni*, outo lukko"})

    assert answer.status_code == 302
    assert search.related(Topic.objects.all(), "lukkolunnit") == [topic]
    assert AuditEntry.objects.filter(action="added in admin").exists()


def test_new_concept_reaches_stored_texts_by_the_task(administrator, company, home_cluster):
    topic = made.topic(company, home_cluster, title="Töhnäkkeen torjunta")
    tasks.heed_additions()

    ConceptAddition.objects.create(name="goo", fi="töhnäk*", sv="sörja", en="goo")
    assert search.related(Topic.objects.all(), "sörja") == []
    tasks.heed_additions()

    assert search.related(Topic.objects.all(), "sörja") == [topic]
    tables = [model._meta.db_table for model in tasks.searchable_models()]
    assert search.SearchState.objects.filter(analyser=search.indexing.written_by()).count() == len(
        tables
    )


def test_addition_extends_the_entry_of_the_file():
    before = concepts.thesaurus()["phishing"]
    ConceptAddition.objects.create(name="phishing", en="whaling", near="backups", is_broad=True)

    entry = concepts.thesaurus()["phishing"]

    assert entry.en == f"{before.en}, whaling"
    assert entry.fi == before.fi
    assert concepts.near("phishing") == (*before.near, "backups")
    assert (concepts.is_broad("phishing"), before.is_broad) == (True, False)


@pytest.mark.parametrize(
    "values",
    [
        {"name": "x", "fi": "ab*"},
        {"name": "Iso kirjain", "fi": "sana"},
        {"name": "x"},
        {"name": "x", "fi": "TL IV"},
        {"name": "x", "fi": "pitkä" * 1_000},
    ],
)
def test_addition_that_says_too_much_or_nothing_is_refused(administrator, values):
    answer = administrator.post(ADD, values)

    assert answer.status_code == 200
    assert answer.context["errors"]
    assert not ConceptAddition.objects.exists()


def test_coordinators_read_and_only_the_administrator_adds(client, office, admin_user):
    addition = ConceptAddition.objects.create(name="goo", fi="töhnä")
    change = reverse("admin:core_conceptaddition_change", args=[addition.pk])

    client.force_login(office)
    page = client.get(PAGE, {"q": "töhnä"})
    assert [entry.name for entry in page.context["entries"]] == ["goo"]
    assert ADD not in page.content.decode()
    assert {client.get(ADD).status_code, client.get(change).status_code} <= {403, 404}

    client.force_login(factories.user())
    assert client.get(PAGE).status_code in {302, 403, 404}

    client.force_login(admin_user)
    assert ADD in client.get(PAGE).content.decode()
    assert client.post(change.replace("change", "delete"), {"post": "yes"}).status_code == 302
    assert not ConceptAddition.objects.exists()
