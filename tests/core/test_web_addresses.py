"""An address that is none is told once; one of another scheme is told what it must begin with."""

import pytest
from django import forms
from django.apps import apps
from django.core.validators import URLValidator

from events.models import Event
from members.forms.members import OrganisationFields
from tests.events import factories as event_factories


def kinds_of(form):
    for kind in form.__subclasses__():
        yield kind
        yield from kinds_of(kind)


@pytest.mark.parametrize("written", ["ei osoite", "http://", "javascript:alert(1)", "a.b\u00a0c"])
def test_what_is_no_address_is_told_once(db, written):
    form = OrganisationFields({"website": written})

    assert form.errors["website"] == [str(URLValidator.message)]


def test_other_schemes_are_refused_by_what_they_must_begin_with(db):
    form = OrganisationFields({"website": "ftp://example.org/"})

    assert form.errors["website"] == ["Osoitteen alussa pitää olla https:// tai http://."]


@pytest.mark.parametrize("written", ["https://example.org/", "http://example.org", "example.org"])
def test_addresses_of_the_web_are_taken(db, written):
    assert "website" not in OrganisationFields({"website": written}).errors


def test_model_says_it_once_too(home_cluster):
    event = event_factories.event(home_cluster)
    event.remote_link = "ei osoite"
    event.recording_link = "http://example.org/"

    with pytest.raises(forms.ValidationError) as told:
        event.full_clean()

    assert {name: len(each) for name, each in told.value.message_dict.items()} == {
        "remote_link": 1, "recording_link": 1,
    }  # fmt: skip


def test_no_field_checks_for_an_address_twice():
    """Django's URL fields do so themselves."""
    stored = [field for model in apps.get_models() for field in model._meta.fields]
    shown = [field for form in kinds_of(forms.Form) for field in form.base_fields.values()]

    twice = [
        field
        for field in [*stored, *shown]
        if sum(isinstance(each, URLValidator) for each in field.validators) > 1
    ]
    assert twice == []
    assert Event._meta.get_field("remote_link") in stored
