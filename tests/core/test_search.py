"""The generic search over a table of its own: what is found, what is not, and what leaks."""

from itertools import permutations

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluster_portal.core import search as finder
from cluster_portal.core.search import Searchable, SearchableQuerySet, SearchWord

pytestmark = pytest.mark.server


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
def _table(db: None) -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Note)


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
        ("sähkökatko", "Sähkönjakelun katko"),
        ("riskianalyysi", "Kyberriskien analyysityökalu"),
        ("paloturvallisuuskoulutus", "Palo turvallisuus koulutus"),
        ("dronekoulutus", "Drone koulutus"),
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
        ("vara", "Sairaalan varavoima"),
        ("vara voima", "Sairaalan varavoima"),
        ("vara beredd", "Hur kommunen är beredd på elavbrott"),
        ("kyb", "Kunnan kyberturvallisuuden kehittäminen"),
        ("inte", "International cooperation of the regions"),
        ("beredsk", "Kommunens försörjningsberedskap och vad den kostar"),
        ("paivystäjän", "Päivystäjän työvuoro"),
        ("brand", "Bränder i skogen och vid vägen"),
        ("stad", "Trygga städer för alla som bor där"),
        ("sensor", "Sensorer och mätning av vattnet"),
        ("energi", "Energin i kommunen när elen är borta"),
        ("nyckel", "Nycklarna till ett tryggt samhälle är många"),
        ("station", "Polisstationen i byn och vad den gör"),
        ("inspektion", "Drönarinspektionen av ledningar är snabb"),
        ("child", "Children in the shelter"),
        ("firemen", "The fireman of the village"),
        ("harbour", "Harbor security and the police"),
        ("centre", "Emergency centers of the region"),
        ("5gverkko", "5G-verkkojen kuuluvuus"),
        ("5gverkot", "5G-verkkojen kuuluvuus"),
        ("simulatio", "Simulaatiot opetuksessa"),
        ("kybä", "Kyberharjoitus"),
        ("kuljetus", "Salakuljetuksen torjunta"),
        ("tietoturvallisuus", "Tieto-, palo- ja kyberturvallisuus"),
        ("turvallisuus kunta", "Kunta etsii tapoja, joilla turvallisuus paranee"),
        ("mikä auttaa etsinnässä", "Valo etsintään"),
        ("vad hjälper vid ett elavbrott", "Reservkraft för elavbrott"),
        ("mitä auttaa", "Tämä auttaa"),
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
        ("sähkökatko", "Sähköstä katkoon"),
        ("sähkökatko", "Sähkön ja katkon"),
        ("paloturvallisuuskoulutus", "Palo koulutus ja turvallisuus"),
        ("metsäpalo", "Metsäkoneen paloturvallisuus"),
        ("koe", "Uutta mallia kokeillaan"),
        ("kulta", "Kunta ja palvelut"),
        ("ase", "Asemien turvallisuus"),
        ("vara", "Det ska vara tryggt i kommunen och i byn"),
        ("naiset", "Uusi kokonaiskuva"),
        ("nainen", "Kokonaisvaltaisen kokonaiskuvan puute"),
        ("sillat", "Myös silloinkin kun sataa"),
        ("lait", "Samalla lailla kuin ennenkin"),
        ("apu", "Mallin avulla ja olojen ansiosta"),
        ("tulvakartta", "Melu, tulva, kartta"),
        ("sähkökatko", "Sähkö\nkatko"),
        ("sähkökatko", "Kylien sähkö – katko"),
        ("nis2", "NIS, 2 osaa"),
    ],
)
def test_search_passes_over(q: str, title: str) -> None:
    notes(title)

    assert found(q) == []


