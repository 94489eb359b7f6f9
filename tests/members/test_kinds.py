import pytest

from members.models.kinds import proposed_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Kangasalan kunta", "municipality"),
        ("KUOPION  KAUPUNKI", "municipality"),
        ("Pedersöre kommun", "municipality"),
        ("Kuopion Vartija Oy", "company"),
        ("Oy Esimerkki Ab", "company"),
        ("Pirkanmaan hyvinvointialue", "wellbeing_services_county"),
        ("Pirkanmaan pelastuslaitos", "wellbeing_services_county"),
        ("Esimerkkilän vapaapalokunta ry", "association"),
        ("Esimerkkilän seurakunta", "association"),
        ("Esimerkkien Liitto ry", "association"),
        ("Tampereen ammattikorkeakoulu Oy", "university_of_applied_sciences"),
        ("Savonia-ammattikorkeakoulu", "university_of_applied_sciences"),
        ("Itä-Suomen yliopisto", "university"),
        ("Savon koulutuskuntayhtymä", "vocational_institution"),
        ("Esimerkin kuntayhtymä", "joint_municipal_authority"),
        ("Pohjois-Savon liitto", "regional_council"),
        ("Itä-Suomen poliisilaitos", "state_authority"),
        ("Valtioneuvoston kanslia", "state_authority"),
        ("Luonnonvarakeskus", "research_institute"),
        ("Pirkanmaan Yrittäjät", "business_association"),
        ("Esimerkkilän Kehitysyhtiö Oy", "development_company"),
        ("Kuntatieto", None),
        ("Turvaryhmä", None),
        ("", None),
    ],
)
def test_name_tells_the_kind(name, kind):
    assert proposed_kind(name) == kind
