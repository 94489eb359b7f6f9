import pytest
from django.urls import reverse
from django.utils.translation import override

from cluster_portal.core import vocabulary
from cluster_portal.core.vocabulary import Scheme, Term
from tests.browser_form import fields

pytestmark = pytest.mark.django_db


def test_loading_again_changes_nothing():
    before = list(Term.objects.order_by("pk").values())

    vocabulary.load()

    assert list(Term.objects.order_by("pk").values()) == before


def test_loading_leaves_what_the_administrator_changed(client, admin_user, settings):
    settings.DEMO = True  # second factors are tested apart
    term = Term.objects.get(scheme="region", code="11")
    address = reverse("admin:core_term_change", args=[term.pk])
    client.force_login(admin_user)
    form = fields(client.get(address).content.decode(), "term_form")
    assert not {"scheme", "code"} & set(form)  # by these the loader would bring it a second time

    assert client.post(address, {**form, "label_fi": "Kuopion seutu"}).status_code == 302
    Term.objects.filter(scheme="region", code="06").update(label_fi="Väärin")
    vocabulary.load()

    term.refresh_from_db()
    assert term.label_fi == "Kuopion seutu"
    assert Term.objects.get(scheme="region", code="06").label_fi == "Pirkanmaa"


@pytest.mark.parametrize("scheme", Scheme.values)
def test_every_scheme_has_terms_in_three_languages(scheme):
    rows = vocabulary.terms(scheme)

    assert rows
    assert all(term.label_fi and term.label_sv and term.label_en for term in rows)


@pytest.mark.parametrize("text", ["11", "Pohjois-Savo", "NORRA SAVOLAX", " north savo "])
def test_term_is_found_by_code_or_label_in_any_language(text):
    assert vocabulary.find("region", text).code == "11"


@pytest.mark.parametrize("text", ["", "Atlantis", "03", "20"])
def test_unknown_term_is_none(text):
    assert vocabulary.find("region", text) is None


@pytest.mark.parametrize(
    ("language", "label"), [("fi", "Etsintä"), ("sv", "Eftersökning"), ("en", "Search")]
)
def test_label_is_in_the_readers_language(language, label):
    with override(language):
        assert str(vocabulary.find("security_task", "search")) == label


def test_there_are_19_regions_and_no_03_or_20():
    codes = {term.code for term in vocabulary.terms("region")}

    assert len(codes) == 19
    assert not codes & {"03", "20"}


def test_terms_are_read_once_per_process(django_assert_num_queries):
    vocabulary.terms("region")

    with django_assert_num_queries(0):
        vocabulary.terms("security_task")
