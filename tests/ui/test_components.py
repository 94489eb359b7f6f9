import re

import pytest
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils.html import escape

from cluster_portal.core.facets import Group, Option
from cluster_portal.core.workflow import Move

NASTY = "<img src=x>"


def shown(source: str, **values: object) -> str:
    request = RequestFactory().get("/theses/?q=a")
    return Template("{% load ui %}" + source).render(RequestContext(request, values))


@pytest.mark.parametrize(
    "source",
    [
        '{% include "components/card.html" with title=x url="/a/" kind=x text=x state_text=x %}',
        '{% include "components/row.html" with title=x url="/a/" kind=x text=x when=x action=x %}',
        '{% include "components/page_header.html" with title=x lead=x eyebrow=x state_text=x %}',
        '{% include "components/notice.html" with title=x text=x url="/a/" link=x %}',
        '{% include "components/empty.html" with title=x text=x url="/a/" link=x %}',
        "{% status x x %}",
    ],
)
def test_words_are_escaped(source):
    assert NASTY not in shown(source, x=NASTY)


def test_moves_are_forms_to_their_own_addresses():
    moves = [
        ("submit", Move(frozenset(), "sent", may=bool, label="Send", style="primary")),
        ("remove", Move(frozenset(), "gone", may=bool, label="Remove", style="danger")),
        ("reject", Move(frozenset(), "no", may=bool, label="Reject", needs_reason=True)),
    ]

    page = shown('{% include "components/moves.html" with url="/t/x/" %}', moves=moves)

    assert 'action="/t/x/submit/"' in page
    assert re.search(r'action="/t/x/remove/"\s+data-confirm=', page)
    assert page.count('name="reason"') == 1
    assert page.count('data-confirm="') == 1


def test_no_moves_draw_nothing():
    assert shown('{% include "components/moves.html" with url="/t/" %}', moves=[]).strip() == ""


class Faceted:
    options = [
        Option("a", "A", 2, True),
        Option("b", NASTY, 3, False),
        Option("none", "None", 0, False),
        Option("beyond", "Beyond", 0, False, is_least=True),
    ]
    groups = [Group("level", "Level", True, options)]
    chosen = [{"label": "Level: A", "url": "?q=a"}]


def test_facet_without_results_is_not_listed():
    page = shown('{% include "components/facets.html" with list_url="/theses/" %}', faceted=Faceted)

    found = re.findall(r'name="level"\s+value="(\w+)"\s+(checked)?', page)
    assert found == [("a", "checked"), ("b", ""), ("beyond", "")]


def test_label_of_a_facet_is_escaped():
    page = shown('{% include "components/facets.html" with list_url="/theses/" %}', faceted=Faceted)

    assert NASTY not in page
    assert escape(NASTY) in page


def test_chosen_facet_can_be_taken_away():
    page = shown('{% include "components/chosen.html" with list_url="/theses/" %}', faceted=Faceted)

    assert 'href="?q=a"' in page
    assert 'href="/theses/"' in page


def test_drawing_loses_its_xml_head():
    assert shown("{{ svg|drawing }}", svg="<?xml version='1.0'?>\n<svg></svg>") == "<svg></svg>"
