import pytest

from cluster_portal.core.text.hyphenate import soft_hyphens


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("toimenpideohjelma", "toimenpide|ohjelma"),
        ("opinnäyteaihe", "opin|näyte|aihe"),
        ("Sähköpostiosoitteet", "Sähkö|posti|osoitteet"),
        ("turvallisuusklusterin", "turvallisuus|klusterin"),
        ("Yritysaamukahvit", "Yritys|aamu|kahvit"),
        ("saavutettavuusseloste", "saa|vu|tet|ta|vuus|seloste"),
        ("vapaaehtoinen", "vapaa|ehtoinen"),
        ("organisaatiolta", "orga|ni|saa|tiolta"),
        ("turvallisuus", "turvallisuus"),
        ("kaksi sanaa", "kaksi sanaa"),
    ],
)
def test_long_words_break_at_seams_then_at_syllables(word, broken):
    assert soft_hyphens(word).replace("\u00ad", "|") == broken


def test_no_break_stands_within_three_letters_of_an_end():
    parts = soft_hyphens("kokonaisturvallisuudenkin").split("\u00ad")

    assert min(len(parts[0]), len(parts[-1])) >= 3
