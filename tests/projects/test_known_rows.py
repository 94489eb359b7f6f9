"""Rows of a pilot's forms that two people change: nobody's are lost."""

import re

import pytest
from django.urls import reverse

from projects.services.learnings import Written, write_learnings
from projects.services.pilots import Facts, save_facts
from tests import factories
from tests.projects import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(home_cluster):
    made = factories.organisation("Esimerkkikunta", kind="municipality", slug="kunta")
    factories.membership(made, home_cluster)
    return made


@pytest.fixture
def pilot(home_cluster, company, town, lead):
    made = make.pilot(home_cluster, company, town, stage="running")
    return save_facts(made, Facts([permit("Tilalupa")], [value("Ennen", 62)]), by=lead)


def permit(name, state="needed", number=None):
    return {"number": number, "name": name, "state": state, "granted_on": None}


def value(label, figure, number=None):
    return {"number": number, "label": label, "value": figure, "is_before": False}


def sent_by(page):
    """What a browser sends of the page's form as it stands."""
    text = page.content.decode().split("<main")[1]
    fields = dict(
        re.findall(
            r'<input type="(?:hidden|text|number|date)" name="([^"]*)" value="([^"]*)"', text
        )
    )
    fields |= dict(re.findall(r'<textarea name="([^"]*)"[^>]*>\s*([^<]*)<', text))
    for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', options)[1]
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}


def names(pilot):
    return list(pilot.permits.values_list("name", "state"))


def test_rows_of_the_faster_one_are_shown_and_stay(client, pilot, lead):
    client.force_login(lead)
    address = reverse("projects:pilot_facts", args=[pilot.slug])
    mine = sent_by(client.get(address))
    known = pilot.permits.get()
    save_facts(pilot, Facts([permit("Tilalupa", "granted", known.pk), permit("Kuvauslupa")],
                            [value("1. harjoitus", 84)]), by=lead)  # fmt: skip
    mine |= {"permits-0-name": "Tilalupa 2", "permits-1-name": "Melulupa"}

    refused = client.post(address, mine)
    before = names(pilot)
    shown = sent_by(refused)
    saved = client.post(address, shown)

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert before == [("Tilalupa", "granted"), ("Kuvauslupa", "needed")]
    assert "<strong>Lupa 1, Tila:</strong> Saatu" in refused.content.decode()
    assert {"Tilalupa 2", "Melulupa", "Kuvauslupa"} <= set(shown.values())
    assert set(names(pilot)) == {
        ("Tilalupa 2", "needed"), ("Kuvauslupa", "needed"), ("Melulupa", "needed")
    }  # fmt: skip
    assert sorted(pilot.measured.values_list("label", flat=True)) == ["1. harjoitus", "Ennen"]


def test_row_that_the_sender_never_saw_stays(pilot, lead):
    known = pilot.permits.get()

    save_facts(pilot, Facts([permit("Kuvauslupa")], []), by=lead)
    save_facts(pilot, Facts([permit("", number=known.pk)], []), by=lead)

    assert names(pilot) == [("Kuvauslupa", "needed")]
    assert pilot.measured.get().label == "Ennen"


def test_new_row_sent_twice_is_one(pilot, lead):
    for _press in range(2):
        save_facts(pilot, Facts([permit("Kuvauslupa")], [value("Loppu", 99)]), by=lead)

    assert names(pilot) == [("Tilalupa", "needed"), ("Kuvauslupa", "needed")]
    assert pilot.measured.count() == 2


def test_row_that_somebody_else_removed_is_told(client, pilot, lead):
    client.force_login(lead)
    address = reverse("projects:pilot_facts", args=[pilot.slug])
    mine = sent_by(client.get(address))
    save_facts(pilot, Facts([permit("", number=pilot.permits.get().pk)], []), by=lead)

    refused = client.post(address, mine | {"permits-0-name": "Tilalupa salille"})

    assert re.search(r"Lupa 1:?</strong>\s*Poistettu", refused.content.decode())


def test_number_of_another_pilot_changes_nothing_there(home_cluster, company, town, pilot, lead):
    other = make.pilot(home_cluster, company, town, stage="running")
    known = pilot.permits.get()

    save_facts(other, Facts([permit("Oma", number=known.pk)], []), by=lead)

    assert names(pilot) == [("Tilalupa", "needed")]
    assert names(other) == [("Oma", "needed")]


def test_more_rows_than_the_card_takes_are_refused(client, pilot, lead):
    client.force_login(lead)
    address = reverse("projects:pilot_facts", args=[pilot.slug])
    rows = {f"permits-{at}-name": f"Lupa {at}" for at in range(9)}
    rows |= {f"permits-{at}-state": "needed" for at in range(9)}

    answer = client.post(
        address, sent_by(client.get(address)) | rows | {"permits-TOTAL_FORMS": "9"}
    )

    assert answer.status_code == 422
    assert "Enintään 8 riviä." in answer.content.decode()
    assert names(pilot) == [("Tilalupa", "needed")]


def test_learnings_of_the_faster_one_are_shown_and_stay(client, pilot, lead):
    client.force_login(lead)
    address = reverse("projects:pilot_learnings", args=[pilot.slug])
    mine = sent_by(client.get(address)) | {"learnings-0-title": "Varaa aikaa"}
    write_learnings(pilot, [Written("failed", "Tarra irtosi")], by=lead)

    refused = client.post(address, mine)
    shown = sent_by(refused)
    saved = client.post(address, shown)

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert {"Varaa aikaa", "Tarra irtosi"} <= set(shown.values())
    assert sorted(pilot.learnings.values_list("title", "kind")) == [
        ("Tarra irtosi", "failed"), ("Varaa aikaa", shown["learnings-0-kind"])
    ]  # fmt: skip


def test_new_learning_sent_twice_is_one(pilot, lead):
    for _press in range(2):
        write_learnings(pilot, [Written("failed", "Tarra irtosi")], by=lead)

    assert pilot.learnings.count() == 1
