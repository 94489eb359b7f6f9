"""A new version of the programme goes on from the one before."""

import datetime
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from projects import erasure, exports
from projects.models import Measure, Programme
from projects.pages import programmes
from projects.services.programmes import approve_programme, new_version
from tests import factories
from tests.projects import factories as make
from tests.theses import factories as make_topics
from theses.forms.topics import choosable
from theses.models import ThreadLink
from theses.pages.thread import anchor_named, found_anchors

WHAT_HAPPENED = {
    "state": "in_progress", "achieved": 30, "progress": 10, "note_fi": "Tilanne.",
    "follow_up_fi": "Jatkotoimi.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


@pytest.fixture
def first(home_cluster, company):
    """Version 1 in force: its measures 1 and 2, each with a project and a topic tied to it."""
    programme = make.programme(home_cluster, organisation=company)
    for number in (1, 2):
        measure = make.measure(
            programme, number=number, responsible=company, title_fi=f"Työ {number}"
        )
        project = make.project(home_cluster, title_fi=f"Hanke työstä {number}")
        project.measures.add(measure)
        topic = make_topics.topic(company, home_cluster)
        ThreadLink.objects.create(topic=topic, measure=measure)
    programme.stage, programme.approved_on = "approved", timezone.localdate()
    programme.save()
    return programme


@pytest.fixture
def second(first, office):
    return new_version(first, by=office)


def measure_of(programme, number):
    return Measure.objects.get(goal__programme=programme, number=number)


def evidence(programme, user):
    blocks = programmes.goal_blocks(programme, user)
    return {
        line.measure.number: sorted(row["title"] for row in line.evidence)
        for line in programmes.every_line(blocks)
    }


def progress(programme, user):
    blocks = programmes.goal_blocks(programme, user)
    return [(block.percent, block.words) for block in blocks]


def test_new_version_is_a_copy_that_knows_what_it_continues(first, office):
    draft = new_version(first, by=office)

    assert (draft.version, draft.stage, draft.approved_on, draft.approved_by) == (
        2, "draft", None, None,
    )  # fmt: skip
    assert [measure_of(draft, n).continues for n in (1, 2)] == [
        measure_of(first, n) for n in (1, 2)
    ]
    assert audit.of(draft).get().details == {"of_version": 1}


def test_evidence_and_progress_are_the_same_after_the_approval(first, second, office):
    Measure.objects.filter(number=1).update(target=40)
    Measure.objects.filter(goal__programme=first, number=1).update(**WHAT_HAPPENED)
    before = evidence(first, office), progress(first, office)
    assert [len(links) for links in before[0].values()] == [2, 2]

    in_draft = evidence(second, office), progress(second, office)
    approve_programme(second, by=office)

    second.refresh_from_db()
    assert in_draft == before
    assert (evidence(second, office), progress(second, office)) == before
    went_on = measure_of(second, 1)
    assert {name: getattr(went_on, name) for name in WHAT_HAPPENED} == WHAT_HAPPENED


def test_links_of_projects_and_theses_lead_to_the_successor(first, second, office):
    approve_programme(second, by=office)

    for number in (1, 2):
        old, new = measure_of(first, number), measure_of(second, number)
        assert (old.projects.count(), new.projects.count()) == (0, 1)
        assert ThreadLink.objects.filter(measure=old).count() == 0
        assert ThreadLink.objects.filter(measure=new).count() == 1


def test_topic_tied_to_both_is_tied_once(first, second, office):
    topic = ThreadLink.objects.get(measure=measure_of(first, 1)).topic
    ThreadLink.objects.create(topic=topic, measure=measure_of(second, 1))

    approve_programme(second, by=office)

    assert ThreadLink.objects.get(topic=topic).measure == measure_of(second, 1)


def test_measure_without_a_predecessor_starts_empty(second, office, company):
    make.measure(second, number=3, responsible=company, state="not_started")

    approve_programme(second, by=office)

    added = measure_of(second, 3)
    assert (added.state, added.achieved, evidence(second, office)[3]) == ("not_started", None, [])


def test_dropped_measure_keeps_its_own_and_says_which_version_it_was_of(
    client, first, second, office
):
    dropped = measure_of(first, 2)
    measure_of(second, 2).delete()

    approve_programme(second, by=office)

    project = dropped.projects.get()
    assert ThreadLink.objects.filter(measure=dropped).count() == 1
    assert client.get(dropped.get_absolute_url()).status_code == 200
    page = client.get(dropped.place).content.decode()
    assert "Kuului versioon 1; myöhemmissä versioissa sitä ei ole." in page
    assert page.count("Jatkuu versiossa 2") == 1
    assert "(versio 1)" in client.get(project.get_absolute_url()).content.decode()


def test_delay_is_settled_by_more_time_only(first, second, office):
    Measure.objects.filter(goal__programme=first).update(state="delayed")
    later = timezone.localdate() + datetime.timedelta(days=90)
    Measure.objects.filter(pk=measure_of(second, 2).pk).update(ends_on=later)

    approve_programme(second, by=office)

    assert [measure_of(second, n).state for n in (1, 2)] == ["delayed", "in_progress"]


def test_old_address_of_a_measure_leads_to_its_successor(client, first, second, office):
    old, new = measure_of(first, 1), measure_of(second, 1)
    assert client.get(old.get_absolute_url()).status_code == 200

    approve_programme(second, by=office)
    approve_programme(new_version(Programme.objects.get(pk=second.pk), by=office), by=office)

    newest = measure_of(Programme.objects.get(version=3), 1)
    assert newest.pk != new.pk
    for each in (old, new):
        landed = client.get(each.get_absolute_url())
        assert landed.headers["Location"] == newest.get_absolute_url()


def test_old_address_says_nothing_of_a_version_its_reader_does_not_see(
    client, first, second, office
):
    old = measure_of(first, 1)
    approve_programme(second, by=office)
    Programme.objects.filter(pk=second.pk).update(visibility="cluster")

    assert client.get(old.get_absolute_url()).status_code == 200
    assert client.get(measure_of(second, 1).get_absolute_url()).status_code == 404


@pytest.mark.parametrize("person", ["outsider", "member", "lead", "other_office"])
def test_new_version_is_refused_to_others(person, first, request):
    with pytest.raises(Refused):
        new_version(first, by=request.getfixturevalue(person))

    assert Programme.objects.count() == 1


def test_second_draft_is_refused(first, second, office, home_cluster):
    with pytest.raises(Refused):
        new_version(first, by=office)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.programme(home_cluster, version=3)


@pytest.mark.parametrize("stage", ["draft", "replaced"])
def test_version_is_made_of_the_one_in_force_only(stage, first, office):
    Programme.objects.update(stage=stage)

    with pytest.raises(Refused):
        new_version(first, by=office)


# Who sees the draft, and what it says beside the version in force.


@pytest.fixture
def asked(second):
    person = factories.user("asked@example.org")
    second.commenters.add(person)
    return person


EVERYBODY = ["outsider", "member", "lead", "other_office", "asked", "office", "admin_user"]


def test_draft_is_seen_by_coordinators_and_those_of_its_comment_round(second, request):
    people = {name: request.getfixturevalue(name) for name in EVERYBODY}
    people["visitor"] = AnonymousUser()

    for model, rows in (
        (Programme, Programme.objects.filter(pk=second.pk)),
        (Measure, Measure.objects.filter(goal__programme=second)),
    ):
        seers = {n for n, u in people.items() if model.objects.visible_to(u) & rows}
        assert seers == {"asked", "office", "admin_user"}
    assert not Programme.objects.editable_by(people["asked"]).exists()


def test_comment_round_opens_nothing_once_the_version_is_in_force(second, asked, office):
    Programme.objects.filter(pk=second.pk).update(visibility="private")
    assert Programme.objects.visible_to(asked).filter(pk=second.pk).exists()

    approve_programme(second, by=office)

    assert not Programme.objects.visible_to(asked).filter(pk=second.pk).exists()


@pytest.mark.parametrize(
    ("person", "told"), [("outsider", False), ("asked", True), ("office", True)]
)
def test_version_in_force_tells_of_the_draft_to_those_who_see_it(
    person, told, client, second, request
):
    client.force_login(request.getfixturevalue(person))

    page = client.get("/projects/programme/").content.decode()

    assert ("Versio 2 on valmisteilla." in page) is told


def changes(client, programme):
    response = client.get(programme.get_absolute_url())
    return {(each.of, each.what): (each.before, each.after)
            for each in response.context["changes"]}  # fmt: skip


def test_draft_beside_the_version_in_force_names_each_difference(client, first, second, asked):
    other = factories.organisation("Toinen taho")
    measure_of(second, 2).delete()
    make.measure(second, number=3, title_fi="Uusi työ")
    changed = Measure.objects.filter(pk=measure_of(second, 1).pk)
    changed.update(
        responsible=other, ends_on=datetime.date(2031, 5, 4), indicator_fi="kokouksia", target=7,
        title_sv="Arbete", progress=99, note_fi="Ei suunnitelmaa.",
    )  # fmt: skip
    client.force_login(asked)

    ended = measure_of(first, 1).ends_on
    assert changes(client, second) == {
        ("1.1 Työ 1", "Vastuutaho"): ("Esimerkki Sensoritekniikka Oy", "Toinen taho"),
        ("1.1 Työ 1", "Päättyy"): (f"{ended.day}.{ended.month}.{ended.year}", "4.5.2031"),
        ("1.1 Työ 1", "Mittari suomeksi"): ("–", "kokouksia"),
        ("1.1 Työ 1", "Tavoiteluku"): ("–", "7"),
        ("1.1 Työ 1", "Otsikko ruotsiksi"): ("–", "Arbete"),
        ("1.2 Työ 2", "Poistettu toimenpide"): ("Työ 2", "–"),
        ("1.3 Uusi työ", "Lisätty toimenpide"): ("–", "Uusi työ"),
    }


def test_draft_names_what_changes_in_the_goals(client, first, second, asked):
    first.influence_goals.create(title_fi="Vanha vaikuttaminen")
    second.influence_goals.create(title_fi="Uusi vaikuttaminen")
    second.goals.create(number=9, title_fi="Uusi tavoite")
    kept = second.goals.order_by("number").first()
    kept.number, kept.title_fi, kept.aim_fi = 4, "Muutettu", "Tähtäin"
    kept.save()
    before = first.goals.order_by("number").first()
    first.goals.create(number=8, title_fi="Pois jäävä")
    client.force_login(asked)

    assert changes(client, second) == {
        ("4 Muutettu", "Numero"): (str(before.number), "4"),
        ("4 Muutettu", "Otsikko suomeksi"): (before.title_fi, "Muutettu"),
        ("4 Muutettu", "Tavoite suomeksi"): (before.aim_fi or "–", "Tähtäin"),
        ("9 Uusi tavoite", "Lisätty tavoite"): ("–", "Uusi tavoite"),
        ("8 Pois jäävä", "Poistettu tavoite"): ("Pois jäävä", "–"),
        ("Uusi vaikuttaminen", "Lisätty vaikuttamistavoite"): ("–", "Uusi vaikuttaminen"),
        ("Vanha vaikuttaminen", "Poistettu vaikuttamistavoite"): ("Vanha vaikuttaminen", "–"),
        ("4.1 Työ 1", "Numero"): ("1.1", "4.1"),
        ("4.2 Työ 2", "Numero"): ("1.2", "4.2"),
    }


def test_names_in_the_changes_are_only_text(client, second, office):
    Measure.objects.filter(pk=measure_of(second, 1).pk).update(title_fi="<b>lihava</b>")
    client.force_login(office)

    page = client.get(second.get_absolute_url()).content.decode()

    assert "<b>lihava" not in page
    assert "&lt;b&gt;lihava" in page


# What is offered elsewhere.


def test_drafts_and_replaced_measures_are_offered_nowhere(client, first, second, office):
    offered = {"office": Measure.objects.choosable_by(office)}
    assert set(offered["office"].all()) == {measure_of(first, n) for n in (1, 2)}
    found = [row["anchor"] for row in found_anchors("Työ", office) if "measure" in row["anchor"]]
    assert sorted(found) == sorted(f"measure:{measure_of(first, n).pk}" for n in (1, 2))
    assert anchor_named(f"measure:{measure_of(second, 1).pk}", office) is None


def test_topic_form_offers_the_measures_in_force_and_keeps_its_own(first, second, office, lead):
    dropped = measure_of(first, 2)
    topic = ThreadLink.objects.get(measure=dropped).topic
    measure_of(second, 2).delete()
    approve_programme(second, by=office)

    assert set(choosable("measure", lead)) == {measure_of(second, 1)}
    assert set(choosable("measure", lead, topic)) == {measure_of(second, 1), dropped}


@pytest.mark.parametrize("person", ["office", "admin_user"])
def test_project_form_of_the_admin_offers_the_measures_in_force(
    person, client, first, second, home_cluster, request
):
    dropped = measure_of(first, 2)
    project = dropped.projects.get()
    measure_of(second, 2).delete()
    approve_programme(second, by=request.getfixturevalue("office"))
    client.force_login(request.getfixturevalue(person))

    form = client.get(address(project)).context["adminform"].form
    fresh = client.get(reverse("admin:projects_project_add")).context["adminform"].form

    assert set(form.fields["measures"].queryset) == {dropped, measure_of(second, 1)}
    assert set(fresh.fields["measures"].queryset) == {measure_of(second, 1)}


# The admin.


def address(obj):
    return reverse(f"admin:projects_{obj._meta.model_name}_change", args=[obj.pk])


def banner(page):
    found = re.search(r'<ul class="messagelist">.*?</ul>', page.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", found.group()) if found else ""


def test_admin_makes_the_new_version(client, first, office):
    client.force_login(office)

    client.post(reverse("admin:projects_programme_move", args=[first.pk, "new_version"]))

    assert sorted(Programme.objects.values_list("version", "stage")) == [
        (1, "approved"), (2, "draft"),
    ]  # fmt: skip


def test_later_version_is_not_written_from_nothing(client, first, office):
    client.force_login(office)
    names = ("goals", "influence_goals")
    lines = {f"{name}-{n}_FORMS": 0 for name in names for n in ("TOTAL", "INITIAL")}

    page = client.post(reverse("admin:projects_programme_add"), {
        "title_fi": "Uusi", "summary_fi": "Lyhyesti.", "version": 2, "visibility": "public",
        "home_cluster": first.home_cluster_id, **lines,
    })  # fmt: skip

    assert "home_cluster" in page.context["adminform"].form.errors
    assert Programme.objects.count() == 1


@pytest.mark.parametrize("kind", ["programme", "measure"])
def test_admin_says_which_version_is_being_edited(kind, client, first, second, office):
    client.force_login(office)
    old, new = (first, second) if kind == "programme" else [
        measure_of(each, 1) for each in (first, second)
    ]  # fmt: skip

    of_old, of_new = banner(client.get(address(old))), banner(client.get(address(new)))

    assert "Muokkaat voimassa olevaa versiota 1. Versio 2 on valmisteilla." in of_old
    assert "Muokkaat versiota 2, joka on luonnos. Versio 1 on voimassa." in of_new
    assert (address(new) in of_old, address(old) in of_new) == (True, True)


def test_replaced_version_can_be_read_but_not_changed(client, first, second, office):
    approve_programme(second, by=office)
    client.force_login(office)
    old = measure_of(first, 1)

    page = client.get(address(old))
    refused = client.post(address(old), {"title_fi": "Muutettu"})

    assert "Versio 1 on korvattu, eikä sitä voi enää muuttaa." in banner(page)
    assert refused.status_code == 403
    assert measure_of(first, 1).title_fi == "Työ 1"


@pytest.mark.parametrize(
    ("query", "versions"),
    [("", {1}), ("?version=draft", {2}), ("?version=replaced", set()), ("?version=all", {1, 2})],
)
def test_list_of_measures_begins_with_the_version_in_force(query, versions, client, second, office):
    client.force_login(office)

    page = client.get(reverse("admin:projects_measure_changelist") + query)

    rows = page.context["cl"].result_list
    assert {row.goal.programme.version for row in rows} == versions


def test_progress_is_no_field_of_a_draft_that_continues(client, first, second, office, company):
    added = make.measure(second, number=3, responsible=company)
    client.force_login(office)

    def fields(measure):
        return client.get(address(measure)).context["adminform"].form.fields

    assert ("state" in fields(measure_of(second, 1)), "title_fi" in fields(measure_of(second, 1))
            ) == (False, True)  # fmt: skip
    assert "state" in fields(measure_of(first, 1))
    assert "state" in fields(added)


def test_measure_stays_in_its_version(client, first, second, office):
    client.force_login(office)

    goals = client.get(address(measure_of(second, 1))).context["adminform"].form.fields["goal"]
    fresh = client.get(reverse("admin:projects_measure_add")).context["adminform"].form

    assert [goal.programme for goal in goals.queryset] == [second]
    assert [label for value, label in fresh.fields["goal"].choices if value] == [
        "1 Tavoite 1 (versio 2, luonnos)", "1 Tavoite 1 (versio 1, hyväksytty)",
    ]  # fmt: skip


# Leaving.


def test_person_of_a_comment_round_is_told_of_it_and_leaves_it(second, asked):
    assert exports.comment_rounds(asked) == [{"programme": str(second), "state": "Luonnos"}]

    erasure.erase(asked)

    assert second.commenters.count() == 0
