"""What looks like a link is refused in names and titles that coordinators type, too."""

import pytest
from django.core.exceptions import ValidationError

from events.models import Event
from members.forms.members import NewOrganisationForm
from members.models import Organisation, User
from projects.models import Challenge, Measure, Programme, Project
from tests import factories

LINK = "Voitto osoitteessa www.esimerkki.example"


@pytest.mark.parametrize("model", [Challenge, Event, Measure, Programme, Project])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_title_that_looks_like_a_link_is_refused(db, model, language):
    with pytest.raises(ValidationError, match="verkko-osoitetta"):
        model(**{f"title_{language}": LINK}).clean()


@pytest.mark.parametrize("field", ["name", "name_sv", "name_en", "short_name"])
def test_name_of_an_organisation_that_looks_like_a_link_is_refused(db, field):
    made = factories.organisation()
    setattr(made, field, LINK)

    with pytest.raises(ValidationError):
        made.clean()
    assert Organisation.objects.get().full_clean() is None


@pytest.mark.parametrize("name", ["Verkkokauppa.com Oyj", "Oikotie.fi Oy", "Huuto.net"])
def test_organisation_may_be_called_by_a_domain_and_a_person_may_not(db, name):
    form = NewOrganisationForm({"name": name, "kind": "company"}, user=factories.user())

    assert form.is_valid()
    assert factories.organisation(name).clean() is None
    with pytest.raises(ValidationError):
        User(email="a@example.org", first_name=name).clean()


@pytest.mark.parametrize("name", ["Voita oikotie.fi/palkinto", "www.oikotie.fi", "https://a.b"])
def test_name_of_an_organisation_holds_no_web_address(db, name):
    form = NewOrganisationForm({"name": name, "kind": "company"}, user=factories.user())

    assert "name" in form.errors
    with pytest.raises(ValidationError):
        factories.organisation(name).clean()


@pytest.mark.parametrize("field", ["first_name", "last_name"])
def test_name_of_a_person_that_looks_like_a_link_is_refused(db, field):
    with pytest.raises(ValidationError):
        User(**{"email": "a@example.org", "first_name": "A", field: LINK}).clean()


def test_coordinator_sees_a_hidden_double_among_the_applications_of_the_cluster_alone(
    client, home_cluster, other_cluster, office, other_office, outsider
):
    made = [
        factories.organisation(name, visibility="private", brought_by=person, is_brought=True)
        for name, person in (
            ("Kuvitteellinen Oy", outsider), ("Kuvitteellin\u0435n", factories.user()),
        )
    ]  # fmt: skip
    first, second = [
        factories.membership(each, home_cluster, stage="submitted", applicant=each.brought_by)
        for each in made
    ]
    elsewhere = factories.organisation(
        "Kuvitt\u0435ellinen", visibility="private", brought_by=factories.user(), is_brought=True
    )
    factories.membership(
        elsewhere, other_cluster, stage="submitted", applicant=elsewhere.brought_by
    )
    client.force_login(office)

    page = client.get(f"/admin/members/membership/{first.pk}/change/").content.decode()

    assert second.organisation.name in page
    assert elsewhere.name not in page
