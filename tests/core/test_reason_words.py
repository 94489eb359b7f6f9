"""How the words of a reason are named: by base forms, and by what names something."""

import pytest

from cluster_portal.core.matching import reasons
from cluster_portal.core.matching.features import Bag


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("etsintäryhmille", "etsintäryhmä"), ("Harjoituksissa", "Harjoitus"),
        ("matkapuhelinverkkoa", "matkapuhelinverkko"), ("veden", "vesi"),
        ("varautuminen", "varautuminen"), ("varautumista", "varautuminen"),
        ("katoamisten", "katoaminen"), ("katoaa", "katoaa"), ("VSS", "VSS"),
        ("reservkraft", "reservkraft"), ("pitkä sähkökatko", "pitkä sähkökatko"),
    ],
)  # fmt: skip
def test_word_is_named_by_its_base_form(written, named):
    assert reasons.base(written) == named


def test_reason_names_the_base_form_of_what_both_say():
    mine, theirs = "Paikannin etsintäryhmille", "Laite etsintäryhmien johtajalle"
    bag = Bag()
    bag.add(mine, 1.0)
    wish = bag.as_wish()

    found = reasons.why([mine], [theirs], wish, dict.fromkeys(wish, 1.0))

    assert found.shared[0] == "etsintäryhmä"