@pytest.mark.parametrize(
    "q",
    [
        "%_%",
        "a:*&!(",
        "'\"\\",
        "it's a 'trap'",
        "\0NUL\0",
        "x" * 10_000,
        "turvallisuus " * 1_000,
        "<-> | & !",
        "\ud83d\ude00 \u200b \u00ad",
        "-",
        "–—…",
        "a" * 59 + "o" * 59,
        "ja tai se",
        "AND OR NOT",
        "tai' OR 1=1 --",
    ],
)
def test_search_survives_any_text(q: str) -> None:
    notes("Kunnan kyberturvallisuuden kehittäminen")

    assert found(q) in ([], ["Kunnan kyberturvallisuuden kehittäminen"])
    finder.suggest(Note.objects.all(), q)
    assert "<script" not in finder.snippet("<script>", q)


def test_compound_is_sought_by_the_index_alone() -> None:
    """A phrase (`<->`) would make PostgreSQL read each text that has both words."""
    notes("Sähkön katko", "Cyber security")
    sought = [
        finder.query_of(finder.search(Note.objects.all(), q)).text
        for q in ("sähkökatko", "sähkö katko", "cybersecurity")
    ]

    assert [("+" in query, "<" in query) for query in sought] == [(True, False)] * 3


TEXTS = [
    "Poliisin koulutus",
    "Koulutuspäivä: poliisi ja koulu",
    "Kunnan turvallisuus",
    "Kunta, jonka turvallisuus paranee",
    "Turvallisuuskunta",
    "Sähkön katko kunnassa",
    "Katko, jonka syy on sähkö",
    "Poliisi turvaa kunnan sähköt",
]
QUERIES = [
    "turvallisuus",
    "kunta",
    "poliisi",
    "koulutus",
    "sähkö",
    "katko",
    "kyberturv",
    "turvalisuus",
]


ON_ONE_TABLE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(st.lists(st.sampled_from(QUERIES), min_size=2, max_size=4, unique=True))
@ON_ONE_TABLE
def test_order_of_words_never_changes_what_is_found(words: list[str]) -> None:
    Note.objects.all().delete()
    notes(*TEXTS)

    assert len({tuple(found(" ".join(order))) for order in permutations(words)}) == 1


@given(
    st.lists(st.sampled_from(QUERIES), min_size=1, max_size=3, unique=True),
    st.permutations(TEXTS),
)
@ON_ONE_TABLE
def test_an_added_text_never_removes_a_hit(words: list[str], texts: list[str]) -> None:
    Note.objects.all().delete()
    q, before = " ".join(words), set[str]()
    for text in texts:
        notes(text)
        after = set(found(q))
        assert before <= after
        before = after


@pytest.mark.parametrize("q", ["kybert", "kybertu", "kyberturva"])
def test_unfinished_word_is_not_read_as_another(q: str) -> None:
    notes("Kyberturvallisuus", "Kyberharjoitus", "Kylät")

    assert found(q) == ["Kyberturvallisuus"]


def test_slip_in_an_unfinished_word_leaves_its_beginning() -> None:
    notes("Kyberturvallisuus", "Kylät ja kaupungit")

    assert found("kybä") == ["Kyberturvallisuus"]


def test_slip_is_put_right_although_another_language_has_the_beginning() -> None:
    notes("Simulation of crowds", "Simulaatio-opetus")

    assert found("simulatio") == ["Simulaatio-opetus", "Simulation of crowds"]


def test_missing_dots_lead_to_the_other_forms_of_the_word_too() -> None:
    notes("Päätöksiin vaikuttaminen", "Päätösten perustelut", "Jotain aivan muuta")

    assert found("paatoksiin") == ["Päätöksiin vaikuttaminen", "Päätösten perustelut"]


def test_nothing_is_found_or_suggested_among_no_rows() -> None:
    notes("Hanke")

    for q in ("hanke", "uusi hanke", "hnake", "han"):
        assert not finder.search(Note.objects.none(), q).exists()
        assert finder.suggest(Note.objects.none(), q) is None


def test_search_without_words_returns_everything_in_its_order() -> None:
    notes("B", "A")

    rows = finder.ranked(finder.search(Note.objects.order_by("title"), "  "))

    assert [note.title for note in rows] == ["A", "B"]


