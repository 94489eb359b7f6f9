"""What a refused form shows where somebody else has saved meanwhile."""

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from cluster_portal.core.errors import Overtaken
from cluster_portal.core.files import FilesField
from cluster_portal.core.http.overtaken import saved_meanwhile, see_what_is_saved
from projects.forms.content import HundredthsField


class Example(forms.Form):
    text = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    day = forms.DateField(label="Day", required=False)
    is_open = forms.BooleanField(label="Open", required=False)
    level = forms.ChoiceField(label="Level", choices=[("a", "Aalto"), ("G", [("b", "Bee")])])
    themes = forms.MultipleChoiceField(
        label="Themes", choices=[("x", "Ääni"), ("y", "Yö")], required=False
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    begins = forms.SplitDateTimeField(label="Begins", required=False)
    sum = HundredthsField(label="Sum", required=False)
    people = forms.IntegerField(label="People", required=False)
    file = FilesField(label="File", required=False)
    note = forms.CharField(label="Note", required=False)


SAVED = {
    "text": "Ensimmäinen\nrivi", "day": datetime.date(2027, 3, 1), "is_open": True, "level": "b",
    "themes": ["x", "y"], "key": "1", "people": 0, "sum": 30_000_000,
    "begins": datetime.datetime(2027, 3, 1, 15, 30, tzinfo=datetime.UTC),
}  # fmt: skip
SAME = {
    "text": "Ensimmäinen\r\nrivi", "day": "2027-03-01", "is_open": "on", "level": "b",
    "themes": ["x", "y"], "key": "1", "people": "0", "sum": "300000",
    "begins_0": "2027-03-01", "begins_1": "17:30",
}  # fmt: skip


def shown(code=Overtaken.code, **typed):
    form = Example(SAME | typed, initial=SAVED)
    form.add_error(None, ValidationError("Ei.", code=code))
    return {row["label"]: row["text"] for row in saved_meanwhile(form)}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, {}),
        ({"text": "Oma"}, {"Text": "Ensimmäinen\nrivi"}),
        ({"day": "2027-04-01"}, {"Day": "1.3.2027"}),
        ({"is_open": ""}, {"Open": "Kyllä"}),
        ({"level": "a"}, {"Level": "Bee"}),
        ({"themes": []}, {"Themes": "Ääni, Yö"}),
        ({"key": "2"}, {}),
        ({"begins_1": "18:30"}, {"Begins": "1.3.2027 klo 17.30"}),
        ({"sum": "5"}, {"Sum": "300\N{NO-BREAK SPACE}000"}),
        ({"people": "4"}, {"People": "0"}),
        ({"note": "Korjasin."}, {}),
    ],
)
def test_what_is_saved_otherwise_than_typed_is_shown(typed, expected):
    assert shown(**typed) == expected


def test_another_refusal_shows_nothing():
    assert shown(code="refused", text="Oma") == {}


def test_nothing_saved_is_said_in_words():
    form = Example(SAME, initial={"text": "", "day": None})
    form.add_error(None, ValidationError("Ei.", code=Overtaken.code))

    assert {row["text"] for row in saved_meanwhile(form)} == {"Tyhjä"}


class Stamped(forms.Form):
    text = forms.CharField()
    seen = forms.CharField(widget=forms.HiddenInput)


def test_next_press_bears_the_stamp_of_what_is_shown():
    form = Stamped(QueryDict("a-text=Oma&a-seen=1"), prefix="a", initial={"text": "", "seen": "2"})

    see_what_is_saved(form)

    assert (form["text"].value(), form["seen"].value()) == ("Oma", "2")
