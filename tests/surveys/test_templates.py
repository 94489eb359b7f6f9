"""Questionnaires copied, changed in a draft, published; what runs keeps its questions."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.surveys.models import Question, Template, Version
from cluster_portal.surveys.services import templates
from cluster_portal.surveys.services.outlines import Outline
from cluster_portal.surveys.services.template_checks import faults
from tests.surveys import factories as made


@pytest.fixture
def ready_made(db):
    return Template.objects.get(key="preparedness")


@pytest.fixture
def copied(ready_made, office, home_cluster):
    return templates.copy_template(ready_made, by=office, cluster=home_cluster)


@pytest.fixture
def draft(copied):
    return copied.versions.get()


def told(version):
    """All that the outline says, without primary keys."""
    outline = Outline.of(version)
    return (
        [(row.key, row.becomes, row.title_sv) for row in outline.sections],
        [(row.section.key, row.key, row.kind, row.fills, row.shown_if_keys, row.text_en)
         for row in outline.questions],
        [(row.question.key, row.is_row, row.key, row.text_fi) for row in outline.options],
        outline.shown_if,
    )  # fmt: skip


def test_copy_is_a_draft_with_the_same_questions(copied, draft, ready_made, home_cluster):
    assert (copied.home_cluster, copied.copied_from, copied.key) == (home_cluster, ready_made, "")
    assert not draft.is_published
    assert told(draft) == told(ready_made.newest())
    assert [act.action for act in audit.of(copied)] == ["created"]


def test_branching_of_a_copy_points_into_the_copy(draft):
    questions = Question.objects.filter(section__version=draft)

    parents = {each.shown_if.section.version for each in questions.exclude(shown_if=None)}

    assert parents == {draft}


def test_copy_for_another_cluster_is_refused(ready_made, office, other_cluster):
    with pytest.raises(Refused):
        templates.copy_template(ready_made, by=office, cluster=other_cluster)

    assert not Template.objects.filter(home_cluster=other_cluster).exists()


def test_what_was_never_published_is_not_copied(copied, office, home_cluster):
    with pytest.raises(Refused):
        templates.copy_template(copied, by=office, cluster=home_cluster)


def test_draft_begins_with_the_newest_version_and_is_one(copied, draft, office):
    templates.publish_version(draft, by=office)

    second = templates.begin_draft(copied, by=office)

    assert (second.number, told(second)) == (2, told(draft))
    assert templates.begin_draft(copied, by=office) == second


@pytest.mark.parametrize("who", ["other_office", "member", "lead", "outsider"])
def test_others_neither_draft_nor_publish(request, copied, draft, who):
    person = request.getfixturevalue(who)

    with pytest.raises(Refused):
        templates.begin_draft(copied, by=person)
    with pytest.raises(Refused):
        templates.publish_version(draft, by=person)
    with pytest.raises(Refused):
        templates.discard_draft(draft, by=person)

    draft.refresh_from_db()
    assert not draft.is_published


@pytest.mark.parametrize("who", ["office", "admin_user"])
def test_ready_made_one_is_changed_by_nobody(request, ready_made, who):
    with pytest.raises(Refused):
        templates.begin_draft(ready_made, by=request.getfixturevalue(who))


def test_running_round_keeps_its_questions(copied, draft, office, home_cluster):
    templates.publish_version(draft, by=office)
    running = made.survey_round(home_cluster, version=draft)
    before = told(running.version)

    second = templates.begin_draft(copied, by=office)
    second.sections.first().questions.all().delete()
    Question.objects.filter(section__version=second).update(text_fi="Muutettu?")
    templates.discard_draft(second, by=office)
    third = templates.begin_draft(copied, by=office)
    Question.objects.filter(section__version=third).update(text_en="Changed?")
    templates.publish_version(third, by=office)

    running.refresh_from_db()
    assert told(Version.objects.get(pk=running.version_id)) == before
    assert copied.newest() == third


def test_published_version_refuses_every_change(copied, draft, office):
    templates.publish_version(draft, by=office)
    section = draft.sections.first()
    question = section.questions.first()

    for change in (
        section.delete, question.delete, section.save, question.save,
        lambda: question.options.create(key="new", text_fi="Uusi"),
        lambda: templates.publish_version(draft, by=office),
        lambda: templates.discard_draft(draft, by=office),
        lambda: templates.move_question(question, 1, by=office),
    ):  # fmt: skip
        with pytest.raises((IntegrityError, Refused)), transaction.atomic():
            change()


def test_faulty_draft_is_not_published(draft, office):
    question = Question.objects.get(section__version=draft, key="single_supplier")
    question.options.filter(key="yes").delete()

    with override("en"), pytest.raises(Refused, match="Choose again by which answers"):
        templates.publish_version(draft, by=office)


def test_missing_swedish_is_no_fault(draft, office):
    Question.objects.filter(section__version=draft).update(text_sv="", help_en="")

    templates.publish_version(draft, by=office)

    draft.refresh_from_db()
    assert draft.is_published


def test_draft_that_never_was_published_goes_with_its_questionnaire(copied, draft, office):
    templates.discard_draft(draft, by=office)

    assert not Template.objects.filter(pk=copied.pk).exists()


def keys(section):
    return list(section.questions.order_by("position").values_list("key", flat=True))


def test_question_moves_in_its_section_and_over_its_edge(draft, office):
    first, second = draft.sections.order_by("position")[:2]
    a, b, *_rest, last = first.questions.order_by("position")

    templates.move_question(b, -1, by=office)
    templates.move_question(last, 1, by=office)

    assert keys(first)[:2] == [b.key, a.key]
    assert keys(second)[0] == last.key
    last.refresh_from_db()
    templates.move_question(last, -1, by=office)
    assert keys(first)[-1] == last.key


def test_first_question_cannot_move_up(draft, office):
    first = draft.sections.order_by("position").first()
    before = keys(first)

    templates.move_question(first.questions.order_by("position").first(), -1, by=office)

    assert keys(first) == before


def test_section_moves(draft, office):
    first, second, *_rest = draft.sections.order_by("position")

    templates.move_section(first, 1, by=office)

    assert list(draft.sections.order_by("position"))[:2] == [second, first]


def test_question_before_the_one_it_depends_on_is_a_fault(draft, office):
    question = Question.objects.get(section__version=draft, key="supplier_obstacles")

    templates.move_question(question, -1, by=office)

    with override("en"), pytest.raises(Refused, match="comes after it"):
        templates.publish_version(draft, by=office)


@pytest.mark.parametrize(
    ("text", "taken", "key"),
    [("Mitä teette?", [], "mita-teette"), ("Mitä?", ["mita", "mita-2"], "mita-3"), ("?", [], "q")],
)
def test_key_is_made_from_the_words(text, taken, key):
    assert templates.free_key(text, taken) == key


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("outsider", set()), ("member", set()), ("lead", set()),
        ("office", {"ready", "own"}), ("other_office", {"ready"}),
        ("admin_user", {"ready", "own"}),
    ],
)  # fmt: skip
def test_who_sees_questionnaires(request, ready_made, copied, who, seen):
    rows = Template.objects.visible_to(request.getfixturevalue(who))

    found = {"ready" if each == ready_made else "own" for each in rows.filter(
        pk__in=[ready_made.pk, copied.pk]
    )}  # fmt: skip
    assert found == seen


def test_marked_text_is_refused(draft):
    question = draft.sections.first().questions.first()
    question.help_fi = "TL IV"

    with pytest.raises(ValidationError):
        question.clean()


@pytest.mark.parametrize(
    ("section", "field", "is_fault"),
    [
        ("capability", "dual_use", False), ("capability", "delivery", True),
        ("funding_need", "what", False), ("need", "purpose", True),
    ],
)  # fmt: skip
def test_narrow_answer_fills_nothing_that_others_see(db, section, field, is_fault):
    row = {"key": "a", "kind": "text", "fills": field, "becomes": section, "is_narrow": True}
    if field == "dual_use":
        row |= {"kind": "choice", "scheme": "dual_use"}
    outline = Outline.of(made.version({"part": [row]}, published=False))

    with override("en"):
        found = [each for each in faults(outline) if "seen by few" in each]

    assert bool(found) is is_fault
