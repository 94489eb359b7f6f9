"""Facets over the vocabulary's own tables: counts, selections, chips and hostile addresses."""

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from cluster_portal.core import search as finder
from cluster_portal.core.facets import Facet, Filters, filters, term_choices
from cluster_portal.core.models import Term

pytestmark = pytest.mark.server


LEVELS = [("bachelor", "Bachelor"), ("master", "Master"), ("doctoral", "Doctoral")]


class Offer(finder.Searchable):
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=[("fi", "Finnish"), ("sv", "Swedish")])
    levels = ArrayField(models.CharField(max_length=20, choices=LEVELS))
    is_paid = models.BooleanField(default=False)
    region = models.ForeignKey(Term, models.CASCADE, null=True, related_name="+")
    themes = models.ManyToManyField(Term, related_name="+")

    objects = finder.SearchableQuerySet.as_manager()

    class Meta:
        app_label = "tests_of_facets"  # not installed: no other test sees it

    def search_parts(self) -> list[tuple[str, str]]:
        return [("A", self.title)]


class OfferFilters(Filters):
    language = Facet("language", "Language")
    level = Facet("levels", "Level")
    paid = Facet("is_paid", "Pay", [(True, "yes", "Paid")])
    region = Facet("region", "Region")
    theme = Facet("themes", "Theme", term_choices("trl"), hide_empty=True)


@pytest.fixture(autouse=True)
def _offers(db: None) -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Offer)
    regions = list(Term.objects.filter(scheme="region").order_by("code")[:2])
    themes = list(Term.objects.filter(scheme="trl").order_by("code")[:3])
    rows = [
        ("Kyberturvallisuus", "fi", ["bachelor", "master"], True, 0, [0, 1]),
        ("Paloturvallisuus", "fi", ["bachelor"], False, 0, [0]),
        ("Huoltovarmuus", "sv", ["doctoral"], True, 1, []),
    ]
    for title, language, levels, is_paid, region, picked in rows:
        offer = Offer.objects.create(
            title=title,
            language=language,
            levels=levels,
            is_paid=is_paid,
            region=regions[region],
        )
        for n in picked:
            Offer.themes.through.objects.create(offer=offer, term=themes[n])
    Offer.objects.all().reindex()


def counted(address: str, q: str = "") -> dict[str, list[int]]:
    address = f"{address}&open-region=yes&open-theme=yes"
    faceted = OfferFilters(QueryDict(address), finder.search(Offer.objects.all(), q))
    return {group.key: [option.count for option in group.options] for group in faceted.groups}


def test_facets_count_every_kind_of_field() -> None:
    assert counted("") == {
        "language": [2, 1],
        "level": [2, 1, 1],
        "paid": [2],
        "region": [2, 1],
        "theme": [2, 1],
    }


def test_facets_heed_the_search() -> None:
    assert counted("", "turvallisuus") == {
        "language": [2, 0],
        "level": [2, 1, 0],
        "paid": [1],
        "region": [2],
        "theme": [2, 1],
    }


def test_facet_counts_heed_the_other_facets_but_not_themselves() -> None:
    assert counted("level=bachelor&paid=yes") == {
        "language": [1, 0],
        "level": [1, 1, 1],
        "paid": [1],
        "region": [1],
        "theme": [1, 1],
    }


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        (
            "level=bachelor&level=doctoral",
            ["Huoltovarmuus", "Kyberturvallisuus", "Paloturvallisuus"],
        ),
        ("level=master", ["Kyberturvallisuus"]),
        ("paid=yes", ["Huoltovarmuus", "Kyberturvallisuus"]),
        ("theme=1", ["Kyberturvallisuus", "Paloturvallisuus"]),
        ("language=fi&paid=yes", ["Kyberturvallisuus"]),
        (
            "level=nonsense&x=1&level=%00&paid=no&region=99999999999999999999",
            [
                "Huoltovarmuus",
                "Kyberturvallisuus",
                "Paloturvallisuus",
            ],
        ),
    ],
)
def test_facets_narrow_the_rows(address: str, titles: list[str]) -> None:
    faceted = OfferFilters(QueryDict(address), Offer.objects.order_by("title"))

    assert [offer.title for offer in faceted.qs] == titles
    assert faceted.count == len(titles)


@pytest.mark.parametrize(
    ("address", "statements"), [("", 1), ("level=bachelor", 2), ("level=bachelor&paid=yes", 2)]
)
def test_whatever_is_chosen_is_counted_by_two_statements(address: str, statements: int) -> None:
    counted("")
    faceted = OfferFilters(QueryDict(address), Offer.objects.all())

    with CaptureQueriesContext(connection) as queries:
        assert faceted.count > 0
        assert faceted._counts

    assert len(queries) == statements


def test_of_many_rows_only_the_newest_are_counted_by_facet(monkeypatch) -> None:
    monkeypatch.setattr(filters, "MAX_COUNTED", 2)
    monkeypatch.setattr(filters, "MAX_ROWS", 2)

    faceted = OfferFilters(QueryDict(""), Offer.objects.all())

    assert (faceted.count, faceted.is_capped) == (2, True)
    languages = [(o.value, o.count_text) for o in faceted.groups[0].shown]
    assert languages == [("fi", "1+"), ("sv", "1+")]


def test_what_is_capped_hides_no_option(monkeypatch) -> None:
    monkeypatch.setattr(filters, "MAX_COUNTED", 1)

    faceted = OfferFilters(QueryDict(""), Offer.objects.all())

    assert [option.value for option in faceted.groups[0].shown] == ["fi", "sv"]


def test_folded_facet_is_counted_when_it_is_opened_chosen_or_named() -> None:
    code = Term.objects.filter(scheme="region").order_by("code")[0].code

    def known(address: str, words: str = "") -> dict[str, bool]:
        found = OfferFilters(QueryDict(address), Offer.objects.all(), words=words)
        drawn = {group.key for group in found.groups if group.is_open}
        return {name: name in drawn for name in found._counts}

    at_first = {"language": True, "level": True, "paid": True}
    assert known("") == at_first
    assert known("open-region=yes&open-x=yes") == {**at_first, "region": True}
    assert known(f"region={code}") == {**at_first, "region": True}
    assert known("", "kybervakoilu") == {**at_first, "region": False}
    assert known("", "TRL 3")["theme"] is False


def test_facet_by_a_relation_is_chosen_by_its_code() -> None:
    code = Term.objects.filter(scheme="region").order_by("code")[1].code

    faceted = OfferFilters(QueryDict(f"region={code}"), Offer.objects.all())

    assert [offer.title for offer in faceted.qs] == ["Huoltovarmuus"]


def test_chips_link_to_the_page_without_their_selection() -> None:
    faceted = OfferFilters(QueryDict("q=a&level=bachelor&level=master&page=3"), Offer.objects.all())

    assert [(chip.label, chip.url) for chip in faceted.chosen] == [
        ("Level: Bachelor", "?q=a&level=master"),
        ("Level: Master", "?q=a&level=bachelor"),
    ]


def test_facets_of_nothing_are_empty() -> None:
    faceted = OfferFilters(QueryDict("level=bachelor"), Offer.objects.none())

    assert faceted.count == 0
