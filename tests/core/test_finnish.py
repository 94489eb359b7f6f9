"""What Finnish words are made of. Runs without a database."""

import pytest

from cluster_portal.core.text import finnish


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("hankkeiden", "hanke"),
        ("Kyberturvallisuuden", "kyberturvallisuus"),
        ("opinnäytetöitä", "opinnäytetyö"),
        ("veden", "vesi"),
        ("luvat", "lupa"),
        ("Tampereen", "tampere"),
        ("kokonaisturvallisuutta", "kokonaisturvallisuus"),
        ("toimenpiteet", "toimenpide"),
        ("riskinarvioinnin", "riskinarviointi"),
        ("kaksikäyttö", "kaksikäyttö"),
        ("kokeillaan", "kokeilla"),
    ],
)
def test_base_form_of_an_inflected_word(word: str, lemma: str) -> None:
    assert lemma in finnish.analyse(word).lemmas


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        (
            "huoltovarmuussuunnitelman",
            {"huolto", "varmuus", "suunnitelma", "huoltovarmuus", "varmuussuunnitelma"},
        ),
        ("viranomaisyhteistyö", {"viranomainen", "yhteistyö"}),
        ("kokonaisturvallisuus", {"kokonainen", "turvallisuus"}),
        ("hyvinvointialue", {"hyvinvointi", "alue"}),
        ("sopimuspalokunta", {"sopimus", "palo", "palokunta", "sopimuspalo"}),
        ("kuntayhtymä", {"kunta", "yhtymä"}),
        ("yhteiskunta", set()),
        ("vapaaehtoinen", set()),
        ("hulevesi", {"vesi"}),
        ("salakuljetuksesta", {"kuljetus"}),
        ("kokonaiskuvan", {"kokonainen", "kuva"}),
    ],
)
def test_parts_of_a_compound(word: str, parts: set[str]) -> None:
    assert set(finnish.analyse(word).parts) == parts


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("kokonaisturvallisuus", "nainen"),
        ("tuli", "tulla"),
        ("kuusi", "kuu"),
        ("toimenpide", "pide"),
        ("kokeillaan", "koe"),
        ("kokonaiskuvan", "nainen"),
        ("kokonaiskuvan", "koko"),
        ("silloinkin", "silta"),
        ("lailla", "laki"),
        ("yhdessä", "yksi"),
    ],
)
def test_false_readings_are_left_out(word: str, wrong: str) -> None:
    analysis = finnish.analyse(word)

    assert wrong not in {*analysis.lemmas, *analysis.parts}


def test_no_base_form_carries_signs_of_the_dictionary() -> None:
    words = ["hyvinvointi", "toimenpide", "hulevesi", "vapaaehtoinen", "itä-suomi", "sosiaali"]

    assert not [w for w in words for lemma in finnish.analyse(w).lemmas if "=" in lemma]


def test_ways_to_write_a_compound_apart() -> None:
    assert finnish.analyse("riskienhallinta").splits == (("riski", "hallinta"),)


def test_a_compound_of_an_unknown_beginning_is_guessed_by_its_end() -> None:
    analysis = finnish.analyse("palantirjärjestelmän")

    assert analysis.guessed
    assert "palantirjärjestelmä" in analysis.lemmas
    assert "järjestelmä" in analysis.parts


@pytest.mark.parametrize(
    "word", ["", "IoT", "NIS2", "5G", "a" * 500, "xyzzy", "'", "säkerhet", "😀"]
)
def test_what_is_no_finnish_word_stays_unknown(word: str) -> None:
    assert finnish.analyse(word) == finnish.UNKNOWN


def test_unknown_words_lose_their_endings() -> None:
    assert "palantir" in finnish.stripped("palantirille")
    assert set(finnish.stripped("certin")) == {"certi", "cert"}
    assert finnish.stripped("cert") == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tyohyvinvoinnin", "työhyvinvoinnin"),
        ("jarjesto", "järjestö"),
        ("paatoksentekojarjestelma", "päätöksentekojärjestelmä"),
        ("saa", "sää"),
    ],
)
def test_missing_dots_are_put_back(typed: str, meant: str) -> None:
    assert meant in finnish.dotted(typed)


@pytest.mark.parametrize(
    ("word", "is_base"),
    [
        ("laiva", True),
        ("Laiva", True),
        ("laivan", False),
        ("palolaiva", False),
        ("kajaani", False),
        ("lavia", False),
        ("xyzzy", False),
    ],
)
def test_base_forms_are_told_from_others(word: str, is_base: bool) -> None:
    assert finnish.is_base(word) is is_base


def test_folding_takes_dots_rings_and_accents_away() -> None:
    assert finnish.fold("Ääniä Åbossa, café") == "aania abossa, cafe"


def test_the_index_state_names_engine_and_word_lists() -> None:
    engine, version, lists = finnish.engine_name().split("-")

    assert engine in {"libvoikko", "pyvoikko"}
    assert version.isdigit()
    assert len(lists) == 8
