"""Answering a section in the page, with and without scripts: what is stored, told, shown again."""

import datetime
import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.surveys.forms.answers import as_typed
from cluster_portal.surveys.models import Handover
from cluster_portal.surveys.questionnaire import Questionnaire, fingerprint
from tests import factories, statements
from tests.surveys import factories as make


@pytest.fixture
def asked(home_cluster, company):
    return make.response(make.survey_round(home_cluster), organisation=company)


def page_of(response, key="basics"):
    return reverse("surveys:section", args=[response.public_id, key])


def save_of(response, key="basics"):
    return reverse("surveys:section_save", args=[response.public_id, key])


def drawn(**seen):
    return json.dumps({key: fingerprint(value) for key, value in seen.items()})


def stored(response):
    response.refresh_from_db()
    return response.answers


def test_section_is_saved_by_its_button_and_leads_on(client, asked, lead):
    client.force_login(lead)
    answers = {
        "q-exports": "no", "q-suppliers": "1 250", "q-sales": "1 234,50", "q-drill": "31.3.2026",
        "q-risks": ["cyber", "power"],
    }  # fmt: skip

    answer = client.post(page_of(asked), answers)

    assert (answer.status_code, answer.url) == (302, page_of(asked, "exporting"))
    assert stored(asked) == {
        "exports": "no", "suppliers": "1250", "sales": 123450, "drill": "2026-03-31",
        "risks": ["power", "cyber"],
    }  # fmt: skip


def test_matrix_and_scale_are_saved(client, asked, lead):
    client.force_login(lead)

    client.post(page_of(asked, "exporting"), {"q-plan": "4", "q-table--a": "some"})

    assert stored(asked) == {"plan": 4, "table": {"a": "some"}}
    page = " ".join(client.get(page_of(asked, "exporting")).content.decode().split())
    assert 'name="q-table--a" value=""' in page, "a ticked row can be taken back"

    client.post(page_of(asked, "exporting"), {"q-plan": "4", "q-table--a": ""})
    assert stored(asked) == {"plan": 4}


def test_wrong_answer_stays_in_the_page_and_the_right_ones_are_saved(client, asked, lead):
    client.force_login(lead)

    answer = client.post(page_of(asked), {"q-exports": "yes", "q-suppliers": "monta"})

    assert answer.status_code == 422
    assert stored(asked) == {"exports": "yes"}
    text = answer.content.decode()
    assert 'value="monta"' in text
    assert "Kirjoita luku" in text


def test_one_goes_on_where_an_answer_brings_out_a_question_on_the_same_page(
    client, home_cluster, company, lead
):
    sections = {
        "only": [
            {"key": "has", "kind": "choice", "options": ["yes", "no"]},
            {"key": "what", "kind": "text", "shown_if": ("has", ["yes"])},
        ]
    }
    in_round = make.survey_round(home_cluster, version=make.version(sections))
    asked = make.response(in_round, organisation=company)
    client.force_login(lead)
    assert 'data-question="what"' in client.get(page_of(asked, "only")).content.decode()

    answer = client.post(page_of(asked, "only"), {"q-has": "yes", "q-what": ""})

    assert answer.url == f"{page_of(asked, 'only')}#id_q-what"
    assert client.post(page_of(asked, "only"), {"q-has": "yes"}).url == asked.get_absolute_url()


def test_changed_question_is_saved_while_one_types(client, asked, lead):
    client.force_login(lead)

    answer = client.post(
        save_of(asked), {"question": "suppliers", "q-suppliers": "7", "q-exports": "yes"}
    )

    assert stored(asked) == {"suppliers": "7"}
    told = answer.json()
    assert (told["state"], told["faults"], told["others"]) == ("saved", {}, "")
    assert told["drawn"] == {"suppliers": fingerprint("7")}
    assert told["counts"]["section-basics"] == "1/5"


def test_refused_answer_is_told_at_its_question_while_one_types(client, asked, lead):
    client.force_login(lead)
    asked.answers = {"suppliers": "7"}
    asked.save()

    answer = client.post(save_of(asked), {"question": "suppliers", "q-suppliers": "-3"})

    assert answer.status_code == 200
    assert answer.json()["state"] == "faulty"
    assert set(answer.json()["faults"]) == {"suppliers"}
    assert stored(asked) == {"suppliers": "7"}


