"""Long lists of ticks fold; what is chosen stays in view."""

import re

import pytest
from django import forms
from django.template import Context, Template

MANY = [(str(number), f"Aihe {number}") for number in range(13)]


def shown(choices=MANY, widget=forms.CheckboxSelectMultiple, data=None, **values):
    field = forms.MultipleChoiceField(label="Teemat", choices=choices, widget=widget, **values)
    form = type("Example", (forms.Form,), {"themes": field})(data)
    template = Template('{% include "components/form_fields.html" %}')
    return template.render(Context({"form": form}))


def parts(page):
    """What stands before the fold and what behind it."""
    return page.split("<details")


def ticks(part):
    return re.findall(r'name="themes" value="(\d+)"', part)


def test_chosen_ones_stand_before_the_fold_and_none_is_lost():
    before, behind = parts(shown(initial=["7", "2"]))

    assert ticks(before) == ["2", "7"]
    assert ticks(behind) == [value for value, _ in MANY if value not in {"2", "7"}]
    assert re.search(r"data-folding-count\s*>2</strong>\s*/\s*13", before)


def test_refused_form_keeps_its_choices_in_view():
    before, _behind = parts(shown(data={"themes": ["12", "nonsense"]}))

    assert ticks(before) == ["12"]


def test_list_where_something_must_be_chosen_is_opened():
    assert " open>" in shown(data={})
    assert " open>" not in shown()


def test_everything_chosen_leaves_nothing_to_fold():
    page = shown(initial=[value for value, _ in MANY])

    assert "<details" not in page
    assert len(ticks(page)) == 13


@pytest.mark.parametrize(
    ("choices", "widget"),
    [(MANY[:12], forms.CheckboxSelectMultiple), (MANY, forms.RadioSelect)],
    ids=["short", "radios"],
)
def test_short_lists_and_radios_stand_open(choices, widget):
    assert "<details" not in shown(choices, widget)


def test_box_for_narrowing_waits_for_the_script_and_is_not_sent():
    page = shown()

    assert re.search(r"data-folding-filter hidden", page)
    assert "name" not in re.search(r'<input\s+class="input"\s+type="search"[^>]*>', page).group()
