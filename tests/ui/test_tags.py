from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils.translation import override

from cluster_portal.core.templatetags import ui


@pytest.mark.parametrize(
    ("language", "shown"),
    [("fi", "453\u00a0668\u00a0€"), ("sv", "453\u00a0668\u00a0€"), ("en", "€453,668")],
)
def test_euros_follow_the_language(language, shown):
    with override(language):
        assert ui.euros(453668) == shown


def test_numbers_have_a_decimal_comma_and_a_real_minus():
    with override("fi"):
        assert ui.number(Decimal("-1234.5"), 1) == "\u22121\u00a0234,5"
        assert ui.percent(Decimal(80), 2) == "80,00\u00a0%"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Pohjois-Savon liitto", "PS"), ("VTT", "VT"), ("Tampereen yliopisto", "TY"), ("", "")],
)
def test_initials_are_two_letters(name, letters):
    assert ui.initials(name) == letters


def test_words_are_broken_in_finnish_headings_only():
    with override("fi"):
        assert "\u00ad" in ui.shy("opinnäyteaiheet")
    with override("en"):
        assert ui.shy("opinnäyteaiheet") == "opinnäyteaiheet"


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("Säkerhetsklustret", "Säkerhets|klustret"),
        ("Finansieringsutlysningar", "Finansierings|utlysningar"),
        ("medlemsorganisationer", "medlems|organisationer"),
        ("möte", "möte"), ("säkerhet", "säkerhet"), ("utomordentligt", "utomordentligt"),
    ],
)  # fmt: skip
def test_long_swedish_words_break_where_a_known_part_begins(word, shown):
    with override("sv"):
        assert ui.shy(word) == shown.replace("|", "\u00ad")
    with override("en"):
        assert ui.shy("Säkerhetsklustret") == "Säkerhetsklustret"


def test_soft_hyphens_do_not_unlock_markup():
    shown = Template("{% load ui %}{{ text|shy }}").render(
        Context({"text": "<b>turvallisuusklusteri"})
    )

    assert shown.startswith("&lt;b&gt;")


def test_language_links_keep_page_and_query():
    request = RequestFactory().get("/about/?q=a&page=2")

    with override("fi"):
        links = ui.language_links(Context({"request": request}))

    assert [link["url"] for link in links] == [
        "/about/?q=a&page=2",
        "/sv/about/?q=a&page=2",
        "/en/about/?q=a&page=2",
    ]
    assert [link["is_current"] for link in links] == [True, False, False]


def test_language_links_of_an_unknown_page_lead_to_the_front_page():
    request = RequestFactory().get("/nothing-here/")

    with override("fi"):
        links = ui.language_links(Context({"request": request}))

    assert [link["url"] for link in links] == ["/nothing-here/", "/sv/", "/en/"]


NAV = [
    SimpleNamespace(key="projects", name="Projects", url="/projects/"),
    SimpleNamespace(key="programme", name="Programme", url="/projects/programme/"),
]


@pytest.mark.parametrize(
    ("path", "chosen", "section"),
    [
        ("/projects/programme/2/", "", ["programme"]),
        ("/projects/x/", "", ["projects"]),
        ("/", "", []),
        ("/", "projects", ["projects"]),
    ],
)
def test_section_is_the_nearest_item_unless_the_view_says(path, chosen, section):
    values = {"request": RequestFactory().get(path), "current": chosen, "nav": NAV}

    current = [item["key"] for item in ui.sections(Context(values)) if item["is_current"]]

    assert current == section


def test_pages_far_away_are_elided():
    page = Paginator(range(200), 10).page(10)

    assert list(ui.page_numbers(page)) == [1, None, 8, 9, 10, 11, 12, None, 20]


def test_pagination_keeps_the_other_parameters():
    request = RequestFactory().get("/theses/?q=a&level=x&level=y&page=2")
    page = Paginator(range(40), 10).page(2)
    template = Template('{% include "components/pagination.html" %}')

    shown = template.render(RequestContext(request, {"page": page}))

    assert "?q=a&amp;level=x&amp;level=y&amp;page=3" in shown
    assert 'aria-current="page"' in shown


@pytest.mark.parametrize(
    ("label", "shown"), [("Nimi", "Nimi:"), ("Miksi?", "Miksi?"), ("Hyväksyn.", "Hyväksyn:")]
)
def test_label_before_its_fault_has_one_mark(label, shown):
    assert ui.before_colon(label) == shown
