import pytest

from members.models import Organisation
from members.models.names import normal_name
from members.services.organisations import possible_duplicates
from tests import factories


@pytest.mark.parametrize(
    "name",
    [
        "Nokia Oyj", "NOKIA  oyj", "Oy Nokia Ab", "Nokia", "Noki\u0430 Oyj", "N\u043ekia Oy",
        "\u039dokia", "Nokia, Oy", "\uff2e\uff4fkia", "No\u200bkia",
    ],
)  # fmt: skip
def test_normal_name_is_one_for_spellings_of_one_name(name):
    assert normal_name(name) == "nokia"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mäki Oy", "Maki Oy"), ("C++ Oy", "C Oy"), ("Turun yliopisto", "Tampereen yliopisto")],
)
def test_normal_name_tells_other_names_apart(one, other):
    assert normal_name(one) != normal_name(other)


@pytest.mark.parametrize(("name", "normal"), [("Ry Oy", "ry oy"), ("", ""), ("–", "")])
def test_normal_name_of_odd_names(name, normal):
    assert normal_name(name) == normal


def test_double_in_look_alike_letters_is_shown_to_coordinators(db):
    known = factories.organisation("Kuvitteellinen Palvelu Oy")
    double = factories.organisation("Kuvitteellinen P\u0430lvelu")

    assert list(possible_duplicates(double)) == [known]


def test_name_keys_follow_a_changed_name(db):
    made = factories.organisation("Vanha Nimi")
    made.name = "Uusi Nimi ry"
    made.save(update_fields=["name"])

    assert Organisation.objects.get().name_keys == ["uusi nimi"]