def test_search_ranks_the_word_above_its_part() -> None:
    notes("Kyberturvallisuuden hanke", "Turvallisuus")

    rows = finder.ranked(finder.search(Note.objects.all(), "turvallisuus"))

    assert [note.title for note in rows] == ["Turvallisuus", "Kyberturvallisuuden hanke"]


def test_ranked_bounds_what_is_ranked_to_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cluster_portal.core.search.engine.MAX_RANKED", 2)
    notes("Hanke yksi", "Hanke kaksi", "Hanke kolme")

    rows = finder.ranked(finder.search(Note.objects.all(), "hanke"))

    assert {note.title for note in rows} == {"Hanke kaksi", "Hanke kolme"}


def test_search_starts_from_the_rows_given() -> None:
    notes("Salainen hanke", is_public=False)

    assert not finder.search(Note.objects.filter(is_public=True), "hanke").exists()


def test_suggest_puts_a_slip_right() -> None:
    notes("Kunnan kyberturvallisuuden kehittäminen")

    assert finder.suggest(Note.objects.all(), "kunta kyberturvalisuus") in {
        "kunta kyberturvallisuus",
        "kunta kyberturvallisuuden",
    }


def test_suggest_is_silent_about_words_of_rows_the_reader_may_not_see() -> None:
    notes("Peiteoperaatio Kotkanpesä", is_public=False)
    notes("Avoin aihe")

    assert finder.suggest(Note.objects.all(), "kotkanbesä") is not None
    assert finder.suggest(Note.objects.filter(is_public=True), "kotkanbesä") is None


def test_a_hidden_word_does_not_stop_the_widening_of_a_visible_one() -> None:
    notes("Kotkanpesä", is_public=False)
    notes("Kotkanpesät")
    visible = Note.objects.filter(is_public=True)

    assert [note.title for note in finder.search(visible, "kotkanpes")] == ["Kotkanpesät"]


def test_saving_an_object_leaves_its_vector_alone() -> None:
    notes("Hanke")
    note = Note.objects.get()
    note.body = "muuttunut"
    note.save()

    assert note.search is None
    assert found("hanke") == ["Hanke"]
    assert found("muuttunut") == []


def test_reindexing_one_object_finds_its_new_text() -> None:
    notes("Hanke")
    note = Note.objects.get()
    note.title = "Projekti"
    note.save()
    finder.reindex(note)

    assert found("projekti") == ["Projekti"]
    assert found("hanke") == []


def test_words_are_remembered_once() -> None:
    notes("Hanke", "Hanke")

    assert SearchWord.objects.filter(word="hanke").count() == 1


def test_refreshing_counts_forgets_words_of_no_document() -> None:
    notes("Muinaissana")
    finder.refresh_counts()

    assert not SearchWord.objects.filter(word="muinaissana").exists()


def test_snippet_marks_inflected_words_and_escapes_the_rest() -> None:
    text = "<b>Alussa</b> oli kuntien kyberturvallisuuden harjoitus & muuta."

    assert finder.snippet(text, "kyberturvallisuus kunta") == (
        "&lt;b&gt;Alussa&lt;/b&gt; oli <mark>kuntien</mark> <mark>kyberturvallisuuden</mark>"
        " harjoitus &amp; muuta."
    )


def test_snippet_shows_the_passage_with_the_hit() -> None:
    text = "Alku " * 100 + "ja hankkeiden rahoitus " + "loppu " * 100

    shown = finder.snippet(text, "hanke", length=100)

    assert "<mark>hankkeiden</mark>" in shown
    assert shown.startswith("… ")
    assert len(shown) < 140


def test_vector_of_a_long_text_stays_within_postgres_limits() -> None:
    note = Note.objects.create(title="Pitkä", body="hanke " * 30_000 + "x" * 5_000)
    finder.reindex(note)

    assert found("hanke") == ["Pitkä"]