def test_answer_is_emptied_while_one_types(client, asked, lead):
    client.force_login(lead)
    asked.answers = {"suppliers": "7", "risks": ["power"]}
    asked.save()

    client.post(
        save_of(asked),
        {"question": ["suppliers", "risks"], "q-suppliers": "", "drawn": drawn(suppliers="7")},
    )

    assert stored(asked) == {}


def test_last_answer_stays_and_its_writer_is_told_what_it_replaced(client, asked, lead):
    client.force_login(lead)
    seen = drawn(suppliers=None, exports=None)
    asked.answers = {"suppliers": "7"}  # by somebody else, since the page was drawn
    asked.save()

    answer = client.post(
        save_of(asked), {"question": "suppliers", "q-suppliers": "9", "drawn": seen}
    )

    assert stored(asked) == {"suppliers": "9"}
    assert "1.2" in answer.json()["others"]
    assert "7" in answer.json()["others"]


def test_who_answers_elsewhere_on_the_page_is_told_of_the_others_answer(client, asked, lead):
    client.force_login(lead)
    seen = drawn(suppliers=None, exports=None)
    asked.answers = {"suppliers": "7"}
    asked.save()

    answer = client.post(save_of(asked), {"question": "exports", "q-exports": "no", "drawn": seen})

    assert stored(asked) == {"suppliers": "7", "exports": "no"}
    assert "“7”" in answer.json()["others"] or "”7”" in answer.json()["others"]


def test_stale_page_does_not_take_back_what_another_has_answered(client, asked, lead):
    client.force_login(lead)
    seen = drawn(suppliers=None, exports=None)
    asked.answers = {"suppliers": "7"}
    asked.save()

    client.post(page_of(asked), {"q-exports": "no", "q-suppliers": "", "drawn": seen})

    assert stored(asked) == {"suppliers": "7", "exports": "no"}


@pytest.mark.parametrize("drawn", ["", "nonsense", "[]", '{"exports": 7}', "null"])
def test_broken_memory_of_the_page_saves_all_of_it(client, asked, lead, drawn):
    client.force_login(lead)

    client.post(page_of(asked), {"q-exports": "no", "drawn": drawn})

    assert stored(asked) == {"exports": "no"}


def test_answer_after_closing_is_refused_and_shown_for_copying(client, asked, lead):
    client.force_login(lead)
    asked.round.closes_at = timezone.now() - datetime.timedelta(minutes=1)
    asked.round.save()

    page = client.post(page_of(asked, "exporting"), {"q-where": "Ruotsiin ja Norjaan"})
    saved = client.post(save_of(asked), {"question": "exports", "q-exports": "no"})

    assert page.status_code == 409
    assert "Ruotsiin ja Norjaan" in page.content.decode()
    assert (saved.status_code, saved.json()["state"]) == (409, "closed")
    assert stored(asked) == {}
    assert client.get(page_of(asked)).url == asked.get_absolute_url()


def test_who_left_the_organisation_gets_their_words_back(client, asked, lead):
    client.force_login(lead)
    lead.affiliations.get().delete()

    page = client.post(page_of(asked, "exporting"), {"q-where": "Ruotsiin ja Norjaan <b>"})
    saved = client.post(save_of(asked), {"question": "exports", "q-exports": "no"})

    assert page.status_code == 404
    assert "Ruotsiin ja Norjaan &lt;b&gt;" in page.content.decode()
    assert (saved.status_code, saved.json()["state"]) == (404, "closed")
    assert stored(asked) == {}


def test_organisation_that_left_the_network_no_longer_answers_an_open_round(
    client, home_cluster, company, lead
):
    asked = make.response(make.survey_round(home_cluster, mode="open"), organisation=company)
    client.force_login(lead)
    company.memberships.update(stage="ended", until=timezone.localdate())

    answer = client.post(page_of(asked), {"q-exports": "no"})

    assert answer.status_code == 409
    assert "ei ole enää" in answer.content.decode()
    assert stored(asked) == {}


