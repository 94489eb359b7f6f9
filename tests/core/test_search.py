"""The generic search over a table of its own: what is found, what is not, and what leaks."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from cluster_portal.core import search as finder
from cluster_portal.core.search import Searchable, SearchableQuerySet

with isolate_apps("cluster_portal.core"):

    class Note(Searchable):
        title = models.CharField(max_length=200)
        body = models.TextField(default="")
        is_public = models.BooleanField(default=True)

        objects = SearchableQuerySet.as_manager()

        class Meta:
            app_label = "core"
            indexes = [finder.index("core_note_search")]

        def search_parts(self) -> list[tuple[str, str]]:
            return [("A", self.title), ("C", self.body)]


@pytest.fixture(autouse=True)
def _table(db: None) -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(Note)
    yield


def notes(*titles: str, is_public: bool = True) -> None:
    made = Note.objects.bulk_create([Note(title=t, is_public=is_public) for t in titles])
    finder.reindex(made)


def found(q: str) -> list[str]:
    return sorted(finder.search(Note.objects.all(), q).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("q", "title"),
    [
        ("kyberturvallisuus", "Kunnan kyberturvallisuuden kehittäminen"),
        ("kyberturvallisuuden", "Kyberturvallisuus pk-yrityksessä"),
        ("turvallisuus", "Kunnan kyberturvallisuuden kehittäminen"),
        ("huoltovarmuus", "Huoltovarmuussuunnitelman laatiminen"),
        ("kyber turvallisuus", "Kunnan kyberturvallisuuden kehittäminen"),
        ("riskienhallinta", "Riskien hallinta satamassa"),
        ("hanke", "Hankkeiden vaikuttavuus"),
        ("hankkeita", "Hanke"),
        ("vesi", "Veden laatu"),
        ("tyohyvinvointi", "Pelastajan työhyvinvointi"),
        ("tyohyvinvoinnin", "Pelastajan työhyvinvointi"),
        ("jarjeston", "Järjestöjen rooli"),
        ("kyberturvalisuus", "Kunnan kyberturvallisuuden kehittäminen"),
        ("hnake", "Hankkeiden vaikuttavuus"),
        ("varautumissuunnitelma kunta", "Varautumissuunnitelma kunnille"),
        ("kyberturv", "Kunnan kyberturvallisuuden kehittäminen"),
        ("iot-laite", "IoT-laitteiden päivitykset"),
        ("IoT", "IoT-laitteiden päivitykset"),
        ("nis2", "NIS 2 -direktiivi vesilaitoksella"),
        ("NIS 2", "NIS2-direktiivin toimeenpano"),
        ("EU", "EU:n pelastuspalvelumekanismi"),
        ("TL III", "Aineiston luokitus TL III"),
        ("tietoturvallisuus", "Tieto- ja kyberturvallisuus"),
        ("security", "Cybersecurity of hospitals"),
        ("cyber security", "Cybersecurity of hospitals"),
        ("cybersecurity", "Cyber security and the hospitals"),
        ("hospital", "Cybersecurity of the hospitals"),
        ("beredskap", "Kommunens beredskapsplan för elavbrott"),
        ("säkerhet", "Informationssäkerheten i kommunen"),
        ("sakerhet", "Säkerheten i kommunen"),
        ("Palantir", "Palantirin käyttö"),
        ("sää", "Sää ja kelit"),
    ],
)
def test_search_finds(q: str, title: str) -> None:
    notes(title, "Jotain aivan muuta")

    assert found(q) == [title]


@pytest.mark.parametrize(
    ("q", "title"),
    [
        ("saa", "Sää ja kelit"),
        ("kyberturvallisuus", "Paloturvallisuus"),
        ("nainen", "Kokonaisturvallisuuden klusteri"),
        ("silta", "Silloin kun sataa"),
        ("CER", "CERT-toiminta"),
        ("kunta", "Maakunnan yhteiskunta"),
        ("kuusi", "Kuun valo"),
        ("vesihuolto", "Huollon vesi"),
    ],
)
def test_search_passes_over(q: str, title: str) -> None:
    notes(title)

    assert found(q) == []
