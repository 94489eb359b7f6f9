import tomllib

import pytest

from cluster_portal.core.imports import municipalities
from cluster_portal.core.vocabulary import Scheme, Term


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tampere", "06"), ("tammerfors", "06"), ("Kuopio", "11"), ("Joroinen", "11"),
        ("Nokia, Ylöjärvi", "06"), ("Etänä ja Kuopio", "11"), ("Tuntemattomala", ""), ("", ""),
    ],
)  # fmt: skip
def test_region_of_a_municipality_is_known_by_any_of_its_names(text, code):
    assert municipalities.region_code(text) == code


def test_every_region_of_the_vocabulary_has_its_municipalities(db):
    data = tomllib.loads(municipalities.DATA.read_text(encoding="utf-8"))

    assert sorted(data) == sorted(
        Term.objects.filter(scheme=Scheme.REGION).values_list("code", flat=True)
    )


def test_no_municipality_stands_in_two_regions():
    data = tomllib.loads(municipalities.DATA.read_text(encoding="utf-8"))
    names = [name for regions in data.values() for names in regions for name in names.split("/")]

    assert len(names) == len(set(names))