def test_colleague_sees_and_answers_only_what_was_handed_to_them(client, asked, member, lead):
    section = asked.round.version.sections.get(key="exporting")
    Handover.objects.create(response=asked, section=section, user=member, by=lead)
    client.force_login(member)

    assert client.get(page_of(asked, "exporting")).status_code == 200
    assert client.get(page_of(asked, "basics")).status_code == 404
    client.post(page_of(asked, "basics"), {"q-exports": "no"})
    client.post(save_of(asked, "exporting"), {"question": "exports", "q-exports": "no"})

    assert stored(asked) == {}
    assert "Exports?" not in client.get(asked.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "typed", ["TL III", "x" * 5000, "\u202egnihton"], ids=["marking", "long", "bidi"]
)
def test_bad_text_is_refused_or_cleaned(client, asked, lead, typed):
    client.force_login(lead)
    asked.answers = {"exports": "yes"}
    asked.save()

    answer = client.post(page_of(asked, "exporting"), {"q-where": typed})

    kept = stored(asked).get("where")
    assert (answer.status_code, kept) in [(422, None), (302, "gnihton")]


@pytest.mark.parametrize(
    "typed", ["\x00", "a\x00b", "\ud800"], ids=["nul", "nul inside", "surrogate"]
)
def test_malformed_text_is_a_bad_request(client, asked, lead, typed):
    client.force_login(lead)
    data = typed.encode("utf-8", "surrogatepass")

    answer = client.generic(
        "POST", save_of(asked), b"question=suppliers&q-suppliers=" + data,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip

    assert answer.status_code in {200, 400}
    assert stored(asked) == {}


def test_megabyte_is_refused(client, asked, lead):
    client.force_login(lead)
    asked.answers = {"exports": "yes"}
    asked.save()

    answer = client.post(page_of(asked, "exporting"), {"q-where": "a" * 1_000_000})

    assert answer.status_code == 422
    assert "where" not in stored(asked)


def test_every_text_of_the_questionnaire_is_escaped(client, home_cluster, company, lead):
    kinds = {
        "one": [
            {"key": f"k{kind}", "kind": kind, "text_fi": f"<b>{kind}</b>", "help_fi": "<b>h</b>",
             "options": ["x"] if kind in ("choice", "many", "matrix") else [],
             "rows": ["r"] if kind == "matrix" else [], "unit": "<b>u"}
            for kind in ("text", "number", "money", "date", "choice", "many", "scale", "matrix")
        ]
    }  # fmt: skip
    version = make.version(kinds, published=False)
    version.sections.update(title_fi="<b>osa</b>", help_fi="<b>ohje</b>")
    asked = make.response(
        make.survey_round(home_cluster, version=version, title_fi="<b>kierros</b>"),
        organisation=company, answers={"ktext": "<b>vastaus</b>"},
    )  # fmt: skip
    client.force_login(lead)

    for page in (page_of(asked, "one"), asked.get_absolute_url()):
        assert "<b>" not in client.get(page).content.decode()


def many_questions(number):
    kinds = ("text", "number", "choice", "many", "scale", "matrix")
    return {
        "long": [
            {"key": f"q{n}", "kind": kinds[n % 6], "options": ["a", "b", "c"], "rows": ["x", "y"]}
            if kinds[n % 6] in ("choice", "many", "matrix")
            else {"key": f"q{n}", "kind": kinds[n % 6]}
            for n in range(number)
        ]
    }


@pytest.mark.parametrize("number", [3, 200])
def test_page_asks_the_database_the_same_for_any_number_of_questions(
    client, home_cluster, company, lead, number
):
    in_round = make.survey_round(home_cluster, version=make.version(many_questions(number)))
    asked = make.response(in_round, organisation=company)
    client.force_login(lead)

    assert len(statements.of_page(client, page_of(asked, "long"))) <= 10


def test_own_answer_of_the_last_round_stands_beside(client, asked, lead, home_cluster, company):
    now = timezone.now()
    earlier = make.survey_round(
        home_cluster, version=asked.round.version, stage="closed",
        opened_at=now - datetime.timedelta(days=300),
    )  # fmt: skip
    day = datetime.date(2025, 5, 15)
    make.response(
        earlier, organisation=company, stage="checked", answered_on=day, answers={"suppliers": "4"}
    )
    other = factories.organisation()
    make.response(
        earlier, organisation=other, stage="checked", answered_on=day, answers={"suppliers": "4321"}
    )
    client.force_login(lead)

    text = client.get(page_of(asked)).content.decode()

    assert "15.5.2025" in text
    assert ": 4" in text
    assert "4321" not in text


def test_questionnaire_knows_a_stored_answer_as_it_is_typed_again(asked):
    """What a page shows and gets back unchanged counts as unchanged."""
    answers = {"suppliers": "1250.50", "sales": 123450, "drill": "2026-03-31", "plan": 4}
    questionnaire = Questionnaire.of(asked.round.version)

    for key, value in answers.items():
        question = questionnaire.by_key[key]
        assert question.clean(as_typed(question, value)) == value


def test_odd_fingerprints_are_as_none(client, asked, lead):
    client.force_login(lead)

    answer = client.post(page_of(asked), {"q-exports": "no", "drawn": "[" * 200_000})

    assert answer.status_code == 302
    assert stored(asked) == {"exports": "no"}


@pytest.fixture
def long(home_cluster, company):
    """A section of ninety questions, the first on its last page required."""
    sections = {"long": [{"key": f"q{n}", "kind": "text"} for n in range(90)]}
    sections["long"][60]["is_required"] = True
    sections["long"][30] |= {"shown_if": ("q1", ["x"])}
    sections["long"][1] |= {"kind": "choice", "options": ["x", "y"]}
    in_round = make.survey_round(home_cluster, version=make.version(sections))
    return make.response(in_round, organisation=company)


def test_long_section_is_asked_page_by_page(client, long, lead):
    client.force_login(lead)

    first = client.get(page_of(long, "long")).content.decode()
    assert first.count("data-question=") == 30
    assert "(1/3)" in first

    answer = client.post(page_of(long, "long"), {"q-q1": "x"})
    assert answer.url == f"{page_of(long, 'long')}?page=2"
    second = client.get(answer.url).content.decode()
    assert 'data-question="q30"' in second
    assert re.search(r'data-question="q30"[^>]*hidden', second) is None, "brought out by page 1"

    answer = client.post(answer.url, {"q-q31": "Toinen sivu"})
    assert answer.url == f"{page_of(long, 'long')}?page=3"
    assert stored(long) == {"q1": "x", "q31": "Toinen sivu"}, "other pages keep their answers"
    assert client.post(answer.url, {"q-q60": "Kolmas"}).url == long.get_absolute_url()


def test_answer_that_is_missing_leads_to_its_page(client, long, lead):
    long.answers = {"q1": "y"}
    long.saved_at = timezone.now()
    long.save()
    client.force_login(lead)

    page = client.get(long.get_absolute_url()).content.decode()

    assert f"{page_of(long, 'long')}?page=3#id_q-q60" in page


def test_later_page_is_saved_while_one_types(client, long, lead):
    client.force_login(lead)
    url = f"{page_of(long, 'long')}?page=3"
    assert f'data-autosave="{save_of(long, "long")}?page=3"' in client.get(url).content.decode()

    saved = client.post(f"{save_of(long, 'long')}?page=3", {"question": "q61", "q-q61": "Kyllä"})

    assert saved.json()["counts"]["section-long-3"] == "1/30"
    assert stored(long) == {"q61": "Kyllä"}


@pytest.mark.parametrize("number", ["0", "4", "x", "1e9", "-1"])
def test_page_that_is_not_there_is_the_first(client, long, lead, number):
    client.force_login(lead)

    page = client.get(page_of(long, "long"), {"page": number})

    assert (page.status_code, "(1/3)" in page.content.decode()) == (200, True)


def test_colleague_is_asked_for_the_whole_of_a_long_section(client, long, lead):
    client.force_login(lead)

    page = client.get(reverse("surveys:hand_over", args=[long.public_id])).content.decode()

    assert "(1/3)" not in page
